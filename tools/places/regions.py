"""The regions gazetteer: a hand-written table of regions and landmarks, widened by GeoNames' names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from .alternates import PlaceAlternates
from .extras import Feature
from .model import Flag, Place, Places
from .names import Collector, collect_alternates, drop_noise

FIXED = ("id", "type", "country", "lat", "lon")
GEONAMES = "geonames:"


class RegionError(ValueError):
    """The hand-written table is malformed; the message names the line."""


@dataclass(frozen=True, slots=True)
class Region:
    """One line of the table. `names`: language → names, the canonical one first."""

    id: str
    type: str
    country: str
    lat: float | None
    lon: float | None
    names: dict[str, list[str]]

    @property
    def geonames_id(self) -> int:
        """The GeoNames id, 0 for an id of our own."""
        return int(self.id.removeprefix(GEONAMES)) if self.id.startswith(GEONAMES) else 0


def read_regions(path: Path) -> list[Region]:
    """Read the table: comment lines, a header with the languages, one line a region."""
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    header = lines[0].split("\t")
    if tuple(header[: len(FIXED)]) != FIXED:
        raise RegionError(f"{path.name}: the first columns must be {' '.join(FIXED)}")
    languages = header[len(FIXED) :]
    return [_region(line, languages) for line in lines[1:]]


def _region(line: str, languages: list[str]) -> Region:
    cells = line.split("\t")
    if len(cells) != len(FIXED) + len(languages):
        raise RegionError(f"{cells[0]}: {len(cells)} columns instead of {len(FIXED) + len(languages)}")
    id_, type_, country, lat, lon = cells[: len(FIXED)]
    names = {language: cell.split("|") for language, cell in zip(languages, cells[len(FIXED) :], strict=True) if cell}
    if "en" not in names:
        raise RegionError(f"{id_}: no English name")
    return Region(id_, type_, country, _degrees(lat), _degrees(lon), names)


def _degrees(text: str) -> float | None:
    return round(float(text), 4) if text else None


def region_ids(regions: Iterable[Region]) -> frozenset[int]:
    """Return the GeoNames ids of the table."""
    return frozenset(region.geonames_id for region in regions) - {0}


def to_places(
    regions: list[Region],
    features: dict[int, Feature],
    alternates: dict[int, PlaceAlternates],
    collector: Collector,
    others: Places,
) -> Places:
    """Return the regions as places with the table's names; own ids get negative numbers.

    A region that the places gazetteer has too (`others`) carries the table's names only: it extends it.
    """
    places: Places = {}
    for number, region in enumerate(regions, 1):
        place = _place(region, -number, features)
        found = alternates.get(place.id)
        if found is not None:
            place.qid, place.title = found.qid, found.title(place.name)
        places[place.id] = place
    widened = {id_: place for id_, place in places.items() if id_ > 0 and id_ not in others}
    collect_alternates(collector, widened, alternates, {})
    for place in widened.values():
        for entry in place.names.values():
            entry.langs = {lang: flags & ~Flag.PREFERRED for lang, flags in entry.langs.items()}
    for region, place in zip(regions, places.values(), strict=True):
        _add_names(region, place)
    drop_noise(places)
    for place in widened.values():
        place.names = {name: entry for name, entry in place.names.items() if entry.langs}
    return places


def _place(region: Region, number: int, features: dict[int, Feature]) -> Place:
    id_ = region.geonames_id
    feature = features.get(id_)
    return Place(
        id=id_ or number,
        key="" if id_ else region.id,
        type=region.type,
        name=region.names["en"][0],
        country=region.country,
        lat=region.lat,
        lon=region.lon,
        population=feature.population if feature else 0,
    )


def _add_names(region: Region, place: Place) -> None:
    for language, names in region.names.items():
        for position, name in enumerate(names):
            place.add(name, language, Flag.NONE if position else Flag.OVERRIDE, "x")
    firsts = {names[0] for names in region.names.values()}
    for names in region.names.values():
        for name in names[1:]:
            if name not in firsts:
                place.entry(name).role = "alias"
