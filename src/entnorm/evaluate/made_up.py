"""Queries made up from the names in an index, to fit the confidence of ``lookup`` without any gold."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Protocol

import numpy as np

from entnorm.evaluate.recorder import Observation
from entnorm.index.retrieve import KeyRetriever
from entnorm.index.store import Index
from entnorm.match.calibrate import features, kind_of
from entnorm.match.query import Query
from entnorm.match.score import Scored
from entnorm.text.keys import key
from entnorm.text.scripts import script_of

#: Candidates of a query that are learned from.
TOP = 2
_MOST_OTHERS = 40


class Ranking(Protocol):
    """What ranks candidates: a :class:`~entnorm.match.matcher.Matcher`."""

    def rank(self, query: Query) -> list[Scored]:
        """Candidates of a query, best first."""


def typo(word: str, rng: random.Random) -> str:
    """One random edit inside a word.

    >>> typo("Kyiv", random.Random(4)) != "Kyiv"
    True
    """
    at = rng.randrange(1, len(word)) if len(word) > 2 else 1
    kind = rng.random()
    if kind < 0.3:
        return word[:at] + word[at + 1 :]
    if kind < 0.6:
        return word[:at] + rng.choice("aeinorstlk") + word[at:]
    if kind < 0.8 and at + 1 < len(word):
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return word[:at] + rng.choice("aeinorstlk") + word[at + 1 :]


def asked(text: str, person: bool, rng: random.Random) -> str:
    """How somebody may write a listed name: as it is, misspelled, or a person by the last word."""
    words = text.split()
    if person and len(words) > 1 and rng.random() < 0.25:
        return words[-1]
    if rng.random() < 0.4:
        longest = max(range(len(words)), key=lambda i: len(words[i]))
        if len(words[longest]) > 4:
            words[longest] = typo(words[longest], rng)
            if rng.random() < 0.25:
                words[longest] = typo(words[longest], rng)
    return " ".join(words)


def nonsense(rng: random.Random) -> str:
    """A word that names nothing."""
    return "".join(rng.choice("bcdfghklmnprstvz") + rng.choice("aeiou") for _ in range(rng.randint(2, 4))).title()


def sample_entities(index: Index, rng: random.Random, count: int) -> list[int]:
    """Entity numbers, prominent ones more often, as in the news."""
    weight = np.asarray(index.arrays["entity_prominence"], dtype=np.float64) ** 6 + 1e-6
    return rng.choices(range(len(weight)), weights=weight.tolist(), k=count)


def near_miss(index: Index, retriever: KeyRetriever, name: str, rng: random.Random) -> str | None:
    """A person's name with one word replaced by that of another listed person; ``None`` if somebody bears it."""
    words = name.split()
    at = rng.randrange(len(words))
    for entity in sample_entities(index, rng, _MOST_OTHERS):
        theirs = index.name_text(rng.choice(list(index.name_rows(entity)))).split()
        if index.kind(entity) != "person" or len(theirs) != len(words) or theirs[at] == words[at]:
            continue
        if script_of(theirs[at]) == script_of(words[at]):
            made = " ".join([*words[:at], theirs[at], *words[at + 1 :]])
            return made if retriever.key_id(key(made)) is None else None
    return None


def lookup_observations(matcher: Ranking, index: Index, count: int, folds: int) -> Iterator[Observation]:
    """Candidates of ``count`` queries, right when they are the entity asked for; folds are split by entity.

    From every fourth answer the entity itself is taken out, as if nobody listed it; every tenth query is nonsense;
    in every seventh about a person one word is replaced by that of somebody else, so that it has no right answer.
    """
    rng, retriever = random.Random(7), KeyRetriever(index)
    for n, entity in enumerate(sample_entities(index, rng, count)):
        name = index.name_text(rng.choice(list(index.name_rows(entity))))
        kind = rng.choice((None, index.kind(entity)))
        void = n % 10 == 9
        person = index.kind(entity) == "person"
        query = nonsense(rng) if void else asked(name, person, rng)
        missed = near_miss(index, retriever, name, rng) if person and n % 7 == 3 and " " in name else None
        ranked = matcher.rank(Query.of(missed or query, kind=kind))
        if n % 4 == 0 or void:
            ranked = [s for s in ranked if not (s.index is index and s.entity == entity)]
        for i in range(min(TOP, len(ranked))):
            right = not missed and ranked[i].index is index and ranked[i].entity == entity
            yield Observation(f"lookup_{kind_of(ranked[i])}", features(ranked, i), float(right), entity % folds)
