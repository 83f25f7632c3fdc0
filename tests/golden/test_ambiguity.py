"""Short texts in which a name could mean several things and the context decides: ``tests/data/ambiguity*.jsonl``.

The second part was written before it was seen how its texts come out, and judges what was done for the first.

Only the mentions that matter are marked. A case is *right* when each of them is found with its kind and resolved to
the entity meant (or, where the name is empty, to nobody that a gazetteer lists); *ambiguous* when the answer leaves
some of them open but has the entity among its alternatives; *wrong* otherwise. Two ids, parted by a space, are two
records of one place: a capital that is a region of its own.

``pytest tests/golden/test_ambiguity.py -s`` prints the figures by language and class, and what went wrong.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

import pytest
from marked import Marked, rows, table, unmarked

from entnorm.index.store import Index
from entnorm.models import Match, Mention
from entnorm.pipeline import Normalizer

#: Share of cases that are right, at least, in all and in the second part alone.
RIGHT_AT_LEAST, RIGHT_OF_SECOND = 0.9, 0.83
#: Share of the other cases that are ambiguous rather than wrong, at least. It falls as cases left open turn right.
AMBIGUOUS_AT_LEAST = 0.45

FIRST, SECOND = rows("ambiguity.jsonl"), rows("ambiguity_second.jsonl")
CASES = [*FIRST, *SECOND]
GROUPS = ("lang", "class", "part")
VERDICTS = ("right", "ambiguous", "wrong")
Counts = dict[str, Counter[str]]


def means(match: Match, expected: Marked) -> bool:
    return match.entity_id in expected.id.split() if expected.id else match.name == expected.name


def verdict(mentions: tuple[Mention, ...], expected: Marked) -> str:
    found = [m for m in mentions if expected.overlaps(m) and m.kind == expected.kind]
    if not found:
        return "wrong"
    mention = found[0]
    if not expected.name:
        return {"unknown": "right", "ambiguous": "ambiguous"}.get(mention.status, "wrong")
    if mention.status == "resolved" and mention.best:
        return "right" if means(mention.best, expected) else "wrong"
    listed = mention.status == "ambiguous" and any(means(match, expected) for match in mention.matches)
    return "ambiguous" if listed else "wrong"


def answer(mentions: tuple[Mention, ...], expected: Marked) -> str:
    """What was answered in place of a mention, for the reader of a failure."""
    found = [m for m in mentions if expected.overlaps(m)]
    return "; ".join(
        f"{m.text} {m.kind} {m.status} {' | '.join(f'{x.name} {x.entity_id}' for x in m.matches[:3])}" for m in found
    )


def judged(norm: Normalizer, case: dict[str, Any]) -> str:
    text, expected = unmarked(case["text"])
    mentions = norm(text, lang=case["lang"]).mentions
    verdicts = [verdict(mentions, e) for e in expected]
    for mark, found in zip(expected, verdicts, strict=True):
        if found != "right":
            print(f"{case['lang']} {case['class']} ({case['note']}): {found} {mark.text!r} in {text!r}")
            print(
                f"    expected {mark.kind} {mark.name or 'unlisted'} {mark.id}, got {answer(mentions, mark) or 'nothing'}"
            )
    return max(verdicts, key=VERDICTS.index)


@pytest.fixture(scope="module")
def counts(norm: Normalizer) -> dict[str, Counts]:
    """Cases by verdict, by language and by class."""
    result: dict[str, Counts] = {group: defaultdict(Counter) for group in GROUPS}
    for number, case in enumerate(CASES):
        found = judged(norm, case)
        groups = {**case, "part": "first" if number < len(FIRST) else "second"}
        for group in GROUPS:
            result[group][groups[group]][found] += 1
    for group in GROUPS:
        print("\n" + table(group, result[group], VERDICTS))
    return result


def total(counts: dict[str, Counts]) -> Counter[str]:
    return sum(counts["lang"].values(), Counter())


def test_most_cases_are_decided_right(counts: dict[str, Counts]) -> None:
    assert total(counts)["right"] >= RIGHT_AT_LEAST * len(CASES)


def test_most_cases_that_nothing_was_made_for_are_decided_right(counts: dict[str, Counts]) -> None:
    assert counts["part"]["second"]["right"] >= RIGHT_OF_SECOND * len(SECOND)


def test_what_is_not_right_is_rather_left_open_than_wrong(counts: dict[str, Counts]) -> None:
    all_ = total(counts)
    assert all_["ambiguous"] >= AMBIGUOUS_AT_LEAST * (all_["ambiguous"] + all_["wrong"])


def test_the_cases_are_many_distinct_and_well_marked() -> None:
    texts = [unmarked(case["text"]) for case in CASES]
    assert len({text for text, _ in texts}) == len(CASES) >= 350
    assert len({case["lang"] for case in CASES}) >= 12
    assert min(Counter(case["class"] for case in CASES).values()) >= 12
    assert not any(set("[]|") & set(text) for text, _ in texts)
    assert all(expected for _, expected in texts)
    assert {tuple(case) for case in CASES} == {("lang", "class", "text", "note")}


def test_every_entity_expected_is_listed(norm: Normalizer, index: Index) -> None:
    marks = [mark for case in CASES for mark in unmarked(case["text"])[1] if mark.name]
    assert not {id_ for mark in marks for id_ in mark.id.split() if index.number(id_) is None}
    named = {(mark.name, mark.kind) for mark in marks if not mark.id}
    assert not {n for n, kind in named if not any(m.name == n for m in norm.lookup(n, kind=kind, limit=20))}
