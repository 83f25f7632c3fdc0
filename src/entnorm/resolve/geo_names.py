"""The distinct names of a document, the phrases that put one into another, and what each means by default."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from entnorm.mentions.places import PlaceSpan
from entnorm.resolve.geo import Floats, Node, World, holds, spot
from entnorm.resolve.geo_candidates import MOST_CANDIDATES, listed
from entnorm.resolve.geo_hints import area_of_word, countries_of_language
from entnorm.resolve.geo_phrases import containers, holders
from entnorm.text.fold import fold
from entnorm.text.typewords import type_of_word

#: Candidates of an outer place that may hold it, candidates weighed together in a long text.
_MOST_OUTER, _MOST_TOGETHER = 8, 1500
#: Belief that a place is named which every listed span gets at least.
_LEAST_BELIEF = 0.2
_DIVISIONS = frozenset({"admin1", "admin2", "region"})
#: A type word before a name: Stadt Luxemburg, province of Utrecht, штат Вашингтон.
_TYPE_WORD = re.compile(r"([^\W\d_]+)\.?\s(?:(?:of|de|di|do|da|del|van|von)\s|d['’])?$")
_LONGEST_TYPE_WORD = 30
_ADJECTIVE = re.compile(r"([^\W\d_][\w-]{3,})\s$")
_HYPHENS = "-‐‑"
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
            inner_spots = [spot(s.index, s.entity) for s in spans[i].ranked[:MOST_CANDIDATES]]
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
    if text[end : end + 1] in _HYPHENS and end < len(text):
        return ""
    first = max(0, start - _LONGEST_TYPE_WORD)
    # The word begins behind the last space but the one behind it.
    first = max(first, text.rfind(" ", first, max(first, start - 2)) + 1)
    word = _ADJECTIVE.search(text, first, start)
    return area_of_word(word[1]) if word else ""


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
            facts = listed(span.ranked, mark[0], bool(span.wants), lang)
            nodes.append(Node(facts, span.wants, mark[3], mark[2], i))
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
        size = min(len(span.ranked), MOST_CANDIDATES)
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
        for i, scored, place in zip(world.of(number), node.listed.ranked, node.listed.spots, strict=True):
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
        for i, scored in zip(world.of(number), node.listed.ranked, strict=True):
            same.setdefault((node.listed.base, id(scored.index), scored.entity), []).append((i, node.part))
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
        "fame": [value for n in nodes for value in n.listed.fame],
        "language": [spoken.get(s.country, 0.0) for s in world.spots] if spoken else [],
        "full": _full(nodes),
        "adjoined": adjoined(nodes, world),
        **_default_kinds(nodes),
    }
    return {name: np.array(values, dtype=np.float64) for name, values in kinds.items() if any(values)}


def _full(nodes: Sequence[Node]) -> list[float]:
    """1 for first-order divisions that the document has named with their type word before (Region Kursk)."""
    named: dict[tuple[int, int], int] = {}
    for node in nodes:
        if node.wants == "admin1":
            best = node.listed.ranked[0]
            named.setdefault((id(best.index), best.entity), node.first)
    if not named:
        return []
    return [
        float(not n.wants and named.get((id(s.index), s.entity), n.first) < n.first)
        for n in nodes
        for s in n.listed.ranked
    ]


def _default_kinds(nodes: Sequence[Node]) -> dict[str, list[float]]:
    """What a plain name means where a type word asks for nothing: see :class:`Listed`; 1 for what is asked for."""
    found: dict[str, list[float]] = {"whole_name": [], "seat": [], "capital": [], "asked": []}
    for node in nodes:
        listed = node.listed
        none = [0.0] * len(listed.spots)
        plain = not (node.asked or node.wants)
        found["whole_name"] += listed.whole_name if plain else none
        found["seat"] += listed.seat if plain else none
        found["capital"] += listed.capital if plain else none
        found["asked"] += [float(_fits(s.type, node.asked)) for s in listed.spots] if node.asked else none
    return found


def _fits(type_: str, asked: str) -> bool:
    return type_ == asked or (asked in _DIVISIONS and type_ in _DIVISIONS)
