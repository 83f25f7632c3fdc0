"""Words for relatives, patronymics and women's forms of family names, and the relatives found by them."""

from __future__ import annotations

import pytest

from entnorm.mentions.kin import is_kin, is_patronymic, names_of_woman
from entnorm.pipeline import Normalizer


@pytest.mark.parametrize(
    ("word", "lang", "expected"),
    [
        ("sisters", "en", True), ("sonnet", "en", False), ("Bruders", "de", True), ("Sonne", "de", False),
        ("сыном", "ru", True), ("сырой", "ru", False), ("córką", "pl", True), ("córa", "pl", False),
        ("eşi", "tr", True), ("sister", "xx", False),
    ],
)  # fmt: skip
def test_words_for_relatives(word: str, lang: str, expected: bool) -> None:
    assert is_kin(word, lang) is expected


@pytest.mark.parametrize("word", ["Владимирович", "Анатольевича", "Ильич", "Юрьевна", "Ильиничной"])
def test_patronymics(word: str) -> None:
    assert is_patronymic(word, "ru")
    assert not is_patronymic(word, "en")


@pytest.mark.parametrize("word", ["Путин", "Иванов", "Овна", "Лавров"])
def test_what_is_no_patronymic(word: str) -> None:
    assert not is_patronymic(word, "ru")


@pytest.mark.parametrize(
    ("word", "lang", "name"),
    [("Obamová", "cs", "obama"), ("Clintonowej", "pl", "clinton"), ("Trumpovou", "cs", "trump"), ("Merkelovej", "sk", "merkel")],
)  # fmt: skip
def test_names_of_women(word: str, lang: str, name: str) -> None:
    assert name in names_of_woman(word, lang)
    assert not names_of_woman(word, "de")


@pytest.mark.parametrize(
    ("lang", "text", "word", "name"),
    [
        ("fr", "Marine Le Pen est arrivée avec son père Jean-Marie.", "Jean-Marie", "Jean-Marie Le Pen"),
        ("ru", "Путин опоздал. Владимир Владимирович извинился.", "Владимир", "Vladimir Putin"),
        ("es", "Trump viajó con su hija Ivanka.", "Ivanka", "Ivanka Trump"),
        ("cs", "Přijela Michelle Obamová.", "Michelle", "Michelle Obama"),
    ],
)
def test_relatives_are_found(norm: Normalizer, lang: str, text: str, word: str, name: str) -> None:
    start = text.index(word)
    assert [m.name for m in norm(text, lang=lang).mentions if m.start == start] == [name]


def test_given_names_without_a_family_name_are_nobody_listed(norm: Normalizer) -> None:
    found = norm("Son père Jean-Marie avait fondé le club.", lang="fr").mentions
    assert all(m.status == "unknown" for m in found if m.text == "Jean-Marie")
