"""Merging what the finders and the recogniser say."""

from __future__ import annotations

import random

import numpy as np
import pytest

from entnorm.mentions.merge import ACCEPT, Span, UnlistedSpan, listed_only, merge
from entnorm.mentions.people import PersonSpan
from entnorm.mentions.places import PlaceSpan
from entnorm.mentions.tokens import Token, tokenize

TEXT = "Petra Beispiel sprach in Musterstadt am Fluss mit Olena Vorbild über Kiew und Wien"


def words() -> list[Token]:
    return tokenize(TEXT)


def person(first: int, last: int, points: float = 0.8) -> PersonSpan:
    tokens = words()
    return PersonSpan(first, last, tokens[first].start, tokens[last - 1].end, (), points)


def place(first: int, last: int, points: float = 0.8, *, sure: bool = False) -> PlaceSpan:
    tokens = words()
    return PlaceSpan(first, last, tokens[first].start, tokens[last - 1].end, [], points, sure=sure)


def unlisted(first: int, last: int, kind: str, belief: float) -> UnlistedSpan:
    tokens = words()
    return UnlistedSpan(first, last, tokens[first].start, tokens[last - 1].end, kind, belief)  # type: ignore[arg-type]


def beliefs(**of: tuple[int, float]) -> np.ndarray:
    """Belief rows that say no name, but for ``person``, ``place`` or ``organisation`` = (word, belief)."""
    table = np.zeros((len(words()), 4))
    table[:, 0] = 1.0
    for kind, (word, value) in of.items():
        table[word] = 0.0
        table[word, {"person": 1, "place": 2, "organisation": 3}[kind]] = value
        table[word, 0] = 1 - value
    return table


def nobody(_: UnlistedSpan) -> PersonSpan | None:
    return None


def merged(listed: list, found: list, table: np.ndarray, relist=nobody) -> list[Span]:  # type: ignore[no-untyped-def]
    return merge(listed, found, table, words(), relist)


def test_nothing_is_nothing() -> None:
    assert merged([], [], beliefs()) == []


def test_a_listed_place_needs_the_recogniser_unless_it_is_sure() -> None:
    assert merged([place(11, 12)], [], beliefs()) == []
    assert merged([place(11, 12)], [], beliefs(place=(11, 0.9))) != []
    assert merged([place(11, 12, sure=True)], [], beliefs(place=(11, 0.1))) != []


def test_no_sureness_stands_against_an_organisation() -> None:
    assert merged([place(11, 12, sure=True)], [], beliefs(organisation=(11, 0.9))) == []


def test_the_recogniser_confirms_a_listed_place_with_its_own_ends() -> None:
    span = place(4, 7, points=-0.5)
    assert merged([span], [unlisted(4, 5, "place", 0.9)], beliefs()) == [span]


def test_names_on_no_list_come_through() -> None:
    found = [unlisted(0, 2, "person", 0.8), unlisted(4, 5, "place", 0.7)]
    assert merged([], found, beliefs()) == found


def test_a_longer_name_is_not_the_listed_person_inside_it() -> None:
    famous, longer = person(1, 2), unlisted(0, 2, "person", 0.95)
    table = beliefs(person=(1, 0.95))
    assert merged([famous], [longer], table) == [longer]
    again = person(0, 2)
    assert merged([famous], [longer], table, lambda _: again) == [again]


@pytest.mark.parametrize("seed", range(20))
def test_spans_are_in_order_and_never_overlap(seed: int) -> None:
    rng = random.Random(seed)
    tokens = words()
    listed, found = [], []
    for _ in range(rng.randint(0, 12)):
        first = rng.randrange(len(tokens))
        last = min(len(tokens), first + rng.randint(1, 3))
        make = rng.choice((person, place))
        listed.append(make(first, last, rng.uniform(-1, 2)))
        found.append(unlisted(first, last, rng.choice(("person", "place")), rng.random()))
    table = np.random.default_rng(seed).dirichlet(np.ones(4), len(tokens))
    spans = merged(listed, found, table)
    assert all(a.end <= b.start for a, b in zip(spans, spans[1:], strict=False))


def test_without_a_recogniser_the_longer_and_more_believed_stay() -> None:
    assert listed_only([place(0, 1, 1.4), person(0, 2, 0.5)]) == [person(0, 2, 0.5)]
    assert listed_only([place(0, 1, 0.4), person(0, 1, 0.9)]) == [person(0, 1, 0.9)]
    assert listed_only([place(0, 3, ACCEPT - 0.01), place(1, 2, ACCEPT)]) == [place(1, 2, ACCEPT)]


def test_a_place_is_no_part_of_a_longer_place() -> None:
    whole = unlisted(4, 7, "place", 0.9)
    found = merged([place(4, 5, sure=True), place(6, 7)], [whole], beliefs(place=(4, 0.9)))
    assert found == [whole]


def test_two_well_known_places_are_not_one() -> None:
    tokens = tokenize("Praha s Bratislavou jednat nebude")
    praha, bratislava = (PlaceSpan(n, n + 1, tokens[n].start, tokens[n].end, [], 0.8, sure=True) for n in (0, 2))
    whole = UnlistedSpan(0, 3, tokens[0].start, tokens[2].end, "place", 0.9)
    table = np.tile([0.1, 0.0, 0.9, 0.0], (len(tokens), 1))
    assert merge([praha, bratislava], [whole], table, tokens, nobody) == [praha, bratislava]


@pytest.mark.parametrize(("belief", "beside", "found"), [(0.8, 0.0, True), (0.8, 0.8, False), (0.9, 0.0, False)])
def test_a_well_known_word_alone_is_sooner_a_place(belief: float, beside: float, found: bool) -> None:
    tokens = tokenize("Wie Kiew Senate sagt")
    span = PlaceSpan(1, 2, tokens[1].start, tokens[1].end, [], 0.8, sure=True)
    table = np.tile([1.0, 0.0, 0.0, 0.0], (len(tokens), 1))
    table[1], table[2] = (0.0, 0.0, 1 - belief, belief), (1 - beside, 0.0, 0.0, beside)
    assert bool(merge([span], [], table, tokens, nobody)) is found


def test_words_joined_by_a_hyphen_are_sooner_one_place() -> None:
    tokens = tokenize("Der Flug nach Köln-Wahn fiel aus")
    table = np.zeros((len(tokens), 4))
    table[:, 0] = 1.0
    part = PlaceSpan(3, 4, tokens[3].start, tokens[3].end, [], 0.8, sure=True)
    whole = UnlistedSpan(3, 5, tokens[3].start, tokens[4].end, "place", 0.6)
    assert merge([part], [whole], table, tokens, nobody) == [whole]


def test_a_doubtful_longer_place_leaves_the_listed_one() -> None:
    known = place(4, 5, sure=True)
    assert merged([known], [unlisted(4, 7, "place", 0.4)], beliefs(place=(4, 0.7))) == [known]


def test_a_well_known_place_before_a_hyphen_is_one_all_the_same() -> None:
    tokens = tokenize("Der US-Präsident schwieg")
    span = PlaceSpan(1, 2, tokens[1].start, tokens[1].end, [], 0.8, sure=True)
    table = np.zeros((len(tokens), 4))
    table[:, 0] = 1.0
    assert merge([span], [], table, tokens, nobody) == [span]
