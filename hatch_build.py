"""Build hook: compiles the gazetteers into ``src/entnorm/_index`` for wheels and editable installs.

A part whose stamp matches its inputs is kept, so a second build takes a second. ``python hatch_build.py``
brings the index of a working tree up to date without building anything else.
"""

from __future__ import annotations

import hashlib
import shutil
import sys
import time
import unicodedata
from collections.abc import Callable, Iterable
from importlib.metadata import version as installed_version
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).resolve().parent
#: Changed sources of these packages may change what is compiled.
COMPILER = ("text", "gazetteer", "index")
Compiler = Callable[[Path, Path], None]
DATA_SUFFIXES = (".py", ".tsv", ".toml", ".json", ".jsonl")


class CustomBuildHook(BuildHookInterface[Any]):
    """Puts the compiled index into the wheel, and beside the sources for an editable install."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile what is out of date; ``version`` is ``standard`` or ``editable``."""
        compile_all(Path(self.root))


def compile_all(root: Path) -> None:
    """Bring ``src/entnorm/_index`` up to date with the gazetteers and the compiler."""
    package = root / "src" / "entnorm"
    gazetteers, out = root / "data" / "gazetteers", package / "_index"
    sys.path.insert(0, str(root / "src"))
    try:
        from entnorm.gazetteer.catalog import SHIPPED

        compiler = [package / name for name in COMPILER]
        refresh(out / "core", [*(gazetteers / name for name in SHIPPED), *compiler], gazetteers, compile_core)
        refresh(out / "names", [gazetteers / "names", *compiler], gazetteers, compile_name_tables)
    finally:
        sys.path.remove(str(root / "src"))


def compile_core(gazetteers: Path, target: Path) -> None:
    """Compile the index of entities."""
    from entnorm.gazetteer.catalog import shipped_facts, shipped_records
    from entnorm.index.build import build_index

    build_index(shipped_records(gazetteers), target, gazetteers=shipped_facts(gazetteers))


def compile_name_tables(gazetteers: Path, target: Path) -> None:
    """Compile the name lexicon."""
    from entnorm.gazetteer.names_compile import compile_names

    shutil.rmtree(target, ignore_errors=True)
    compile_names(gazetteers / "names", target)


def refresh(target: Path, inputs: Iterable[Path], gazetteers: Path, build: Compiler) -> None:
    """Call ``build`` unless the stamp beside ``target`` says that it was made from the same inputs."""
    stamp = target.with_name(target.name + ".stamp")
    current = state_of(inputs)
    if target.is_dir() and stamp.is_file() and stamp.read_text(encoding="ascii") == current:
        return
    print(f"compiling {target.name}, this takes a minute ...", file=sys.stderr, flush=True)
    started = time.monotonic()
    stamp.unlink(missing_ok=True)
    target.parent.mkdir(parents=True, exist_ok=True)
    build(gazetteers, target)
    stamp.write_text(current, encoding="ascii")
    print(f"compiled {target.name} in {time.monotonic() - started:.0f} s", file=sys.stderr, flush=True)


def state_of(folders: Iterable[Path]) -> str:
    """Digest of the data and sources in ``folders`` and of the foreign tables that keys depend on."""
    digest = hashlib.sha256(f"{unicodedata.unidata_version} {installed_version('unidecode')}\n".encode())
    for folder in folders:
        for path in sorted(p for p in folder.rglob("*") if p.suffix in DATA_SUFFIXES and p.is_file()):
            content = hashlib.sha256(path.read_bytes()).hexdigest()
            digest.update(f"{folder.name}/{path.relative_to(folder).as_posix()} {content}\n".encode())
    return digest.hexdigest() + "\n"


if __name__ == "__main__":
    compile_all(ROOT)
