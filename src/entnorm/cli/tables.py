"""Plain tables that fit the terminal, whatever the script."""

from __future__ import annotations

import os
import shutil
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

GAP = "  "
_ZERO = ("Mn", "Me", "Cf")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, its width when nothing else decides, and its least (``None``: the same)."""

    head: str
    width: int
    least: int | None = None
    right: bool = False


def terminal_width() -> int:
    """Columns of the terminal, ``COLUMNS`` if set, 80 otherwise."""
    return max(40, shutil.get_terminal_size((80, 24)).columns)


def colours() -> bool:
    """Whether standard output is a terminal that wants colours (``NO_COLOR`` unset, ``TERM`` not dumb)."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def bold(text: str) -> str:
    """The text in bold where the terminal shows it."""
    return f"\x1b[1m{text}\x1b[0m" if colours() else text


def char_width(char: str) -> int:
    """Terminal cells of one character: 0 for marks, 2 for wide and full-width ones, else 1."""
    if unicodedata.category(char) in _ZERO:
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def text_width(text: str) -> int:
    """Terminal cells of a text.

    >>> text_width("Kyiv"), text_width("基辅"), text_width("e\\u0301")
    (4, 4, 1)
    """
    return len(text) if text.isascii() else sum(map(char_width, text))


def clip(text: str, width: int) -> str:
    """The text cut to ``width`` cells, the cut shown by ``…``; marks stay with their letter.

    >>> clip("Saint Petersburg", 8), clip("基辅是乌克兰", 6)
    ('Saint P…', '基辅…')
    """
    if text_width(text) <= width:
        return text
    used, end = 0, 0
    for char in text:
        used += char_width(char)
        if used > width - 1:
            break
        end += 1
    return text[:end] + "…"


def printable(text: str) -> str:
    """The text on one line, with no character that moves the cursor or changes the direction of what follows.

    >>> printable("Tel\\tAviv\\n\\u200f\\x1b[1m")
    'Tel Aviv  [1m'
    """
    if text.isascii() and text.isprintable():
        return text
    shown = []
    for char in text:
        category = unicodedata.category(char)
        if category in ("Cc", "Zl", "Zp"):
            shown.append(" ")
        elif category == "Cs":
            shown.append("\ufffd")
        elif category != "Cf" or char in "\u200c\u200d":
            shown.append(char)
    return "".join(shown)


def fit(columns: Sequence[Column], rows: Sequence[Sequence[str]] | None, width: int) -> list[int]:
    """Widths of the columns: what ``rows`` need (or the columns' own), the widest narrowed until all fit."""
    if rows is None:
        widths = [c.width for c in columns]
    else:
        widths = [max([text_width(c.head), *(text_width(r[i]) for r in rows)]) for i, c in enumerate(columns)]
    spare = width - sum(widths) - len(GAP) * (len(columns) - 1)
    while spare < 0:
        flexible = [i for i, c in enumerate(columns) if c.least is not None and widths[i] > c.least]
        if not flexible:
            break
        widths[max(flexible, key=lambda i: widths[i])] -= 1
        spare += 1
    return widths


def line(cells: Iterable[str], columns: Sequence[Column], widths: Sequence[int]) -> str:
    """One line of a table."""
    parts = []
    for cell, column, width in zip(cells, columns, widths, strict=True):
        shown = clip(cell, width)
        pad = " " * (width - text_width(shown))
        parts.append(pad + shown if column.right else shown + pad)
    return GAP.join(parts).rstrip()


def without_empty(columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> tuple[list[Column], list[list[str]]]:
    """The columns that have a value in any row, and the rows without the others."""
    keep = [i for i in range(len(columns)) if any(r[i] for r in rows)]
    return [columns[i] for i in keep], [[r[i] for i in keep] for r in rows]


def table(columns: Sequence[Column], rows: Sequence[Sequence[str]], width: int) -> list[str]:
    """The lines of a table with a heading, empty columns left out."""
    kept, cells = without_empty(columns, rows)
    widths = fit(kept, cells, width)
    return [bold(line([c.head for c in kept], kept, widths)), *(line(r, kept, widths) for r in cells)]
