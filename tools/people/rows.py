"""Rows of a people gazetteer: columns, slugs, reading and writing, and who is already listed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

COLUMNS = (
    "id", "name", "given", "family", "native_lang", "native_given", "native_middle", "native_family",
    "gender", "country", "role", "born", "since", "until", "enwiki", "wikidata", "rank", "aliases",
    "spellings",
)  # fmt: skip

Row = dict[str, str]

_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "ə": "a"}
)


def slug(name: str) -> str:
    """Lower-case ASCII words of a Latin-script name, joined by hyphens.

    >>> slug("Recep Tayyip Erdoğan"), slug("Mataʻafa d'Estaing")
    ('recep-tayyip-erdogan', 'mataafa-destaing')
    """
    text = unicodedata.normalize("NFKD", name.casefold().translate(_LETTERS))
    text = "".join(c for c in text if not unicodedata.combining(c) and c not in "'’‘ʻʼʿʾ`´")
    return "-".join(re.findall(r"[a-z0-9]+", text))


def row(**cells: str) -> Row:
    """A row with the given cells; the others are empty."""
    unknown = set(cells) - set(COLUMNS)
    if unknown:
        raise KeyError(f"no such columns: {sorted(unknown)}")
    return {column: unicodedata.normalize("NFC", cells.get(column, "")) for column in COLUMNS}


def read(path: Path) -> list[Row]:
    """Rows of one people file."""
    lines = path.read_text(encoding="utf-8").splitlines()
    table = [line.split("\t") for line in lines if line and not line.startswith("#")]
    if tuple(table[0]) != COLUMNS:
        raise ValueError(f"{path}: unexpected columns {table[0]}")
    return [dict(zip(COLUMNS, cells, strict=True)) for cells in table[1:]]


def write(path: Path, rows: Iterable[Row], header: str) -> None:
    """Write rows sorted by id, with a comment line that names the source."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [f"# {header}", "\t".join(COLUMNS)]
    lines += ["\t".join(r[c] for c in COLUMNS) for r in sorted(rows, key=lambda r: r["id"])]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def assign_ids(rows: list[Row], prefix: str, taken: set[str]) -> None:
    """Give each row ``prefix`` and its name's slug; namesakes get year of birth or country, and a number."""
    seen = set(taken)
    counts: dict[str, int] = {}
    for r in rows:
        counts[slug(r["name"])] = counts.get(slug(r["name"]), 0) + 1
    for r in rows:
        base = slug(r["name"])
        plain = prefix + base
        options = [plain] if counts[base] == 1 and plain not in seen else []
        options += [f"{plain}-{r['born']}"] if r["born"] else [f"{plain}-{r['country'].lower()}"]
        number = 2
        while options[0] in seen:
            options = [*options[1:], f"{plain}-{(r['born'] or r['country'].lower())}-{number}"]
            number += 1
        r["id"] = options[0]
        seen.add(options[0])


def names(r: Row) -> Iterator[str]:
    """Latin-script names a row lists: its name, its Wikipedia title and its aliases."""
    yield r["name"]
    if r["enwiki"]:
        yield without_note(r["enwiki"])
    for alias in filter(None, r["aliases"].split("|")):
        if ":" not in alias:
            yield alias


def without_note(title: str) -> str:
    """A Wikipedia title without its parenthesis.

    >>> without_note("Tom Price (U.S. politician)")
    'Tom Price'
    """
    return re.sub(r" *\([^()]*\)$", "", title)
