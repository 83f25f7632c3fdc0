"""Words that look like names and are none, each beside a sentence where they are one: ``tests/data/negatives.jsonl``.

A negative names no person and no place: what is found there is false. Its twin, in the same language, uses the word
(or the name within it) for a person or a place, marked as in the golden texts. Adjectives, peoples, organisations,
products, treaties, storms, diseases and dishes are not places or people, whatever they are called after. A finder that
marks nothing passes the first test and fails the second, one that marks every capital the other way round.

``pytest tests/golden/test_negatives.py -s`` prints the figures by language and class.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

import pytest
from marked import Marked, rows, table, unmarked

from entnorm.pipeline import Normalizer

#: Share of negatives with a mention, at most.
FALSE_AT_MOST = 0.015
#: Share of the marked mentions of the twins that are found with the right kind, at least; the aim is 0.90.
RECALL_AT_LEAST = 0.93

#: The same in the held part.
HELD_FALSE_AT_MOST, HELD_RECALL_AT_LEAST = 0.2, 0.85

ALL = rows("negatives.jsonl")
CASES = [case for case in ALL if not case.get("held")]
#: Written after the tables, from nothing but the classes, and measured apart.
HELD = [case for case in ALL if case.get("held")]
GROUPS = ("lang", "class")
Counts = dict[str, Counter[str]]


def missed(norm: Normalizer, lang: str, marked: str) -> tuple[int, list[Marked]]:
    """How many mentions the sentence has, and those that are not found or found as the wrong kind."""
    text, expected = unmarked(marked)
    found = norm(text, lang=lang).mentions
    return len(expected), [e for e in expected if not any(e.overlaps(m) and e.kind == m.kind for m in found)]


def counted(norm: Normalizer, cases: list[dict[str, Any]]) -> dict[str, Counts]:
    """Negatives, those with a false mention, mentions of the twins and those missed, by language and by class."""
    result: dict[str, Counts] = {group: defaultdict(Counter) for group in GROUPS}
    for case in cases:
        false = [m.text for m in norm(case["negative"], lang=case["lang"]).mentions]
        mentions, lost = missed(norm, case["lang"], case["twin"])
        if false or lost:
            print(
                f"{case['lang']} {case['class']}: false {false} in {case['negative']!r}, lost {[m.text for m in lost]}"
            )
        row = Counter(negatives=1, false=bool(false), mentions=mentions, lost=len(lost))
        for group in GROUPS:
            result[group][case[group]] += row
    for group in GROUPS:
        print("\n" + table(group, result[group], ("negatives", "false", "mentions", "lost")))
    return result


@pytest.fixture(scope="module")
def counts(norm: Normalizer) -> dict[str, Counts]:
    return counted(norm, CASES)


@pytest.fixture(scope="module")
def held(norm: Normalizer) -> dict[str, Counts]:
    print("\nheld part")
    return counted(norm, HELD)


def total(counts: Counts) -> Counter[str]:
    return sum(counts.values(), Counter())


def test_few_negatives_have_a_mention(counts: dict[str, Counts]) -> None:
    all_ = total(counts["lang"])
    assert all_["false"] <= FALSE_AT_MOST * all_["negatives"]


def test_most_names_of_the_twins_are_found(counts: dict[str, Counts]) -> None:
    all_ = total(counts["lang"])
    assert all_["mentions"] - all_["lost"] >= RECALL_AT_LEAST * all_["mentions"]


def test_few_negatives_of_the_held_part_have_a_mention(held: dict[str, Counts]) -> None:
    all_ = total(held["lang"])
    assert all_["false"] <= HELD_FALSE_AT_MOST * all_["negatives"]


def test_most_names_of_the_held_twins_are_found(held: dict[str, Counts]) -> None:
    all_ = total(held["lang"])
    assert all_["mentions"] - all_["lost"] >= HELD_RECALL_AT_LEAST * all_["mentions"]


def test_the_cases_are_many_distinct_and_well_marked() -> None:
    by_lang = Counter(case["lang"] for case in CASES)
    assert len(CASES) >= 320
    assert len(by_lang) >= 16
    assert min(by_lang.values()) >= 15
    texts = [case["negative"] for case in ALL] + [unmarked(case["twin"])[0] for case in ALL]
    assert len(set(texts)) == len(texts)
    assert not any(set("[]|") & set(text) for text in texts)
    assert all(unmarked(case["twin"])[1] for case in ALL)


def test_every_case_has_the_same_fields() -> None:
    fields = ("lang", "class", "negative", "twin")
    assert {tuple(case) for case in CASES} == {fields}
    assert {tuple(case) for case in HELD} == {(*fields, "held")}
