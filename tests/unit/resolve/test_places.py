"""Which place is meant: an index of a few namesakes, and texts that decide between them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from entnorm.gazetteer.records import NameRow, Record
from entnorm.index.build import build_index
from entnorm.index.store import Index
from entnorm.match.matcher import Matcher
from entnorm.match.query import Query
from entnorm.match.score import Scored
from entnorm.mentions.places import PlaceSpan
from entnorm.resolve.places import PROBABILITY, decide, weights

PLACES = [
    # id, type, name, country, division, lat, lon, prominence
    ("us", "country", "America", "US", "", 39.0, -98.0, 0.95),
    ("tx", "admin1", "Texas", "US", "", 31.0, -99.0, 0.8),
    ("paris-tx", "city", "Paris", "US", "tx", 33.66, -95.56, 0.5),
    ("lamar", "admin2", "Lamar County", "US", "tx", 33.67, -95.57, 0.45),
    ("reno-tx", "city", "Reno", "US", "tx", 33.66, -95.48, 0.4),
    ("reno-nv", "city", "Reno", "US", "nv", 39.53, -119.81, 0.5),
    ("nv", "admin1", "Nevada", "US", "", 39.0, -117.0, 0.75),
    ("fr", "country", "France", "FR", "", 46.0, 2.0, 0.95),
    ("paris", "city", "Paris", "FR", "idf", 48.85, 2.35, 0.76),
    ("idf", "admin1", "Île-de-France", "FR", "", 48.7, 2.5, 0.7),
    ("lille", "city", "Lille", "FR", "", 50.63, 3.06, 0.6),
    ("ge", "country", "Georgia", "GE", "", 42.0, 43.5, 0.94),
    ("ga", "admin1", "Georgia", "US", "", 32.7, -83.5, 0.76),
    ("am", "country", "Armenia", "AM", "", 40.0, 45.0, 0.94),
    ("al", "admin1", "Alabama", "US", "", 32.7, -86.7, 0.75),
    ("kursk", "city", "Kursk", "RU", "kurskobl", 51.73, 36.19, 0.66),
    ("kurskobl", "admin1", "Kursk Oblast", "RU", "", 51.5, 36.0, 0.66),
]
SHORT = {"kurskobl": "Kursk"}


@pytest.fixture(scope="module")
def matcher(tmp_path_factory: pytest.TempPathFactory) -> Matcher:
    records = [
        Record(
            id, "place", name, type=type_, country=country, parent=parent, lat=lat, lon=lon, prominence=prominence,
            names=[NameRow(SHORT[id], (), "short")] if id in SHORT else [],
        )
        for id, type_, name, country, parent, lat, lon, prominence in PLACES
    ]  # fmt: skip
    folder: Path = build_index(records, tmp_path_factory.mktemp("resolve") / "x")
    return Matcher([Index.open(folder)])


Decide = Callable[..., list[tuple[str, str]]]


@pytest.fixture
def spans_of(matcher: Matcher) -> Callable[[str, str], list[PlaceSpan]]:
    """The listed names of a text marked ``[so]``, ``[Region Kursk|admin1]`` with the type asked for."""

    def made(marked: str, lang: str) -> list[PlaceSpan]:
        spans, text = [], ""
        for piece in marked.replace("[", "\0[").replace("]", "\0").split("\0"):
            if piece.startswith("["):
                name, _, wants = piece[1:].partition("|")
                ranked = matcher.rank(Query.of(name, lang=lang, kind="place"), fuzzy=False)
                spans.append(PlaceSpan(0, 1, len(text), len(text) + len(name), ranked, 1.0, wants, belief=0.9))
                text += name
            else:
                text += piece
        return spans

    return made


def plain(marked: str) -> str:
    return marked.replace("|admin1", "").replace("[", "").replace("]", "")


@pytest.fixture
def decided(spans_of: Callable[[str, str], list[PlaceSpan]]) -> Callable[..., list[list[Scored]]]:
    def run(marked: str, lang: str = "en") -> list[list[Scored]]:
        spans = spans_of(marked, lang)
        found = decide(plain(marked), spans, lang)
        return [found[id(s)] for s in spans]

    return run


def ids(ranked: list[list[Scored]]) -> list[str]:
    return [some[0].index.facts(some[0].entity).id for some in ranked]


Run = Callable[..., list[list[Scored]]]


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("[Paris] was quiet.", ["paris"]),
        ("[Paris], [Texas], was quiet.", ["paris-tx", "tx"]),
        ("[Paris] ([Texas])", ["paris-tx", "tx"]),
        ("[Paris] in [Texas]", ["paris-tx", "tx"]),
        ("PARIS and [Paris], [Texas]. Later [Paris] was quiet.", ["paris-tx", "tx", "paris-tx"]),
        ("[Paris], [France]", ["paris", "fr"]),
        ("[Paris] and [Texas] are far apart. [Lille] and [France]", ["paris", "tx", "lille", "fr"]),
        ("[Lamar County] deputies met in [Paris] and [Reno].", ["lamar", "paris-tx", "reno-tx"]),
        ("[Reno] and the rest of [Nevada]", ["reno-nv", "nv"]),
        ("[Georgia] and [Armenia]", ["ge", "am"]),
        ("[Georgia] and [Alabama]", ["ga", "al"]),
        ("Towns: [Reno], [Paris] and [Texas]", ["reno-tx", "paris-tx", "tx"]),
        ("[Georgia] was quiet.", ["ge"]),
        ("the state of [Georgia] was quiet.", ["ga"]),
        ("[Kursk] was shelled.", ["kursk"]),
        ("the region of [Kursk] and the city of [Kursk]", ["kurskobl", "kursk"]),
        ("[Kursk Oblast|admin1] was shelled, [Kursk] too.", ["kurskobl", "kurskobl"]),
        ("[Kursk] was shelled, then [Kursk Oblast|admin1].", ["kursk", "kurskobl"]),
    ],
)
def test_what_is_meant(decided: Run, marked: str, expected: list[str]) -> None:
    assert ids(decided(marked)) == expected


def test_the_reasons_add_up_to_the_rank_and_the_probabilities_to_one(decided: Run) -> None:
    for ranked in decided("[Paris], [Texas] and [Reno] near [Lamar County] in [Texas]; Georgian visitors in [Georgia]"):
        for some in ranked:
            assert some.rank == pytest.approx(sum(e.weight for e in some.evidence), abs=2e-3)
        shares = [e.value for some in ranked for e in some.evidence if e.feature == PROBABILITY]
        assert sum(float(s) for s in shares if s is not None) == pytest.approx(1.0, abs=1e-3)
        assert [s.rank for s in ranked] == sorted((s.rank for s in ranked), reverse=True)


def test_the_better_placed_is_the_more_probable(decided: Run) -> None:
    alone, beside = decided("[Paris] was quiet.")[0], decided("[Paris], [Texas]")[0]

    def probability(ranked: list[Scored], id: str) -> float:
        found = next(s for s in ranked if s.index.facts(s.entity).id == id)
        return next(float(e.value or 0) for e in found.evidence if e.feature == PROBABILITY)

    assert probability(alone, "paris-tx") < 0.2 < 0.9 < probability(beside, "paris-tx")


def test_a_name_is_no_evidence_for_itself(decided: Run) -> None:
    once, often = decided("[Reno] was quiet.")[0], decided("[Reno] was quiet. [Reno]! [Reno]?")[0]
    assert [s.rank for s in once] == pytest.approx([s.rank for s in often])


def test_deciding_changes_neither_the_spans_nor_the_similarity(
    spans_of: Callable[[str, str], list[PlaceSpan]],
) -> None:
    spans = spans_of("[Paris], [Texas]", "en")
    before = [[(s.entity, s.score, s.rank, list(s.evidence)) for s in span.ranked] for span in spans]
    found = decide("Paris, Texas", spans, "en")
    assert [[(s.entity, s.score, s.rank, list(s.evidence)) for s in span.ranked] for span in spans] == before
    for span in spans:
        assert {s.entity: s.score for s in found[id(span)]} == {s.entity: s.score for s in span.ranked}


def test_a_long_text_is_cut_into_stretches(spans_of: Callable[[str, str], list[PlaceSpan]]) -> None:
    spans, text = [], ""
    for number in range(900):
        for span in spans_of("[Paris]", "en"):
            name = f"Paris{number}"
            spans.append(PlaceSpan(0, 1, len(text), len(text) + len(name), span.ranked, 1.0, belief=0.9))
            text += name + ". "
    found = decide(text, spans, "en")
    assert len(found) == 900
    assert all(found[id(s)][0].index.facts(found[id(s)][0].entity).id == "paris" for s in spans)


def test_every_weight_states_its_case() -> None:
    assert all(v >= 0 for v in weights().values())
    assert 0 < weights()["temperature"] < 0.1
