"""One set of spans from the finders and the recogniser.

A listed name is believed by what the index finder adds up for it and by the recogniser's belief in its words; a span of
the recogniser by that belief alone. The strongest come first, and a weaker one that overlaps goes.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from entnorm.mentions.people import PersonSpan
from entnorm.mentions.places import PlaceSpan
from entnorm.mentions.tokens import Token, is_unspaced, uncased
from entnorm.models import Kind

#: Belief from which a listed name is taken where the recogniser has no say (scripts without spaces or capitals).
ACCEPT = 0.2
#: The same where it has: points of the finder plus the recogniser's log odds.
TOGETHER = 0.5
#: Weight of the recogniser's log odds beside the finder's points; what a name of several words counts more.
_ODDS, _SEVERAL = 0.8, 1.0
_MOST_POINTS = 1.5
#: Belief below which the recogniser is so certain that no place is named that being well known is not enough, but for
#: names that the language itself has.
_DENIED = 0.05
#: Belief from which a place of several words is one name, and the listed places in it are parts of it: Köln-Wahn.
_WHOLE = 0.5
_COLUMN = {"person": 1, "place": 2}
_ORGANISATION = 3
_FREE = -1


@dataclass(slots=True)
class UnlistedSpan:
    """Words ``first:last`` that the recogniser takes for a name and no index lists; ``belief`` is 0..1."""

    first: int
    last: int
    start: int
    end: int
    kind: Kind
    belief: float


Span = PersonSpan | PlaceSpan | UnlistedSpan
Relist = Callable[[UnlistedSpan], PersonSpan | None]


def listed_only(listed: Sequence[PersonSpan | PlaceSpan]) -> list[Span]:
    """Spans that do not overlap where there is no recogniser: longer before shorter, then the more believed.

    >>> listed_only([])
    []
    """
    believed = sorted(
        (s for s in listed if s.points >= ACCEPT), key=lambda s: (s.first - s.last, s.start - s.end, -s.points, s.start)
    )
    taken = np.zeros(max((s.end for s in believed), default=0), dtype=bool)
    chosen: list[Span] = []
    for span in believed:
        if not taken[span.start : span.end].any():
            taken[span.start : span.end] = True
            chosen.append(span)
    return sorted(chosen, key=lambda s: s.start)


def readable(token: Token) -> bool:
    """Whether the recogniser has learned to read a word's script: those with spaces and capitals."""
    return not is_unspaced(token) and not uncased(token)


def kind_of(span: Span) -> Kind:
    """``person`` or ``place``."""
    if isinstance(span, UnlistedSpan):
        return span.kind
    return "person" if isinstance(span, PersonSpan) else "place"


def _odds(belief: float) -> float:
    return math.log((belief + 0.02) / (1.02 - belief))


def merge(
    listed: Sequence[PersonSpan | PlaceSpan],
    found: Sequence[UnlistedSpan],
    beliefs: NDArray[Any],
    tokens: Sequence[Token],
    relist: Relist,
) -> list[Span]:
    """Spans that do not overlap, in text order.

    ``beliefs`` has a row per word (none, person, place, organisation). A listed person inside a longer name that the
    recogniser sees is looked up again by ``relist``; if nobody is listed under the longer name, nobody is meant. A
    listed place inside the longer name of a place goes too.
    """
    listed = _without_parts(listed, found)
    scores = {id(span): _listed_score(span, beliefs, tokens) for span in listed}
    ranked: list[tuple[float, int, Span]] = []
    for other in found:
        score = _ODDS * _odds(other.belief)
        confirmed = _known_as(other, listed)
        if confirmed is None:
            ranked.append((score, other.start, other))
        else:
            scores[id(confirmed)] = max(scores[id(confirmed)] or score, score)
    for known in listed:
        listed_score = scores[id(known)]
        if listed_score is not None:
            ranked.append((listed_score, known.start, known))
    ranked.sort(key=lambda r: (-r[0], r[1], isinstance(r[2], UnlistedSpan)))
    # Which chosen span stands at each character, so that overlaps are found without a search.
    owner = np.full(max((s.end for _, _, s in ranked), default=0), _FREE, dtype=np.int32)
    chosen: list[Span | None] = []
    for _, _, span in ranked:
        over = np.unique(owner[span.start : span.end])
        inner = chosen[int(over[-1])] if over[-1] != _FREE else None
        if inner is not None:
            if np.count_nonzero(over != _FREE) > 1 or not _is_longer_name(span, inner):
                continue
            chosen[int(over[-1])] = None
        again = relist(span) if isinstance(span, UnlistedSpan) and span.kind == "person" else None
        owner[span.start : span.end] = len(chosen)
        chosen.append(again or span)
    return sorted((c for c in chosen if c is not None), key=lambda s: s.start)


def _without_parts(
    listed: Sequence[PersonSpan | PlaceSpan], found: Sequence[UnlistedSpan]
) -> Sequence[PersonSpan | PlaceSpan]:
    """The listed spans but for places that are some of the words of a place the recogniser sees."""
    whole = {
        word: span
        for span in found
        if span.kind == "place" and span.last - span.first > 1 and span.belief >= _WHOLE
        for word in range(span.first, span.last)
    }
    return [s for s in listed if not (isinstance(s, PlaceSpan) and _is_part(s, whole.get(s.first)))]


def _is_part(span: PlaceSpan, whole: UnlistedSpan | None) -> bool:
    return whole is not None and span.last <= whole.last and span.last - span.first < whole.last - whole.first


def _known_as(other: UnlistedSpan, listed: Sequence[PersonSpan | PlaceSpan]) -> PersonSpan | PlaceSpan | None:
    """The listed span that a span of the recogniser confirms: for places the longest that overlaps it, for people
    one of the same words or more, because a longer name than the listed one may be somebody else's."""
    same = [s for s in listed if kind_of(s) == other.kind and s.start < other.end and other.start < s.end]
    if other.kind == "person":
        same = [s for s in same if s.first <= other.first and other.last <= s.last]
    return max(same, key=lambda s: (s.last - s.first, s.points), default=None)


def _listed_score(span: PersonSpan | PlaceSpan, beliefs: NDArray[Any], tokens: Sequence[Token]) -> float | None:
    """What speaks for a listed span, ``None`` when it is not enough; its belief is noted on it."""
    if not readable(tokens[span.first]):
        return span.points + 1.0 if span.points >= ACCEPT else None
    span.belief = float(beliefs[span.first : span.last, _COLUMN[kind_of(span)]].mean())
    score = (
        min(span.points, _MOST_POINTS) + _ODDS * _odds(span.belief) + (_SEVERAL if span.last - span.first > 1 else 0.0)
    )
    organisation = float(beliefs[span.first : span.last, _ORGANISATION].mean())
    if isinstance(span, PlaceSpan) and span.sure and span.points >= ACCEPT and organisation < 0.5:
        compound = span.last < len(tokens) and tokens[span.last].gap.strip() == "-"  # US-Präsident
        if compound or span.household or span.belief >= _DENIED:
            return max(score, TOGETHER)
    return score if score >= TOGETHER else None


def _is_longer_name(span: Span, inner: Span) -> bool:
    """Whether a span of the recogniser is a person's longer name around a listed person's."""
    if not (isinstance(span, UnlistedSpan) and span.kind == "person" and isinstance(inner, PersonSpan)):
        return False
    around = span.start <= inner.start and inner.end <= span.end
    return around and span.last - span.first > inner.last - inner.first
