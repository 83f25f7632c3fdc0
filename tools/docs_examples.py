"""Runs the examples of the documentation and, with ``--write``, puts what they print into the pages.

A block marked ``python`` is a session: ``>>>`` lines and what they print; the blocks of a page share their
names. A block marked ``console`` has lines ``$ command`` and what they print, at 80 columns. ``…`` stands for
anything. Commands run in a scratch folder with links to ``examples`` and ``data``: they leave nothing behind.

    python tools/docs_examples.py [--write] [PAGE ...]
"""

from __future__ import annotations

import argparse
import contextlib
import doctest
import io
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
_BLOCK = re.compile(r"^```(python|console)\n(.*?)^```$", re.M | re.S)
_MARK = "\x1e"


@dataclass(frozen=True, slots=True)
class Step:
    """One command or statement: its source in the page, what it should print, and what it printed."""

    source: str
    want: str
    got: str

    @property
    def fits(self) -> bool:
        """Whether it printed what it should."""
        return matches(self.want, self.got)


def pages() -> list[Path]:
    """Every page whose examples are run."""
    return [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


def matches(want: str, got: str) -> bool:
    """Whether an output is the one expected; ``…`` stands for any text.

    >>> matches("Kyiv …\\n", "Kyiv 1.00\\n"), matches("Kyiv\\n", "Kiev\\n")
    (True, False)
    """
    pattern = ".*?".join(map(re.escape, want.split("…")))
    return re.fullmatch(pattern, got, re.S) is not None


def run_page(page: Path, scratch: Path) -> Iterator[tuple[str, list[Step]]]:
    """The body of every block of a page, in order, with its steps run in ``scratch``."""
    names: dict[str, Any] = {"__name__": "__main__"}
    environment = prepare(scratch)
    for block in _BLOCK.finditer(page.read_text(encoding="utf-8")):
        kind, body = block.groups()
        steps = python_steps(body, names, scratch) if kind == "python" else console_steps(body, scratch, environment)
        yield body, steps


def prepare(scratch: Path) -> dict[str, str]:
    """Fill the scratch folder; return an environment in which ``entnorm`` is that of this interpreter."""
    import entnorm

    for name in ("examples", "data"):
        if not (scratch / name).exists():
            (scratch / name).symlink_to(ROOT / name)
    programs = scratch / ".bin"
    programs.mkdir(exist_ok=True)
    command = programs / "entnorm"
    package = Path(entnorm.__file__).resolve().parents[1]
    command.write_text(f'#!/bin/sh\nPYTHONPATH="{package}" exec "{sys.executable}" -m entnorm "$@"\n')
    command.chmod(0o755)
    path = f"{programs}{os.pathsep}{os.environ.get('PATH', '')}"
    return {**os.environ, "PATH": path, "COLUMNS": "80", "PYTHONUTF8": "1", "LC_ALL": "C.UTF-8"}


def console_steps(body: str, scratch: Path, environment: dict[str, str]) -> list[Step]:
    """Run the commands of a block in one shell, so that ``$?`` and the like work."""
    commands: list[tuple[str, list[str]]] = []
    for line in body.splitlines(keepends=True):
        if line.startswith("$ "):
            commands.append((line, []))
        elif commands:
            commands[-1][1].append(line)
    script = "".join(f"{source[2:]}rc=$?; printf '{_MARK}'; (exit $rc)\n" for source, _ in commands)
    done = subprocess.run(
        ["sh", "-c", "exec 2>&1\n" + script],
        cwd=scratch,
        env=environment,
        stdout=subprocess.PIPE,
        timeout=300,
    )
    outputs = done.stdout.decode("utf-8").split(_MARK)
    return [Step(s, "".join(w), g) for (s, w), g in zip(commands, outputs, strict=False)]


def python_steps(body: str, names: dict[str, Any], scratch: Path) -> list[Step]:
    """Run the statements of a block one by one, as the interactive interpreter would."""
    steps = []
    with contextlib.chdir(scratch):
        for example in doctest.DocTestParser().get_examples(body):
            source = ">>> " + "... ".join(example.source.splitlines(keepends=True))
            steps.append(Step(source, example.want, _printed(example.source, names)))
    return steps


def _printed(source: str, names: dict[str, Any]) -> str:
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        try:
            exec(compile(source, "<page>", "single"), names)
        except Exception as error:
            kind = type(error)
            return f"Traceback (most recent call last):\n  ...\n{kind.__module__}.{kind.__name__}: {error}\n"
    return out.getvalue()


def failures(page: Path, scratch: Path) -> list[str]:
    """What a page says wrongly, ready to be read."""
    return [
        f"{page.relative_to(ROOT)}: {step.source}--- expected\n{step.want}--- got\n{step.got}"
        for _, steps in run_page(page, scratch)
        for step in steps
        if not step.fits
    ]


def rewrite(page: Path, scratch: Path) -> int:
    """Put the real output into the page where it differs; return how many steps did."""
    text, changed = page.read_text(encoding="utf-8"), 0
    for body, steps in run_page(page, scratch):
        wrong = sum(not step.fits for step in steps)
        if wrong:
            new = "".join(s.source + (s.want if s.fits else s.got) for s in steps)
            text = text.replace(body, new, 1)
            changed += wrong
    if changed:
        page.write_text(text, encoding="utf-8")
    return changed


def main() -> int:
    """Check or rewrite pages; exit code 1 when a check fails."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("pages", nargs="*", type=Path, metavar="PAGE")
    parser.add_argument("--write", action="store_true", help="put the real output into the pages")
    args = parser.parse_args()
    wrong = 0
    for page in [p.resolve() for p in args.pages] or pages():
        with tempfile.TemporaryDirectory() as folder:
            if args.write:
                print(f"{page.relative_to(ROOT)}: {rewrite(page, Path(folder))} rewritten")
                continue
            for message in failures(page, Path(folder)):
                wrong += 1
                print(message)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
