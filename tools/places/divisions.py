"""First- and second-level divisions: ISO 3166-2 codes, coordinates, and which districts are kept."""

from __future__ import annotations

import re
from collections import defaultdict

from .alternates import PlaceAlternates
from .cldr import Cldr
from .clean import loose
from .config import Coverage
from .extras import Division, Feature
from .model import Place, Places

# Type words that sources add to or leave off the names of divisions; used only for matching names.
_TYPE_WORDS = re.compile(
    r"\b(oblast'?|oblasť|kray|krai|republic( of)?|respublika|province|provincia|prov\.|region|governorate|"
    r"county|prefecture|state|district|department|municipality|raion|rayon|city|voivodeship|canton|parish|"
    r"division|commune|autonomous|territory|kraj|okrug|wilaya|muhafazah|of|the|de|di|du|la)\b",
    re.IGNORECASE,
)
_SAME_PLACE_DEGREES = 0.7


def stem_key(name: str) -> str:
    """Return the loose key of a division's name without its type word.

    >>> stem_key("Kursk Oblast") == stem_key("Kursk")
    True
    """
    return loose(_TYPE_WORDS.sub(" ", name.replace("’", "'"))) or loose(name)


def assign_iso(
    places: Places,
    alternates: dict[int, PlaceAlternates],
    divisions: dict[int, Division],
    cldr: Cldr,
    known: dict[int, str],
) -> None:
    """Give divisions their ISO 3166-2 codes: `known` ones, Natural Earth's where valid, else by a unique name match."""
    taken: set[str] = set()
    open_places: dict[str, list[Place]] = defaultdict(list)
    for place in sorted(places.values(), key=lambda p: p.id):
        if place.type != "admin1":
            continue
        division = divisions.get(place.id)
        code = known.get(place.id) or (division.iso if division else "")
        if code in cldr.regular and code[:2] == place.country and code not in taken:
            place.iso = code
            taken.add(code)
        else:
            open_places[place.country].append(place)
    _match_names(open_places, alternates, cldr, taken)


def _match_names(
    open_places: dict[str, list[Place]], alternates: dict[int, PlaceAlternates], cldr: Cldr, taken: set[str]
) -> None:
    codes: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for code in cldr.regular - taken:
        for locale in ("en", "fr", "de", "es"):
            name = cldr.locales[locale].subdivisions.get(code)
            if name:
                codes[code[:2]][stem_key(name)].add(code)
    for country, group in open_places.items():
        claims: dict[str, list[Place]] = defaultdict(list)
        for place in group:
            names = [place.name, *(a.name for a in _names(alternates, place.id))]
            hits = {code for name in names for code in codes[country].get(stem_key(name), ())}
            if len(hits) == 1:
                claims[hits.pop()].append(place)
        for code, claimants in claims.items():
            if len(claimants) == 1:
                claimants[0].iso = code


def _names(alternates: dict[int, PlaceAlternates], id_: int) -> list:  # type: ignore[type-arg]
    found = alternates.get(id_)
    return found.names if found else []


def district_candidates(features: dict[int, Feature], coverage: Coverage) -> Places:
    """Return the second-level divisions of the typed features that the configuration lets in."""
    places: Places = {}
    for feature in features.values():
        third = feature.type == "admin3" and feature.country in coverage.admin3_as_admin2
        second = feature.type == "admin2" and feature.country not in coverage.admin2_skip
        second = second and feature.country not in coverage.admin3_as_admin2
        if (second or third) and feature.population >= coverage.admin2_population:
            places[feature.id] = from_feature(feature, "admin2")
    return places


def from_feature(feature: Feature, type_: str) -> Place:
    """Return a place of the given type made from a typed feature."""
    return Place(
        id=feature.id,
        type=type_,
        name=feature.name,
        country=feature.country,
        lat=feature.lat,
        lon=feature.lon,
        population=feature.population,
    )


def add_counties(places: Places, county_ids: dict[int, str], counties: dict[str, str]) -> None:
    """Add the US counties that were found by title, with the state they lie in."""
    states = {p.name: p.id for p in places.values() if p.type == "admin1" and p.country == "US"}
    for id_, title in county_ids.items():
        place = places.get(id_)
        if place is None:
            place = places[id_] = Place(id=id_, type="admin2", name=counties[title], country="US")
        if place.type == "admin2":
            place.title = title
            place.admin1 = states.get(title.rpartition(", ")[2], 0)


def place_counties(places: Places, points: dict[str, tuple[float, float]]) -> None:
    """Give the US counties that no other source places the coordinates known by their titles."""
    for place in places.values():
        if place.type == "admin2" and place.lat is None and place.title in points:
            place.lat, place.lon = points[place.title]


def drop_seat_twins(places: Places) -> None:
    """Drop districts named exactly like a town inside them: the town stands for both."""
    towns: dict[tuple[str, str], list[Place]] = defaultdict(list)
    for place in places.values():
        if place.type == "city":
            towns[(place.country, loose(place.name))].append(place)
    for place in [p for p in places.values() if p.type == "admin2"]:
        if any(near(place, town) for town in towns.get((place.country, loose(place.name)), ())):
            del places[place.id]


def near(one: Place, other: Place) -> bool:
    """Say whether two places lie within the span of a district, or have no coordinates to tell."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return True
    return abs(one.lat - other.lat) + abs(one.lon - other.lon) < _SAME_PLACE_DEGREES


def fill_coordinates(
    places: Places, features: dict[int, Feature], divisions: dict[int, Division], capitals: dict[str, str]
) -> None:
    """Give countries and divisions coordinates: typed features, Natural Earth, else their largest town's."""
    largest: dict[int, Place] = {}
    capital: dict[str, Place] = {}
    for place in sorted(places.values(), key=lambda p: (-p.population, p.id)):
        if place.type == "city":
            largest.setdefault(place.admin1, place)
            if place.name == capitals.get(place.country):
                capital.setdefault(place.country, place)
    for place in places.values():
        if place.type not in ("country", "admin1"):
            continue
        town = largest.get(place.id) if place.type == "admin1" else capital.get(place.country)
        feature = features.get(place.id)
        if feature is not None and place.population == 0:
            place.population = feature.population
        for source in (feature, divisions.get(place.id), town):
            if source is not None and source.lat is not None:
                place.lat, place.lon = source.lat, source.lon
                break
