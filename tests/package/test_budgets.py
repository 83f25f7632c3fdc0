"""Sizes that keep the code readable, and habits that keep it clean."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "entnorm"
MODULES = sorted(PACKAGE.rglob("*.py"))
CODE = [*MODULES, *sorted((ROOT / "tools").rglob("*.py")), *sorted((ROOT / "benchmarks").rglob("*.py"))]
FILE_LINES, MEDIAN_LINES, FUNCTION_LINES = 400, 150, 50
#: Literals with more elements than this are tables and belong in a data file.
TABLE_ITEMS = 60
LEFTOVER = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")


def named(paths: list[Path]) -> list[object]:
    return [pytest.param(path, id=path.relative_to(ROOT).as_posix()) for path in paths]


def nodes(path: Path, *kinds: type[ast.AST]) -> Iterator[ast.AST]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return (node for node in ast.walk(tree) if isinstance(node, kinds))


def length(node: ast.AST) -> int:
    return node.end_lineno - node.lineno + 1  # type: ignore[attr-defined]


def test_there_are_modules() -> None:
    assert len(MODULES) > 20


@pytest.mark.parametrize("path", named(CODE))
def test_file_is_short(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= FILE_LINES


def test_median_file_is_short() -> None:
    assert median(len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES) <= MEDIAN_LINES


@pytest.mark.parametrize("path", named(CODE))
def test_functions_are_short(path: Path) -> None:
    functions = nodes(path, ast.FunctionDef, ast.AsyncFunctionDef)
    assert [f"{f.name}: {length(f)} lines" for f in functions if length(f) > FUNCTION_LINES] == []  # type: ignore[attr-defined]


@pytest.mark.parametrize("path", named(MODULES))
def test_tables_are_data_files(path: Path) -> None:
    literals = nodes(path, ast.List, ast.Tuple, ast.Set, ast.Dict)
    sizes = {node.lineno: len(getattr(node, "elts", None) or getattr(node, "keys", [])) for node in literals}  # type: ignore[attr-defined]
    assert {line: size for line, size in sizes.items() if size > TABLE_ITEMS} == {}


@pytest.mark.parametrize("path", named([*CODE, *sorted((ROOT / "tests").rglob("*.py"))]))
def test_nothing_is_left_to_do(path: Path) -> None:
    if path == Path(__file__).resolve():
        return
    lines = path.read_text(encoding="utf-8").splitlines()
    assert [f"{number}: {line}" for number, line in enumerate(lines, 1) if LEFTOVER.search(line)] == []


@pytest.mark.parametrize("path", named(MODULES))
def test_public_modules_have_docstrings(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
