"""The record every gazetteer is read into, and the readers for one's own lists (CSV, TSV, JSON Lines)."""

from __future__ import annotations

import csv
import json
import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from entnorm.errors import GazetteerError

KINDS = ("person", "place")
#: Prominence of records that state none: somebody lists them because they matter, as a town of 15,000 does.
DEFAULT_PROMINENCE = 0.5
ROLES = ("canonical", "native", "exonym", "alias", "former", "short", "generated")


@dataclass(slots=True)
class NameRow:
    """One spelling: its text, the languages it is tagged with, its role, and the languages it is canonical in."""

    text: str
    langs: tuple[str, ...] = ()
    role: str = "alias"
    canonical: tuple[str, ...] = ()


@dataclass(slots=True)
class Record:
    """One entity of a gazetteer, before compilation. ``name`` is its main name; ``prominence`` is 0..1.

    ``parent`` is the id of the first-order division a place lies in; ``given`` and ``family`` are the parts of a
    person's main name.
    """

    id: str
    kind: str
    name: str
    type: str = ""
    names: list[NameRow] = field(default_factory=list)
    same_as: tuple[str, ...] = ()
    country: str = ""
    parent: str = ""
    lat: float | None = None
    lon: float | None = None
    prominence: float = 0.0
    description: str = ""
    gender: str = ""
    given: str = ""
    family: str = ""


def place_prominence(type_: str, population: int) -> float:
    """Prominence of a place in 0..1 from its type and population.

    Cities grow with the logarithm of population: 1,000 people 0.35, a million 0.72, 30 million 0.91. Countries
    stand above nearly all cities, first-order divisions beside cities of half a million.

    >>> place_prominence("city", 1_000_000) > place_prominence("admin1", 0) > place_prominence("city", 5_000)
    True
    """
    size = math.log10(max(population, 10))
    if type_ == "country":
        return min(1.0, 0.84 + 0.016 * size)
    if type_ == "continent":
        return 0.97
    if type_ == "city":
        return round(min(1.0, 0.123 * size - 0.018), 4)
    if type_ == "admin1":
        return round(min(0.9, max(0.66, 0.06 + 0.1 * size)), 4)
    if type_ == "admin2":
        return round(min(0.6, max(0.4, 0.09 * size)), 4)
    return 0.72


def parse_number(text: str | float | None, where: str, column: str) -> float | None:
    """A number of a record, ``None`` when empty; :class:`GazetteerError` says where a bad one stands."""
    if text is None or text == "":
        return None
    try:
        value = float(text)
    except (TypeError, ValueError):
        raise GazetteerError(f"{where}: {column} is {text!r}, not a number", "leave it empty if unknown") from None
    if not math.isfinite(value):
        raise GazetteerError(f"{where}: {column} is {text!r}", "leave it empty if unknown")
    return value


def stated_prominence(text: str | float | None, where: str) -> float:
    """Prominence of a record of one's own list; :data:`DEFAULT_PROMINENCE` where it states none."""
    value = parse_number(text, where, "prominence")
    return DEFAULT_PROMINENCE if value is None else value


def checked(record: Record, where: str) -> Record:
    """The record if it is whole; :class:`GazetteerError` with the place of the fault otherwise."""
    if not record.id:
        raise GazetteerError(f"{where}: no id", "give every record a stable id such as mylist:17")
    if record.kind not in KINDS:
        raise GazetteerError(f"{where}: kind is {record.kind!r}", "use person or place")
    if not record.name.strip():
        raise GazetteerError(f"{where}: {record.id} has no name")
    if not 0.0 <= record.prominence <= 1.0:
        raise GazetteerError(f"{where}: prominence is {record.prominence}", "use 0 (obscure) to 1 (named everywhere)")
    for row in record.names:
        if row.role not in ROLES:
            raise GazetteerError(f"{where}: role {row.role!r} of {row.text!r}", "use one of " + ", ".join(ROLES))
    return record


