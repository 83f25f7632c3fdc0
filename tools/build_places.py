"""Build the gazetteers of places and regions: ``python tools/build_places.py``.

Reads the source packages that ``tools/fetch.py`` fetched and writes ``data/gazetteers/places`` and
``data/gazetteers/regions``. With ``--check`` it builds into a temporary folder and reports what differs from
the committed data (exit status 1).
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

import fetch
from places import build, config, output

ROOT = Path(__file__).resolve().parent.parent
GAZETTEERS = ROOT / "data" / "gazetteers"


def parse(argv: list[str] | None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sources", type=Path, default=fetch.DEFAULT_FOLDER, metavar="DIR", help="source packages")
    parser.add_argument("--geonames-dumps", type=Path, metavar="DIR", help="GeoNames' own dump files")
    parser.add_argument("--output", type=Path, default=GAZETTEERS, metavar="DIR", help="folder of the gazetteers")
    parser.add_argument("--check", action="store_true", help="compare with the committed data, write nothing")
    parser.add_argument("--no-fetch", action="store_true", help="fail instead of downloading a missing source")
    return parser.parse_args(argv)


def source_paths(args: argparse.Namespace) -> dict[str, Path]:
    """Return where each source lies, fetching the missing ones."""
    pins = fetch.read_sources()
    paths = {}
    for name in build.SOURCE_NAMES:
        if args.no_fetch and not fetch.is_present(pins[name], args.sources):
            raise fetch.FetchError(f"{pins[name]['file']} is not in {args.sources}")
        fetch.fetch(name, pins[name], args.sources)
        paths[name] = args.sources / pins[name]["file"]
    return paths


def main(argv: list[str] | None = None) -> int:
    """Build, or compare."""
    args = parse(argv)
    try:
        paths = build.Paths(
            sources=source_paths(args),
            overrides=GAZETTEERS / "places" / "overrides.tsv",
            regions=GAZETTEERS / "regions" / "table.tsv",
            pins=fetch.SOURCES,
            dumps=args.geonames_dumps,
        )
    except fetch.FetchError as error:
        print(f"error: {error}", file=sys.stderr)
        return 3
    with tempfile.TemporaryDirectory() as scratch:
        build.build(paths, config.load_config(), Path(scratch))
        return max(deliver(Path(scratch) / name, args.output / name, check=args.check) for name in build.HEADS)


def deliver(built: Path, target: Path, *, check: bool) -> int:
    """Copy the built files to `target`, or report the ones that differ from it."""
    changed = output.differing(built, target)
    if check:
        for name in changed:
            print(f"differs: {target.name}/{name}", file=sys.stderr)
        return 1 if changed else 0
    target.mkdir(parents=True, exist_ok=True)
    for name in changed:
        shutil.copyfile(built / name, target / name)
    return 0


if __name__ == "__main__":
    sys.exit(main())
