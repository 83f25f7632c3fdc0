"""What should have been found: documents with marked mentions, pairs of names, and names with who bears them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from entnorm.errors import ConfigError, InputError
from entnorm.mentions.entities import kind_of_label
from entnorm.models import Kind
from entnorm.text.language import check_lang

_YES, _NO = ("yes", "true", "1"), ("no", "false", "0")
_SHAPES = "a line has text and mentions, or a, b and match, or name and entity_id or canonical"


@dataclass(frozen=True, slots=True)
class GoldMention:
    """Characters ``start:end`` that name a person or a place, or (``kind`` is ``None``) something else.

    ``ignore`` marks what is neither right nor wrong to find. The rest is known of some: accepted names, the base form,
    accepted ids, where it lies.
    """

    start: int
    end: int
    kind: Kind | None
    ignore: bool = False
    names: tuple[str, ...] = ()
    lemma: str = ""
    ids: tuple[str, ...] = ()
    lat: float | None = None
    lon: float | None = None


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """A text, its language if known, and what is marked in it."""

    text: str
    lang: str | None
    mentions: tuple[GoldMention, ...]


@dataclass(frozen=True, slots=True)
class GoldPair:
    """Two names, and whether they can denote the same person or place."""

    a: str
    b: str
    match: bool
    kind: Kind = "person"
    lang_a: str | None = None
    lang_b: str | None = None


@dataclass(frozen=True, slots=True)
class GoldLookup:
    """A name, and the accepted ids or canonical names of what it denotes; none of either: nobody listed."""

    name: str
    ids: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    lang: str | None = None
    kind: Kind | None = None


Gold = GoldDocument | GoldPair | GoldLookup


def parse(row: Mapping[str, Any]) -> Gold:
    """One line of a gold file, as JSON; :class:`~entnorm.errors.InputError` when it is none of the three shapes.

    >>> parse({"text": "Nach Kiew.", "mentions": [{"start": 5, "end": 9, "type": "LOC"}]}).mentions[0].kind
    'place'
    >>> parse({"a": "Kiew", "b": "Kyiv", "match": True, "kind": "place"}).match
    True
    >>> parse({"name": "Kiew", "entity_id": "geonames:703448"}).ids
    ('geonames:703448',)
    """
    if "text" in row and "mentions" in row:
        return _document(row)
    if "a" in row and "b" in row:
        kind = _kind(row.get("kind")) or "person"
        return GoldPair(
            _text(row, "a"), _text(row, "b"), _bool(row, "match"), kind, _lang(row, "lang_a"), _lang(row, "lang_b")
        )
    if "name" in row:
        ids, names = _strings(row, "entity_id"), _strings(row, "canonical")
        return GoldLookup(_text(row, "name"), ids, names, _lang(row, "lang"), _kind(row.get("kind")))
    raise InputError(f"not a line of gold: its fields are {', '.join(row) or 'none'}", _SHAPES)


def tsv_reader() -> Callable[[str], dict[str, Any]]:
    r"""A function from the lines of one TSV file, heading first, to ``{"gold": …}``, or ``{}`` for the heading.

    >>> read = tsv_reader()
    >>> read("a\tb\tmatch"), read("Kiew\tKyiv\tyes")["gold"].match
    ({}, True)
    """
    heads: list[str] = []

    def read(line: str) -> dict[str, Any]:
        cells = line.split("\t")
        if not heads:
            if not {"a", "b", "match"} <= set(cells) and "name" not in cells:
                raise InputError(
                    "the first line is no heading", "name the columns: a, b, match; or name, entity_id, canonical"
                )
            heads.extend(cells)
            return {}
        if len(cells) != len(heads):
            raise InputError(f"{len(cells)} columns, not {len(heads)}", "as many as the heading has, between tabs")
        row = zip(heads, cells, strict=True)
        return {"gold": parse({k: v.split("|") if k in ("entity_id", "canonical") else v for k, v in row})}

    return read


def _document(row: Mapping[str, Any]) -> GoldDocument:
    text, mentions = _text(row, "text"), row["mentions"]
    if not isinstance(mentions, list):
        raise InputError("'mentions' is not a list", "a list of objects with start, end and type")
    return GoldDocument(text, _lang(row, "lang"), tuple(_mention(m, len(text)) for m in mentions))


def _mention(row: Any, length: int) -> GoldMention:
    if isinstance(row, list) and len(row) == 3:
        row = dict(zip(("start", "end", "type"), row, strict=True))
    if not isinstance(row, dict):
        raise InputError("a mention is no object", "an object with start, end and type, or a list of these three")
    start, end, label = row.get("start"), row.get("end"), row.get("kind") or row.get("type")
    if type(start) is not int or type(end) is not int or not 0 <= start < end <= length:
        raise InputError(
            f"a mention at {start!r}:{end!r} in a text of {length} characters",
            "start and end are code points, end exclusive",
        )
    if not isinstance(label, str):
        raise InputError(f"the mention at {start}:{end} has no type", "PER, LOC, person, place, …")
    lat, lon = row.get("lat"), row.get("lon")
    known = all(isinstance(x, int | float) for x in (lat, lon))
    return GoldMention(
        start,
        end,
        kind_of_label(label),
        bool(row.get("ignore")),
        (*_strings(row, "names"), *_strings(row, "canonical")),
        str(row.get("lemma") or ""),
        _strings(row, "entity_id"),
        float(lat) if known and lat is not None else None,
        float(lon) if known and lon is not None else None,
    )


def _text(row: Mapping[str, Any], name: str) -> str:
    value = row.get(name)
    if not isinstance(value, str) or not value:
        raise InputError(f"{name!r} is missing or no string", _SHAPES)
    return value


def _strings(row: Mapping[str, Any], name: str) -> tuple[str, ...]:
    value = row.get(name)
    values: Sequence[Any] = value if isinstance(value, list) else [value]
    return tuple(str(v) for v in values if v not in (None, ""))


def _bool(row: Mapping[str, Any], name: str) -> bool:
    value = str(row.get(name)).lower()
    if value not in (*_YES, *_NO):
        raise InputError(f"{name!r} is {row.get(name)!r}", "yes or no; in JSON true or false")
    return value in _YES


def _kind(value: Any) -> Kind | None:
    return kind_of_label(value) if isinstance(value, str) else None


def _lang(row: Mapping[str, Any], name: str) -> str | None:
    try:
        return check_lang(row.get(name) or None)
    except ConfigError as error:
        raise InputError(f"{name!r}: {error.message}", error.hint) from None
