"""What every page is made of: escaping, links, tables, and the page around them."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Any
from urllib.parse import quote

#: Characters that no page may hold (controls, surrogates), or that turn the direction of what follows.
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufffe\uffff]")
_ID_PAGES = {
    "geonames": (re.compile(r"\d+"), "https://www.geonames.org/{}"),
    "wikidata": (re.compile(r"[QLP]\d+"), "https://www.wikidata.org/wiki/{}"),
    "enwiki": (re.compile(r".+", re.S), "https://en.wikipedia.org/wiki/{}"),
}


class Markup(str):
    """A string that is HTML already."""

    __slots__ = ()


def esc(value: object) -> Markup:
    """A value as HTML text or attribute, ``Markup`` as it is; what no page may hold becomes U+FFFD.

    >>> esc('<b> & "x"')
    '&lt;b&gt; &amp; &quot;x&quot;'
    """
    if isinstance(value, Markup):
        return value
    return Markup(html.escape(_UNSAFE.sub("\ufffd", str(value))))


def tag(name: str, *inner: object, **attributes: object) -> Markup:
    """An element; attributes are escaped, ``None`` ones left out, and a trailing ``_`` of their names too.

    >>> tag("td", "a < b", class_="number", id=None)
    '<td class="number">a &lt; b</td>'
    """
    said = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{esc(value)}"' for key, value in attributes.items() if value is not None
    )
    return Markup(f"<{name}{said}>{''.join(map(esc, inner))}</{name}>")


def address(key: str) -> str | None:
    """The https address that an id stands for or is, ``None`` where there is none.

    >>> address("geonames:703448"), address("https://example.org/x"), address("javascript:alert(1)")
    ('https://www.geonames.org/703448', 'https://example.org/x', None)
    """
    scheme, _, rest = key.partition(":")
    if scheme == "https" and re.fullmatch(r"//[^\s\"'<>\\]+", rest):
        return key
    pattern, page = _ID_PAGES.get(scheme, (None, ""))
    return page.format(quote(rest, safe="()',:")) if pattern is not None and pattern.fullmatch(rest) else None


def linked(key: str) -> Markup:
    """An id, with a link where it stands for an https address.

    >>> linked("desk:17"), linked("geonames:1")
    ('desk:17', '<a href="https://www.geonames.org/1" rel="noreferrer">geonames:1</a>')
    """
    target = address(key)
    return tag("a", key, href=target, rel="noreferrer") if target else esc(key)


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading and the class of its cells (``number`` and ``names`` are known to the style sheet)."""

    head: str
    class_: str | None = None


def table(
    columns: Sequence[Column], rows: Iterable[Sequence[object]], *, ids: Sequence[str] = (), class_: str | None = None
) -> Markup:
    """A table that scrolls by itself where the page is too narrow; ``ids`` are those of its rows."""
    heads = tag("tr", *(tag("th", c.head, scope="col", class_=c.class_) for c in columns))
    body = [
        tag(
            "tr",
            *(tag("td", v, class_=c.class_, data_head=c.head) for c, v in zip(columns, row, strict=True)),
            id=ids[i] if ids else None,
        )
        for i, row in enumerate(rows)
    ]
    return tag("div", tag("table", tag("thead", heads), tag("tbody", *body), class_=class_), class_="scroll")


def page(title: str, *body: object) -> str:
    """A whole page."""
    style = resources.files("entnorm.report").joinpath("style.css").read_text(encoding="utf-8")
    head = [
        Markup('<meta charset="utf-8">'),
        Markup('<meta name="viewport" content="width=device-width, initial-scale=1">'),
        tag("title", title),
        tag("style", Markup(style)),
    ]
    inner = tag("html", tag("head", *head), tag("body", *body), lang="en")
    return f"<!DOCTYPE html>\n{inner}\n"


def sources(provenance: Mapping[str, str], gazetteers: Iterable[Mapping[str, Any]], version: str) -> Markup:
    """The footer: what the answers rest on, and whose data that is."""
    facts = "; ".join(f"{name.replace('_', ' ')} {value}" for name, value in provenance.items())
    stated: list[Markup] = []
    for gazetteer in gazetteers:
        head = " ".join(str(gazetteer[k]) for k in ("name", "version") if gazetteer.get(k))
        licence = f"Licence: {gazetteer.get('licence') or 'not stated'}."
        stated += [tag("dt", head), tag("dd", " ".join(x for x in (licence, gazetteer.get("attribution") or "") if x))]
    made = tag("p", f"Made by entnorm {version}: {facts}.")
    return (
        tag("footer", made, tag("p", "Names and places come from:"), tag("dl", *stated))
        if stated
        else tag("footer", made)
    )
