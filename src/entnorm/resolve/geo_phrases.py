"""What the words between place names say: Paris, Texas; Kursk in Westrussland; Georgia and Armenia."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from importlib import resources

from entnorm.mentions.places import PlaceSpan
from entnorm.text.fold import fold
from entnorm.text.typewords import type_of_word

#: How strongly each kind of phrase says that the second place holds the first, 0..1.
COMMA, BRACKET, PREPOSITION, APPOSITION, BEFORE = 1.0, 1.0, 0.6, 1.0, 0.5
_LONGEST_GAP, _LONGEST_APPOSITION = 24, 60
_COMMA = re.compile(r"\s?[,，]\s?")
_APPOSITION = re.compile(r"\s?[,(–—-]\s?[^.;:!?,()]+")
_POSSESSED = re.compile(r"['’]s?\s(?:[^\W\d_]+\s){0,2}[^\W\d_]+\s(?:of\s)?|, ")
_WORD = re.compile(r"[^\W\d_]+")
_OF = frozenset({"of", "de", "di", "d", "des", "del", "della", "do", "da", "van", "am", "bei", "near"})
#: Words of an apposition before its type word: a small market town.
_FIRST = 4
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


@lru_cache(maxsize=1 << 12)
def apposition(gap: str) -> float:
    """How strongly the text between two names says that the first is a town in the second.

    >>> apposition(", a town in the hills of north-west "), apposition(", the town where she met ")
    (1.0, 0.0)
    """
    if not _APPOSITION.fullmatch(gap):
        return 0.0
    words = [fold(w) for w in _WORD.findall(gap)]
    at = next((n for n, w in enumerate(words[:_FIRST]) if type_of_word(w)), None)
    if at is None or at + 1 >= len(words):
        return 0.0
    return APPOSITION if words[at + 1] in _words("in") or words[at + 1] in _OF else 0.0


def holders(text: str, spans: Sequence[PlaceSpan]) -> dict[int, tuple[int, float]]:
    """For the spans that may lie in the one before: in Libanon, in Tripoli; Lebanon's port city of Tripoli."""
    found: dict[int, tuple[int, float]] = {}
    for i, (outer, span) in enumerate(zip(spans, spans[1:], strict=False)):
        if 0 < span.start - outer.end <= _LONGEST_GAP:
            gap = text[outer.end : span.start]
            word = fold(gap.strip(" ,\u00a0"))
            if _POSSESSED.fullmatch(gap) or (gap.startswith(",") and word in _words("in")):
                found[i + 1] = (i, BEFORE)
    return found


def containers(text: str, spans: Sequence[PlaceSpan]) -> dict[int, tuple[int, float]]:
    """For the spans that a phrase puts into the next one: span number -> (number of the outer one, strength)."""
    found: dict[int, tuple[int, float]] = {}
    for i, (span, outer) in enumerate(zip(spans, spans[1:], strict=False)):
        if 0 < outer.start - span.end <= _LONGEST_APPOSITION:
            gap = text[span.end : outer.start]
            strength = inside(gap, text[outer.end : outer.end + 1]) if len(gap) <= _LONGEST_GAP else 0.0
            strength = strength or apposition(gap)
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
