"""``entnorm run``: people and places of whole texts."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from entnorm.cli import options as opt
from entnorm.cli.app import say
from entnorm.cli.inputs import (
    Item,
    Meter,
    Shape,
    clean,
    is_json_lines,
    measure,
    optional,
    read_lines,
    read_text,
    required,
)
from entnorm.cli.loop import Answer, Policy, answer_all, in_order
from entnorm.cli.outputs import Row, Text, Tsv, Writer, emit, number, rounded, structured
from entnorm.cli.progress import Progress
from entnorm.cli.tables import Column, bold, printable, table, terminal_width
from entnorm.errors import ConfigError

SUMMARY = "Find people and places in texts: text files, JSON Lines with a 'text' field, or standard input."
EPILOG = """\
examples:
  entnorm run article.txt
  entnorm run --replace --to de < article.txt
  entnorm run news.jsonl --format jsonl --workers 4 > names.jsonl
  cat news.jsonl | entnorm run --input jsonl --on-error skip -

JSON Lines have 'text' and optional 'id' and 'lang'; other fields pass through."""

_KNOWN = ("id", "text", "lang")
_TSV = (
    "start",
    "end",
    "text",
    "kind",
    "status",
    "entity_id",
    "name",
    "base",
    "score",
    "confidence",
    "cluster",
)
_COLUMNS = (
    Column("at", 6, right=True),
    Column("text", 20, 10),
    Column("kind", 6),
    Column("name", 20, 10),
    Column("score", 5, right=True),
    Column("conf", 4, right=True),
    Column("id", 17, 12),
)


def add_inputs(parser: argparse.ArgumentParser) -> None:
    """Declare what is read, and with what: options that ``report`` has too."""
    parser.add_argument("files", metavar="FILE", nargs="*", help="text or JSON Lines; - or none: standard input")
    parser.add_argument(
        "--input", choices=("text", "jsonl"), help="what the input is (default: by extension, else text)"
    )
    opt.add_languages(parser, "text")
    parser.add_argument(
        "--min-confidence",
        type=opt.share,
        metavar="P",
        help="leave out mentions below this confidence (0 to 1)",
    )
    opt.add_model(parser)
    opt.add_index(parser)
    opt.add_calibration(parser)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    add_inputs(parser)
    opt.add_format(parser, note="jsonl for JSON Lines, else table")
    parser.add_argument("--replace", action="store_true", help="write the text with the canonical names put in")
    parser.add_argument("--min-score", type=opt.share, metavar="S", help="least similarity of a candidate (0 to 1)")
    parser.add_argument("--workers", type=opt.count, default=1, metavar="N", help="processes (default: 1)")
    opt.add_errors(parser)


def main(args: argparse.Namespace) -> int:
    """Run the command."""
    files = args.files or ["-"]
    format_ = args.format or _default_format(args, files)
    if args.replace and format_ in ("table", "tsv"):
        if args.format:
            raise ConfigError(f"--replace writes text, not {format_}", "leave out --format, or use json or jsonl")
        format_ = "text"
    options = _options(args)
    norm = opt.make_normalizer(options)
    languages = opt.languages_of(options, norm, args.strict)
    meter = measure(files)
    checked = (languages.item(i, "lang") for i in items(files, args.input, meter))
    if args.workers == 1:
        pairs: Iterable[Any] = in_order(answerer(options, norm), checked)
    else:
        from entnorm.cli.workers import spread

        pairs = spread(setup, options, checked, args.workers)
    return answer_all(
        pairs,
        _writer(format_),
        policy=Policy(args.on_error == "skip", args.strict),
        blank=_blank,
        matched=lambda row: bool(row["mentions"]),
        progress=Progress(meter, "documents"),
    )


def _options(args: argparse.Namespace) -> opt.Options:
    settings = {"min_confidence": args.min_confidence, "min_score": args.min_score}
    return opt.Options(
        indexes=tuple(args.index),
        lang=args.lang,
        to=args.to,
        replace=args.replace,
        model=args.model,
        calibration=args.calibration,
        settings=tuple((k, v) for k, v in settings.items() if v is not None),
    )


def _default_format(args: argparse.Namespace, files: list[str]) -> str:
    lines = args.input == "jsonl" or (args.input is None and all(map(is_json_lines, files)))
    return "jsonl" if lines else "table"


def setup(options: opt.Options) -> Answer:
    """The answering function of a worker process."""
    return answerer(options, opt.make_normalizer(options))


def answerer(options: opt.Options, norm: Any) -> Answer:
    """A function from a document to its row."""

    def answer(item: Item) -> Row:
        document = norm(clean(item.fields["text"]), lang=item.fields["lang"] or options.lang, to=options.to)
        row: Row = rounded(document.to_json())
        row["id"] = item.fields["id"]
        if options.replace:
            row["replaced"] = document.replace()
        return row

    return answer


def items(files: list[str], kind: str | None, meter: Meter) -> Iterator[Item]:
    """The documents in files, each with the place it came from; ``kind`` is ``text``, ``jsonl``, or by extension."""
    for name in files:
        if name == "-" and sys.stdin is not None and sys.stdin.isatty():
            say("reading from the terminal; end with Ctrl-D")
        if kind == "jsonl" or (kind is None and is_json_lines(name)):
            yield from read_lines(name, meter, Shape(_KNOWN, _parse))
        else:
            yield read_text(name, meter)


def _parse(row: dict[str, Any]) -> dict[str, Any]:
    return {"id": row.get("id"), "text": required(row, "text"), "lang": optional(row, "lang")}


def _blank(item: Item) -> Row:
    return {"id": item.fields.get("id"), "lang": None, "mentions": []}


def _writer(format_: str) -> Writer:
    if format_ == "tsv":
        return Tsv(("id", *_TSV), lambda row: [[row["id"], *(m[f] for f in _TSV)] for m in row["mentions"]])
    if format_ == "table":
        return Text(_renderer())
    if format_ == "text":
        return _Replaced()
    return structured(format_)


class _Replaced:
    """Rewritten texts one after the other, as they are, with a line end added where two would meet."""

    def __init__(self) -> None:
        self._last = ""

    def row(self, row: Row) -> None:
        """Write one text."""
        if "error" not in row:
            emit(("\n" if self._last and not self._last.endswith("\n") else "") + row["replaced"])
            self._last = row["replaced"]

    def close(self) -> None:
        """End the line on a terminal."""
        if self._last and not self._last.endswith("\n") and sys.stdout.isatty():
            emit("\n")


def _renderer() -> Callable[[Row], str]:
    width = terminal_width()
    first = True

    def render(row: Row) -> str:
        nonlocal first
        lead, first = ("" if first else "\n"), False
        many = len(row["mentions"])
        title = printable(str(row["id"])) + ": " if row["id"] is not None else ""
        title += f"{many} mention" + ("" if many == 1 else "s") + (f", text in {row['lang']}" if row["lang"] else "")
        lines = [bold(title)]
        if many:
            lines += table(_COLUMNS, [_cells(m) for m in row["mentions"]], width)
        return lead + "\n".join(lines) + "\n"

    return render


def _cells(mention: Row) -> list[str]:
    status = mention["status"]
    shown = mention["entity_id"] or (f"{status} ({len(mention['matches'])})" if mention["matches"] else status)
    confidence = number(mention["confidence"])
    return [
        str(mention["start"]),
        printable(mention["text"]),
        mention["kind"],
        printable(mention["name"]),
        "" if confidence else number(mention["score"]),
        confidence,
        printable(shown),
    ]
