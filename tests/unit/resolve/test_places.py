"""Which place is meant: shares of countries, divisions named in full, and the reasons given."""

from __future__ import annotations

from pathlib import Path

import pytest

from entnorm.gazetteer.records import Record
from entnorm.index.build import build_index
from entnorm.index.store import Index
from entnorm.match.score import Scored
from entnorm.mentions.places import PlaceSpan
from entnorm.resolve.places import country_shares, decide, named_divisions

PLACES = [("Alpha", "UA"), ("Beta", "UA"), ("Gamma", "RU"), ("Delta", "")]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    records = [Record(f"t:{n}", "place", n, country=c, prominence=0.5) for n, c in PLACES]
    folder: Path = build_index(records, tmp_path_factory.mktemp("resolve") / "x")
    return Index.open(folder)


def scored(index: Index, entity: int, rank: float) -> Scored:
    return Scored(index, entity, int(index.name_rows(entity)[0]), min(rank, 1.0), rank, [])


def span(index: Index, *entities: int, wants: str = "") -> PlaceSpan:
    ranked = [scored(index, e, 1.0 - i / 100) for i, e in enumerate(entities)]
    return PlaceSpan(0, 1, 0, 5, ranked, 1.0, wants)


def test_shares_count_each_entity_once_and_add_up_to_one(index: Index) -> None:
    spans = [span(index, 0), span(index, 0), span(index, 0), span(index, 1), span(index, 2), span(index, 3)]
    assert country_shares(spans) == pytest.approx({"UA": 2 / 3, "RU": 1 / 3})


def test_no_places_no_shares(index: Index) -> None:
    assert country_shares([]) == country_shares([span(index, 3)]) == {}


def test_divisions_are_those_with_a_type_word(index: Index) -> None:
    assert named_divisions([span(index, 0), span(index, 1, wants="admin1")]) == {1}


def test_the_country_of_the_document_decides_between_equals(index: Index) -> None:
    assert [s.entity for s in decide(span(index, 2, 0), {}, set())] == [2, 0]
    decided = decide(span(index, 2, 0), {"UA": 1.0}, set())
    assert [s.entity for s in decided] == [0, 2]
    assert any(e.value == "UA" and e.weight > 0 for e in decided[0].evidence)


def test_a_division_named_in_full_comes_first_unless_a_type_is_asked_for(index: Index) -> None:
    assert [s.entity for s in decide(span(index, 2, 1), {}, {1})] == [1, 2]
    assert [s.entity for s in decide(span(index, 2, 1, wants="admin1"), {}, {1})] == [2, 1]


def test_deciding_changes_neither_the_span_nor_the_similarity(index: Index) -> None:
    asked = span(index, 2, 0)
    before = [(s.entity, s.score, s.rank, list(s.evidence)) for s in asked.ranked]
    decided = decide(asked, {"UA": 0.7, "RU": 0.3}, {0})
    assert [(s.entity, s.score, s.rank, list(s.evidence)) for s in asked.ranked] == before
    assert {s.entity: s.score for s in decided} == {s.entity: s.score for s in asked.ranked}
