"""What goes out: one writer per format, every answer flushed as soon as it is there."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Protocol

FORMATS = ("table", "json", "jsonl", "tsv")
Row = dict[str, Any]
_SURROGATE = re.compile("[\ud800-\udfff]")


class Writer(Protocol):
    """Writes answers to standard output."""

    def row(self, row: Row) -> None:
        """Write one answer."""

    def close(self) -> None:
        """Write what ends the output; called even after an error, so that JSON stays whole."""


def emit(text: str) -> None:
    """Write text to standard output as UTF-8, line ends as they are, and flush."""
    raw = getattr(sys.stdout, "buffer", None)
    if raw is None:
        sys.stdout.write(text)
        sys.stdout.flush()
        return
    sys.stdout.flush()
    raw.write(text.encode("utf-8", "replace"))
    raw.flush()


def to_json(row: Any, indent: int | None = None) -> str:
    """JSON with every character readable, but lone surrogates escaped because UTF-8 cannot hold them.

    >>> to_json({"name": "Київ \\ud800"})
    '{"name": "Київ \\\\ud800"}'
    """
    text = json.dumps(row, ensure_ascii=False, indent=indent)
    return _SURROGATE.sub(lambda m: f"\\u{ord(m[0]):04x}", text)


class JsonLines:
    """One JSON object a line."""

    def row(self, row: Row) -> None:
        """Write one answer."""
        emit(to_json(row) + "\n")

    def close(self) -> None:
        """Nothing ends JSON Lines."""


class JsonArray:
    """One JSON array over all answers."""

    def __init__(self) -> None:
        self._open = False

    def row(self, row: Row) -> None:
        """Write one answer."""
        body = to_json(row, indent=2).replace("\n", "\n  ")
        emit((",\n  " if self._open else "[\n  ") + body)
        self._open = True

    def close(self) -> None:
        """Close the array."""
        emit("\n]\n" if self._open else "[]\n")


class Tsv:
    r"""Tab-separated values with a heading; tab, line ends and backslash are ``\t``, ``\n``, ``\r``, ``\\``.

    ``flatten`` gives the lines of one answer, each a sequence as long as ``heads``.
    """

    def __init__(self, heads: Sequence[str], flatten: Callable[[Row], Iterable[Sequence[Any]]]) -> None:
        self._heads = list(heads)
        self._flatten = flatten
        self._begun = False

    def row(self, row: Row) -> None:
        """Write one answer, unless it is an error."""
        lines = [] if "error" in row else list(self._flatten(row))
        emit("".join(self._line(cells) for cells in ([] if self._begun else [self._heads]) + lines))
        self._begun = True

    def close(self) -> None:
        """Write the heading if nothing came."""
        if not self._begun:
            emit(self._line(self._heads))

    @staticmethod
    def _line(cells: Sequence[Any]) -> str:
        return "\t".join(map(tsv_cell, cells)) + "\n"


def tsv_cell(value: Any) -> str:
    """A value as a TSV cell: nothing for ``None``, lists joined by ``|``.

    >>> tsv_cell("a\\tb"), tsv_cell(None), tsv_cell(["x", "y"])
    ('a\\\\tb', '', 'x|y')
    """
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        value = "|".join(map(str, value))
    if isinstance(value, bool):
        value = "yes" if value else "no"
    text = str(value).replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")
    return _SURROGATE.sub("\ufffd", text)


class Text:
    """Lines made from each answer by a function; nothing for an error."""

    def __init__(self, render: Callable[[Row], str], end: Callable[[], str] = str) -> None:
        self._render, self._end = render, end

    def row(self, row: Row) -> None:
        """Write one answer."""
        if "error" not in row:
            emit(_SURROGATE.sub("\ufffd", self._render(row)))

    def close(self) -> None:
        """Write the rest."""
        rest = self._end()
        if rest:
            emit(rest)


def structured(format_: str) -> Writer:
    """The writer of ``json`` or ``jsonl``."""
    return JsonArray() if format_ == "json" else JsonLines()


def rounded(row: Row) -> Row:
    """The row with ``score`` and ``confidence`` rounded to four digits, as deep as they occur."""
    for name, value in row.items():
        if name in ("score", "confidence") and isinstance(value, float):
            row[name] = round(value, 4)
        elif name in ("mentions", "matches"):
            for inner in value:
                rounded(inner)
    return row


def number(value: float | None) -> str:
    """A score or confidence as tables show it."""
    return "" if value is None else f"{value:.2f}"
