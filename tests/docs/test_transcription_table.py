"""The generated tables of the documentation are up to date, and the press table is right."""

from __future__ import annotations

from pathlib import Path

import pytest

import docs_tables
import entnorm

#: Least share of cells that a leading newspaper of the language prints so.
GOAL = 0.95


@pytest.fixture(scope="module")
def norm() -> entnorm.Normalizer:
    return entnorm.load()


def test_pages_are_up_to_date(norm: entnorm.Normalizer) -> None:
    stale = [page.name for page, text in docs_tables.updated(norm) if page.read_text(encoding="utf-8") != text]
    assert stale == [], "run: python tools/docs_tables.py"


def test_the_table_is_sixty_people_in_sixteen_languages() -> None:
    rows = docs_tables.press_rows()
    assert (len({row.id for row in rows}), len(docs_tables.press_languages())) == (60, 16)
    unsure = sum(not wanted for row in rows for wanted in row.expected.values())
    assert unsure <= 10


def test_spellings_are_those_of_newspapers(norm: entnorm.Normalizer) -> None:
    cells = [(row, lang, wanted) for row in docs_tables.press_rows() for lang, wanted in row.expected.items() if wanted]
    misses = [
        f"{lang}\t{row.name}\t{norm.name(row.id, lang)}\texpected {' or '.join(wanted)}"
        for row, lang, wanted in cells
        if norm.name(row.id, lang) not in wanted
    ]
    share = 1 - len(misses) / len(cells)
    assert share >= GOAL, "\n".join([f"{share:.1%} of {len(cells)} cells:", *sorted(misses)])


def test_english_names_are_the_main_names(norm: entnorm.Normalizer) -> None:
    assert [row.id for row in docs_tables.press_rows() if norm.name(row.id, "en") != row.name] == []


def test_a_changed_table_is_noticed(norm: entnorm.Normalizer, tmp_path: Path) -> None:
    text = docs_tables.replaced("a\n<!-- t -->\nold\n<!-- end -->\nb", "t", "new")
    assert text == "a\n<!-- t -->\n\nnew\n\n<!-- end -->\nb"
