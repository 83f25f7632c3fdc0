"""``entnorm compare``: whether two names denote the same one."""

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
from entnorm.cli.tables import Column, bold, fit, line, printable, terminal_width
from entnorm.errors import ConfigError, InputError

SUMMARY = "Compare two names. Tells how alike they are and how surely they denote the same person or place."
EPILOG = """\
examples:
  entnorm compare "Wolodymyr Selenskyj" "Зеленский Владимир"
  entnorm compare Kiew Київ --kind place --format json
  entnorm compare --pairs pairs.tsv --format tsv

A pairs file has two tab-separated columns, or JSON Lines with 'a', 'b' and
optional 'lang_a', 'lang_b' and 'kind'; other fields pass through."""

_KNOWN = ("a", "b", "lang_a", "lang_b", "kind")
_TSV = ("a", "b", "score", "confidence", "same")
_COLUMNS = (
    Column("a", 28, 8),
    Column("b", 28, 8),
    Column("score", 5, right=True),
    Column("conf", 4, right=True),
    Column("same", 4),
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("names", metavar="NAME", nargs="*", help="the two names")
    parser.add_argument("--pairs", metavar="FILE", help="file of pairs; - is standard input")
    parser.add_argument("--kind", choices=opt.KINDS, help="what the names denote (default: person)")
    parser.add_argument("--lang-a", type=opt.source_code, metavar="CODE", help="language of the first name (ISO 639-1)")
    parser.add_argument("--lang-b", type=opt.source_code, metavar="CODE", help="language of the second name")
    opt.add_format(parser, note="jsonl for JSON Lines pairs, else table")
    opt.add_index(parser)
    opt.add_errors(parser)


def main(args: argparse.Namespace) -> int:
    """Run the command."""
    if args.pairs is None and len(args.names) != 2:
        hint = 'quote names of several words: entnorm compare "A B" "C D"'
        raise ConfigError(f"compare takes two names, not {len(args.names)}", hint)
    if args.pairs is not None and args.names:
        raise ConfigError("give either two names or --pairs FILE")
    norm = opt.make_normalizer(opt.Options(indexes=tuple(args.index)))
    languages = opt.Languages(norm.indexes, args.strict)
    languages.option("lang-a", args.lang_a)
    languages.option("lang-b", args.lang_b)
    given = {"kind": args.kind, "lang_a": args.lang_a, "lang_b": args.lang_b}
    meter = measure([args.pairs]) if args.pairs else Meter()
    items = (languages.item(i, "lang_a", "lang_b") for i in _items(args.names, args.pairs, meter))
    default = "jsonl" if args.pairs and is_json_lines(args.pairs) else "table"
    return answer_all(
        in_order(answerer(given, norm), items),
        _writer(args.format or default, streaming=args.pairs is not None),
        policy=Policy(args.on_error == "skip", args.strict),
        blank=lambda item: _row(item, 0.0, 0.0, False, []),
        matched=lambda row: bool(row["same"]),
        progress=Progress(meter, "pairs"),
    )


def answerer(given: dict[str, str | None], norm: Any) -> Answer:
    """A function from a pair to its row; ``given`` are options for where a pair states nothing itself."""

    def answer(item: Item) -> Row:
        pair = item.fields
        stated = {name: pair.get(name) or value for name, value in given.items()}
        chosen = {name: value for name, value in stated.items() if value is not None}
        result = norm.compare(clean(pair["a"]), clean(pair["b"]), **chosen)
        evidence = [e.model_dump() for e in result.evidence]
        return rounded(_row(item, result.score, result.confidence, bool(result.same), evidence))

    return answer


def _row(item: Item, score: float, confidence: float, same: bool, evidence: list[Row]) -> Row:
    names = {name: item.fields.get(name) for name in ("a", "b")}
    return {**names, "score": score, "confidence": confidence, "same": same, "evidence": evidence}


def _items(names: list[str], pairs: str | None, meter: Meter) -> Iterator[Item]:
    if pairs is None:
        yield Item("the pair", fields={"a": names[0], "b": names[1]})
    else:
        yield from read_lines(pairs, meter, Shape(_KNOWN, _parse, _columns))


def _parse(row: dict[str, Any]) -> dict[str, Any]:
    fields = {"a": required(row, "a"), "b": required(row, "b"), "kind": optional(row, "kind", opt.KINDS)}
    fields.update((name, optional(row, name)) for name in ("lang_a", "lang_b"))
    return fields


def _columns(text: str) -> dict[str, Any]:
    cells = text.split("\t")
    if len(cells) != 2:
        many = "1 column" if len(cells) == 1 else f"{len(cells)} columns"
        raise InputError(f"{many}, not 2", "a pair is two names with a tab between them")
    return {"a": cells[0], "b": cells[1]}


def _writer(format_: str, streaming: bool) -> Writer:
    if format_ == "tsv":
        return Tsv(_TSV, lambda row: [[row[f] for f in _TSV]])
    if format_ == "table":
        return Text(_Table(streaming).render)
    return structured(format_)


class _Table:
    """Pairs as a table: widths from the names for one pair, fixed beforehand for a stream of them."""

    def __init__(self, streaming: bool) -> None:
        self._streaming = streaming
        self._width = terminal_width()
        self._begun = False

    def render(self, row: Row) -> str:
        """The lines of one pair; with the evidence when there is only one."""
        cells = [printable(row["a"]), printable(row["b"]), number(row["score"]), number(row["confidence"])]
        cells.append("yes" if row["same"] else "no")
        widths = fit(_COLUMNS, None if self._streaming else [cells], self._width)
        if self._streaming:
            for i in (0, 1):
                widths[i] += max(0, self._width - 80) // 2
        lines = [] if self._begun else [bold(line([c.head for c in _COLUMNS], _COLUMNS, widths))]
        self._begun = True
        lines.append(line(cells, _COLUMNS, widths))
        if not self._streaming:
            for e in sorted(row["evidence"], key=lambda e: -abs(e["weight"])):
                value = "" if e["value"] is None else f": {e['value']}"
                weight = f"{e['weight']:+.2f}" if e["weight"] else ""
                lines.append(printable(f"  {weight:5}  {e['feature']}{value}"))
        return "\n".join(lines) + "\n"
