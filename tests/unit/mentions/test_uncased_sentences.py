"""People and places in scripts without capitals: ``tests/data/finder_uncased.jsonl``.

A mention is marked ``[[text|kind|]]``. Half of the sentences of each language (``tuned``) were there while the tables
were written; the other half (``held``) was written afterwards and nothing was fitted to it. Sentences without marks name
nobody and no place.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from entnorm.pipeline import Normalizer

DATA = Path(__file__).parents[2] / "data" / "finder_uncased.jsonl"
MARK = re.compile(r"\[\[([^|\]]+)\|(person|place)\|[^|\]]*\]\]")
LANGUAGES = ("zh", "ja", "ko", "ar", "fa", "he")
Span = tuple[int, int, str]
#: Overlap F1 below which the suite fails, by language: people, places. All are above it by some points.
FLOORS = {
    "zh": (0.93, 0.88),
    "ja": (0.93, 0.92),
    "ko": (0.92, 0.90),
    "ar": (0.88, 0.92),
    "fa": (0.88, 0.88),
    "he": (0.85, 0.85),
}
#: Share of the sentences without names that may have a mention all the same.
FALSE_ALARMS = 0.2


@cache
def sentences() -> tuple[tuple[str, str, str, tuple[Span, ...]], ...]:
    """Language, part, text and expected spans of each sentence."""
    found = []
    for row in map(json.loads, DATA.read_text(encoding="utf-8").splitlines()):
        text, spans, last = "", [], 0
        for mark in MARK.finditer(row["text"]):
            text += row["text"][last : mark.start()]
            spans.append((len(text), len(text) + len(mark[1]), mark[2]))
            text += mark[1]
            last = mark.end()
        found.append((row["lang"], row["part"], text + row["text"][last:], tuple(spans)))
    return tuple(found)


def hits(expected: tuple[Span, ...], got: list[Span]) -> int:
    """How many expected spans one of the same kind overlaps, each used once."""
    left = list(got)
    count = 0
    for start, end, kind in expected:
        hit = next((g for g in left if g[2] == kind and g[0] < end and start < g[1]), None)
        if hit is not None:
            left.remove(hit)
            count += 1
    return count


def overlap_f1(norm: Normalizer, lang: str, part: str, kind: str) -> float:
    found: Counter[str] = Counter()
    for language, where, text, spans in sentences():
        if (language, where) == (lang, part):
            expected = tuple(s for s in spans if s[2] == kind)
            got = [(m.start, m.end, m.kind) for m in norm(text, lang=lang).mentions if m.kind == kind]
            found.update(hit=hits(expected, got), expected=len(expected), got=len(got))
    return 2 * found["hit"] / (found["expected"] + found["got"])


@pytest.mark.parametrize("part", ["tuned", "held"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_names_are_found(norm: Normalizer, lang: str, part: str) -> None:
    people, places = FLOORS[lang]
    assert overlap_f1(norm, lang, part, "person") >= people
    assert overlap_f1(norm, lang, part, "place") >= places


@pytest.mark.parametrize("lang", LANGUAGES)
def test_words_are_no_names(norm: Normalizer, lang: str) -> None:
    plain = [text for language, _, text, spans in sentences() if language == lang and not spans]
    alarmed = [text for text in plain if norm(text, lang=lang).mentions]
    assert len(alarmed) <= FALSE_ALARMS * len(plain), alarmed


def test_the_sentences_are_many() -> None:
    for lang in LANGUAGES:
        rows = [row for row in sentences() if row[0] == lang]
        assert sum(bool(spans) for *_, spans in rows) >= 60
        assert sum(not spans for *_, spans in rows) >= 20
        assert len({text for _, _, text, _ in rows}) == len(rows)
        assert all(
            text[start:end] and set("[]|").isdisjoint(text) for *_, text, spans in rows for start, end, _ in spans
        )
