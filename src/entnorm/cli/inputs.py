"""What comes in: documents, names and pairs, read one at a time, each with the place it came from."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, NoReturn

from entnorm.errors import InputError

#: Longest line or text file read, in bytes; more would not fit what a normalizer accepts.
MAX_BYTES = 64 << 20
JSON_LINES = (".jsonl", ".ndjson")
_ONE_OBJECT = "each line must be one JSON object"
_BOM = b"\xef\xbb\xbf"
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(slots=True)
class Item:
    """One thing to answer: ``fields`` the command knows, ``extra`` ones to pass through, or its ``error``.

    ``where`` is ``FILE`` or ``FILE:LINE``; ``line`` is 0 for a whole file or a command-line argument.
    """

    where: str
    line: int = 0
    fields: dict[str, Any] = field(default_factory=dict)
    extra: dict[str, Any] = field(default_factory=dict)
    error: InputError | None = None


@dataclass(slots=True)
class Meter:
    """Bytes read so far, and the sum of all files' sizes (0 when one of them is a stream)."""

    done: int = 0
    total: int = 0


@dataclass(frozen=True, slots=True)
class Shape:
    """What a command's lines look like: the JSON fields it knows, and how to read a row or a plain line.

    Both readers raise :class:`InputError`; ``plain`` is ``None`` where lines are always JSON.
    """

    known: tuple[str, ...]
    parse: Callable[[dict[str, Any]], dict[str, Any]]
    plain: Callable[[str], dict[str, Any]] | None = None


def clean(text: str) -> str:
    """The text with each lone surrogate replaced by U+FFFD, so that every offset stays what it was.

    >>> clean("Kiew \\ud800!")
    'Kiew \ufffd!'
    """
    return _SURROGATE.sub("\ufffd", text)


def is_json_lines(name: str) -> bool:
    """Whether a file's extension says JSON Lines."""
    return Path(name).suffix.lower() in JSON_LINES


def measure(names: Iterable[str]) -> Meter:
    """A meter over files; without a total when any of them is no regular file."""
    total = 0
    for name in names:
        if name == "-" or not os.path.isfile(name):
            return Meter()
        total += os.path.getsize(name)
    return Meter(total=total)


def label(name: str) -> str:
    """How messages call a file."""
    return "stdin" if name == "-" else name


def open_input(name: str) -> BinaryIO:
    """Open a file, or standard input for ``-``; :class:`InputError` when it cannot be read."""
    if name == "-":
        if sys.stdin is None:
            raise InputError("standard input is closed", "give a FILE")
        try:
            # Its own reader: a thread waiting on sys.stdin would be in the way when the interpreter ends.
            return open(sys.stdin.fileno(), "rb", closefd=False)
        except (OSError, ValueError):
            return sys.stdin.buffer
    try:
        return open(name, "rb")
    except IsADirectoryError:
        raise InputError("is a folder", "give its files, for example FOLDER/*.txt") from None
    except FileNotFoundError:
        raise InputError("there is no such file", "check the name; - reads standard input") from None
    except (OSError, ValueError) as error:
        raise InputError(getattr(error, "strerror", None) or str(error)) from None


def read_text(name: str, meter: Meter) -> Item:
    """A text file, or all of standard input, as one document; its id is the file name as given."""
    fields = {"text": "", "id": None if name == "-" else name, "lang": None}
    item = Item(label(name), fields=fields)
    try:
        stream = open_input(name)
        try:
            raw = stream.read(MAX_BYTES + 1)
        except OSError as error:
            raise InputError(error.strerror or str(error)) from None
        finally:
            if name != "-":
                stream.close()
        meter.done += len(raw)
        if len(raw) > MAX_BYTES:
            raise InputError(f"the text is larger than {MAX_BYTES >> 20} MiB", "split it")
        fields["text"] = _decode(raw.removeprefix(_BOM))
    except InputError as error:
        item.error = error
    return item


