"""What the words between place names say: Paris, Texas; Kursk in Westrussland; Georgia and Armenia."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from importlib import resources

from entnorm.mentions.places import PlaceSpan
from entnorm.text.fold import fold

#: How strongly each kind of phrase says that the second place holds the first, 0..1.
COMMA, BRACKET, PREPOSITION = 1.0, 1.0, 0.6
_LONGEST_GAP = 24
_COMMA = re.compile(r"\s?[,，]\s?")
_BRACKET = re.compile(r"\s?[(（]\s?")


@lru_cache(maxsize=4)
def _words(class_: str) -> frozenset[str]:
    text = resources.files("entnorm.resolve").joinpath("tables/between.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return frozenset(fold(word) for row in rows if row[0] == class_ for word in row[1].split("|"))


@lru_cache(maxsize=1 << 12)
def inside(gap: str, after: str) -> float:
    """How strongly the text between two names, and the character after the second, say that the second holds the first.

    >>> inside(", ", "."), inside(" (", ")"), inside(" im ", " "), inside(" und ", " ")
    (1.0, 1.0, 0.6, 0.0)
    """
    if _COMMA.fullmatch(gap):
        return COMMA
    if _BRACKET.fullmatch(gap):
        return BRACKET if after in ")）" and after else 0.0
    word = fold(gap.strip(" ,\u00a0"))
    return PREPOSITION if word and word in _words("in") else 0.0


@lru_cache(maxsize=1 << 12)
def beside(gap: str) -> bool:
    """Whether the text between two names strings them together as things of one kind.

    >>> beside(" and "), beside(", "), beside("/"), beside(" in ")
    (True, True, True, False)
    """
    plain = gap.strip(" \u00a0")
    word = fold(plain.strip(",/ "))
    return plain in (",", "/", "、", "，", "–", "-", "&") or (bool(word) and word in _words("and"))


def containers(text: str, spans: Sequence[PlaceSpan]) -> dict[int, tuple[int, float]]:
    """For the spans that a phrase puts into the next one: span number -> (number of the outer one, strength)."""
    found: dict[int, tuple[int, float]] = {}
    for i, (span, outer) in enumerate(zip(spans, spans[1:], strict=False)):
        if 0 < outer.start - span.end <= _LONGEST_GAP:
            strength = inside(text[span.end : outer.start], text[outer.end : outer.end + 1])
            if strength:
                found[i] = (i + 1, strength)
    return found


def neighbours(text: str, spans: Sequence[PlaceSpan]) -> list[tuple[int, int]]:
    """Pairs of span numbers that a comma or an ``and`` strings together."""
    return [
        (i, i + 1)
        for i, (span, other) in enumerate(zip(spans, spans[1:], strict=False))
        if 0 < other.start - span.end <= _LONGEST_GAP and beside(text[span.end : other.start])
    ]
