"""``entnorm lookup``: who or what a name denotes."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import Any

from entnorm.cli import options as opt
from entnorm.cli.inputs import (
    Item,
    Meter,
    Shape,
    clean,
    is_json_lines,
    measure,
    optional,
    read_lines,
    required,
)
from entnorm.cli.loop import Answer, Policy, answer_all, in_order
from entnorm.cli.outputs import Row, Text, Tsv, Writer, number, rounded, structured
from entnorm.cli.progress import Progress
from entnorm.cli.tables import Column, bold, fit, line, printable, terminal_width, without_empty
from entnorm.errors import ConfigError
from entnorm.models import match_json

SUMMARY = "Look names up. Prints the people and places each name may denote, the likeliest first."
EPILOG = """\
examples:
  entnorm lookup Kiew Lemberg "Region Kursk"
  entnorm lookup Зеленського --kind person --to de --explain
  entnorm lookup --batch names.txt --limit 1 --format tsv
  entnorm lookup --batch names.jsonl --format jsonl

A batch file has one name a line, or JSON Lines with 'name' and optional
'lang' and 'kind'; other fields pass through. An empty line is an empty name."""

_KNOWN = ("name", "lang", "kind")
_TSV = (
    "entity_id",
    "kind",
    "name",
    "matched_name",
    "score",
    "confidence",
    "type",
    "country",
    "lat",
    "lon",
    "same_as",
)
_COLUMNS = (
    Column("query", 16, 8),
    Column("name", 19, 8),
    Column("kind", 6),
    Column("type", 7, 4),
    Column("cc", 2),
    Column("score", 5, right=True),
    Column("conf", 4, right=True),
    Column("id", 17, 16),
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("names", metavar="NAME", nargs="*", help="name to look up")
    parser.add_argument("--batch", metavar="FILE", help="file of names; - is standard input")
    parser.add_argument("--kind", choices=opt.KINDS, help="answer with people or places only")
    opt.add_languages(parser, "names")
    parser.add_argument("--limit", type=opt.count, default=5, metavar="N", help="most answers per name (default: 5)")
    parser.add_argument("--min-score", type=opt.share, metavar="S", help="least similarity of an answer (0 to 1)")
    parser.add_argument("--explain", action="store_true", help="show the evidence behind each score")
    opt.add_format(parser, note="jsonl for a JSON Lines batch, else table")
    opt.add_index(parser)
    opt.add_calibration(parser)
    opt.add_errors(parser)


def main(args: argparse.Namespace) -> int:
    """Run the command."""
    if not args.names and args.batch is None:
        raise ConfigError("no name given", "give a NAME, or --batch FILE (- for standard input)")
    options = opt.Options(
        indexes=tuple(args.index),
        lang=args.lang,
        to=args.to,
        kind=args.kind,
        limit=args.limit,
        explain=args.explain,
        calibration=args.calibration,
        settings=(
            ("limit", min(args.limit, 100)),
            *((("min_score", args.min_score),) if args.min_score is not None else ()),
        ),
    )
    norm = opt.make_normalizer(options)
    languages = opt.languages_of(options, norm, args.strict)
    meter = measure([args.batch]) if args.batch else Meter()
    items = (languages.item(i, "lang") for i in _items(args.names, args.batch, meter))
    default = "jsonl" if args.batch and is_json_lines(args.batch) else "table"
    return answer_all(
        in_order(answerer(options, norm), items),
        _writer(args.format or default, streaming=args.batch is not None),
        policy=Policy(args.on_error == "skip", args.strict),
        blank=lambda item: {"query": item.fields.get("name"), "matches": []},
        matched=lambda row: bool(row["matches"]),
        progress=Progress(meter, "names"),
    )


def answerer(options: opt.Options, norm: Any) -> Answer:
    """A function from a name to its row."""

    def answer(item: Item) -> Row:
        name, lang, kind = (item.fields.get(f) for f in _KNOWN)
        matches = norm.lookup(
            clean(name or ""),
            kind=kind or options.kind,
            lang=lang or options.lang,
            to=options.to,
            limit=options.limit,
        )
        return rounded({"query": name, "matches": [match_json(m, explain=options.explain) for m in matches]})

    return answer


def _items(names: list[str], batch: str | None, meter: Meter) -> Iterator[Item]:
    for name in names:
        yield Item(repr(name), fields={"name": name})
    if batch is not None:
        yield from read_lines(batch, meter, Shape(_KNOWN, _parse, lambda text: {"name": text}))


def _parse(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": required(row, "name"),
        "lang": optional(row, "lang"),
        "kind": optional(row, "kind", opt.KINDS),
    }


def _writer(format_: str, streaming: bool) -> Writer:
    if format_ == "tsv":
        return Tsv(("query", "rank", *_TSV), _flatten)
    if format_ == "table":
        table = _Table(streaming)
        return Text(table.render, table.rest)
    return structured(format_)


def _flatten(row: Row) -> Iterator[list[Any]]:
    """One line per match; a name that matched nothing keeps a line of its own."""
    for rank, match in enumerate(row["matches"], 1):
        yield [row["query"], rank, *(match[f] for f in _TSV)]
    if not row["matches"]:
        yield [row["query"], *[None] * (len(_TSV) + 1)]


class _Table:
    """Answers as a table: widths from the answers for a few names, fixed beforehand for a stream of them."""

    def __init__(self, streaming: bool) -> None:
        self._streaming = streaming
        self._width = terminal_width()
        self._begun = False
        self._kept: list[tuple[list[str], list[str]]] = []

    def render(self, row: Row) -> str:
        """The lines of one answer, or nothing yet."""
        lines = _table_lines(row)
        if not self._streaming:
            self._kept += lines
            return ""
        widths = fit(_COLUMNS, None, self._width)
        spare = self._width - sum(widths) - 2 * (len(widths) - 1)
        for i in (0, 1):
            widths[i] += max(0, spare // 2)
        text = "" if self._begun else bold(line([c.head for c in _COLUMNS], _COLUMNS, widths)) + "\n"
        self._begun = True
        return text + "".join("\n".join([line(cells, _COLUMNS, widths), *notes]) + "\n" for cells, notes in lines)

    def rest(self) -> str:
        """The lines kept back."""
        if not self._kept:
            return ""
        columns, rows = without_empty(_COLUMNS, [cells for cells, _ in self._kept])
        widths = fit(columns, rows, self._width)
        lines = [bold(line([c.head for c in columns], columns, widths))]
        for cells, (_, notes) in zip(rows, self._kept, strict=True):
            lines += [line(cells, columns, widths), *notes]
        return "\n".join(lines) + "\n"


def _table_lines(row: Row) -> list[tuple[list[str], list[str]]]:
    query = printable(row["query"] or "")
    if not row["matches"]:
        return [([query, "nothing found", *[""] * 6], [])]
    lines = []
    for rank, match in enumerate(row["matches"]):
        cells = [
            "" if rank else query,
            printable(match["name"]),
            match["kind"],
            match["type"] if match["kind"] == "place" else "",
            match["country"] or "",
            number(match["score"]),
            number(match["confidence"]),
            printable(match["entity_id"]),
        ]
        lines.append((cells, explanation(match)))
    return lines


def explanation(match: Row) -> list[str]:
    """Evidence as indented lines, the weightiest first; nothing without ``--explain``."""
    evidence = sorted(match.get("evidence", ()), key=lambda e: -abs(e["weight"]))
    shown = [
        f"  {e['weight']:+.2f}  {e['feature']}" + ("" if e["value"] is None else f": {e['value']}") for e in evidence
    ]
    return [f"  listed as {printable(match['matched_name'])}", *map(printable, shown)] if evidence else []
