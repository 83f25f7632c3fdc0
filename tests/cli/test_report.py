"""``entnorm report``."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

TEXT = "Olaf Scholz reist nach München.\n"


@pytest.fixture
def page(tmp_path: Path) -> Path:
    return tmp_path / "page.html"


def test_a_text(call: Callable, index: Path, tmp_path: Path, page: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    done = call("report", tmp_path / "a.txt", "-o", page, "--index", index, "--lang", "de", "--title", "Über <uns>")
    assert (done.code, done.out, done.err) == (0, "", f"{page}: 1 text, 2 mentions\n")
    source = page.read_text(encoding="utf-8")
    assert "<title>Über &lt;uns&gt;</title>" in source
    assert "t:munich" in source
    assert "Munich" in source


def test_json_lines_from_standard_input(entnorm: Callable, index: Path, page: Path) -> None:
    lines = "".join(json.dumps({"text": TEXT, "id": i, "lang": "de"}) + "\n" for i in (7, None))
    done = entnorm("report", "-", "--input", "jsonl", "-o", page, "--index", index, "--to", "de", stdin=lines)
    assert done.code == 0
    assert done.err == f"{page}: 2 texts, 4 mentions\n"
    assert ">7</h3>" in page.read_text(encoding="utf-8")


def test_unreadable_lines_stop_or_are_skipped(entnorm: Callable, index: Path, page: Path) -> None:
    lines = json.dumps({"text": TEXT}) + "\n{\n"
    done = entnorm("report", "--input", "jsonl", "-o", page, "--index", index, stdin=lines)
    assert done.code == 4
    assert not page.exists()
    done = entnorm("report", "--input", "jsonl", "-o", page, "--index", index, "--on-error", "skip", stdin=lines)
    assert done.code == 0
    assert "1 answered, 1 skipped" in done.err
    assert page.exists()


def test_no_mention_is_exit_code_1_and_a_page(entnorm: Callable, index: Path, page: Path) -> None:
    assert entnorm("report", "-o", page, "--index", index, stdin="nothing here").code == 1
    assert "0 mentions" in page.read_text(encoding="utf-8")


def test_usage(call: Callable, index: Path, tmp_path: Path) -> None:
    assert call("report", "x.txt").code == 2
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    done = call("report", tmp_path / "a.txt", "-o", tmp_path, "--index", index)
    assert done.code == 3
    assert "choose another place" in done.err
