"""The matcher: which entity comes first, how sure, and why."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entnorm.config import Config
from entnorm.errors import DataError
from entnorm.gazetteer.records import NameRow, Record
from entnorm.index.build import build_index
from entnorm.index.store import Index
from entnorm.match.calibrate import Calibration, logistic, shipped_calibration
from entnorm.match.matcher import Matcher
from entnorm.match.query import Query, readings, strip_type_word
from entnorm.match.score import weights


def ids(matcher: Matcher, name: str, **how: object) -> list[str]:
    return [m.entity_id for m in matcher.lookup(name, **how)]


@pytest.mark.parametrize(
    ("name", "lang", "expected"),
    [
        ("Kyiv", None, "p:kyiv"), ("KYIV", None, "p:kyiv"), ("Kiew", "de", "p:kyiv"), ("Kiews", "de", "p:kyiv"),
        ("Києва", "uk", "p:kyiv"), ("Kijv", None, "p:kyiv"), ("Region Kursk", "de", "p:kursk-oblast"),
        ("Kursk Region", "en", "p:kursk-oblast"), ("Kursk", None, "p:kursk"), ("Курской области", "ru", "p:kursk-oblast"),
        ("Paris", None, "p:paris"), ("Zelenskyy", None, "h:zelenskyy"), ("Зеленського", "uk", "h:zelenskyy"),
        ("Zelensky Volodymyr", None, "h:zelenskyy"), ("V. Zelenskyy", None, "h:zelenskyy"), ("Putins", "de", "h:putin"),
        ("Vladmir Putin", None, "h:putin"), ("Путиным", "ru", "h:putin"), ("Macron", None, "h:macron"),
        ("Brigitte Macron", None, "h:brigitte"), ("J.D. Vance", None, "h:vance"), ("J. D. Vance", None, "h:vance"),
        ("Меркель", "ru", "h:merkel"),
    ],
)  # fmt: skip
def test_first_answer(matcher: Matcher, name: str, lang: str | None, expected: str) -> None:
    assert ids(matcher, name, lang=lang)[0] == expected


@pytest.mark.parametrize("name", ["", " ", "!!!", "☃", "\ud800", "\x00", "Xqzvwk Jjjjj", "12345"])
def test_nothing_alike_is_an_empty_answer(matcher: Matcher, name: str) -> None:
    assert matcher.lookup(name) == []


def test_a_name_listed_as_written_scores_one_and_a_misspelling_less(matcher: Matcher) -> None:
    exact = matcher.lookup("Volodymyr Zelenskyy")[0].score
    typed = matcher.lookup("Volodmy Zelenskyy")[0].score
    worse = matcher.lookup("Vlodmi Selenzki")[0].score
    assert exact == 1.0 > typed > worse


def test_one_match_an_entity_within_the_limit(matcher: Matcher) -> None:
    found = ids(matcher, "Paris", limit=10)
    assert found[:2] == ["p:paris", "p:paris-tx"]
    assert len(set(found)) == len(found)
    assert len(matcher.lookup("Paris", limit=1)) == 1


def test_kind_restricts(matcher: Matcher) -> None:
    assert all(m.kind == "place" for m in matcher.lookup("Paris", kind="place"))
    assert "p:paris" not in ids(matcher, "Paris", kind="person")
    assert ids(matcher, "Merkel", kind="place")[:1] != ["h:merkel"]


def test_names_come_in_the_language_asked_for(matcher: Matcher) -> None:
    assert [matcher.lookup("Kiev", to=to)[0].name for to in ("de", "uk", "en", "xx")] == [
        "Kiew",
        "Київ",
        "Kyiv",
        "Kyiv",
    ]
    assert matcher.lookup("Kiew", lang="uk", to="source")[0].name == "Київ"
    best = matcher.lookup("Kiew")[0]
    assert (best.matched_name, best.country, best.type) == ("Kiew", "UA", "city")


@pytest.mark.parametrize("name", ["Kiew", "Kiews", "Kursk Region", "Volodmy Zelenskyy", "Путина", "Paris"])
def test_evidence_adds_up(matcher: Matcher, name: str) -> None:
    for scored in matcher.rank(Query.of(name)):
        assert sum(e.weight for e in scored.evidence) == pytest.approx(scored.rank, abs=0.002) or scored.score in (0, 1)
        assert scored.evidence


def test_a_higher_floor_keeps_fewer(index: Index) -> None:
    loose, strict = Matcher([index], Config(min_score=0.3)), Matcher([index], Config(min_score=0.95))
    assert len(loose.lookup("Volodmyr Zelensk")) >= len(strict.lookup("Volodmyr Zelensk"))
    assert all(m.score >= 0.95 for m in strict.lookup("Kijv"))


def test_two_indexes_answer_together(index: Index, tmp_path: Path) -> None:
    mine = Record("mine:kyiv", "place", "Kyiv", prominence=0.1, names=[NameRow("Kyiw")])
    both = Matcher([index, Index.open(build_index([mine], tmp_path / "x"))])
    assert set(ids(both, "Kyiv")[:2]) == {"p:kyiv", "mine:kyiv"}
    assert ids(both, "Kyiw")[0] == "mine:kyiv"
    assert ids(both, "Putin")[0] == "h:putin"


@given(st.text(max_size=25))
def test_readings_are_distinct_and_begin_with_the_name(text: str) -> None:
    query = Query.of(text)
    found = readings(query)
    assert len({(r.text, r.wants) for r in found}) == len(found) <= 24
    if query.key:
        assert (found[0].text, found[0].key, found[0].cost) == (text, query.key, 0.0)
        assert all(r.cost > 0 for r in found[1:])
    else:
        assert all(r.key for r in found)
    assert len(query.bases) == len(query.natives) == len(query.words)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Region Kursk", ("Kursk", "admin1")), ("Kursk Oblast", ("Kursk", "admin1")), ("Oblast", None), ("Kursk", None),
     ("", None), ("Neu Kursk", None)],
)  # fmt: skip
def test_type_words_are_set_aside(text: str, expected: tuple[str, str] | None) -> None:
    assert strip_type_word(text) == expected


def test_weights_are_small_and_named() -> None:
    assert {"prominence", "near", "key_equal"} <= set(weights())
    assert all(0 <= value <= 1 for value in weights().values())


@given(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6))
def test_logistic_is_a_monotone_probability(a: float, b: float) -> None:
    assert 0.0 <= logistic(a) <= 1.0
    assert (a <= b) <= (logistic(a) <= logistic(b))
    assert logistic(a) + logistic(-a) == pytest.approx(1.0)


BROKEN = [
    "",
    "[]",
    "{}",
    '{"id": "x"}',
    '{"id": "x", "gazetteers": [], "models": {"lookup": {"a": "high"}}}',
    '{"models": []}',
]


@pytest.mark.parametrize("text", BROKEN)
def test_what_is_no_calibration_is_refused(text: str) -> None:
    with pytest.raises(DataError, match="not a calibration"):
        Calibration.parse(text)


def test_confidence_is_known_for_the_shipped_gazetteers_only(matcher: Matcher) -> None:
    assert shipped_calibration().gazetteers
    assert not shipped_calibration().holds_for(matcher.indexes)
    assert not shipped_calibration().holds_for([])


def test_confidences_are_probabilities_that_share_one(matcher: Matcher) -> None:
    calibration = shipped_calibration()
    for name in ("Paris", "Kursk", "Macron", "Volodmy Zelenskyy", "Kiew"):
        ranked = matcher.rank(Query.of(name))
        found = calibration.lookup(ranked)
        assert len(found) == min(len(ranked), 20)
        assert all(0 <= p <= 1 for p in found)
        assert sum(found) <= 1.001
        assert found[0] == max(found)
        low, high = (calibration.mention(ranked, {"odds": odds}) for odds in (-2.0, 2.0))
        assert 0 <= low <= high <= 1
        mention, named = calibration.listed(ranked, {"odds": 2.0})
        assert mention == high
        assert named is not None
        assert 0 <= named <= 1
