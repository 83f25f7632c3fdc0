"""The distinct names of a document, the phrases that put one into another, and what each means by default."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from entnorm.gazetteer.capitals import is_capital
from entnorm.index.store import Index
from entnorm.match.query import strip_type_word
from entnorm.match.score import Scored
from entnorm.mentions.places import PlaceSpan
from entnorm.resolve.geo import Floats, Node, World, holds, spot
from entnorm.resolve.geo_hints import area_of_word, countries_of_language
from entnorm.resolve.geo_phrases import containers, holders
from entnorm.text.fold import fold
from entnorm.text.typewords import type_of_word

#: Candidates kept for a name, those of an outer place that may hold it, candidates weighed together in a long text.
_MOST_CANDIDATES, _MOST_OUTER, _MOST_TOGETHER = 30, 8, 1500
#: Belief that a place is named which every listed span gets at least.
_LEAST_BELIEF = 0.2
#: Prominence from which a place is known beyond its country.
_FAMOUS = 0.4
#: Reasons that say a spelling is not the one a place is known by, and the weight below which they do.
_ODD = frozenset({"listed for another language", "other accents", "kind of spelling"})
_ODDLY = -0.015
#: A former name may be as well known as the place: Lemberg, Leningrad.
_FORMER = "former"
_DIVISIONS = frozenset({"admin1", "admin2", "region"})
#: A type word before a name: Stadt Luxemburg, province of Utrecht, штат Вашингтон.
_TYPE_WORD = re.compile(r"([^\W\d_]+)\.?\s(?:(?:of|de|di|do|da|del|van|von)\s|d['’])?$")
_LONGEST_TYPE_WORD = 30
_ADJECTIVE = re.compile(r"([^\W\d_][\w-]{3,})\s$")
#: What marks a name with an adjective before it, and how surely an adjective of a country says where it lies.
_OF_AREA, _OF_COUNTRY = "of ", 0.5
#: The type word is one of so many words before a name: d' may be the last one, and part of it.
_LETTERS, _BACK = re.compile(r"[^\W\d_]+"), 3

Mark = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Within:
    """A phrase puts the first of two spans into the second: pairs of their candidates that fit, with strengths."""

    outer: int
    pairs: tuple[tuple[int, int, float], ...]


def withins(text: str, spans: Sequence[PlaceSpan]) -> dict[int, Within]:
    """Spans that a phrase puts into the next one, where a candidate of the one lies in a candidate of the other.

    In a mere list (France, Germany) none does.
    """
    found: dict[int, Within] = {}
    known: dict[tuple[str, str], tuple[tuple[int, int, float], ...]] = {}
    phrases = [*containers(text, spans).items(), *holders(text, spans).items()]
    for i, (outer, strength) in phrases:
        if i in found or (outer in found and found[outer].outer == i):
            continue
        mark = (written(text, spans[i]), written(text, spans[outer]))
        if mark not in known:
            inner_spots = [spot(s.index, s.entity) for s in spans[i].ranked[:_MOST_CANDIDATES]]
            outer_spots = [spot(s.index, s.entity) for s in spans[outer].ranked[:_MOST_OUTER]]
            known[mark] = tuple(
                (k, n, held)
                for n, o in enumerate(outer_spots)
                for k, s in enumerate(inner_spots)
                if (held := holds(o, s))
            )
        if known[mark]:
            found[i] = Within(outer, tuple((k, n, held * strength) for k, n, held in known[mark]))
    return found


def written(text: str, span: PlaceSpan) -> str:
    """The words of a span, folded."""
    return fold(text[span.start : span.end])


def marks(text: str, spans: Sequence[PlaceSpan], within: dict[int, Within]) -> list[Mark]:
    """What makes each span one of its node: its words, the type they ask for, its part in a phrase, and the type that
    the word before asks for."""
    outer = {w.outer for w in within.values()}
    found = []
    for i, span in enumerate(spans):
        part = "holds" if i in outer else ""
        if i in within:
            part = "in " + written(text, spans[within[i].outer])
        if not part and (area := area_before(text, span.start, span.end)):
            part = _OF_AREA + area
        found.append((written(text, span), span.wants, part, "" if span.wants else asked_type(text, span)))
    return found


def asked_type(text: str, span: PlaceSpan) -> str:
    """The place type that the word before a span asks for, empty if it is no type word.

    >>> asked_type("die Stadt Luxemburg", PlaceSpan(2, 3, 10, 19, [], 0.0))
    'city'
    """
    first = max(0, span.start - _LONGEST_TYPE_WORD)
    if not any(map(type_of_word, _LETTERS.findall(text, first, span.start)[-_BACK:])):
        return ""
    word = _TYPE_WORD.search(text, first, span.start)
    return (type_of_word(word[1]) or "") if word else ""


def area_before(text: str, start: int, end: int) -> str:
    """The area that an adjective right before a name speaks of, empty if there is none; a compound is of its noun.

    >>> area_before("v texaské Paříži", 10, 16), area_before("der russische Berlin-Kenner", 14, 20)
    ('US/Texas', '')
    """
    word = _ADJECTIVE.search(text, max(0, start - _LONGEST_TYPE_WORD), start)
    return area_of_word(word[1]) if (word and text[end : end + 1] not in "-‐‑") or (word and end >= len(text)) else ""


def adjoined(nodes: Sequence[Node], world: World) -> list[float]:
    """How surely each candidate lies in the area of the adjective right before its name: texaská Paříž."""
    wanted = {n: node.part.removeprefix(_OF_AREA) for n, node in enumerate(nodes) if node.part.startswith(_OF_AREA)}
    if not wanted:
        return []
    found = [0.0] * len(world.spots)
    divisions = {d.number: (d.country, d.name) for d in division_names(nodes, world)}
    for number, area in wanted.items():
        country, _, division = area.partition("/")
        for i in world.of(number):
            if division:
                found[i] = float(divisions.get(world.admin1[i]) == (country, fold(division)))
            elif world.spots[i].type != "country":
                found[i] = _OF_COUNTRY * (world.spots[i].country == country)
    return found


def nodes_of(spans: Sequence[PlaceSpan], spans_marks: Sequence[Mark], lang: str | None) -> tuple[list[Node], list[int]]:
    """The nodes of some spans of a text in a language, and the number of each span's node."""
    nodes: list[Node] = []
    numbers: dict[Mark, int] = {}
    node_of = []
    for i, (span, mark) in enumerate(zip(spans, spans_marks, strict=True)):
        number = numbers.get(mark)
        if number is None:
            number = numbers[mark] = len(nodes)
            ranked = span.ranked[:_MOST_CANDIDATES]
            spots = [spot(s.index, s.entity) for s in ranked]
            stripped = strip_type_word(ranked[0].base) if span.wants else None
            base = fold(stripped[0] if stripped else ranked[0].base) or mark[0]
            called = [_called(s, base, lang) for s in ranked]
            nodes.append(Node(base, span.wants, mark[3], mark[2], ranked, spots, called, i))
        node = nodes[number]
        node.mass = math.hypot(node.mass, max(span.belief, _LEAST_BELIEF))
        node_of.append(number)
    return nodes, node_of


