"""Choosing between overlapping spans of the finders."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Sequence

from entnorm.mentions.people import PersonSpan
from entnorm.mentions.places import PlaceSpan

Span = PersonSpan | PlaceSpan

#: Belief from which a span is taken for a name. 0 is even; the scale is that of the points added up by the finders.
ACCEPT = 0.2


def choose(spans: Sequence[Span]) -> list[Span]:
    """Spans that do not overlap: longer before shorter, stronger belief first among equals, in text order.

    >>> choose([])
    []
    """
    believed = [s for s in spans if s.points >= ACCEPT]
    believed.sort(key=lambda s: (-(s.last - s.first), -(s.end - s.start), -s.points, s.start))
    starts: list[int] = []
    chosen: list[Span] = []
    for span in believed:
        at = bisect(starts, span.start)
        if (at and chosen[at - 1].end > span.start) or (at < len(chosen) and chosen[at].start < span.end):
            continue
        starts.insert(at, span.start)
        chosen.insert(at, span)
    return chosen
