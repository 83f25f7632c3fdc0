"""Inflected forms looked up in the shipped index: ``tests/data/inflect_lookup.tsv``."""

from __future__ import annotations

import unicodedata
from collections import Counter
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import pytest

from entnorm.pipeline import Normalizer

DATA = Path(__file__).parents[1] / "data/inflect_lookup.tsv"
#: Share of forms whose first match is the entity. Measured: 0.979; surnames 0.950, full names 1.000, places 0.996.
FLOOR = 0.965
FLOORS = {"surname": 0.93, "full": 0.99, "place": 0.98}
#: No language may be left behind.
FLOOR_OF_A_LANGUAGE = 0.85


class Case(NamedTuple):
    """One form and the canonical English name, or the id, of what it is a form of."""

    lang: str
    kind: str
    form: str
    case: str
    expected: str


@lru_cache(maxsize=1)
def cases() -> list[Case]:
    lines = DATA.read_text(encoding="utf-8").splitlines()
    return [Case(*line.split("\t")) for line in lines if line and line[0] != "#"][1:]


@pytest.fixture(scope="module")
def right(norm: Normalizer) -> dict[Case, bool]:
    found = {}
    for case in cases():
        first = norm.lookup(case.form, lang=case.lang, limit=1)
        found[case] = bool(first) and case.expected in (first[0].name, first[0].entity_id)
    return found


def share(right: dict[Case, bool], **of: str) -> float:
    values = [ok for case, ok in right.items() if all(getattr(case, k) == v for k, v in of.items())]
    return sum(values) / len(values)


def test_the_form_finds_its_name(right: dict[Case, bool]) -> None:
    assert share(right) >= FLOOR, [c for c, ok in right.items() if not ok]


@pytest.mark.parametrize("kind", sorted(FLOORS))
def test_each_kind_of_name(kind: str, right: dict[Case, bool]) -> None:
    assert share(right, kind=kind) >= FLOORS[kind]


@pytest.mark.parametrize("lang", sorted({c.lang for c in cases()}))
def test_each_language(lang: str, right: dict[Case, bool]) -> None:
    assert share(right, lang=lang) >= FLOOR_OF_A_LANGUAGE


def test_the_forms_are_many_distinct_and_inflected(norm: Normalizer) -> None:
    assert len({(c.lang, c.form, c.case) for c in cases()}) == len(cases()) >= 600
    assert len({c.lang for c in cases()}) >= 15
    assert set(FLOORS) == {c.kind for c in cases()}
    assert min(Counter(c.kind for c in cases()).values()) >= 150
    for case in cases():
        assert case.form != case.expected
        assert unicodedata.is_normalized("NFC", case.form)
