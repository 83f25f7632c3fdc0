"""The page of ``entnorm eval --report``: figures, and reliability diagrams drawn as SVG."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from entnorm.evaluate.figures import ALL, ERRORS, MEANING, Figure, Result, scopes
from entnorm.evaluate.reliability import Bin, expected_error
from entnorm.report.html import Column, Markup, esc, page, sources, table, tag

_CAPTION = "Bars: the share right. Rings: the confidence said. Under them: how many answers. They should meet."
_SIZE, _LEFT, _TOP, _BOTTOM = 300, 44, 12, 56


def figures_page(
    result: Result,
    files: Sequence[str],
    provenance: Mapping[str, str],
    gazetteers: Iterable[Mapping[str, Any]],
    version: str,
) -> str:
    """The page of some figures; ``files`` are the gold that they were measured on.

    >>> "<table" in figures_page(Result([Figure("f1", 0.5, 2)]), ["gold.jsonl"], {}, [], "1")
    True
    """
    names = tag("span", ", ".join(files), dir="auto")
    body = [
        tag("h1", "How good the answers are"),
        tag("p", f"Measured on {result.said or 'nothing'} of ", names, ".", class_="lead"),
    ]
    overall = [f for f in result.figures if f.lang == ALL and f.kind == ALL]
    body += [tag("h2", "Overall"), _overall(overall)]
    for what, bins in result.reliability.items():
        body += [tag("h2", f"Confidence of {what}"), _reliability(what, bins)]
    narrow = [scope for scope in scopes(result.figures) if scope != (ALL, ALL)]
    if narrow:
        body += [tag("h2", "By kind and language"), *_by_scope(result.figures, narrow)]
    return page("How good the answers are", *body, sources(provenance, gazetteers, version))


def _value(figure: Figure) -> str:
    return "" if figure.value is None else f"{figure.value:.3f}"


def _overall(figures: Iterable[Figure]) -> Markup:
    columns = [Column("figure"), Column("value", "number"), Column("cases", "number"), Column("meaning", "names")]
    rows = [[f.metric, _value(f), f"{f.n:,}", MEANING[f.metric]] for f in figures]
    return table(columns, rows, class_="cards")


def _by_scope(figures: Sequence[Figure], narrow: Sequence[tuple[str, str]]) -> list[Markup]:
    """A table of languages and kinds for each family of figures, so that no table is wider than a page."""
    found = {(f.metric, f.lang, f.kind): f for f in figures}
    present = [m for m in MEANING if any(f.metric == m for f in figures)]
    families = [
        ("Mentions", [m for m in present if m.startswith(("precision", "recall", "f1"))]),
        ("Names, ids and places", [m for m in present if m.startswith(("name", "id", "near", "lemma", "lookup"))]),
        ("Pairs", [m for m in present if m.startswith("pair") and "0.9" not in m]),
        ("Confidence", [m for m in present if m in ERRORS or "0.9" in m]),
    ]
    parts = []
    for title, metrics in families:
        rows = []
        for lang, kind in narrow:
            cells = [found.get((m, lang, kind)) for m in metrics]
            if any(cells):
                rows.append([lang, kind, *("" if f is None else _value(f) for f in cells)])
        if rows and metrics:
            columns = [Column("language"), Column("kind"), *(Column(m.replace("_", " "), "number") for m in metrics)]
            parts += [tag("h3", title), table(columns, rows)]
    return parts


def _reliability(what: str, bins: Sequence[Bin]) -> Markup:
    columns = [Column("said"), Column("answers", "number"), Column("mean said", "number"), Column("right", "number")]
    rows = [[f"{b.low:.1f} to {b.high:.1f}", f"{b.n:,}", f"{b.confidence:.3f}", f"{b.right:.3f}"] for b in bins]
    return tag(
        "div", tag("figure", diagram(what, bins), tag("figcaption", _CAPTION)), table(columns, rows), class_="pair"
    )


def diagram(what: str, bins: Sequence[Bin]) -> Markup:
    """A reliability diagram: a bar for the share right in each bin, a ring for the confidence said, and the diagonal on
    which they would meet.

    >>> diagram("mentions", [Bin(0.9, 1.0, 5, 0.95, 0.8)]).startswith("<svg")
    True
    """
    width, height = _LEFT + _SIZE + 12, _TOP + _SIZE + _BOTTOM
    total, error = sum(b.n for b in bins), expected_error(bins) or 0.0
    about = f"Reliability of the confidence of {what}: {total:,} answers, expected calibration error {error:.3f}."
    parts = [tag("title", about), *_grid()]
    for b in bins:
        left, right = _x(b.low), _x(b.high)
        parts.append(
            tag("rect", x=left + 2, y=_y(b.right), width=right - left - 4, height=round(_SIZE * b.right, 1),
                fill="#9db8d6", stroke="#0b3a66")
        )  # fmt: skip
        parts.append(
            tag("circle", cx=_x(b.confidence), cy=_y(b.confidence), r=4, fill="#fff", stroke="#8a3b12", stroke_width=2)
        )
        parts.append(_label((left + right) / 2, _TOP + _SIZE + 30, _short(b.n)))
    parts += [
        _label(_LEFT + _SIZE / 2, height - 8, "confidence said"),
        tag("text", "share right", transform=f"translate(12 {_TOP + _SIZE / 2}) rotate(-90)", text_anchor="middle"),
    ]
    return tag("svg", *parts, viewBox=f"0 0 {width} {height}", role="img", aria_label=about)


def _grid() -> list[Markup]:
    parts = [tag("line", x1=_x(0), y1=_y(0), x2=_x(1), y2=_y(1), stroke="#5a5a60", stroke_dasharray="4 4")]
    for tenth in range(0, 11, 2):
        at = tenth / 10
        parts.append(tag("line", x1=_x(0), y1=_y(at), x2=_x(1), y2=_y(at), stroke="#d5d5da"))
        parts.append(_label(_x(at), _TOP + _SIZE + 14, f"{at:.1f}"))
        parts.append(tag("text", f"{at:.1f}", x=_LEFT - 6, y=_y(at) + 4, text_anchor="end"))
    return parts


def _label(x: float, y: float, text: str) -> Markup:
    return tag("text", esc(text), x=round(x, 1), y=round(y, 1), text_anchor="middle")


def _x(share: float) -> float:
    return round(_LEFT + _SIZE * share, 1)


def _y(share: float) -> float:
    return round(_TOP + _SIZE * (1 - share), 1)


def _short(n: int) -> str:
    """A count in four characters at most."""
    return str(n) if n < 10_000 else f"{n // 1000}k" if n < 1_000_000 else f"{n // 1_000_000}M"
