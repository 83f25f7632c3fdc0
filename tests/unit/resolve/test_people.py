"""Bearers of one name told apart by the words beside it."""

from __future__ import annotations

import pytest

from entnorm.pipeline import Normalizer
from entnorm.resolve.people import beside, countries_of, roles_of

CASES = [
    ("de", "Der Tennisprofi Medwedew gab auf.", "Medwedew", "Daniil Medvedev"),
    ("de", "Der frühere Präsident Medwedew drohte erneut.", "Medwedew", "Dmitry Medvedev"),
    ("en", "The striker Müller scored twice.", "Müller", "Thomas Müller"),
    ("en", "The writer Müller read from her new book.", "Müller", "Herta Müller"),
    ("pl", "Tenisista Miedwiediew odpadł w drugiej rundzie.", "Miedwiediew", "Daniil Medvedev"),
    ("ru", "Теннисист Медведев сломал ракетку.", "Медведев", "Daniil Medvedev"),
    ("es", "El fundador de Podemos, Iglesias, volverá a dar clase.", "Iglesias", "Pablo Iglesias"),
]


@pytest.mark.parametrize(("lang", "text", "word", "name"), CASES, ids=[f"{c[0]}-{c[3]}" for c in CASES])
def test_a_role_beside_the_name_decides(norm: Normalizer, lang: str, text: str, word: str, name: str) -> None:
    mention = next(m for m in norm(text, lang=lang).mentions if m.text == word)
    assert mention.best is not None
    assert mention.best.name == name
    assert "role beside the name" in {e.feature for e in mention.best.evidence}


def test_the_evidence_adds_up_to_what_orders_the_candidates(norm: Normalizer) -> None:
    mention = norm("Der Tennisprofi Medwedew gab auf.", lang="de").mentions[0]
    first, second = (sum(e.weight for e in m.evidence) for m in mention.matches[:2])
    assert first > second


def test_words_of_other_sentences_say_nothing() -> None:
    text = "Der Tennisprofi verlor. Medwedew schwieg. Der Präsident auch."
    assert beside(text, 24, 32) == ["schwieg"]


def test_short_stems_are_whole_words_only() -> None:
    assert not roles_of("Federung")  # not "fed", the central bank
    assert roles_of("Fed")
    assert not roles_of("experimentell")  # not "ex"


def test_nowhere_has_no_countries() -> None:
    assert countries_of([]) == {}
