"""Linter of gazetteers: everything that is wrong with one, in one pass, before it is compiled.

The compiler stops at the first line it cannot read; the linter goes on, and also reports what would compile
and still be a fault: duplicates, letters of the wrong script, names no text can reach, dangerous aliases.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

from entnorm.errors import GazetteerError
from entnorm.gazetteer.catalog import PROVENANCE
from entnorm.gazetteer.findings import Finding, Findings, lines
from entnorm.gazetteer.lint_lists import lint_jsonl, lint_table
from entnorm.gazetteer.lint_people import lint_people
from entnorm.gazetteer.lint_places import REGION_COLUMNS, lint_places, lint_regions
from entnorm.gazetteer.people import PEOPLE_COLUMNS

__all__ = ["Finding", "errors", "lint"]

_FACTS = ("name", "version", "licence", "attribution")
_NOT_PEOPLE = frozenset({"overrides.tsv", "names.tsv"})


def lint(source: str | Path) -> list[Finding]:
    """Faults of a gazetteer folder (places, people, regions) or of a .csv, .tsv or .jsonl list, by line.

    Raises :class:`~entnorm.errors.GazetteerError` when there is no such source, or of no known kind.
    """
    path = Path(source)
    if not path.exists():
        raise GazetteerError(f"{path} does not exist", "give a gazetteer folder, or a .jsonl, .csv or .tsv file")
    out = Findings(path)
    count = _folder(path, out) if path.is_dir() else _file(path, out)
    if not count and not any(f.level == "error" for f in out.found):
        out.add(path, 0, "empty", "no records")
    return out.sorted()


def errors(findings: list[Finding]) -> list[Finding]:
    """The findings that make a gazetteer unfit to ship."""
    return [f for f in findings if f.level == "error"]


def _folder(folder: Path, out: Findings) -> int:
    _provenance(folder, out)
    if (folder / "entities.tsv").is_file():
        return lint_places(folder, out)
    tables = sorted(p for p in folder.rglob("*.tsv") if p.name not in _NOT_PEOPLE)
    regions = [p for p in tables if _header(p, out)[: len(REGION_COLUMNS)] == REGION_COLUMNS]
    if regions:
        return sum(lint_regions(path, out) for path in regions)
    return lint_people(tables, out)


def _file(path: Path, out: Findings) -> int:
    suffix = path.suffix.lower()
    if suffix == ".jsonl":
        return lint_jsonl(path, out)
    if suffix == ".csv":
        return lint_table(path, ",", out)
    if suffix != ".tsv":
        raise GazetteerError(f"{path}: unknown kind of source {path.suffix!r}", "give a folder, .jsonl, .csv or .tsv")
    header = _header(path, Findings(path))
    if header == PEOPLE_COLUMNS:
        return lint_people([path], out)
    if header[: len(REGION_COLUMNS)] == REGION_COLUMNS:
        return lint_regions(path, out)
    return lint_table(path, "\t", out)


def _header(path: Path, out: Findings) -> tuple[str, ...]:
    first = next(iter(lines(path, out)), (0, ""))
    return tuple(first[1].split("\t"))


def _provenance(folder: Path, out: Findings) -> None:
    path = folder / PROVENANCE
    try:
        facts = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        out.add(path, 0, "provenance", f"{PROVENANCE} cannot be read: {error.__class__.__name__}")
        return
    missing = [f for f in _FACTS if not facts.get(f)]
    if missing:
        out.add(path, 0, "provenance", f"{PROVENANCE} states no {', '.join(missing)}")