def read_lines(name: str, meter: Meter, shape: Shape) -> Iterator[Item]:
    """The lines of a file as items, in order, none of them kept.

    Where ``shape`` allows plain lines, the extension or the first line with anything in it tells whether they
    are JSON Lines. Blank lines of JSON Lines are passed over.
    """
    where = label(name)
    try:
        stream = open_input(name)
    except InputError as error:
        yield Item(where, error=error)
        return
    as_json = True if shape.plain is None or is_json_lines(name) else None
    blank: list[int] = []
    try:
        for number, raw in _raw_lines(stream, meter):
            if number == 1 and raw is not None:
                raw = raw.removeprefix(_BOM)
            if raw is not None and not raw.strip() and as_json is not False:
                blank.append(number)
                continue
            if as_json is None:
                as_json = raw is not None and raw.lstrip().startswith(b"{")
                yield from [] if as_json else [_item(where, n, b"", shape, False) for n in blank]
            blank.clear()
            yield _item(where, number, raw, shape, as_json)
        if as_json is None:
            yield from (_item(where, n, b"", shape, False) for n in blank)
    except OSError as error:
        yield Item(where, error=InputError(error.strerror or str(error)))
    finally:
        if name != "-":
            stream.close()


def _raw_lines(stream: BinaryIO, meter: Meter) -> Iterator[tuple[int, bytes | None]]:
    """Numbered lines without their end; ``None`` for a line that is too long, which is passed over unread."""
    number = 0
    while raw := stream.readline(MAX_BYTES + 1):
        number += 1
        meter.done += len(raw)
        if len(raw) > MAX_BYTES and not raw.endswith(b"\n"):
            while (more := stream.readline(MAX_BYTES)) and not more.endswith(b"\n"):
                meter.done += len(more)
            yield number, None
        else:
            yield number, raw.removesuffix(b"\n").removesuffix(b"\r")


def _item(where: str, number: int, raw: bytes | None, shape: Shape, as_json: bool) -> Item:
    item = Item(f"{where}:{number}", number)
    try:
        if raw is None:
            raise InputError(f"the line is longer than {MAX_BYTES >> 20} MiB", "split the text")
        text = _decode(raw)
        if as_json or shape.plain is None:
            row = _json_object(text)
            item.fields = {k: v for k, v in row.items() if k in shape.known}
            item.extra = {k: v for k, v in row.items() if k not in shape.known}
            item.fields = shape.parse(row)
        else:
            item.fields = shape.plain(text)
    except InputError as error:
        item.error = error
    return item


def _decode(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        wide = raw[:2] in (b"\xff\xfe", b"\xfe\xff")
        source = "UTF-16" if wide else "ENCODING"
        message = f"not UTF-8: byte 0x{raw[error.start]:02x} at position {error.start + 1}"
        raise InputError(message, f"convert it: iconv -f {source} -t UTF-8") from None


def _json_object(text: str) -> dict[str, Any]:
    try:
        row = json.loads(text, parse_constant=_no_number)
    except RecursionError:
        raise InputError("not JSON: nested too deeply") from None
    except json.JSONDecodeError as error:
        fault = error.msg.removesuffix(" at")
        raise InputError(f"not JSON: {fault} at column {error.colno}", _ONE_OBJECT) from None
    except ValueError:
        raise InputError("not JSON: NaN, Infinity or a number of thousands of digits") from None
    if not isinstance(row, dict):
        raise InputError(f"a JSON {_json_type(row)}, not an object", _ONE_OBJECT)
    return row


def _no_number(name: str) -> NoReturn:
    raise ValueError(name)


def _json_type(value: object) -> str:
    names = {str: "string", list: "array", bool: "boolean", int: "number", float: "number"}
    return names.get(type(value), "null")


def required(row: dict[str, Any], name: str) -> str:
    """A string field of a row; :class:`InputError` when it is missing or something else."""
    value = row.get(name)
    if value is None:
        raise InputError(f"no {name!r} in this line", f'every line needs "{name}": "…"')
    if not isinstance(value, str):
        raise InputError(f"{name!r} is a JSON {_json_type(value)}, not a string")
    return value


def optional(row: dict[str, Any], name: str, allowed: tuple[str, ...] = ()) -> str | None:
    """A string field that may be missing, null or empty; :class:`InputError` for what is not ``allowed``."""
    value = row.get(name)
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        raise InputError(f"{name!r} is a JSON {_json_type(value)}, not a string")
    if allowed and value not in allowed:
        raise InputError(f"{name!r} is {value!r}", "use " + " or ".join(allowed))
    return value
