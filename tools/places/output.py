"""Writing a gazetteer folder: two sorted TSV files and ``gazetteer.toml``."""

from __future__ import annotations

import filecmp
import json
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

ENTITY_COLUMNS = ("id", "type", "name", "country", "admin1", "lat", "lon", "population", "same_as")
NAME_COLUMNS = ("id", "name", "langs", "role", "canonical", "src")
ENTITIES, NAMES, MANIFEST = "entities.tsv", "names.tsv", "gazetteer.toml"

Row = tuple[str, ...]


def id_order(id_: str) -> tuple[int, int, str]:
    """Return the sort key of an id: GeoNames ids by number, then all others by text.

    >>> sorted(["entnorm:region-sahel", "geonames:10", "geonames:9"], key=id_order)
    ['geonames:9', 'geonames:10', 'entnorm:region-sahel']
    """
    scheme, _, local = id_.partition(":")
    return (0, int(local), "") if scheme == "geonames" else (1, 0, id_)


def number(value: float | None) -> str:
    """Write a coordinate with at most four decimals, '' for none.

    >>> number(50.4547), number(30.0), number(None)
    ('50.4547', '30', '')
    """
    return "" if value is None else f"{value:.4f}".rstrip("0").rstrip(".")


def write_table(path: Path, columns: Row, rows: Iterable[Row]) -> int:
    """Write a header and the rows as UTF-8 TSV with Unix line ends; return the number of rows."""
    count = 0
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write("\t".join(columns) + "\n")
        for row in rows:
            file.write("\t".join(row) + "\n")
            count += 1
    return count


def write_entities(folder: Path, rows: Iterable[Row]) -> int:
    """Write ``entities.tsv`` sorted by id."""
    return write_table(folder / ENTITIES, ENTITY_COLUMNS, sorted(rows, key=lambda row: id_order(row[0])))


def write_names(folder: Path, rows: Iterable[Row]) -> int:
    """Write ``names.tsv`` sorted by id, then name."""
    return write_table(folder / NAMES, NAME_COLUMNS, sorted(rows, key=lambda row: (id_order(row[0]), row[1])))


def toml_value(value: Any) -> str:
    """Write a string, number or list of strings as TOML (JSON's notation is TOML's for these)."""
    return json.dumps(value, ensure_ascii=False)


def write_manifest(folder: Path, head: dict[str, Any], sources: list[dict[str, Any]], counts: dict[str, int]) -> None:
    """Write ``gazetteer.toml``."""
    lines = [f"{key} = {toml_value(value)}" for key, value in head.items()]
    lines += ["", "[counts]", *(f"{key} = {value}" for key, value in counts.items())]
    for source in sources:
        lines += ["", "[[sources]]", *(f"{key} = {toml_value(value)}" for key, value in source.items())]
    (folder / MANIFEST).write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def source_tables(path: Path, names: Iterable[str]) -> list[dict[str, Any]]:
    """Return the provenance of the named sources from ``sources.toml``."""
    with path.open("rb") as file:
        table = tomllib.load(file)
    kept = ("package", "version", "file", "sha256", "snapshot", "licence", "attribution")
    return [{"name": name, **{key: table[name][key] for key in kept}} for name in names]


def differing(built: Path, committed: Path) -> list[str]:
    """Return the names of the built files that are not byte for byte what is committed."""
    return [
        path.name
        for path in sorted(built.iterdir())
        if not (committed / path.name).is_file() or not filecmp.cmp(path, committed / path.name, shallow=False)
    ]
