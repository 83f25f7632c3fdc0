"""Reader of a places gazetteer: ``entities.tsv`` and ``names.tsv``, both sorted by id, read side by side."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from entnorm.errors import GazetteerError
from entnorm.gazetteer.capitals import capital_sizes
from entnorm.gazetteer.records import NameRow, Record, checked, parse_number, place_prominence

ENTITY_COLUMNS = ("id", "type", "name", "country", "admin1", "lat", "lon", "population", "same_as")
NAME_COLUMNS = ("id", "name", "langs", "role", "canonical", "src")
_INDEX_ROLES = {"main": "canonical"}


def tsv_rows(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[int, list[str]]]:
    """Line numbers and cells of a TSV whose header must be ``columns``; lines starting with ``#`` are skipped."""
    with path.open(encoding="utf-8", newline="\n") as handle:
        header: list[str] | None = None
        for number, line in enumerate(handle, 1):
            if line.startswith("#"):
                continue
            cells = line.rstrip("\n").split("\t")
            if header is None:
                header = cells
                if tuple(header) != columns:
                    raise GazetteerError(f"{path}:{number}: the columns are {header}", f"expected {list(columns)}")
                continue
            if len(cells) != len(columns):
                raise GazetteerError(f"{path}:{number}: {len(cells)} cells instead of {len(columns)}")
            yield number, cells


def _split(cell: str, separator: str = ",") -> tuple[str, ...]:
    return tuple(cell.split(separator)) if cell else ()


def _capital_sizes(path: Path) -> dict[str, int]:
    rows = (cells for _, cells in tsv_rows(path, ENTITY_COLUMNS))
    places = ((c[0], c[1], c[2], c[3], int(c[7]) if c[7].isdigit() else 0) for c in rows)
    return capital_sizes(place for place in places if place[1] in ("city", "country"))


def read_places(folder: Path) -> Iterator[Record]:
    """Records of a places gazetteer folder, in the order of ``entities.tsv``.

    A country's capital is as prominent as a town of a thirtieth of the country's people, or by its own people.

    Raises :class:`GazetteerError` when a name row belongs to no entity or the files are out of step.
    """
    names = groupby(tsv_rows(folder / "names.tsv", NAME_COLUMNS), key=lambda row: row[1][0])
    current = next(names, None)
    capitals = _capital_sizes(folder / "entities.tsv")
    for number, cells in tsv_rows(folder / "entities.tsv", ENTITY_COLUMNS):
        where = f"{folder / 'entities.tsv'}:{number}"
        ident, type_, name, country, admin1, lat, lon, population, same_as = cells
        rows = [NameRow(name, (), "canonical")]
        if current is not None and current[0] == ident:
            for _, (_, text, langs, role, canonical, _src) in current[1]:
                rows.append(NameRow(text, _split(langs), _INDEX_ROLES.get(role, role), _split(canonical)))
            current = next(names, None)
        people = int(parse_number(population, where, "population") or 0)
        record = Record(
            id=ident,
            kind="place",
            name=name,
            type=type_,
            names=rows,
            same_as=tuple(s.replace(" ", "_") for s in _split(same_as, "|")),
            country=country,
            parent=admin1,
            lat=parse_number(lat, where, "lat"),
            lon=parse_number(lon, where, "lon"),
            prominence=place_prominence(type_, max(people, capitals.get(ident, 0))),
        )
        yield checked(record, where)
    if current is not None:
        raise GazetteerError(
            f"{folder / 'names.tsv'}: names of {current[0]!r}, which entities.tsv does not list in this order"
        )
