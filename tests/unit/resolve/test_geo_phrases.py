"""Phrases between places, adjectives of countries, what holds what."""

from __future__ import annotations

import math

import pytest

from entnorm.gazetteer.capitals import is_capital
from entnorm.match.calibrate import BACKING
from entnorm.mentions.abbreviations import abbreviations
from entnorm.resolve.geo import Spot, holds, km
from entnorm.resolve.geo_hints import adjectives, area_of_word, countries_of_language
from entnorm.resolve.geo_names import area_before
from entnorm.resolve.geo_phrases import apposition, beside, inside
from entnorm.resolve.places import _REASONS


@pytest.mark.parametrize(
    ("gap", "after", "expected"),
    [
        (", ", "", 1.0), (" (", ")", 1.0), (" (", " ", 0.0), (" in ", "", 0.6), (" в ", "", 0.6), (" w ", "", 0.6),
        (" im ", "", 0.6), (" en ", "", 0.6), (" und ", "", 0.0), (". ", "", 0.0), (" fliegt nach ", "", 0.0),
        (" ", "", 0.0),
    ],
)  # fmt: skip
def test_phrases_that_put_one_place_into_another(gap: str, after: str, expected: float) -> None:
    assert inside(gap, after) == expected


@pytest.mark.parametrize(
    ("gap", "expected"),
    [
        (", a town in ", 1.0), (", a small market town in northern ", 1.0), (", ville de ", 1.0), (" – die Stadt im ", 1.0),
        (", a town that fled to ", 0.0), (", where the mayor lives in ", 0.0), (", a town. In ", 0.0), (" in ", 0.0),
    ],
)  # fmt: skip
def test_appositions_that_put_one_place_into_another(gap: str, expected: float) -> None:
    assert apposition(gap) == expected


def test_an_adjective_speaks_for_the_name_right_behind_it() -> None:
    assert area_before("das texanische Paris", 15, 20) == "US/Texas"
    assert area_before("das texanische Paris-Bild", 15, 20) == ""
    assert area_before("das texanische, Paris", 16, 21) == ""


def test_what_backs_a_place_is_what_a_document_says() -> None:
    assert set(_REASONS.values()) >= BACKING


@pytest.mark.parametrize("gap", [", ", " and ", ", and ", " und ", " i ", " и ", " та ", "/", "、"])
def test_words_that_string_together(gap: str) -> None:
    assert beside(gap)


@pytest.mark.parametrize("gap", [" in ", ". ", " (", " from ", "", " and then "])
def test_words_that_do_not(gap: str) -> None:
    assert not beside(gap)


@pytest.mark.parametrize(
    ("word", "area"),
    [
        ("Ukrainian", "UA"), ("ukrainische", "UA"), ("украинского", "UA"), ("українські", "UA"), ("ukraiński", "UA"),
        ("texanische", "US/Texas"), ("баварской", "DE/Bavaria"), ("French", "FR"), ("französischen", "FR"), ("российский", "RU"), ("německý", "DE"),
        ("Georgians", "GE"), ("Palestinians", "PS"), ("Swiss", "CH"),
        ("Indiana", ""), ("Germantown", ""), ("polished", ""), ("turkeys", ""), ("Russell", ""), ("street", ""),
    ],
)  # fmt: skip
def test_adjectives_and_peoples(word: str, area: str) -> None:
    assert area_of_word(word) == area


def test_adjectives_are_counted() -> None:
    assert adjectives("Russian and Russian and polnische Truppen") == {"RU": 2, "PL": 1}


def test_languages_speak_for_countries_at_most_wholly() -> None:
    for lang in ("de", "fr", "uk", "pt", "sr"):
        assert 0 < sum(countries_of_language(lang).values()) <= 1.0 + 1e-9
    assert countries_of_language(None) == countries_of_language("en") == {}


def test_capitals() -> None:
    assert is_capital("kyiv", "UA")
    assert not is_capital("kyiv", "RU")
    assert not is_capital("new york city", "US")


def spot(type_: str, lat: float, lon: float, country: str = "US", division: int | None = 1, fame: float = 0.5) -> Spot:
    a, b = math.radians(lat), math.radians(lon)
    vector = (math.cos(a) * math.cos(b), math.cos(a) * math.sin(b), math.sin(a))
    return Spot(country, None if division is None else (0, division), type_, vector, fame)


TOWN = spot("city", 33.66, -95.56)


@pytest.mark.parametrize(
    ("outer", "expected"),
    [
        (spot("country", 0, 0, "US"), True),
        (spot("country", 0, 0, "FR"), False),
        (spot("admin1", 0, 0, division=1), True),
        (spot("admin1", 0, 0, division=2), False),
        (spot("admin2", 33.7, -95.5), True),
        (spot("admin2", 33.7, -95.5, division=2), False),
        (spot("admin2", 30.0, -95.5), False),
        (spot("city", 33.7, -95.5, fame=0.8), True),
        (spot("city", 33.7, -95.5, fame=0.3), False),
        (spot("water", 33.7, -95.5), False),
    ],
)
def test_what_holds_a_town(outer: Spot, expected: bool) -> None:
    assert (holds(outer, TOWN) > 0) == expected


def test_distance() -> None:
    assert km(spot("city", 0, 0), spot("city", 0, 90)) == pytest.approx(10007.5, abs=1)
    assert km(TOWN, TOWN._replace(vector=None)) == math.inf


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("PARIS, Tex. (AP) —", [("Tex.", "Texas", "US")]),
        ("CHARLESTON, W.Va. -- All lanes", [("W.Va.", "West Virginia", "US")]),
        ("the S.C. Highway Patrol", [("S.C.", "South Carolina", "US")]),
        ("Toronto, ON, and Perth, WA", [("ON", "Ontario", "CA"), ("WA", "Washington", "US")]),
        ("I met Mr. Va. Ind. Miss. Mass. is over.", []),
        ("OK, I am IN. OR ELSE", []),
        ("in 300 B.C. the town", []),
    ],
)
def test_states_written_short(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert [(text[a.start : a.end], a.name, a.country) for a in abbreviations(text)] == expected
