"""``entnorm gazetteer lint``: faults in a gazetteer before it is compiled."""

from __future__ import annotations

import argparse
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from entnorm.cli.app import say
from entnorm.cli.outputs import emit
from entnorm.errors import GazetteerError
from entnorm.gazetteer.catalog import provenance, read_source
from entnorm.gazetteer.records import Record

SUMMARY = "Check a gazetteer: readable, ids unique, names clean, provenance stated. Exit code 1 if not."
EPILOG = """\
examples:
  entnorm gazetteer lint data/gazetteers/people
  entnorm gazetteer lint my-list.csv"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("sources", metavar="DIR", nargs="+", help="gazetteer folder, or .jsonl, .csv or .tsv file")


def main(args: argparse.Namespace) -> int:
    """Run the command: one fault a line on standard output."""
    faults = 0
    for source in args.sources:
        for fault in lint(Path(source)):
            faults += 1
            emit(fault + "\n")
    say(f"{faults:,} fault" + ("" if faults == 1 else "s"))
    return 1 if faults else 0


def lint(source: Path) -> Iterator[str]:
    """Faults of one source as lines of text."""
    if source.is_dir():
        try:
            facts = provenance(source)
            yield from (
                f"{source}: gazetteer.toml states no {k}"
                for k in ("name", "licence", "attribution")
                if not facts.get(k)
            )
        except GazetteerError as error:
            yield str(error)
    seen: set[str] = set()
    try:
        for record in read_source(source):
            if record.id in seen:
                yield f"{source}: the id {record.id!r} is listed twice"
            seen.add(record.id)
            yield from (f"{source}: {record.id}: {fault}" for fault in record_faults(record))
    except GazetteerError as error:
        yield str(error)
    except UnicodeDecodeError as error:
        yield f"{source}: not UTF-8 ({error.reason})"
    else:
        if not seen:
            yield f"{source}: no records"


def record_faults(record: Record) -> Iterator[str]:
    """Faults of one record.

    >>> list(record_faults(Record("my:1", "place", " Kyiv")))
    ["name ' Kyiv' has outer or double spaces"]
    """
    for text in dict.fromkeys([record.name, *(n.text for n in record.names)]):
        if not unicodedata.is_normalized("NFC", text):
            yield f"name {text!r} is not in Unicode form NFC"
        if " ".join(text.split()) != text:
            yield f"name {text!r} has outer or double spaces"
        if any(unicodedata.category(c) in ("Cc", "Cs", "Co") for c in text):
            yield f"name {text!r} has control characters"
    if (record.lat is None) != (record.lon is None):
        yield "only one of lat and lon is given"
    if record.lat is not None and not -90 <= record.lat <= 90:
        yield f"lat {record.lat} is outside -90 to 90"
    if record.lon is not None and not -180 <= record.lon <= 180:
        yield f"lon {record.lon} is outside -180 to 180"
    if record.country and not (len(record.country) == 2 and record.country.isascii() and record.country.isupper()):
        yield f"country {record.country!r} is no ISO 3166-1 alpha-2 code"
