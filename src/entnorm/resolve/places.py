"""Which place is meant: the names of a document decide together.

Each distinct name is a node with its candidates. A candidate's rank begins with what the name alone says (likeness,
prominence, kind of spelling) and gains by what the rest of the document says: the countries and divisions that its
other places lie in, how near those are, phrases that put one place into another, lists of places of one kind,
adjectives and peoples, the language. The others are not sure either, so each counts by its probabilities, and ranks
and probabilities are computed in turn for a few rounds. Weights are in ``tables/places.json``, each with the case that
set it; ``docs/decisions/0009-places-in-a-document.md`` has the figures.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache, reduce
from importlib import resources

import numpy as np

from entnorm.match.score import Reason, Scored
from entnorm.mentions.places import PlaceSpan
from entnorm.resolve.geo import Floats, Ints, Shares, softmax, summed, world_of
from entnorm.resolve.geo_hints import adjectives
from entnorm.resolve.geo_names import Mark, Within, defaults, division_names, marks, nodes_of, stretches, twins, withins
from entnorm.resolve.geo_phrases import neighbours
from entnorm.text.fold import fold

_ROUNDS = 4
#: Exponent of probabilities as evidence: what is likely counts more, twenty small namesakes together less.
_SURE = 1.5
#: Characters around the places of a stretch of text that are read for adjectives.
_AROUND = 2000
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
    "seat": "behind its own seat, or the country around it",
    "capital": "a country's capital",
    "asked": "of the type named before it",
    "adjoined": "of the area that the adjective before it names",
    "peer": "a capital among capitals and countries",
}
#: Reasons that are about the country of a candidate.
_OF_COUNTRIES = frozenset({"country", "language"})
#: Weights this small are none when rounded.
_NOTHING = 4e-5
#: Feature under which the evidence states the probability of a candidate among those of its name.
PROBABILITY = "probability among places of that name"


@lru_cache(maxsize=1)
def weights() -> dict[str, float]:
    """The weights of the evidence that documents give, by name; in the units of a rank unless the table says."""
    text = resources.files("entnorm.resolve").joinpath("tables/places.json").read_text(encoding="utf-8")
    return {name: entry["value"] for name, entry in json.loads(text).items()}


class Decision:
    """The joint decision over the places of one text; ``run`` makes it.

    ``rank`` and ``p`` then hold rank and probability of every candidate, ``found`` what the document says for it.
    """

    def __init__(
        self,
        text: str,
        spans: Sequence[PlaceSpan],
        lang: str | None,
        w: Mapping[str, float] | None = None,
        phrases: tuple[dict[int, Within], list[Mark]] | None = None,
    ) -> None:
        self.w = w or weights()
        within, spans_marks = phrases or _phrases(text, spans)
        self.nodes, self.node_of = nodes_of(spans, spans_marks, lang)
        self.world = world_of(self.nodes)
        self.prior = np.array([s.rank for node in self.nodes for s in node.listed.ranked])
        self.mass = np.array([node.mass for node in self.nodes for _ in node.listed.ranked])
        self.near = self.world.nearness()
        self.fixed = defaults(self.nodes, self.world, lang)
        around = text[max(0, spans[0].start - _AROUND) : spans[-1].end + _AROUND]
        areas = self.world.country, self.world.admin1
        self._shares = Shares(areas, self.world.group, self._adjectives(around), self.w["damping"])
        self.twins = twins(self.nodes, self.world, self.fixed.get("seat"))
        self.links = self._links(within) if within else None
        pairs = [(self.node_of[a], self.node_of[b]) for a, b in neighbours(text, spans)]
        self.siblings = [(a, b) for a, b in pairs if a != b]
        self.states = self.fixed.get("capital")
        if self.states is not None:
            self.states = np.array([s.type == "country" for s in self.world.spots]) + self.states

    def _adjectives(self, text: str) -> list[list[float]]:
        """Evidence for each country and each division from adjectives and peoples."""
        world = self.world
        countries, divisions = [0.0] * len(world.countries), [0.0] * world.divisions
        named = {}
        for area, count in adjectives(text).items():
            country, _, division = area.partition("/")
            mass = self.w["adjective"] * math.sqrt(count)
            if country in world.countries:
                countries[world.countries[country]] += mass
                if division:
                    named[country, fold(division)] = mass
        if named:
            for place in division_names(self.nodes, world):
                divisions[place.number] += named.get((place.country, place.name), 0.0)
        return [countries, divisions]

    def _links(self, within: Mapping[int, Within]) -> tuple[Ints, Ints, Floats]:
        """Candidates that phrases put into others: numbers of the inner, of the outer ones, strengths."""
        starts = self.world.starts
        found: dict[tuple[int, int], float] = {}
        for i, phrase in within.items():
            inner, outer = self.node_of[i], self.node_of[phrase.outer]
            for k, n, strength in phrase.pairs:
                pair = (starts[inner] + k, starts[outer] + n)
                found[pair] = max(strength, found.get(pair, 0.0))
        table = np.array(list(found), dtype=np.int64).reshape(-1, 2)
        return table[:, 0], table[:, 1], np.array(list(found.values()), dtype=np.float64)

    def _evidence(self, p: Floats) -> dict[str, Floats]:
        """What the other names say for every candidate, 0..1 each, when the candidates have the probabilities ``p``."""
        world = self.world
        sure = p**_SURE
        weight = self.mass * sure / np.add.reduceat(sure, world.firsts)[world.node]
        country, admin1 = self._shares(weight)
        near = self.near.dot(weight)
        said: dict[str, Floats] = {
            "country": country,
            "admin1": admin1,
            "near": near / (near + 0.5 * self.w["damping"]),
        }
        if self.links is not None:
            inner, outer, strength = self.links
            said["inside"] = summed(inner, strength * p[outer], len(p))
            said["holds"] = np.minimum(1.0, summed(outer, strength * p[inner], len(p)))
        if self.twins:
            said["same"] = self._same(p)
        if self.states is not None:
            said["peer"] = self._peer(self.states * p)
        if self.siblings:
            said["sibling"] = self._sibling(p)
        return said

    def _same(self, p: Floats) -> Floats:
        """How probably a fuller name of the document means a candidate."""
        same = np.zeros(len(p))
        for plain, explained in self.twins:
            same[plain] = max(same[plain], p[explained])
        return same

    def _peer(self, states: Floats) -> Floats:
        """For capitals, the share of the document's other names that mean capitals and countries."""
        world = self.world
        of_node = np.add.reduceat(states, world.firsts)
        result: Floats = self.fixed["capital"] * (of_node.sum() - of_node[world.node]) / (len(self.nodes) - 0.5)
        return result

    def _sibling(self, p: Floats) -> Floats:
        """How probably the names strung together with a candidate's name are of its type."""
        world, types = self.world, _codes(s.type for s in self.world.spots)
        kinds = int(types.max()) + 1
        found, count = np.zeros(len(p)), np.ones(len(self.nodes))
        for a, b in self.siblings:
            for one, other in ((a, b), (b, a)):
                mine, theirs = (slice(*world.starts[n : n + 2]) for n in (one, other))
                found[mine] += summed(types[theirs], p[theirs], kinds)[types[mine]]
                count[one] += 1.0
        result: Floats = found / count[world.node]
        return result

    def run(self) -> None:
        """Compute ranks and probabilities."""
        world, temperature = self.world, self.w["temperature"]
        p = softmax(self.prior, world, temperature)
        alone = self.prior + self._gain(self.fixed) if self.fixed else self.prior
        # Where no name has a choice, or there is one alone and nothing else speaks, the first round changes nothing.
        settled = len(p) == len(self.nodes) or (len(self.nodes) == 1 and not self._shares.backed)
        for _ in range(1 if settled else _ROUNDS):
            said = self._evidence(p)
            self.rank = alone + self._gain(said)
            self.p = softmax(self.rank, world, temperature)
            p = 0.5 * (p + self.p)
        self.found = self.fixed | said

    def _gain(self, found: Mapping[str, Floats]) -> Floats:
        """The rank that evidence adds to each candidate."""
        gain: Floats = reduce(np.add, [self.w[name] * values for name, values in found.items()])
        return gain

    def ranked(self) -> list[list[Scored]]:
        """The candidates of each node, the likeliest first, with the reasons added."""
        reasons, p = self._weighed(), self.p.tolist()
        found = []
        for node, first in zip(self.nodes, self.world.starts, strict=False):
            explained = []
            for i, scored in enumerate(node.listed.ranked, first):
                more = [
                    Reason(feature, countries[i] if countries else None, weight)
                    for feature, countries, weights_of in reasons
                    if abs(weights_of[i]) > _NOTHING and (weight := round(weights_of[i], 4))
                ]
                more.append(Reason(PROBABILITY, round(p[i], 4), 0.0))
                explained.append(scored.weighed(more))
            found.append(sorted(explained, key=lambda s: -s.rank))
        return found

    def _weighed(self) -> list[tuple[str, list[str] | None, list[float]]]:
        """For each reason that holds for some candidate: how it reads, countries if it is about them, its weights."""
        countries = [s.country for s in self.world.spots]
        weighed = [
            (feature, countries if name in _OF_COUNTRIES else None, (self.w[name] * self.found[name]).tolist())
            for name, feature in _REASONS.items()
            if name in self.found
        ]
        return [reason for reason in weighed if max(map(abs, reason[2])) > _NOTHING]


def _phrases(text: str, spans: Sequence[PlaceSpan]) -> tuple[dict[int, Within], list[Mark]]:
    within = withins(text, spans)
    return within, marks(text, spans, within)


def _codes(words: Iterable[str]) -> Ints:
    table: dict[str, int] = {}
    return np.array([table.setdefault(word, len(table)) for word in words], dtype=np.int64)


def decide(text: str, spans: Sequence[PlaceSpan], lang: str | None) -> dict[int, list[Scored]]:
    """The candidates of each span in the order that the document suggests, by ``id`` of the span.

    ``spans`` are in text order, each with a candidate; ``lang`` is the language of the text. The ranks say how much
    likelier one is than the next; the reasons add up to them.

    >>> decide("No place.", [], "en")
    {}
    """
    decided: dict[int, list[Scored]] = {}
    phrases = _phrases(text, spans)
    for stretch in stretches(spans, phrases[1]):
        some = spans[stretch]
        decision = Decision(text, some, lang, phrases=phrases if len(some) == len(spans) else None)
        decision.run()
        ranked = decision.ranked()
        decided.update((id(span), ranked[number]) for span, number in zip(some, decision.node_of, strict=True))
    return decided
