"""``entnorm index verify``: whether an index is whole."""

from __future__ import annotations

import argparse

from entnorm.cli.app import report, say
from entnorm.cli.index_info import resolve
from entnorm.cli.outputs import emit
from entnorm.errors import IndexCorrupt
from entnorm.index.store import Index

SUMMARY = "Check an index against its manifest. Prints each fault; exit code 3 if there is one."
EPILOG = """\
examples:
  entnorm index verify core
  entnorm index verify my-index"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument(
        "index",
        metavar="DIR",
        nargs="?",
        default="core",
        help="folder of the index (default: core, the shipped one)",
    )


def main(args: argparse.Namespace) -> int:
    """Run the command."""
    index = Index.open(resolve(args.index))
    try:
        faults = index.verify()
    except OSError as error:
        raise IndexCorrupt(f"{error.filename}: {error.strerror}", "build the index again") from None
    if faults:
        emit("".join(f + "\n" for f in faults))
        many = "1 file differs" if len(faults) == 1 else f"{len(faults)} files differ"
        report(IndexCorrupt(f"{index.path} is damaged: {many}", "build the index again"))
        return IndexCorrupt.exit_code
    say(f"{index.path}: whole, id {index.id}")
    return 0
