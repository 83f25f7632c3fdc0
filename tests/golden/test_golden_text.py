"""Sentences with their mentions marked: ``tests/data/golden_text*.jsonl``.

A mention is marked ``[[text|kind|canonical English name]]``; what is not marked must not be found as a listed name. (Names on no list are
the recogniser's, which has its own tests.)
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from entnorm.pipeline import Normalizer

DATA = Path(__file__).parents[1] / "data"
MARK = re.compile(r"\[\[([^|\]]+)\|(person|place)\|([^|\]]+)\]\]")
Expected = tuple[int, int, str, str, str]


def cases(name: str) -> list[tuple[str | None, str]]:
    rows = map(json.loads, (DATA / name).read_text(encoding="utf-8").splitlines())
    return [(row["lang"], row["text"]) for row in rows]


def unmarked(marked: str) -> tuple[str, list[Expected]]:
    """The text without its marks, and its mentions as (start, end, text, kind, name)."""
    text, mentions, last = "", [], 0
    for mark in MARK.finditer(marked):
        text += marked[last : mark.start()]
        mentions.append((len(text), len(text) + len(mark[1]), mark[1], mark[2], mark[3]))
        text += mark[1]
        last = mark.end()
    return text + marked[last:], mentions


def check(norm: Normalizer, lang: str | None, marked: str) -> None:
    text, expected = unmarked(marked)
    found = norm(text, lang=lang).mentions
    assert [(m.start, m.end, m.text, m.kind, m.name) for m in found if m.matches] == expected


@pytest.mark.parametrize(("lang", "marked"), cases("golden_text.jsonl"))
def test_mentions(norm: Normalizer, lang: str | None, marked: str) -> None:
    check(norm, lang, marked)


@pytest.mark.xfail(reason="see the file")
@pytest.mark.parametrize(("lang", "marked"), cases("golden_text_xfail.jsonl"))
def test_known_misses(norm: Normalizer, lang: str | None, marked: str) -> None:
    check(norm, lang, marked)


def test_most_mentions_are_resolved(norm: Normalizer) -> None:
    statuses = [
        m.status for lang, marked in cases("golden_text.jsonl") for m in norm(unmarked(marked)[0], lang=lang).mentions
    ]
    assert statuses.count("resolved") > 0.8 * len(statuses)


def test_the_cases_are_many_and_well_marked() -> None:
    rows = cases("golden_text.jsonl") + cases("golden_text_xfail.jsonl")
    assert len(set(rows)) == len(rows) >= 60
    assert len({lang for lang, _ in rows}) > 15
    texts = [unmarked(marked) for _, marked in rows]
    assert not any(set("[]|") & set(text) for text, _ in texts)
    assert sum(not mentions for _, mentions in texts) >= 8
