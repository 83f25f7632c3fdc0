"""Figures, counted by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from entnorm.errors import ConfigError
from entnorm.evaluate.figures import Figure, Gate, failures, scopes
from entnorm.evaluate.gold import GoldDocument, GoldLookup, GoldMention, GoldPair
from entnorm.evaluate.judge import is_open, is_right, km, paired, same_id
from entnorm.evaluate.measure import Measure, area

Make = Callable[..., Any]
TEXT = "x" * 100


def figures(measure: Measure) -> dict[str, tuple[float | None, int]]:
    return {f.key: (None if f.value is None else round(f.value, 3), f.n) for f in measure.result().figures}


def test_precision_and_recall(mention: Make, scripted: Make) -> None:
    gold = [
        GoldMention(0, 5, "place"),
        GoldMention(10, 15, "place"),
        GoldMention(20, 25, "person"),
        GoldMention(30, 35, "place"),
    ]
    found = [mention(0, 5), mention(11, 15), mention(20, 25), mention(50, 55), mention(60, 65, "person")]
    measure = Measure()
    measure.document(scripted(found), GoldDocument(TEXT, "de", tuple(gold)))
    got = figures(measure)
    assert got["precision"] == (0.4, 5)
    assert got["recall"] == (0.5, 4)
    assert got["f1"] == (0.444, 4)
    assert got["precision_exact"] == (0.2, 5)
    assert got["recall/place"] == got["recall/de/place"] == (0.667, 3)
    assert got["recall/person"] == (0.0, 1)
    assert "ece" not in got


def test_ignored_mentions_are_neither_hits_nor_misses(mention: Make, scripted: Make) -> None:
    gold = (GoldMention(0, 5, "place", ignore=True), GoldMention(20, 25, None))
    measure = Measure()
    measure.document(
        scripted([mention(0, 5, confidence=0.9), mention(20, 25, confidence=0.9)]), GoldDocument(TEXT, "de", gold)
    )
    got = figures(measure)
    assert got["precision"] == (0.0, 1)
    assert got["recall"] == (None, 0)
    assert got["ece"] == (0.9, 1)


def test_kinds_that_are_marked_nowhere_are_not_counted(mention: Make, scripted: Make) -> None:
    measure = Measure({"place"})
    measure.document(
        scripted([mention(0, 5), mention(20, 25, "person")]), GoldDocument(TEXT, None, (GoldMention(0, 5, "place"),))
    )
    assert figures(measure)["precision"] == (1.0, 1)


def test_names_ids_places_and_lemmas(mention: Make, match: Make, scripted: Make) -> None:
    gold = (
        GoldMention(0, 5, "place", names=("KYIV",), ids=("t:1",), lemma="Київ", lat=50.0, lon=30.0),
        GoldMention(10, 15, "place", names=("Lviv",), ids=("t:2",), lemma="Львів", lat=50.0, lon=30.0),
        GoldMention(20, 25, "place", names=("Odesa",), ids=("t:3",), lat=46.0, lon=30.0),
    )
    near = match("t:1", lat=50.5, lon=30.5)
    found = [
        mention(0, 5, match=near, base="київ"),
        mention(10, 15, match=match("t:9", lat=40.0, lon=30.0), base="Львова"),
    ]
    measure = Measure()
    measure.document(scripted(found), GoldDocument(TEXT, "uk", gold))
    got = figures(measure)
    assert got["name"] == got["id"] == got["near"] == got["lemma"] == (0.5, 2)
    assert got["name_all"] == got["id_all"] == got["near_all"] == (0.333, 3)


def test_ids_of_another_scheme_say_nothing(mention: Make, match: Make) -> None:
    found = mention(0, 5, match=match("t:1", same_as=("wikidata:Q1",)))
    assert same_id(found, GoldMention(0, 5, "place", ids=("wikidata:Q1",))) is True
    assert same_id(found, GoldMention(0, 5, "place", ids=("wikidata:Q2",))) is False
    assert same_id(found, GoldMention(0, 5, "place", ids=("GPE-Ukraine",))) is None
    assert same_id(mention(0, 5), GoldMention(0, 5, "place", ids=("t:1",))) is None


def test_what_is_right(mention: Make, match: Make) -> None:
    listed = mention(0, 5, match=match("t:1", lat=50.0, lon=30.0))
    assert is_right(listed, []) is False
    assert is_right(listed, [GoldMention(0, 5, "person")]) is False
    assert is_right(listed, [GoldMention(3, 9, "place")]) is True
    assert is_right(listed, [GoldMention(0, 5, "place", ignore=True)]) is None
    assert is_right(listed, [GoldMention(0, 5, "place", names=("Lviv",))]) is False
    assert is_right(listed, [GoldMention(0, 5, "place", names=("Lviv",), lat=50.1, lon=30.1)]) is True
    assert is_right(listed, [GoldMention(0, 5, "place", ids=("t:2",), lat=50.1, lon=30.1)]) is False
    assert is_right(mention(0, 5), [GoldMention(0, 5, "place", names=("Lviv",))]) is True


def test_mentions_are_paired_one_to_one_the_closest_first(mention: Make) -> None:
    gold = [GoldMention(0, 10, "place"), GoldMention(10, 20, "place")]
    assert sorted(paired(gold, [mention(8, 20), mention(0, 4)], exact=False)) == [(0, 1), (1, 0)]
    assert paired(gold, [mention(8, 20), mention(0, 4)], exact=True) == []
    assert paired(gold, [mention(0, 10, "person")], exact=False) == []


def test_open_mentions(mention: Make) -> None:
    ignored = GoldMention(0, 5, "place", ignore=True)
    assert is_open(mention(0, 5), [ignored])
    assert not is_open(mention(0, 5), [])
    assert not is_open(mention(0, 5), [ignored, GoldMention(4, 9, "person")])


def test_confidence(mention: Make, scripted: Make) -> None:
    gold = (GoldMention(0, 5, "place"), GoldMention(10, 15, "place"))
    found = [
        mention(0, 5, confidence=0.95),
        mention(10, 15, confidence=0.55),
        mention(40, 45, confidence=0.95),
        mention(50, 55),
    ]
    measure = Measure()
    measure.document(scripted(found), GoldDocument(TEXT, "de", gold))
    got = figures(measure)
    assert got["right_at_0.9"] == (0.5, 2)
    assert got["share_at_0.9"] == (0.667, 3)
    assert got["ece"] == (round((2 * 0.45 + 0.45) / 3, 3), 3)
    assert [(b.low, b.n, b.right) for b in measure.result().reliability["mentions"]] == [(0.5, 1, 1.0), (0.9, 2, 0.5)]


def test_lookups(match: Make, scripted: Make) -> None:
    norm = scripted(
        matches={
            "Kiew": [match("t:2", confidence=0.6), match("t:1")],
            "Lwow": [match("t:3", name="Lviv")],
            "Xyz": [match(confidence=0.4)],
        }
    )
    measure = Measure()
    for gold in (
        GoldLookup("Kiew", ("t:1",)),
        GoldLookup("Lwow", (), ("LVIV",)),
        GoldLookup("Xyz"),
        GoldLookup("Nix", ("t:9",)),
        GoldLookup("Abc"),
    ):
        measure.lookup(norm, gold)
    got = figures(measure)
    assert got["lookup"] == (0.6, 5)
    assert got["lookup_any"] == (0.8, 5)
    assert got["lookup_ece"][1] == 2


def test_pairs(scripted: Make) -> None:
    norm = scripted(confidences={"a": 0.9, "b": 0.6, "c": 0.2, "d": 0.4})
    measure = Measure()
    for name, same in (("a", True), ("b", False), ("c", False), ("d", True)):
        measure.pair(norm, GoldPair(name, "x", same))
    got = figures(measure)
    assert got["pair_accuracy"] == (0.5, 4)
    assert got["pair_f1"] == (0.5, 4)
    assert got["pair_auc"] == (0.75, 4)
    assert measure.result().counts == {"pairs": 4}


def test_area_and_distance() -> None:
    assert area([0.5], [True]) is None
    assert area([0.5, 0.5], [True, False]) == 0.5
    assert round(km(0, 0, 0, 180)) == 20015
    assert km(10, 20, 10, 20) == 0


def test_gates() -> None:
    said = [Figure("f1", 0.7, 5), Figure("ece", 0.04, 5), Figure("id", None, 0), Figure("f1", 0.9, 2, "de", "person")]
    assert failures([Gate("f1", 0.7), Gate("ece", 0.04), Gate("f1/de/person", 0.9)], said) == []
    assert failures([Gate("f1", 0.71), Gate("ece", 0.03), Gate("id", 0.1), Gate("f1/fr", 0.1)], said) == [
        "f1 is 0.7000, below 0.71", "ece is 0.0400, above 0.03", "id was not measured", "f1/fr was not measured",
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["f1", "f1=", "f1=x", "f1=1.1", "f1=-1", "f1=nan", "accuracy=0.5", "=0.5"])
def test_what_is_no_gate(text: str) -> None:
    with pytest.raises(ConfigError):
        Gate.parse(text)


def test_lines_that_would_say_the_same_are_left_out() -> None:
    several = [Figure("f1", 1, 1, lang, kind) for lang in ("all", "de", "fr") for kind in ("all", "place")]
    assert scopes(several) == [("all", "all"), ("de", "all"), ("fr", "all")]
