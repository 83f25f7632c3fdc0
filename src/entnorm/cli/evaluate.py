"""``entnorm eval``: how good the answers are, by gold of one's own."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from entnorm.cli import options as opt
from entnorm.cli.app import say
from entnorm.cli.inputs import Meter, Shape, measure, read_lines
from entnorm.cli.outputs import Tsv, Writer, emit, structured, to_json
from entnorm.cli.progress import Progress
from entnorm.cli.tables import Column, bold, fit, line, terminal_width
from entnorm.errors import EntnormError, InputError
from entnorm.evaluate.figures import ALL, Figure, Gate, Result, failures, scopes
from entnorm.evaluate.gold import Gold, GoldDocument, GoldLookup, GoldPair, parse, tsv_reader
from entnorm.evaluate.measure import Measure, Normalizing
from entnorm.evaluate.reliability import Bin

SUMMARY = "Measure the answers against gold: precision, recall, names, ids, and whether confidence means what it says."
EPILOG = """\
examples:
  entnorm eval gold.jsonl
  entnorm eval gold.jsonl pairs.tsv --format json --report figures.html
  entnorm eval gold.jsonl --fail-under f1=0.8 --fail-under ece=0.05
  entnorm eval fit gold.jsonl --index my-index -o calibration.json

Gold is JSON Lines or TSV: texts with marked mentions, pairs of names, or names
with who bears them (docs/formats.md). A metric may be narrowed to a language, a
kind or both: f1/de, f1/person, f1/de/person."""

_TSV = ("metric", "lang", "kind", "value", "n")
_FOUND = tuple(
    (f"{exact}{head}", f"{metric}{'_exact' if exact else ''}")
    for exact in ("", "exact ")
    for head, metric in (("P", "precision"), ("R", "recall"), ("F1", "f1"))
)
_NAMES = tuple((m, m) for m in ("name", "id", "near", "lemma", "lookup", "lookup_any"))
_PAIRS = (("accuracy", "pair_accuracy"), ("F1", "pair_f1"), ("AUC", "pair_auc"))
_SURE = (("ece", "ece"), ("right ≥ 0.9", "right_at_0.9"), ("said ≥ 0.9", "share_at_0.9"))
#: Tables of figures: title, columns as heading and metric, and the metric whose number of cases is shown.
_TABLES = (
    ("Mentions found", _FOUND, "recall"),
    ("Right of the mentions found, or names looked up", _NAMES, ""),
    ("Pairs", _PAIRS, "pair_accuracy"),
    ("Confidence of mentions", _SURE, "ece"),
    ("Confidence of lookups", tuple((head, f"lookup_{metric}") for head, metric in _SURE), "lookup_ece"),
    ("Confidence of pairs", tuple((head, f"pair_{metric}") for head, metric in _SURE), "pair_ece"),
)
_BAR = 20


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    add_gold(parser)
    opt.add_format(parser, note="table")
    parser.add_argument("--to", type=opt.code, metavar="LANG", help="language of the canonical names (default: en)")
    parser.add_argument(
        "--fail-under",
        metavar="METRIC=VALUE",
        action="append",
        default=[],
        help="exit with 1 if a figure is lower (an ece: higher); repeatable",
    )
    parser.add_argument("--report", metavar="OUT.html", type=Path, help="also write the figures as a web page")
    opt.add_calibration(parser)


def add_gold(parser: argparse.ArgumentParser) -> None:
    """Declare what ``eval`` and ``eval fit`` share."""
    parser.add_argument("gold", metavar="GOLD", nargs="+", help="file of gold; - is standard input")
    opt.add_model(parser)
    opt.add_index(parser)


def main(args: argparse.Namespace) -> int:
    """Run the command."""
    gates = [Gate.parse(text) for text in args.fail_under]
    settings = (("to", args.to),) if args.to else ()
    norm = opt.make_normalizer(
        opt.Options(tuple(args.index), model=args.model, calibration=args.calibration, settings=settings)
    )
    meter = measure(args.gold)
    with Progress(meter, "lines") as progress:
        result = measured(norm, gold_of(args.gold, meter, progress))
    _write(result, args.format or "table")
    if args.report:
        from entnorm import __version__
        from entnorm.report.figures import figures_page

        gazetteers = [g for index in norm.indexes for g in index.manifest["gazetteers"]]
        write_page(args.report, figures_page(result, args.gold, norm.provenance, gazetteers, __version__))
    wrong = failures(gates, result.figures)
    for said in wrong:
        say(f"failed: {said}")
    return 1 if wrong or not result.figures else 0


def write_page(path: Path, text: str) -> None:
    """Write a web page; :class:`~entnorm.errors.EntnormError` when that cannot be done."""
    try:
        path.write_text(text, encoding="utf-8", errors="replace", newline="\n")
    except OSError as error:
        raise EntnormError(f"{path}: {error.strerror or error}", "choose another place") from None


def gold_of(files: list[str], meter: Meter, progress: Progress) -> Iterator[tuple[str, list[Gold]]]:
    """Each file with its gold; raises :class:`~entnorm.errors.InputError` for the first line that is none."""
    for name in files:
        gold: list[Gold] = []
        for item in read_lines(name, meter, Shape((), lambda row: {"gold": parse(row)}, tsv_reader())):
            if item.error is not None:
                raise InputError(f"{item.where}: {item.error.message}", item.error.hint)
            if item.fields:
                gold.append(item.fields["gold"])
                progress.step()
        if not gold:
            raise InputError(f"{name}: there is no gold in it", "see docs/formats.md for what it looks like")
        yield name, gold


def kinds_of(gold: list[Gold]) -> frozenset[str]:
    """The kinds that the documents of a file mark; of others nothing is known."""
    return frozenset(m.kind for d in gold if isinstance(d, GoldDocument) for m in d.mentions if m.kind is not None)


def measured(norm: Normalizing, files: Iterator[tuple[str, list[Gold]]]) -> Result:
    """The figures of all files together."""
    taken = Measure()
    for _, gold in files:
        taken.kinds = kinds_of(gold)
        for one in gold:
            if isinstance(one, GoldDocument):
                taken.document(norm, one)
            elif isinstance(one, GoldPair):
                taken.pair(norm, one)
            elif isinstance(one, GoldLookup):
                taken.lookup(norm, one)
    return taken.result()


def _write(result: Result, format_: str) -> None:
    if format_ == "table":
        emit(render(result, terminal_width()))
        return
    if format_ == "json":
        curves = {what: [_bin_row(b) for b in found] for what, found in result.reliability.items()}
        emit_json({"counts": result.counts, "figures": result.rows(), "reliability": curves})
        return
    writer: Writer = Tsv(_TSV, lambda row: [[row[f] for f in _TSV]]) if format_ == "tsv" else structured(format_)
    for row in result.rows():
        writer.row(row)
    writer.close()


def emit_json(value: Mapping[str, Any]) -> None:
    """Write one JSON object over several lines."""
    emit(to_json(value, indent=2) + "\n")


def _bin_row(found: Bin) -> dict[str, float]:
    right, confidence = round(found.right, 4), round(found.confidence, 4)
    return {"low": found.low, "high": found.high, "n": found.n, "confidence": confidence, "right": right}


def render(result: Result, width: int) -> str:
    """All figures as tables."""
    lines = [bold(result.said or "nothing measured")]
    by_key = {f.key: f for f in result.figures}
    lines_of = scopes(result.figures)
    for title, columns, counted in _TABLES:
        shown = [(head, metric) for head, metric in columns if metric in by_key]
        rows = [_cells(by_key, scope, shown, counted) for scope in lines_of]
        rows = [row for row in rows if any(row[2:])]
        if rows:
            lines += ["", bold(title), *_table(["lang", "kind", *(head for head, _ in shown), "cases"], rows, width)]
    for what, found in result.reliability.items():
        lines += ["", bold(f"Reliability of the confidence of {what}"), *_reliability(found, width)]
    return "\n".join(lines) + "\n"


def _cells(by_key: dict[str, Figure], scope: tuple[str, str], shown: list[tuple[str, str]], counted: str) -> list[str]:
    suffix = "".join(f"/{part}" for part in scope if part != ALL)
    found = [by_key.get(metric + suffix) for _, metric in shown]
    cells = ["" if f is None or f.value is None else f"{f.value:.3f}" for f in found]
    cases = by_key.get(counted + suffix)
    number = max((f.n for f in found if f is not None), default=0) if cases is None else cases.n
    return [*scope, *cells, f"{number:,}" if any(cells) else ""]


def _table(heads: list[str], rows: list[list[str]], width: int) -> list[str]:
    columns = [Column(head, 6, right=i > 1) for i, head in enumerate(heads)]
    widths = fit(columns, rows, width)
    return [line(heads, columns, widths), *(line(row, columns, widths) for row in rows)]


def _reliability(found: list[Bin], width: int) -> list[str]:
    """The bins; the bar is the share right, the mark in it the confidence that was claimed."""
    rows = [[f"{b.low:.1f}-{b.high:.1f}", f"{b.n:,}", f"{b.confidence:.2f}", f"{b.right:.2f}", _bar(b)] for b in found]
    heads = ["said", "answers", "mean", "right", "right ▇, said │"]
    columns = [Column(head, 7, right=0 < i < 4) for i, head in enumerate(heads)]
    widths = fit(columns, rows, width)
    return [line(heads, columns, widths), *(line(row, columns, widths) for row in rows)]


def _bar(found: Bin) -> str:
    full, mark = round(found.right * _BAR), min(_BAR - 1, int(found.confidence * _BAR))
    return "".join("│" if i == mark else "▇" if i < full else "·" for i in range(_BAR))
