"""Overlapping spans: which one stays."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from entnorm.mentions.merge import ACCEPT, choose
from entnorm.mentions.people import PersonSpan
from entnorm.mentions.places import PlaceSpan


def place(first: int, last: int, points: float = 1.0) -> PlaceSpan:
    return PlaceSpan(first, last, first * 10, last * 10 - 1, [], points)


def person(first: int, last: int, points: float = 1.0) -> PersonSpan:
    return PersonSpan(first, last, first * 10, last * 10 - 1, [], points)


def test_the_longer_stays() -> None:
    assert choose([place(0, 1, 9.0), person(0, 2, 0.5)]) == [person(0, 2, 0.5)]


def test_the_more_believed_stays_among_equals() -> None:
    assert choose([place(0, 1, 0.4), person(0, 1, 0.9)]) == [person(0, 1, 0.9)]


def test_the_hardly_believed_goes() -> None:
    assert choose([place(0, 3, ACCEPT - 0.01), place(1, 2, ACCEPT)]) == [place(1, 2, ACCEPT)]


spans = st.lists(
    st.builds(
        lambda make, first, size, points: make(first, first + size, points),
        st.sampled_from([place, person]), st.integers(0, 12), st.integers(1, 4), st.floats(-1, 2),
    ),
    max_size=12,
)  # fmt: skip


@given(spans)
def test_what_stays_is_in_order_apart_and_covers_what_went(found: list[PlaceSpan | PersonSpan]) -> None:
    chosen = choose(found)
    assert all(a.end <= b.start for a, b in zip(chosen, chosen[1:], strict=False))
    assert all(s in found and s.points >= ACCEPT for s in chosen)
    for span in found:
        if span.points >= ACCEPT and span not in chosen:
            assert any(c.start < span.end and span.start < c.end for c in chosen)
    assert choose(chosen) == chosen
