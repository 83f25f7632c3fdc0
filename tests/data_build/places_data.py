"""Reading the committed gazetteers of places and regions for the tests."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import NamedTuple

GAZETTEERS = Path(__file__).resolve().parents[2] / "data" / "gazetteers"


class EntityRow(NamedTuple):
    """A line of ``entities.tsv``."""

    id: str
    type: str
    name: str
    country: str
    admin1: str
    lat: str
    lon: str
    population: str
    same_as: str


class NameRow(NamedTuple):
    """A line of ``names.tsv``."""

    id: str
    name: str
    langs: str
    role: str
    canonical: str
    src: str


def lines(gazetteer: str, file: str) -> list[str]:
    """Return the lines of a file, header first."""
    return (GAZETTEERS / gazetteer / file).read_text(encoding="utf-8").split("\n")


@cache
def entities(gazetteer: str) -> dict[str, EntityRow]:
    """Return the entities of a gazetteer by id."""
    rows = (EntityRow(*line.split("\t")) for line in lines(gazetteer, "entities.tsv")[1:] if line)
    return {row.id: row for row in rows}


@cache
def names(gazetteer: str) -> dict[str, list[NameRow]]:
    """Return the names of a gazetteer by id."""
    found: dict[str, list[NameRow]] = defaultdict(list)
    for line in lines(gazetteer, "names.tsv")[1:]:
        if line:
            row = NameRow(*line.split("\t"))
            found[row.id].append(row)
    return found


def canonical(id_: str, language: str) -> str:
    """Return the canonical name of an id in a language: the regions gazetteer's first, else the main name."""
    for gazetteer in ("regions", "places"):
        for row in names(gazetteer).get(id_, ()):
            if language in row.canonical.split(","):
                return row.name
    entity = entities("regions").get(id_) or entities("places")[id_]
    return entity.name


def spellings(id_: str) -> set[str]:
    """Return every spelling of an id in both gazetteers."""
    found = {row.name for gazetteer in ("regions", "places") for row in names(gazetteer).get(id_, ())}
    found |= {table[id_].name for table in (entities("regions"), entities("places")) if id_ in table}
    return found
