"""Writes the generated tables of the documentation between their markers, from the index that ships.

python tools/docs_tables.py [--check]
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

import entnorm
from entnorm import Normalizer

ROOT = Path(__file__).resolve().parents[1]
PRESS_TABLE = ROOT / "tests" / "data" / "press_table.tsv"
#: Languages side by side in one table: more do not fit a page.
_ACROSS = 4


@dataclass(frozen=True, slots=True)
class Row:
    """A person of the press table: the id, the English name, and the spellings expected by language."""

    id: str
    name: str
    expected: dict[str, tuple[str, ...]]


def press_rows(path: Path = PRESS_TABLE) -> list[Row]:
    """The people of the press table; a cell nobody was sure of (``?``) expects nothing."""
    lines = [x.split("\t") for x in path.read_text(encoding="utf-8").splitlines() if not x.startswith("#")]
    (_, _, *langs), *rows = lines
    return [
        Row(id_, name, {k: () if v == "?" else tuple(v.split("|")) for k, v in zip(langs, cells, strict=True)})
        for id_, name, *cells in rows
    ]


def press_languages() -> list[str]:
    """The languages of the press table, in its order."""
    return list(press_rows()[0].expected)


def transcription(norm: Normalizer) -> str:
    """The press table as entnorm writes it; names made by a rule in italics."""
    rows, langs = press_rows(), press_languages()
    tables = []
    for i in range(0, len(langs), _ACROSS):
        some = langs[i : i + _ACROSS]
        lines = ["| en | " + " | ".join(some) + " |", "| --- |" + " --- |" * len(some)]
        lines += [f"| {row.name} | " + " | ".join(_cell(norm, row.id, lang) for lang in some) + " |" for row in rows]
        tables.append("\n".join(lines))
    return "\n\n".join(tables)


def _cell(norm: Normalizer, entity_id: str, lang: str) -> str:
    name = norm.name(entity_id, lang) or ""
    entity = norm.indexes[0].entity(entity_id)
    made = entity is not None and any(n.text == name and n.lang == lang and n.role == "generated" for n in entity.names)
    return f"*{name}*" if made else name


def counts(norm: Normalizer) -> str:
    """How many entities of each type the index holds."""
    index = norm.indexes[0]
    numbers = np.bincount(index.arrays["entity_type"], minlength=len(index.types)).tolist()
    found = sorted(((n, t) for t, n in zip(index.types, numbers, strict=True) if n), key=lambda x: (-x[0], x[1]))
    lines = ["| type | entities |", "| --- | ---: |"]
    lines += [f"| {'people' if t == 'human' else t or 'not stated'} | {n:,} |" for n, t in found]
    total = index.manifest["counts"]
    lines.append(f"| all, under {total['names']:,} names | {total['entities']:,} |")
    return "\n".join(lines)


#: Page -> marker -> what makes the table.
TABLES: dict[str, dict[str, Callable[[Normalizer], str]]] = {
    "transcription.md": {"press table": transcription},
    "gazetteers.md": {"counts": counts},
}


def updated(norm: Normalizer) -> Iterator[tuple[Path, str]]:
    """Every page with generated tables, and the text it should have."""
    for name, tables in TABLES.items():
        page = ROOT / "docs" / name
        text = page.read_text(encoding="utf-8")
        for marker, make in tables.items():
            text = replaced(text, marker, make(norm))
        yield page, text


def replaced(text: str, marker: str, table: str) -> str:
    """The text with the table between ``<!-- marker -->`` and ``<!-- end -->`` exchanged.

    >>> replaced("<!-- x -->\\nold\\n<!-- end -->", "x", "new")
    '<!-- x -->\\n\\nnew\\n\\n<!-- end -->'
    """
    begin, end = f"<!-- {marker} -->", "<!-- end -->"
    head, tail = text.split(begin, 1)
    return f"{head}{begin}\n\n{table}\n\n{end}{tail.split(end, 1)[1]}"


def main() -> int:
    """Write the tables, or with ``--check`` tell whether they are up to date."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--check", action="store_true", help="change nothing; exit code 1 when a page is out of date")
    args = parser.parse_args()
    stale = [(page, text) for page, text in updated(entnorm.load()) if page.read_text(encoding="utf-8") != text]
    for page, text in stale:
        print(f"{page.relative_to(ROOT)}: {'out of date' if args.check else 'written'}")
        if not args.check:
            page.write_text(text, encoding="utf-8")
    return 1 if args.check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
