"""The page of ``entnorm report``: texts with their mentions marked, and the entities in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from entnorm.models import Document, Match, Mention
from entnorm.report.html import Column, Markup, address, esc, linked, page, sources, table, tag

SYMBOL = {"person": "●", "place": "▲"}
_LIST = {"resolved": "Entities", "ambiguous": "Ambiguous", "unknown": "On no list"}
_ABOUT = {
    "ambiguous": "Listed names that fit several entities, none of them clearly better.",
    "unknown": "Names of people and places that no gazetteer lists, in Latin letters.",
}


@dataclass(slots=True)
class Group:
    """The mentions of one entity, or of one name that is ambiguous or on no list."""

    number: int
    status: str
    mentions: list[Mention] = field(default_factory=list)

    @property
    def first(self) -> Mention:
        """The mention that stands for all."""
        return self.mentions[0]

    @property
    def anchor(self) -> str:
        """Where its row is found in the page."""
        return f"e{self.number}"


def grouped(documents: Iterable[Document]) -> dict[int, Group]:
    """The group of each mention, by ``id(mention)``; the most frequent of each status have the lowest numbers."""
    groups: dict[tuple[Any, ...], Group] = {}
    of: dict[int, Group] = {}
    for mention in (m for d in documents for m in d.mentions):
        group = groups.setdefault(_key(mention), Group(0, mention.status))
        group.mentions.append(mention)
        of[id(mention)] = group
    order = {status: i for i, status in enumerate(_LIST)}
    ranked = sorted(groups.values(), key=lambda g: (order[g.status], -len(g.mentions)))
    for number, group in enumerate(ranked, 1):
        group.number = number
    return of


def _key(mention: Mention) -> tuple[Any, ...]:
    if mention.status == "resolved":
        return "resolved", mention.entity_id
    if mention.status == "ambiguous":
        return ("ambiguous", *(m.entity_id for m in mention.matches))
    return "unknown", mention.kind, mention.name


def document_page(
    documents: Sequence[Document], gazetteers: Iterable[Mapping[str, Any]], version: str, title: str = ""
) -> str:
    """The page of some documents; ``gazetteers`` are those of the manifest of the index behind them.

    >>> "0 mentions" in document_page([Document(text="Nichts")], [], "1")
    True
    """
    of = grouped(documents)
    groups = sorted({id(g): g for g in of.values()}.values(), key=lambda g: g.number)
    counts = Counter(g.status for g in groups)
    many = sum(len(d.mentions) for d in documents)
    said = [
        many_of(len(documents), "text"),
        many_of(many, "mention"),
        many_of(counts["resolved"], "entity", "entities"),
    ]
    heading = title or "People and places"
    body: list[Markup] = [tag("h1", heading, dir="auto"), tag("p", ", ".join(said) + ".", class_="lead"), _legend()]
    body.append(tag("h2", "Texts" if len(documents) != 1 else "Text"))
    body += [_text(d, of) for d in documents]
    for status, make in (("resolved", _entities), ("ambiguous", _ambiguous), ("unknown", _unknown)):
        chosen = [g for g in groups if g.status == status]
        if chosen:
            body.append(tag("h2", _LIST[status]))
            body += [tag("p", _ABOUT[status], class_="note")] if status in _ABOUT else []
            body.append(make(chosen))
    provenance = documents[0].provenance if documents else {}
    return page(heading, *body, sources(provenance, gazetteers, version))


def many_of(n: int, one: str, several: str = "") -> str:
    """A count with its noun.

    >>> many_of(1, "text"), many_of(2000, "entity", "entities")
    ('1 text', '2,000 entities')
    """
    return f"{n:,} {one if n == 1 else several or one + 's'}"


def _legend() -> Markup:
    return tag(
        "ul",
        tag("li", tag("mark", "person", class_="person"), f" {SYMBOL['person']} solid line"),
        tag("li", tag("mark", "place", class_="place"), f" {SYMBOL['place']} dashed line"),
        tag("li", tag("mark", "slanted", class_="person unknown"), " ? ambiguous, or * on no list"),
        tag("li", "the small number leads to the lists below"),
        class_="legend",
    )


def _text(document: Document, of: Mapping[int, Group]) -> Markup:
    parts: list[Markup] = []
    last = 0
    for mention in document.mentions:
        parts += [esc(document.text[last : mention.start]), _marked(mention, of[id(mention)])]
        last = mention.end
    parts.append(esc(document.text[last:]))
    name = [tag("h3", document.id, dir="auto")] if document.id is not None else []
    return tag("section", *name, tag("div", *parts, class_="text", dir="auto", lang=document.lang))


def _marked(mention: Mention, group: Group) -> Markup:
    sign = {"ambiguous": "?", "unknown": "*"}.get(mention.status, "")
    about = f"{mention.kind}, {mention.status}: {mention.name}"
    if mention.confidence is not None:
        about += f", confidence {mention.confidence:.2f}"
    text = tag("mark", mention.text, class_=f"{mention.kind} {mention.status}", title=about)
    ref = tag("a", f"{SYMBOL[mention.kind]}{group.number}{sign}", class_="ref", href=f"#{group.anchor}", dir="ltr")
    return Markup(text + ref)


def _entities(groups: Sequence[Group]) -> Markup:
    columns = [
        Column("no.", "number"), Column("kind", "kind"), Column("name", "names"), Column("id"),
        Column("mentions", "number"), Column("confidence", "number"), Column("written", "names"),
    ]  # fmt: skip
    rows = [
        [
            str(g.number), _kind(g), _auto(g.first.name), _ids(g.first),
            str(len(g.mentions)), _confidence(g), _surfaces(g),
        ]
        for g in groups
    ]  # fmt: skip
    return table(columns, rows, ids=[g.anchor for g in groups], class_="cards")


def _ambiguous(groups: Sequence[Group]) -> Markup:
    columns = [
        Column("no.", "number"), Column("kind", "kind"), Column("written", "names"), Column("mentions", "number"),
        Column("may be", "names"),
    ]  # fmt: skip
    rows = [[str(g.number), _kind(g), _surfaces(g), str(len(g.mentions)), _candidates(g.first.matches)] for g in groups]
    return table(columns, rows, ids=[g.anchor for g in groups], class_="cards")


def _unknown(groups: Sequence[Group]) -> Markup:
    columns = [
        Column("no.", "number"), Column("kind", "kind"), Column("name", "names"), Column("mentions", "number"),
        Column("confidence", "number"), Column("written", "names"),
    ]  # fmt: skip
    rows = [
        [str(g.number), _kind(g), _auto(g.first.name), str(len(g.mentions)), _confidence(g), _surfaces(g)]
        for g in groups
    ]
    return table(columns, rows, ids=[g.anchor for g in groups], class_="cards")


def _kind(group: Group) -> str:
    return f"{SYMBOL[group.first.kind]} {group.first.kind}"


def _ids(mention: Mention) -> Markup:
    """The id; where it leads nowhere, also the first other one that does."""
    own = mention.entity_id or ""
    others = mention.best.same_as if mention.best and address(own) is None else ()
    beside = next((key for key in others if address(key)), None)
    return linked(own) if beside is None else Markup(f"{linked(own)} {linked(beside)}")


def _auto(text: str) -> Markup:
    return tag("span", text, dir="auto")


def _confidence(group: Group) -> str:
    """The range of the confidences, empty where there is none."""
    known = [m.confidence for m in group.mentions if m.confidence is not None]
    low, high = (f"{min(known):.2f}", f"{max(known):.2f}") if known else ("", "")
    return low if low == high else f"{low} to {high}"


def _surfaces(group: Group) -> Markup:
    counted = Counter(m.text for m in group.mentions)
    said = [Markup(_auto(text) + (esc(f" ×{n}") if n > 1 else "")) for text, n in counted.most_common()]
    return tag("span", Markup(", ".join(said)))


def _candidates(matches: Sequence[Match]) -> Markup:
    lines = []
    for match in matches:
        facts = [f for f in (match.type, match.country) if f]
        facts += [f"confidence {match.confidence:.2f}"] if match.confidence is not None else []
        lines.append(
            tag("div", _auto(match.name), f" ({', '.join(facts)}) " if facts else " ", linked(match.entity_id))
        )
    return tag("div", *lines)
