"""Linter of places gazetteers: ``entities.tsv`` with ``names.tsv``, and tables of regions."""

from __future__ import annotations

from pathlib import Path

from entnorm.gazetteer.findings import Findings, Seen, lines, rows
from entnorm.gazetteer.lint_text import (
    check_coordinates,
    check_country,
    check_id,
    check_language,
    check_name,
    check_number,
    check_script,
)
from entnorm.gazetteer.places import ENTITY_COLUMNS, NAME_COLUMNS
from entnorm.gazetteer.records import ROLES

REGION_COLUMNS = ("id", "type", "country", "lat", "lon")
_NAME_ROLES = frozenset({*ROLES, "main", ""})


def lint_places(folder: Path, out: Findings) -> int:
    """Report the faults of a places folder; return the number of entities."""
    path = folder / "entities.tsv"
    ids = Seen(out, "duplicate-id", "id")
    parents: dict[str, int] = {}
    order: dict[str, int] = {}
    last: tuple[int, int, str] = (0, 0, "")
    for line, row in rows(path, ENTITY_COLUMNS, out):
        _entity(row, path, line, out)
        ids.check(row["id"], path, line)
        order.setdefault(row["id"], len(order))
        if row["admin1"]:
            parents.setdefault(row["admin1"], line)
        if _order(row["id"]) < last:
            out.add(path, line, "unsorted", f"{row['id']} stands too late")
        last = _order(row["id"])
    for parent, line in parents.items():
        if parent not in ids:
            out.add(path, line, "unknown-parent", f"admin1 {parent!r} is not listed")
    if (folder / "names.tsv").is_file():
        _names(folder / "names.tsv", order, out)
    else:
        out.add(folder / "names.tsv", 0, "unreadable", "names.tsv is missing")
    return len(order)


def _order(ident: str) -> tuple[int, int, str]:
    scheme, _, local = ident.partition(":")
    return (0, int(local), "") if scheme == "geonames" and local.isdigit() else (1, 0, ident)


def _entity(row: dict[str, str], path: Path, line: int, out: Findings) -> None:
    check_id(row["id"], path, line, out)
    check_name(row["name"], path, line, out)
    for column in ("name", "type"):
        if not row[column]:
            out.add(path, line, "missing-field", f"{row['id']} has no {column}")
    check_country(row["country"], path, line, out)
    check_coordinates(row["lat"], row["lon"], path, line, out)
    check_number(row["population"], 0, 2e10, path, line, out, "population")
    for reference in filter(None, row["same_as"].split("|")):
        if ":" not in reference:
            out.add(path, line, "bad-value", f"same_as is {reference!r}, not scheme:id")


def _names(path: Path, order: dict[str, int], out: Findings) -> None:
    last = -1
    seen: set[str] = set()
    for line, row in rows(path, NAME_COLUMNS, out):
        at = order.get(row["id"])
        if at is None:
            out.add(path, line, "orphan-name", f"{row['name']!r} belongs to {row['id']!r}, which is not listed")
            continue
        if at < last:
            out.add(path, line, "unsorted", f"{row['id']} stands too late")
        if at != last:
            seen = set()
        last = at
        if not row["name"]:
            out.add(path, line, "missing-field", f"an empty name of {row['id']}")
        check_name(row["name"], path, line, out)
        if row["role"] not in _NAME_ROLES:
            out.add(path, line, "bad-value", f"role is {row['role']!r}; use one of {', '.join(ROLES)}")
        langs = [x for x in row["langs"].split(",") if x and check_language(x, path, line, out)]
        if langs and row["role"] == "native":
            check_script(row["name"], langs[0], path, line, out, "native name")
        if row["name"] in seen:
            out.add(path, line, "duplicate", f"{row['id']} lists the name {row['name']!r} twice")
        seen.add(row["name"])


def lint_regions(path: Path, out: Findings) -> int:
    """Report the faults of a table of regions (five columns, then one a language); return its length."""
    languages: list[str] | None = None
    ids = Seen(out, "duplicate-id", "id")
    count = 0
    for line, text in lines(path, out):
        cells = text.split("\t")
        if languages is None:
            languages = cells[len(REGION_COLUMNS) :]
            for lang in languages:
                check_language(lang, path, line, out)
            continue
        if len(cells) != len(REGION_COLUMNS) + len(languages):
            wanted = len(REGION_COLUMNS) + len(languages)
            out.add(path, line, "unreadable", f"{len(cells)} cells instead of {wanted}")
            continue
        count += 1
        ident, _, country, lat, lon = cells[: len(REGION_COLUMNS)]
        check_id(ident, path, line, out)
        ids.check(ident, path, line)
        check_country(country, path, line, out)
        check_coordinates(lat, lon, path, line, out)
        if not any(cells[len(REGION_COLUMNS) :]):
            out.add(path, line, "missing-field", f"{ident} has no name")
        for lang, cell in zip(languages, cells[len(REGION_COLUMNS) :], strict=True):
            for name in filter(None, cell.split("|")):
                check_name(name, path, line, out)
                check_script(name, lang, path, line, out, "name")
    return count
