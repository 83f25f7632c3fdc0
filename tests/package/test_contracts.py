"""Rules about imports and declared dependencies; the layers are checked by ``lint-imports`` too."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "entnorm"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
DECLARED = {re.split(r"[<>=!~\[ ]", d)[0].lower() for d in PROJECT["project"]["dependencies"]}


def imported(path: Path, *, top_level_only: bool = False) -> set[str]:
    """Names of the packages a module imports, those of the project itself left out."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found: set[str] = set()
    for node in tree.body if top_level_only else ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            found.add((node.module or "").partition(".")[0])
    return found - {"entnorm"}


def test_layers_hold() -> None:
    code = "from importlinter.cli import lint_imports; raise SystemExit(lint_imports(no_cache=True))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_imported_package_is_declared_and_the_other_way_round() -> None:
    used = set().union(*(imported(path) for path in PACKAGE.rglob("*.py"))) - set(sys.stdlib_module_names)
    assert {name.lower() for name in used} <= DECLARED
    assert DECLARED - {name.lower() for name in used} <= {"spacy"}


@pytest.mark.parametrize("package", ["spacy", "py3langid"])
def test_heavy_packages_are_imported_inside_functions(package: str) -> None:
    guilty = [path.name for path in PACKAGE.rglob("*.py") if package in imported(path, top_level_only=True)]
    assert guilty == []


def test_only_romanize_knows_unidecode() -> None:
    guilty = {path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py") if "unidecode" in imported(path)}
    assert guilty == {"text/romanize.py"}


def test_nothing_is_pickled() -> None:
    guilty = [path.name for path in PACKAGE.rglob("*.py") if {"pickle", "marshal", "shelve", "dill"} & imported(path)]
    assert guilty == []


def test_version_is_said_once() -> None:
    source = (PACKAGE / "__init__.py").read_text(encoding="utf-8")
    assert f'__version__ = "{PROJECT["project"]["version"]}"' in source
