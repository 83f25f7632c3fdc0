"""Single words that repeat part of a full name of the text, or name a relative of its bearer."""

from __future__ import annotations

from pathlib import Path

import pytest

from entnorm.models import Document, Mention
from entnorm.pipeline import Normalizer

LINES = Path(__file__).with_suffix(".tsv").read_text(encoding="utf-8").splitlines()
CASES = [line.split("\t") for line in LINES if not line.startswith("#")]


def mention_at(document: Document, word: str) -> Mention | None:
    start = document.text.rindex(word)
    return next((m for m in document.mentions if m.start <= start < m.end), None)


@pytest.mark.parametrize(("lang", "text", "word", "kind", "name"), CASES, ids=[f"{c[0]}-{c[2]}" for c in CASES])
def test_a_word_is_who_the_text_says(norm: Normalizer, lang: str, text: str, word: str, kind: str, name: str) -> None:
    document = norm(text, lang=lang)
    mention = mention_at(document, word)
    assert mention is not None
    assert mention.kind == kind
    if name:
        assert mention.best is not None
        assert mention.best.name == name
    else:
        assert mention.status == "unknown"
        assert mention.cluster == document.mentions[0].cluster


def test_an_abbreviation_repeats_nobody(norm: Normalizer) -> None:
    document = norm("Tom May und Jens Tlp stritten. Die TLP lehnte ab.", lang="de")
    assert mention_at(document, "TLP") is None


def test_a_given_name_that_is_a_word_needs_more_than_a_capital(norm: Normalizer) -> None:
    document = norm("Hope Solo saved twice. Hope is all that is left.", lang="en")
    found = [m for m in document.mentions if m.start > 10]
    assert not found
