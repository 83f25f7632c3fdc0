"""Linter of one's own lists: CSV, TSV and JSON Lines in the format of :mod:`entnorm.gazetteer.records`."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

from entnorm.gazetteer.findings import Findings, Seen, lines
from entnorm.gazetteer.lint_text import (
    check_coordinates,
    check_country,
    check_id,
    check_language,
    check_name,
    check_number,
)
from entnorm.gazetteer.records import KINDS, ROLES
from entnorm.text.keys import key

TABLE_COLUMNS = frozenset({"id", "kind", "name", "lang", "aliases", "country", "lat", "lon", "prominence"})
JSON_FIELDS = TABLE_COLUMNS - {"lang"} | {
    "names", "type", "same_as", "parent", "description", "gender", "given", "family",
}  # fmt: skip
_REQUIRED = ("id", "kind", "name")


class _List:
    """The records of one file, compared with each other."""

    def __init__(self, path: Path, out: Findings) -> None:
        self.path, self.out, self.count = path, out, 0
        self._ids = Seen(out, "duplicate-id", "id")
        self._same: dict[tuple[str, ...], int] = {}

    def record(self, line: int, fields: dict[str, str], names: list[str]) -> None:
        """Check the plain fields of a record and all its names."""
        path, out = self.path, self.out
        self.count += 1
        ident = fields.get("id", "")
        if not ident:
            out.add(path, line, "missing-field", "the id is empty")
        else:
            if any(c.isspace() for c in ident):
                check_id(ident, path, line, out)
            self._ids.check(ident, path, line)
        if fields.get("kind") not in KINDS:
            out.add(path, line, "bad-value", f"kind is {fields.get('kind', '')!r}; use person or place")
        if not any(n.strip() for n in names):
            out.add(path, line, "missing-field", f"{ident} has no name")
        for name in names:
            check_name(name, path, line, out)
        check_country(fields.get("country", ""), path, line, out)
        check_coordinates(fields.get("lat", ""), fields.get("lon", ""), path, line, out)
        check_number(fields.get("prominence", ""), 0, 1, path, line, out, "prominence")
        told_by = (
            fields.get("kind", ""),
            key(names[0]) if names else "",
            *(fields.get(c, "") for c in ("country", "lat", "lon")),
        )
        first = self._same.setdefault(told_by, line)
        if first != line and told_by[1]:
            out.add(path, line, "duplicate", f"{names[0]!r} stands in line {first} already, with the same facts")


def lint_table(path: Path, delimiter: str, out: Findings) -> int:
    """Report the faults of a CSV or TSV list; return the number of records."""
    text = _text(path, out)
    if text is None:
        return 0
    reader = csv.reader(
        io.StringIO(text, newline=""),
        delimiter=delimiter,
        quoting=csv.QUOTE_NONE if delimiter == "\t" else csv.QUOTE_MINIMAL,
    )
    header = next(reader, [])
    missing = [c for c in _REQUIRED if c not in header]
    if missing:
        out.add(path, 1, "unreadable", f"no column {', '.join(missing)}: the first line must name id, kind, name")
        return 0
    for column in header:
        if column not in TABLE_COLUMNS:
            out.add(
                path,
                1,
                "unknown-column",
                f"the column {column!r}; known are {', '.join(sorted(TABLE_COLUMNS))}",
            )
    found = _List(path, out)
    try:
        for cells in reader:
            if not cells:
                continue
            if len(cells) != len(header):
                out.add(path, reader.line_num, "unreadable", f"{len(cells)} cells instead of {len(header)}")
                continue
            row = dict(zip(header, cells, strict=True))
            names = [row["name"], *filter(None, row.get("aliases", "").split("|"))]
            if row.get("lang"):
                check_language(row["lang"], path, reader.line_num, out)
            found.record(reader.line_num, row, names)
    except csv.Error as error:
        out.add(path, reader.line_num, "unreadable", str(error))
    return found.count


def _text(path: Path, out: Findings) -> str | None:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        out.add(path, 0, "not-utf8", f"not UTF-8 from byte {error.start} on")
        return None


def lint_jsonl(path: Path, out: Findings) -> int:
    """Report the faults of a JSON Lines list; return the number of records."""
    found = _List(path, out)
    unknown: set[str] = set()
    for line, text in lines(path, out):
        if not text.strip():
            continue
        try:
            row = json.loads(text)
        except ValueError as error:
            out.add(path, line, "unreadable", f"not JSON: {error}")
            continue
        if not isinstance(row, dict):
            out.add(path, line, "unreadable", "not a JSON object")
            continue
        for field in sorted(set(row) - JSON_FIELDS - unknown):
            unknown.add(field)
            out.add(
                path,
                line,
                "unknown-column",
                f"the field {field!r}; known are {', '.join(sorted(JSON_FIELDS))}",
            )
        names = _json_names(row, path, line, out)
        found.record(line, {k: "" if v is None else str(v) for k, v in row.items() if not isinstance(v, list)}, names)
    return found.count


def _json_names(row: dict[str, Any], path: Path, line: int, out: Findings) -> list[str]:
    names = [row["name"]] if isinstance(row.get("name"), str) else []
    for item in [*(row.get("names") or ()), *(row.get("aliases") or ())]:
        if isinstance(item, str):
            names.append(item)
        elif isinstance(item, dict) and isinstance(item.get("text"), str):
            names.append(item["text"])
            if item.get("lang"):
                check_language(str(item["lang"]), path, line, out)
            if item.get("role", "alias") not in ROLES:
                out.add(path, line, "bad-value", f"role is {item['role']!r}; use one of {', '.join(ROLES)}")
        else:
            out.add(path, line, "unreadable", f"a name is {item!r}, not a text or an object with text")
    return names
