"""``entnorm report``: texts with their people and places marked, as a web page."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from entnorm.cli import options as opt
from entnorm.cli.app import say
from entnorm.cli.evaluate import write_page
from entnorm.cli.inputs import Item, clean, measure
from entnorm.cli.loop import Policy, answer_all, in_order
from entnorm.cli.outputs import Row
from entnorm.cli.progress import Progress
from entnorm.cli.run import add_inputs, items
from entnorm.models import Document
from entnorm.pipeline import Normalizer

SUMMARY = "Write a web page: texts with their people and places marked, and what these are."
EPILOG = """\
examples:
  entnorm report article.txt -o article.html
  entnorm report news.jsonl --to de --title "Presseschau" -o news.html

The page is one file that needs nothing else: no script, no picture, no network."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    add_inputs(parser)
    parser.add_argument("-o", "--output", metavar="OUT.html", type=Path, required=True, help="file of the page")
    parser.add_argument("--title", default="", help="heading of the page")
    opt.add_errors(parser)


class _Kept:
    """Keeps the documents instead of writing them."""

    def __init__(self) -> None:
        self.documents: list[Document] = []

    def row(self, row: Row) -> None:
        """Keep one document."""
        if "error" not in row:
            self.documents.append(row["document"])

    def close(self) -> None:
        """Nothing to end."""


def main(args: argparse.Namespace) -> int:
    """Run the command."""
    from entnorm import __version__
    from entnorm.report.documents import document_page, many_of

    files = args.files or ["-"]
    options = opt.Options(
        tuple(args.index), args.lang, args.to, model=args.model, calibration=args.calibration,
        settings=(("min_confidence", args.min_confidence),) if args.min_confidence is not None else (),
    )  # fmt: skip
    norm = opt.make_normalizer(options)
    languages = opt.languages_of(options, norm, args.strict)
    meter = measure(files)

    def answer(item: Item) -> Row:
        fields = item.fields
        said = None if fields["id"] is None else clean(str(fields["id"]))
        lang = fields["lang"] or args.lang
        return {"document": norm(clean(fields["text"]), lang=lang, to=args.to, id=said)}

    kept = _Kept()
    code = answer_all(
        in_order(answer, (languages.item(i, "lang") for i in items(files, args.input, meter))),
        kept,
        policy=Policy(args.on_error == "skip", args.strict),
        blank=lambda item: {},
        matched=lambda row: bool(row["document"].mentions),
        progress=Progress(meter, "documents"),
    )
    write_page(args.output, document_page(kept.documents, gazetteers_of(norm), __version__, args.title))
    many = sum(len(d.mentions) for d in kept.documents)
    say(f"{args.output}: {many_of(len(kept.documents), 'text')}, {many_of(many, 'mention')}")
    return code


def gazetteers_of(norm: Normalizer) -> Sequence[dict[str, Any]]:
    """The gazetteers of all indexes, as their manifests state them."""
    return [g for index in norm.indexes for g in index.manifest["gazetteers"]]
