"""The rule tables of inflection as data: shape, spelling, sources."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from importlib.resources import files

import pytest

FOLDER = files("entnorm.text") / "tables" / "inflect"
TABLES = sorted(entry.name for entry in FOLDER.iterdir() if entry.name.endswith(".tsv"))
PARTS = {"given", "family", "place", "adj", "any", "poss"}


def read(name: str) -> tuple[list[str], list[str], list[list[str]]]:
    lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    comments = [line for line in lines if line.startswith("#")]
    cells = [line.split("\t") for line in lines if not line.startswith("#")]
    return comments, cells[0], cells[1:]


def test_every_language_has_a_table_and_every_table_a_language() -> None:
    spec = tomllib.loads((FOLDER / "languages.toml").read_text(encoding="utf-8"))
    used = {f"{entry.get('table', lang)}.tsv" for lang, entry in spec["language"].items()}
    assert used == set(TABLES)
    assert all(entry["script"] in spec["scripts"] for entry in spec["language"].values())
    assert all(target in spec["language"] for target in spec["alias"].values())


@pytest.mark.parametrize("name", TABLES)
def test_rows_are_well_formed(name: str) -> None:
    comments, header, rows = read(name)
    assert "Source: " in " ".join(comments)
    assert header[:4] == ["part", "gender", "nom", "rule"]
    for row in rows:
        assert len(row) == len(header), row
        assert set(row[0].split(",")) <= PARTS, row
        assert row[1] in {"m", "f", "n", "p", "-"}, row
        assert all("-" in pattern for pattern in re.split(r",(?![^\[]*\])", row[2])), row
        assert row[3].startswith(name.removesuffix(".tsv") + "-"), row
        assert all(unicodedata.is_normalized("NFC", cell) for cell in row), row


@pytest.mark.parametrize("name", TABLES)
def test_no_row_is_written_twice(name: str) -> None:
    _, _, rows = read(name)
    assert len({tuple(row) for row in rows}) == len(rows)


@pytest.mark.parametrize("name", TABLES)
def test_letter_classes_exist(name: str) -> None:
    spec = tomllib.loads((FOLDER / "languages.toml").read_text(encoding="utf-8"))
    users = [e for lang, e in spec["language"].items() if f"{e.get('table', lang)}.tsv" == name]
    _, _, rows = read(name)
    wanted = {letter for row in rows for letter in re.findall("<(.)>", row[2])}
    for entry in users:
        assert wanted <= set(entry.get("classes", {}))
