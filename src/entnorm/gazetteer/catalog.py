"""Where records come from: gazetteer folders with their provenance, single files, and the set that ships."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from entnorm.errors import GazetteerError
from entnorm.gazetteer.people import read_people
from entnorm.gazetteer.places import read_places
from entnorm.gazetteer.records import Record, read_jsonl, read_table

PROVENANCE = "gazetteer.toml"
#: Gazetteers of the shipped index, in compile order; regions come first because they refine places of the same id.
SHIPPED = ("regions", "places", "people")

#: Parts of the people gazetteer that ship. The names in Arabic script identify nobody and would cost a megabyte; they
#: are there for one's own index.
SHIPPED_PEOPLE = ("core", "leaders", "us-legislators")


def read_source(path: str | Path) -> Iterator[Record]:
    """Records of a gazetteer folder, a JSON Lines file, or a CSV or TSV file.

    Raises :class:`~entnorm.errors.GazetteerError` for anything else, with what would be accepted.
    """
    source = Path(path)
    if source.is_dir():
        return _read_folder(source)
    if not source.is_file():
        raise GazetteerError(f"{source} does not exist", "give a gazetteer folder, or a .jsonl, .csv or .tsv file")
    readers: dict[str, Callable[[], Iterator[Record]]] = {
        ".jsonl": lambda: read_jsonl(source),
        ".csv": lambda: read_table(source, ","),
        ".tsv": lambda: read_table(source, "\t"),
    }
    reader = readers.get(source.suffix.lower())
    if reader is None:
        raise GazetteerError(
            f"{source}: unknown kind of source {source.suffix!r}", "give a folder, .jsonl, .csv or .tsv"
        )
    return reader()


def _read_folder(folder: Path) -> Iterator[Record]:
    if (folder / "entities.tsv").is_file():
        yield from read_places(folder)
        return
    files = sorted(folder.rglob("*.tsv"))
    files = [f for f in files if f.name not in ("overrides.tsv", "names.tsv")]
    if not files:
        raise GazetteerError(
            f"{folder} holds no gazetteer", "it needs entities.tsv and names.tsv, or people as .tsv files"
        )
    for file in files:
        yield from read_people(file)


def provenance(folder: Path) -> dict[str, Any]:
    """Facts of a gazetteer folder from its ``gazetteer.toml``, with a hash over its tables."""
    path = folder / PROVENANCE
    try:
        facts = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise GazetteerError(
            f"{path}: {error}", "every gazetteer states its name, version, licence and source"
        ) from error
    digest = hashlib.sha256()
    for file in sorted(folder.rglob("*.tsv")):
        digest.update(file.relative_to(folder).as_posix().encode() + b"\0" + file.read_bytes())
    keys = ("name", "version", "licence", "attribution", "snapshot")
    return {**{k: facts[k] for k in keys if k in facts}, "sha256": digest.hexdigest()}


def shipped_facts(root: Path) -> list[dict[str, Any]]:
    """Provenance of every gazetteer that ships, those inside others and the name knowledge included."""
    folders = [file.parent for name in (*SHIPPED, "names") for file in sorted((root / name).rglob(PROVENANCE))]
    folders = [f for f in folders if f.parent.name != "people" or f.name in SHIPPED_PEOPLE]
    return [provenance(folder) for folder in folders]


def source_facts(path: Path) -> dict[str, Any]:
    """What the manifest says of one source: provenance of a folder, name and hash of a file."""
    if path.is_dir() and (path / PROVENANCE).is_file():
        return provenance(path)
    if path.is_dir():
        return {"name": path.name}
    return {"name": path.name, "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}


def shipped_records(root: Path) -> Iterator[Record]:
    """Records of the gazetteers that ship, regions merged into places of the same id.

    A region's own names and canonical spellings win over those of the place it refines.
    """
    regions = {r.id: r for r in read_source(root / "regions")}
    for place in read_source(root / "places"):
        region = regions.pop(place.id, None)
        yield place if region is None else _refined(place, region)
    yield from regions.values()
    for part in SHIPPED_PEOPLE:
        yield from read_source(root / "people" / part)


def _refined(place: Record, region: Record) -> Record:
    taken = {lang for row in region.names for lang in row.canonical}
    for row in place.names:
        row.canonical = tuple(lang for lang in row.canonical if lang not in taken)
    region.names = [*region.names, *place.names]
    region.same_as = tuple(dict.fromkeys((*place.same_as, *region.same_as)))
    region.country = region.country or place.country
    region.parent = region.parent or place.parent
    if region.lat is None:
        region.lat, region.lon = place.lat, place.lon
    region.prominence = max(region.prominence, place.prominence)
    return region
