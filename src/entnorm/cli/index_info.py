"""``entnorm index info``: what an index holds."""

from __future__ import annotations

import argparse
from pathlib import Path

from entnorm.cli.outputs import Row, emit, to_json
from entnorm.cli.tables import clip, printable, terminal_width
from entnorm.index.store import Index
from entnorm.match.shipped import shipped_path

SUMMARY = "Show what an index holds: counts, languages, gazetteers and their licences."
EPILOG = """\
examples:
  entnorm index info core
  entnorm index info my-index --format json"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument(
        "index",
        metavar="DIR",
        nargs="?",
        default="core",
        help="folder of the index (default: core, the shipped one)",
    )
    parser.add_argument(
        "--format",
        choices=("table", "json", "jsonl"),
        default="table",
        help="form of the answer (default: table)",
    )


def main(args: argparse.Namespace) -> int:
    """Run the command."""
    row = facts(Index.open(resolve(args.index)))
    if args.format == "table":
        emit(_render(row))
    else:
        emit(to_json(row, indent=2 if args.format == "json" else None) + "\n")
    return 0


def resolve(name: str) -> Path:
    """Folder of an index given by name or path."""
    return shipped_path() if name == "core" else Path(name)


def facts(index: Index) -> Row:
    """What ``index info`` says about an index."""
    manifest = index.manifest
    return {
        "path": str(index.path),
        "id": index.id,
        "format": manifest["format"],
        "key_version": manifest["key_version"],
        "key_fingerprint": manifest["key_fingerprint"],
        "bytes": sum(f.stat().st_size for f in index.path.iterdir() if f.is_file()),
        "counts": manifest["counts"],
        "languages": manifest["languages"],
        "gazetteers": manifest["gazetteers"],
    }


def _render(row: Row) -> str:
    width = terminal_width()
    counts = row["counts"]
    lines = [
        ("path", row["path"]),
        ("id", row["id"]),
        ("size", f"{row['bytes'] / 1e6:,.1f} MB"),
        (
            "entities",
            f"{counts['entities']:,} ({counts.get('person', 0):,} people, {counts.get('place', 0):,} places)",
        ),
        ("names", f"{counts['names']:,} under {counts['keys']:,} keys"),
        ("languages", f"{len(row['languages'])}: {' '.join(row['languages'])}"),
        ("format", f"{row['format']}, keys {row['key_version']}, fingerprint {row['key_fingerprint']}"),
    ]
    for gazetteer in row["gazetteers"]:
        said = [str(gazetteer[k]) for k in ("name", "version", "licence") if gazetteer.get(k)]
        lines.append(("gazetteer", ", ".join(said)))
    return "".join(clip(f"{name:<10} {printable(value)}", width) + "\n" for name, value in lines)
