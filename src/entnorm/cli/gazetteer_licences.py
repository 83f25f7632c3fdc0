"""``entnorm gazetteer licences``: whose data the answers rest on."""

from __future__ import annotations

import argparse
import textwrap

from entnorm.cli.index_info import resolve
from entnorm.cli.outputs import Row, Tsv, Writer, emit, structured
from entnorm.cli.tables import bold, printable, terminal_width
from entnorm.index.format import read_manifest

SUMMARY = "Show licence and attribution of the gazetteers in an index."
EPILOG = """\
examples:
  entnorm gazetteer licences
  entnorm gazetteer licences --index my-index --format json"""

_FIELDS = ("name", "version", "licence", "attribution")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--index", metavar="NAME|PATH", default="core", help="index (default: core, the shipped one)")
    parser.add_argument(
        "--format",
        choices=("table", "json", "jsonl", "tsv"),
        default="table",
        help="form of the answer (default: table)",
    )


def main(args: argparse.Namespace) -> int:
    """Run the command; exit code 1 when the index states no gazetteer."""
    gazetteers = read_manifest(resolve(args.index))["gazetteers"]
    rows = [{field: g.get(field) for field in _FIELDS} for g in gazetteers]
    if args.format == "table":
        emit("\n".join(map(_render, rows)))
        return 0 if rows else 1
    writer: Writer = Tsv(_FIELDS, lambda row: [list(row.values())]) if args.format == "tsv" else structured(args.format)
    for row in rows:
        writer.row(row)
    writer.close()
    return 0 if rows else 1


def _render(row: Row) -> str:
    head = " ".join(str(row[k]) for k in ("name", "version") if row[k])
    lines = [bold(printable(head)), f"  licence: {row['licence'] or 'not stated'}"]
    if row["attribution"]:
        lines += textwrap.wrap(
            printable(row["attribution"]), terminal_width(), initial_indent="  ", subsequent_indent="  "
        )
    return "\n".join(lines) + "\n"
