"""Sentences with their mentions marked: ``tests/data/golden_text*.jsonl``.

A mention is marked ``[[text|kind|canonical English name]]``; what is not marked must not be found as a listed name. (Names on no list are
the recogniser's, which has its own tests.)
"""

from __future__ import annotations

import pytest
from marked import rows, unmarked

from entnorm.pipeline import Normalizer


def cases(name: str) -> list[tuple[str | None, str]]:
    return [(row["lang"], row["text"]) for row in rows(name)]


def check(norm: Normalizer, lang: str | None, marked: str) -> None:
    text, expected = unmarked(marked)
    found = norm(text, lang=lang).mentions
    assert [(m.start, m.end, m.text, m.kind, m.name) for m in found if m.matches] == [e[:5] for e in expected]


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
    marked = cases("golden_text.jsonl") + cases("golden_text_xfail.jsonl")
    assert len(set(marked)) == len(marked) >= 60
    assert len({lang for lang, _ in marked}) > 15
    texts = [unmarked(text) for _, text in marked]
    assert not any(set("[]|") & set(text) for text, _ in texts)
    assert sum(not mentions for _, mentions in texts) >= 8
