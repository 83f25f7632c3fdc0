"""Which place is meant: the names of a document decide together.

Each distinct name is a node with its candidates. A candidate's rank begins with what the name alone says (likeness,
prominence, kind of spelling) and gains by what the rest of the document says: the countries and divisions that its
other places lie in, how near those are, phrases that put one place into another, lists of places of one kind,
adjectives and peoples, the language. The others are not sure either, so each counts by its probabilities, and ranks
and probabilities are computed in turn for a few rounds. Weights are in ``tables/places.json``, each with the case that
set it.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from importlib import resources
from typing import NamedTuple

import numpy as np

from entnorm.match.query import strip_type_word
from entnorm.match.score import Reason, Scored
from entnorm.mentions.places import PlaceSpan
from entnorm.resolve.geo import Floats, Ints, Node, World, holds, shares, softmax, world_of
from entnorm.resolve.geo_hints import adjectives, countries_of_language
from entnorm.resolve.geo_phrases import containers, neighbours, opens_dateline
from entnorm.text.fold import fold

#: Candidates kept for a name, distinct names weighed together, rounds.
_MOST_CANDIDATES, _MOST_NODES, _ROUNDS = 30, 150, 4
#: Prominence from which a place is known beyond its country.
_FAMOUS = 0.6
_REASONS = {
    "fame": "known far away",
    "country": "country of the document",
    "admin1": "division of the document",
    "near": "near other places of the document",
    "inside": "stands in a place named after it",
    "holds": "holds a place named before it",
    "same": "said more fully elsewhere in the document",
    "sibling": "listed beside places of its kind",
    "language": "country of the text's language",
    "full": "named in full in the document",
    "whole_name": "a division without a longer name",
    "seat": "a division against its own seat",
}


@lru_cache(maxsize=1)
def weights() -> dict[str, float]:
    """The weights of the evidence that documents give, by name; in the units of a rank unless the table says."""
    text = resources.files("entnorm.resolve").joinpath("tables/places.json").read_text(encoding="utf-8")
    return {name: entry["value"] for name, entry in json.loads(text).items()}


class Link(NamedTuple):
    """Candidate ``outer`` holds candidate ``inner``, with a strength of 0..1, and a phrase says so."""

    inner: Ints
    outer: Ints
    strength: Floats


class Decision:
    """The joint decision over the places of one text."""

    def __init__(
        self, text: str, spans: Sequence[PlaceSpan], lang: str | None, w: Mapping[str, float] | None = None
    ) -> None:
        self.spans = spans
        self.w = w or weights()
        self.lang = lang
        self.within = containers(text, spans)
        self.node_of = self._nodes(text)
        self.world = world_of(self.nodes) if self.nodes else None
        if self.world is not None:
            self._prepare(text)

    def _nodes(self, text: str) -> list[int]:
        """Group the spans into nodes: one for each name, asked-for type, and place that a phrase puts it into."""
        self.nodes: list[Node] = []
        numbers: dict[tuple[str, str, str], int] = {}
        node_of: list[int] = []
        for i, span in enumerate(self.spans):
            written = fold(text[span.start : span.end])
            outer = self.within.get(i)
            mark = (written, span.wants, fold(text[slice(*_bounds(self.spans[outer[0]]))]) if outer else "")
            number = numbers.get(mark)
            if number is None:
                number = numbers[mark] = len(self.nodes)
                base = fold(span.ranked[0].base) or written
                self.nodes.append(Node(base, span.wants, span.ranked[:_MOST_CANDIDATES], first=i))
            node = self.nodes[number]
            where = 1.0 if len(node_of) or not opens_dateline(text, span) else self.w["dateline"]
            node.mass = math.sqrt(node.mass**2 + (span.belief * where) ** 2)
            node_of.append(number)
        return node_of

    def _prepare(self, text: str) -> None:
        world, w = self._world, self.w
        self.prior = np.array([s.rank for node in self.nodes for s in node.ranked])
        self.mass = np.array([node.mass for node in self.nodes])[world.node]
        self.near = world.nearness()
        self.linked = self._links()
        self.siblings = [
            (self.node_of[a], self.node_of[b])
            for a, b in neighbours(text, self.spans)
            if self.node_of[a] != self.node_of[b]
        ]
        self.types = _codes(s.type for s in world.spots)
        self.twins = self._twins()
        self.outside = np.zeros(len(world.countries))
        for country, count in adjectives(text).items():
            if country in world.countries:
                self.outside[world.countries[country]] = w["adjective"] * math.sqrt(count)
        fame = np.array([max(0.0, s.prominence - _FAMOUS) / (1.0 - _FAMOUS) for s in world.spots])
        self.fixed = {"fame": fame, "language": self._language(), "full": self._full(), **self._default_kinds()}

    @property
    def _world(self) -> World:
        assert self.world is not None
        return self.world

    def _links(self) -> Link:
        world, found = self._world, []
        for i, (outer_span, strength) in self.within.items():
            inner_node, outer_node = self.node_of[i], self.node_of[outer_span]
            if inner_node == outer_node or self.nodes[inner_node].first != i:
                continue
            for outer in list(world.of(outer_node))[:8]:
                for inner in world.of(inner_node):
                    held = holds(world, outer, inner)
                    if held:
                        found.append((inner, outer, held * strength))
        inner_ids, outer_ids, strengths = zip(*found, strict=True) if found else ((), (), ())
        return Link(
            np.array(inner_ids, dtype=np.int64), np.array(outer_ids, dtype=np.int64), np.array(strengths, dtype=float)
        )

    def _twins(self) -> list[tuple[int, int]]:
        """Pairs of candidates that are one entity, under the same name in nodes that a phrase tells apart."""
        world = self._world
        by_mark: dict[tuple[str, int, int], list[int]] = {}
        for i, number in enumerate(world.node.tolist()):
            node = self.nodes[number]
            scored = node.ranked[i - int(world.starts[number])]
            by_mark.setdefault((node.base, id(scored.index), scored.entity), []).append(i)
        return [(a, b) for same in by_mark.values() for a in same for b in same if a != b]

    def _language(self) -> Floats:
        spoken = countries_of_language(self.lang)
        return np.array([spoken.get(s.country, 0.0) if s.type != "continent" else 0.0 for s in self._world.spots])

    def _full(self) -> Floats:
        """1 for first-order divisions that the document names with their type word elsewhere (Region Kursk)."""
        named = {(id(n.ranked[0].index), n.ranked[0].entity) for n in self.nodes if n.wants == "admin1"}
        flags = [
            float(not n.wants and (id(s.index), s.entity) in named) for n in self.nodes for s in n.ranked
        ]
        return np.array(flags)

    def _default_kinds(self) -> dict[str, Floats]:
        """What a plain name means by default: a division that has no longer name, but a seat before its division."""
        world = self._world
        whole, seat = np.zeros(len(world.spots)), np.zeros(len(world.spots))
        for number, node in enumerate(self.nodes):
            if node.wants:
                continue
            ids = world.of(number)
            for i in ids:
                if world.spots[i].type not in ("admin1", "admin2"):
                    continue
                scored = node.ranked[i - ids.start]
                index = scored.index
                main = index.name_text(index.name_rows(scored.entity)[0])
                town = any(world.spots[j].type == "city" and holds(world, i, j) for j in ids)
                if town:
                    seat[i] = -1.0
                elif not strip_type_word(main) and fold(main) == node.base:
                    whole[i] = 1.0
        return {"whole_name": whole, "seat": seat}

    def evidence(self, p: Floats) -> dict[str, Floats]:
        """The features of every candidate, 0..1 (``seat``: -1..0), given the probabilities of all."""
        world, w = self._world, self.w
        weight = p * self.mass
        found = dict(self.fixed)
        found["country"] = shares(world.country, world.node, weight, self.outside, w["damping"])
        none = np.zeros(int(world.admin1.max()) + 1)
        found["admin1"] = shares(world.admin1, world.node, weight, none, w["damping"])
        reach = self.near @ weight
        found["near"] = reach / (reach + 0.5 * w["damping"])
        size, link = len(p), self.linked
        found["inside"] = np.bincount(link.inner, link.strength * p[link.outer], size)
        found["holds"] = np.minimum(1.0, np.bincount(link.outer, link.strength * p[link.inner], size))
        same = np.zeros(size)
        for a, b in self.twins:
            same[a] = max(same[a], p[b])
        found["same"] = same
        found["sibling"] = self._sibling(p)
        return found

    def _sibling(self, p: Floats) -> Floats:
        world = self._world
        found, count = np.zeros(len(p)), np.ones(len(self.nodes))
        for a, b in self.siblings:
            for one, other in ((a, b), (b, a)):
                mine, theirs = world.of(one), world.of(other)
                share = np.bincount(self.types[theirs.start : theirs.stop], p[theirs.start : theirs.stop], 64)
                found[mine.start : mine.stop] += share[self.types[mine.start : mine.stop]]
                count[one] += 1.0
        result: Floats = found / count[world.node]
        return result

    def run(self) -> None:
        """Compute ranks and probabilities."""
        world, w = self._world, self.w
        p = softmax(self.prior, world, w["temperature"])
        for _ in range(_ROUNDS):
            self.found = self.evidence(p)
            self.rank = self.prior + sum(w[name] * values for name, values in self.found.items())
            p = 0.5 * (p + softmax(self.rank, world, w["temperature"]))
        self.p = softmax(self.rank, world, w["temperature"])

    def ranked(self, number: int) -> list[Scored]:
        """The candidates of a node, the likeliest first, with the reasons added."""
        ids, node = self._world.of(number), self.nodes[number]
        order = sorted(range(len(ids)), key=lambda k: (-self.rank[ids.start + k], k))
        return [self._explained(node.ranked[k], ids.start + k) for k in order]

    def _explained(self, scored: Scored, i: int) -> Scored:
        reasons = []
        for name, feature in _REASONS.items():
            weight = round(float(self.w[name] * self.found[name][i]), 4)
            if weight:
                reasons.append(Reason(feature, self._value(name, i), weight))
        reasons.append(Reason("probability among places of that name", round(float(self.p[i]), 4), 0.0))
        rank = scored.rank + sum(r.weight for r in reasons)
        return replace(scored, rank=rank, evidence=[*scored.evidence, *reasons])

    def _value(self, name: str, i: int) -> str | None:
        return self._world.spots[i].country or None if name in ("country", "language") else None


def _bounds(span: PlaceSpan) -> tuple[int, int]:
    return span.start, span.end


def _codes(words: Iterator[str]) -> Ints:
    table: dict[str, int] = {}
    return np.array([table.setdefault(word, len(table)) for word in words], dtype=np.int64)


def decide(text: str, spans: Sequence[PlaceSpan], lang: str | None) -> dict[int, list[Scored]]:
    """The candidates of each span in the order that the document suggests, by ``id`` of the span.

    The ranks say by how much one is likelier than the next; the reasons add up to them.
    """
    if not spans:
        return {}
    decision = Decision(text, spans, lang)
    decision.run()
    ranked = [decision.ranked(number) for number in range(len(decision.nodes))]
    return {id(span): ranked[number] for span, number in zip(spans, decision.node_of, strict=True)}
