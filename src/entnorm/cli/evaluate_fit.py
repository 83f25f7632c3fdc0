"""``entnorm eval fit``: a calibration for an index of one's own."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from entnorm.cli import options as opt
from entnorm.cli.app import say
from entnorm.cli.evaluate import add_gold, gold_of, kinds_of, write_page
from entnorm.cli.inputs import measure
from entnorm.cli.outputs import emit, to_json
from entnorm.cli.progress import Progress
from entnorm.evaluate.calibrate import FOLDS, calibration, document_observations, lookup_observations
from entnorm.evaluate.gold import Gold, GoldDocument, GoldLookup
from entnorm.evaluate.made_up import lookup_observations as made_up_observations
from entnorm.evaluate.recorder import Observation, Recorder
from entnorm.pipeline import Normalizer

SUMMARY = "Fit a calibration: with it, answers from an index of your own have a confidence too."
EPILOG = """\
examples:
  entnorm eval fit gold.jsonl --index my-index -o calibration.json
  entnorm run --index my-index --calibration calibration.json article.txt

Texts with marked mentions teach the confidence of run, names with who bears
them that of lookup. Without such names, lookup is fitted on names made up from
those in the index: misspelled, cut short, or of nobody (--queries of them)."""

QUERIES = 3000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    add_gold(parser)
    parser.add_argument("-o", "--output", metavar="FILE", type=Path, required=True, help="file of the calibration")
    parser.add_argument(
        "--queries",
        type=opt.count,
        default=QUERIES,
        metavar="N",
        help=f"made-up names where the gold has none (default: {QUERIES})",
    )


def main(args: argparse.Namespace) -> int:
    """Run the command."""
    recorder = Recorder()
    norm = opt.make_normalizer(opt.Options(tuple(args.index), model=args.model), recorder)
    meter = measure(args.gold)
    counts = {"documents": 0, "names": 0}
    with Progress(meter, "lines") as progress:
        files = list(gold_of(args.gold, meter, progress))
        observations = list(_observations(norm, recorder, files, counts, args.queries))
    gazetteers = {g.get("name", "") for index in norm.indexes for g in index.manifest["gazetteers"]}
    pipeline = norm.adapter.id if norm.adapter else ""
    said = ", ".join(f"{n:,} {what}" for what, n in counts.items() if n)
    table, missing = calibration(observations, gazetteers, pipeline=pipeline, fitted_on=said)
    write_page(args.output, to_json(table, indent=1) + "\n")
    for name, figures in table["out_of_fold"].items():
        emit(f"{name:<16} {figures['n']:>7,} cases  ece {figures['ece']:.3f}  right {figures['right']:.3f}\n")
    for name, why in missing.items():
        say(f"warning: {name}: too little to fit ({why}); such answers will have no confidence")
    say(f"{args.output}: calibration {table['id']}, fitted on {said}, figures out of fold")
    return 0


def _observations(
    norm: Normalizer, recorder: Recorder, files: list[tuple[str, list[Gold]]], counts: dict[str, int], queries: int
) -> Iterator[Observation]:
    for _, gold in files:
        documents = [one for one in gold if isinstance(one, GoldDocument)]
        counts["documents"] += len(documents)
        yield from document_observations(norm, recorder, documents, kinds_of(gold), FOLDS)
    names = [one for _, gold in files for one in gold if isinstance(one, GoldLookup)]
    if names:
        counts["names"] = len(names)
        yield from lookup_observations(norm.matcher, names, FOLDS)
    else:
        counts["made-up names"] = queries
        for index in norm.indexes:
            yield from made_up_observations(norm.matcher, index, queries // len(norm.indexes), FOLDS)
