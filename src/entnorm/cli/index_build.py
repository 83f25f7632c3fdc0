"""``entnorm index build``: compile gazetteers into an index."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from entnorm.cli.app import say
from entnorm.errors import GazetteerError
from entnorm.gazetteer.catalog import read_source, source_facts
from entnorm.gazetteer.records import Record
from entnorm.index.build import build_index
from entnorm.index.store import Index

SUMMARY = "Compile gazetteers into an index. Give the resulting folder to --index of the other commands."
EPILOG = """\
examples:
  entnorm index build people.csv -o my-index
  entnorm index build my-gazetteer/ extra.jsonl -o my-index
  entnorm run article.txt --index core --index my-index

A CSV or TSV names its columns in the first line: id, kind (person or place),
name, and optional lang, aliases (separated by |), country, lat, lon,
prominence. Answers carry the ids as given."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument(
        "sources",
        metavar="SOURCE",
        nargs="+",
        help="gazetteer folder, or .jsonl, .csv or .tsv file of entities",
    )
    parser.add_argument(
        "-o",
        "--output",
        metavar="DIR",
        required=True,
        help="folder of the index; an older index there is replaced",
    )


def main(args: argparse.Namespace) -> int:
    """Run the command; it prints nothing to standard output."""
    paths = [Path(s) for s in args.sources]
    records = _records(paths)
    first = next(records, None)
    facts = [source_facts(p) for p in paths]
    folder = build_index(_again(first, records), args.output, gazetteers=facts)
    counts = Index.open(folder).manifest["counts"]
    say(f"{folder}: {counts['entities']:,} entities, {counts['names']:,} names")
    return 0


def _records(paths: list[Path]) -> Iterator[Record]:
    for path in paths:
        try:
            yield from read_source(path)
        except UnicodeDecodeError as error:
            raise GazetteerError(f"{path}: not UTF-8 ({error.reason})", "convert it with iconv") from None


def _again(first: Record | None, rest: Iterator[Record]) -> Iterator[Record]:
    if first is not None:
        yield first
    yield from rest