def stretches(spans: Sequence[PlaceSpan], spans_marks: Sequence[Mark]) -> Iterator[slice]:
    """Cut the spans of a long text where their names have so many candidates that they are no one story."""
    first, together = 0, 0
    seen: set[Mark] = set()
    for i, (span, mark) in enumerate(zip(spans, spans_marks, strict=True)):
        if mark in seen:
            continue
        size = min(len(span.ranked), _MOST_CANDIDATES)
        if together + size > _MOST_TOGETHER:
            yield slice(first, i)
            first, together, seen = i, 0, set()
        seen.add(mark)
        together += size
    if spans:
        yield slice(first, len(spans))


class Division(NamedTuple):
    """A first-order division of a candidate: its number in the arrays, its country and its folded main name."""

    number: int
    country: str
    name: str


def division_names(nodes: Sequence[Node], world: World) -> Iterator[Division]:
    """The divisions that candidates lie in, each once."""
    seen = {0}
    for number, node in enumerate(nodes):
        for i, scored, place in zip(world.of(number), node.ranked, node.spots, strict=True):
            code = world.admin1[i]
            if code not in seen and place.division is not None:
                seen.add(code)
                rows = scored.index.name_rows(place.division[1])
                yield Division(code, place.country, fold(scored.index.name_text(rows[0])))


def twins(nodes: Sequence[Node], world: World, seat: Floats | None) -> list[tuple[int, int]]:
    """Candidates of names that no phrase explains, each with the same entity where one does (Paris; Paris, Texas).

    New York that holds Albany says nothing of New York elsewhere, which is its seat.
    """
    if not any(node.part for node in nodes):
        return []
    same: dict[tuple[str, int, int], list[tuple[int, str]]] = {}
    for number, node in enumerate(nodes):
        for i, scored in zip(world.of(number), node.ranked, strict=True):
            same.setdefault((node.base, id(scored.index), scored.entity), []).append((i, node.part))
    return [
        (a, b)
        for group in same.values()
        for a, plain in group
        for b, part in group
        if not plain and part and not (part == "holds" and seat is not None and seat[b])
    ]


