"""Pairing the words of two names, without a lexicon."""

from __future__ import annotations

import pytest

from entnorm.match.pair_features import FEATURES, pair_features
from entnorm.match.pairing import Pairer, Pairing


@pytest.fixture(scope="module")
def pairer() -> Pairer:
    return Pairer()


def rules(p: Pairing) -> dict[str, str]:
    return {p.a.words[x.a].text: w.rule for x, w in zip(p.links, p.words, strict=True)}


def features(pairer: Pairer, a: str, b: str) -> dict[str, float]:
    return dict(zip(FEATURES, pair_features(pairer.pair(a, b), pairer), strict=True))


@pytest.mark.parametrize(
    ("a", "b", "word", "rule"),
    [
        ("Jan Novák", "Jan Novak", "Novák", "same"),
        ("J. Novák", "Jan Novak", "J", "initial"),
        ("Md Yunus", "Muhammad Yunus", "Md", "abbreviated"),
        ("Olga Ivanova", "Olga Ivanov", "Ivanova", "feminine"),
        ("Ивана Сидоренка", "Иван Сидоренко", "Ивана", "inflected"),
        ("Wolodymyr Bondar", "Volodymyr Bondar", "Wolodymyr", "sound"),
        ("Anna Weber", "Anna Wagner", "Anna", "same"),
    ],
)
def test_rules(pairer: Pairer, a: str, b: str, word: str, rule: str) -> None:
    assert rules(pairer.pair(a, b))[word] == rule


def test_words_left_over_on_both_sides_clash(pairer: Pairer) -> None:
    p = pairer.pair("Anna Weber", "Anna Lindqvist")
    assert ([w.text for w in p.left_a], [w.text for w in p.left_b]) == (["Weber"], ["Lindqvist"])
    assert features(pairer, "Anna Weber", "Anna Lindqvist")["clash"] == 1.0
    assert features(pairer, "Anna Maria Weber", "Anna Weber")["clash"] == 0.0


def test_patronymics_are_compared_without_their_ending(pairer: Pairer) -> None:
    found = features(pairer, "Ivan Petrovich Sidorov", "Ivan Glebovich Sidorov")
    assert found["clash"] == 1.0


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Kim Jong-un", "Kim Jongun"),
        ("Abdul Rahman Yasin", "Abdulrahman Yasin"),
        ("Conor Mc Gregor", "Conor McGregor"),
        ("JD Vance", "James David Vance"),
        ("김정은", "Kim Jong Un"),
        ("Kim Jong Un", "김정은"),
        ("李克强", "Li Keqiang"),
        ("Li Keqiang", "李克强"),
    ],
)
def test_words_are_cut_alike(pairer: Pairer, a: str, b: str) -> None:
    p = pairer.pair(a, b)
    assert len(p.a.words) == len(p.b.words) == len(p.links)


def test_a_family_name_put_first_is_no_other_order_of_given_names(pairer: Pairer) -> None:
    assert features(pairer, "Anna Maria Weber", "Weber Anna Maria")["swapped_inside"] == 0.0
    assert features(pairer, "Anna Maria Weber", "Maria Anna Weber")["swapped_inside"] == 1.0


def test_letters_changed_places_are_one_edit(pairer: Pairer) -> None:
    assert features(pairer, "Angela Merkel", "Angela Merkle")["edits_1"] == 1.0


def test_fathers_and_sons_changed_places(pairer: Pairer) -> None:
    assert features(pairer, "Salman bin Muhammad", "Muhammad bin Salman")["swapped_chain"] == 1.0
    assert features(pairer, "Salman bin Muhammad", "Salman bin Muhammad")["swapped_chain"] == 0.0


def test_no_words_at_all(pairer: Pairer) -> None:
    assert features(pairer, "", "Anna")["mean"] == 0.0
    assert features(pairer, "", "")["clash"] == 0.0
