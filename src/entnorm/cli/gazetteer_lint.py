"""``entnorm gazetteer lint``: faults in a gazetteer before it is compiled."""

from __future__ import annotations

import argparse

from entnorm.cli.app import say
from entnorm.cli.outputs import emit
from entnorm.gazetteer.lint import errors, lint

SUMMARY = "Check a gazetteer: readable, ids unique, names clean, provenance stated. Exit code 1 if not."
EPILOG = """\
Warnings are printed and do not change the exit code.

examples:
  entnorm gazetteer lint data/gazetteers/people
  entnorm gazetteer lint my-list.csv"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("sources", metavar="DIR", nargs="+", help="gazetteer folder, or .jsonl, .csv or .tsv file")


def main(args: argparse.Namespace) -> int:
    """Run the command: one finding a line on standard output, with what to do about it."""
    faults = warnings = 0
    for source in args.sources:
        found = lint(source)
        for finding in found:
            emit(f"{finding}\n  {finding.advice}\n")
        faults += len(errors(found))
        warnings += len(found) - len(errors(found))
    say(f"{faults:,} error{'' if faults == 1 else 's'}, {warnings:,} warning{'' if warnings == 1 else 's'}")
    return 1 if faults else 0
