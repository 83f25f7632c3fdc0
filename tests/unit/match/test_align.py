"""Words of names: how alike they are, and which stands for which."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entnorm.match.align import INITIAL, SAME_WORD, align, heard_similarity, word_similarity

words = st.from_regex(r"[a-z]{0,10}", fullmatch=True)
SAME = [
    ("selenskyj", "zelenskyy"), ("zelenski", "zelenskiy"), ("lawrow", "lavrov"), ("schoigu", "shoigu"), ("choigou", "shoigu"),
    ("chruschtschow", "khrushchev"), ("poutine", "putin"), ("jelzin", "yeltsin"), ("gorbatschow", "gorbachev"),
    ("netanjahu", "netanyahu"), ("nawalny", "navalny"), ("lukaschenko", "lukashenko"), ("klitschko", "klichko"),
]  # fmt: skip
OTHER = [
    ("sergei", "andrei"), ("putin", "pushkin"), ("merkel", "merz"), ("biden", "putin"), ("trump", "tusk"),
    ("ivanov", "petrov"), ("li", "xi"),
]  # fmt: skip


@given(words, words)
def test_similarity_is_bounded_and_hardly_depends_on_the_order(a: str, b: str) -> None:
    value = word_similarity(a, b)
    assert abs(value - word_similarity(b, a)) < 0.2
    assert 0 <= value <= 1
    assert (value == 1.0) == (a == b)


def test_similarity_is_symmetric() -> None:
    assert word_similarity("acac", "agch") == word_similarity("agch", "acac")


@pytest.mark.parametrize(("a", "b"), SAME)
def test_transcriptions_of_one_name_are_alike(a: str, b: str) -> None:
    assert word_similarity(a, b) > 0.75


@pytest.mark.parametrize(("a", "b"), OTHER)
def test_other_names_are_less_alike(a: str, b: str) -> None:
    assert word_similarity(a, b) < 0.75


def test_an_initial_may_stand_for_a_word() -> None:
    assert word_similarity("v", "volodymyr") == INITIAL
    assert word_similarity("v", "donald") == word_similarity("", "donald") == 0.0


@given(st.lists(words, max_size=4), st.lists(words, max_size=4))
def test_links_are_one_to_one_and_good(a: list[str], b: list[str]) -> None:
    links = align(a, b, word_similarity)
    assert len({x.a for x in links}) == len({x.b for x in links}) == len(links) <= min(len(a), len(b))
    assert all(x.similarity == word_similarity(a[x.a], b[x.b]) for x in links)
    if len(a) != 1 or len(b) != 1:
        assert all(x.similarity >= SAME_WORD for x in links)


def test_order_does_not_matter() -> None:
    links = align(["von", "der", "leyen", "ursula"], ["ursula", "von", "der", "leyen"], word_similarity)
    assert {(x.a, x.b) for x in links} == {(0, 1), (1, 2), (2, 3), (3, 0)}


@given(st.floats(-50, 50), st.floats(-50, 50))
def test_heard_similarity_is_monotone(a: float, b: float) -> None:
    assert 0 <= heard_similarity(a) < 1
    assert (a <= b) <= (heard_similarity(a) <= heard_similarity(b))
