"""Tables, laid out in this process."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entnorm.cli.outputs import to_json, tsv_cell
from entnorm.cli.tables import Column, clip, fit, line, printable, table, text_width

COLUMNS = (Column("name", 20, 6), Column("kind", 6), Column("id", 10, 4, right=True))


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("Kyiv", 4),
        ("Київ", 4),
        ("基辅", 4),
        ("キーウ", 6),
        ("e\u0301", 1),
        ("서울", 4),
        ("حيفا", 4),
        ("ﾊｲﾌｧ", 4),
        ("a\u200db", 2),
        ("", 0),
    ],
)
def test_width(text, cells):
    assert text_width(text) == cells


def test_layout_is_exact():
    rows = [["基辅", "place", "t:1"], ["Saint Petersburg", "place", "t:22"]]
    assert table(COLUMNS, rows, 80) == [
        "name              kind     id",
        "基辅              place   t:1",
        "Saint Petersburg  place  t:22",
    ]
    assert table(COLUMNS, rows, 22) == [
        "name       kind     id",
        "基辅       place   t:1",
        "Saint Pe…  place  t:22",
    ]


def test_empty_columns_are_left_out():
    assert table(COLUMNS, [["Kyiv", "", "t:1"]], 80) == ["name   id", "Kyiv  t:1"]


def test_a_column_that_may_not_shrink_does_not():
    assert fit(COLUMNS, None, 10) == [6, 6, 4]


@given(st.text(max_size=40), st.integers(1, 30))
def test_clipped_text_fits(text, width):
    assert text_width(clip(printable(text), width)) <= width


@given(st.lists(st.tuples(*[st.text(max_size=30)] * 3), min_size=1, max_size=4), st.integers(24, 100))
def test_no_line_is_wider_than_the_terminal(rows, width):
    shown = [list(map(printable, row)) for row in rows]
    widths = fit(COLUMNS, shown, width)
    assert widths[1] == max([4, *(text_width(row[1]) for row in shown)])
    for row in shown:
        if sum(widths) + 4 <= width:
            assert text_width(line(row, COLUMNS, widths)) <= width


@given(st.text())
def test_printable_text_stays_on_its_line(text):
    shown = printable(text)
    assert len(shown.splitlines()) <= 1
    assert not set(shown) & set("\x1b\x00\t\u202e\u200f")


@given(st.text())
def test_a_tsv_cell_can_be_read_back(text):
    cell = tsv_cell(text)
    assert not set(cell) & set("\t\n\r")
    undone = (
        cell.replace("\\\\", "\0\0")
        .replace("\\t", "\t")
        .replace("\\n", "\n")
        .replace("\\r", "\r")
        .replace("\0\0", "\\")
    )
    if "\0" not in text:
        assert undone == text


@given(st.text(st.characters()))
def test_json_is_utf_8_and_reads_back(text):
    import json

    assert json.loads(to_json({"x": text}).encode("utf-8")) == {"x": text}
