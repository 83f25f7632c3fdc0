"""What a linter reports: findings with a place, a level, a code and what to do about it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

_TABLE = "tables/lint.tsv"


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One fault of a gazetteer. ``line`` is 0 when the whole file is meant; ``level`` is error or warning.

    >>> print(Finding("my.tsv", 3, "error", "duplicate-id", "the id my:1 stands in line 2 already"))
    my.tsv:3: error: the id my:1 stands in line 2 already [duplicate-id]
    """

    file: str
    line: int
    level: str
    code: str
    message: str

    @property
    def advice(self) -> str:
        """What to do about a finding of this code."""
        return codes()[self.code][1]

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.level}: {self.message} [{self.code}]"


@cache
def codes() -> dict[str, tuple[str, str]]:
    """Level and advice of every code.

    >>> codes()["duplicate-id"]
    ('error', 'give every record its own id')
    """
    text = resources.files(__package__).joinpath(_TABLE).read_text(encoding="utf-8")
    lines = [line.split("\t") for line in text.splitlines() if not line.startswith("#")]
    return {code: (level, advice) for code, level, advice in lines[1:]}


class Findings:
    """Collects findings; paths are told relative to ``root``."""

    def __init__(self, root: Path) -> None:
        self._root = root if root.is_dir() else root.parent
        self.found: list[Finding] = []

    def add(self, path: Path, line: int, code: str, message: str) -> None:
        """Note a fault; its level is that of its code."""
        file = path.relative_to(self._root).as_posix() if path.is_relative_to(self._root) else path.name
        self.found.append(Finding(file, line, codes()[code][0], code, message))

    def sorted(self) -> list[Finding]:
        """The findings by file and line."""
        return sorted(self.found)


class Seen:
    """First places of values that may stand once."""

    def __init__(self, out: Findings, code: str, what: str) -> None:
        self._out, self._code, self._what = out, code, what
        self._first: dict[str, tuple[str, int]] = {}

    def __contains__(self, value: str) -> bool:
        return value in self._first

    def check(self, value: str, path: Path, line: int) -> bool:
        """Note ``value``; report it, and return False, if it stands elsewhere already."""
        first = self._first.setdefault(value, (path.name, line))
        if first == (path.name, line):
            return True
        self._out.add(path, line, self._code, f"the {self._what} {value!r} stands in {first[0]}:{first[1]} already")
        return False


def rows(path: Path, columns: tuple[str, ...], out: Findings) -> Iterator[tuple[int, dict[str, str]]]:
    """Line numbers and cells of a TSV; lines that cannot be read are reported and left out."""
    header: tuple[str, ...] | None = None
    for number, line in lines(path, out):
        cells = tuple(line.split("\t"))
        if header is None:
            header = cells
            if header != columns:
                wrong = sorted(set(header) ^ set(columns)) or "their order"
                out.add(path, number, "unreadable", f"the header is not {'/'.join(columns)}; compare {wrong}")
                return
        elif len(cells) != len(columns):
            out.add(path, number, "unreadable", f"{len(cells)} cells instead of {len(columns)}")
        else:
            yield number, dict(zip(columns, cells, strict=True))


def lines(path: Path, out: Findings) -> Iterator[tuple[int, str]]:
    """Numbered lines without comments; a file that is not UTF-8 is reported and read no further."""
    try:
        with path.open(encoding="utf-8", newline="\n") as handle:
            for number, line in enumerate(handle, 1):
                if not line.startswith("#"):
                    yield number, line.rstrip("\n")
    except UnicodeDecodeError as error:
        out.add(path, 0, "not-utf8", f"not UTF-8 from byte {error.start} on")