def read_table(path: Path, delimiter: str) -> Iterator[Record]:
    """Records of a CSV or TSV with ``id, kind, name`` and optional ``lang, aliases, country, lat, lon, prominence``.

    ``aliases`` are separated by ``|``. Unknown columns are ignored.
    """
    with path.open(encoding="utf-8-sig", newline="", errors="strict") as handle:
        reader = csv.reader(
            handle, delimiter=delimiter, quoting=csv.QUOTE_NONE if delimiter == "\t" else csv.QUOTE_MINIMAL
        )
        try:
            header = next(reader, [])
            missing = [c for c in ("id", "kind", "name") if c not in header]
            if missing:
                raise GazetteerError(
                    f"{path}:1: no column {', '.join(missing)}",
                    "the first line must name the columns: id, kind, name, …",
                )
            for cells in reader:
                if cells:
                    yield _table_record(dict(zip(header, cells, strict=False)), f"{path}:{reader.line_num}")
        except UnicodeDecodeError as error:
            raise GazetteerError(f"{path}: not UTF-8 ({error})", "convert it, for example with iconv") from None
        except csv.Error as error:
            raise GazetteerError(f"{path}:{reader.line_num}: {error}") from None


def _table_record(row: dict[str, str], where: str) -> Record:
    lang = (row.get("lang") or "").strip()
    langs = (lang,) if lang else ()
    name = row.get("name", "").strip()
    names = [NameRow(name, langs, "canonical", langs)]
    names += [NameRow(a.strip(), (), "alias") for a in (row.get("aliases") or "").split("|") if a.strip()]
    record = Record(
        id=row.get("id", "").strip(),
        kind=row.get("kind", "").strip(),
        name=name,
        names=names,
        country=(row.get("country") or "").strip(),
        lat=parse_number(row.get("lat"), where, "lat"),
        lon=parse_number(row.get("lon"), where, "lon"),
        prominence=stated_prominence(row.get("prominence"), where),
    )
    return checked(record, where)


def read_jsonl(path: Path) -> Iterator[Record]:
    """Records of a JSON Lines file: ``id``, ``kind``, ``name`` and/or ``names``, and the optional fields of an entity.

    ``names`` is a list of strings or of ``{"text", "lang", "role"}``; ``aliases`` a list of strings.
    """
    with path.open("rb") as handle:
        for number, line in enumerate(handle, 1):
            where = f"{path}:{number}"
            if not line.strip():
                continue
            try:
                row = json.loads(line)
            except ValueError as error:
                raise GazetteerError(f"{where}: not JSON ({error})") from None
            if not isinstance(row, dict):
                raise GazetteerError(f"{where}: not a JSON object")
            yield _json_record(row, where)


def _json_record(row: dict[str, Any], where: str) -> Record:
    names: list[NameRow] = []
    try:
        for item in row.get("names") or ():
            if isinstance(item, str):
                names.append(NameRow(item))
            else:
                lang = item.get("lang")
                langs = (lang,) if lang else ()
                role = item.get("role", "alias")
                names.append(NameRow(item["text"], langs, role, langs if role == "canonical" else ()))
        names += [NameRow(a) for a in row.get("aliases") or ()]
        main = row.get("name") or (names[0].text if names else "")
        record = Record(
            id=str(row.get("id") or ""),
            kind=str(row.get("kind") or ""),
            name=main,
            type=str(row.get("type") or ""),
            names=[NameRow(main, (), "canonical"), *(n for n in names if n.text != main or n.langs)],
            same_as=tuple(row.get("same_as") or ()),
            country=str(row.get("country") or ""),
            parent=str(row.get("parent") or ""),
            lat=parse_number(row.get("lat"), where, "lat"),
            lon=parse_number(row.get("lon"), where, "lon"),
            prominence=stated_prominence(row.get("prominence"), where),
            description=str(row.get("description") or ""),
        )
    except (AttributeError, KeyError, TypeError) as error:
        raise GazetteerError(
            f"{where}: a field has the wrong shape ({error})", "see the record format in the docs"
        ) from None
    return checked(record, where)
