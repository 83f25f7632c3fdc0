"""The wheel, built from this tree and installed where ``src/`` cannot be seen."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LIMIT = 40_000_000
TEXT = "Gestern kam Volodmy Zelenskyy aus Kiew nach München.\n"


def build(kind: str, out: Path) -> Path:
    command = [sys.executable, "-m", "build", f"--{kind}", "--no-isolation", "--outdir", str(out), str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    (built,) = out.iterdir()
    return built


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build("wheel", tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def names(wheel: Path) -> list[str]:
    with zipfile.ZipFile(wheel) as archive:
        return archive.namelist()


@pytest.fixture(scope="module")
def home(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A virtual environment with the wheel, which sees this one's packages but not its editable installs.

    A folder named in a ``.pth`` file is searched, the ``.pth`` files in that folder are not read.
    """
    folder = tmp_path_factory.mktemp("clean") / "venv"
    venv.create(folder, symlinks=True)
    python = str(folder / "bin" / "python")
    ask = [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]
    inner = subprocess.run(ask, capture_output=True, text=True, check=True).stdout.strip()
    outer = {sysconfig.get_path(kind) for kind in ("purelib", "platlib")}
    Path(inner, "outer.pth").write_text("\n".join(sorted(outer)) + "\n", encoding="utf-8")
    install = ["install", "--quiet", "--no-deps", "--no-index", "--disable-pip-version-check", str(wheel)]
    pip = [sys.executable, "-m", "pip", "--python", python]
    done = subprocess.run([*pip, *install], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return folder


def call(home: Path, command: Sequence[str], cwd: Path, stdin: str = "") -> subprocess.CompletedProcess[str]:
    env = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")} | {"PYTHONUTF8": "1"}
    full = [str(home / "bin" / command[0]), *command[1:]]
    return subprocess.run(full, cwd=cwd, env=env, input=stdin, capture_output=True, encoding="utf-8", check=False)


def test_wheel_is_small(wheel: Path) -> None:
    assert wheel.stat().st_size < LIMIT


@pytest.mark.parametrize(
    "name",
    [
        "entnorm/py.typed",
        "entnorm/_index/core/manifest.json",
        "entnorm/_index/core/entities.sqlite",
        "entnorm/_index/names/names.json",
    ],
)
def test_wheel_has(names: list[str], name: str) -> None:
    assert name in names


def test_wheel_has_every_source_and_table(names: list[str]) -> None:
    package = ROOT / "src" / "entnorm"
    wanted = {
        p for p in package.rglob("*") if p.is_file() and p.suffix in {".py", ".tsv", ".toml", ".json", ".npy", ".css"}
    }
    assert {p.relative_to(package.parent).as_posix() for p in wanted} <= set(names)


def test_wheel_has_nothing_else(names: list[str]) -> None:
    assert {name.partition("/")[0] for name in names} == {"entnorm", "entnorm-0.1.0.dist-info"}
    unwanted = [n for n in names if n.endswith((".stamp", ".pyc", ".pth")) or "cache" in n or "/." in n]
    assert unwanted == []


def test_wheel_states_licence_and_python(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        metadata = archive.read("entnorm-0.1.0.dist-info/METADATA").decode().splitlines()
    assert "License-Expression: MIT" in metadata
    assert "License-File: LICENSE" in metadata
    assert any(line.startswith("Requires-Python: ") for line in metadata)


def test_source_distribution_can_build_a_wheel(tmp_path: Path) -> None:
    with tarfile.open(build("sdist", tmp_path)) as archive:
        names = {member.partition("/")[2] for member in archive.getnames()}
    data = ROOT / "data" / "gazetteers"
    wanted = {p.relative_to(ROOT).as_posix() for p in data.rglob("*") if p.is_file()}
    assert wanted | {"pyproject.toml", "hatch_build.py", "README.md", "LICENSE"} <= names
    assert not [name for name in names if "/_index/" in name]


def test_installed_package_is_the_wheels(home: Path, tmp_path: Path) -> None:
    code = "import entnorm, sys; print(entnorm.__file__); print(*sys.path, sep='\\n')"
    file, *path = call(home, ["python", "-c", code], tmp_path).stdout.splitlines()
    assert Path(file).is_relative_to(home)
    assert str(ROOT / "src") not in path


def test_installed_lookup(home: Path, tmp_path: Path) -> None:
    done = call(home, ["entnorm", "lookup", "Kiew", "--format", "jsonl"], tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    answer = json.loads(done.stdout)
    assert answer["query"] == "Kiew"
    assert (answer["matches"][0]["entity_id"], answer["matches"][0]["name"]) == ("geonames:703448", "Kyiv")


def test_installed_run(home: Path, tmp_path: Path) -> None:
    done = call(home, ["entnorm", "run", "--lang", "de", "--format", "jsonl"], tmp_path, TEXT)
    assert (done.returncode, done.stderr) == (0, "")
    mentions = json.loads(done.stdout)["mentions"]
    assert [TEXT[m["start"] : m["end"]] for m in mentions] == ["Volodmy Zelenskyy", "Kiew", "München"]
    assert [m["name"] for m in mentions] == ["Volodymyr Zelenskyy", "Kyiv", "Munich"]


def test_installed_module_is_the_command(home: Path, tmp_path: Path) -> None:
    done = call(home, ["python", "-m", "entnorm", "--version"], tmp_path)
    assert (done.returncode, done.stdout.strip()) == (0, "entnorm 0.1.0")


def test_installed_components_are_known_to_spacy(home: Path, tmp_path: Path) -> None:
    code = """
import spacy, spacy.util
nlp = spacy.blank("de")
nlp.add_pipe("entnorm")
doc = nlp("Reise nach Kiew.")
print(spacy.util.get_installed_models(), [span._.entnorm.name for span in doc.spans["entnorm"]])
"""
    done = call(home, ["python", "-c", code], tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.strip() == "['xx_entnorm'] ['Kyiv']"


def test_nothing_is_written_into_the_installation(home: Path, tmp_path: Path) -> None:
    folder = next(home.glob("lib/python*/site-packages/entnorm"))
    before = {p: p.stat().st_mtime_ns for p in folder.rglob("*") if p.suffix != ".pyc" and p.is_file()}
    assert call(home, ["entnorm", "lookup", "Kiew"], tmp_path).returncode == 0
    after = {p: p.stat().st_mtime_ns for p in folder.rglob("*") if p.suffix != ".pyc" and p.is_file()}
    assert before == after
    assert list(tmp_path.iterdir()) == []
