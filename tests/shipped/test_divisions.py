"""The first-level divisions of large countries are found by their plain English names."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from entnorm.pipeline import Normalizer

PLACES = Path(__file__).parents[2] / "data" / "gazetteers" / "places" / "entities.tsv"
COUNTRIES = ["AU", "BR", "CA", "DE", "ES", "FR", "GB", "IN", "IT", "MX", "PL", "RU", "UA", "US"]
#: Known misses: towns of the same name stand before a division that has no longer one.
EXCEPTIONS = {"Victoria", "Washington", "Berlin", "Santa Catarina", "Hidalgo"}
FIRST = 10


def divisions(country: str) -> dict[str, str]:
    with PLACES.open(encoding="utf-8") as handle:
        rows = csv.reader(handle, delimiter="\t", quoting=csv.QUOTE_NONE)
        return {row[0]: row[2] for row in rows if row[1] == "admin1" and row[3] == country}


@pytest.mark.parametrize("country", COUNTRIES)
def test_divisions_are_found_by_their_names(norm: Normalizer, country: str) -> None:
    listed = divisions(country)
    assert len(listed) >= 4
    missed = {
        name
        for ident, name in listed.items()
        if ident not in [m.entity_id for m in norm.lookup(name, kind="place", limit=FIRST)]
    }
    assert missed == EXCEPTIONS & set(listed.values())


@pytest.mark.parametrize(("name", "first"), [("Washington", "geonames:4140963"), ("Leningrad", "geonames:498817")])
def test_the_famous_place_comes_first(norm: Normalizer, name: str, first: str) -> None:
    assert norm.lookup(name)[0].entity_id == first
