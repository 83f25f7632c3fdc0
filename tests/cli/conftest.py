"""A small index of thirty entities, and the command line run as a process of its own."""

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from entnorm.cli import main

DATA = Path(__file__).parents[1] / "data" / "cli"


@dataclass(frozen=True)
class Result:
    """Outcome of one command; ``raw`` is standard output as bytes."""

    code: int
    raw: bytes
    err: str

    @property
    def out(self) -> str:
        return self.raw.decode("utf-8")

    @property
    def lines(self) -> list[str]:
        return self.out.removesuffix("\n").split("\n") if self.raw else []


Run = Callable[..., Result]


@pytest.fixture(scope="session")
def environment() -> dict[str, str]:
    """The environment of the tests, at 80 columns."""
    return {**os.environ, "COLUMNS": "80"}


@pytest.fixture(scope="session")
def entnorm(environment: dict[str, str]) -> Run:
    """Runs ``entnorm ARGS``; no answer may ever come with a traceback."""

    def run(*args: str | Path, stdin: str | bytes = b"", cwd: Path | None = None, **env: str) -> Result:
        data = stdin.encode() if isinstance(stdin, str) else stdin
        command: Sequence[str] = [sys.executable, "-m", "entnorm", *map(str, args)]
        done = subprocess.run(
            command, input=data, capture_output=True, timeout=300, cwd=cwd, env={**environment, **env}
        )
        err = done.stderr.decode("utf-8")
        assert "Traceback" not in err
        return Result(done.returncode, done.stdout, err)

    return run


@pytest.fixture
def call(capfdbinary: pytest.CaptureFixture[bytes]) -> Run:
    """Runs ``entnorm ARGS`` in this process: for what needs no process of its own."""

    def run(*args: str | Path) -> Result:
        code = main([*map(str, args)])
        out, err = capfdbinary.readouterr()
        return Result(code, out, err.decode("utf-8"))

    return run


@pytest.fixture(scope="session")
def index(entnorm: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of the thirty entities of ``entities.csv`` and ``places.jsonl``; do not change it."""
    folder = tmp_path_factory.mktemp("cli") / "small"
    done = entnorm("index", "build", DATA / "entities.csv", DATA / "places.jsonl", "-o", folder)
    assert done == Result(0, b"", f"{folder}: 30 entities, 90 names\n")
    return folder
