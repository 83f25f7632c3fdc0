"""Build the gazetteers of people that come from packages: ``python tools/build_people.py``.

Reads the hand-written rows in ``data/gazetteers/people/core`` and the packages of
``tools/people/sources.toml`` (fetched by name where they are missing) and writes ``leaders``,
``us-legislators`` and ``arabic`` beside ``core``, each with its ``gazetteer.toml``. Nobody is listed twice: a
person of the core, then of an earlier part, is left out of the later ones. With ``--check`` it builds into a
temporary folder and reports what differs from the committed data (exit status 1).
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import fetch
from people import arabic, leaders, legislators, rows
from people.match import Known, drop_clashes
from places import output

ROOT = Path(__file__).resolve().parent.parent
PEOPLE = ROOT / "data" / "gazetteers" / "people"
PINS = ROOT / "tools" / "people" / "sources.toml"
COMMAND = "python tools/build_people.py"
VERSION = "2026.1"


@dataclass(frozen=True, slots=True)
class Part:
    """One folder of the people gazetteer that is built from a package."""

    folder: str
    file: str
    source: str
    prefix: str
    licence: str
    build: Callable[[Path, Known], list[rows.Row]]


PARTS = (
    Part("leaders", "leaders.tsv", leaders.SOURCE, "entnorm:", "LicenseRef-public-domain", leaders.build),
    Part("us-legislators", "legislators.tsv", legislators.SOURCE, "entnorm:", "CC0-1.0", legislators.build),
    Part("arabic", "arabic.tsv", arabic.SOURCE, "entnorm:ar-", "CC0-1.0", arabic.build),
)


def parse(argv: list[str] | None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sources", type=Path, default=fetch.DEFAULT_FOLDER, metavar="DIR", help="source packages")
    parser.add_argument("--output", type=Path, default=PEOPLE, metavar="DIR", help="folder of the people gazetteer")
    parser.add_argument("--check", action="store_true", help="compare with the committed data, write nothing")
    parser.add_argument("--no-fetch", action="store_true", help="fail instead of downloading a missing source")
    parser.add_argument("--arabic-limit", type=int, metavar="N", help="rows of arabic (default: arabic.toml)")
    return parser.parse_args(argv)


def source_paths(folder: Path, *, download: bool) -> dict[str, Path]:
    """Where each source lies; a missing one is fetched, or an error without ``download``."""
    paths = {}
    for name, pin in fetch.read_sources(PINS).items():
        if not download and not fetch.is_present(pin, folder):
            raise fetch.FetchError(f"{pin['file']} is not in {folder}")
        fetch.fetch(name, pin, folder)
        paths[name] = folder / pin["file"]
    return paths


def build(paths: dict[str, Path], core: list[rows.Row], target: Path, arabic_limit: int | None = None) -> None:
    """Write the parts and the manifests into ``target``."""
    listed = list(core)
    counts = {"core": len(core)}
    for part in PARTS:
        known = Known(listed)
        if part.source == arabic.SOURCE:
            made = arabic.build(paths[part.source], known, arabic_limit)
        else:
            made = part.build(paths[part.source], known)
        drop_clashes(made, known)
        rows.assign_ids(made, part.prefix, {r["id"] for r in listed})
        listed += made
        counts[part.folder] = len(made)
        _write_part(part, made, target / part.folder)
    _write_manifest(target, counts)


def _write_part(part: Part, made: list[rows.Row], folder: Path) -> None:
    pin = fetch.read_sources(PINS)[part.source]
    rows.write(folder / part.file, made, f"{pin['attribution']}; built by tools/build_people.py, do not edit")
    head = {
        "name": f"people/{part.folder}",
        "version": VERSION,
        "licence": part.licence,
        "attribution": pin["attribution"],
        "snapshot": pin["snapshot"],
        "command": COMMAND,
    }
    output.write_manifest(folder, head, output.source_tables(PINS, [part.source]), {"people": len(made)})


def _write_manifest(target: Path, counts: dict[str, int]) -> None:
    head = {
        "name": "people",
        "version": VERSION,
        "licence": "MIT AND CC0-1.0 AND LicenseRef-public-domain",
        "attribution": "Hand-written core: the entnorm authors (MIT); leaders: The World Factbook (public "
        "domain); legislators: the @unitedstates project (CC0); names in Arabic script: Wikidata (CC0).",
        "snapshot": "2026-03",
        "command": COMMAND,
    }
    output.write_manifest(target, head, output.source_tables(PINS, [p.source for p in PARTS]), counts)


def deliver(built: Path, target: Path, *, check: bool) -> int:
    """Copy the built files to ``target``, or report the ones that differ from it."""
    status = 0
    for path in sorted(p for p in built.rglob("*") if p.is_file()):
        name = path.relative_to(built)
        committed = target / name
        if committed.is_file() and committed.read_bytes() == path.read_bytes():
            continue
        if check:
            print(f"differs: {name.as_posix()} (run {COMMAND})", file=sys.stderr)
            status = 1
        else:
            committed.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, committed)
    return status


def main(argv: list[str] | None = None) -> int:
    """Build, or compare."""
    args = parse(argv)
    try:
        paths = source_paths(args.sources.resolve(), download=not args.no_fetch)
    except fetch.FetchError as error:
        print(f"error: {error}", file=sys.stderr)
        return 3
    core = [r for path in sorted((PEOPLE / "core").glob("*.tsv")) for r in rows.read(path)]
    with tempfile.TemporaryDirectory() as scratch:
        build(paths, core, Path(scratch), args.arabic_limit)
        return deliver(Path(scratch), args.output, check=args.check)


if __name__ == "__main__":
    sys.exit(main())