def defaults(nodes: Sequence[Node], world: World, lang: str | None) -> dict[str, Floats]:
    """What speaks for each candidate whatever else the document names, 0..1 (``seat``: -1..0), by the name of the
    evidence; without what speaks for none."""
    spoken = countries_of_language(lang)
    kinds = {
        "fame": _fame(nodes),
        "language": [spoken.get(s.country, 0.0) for s in world.spots] if spoken else [],
        "full": _full(nodes),
        "adjoined": adjoined(nodes, world),
        **_default_kinds(nodes),
    }
    return {name: np.array(values, dtype=np.float64) for name, values in kinds.items() if any(values)}


def _fame(nodes: Sequence[Node]) -> list[float]:
    """How well known a place is beyond its country, if by this name: Brazil is called Brasília in one language."""
    return [
        0.0 if s.prominence <= _FAMOUS or not (c or _usual(r)) else (s.prominence - _FAMOUS) / (1.0 - _FAMOUS)
        for n in nodes
        for r, s, c in zip(n.ranked, n.spots, n.called, strict=True)
    ]


def _usual(scored: Scored) -> bool:
    """Whether nothing says that a spelling is not the one a place is known by."""
    odd = min((r.weight for r in scored.evidence if r.feature in _ODD and r.value != _FORMER), default=0.0)
    return odd > _ODDLY


def _full(nodes: Sequence[Node]) -> list[float]:
    """1 for first-order divisions that the document has named with their type word before (Region Kursk)."""
    named: dict[tuple[int, int], int] = {}
    for node in nodes:
        if node.wants == "admin1":
            named.setdefault((id(node.ranked[0].index), node.ranked[0].entity), node.first)
    if not named:
        return []
    return [
        float(not n.wants and named.get((id(s.index), s.entity), n.first) < n.first) for n in nodes for s in n.ranked
    ]


def _default_kinds(nodes: Sequence[Node]) -> dict[str, list[float]]:
    """What a plain name means where a type word asks for nothing: see :func:`_plain_kinds`; 1 for what is asked for."""
    found: dict[str, list[float]] = {name: [] for name in ("whole_name", "seat", "capital", "asked")}
    for node in nodes:
        none = [0.0] * len(node.spots)
        whole, seat, capital = (none, none, none) if node.asked or node.wants else _plain_kinds(node)
        found["whole_name"] += whole
        found["seat"] += seat
        found["capital"] += capital
        found["asked"] += [float(_fits(s.type, node.asked)) for s in node.spots] if node.asked else none
    return found


def _fits(type_: str, asked: str) -> bool:
    return type_ == asked or (asked in _DIVISIONS and type_ in _DIVISIONS)


def _plain_kinds(node: Node) -> tuple[list[float], list[float], list[float]]:
    """For each candidate of a plain name: whether it is a division without a longer name and without a town or capital
    of its name (1); whether it comes behind a namesake that it is the division of, or that is the country around it
    (-1; -0.3 for a division that has a longer name); whether it is a country's capital (1)."""
    called = node.called
    whole, seat, capital = ([0.0] * len(called) for _ in range(3))
    cities = [i for i, s in enumerate(node.spots) if s.type == "city"]
    capitals = [i for i in cities if is_capital(_main_name(node.ranked[i]), node.spots[i].country)]
    best = max(capitals, key=lambda i: node.spots[i].prominence) if capitals else None
    if best is not None:
        capital[best] = 1.0
    if len(called) == len(cities):
        return whole, seat, capital
    countries = [s for s, usual in zip(node.spots, called, strict=True) if usual and s.type == "country"]
    for i, (scored, place) in enumerate(zip(node.ranked, node.spots, strict=True)):
        if place.type in ("admin1", "admin2"):
            towns = [n for n in cities if holds(place, node.spots[n])]
            if called[i] and any(called[n] for n in towns):
                seat[i] = -1.0
            elif towns or best is not None:
                seat[i] = -0.3
            elif called[i] and not strip_type_word(scored.base):
                whole[i] = 1.0
        elif place.type == "city" and countries and any(holds(country, place) for country in countries):
            seat[i] = -1.0
    return whole, seat, capital


def _called(scored: Scored, base: str, lang: str | None) -> bool:
    """Whether a place is usually called by the name it is listed under here: its main name, or its canonical one in the
    language of the text (in any, where that is unknown)."""
    return _called_so(scored.index, scored.entity, scored.row, base, lang)


@lru_cache(maxsize=1 << 15)
def _called_so(index: Index, entity: int, row: int, base: str, lang: str | None) -> bool:
    usual = int(index.arrays["name_canonical"][row])
    return bool(usual & index.lang_bit(lang) if lang else usual) or _main_name_of(index, entity) == base


def _main_name(scored: Scored) -> str:
    return _main_name_of(scored.index, scored.entity)


@lru_cache(maxsize=1 << 15)
def _main_name_of(index: Index, entity: int) -> str:
    return fold(index.name_text(index.name_rows(entity)[0]))
