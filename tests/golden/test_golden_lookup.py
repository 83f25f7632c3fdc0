"""Names looked up in the shipped index: ``tests/data/golden_lookup*.tsv``."""

from __future__ import annotations

from pathlib import Path

import pytest

from entnorm.models import Match
from entnorm.pipeline import Normalizer

DATA = Path(__file__).parents[1] / "data"
#: A score that a name nobody bears must not reach.
SURE = 0.9


def cases(name: str) -> list[object]:
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and line[0] != "#"][1:]
    return [pytest.param(*(None if c == "-" else c for c in row[:-1]), id=f"{row[0]}-{row[1]}") for row in rows]


def first(norm: Normalizer, query: str, lang: str | None, kind: str | None) -> Match | None:
    found = norm.lookup(query, lang=lang, kind=kind, limit=1)
    return found[0] if found else None


def check(norm: Normalizer, query: str, lang: str | None, kind: str | None, expected: str | None) -> None:
    best = first(norm, query, lang, kind)
    if expected is None:
        assert best is None or best.score < SURE
    else:
        assert best is not None
        assert expected in (best.name, best.entity_id)


@pytest.mark.parametrize(("query", "lang", "kind", "expected"), cases("golden_lookup.tsv"))
def test_first_answer(norm: Normalizer, query: str, lang: str | None, kind: str | None, expected: str) -> None:
    check(norm, query, lang, kind, expected)


@pytest.mark.parametrize(("query", "lang", "kind"), cases("golden_lookup_negative.tsv"))
def test_nobody_is_sure_of_nobody(norm: Normalizer, query: str, lang: str | None, kind: str | None) -> None:
    check(norm, query, lang, kind, None)


def test_the_cases_are_many_and_distinct() -> None:
    seen = [case.values[:3] for case in cases("golden_lookup.tsv")]
    assert len(set(seen)) == len(seen) >= 250
    assert len(cases("golden_lookup_negative.tsv")) >= 40
    assert len({lang for _, lang, _ in seen}) >= 20
