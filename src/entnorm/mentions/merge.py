"""One set of spans from the finders, the recogniser, and the user's own pipeline.

A listed name is believed by what the index finder adds up for it and by the recogniser's belief in its words; a span of
the recogniser by that belief alone. What another finder marks raises the belief in its words. The strongest come first,
and a weaker one that overlaps goes.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from entnorm.match.calibrate import log_odds
from entnorm.mentions.entities import Cut
from entnorm.mentions.people import PersonSpan
from entnorm.mentions.places import PlaceSpan
from entnorm.mentions.tokens import Token, is_unspaced, uncased
from entnorm.models import Kind

#: Belief from which a listed name is taken where the recogniser has no say (scripts without spaces or capitals).
ACCEPT = 0.2
#: The same where it has: points of the finder plus the recogniser's log odds.
TOGETHER = 0.0
#: Weight of the recogniser's log odds beside the finder's points; what a name of several words counts more.
_ODDS, _SEVERAL = 0.8, 1.0
MOST_POINTS = 1.5
#: Taken from a person on no list whose one word is a well-known place.
_NAMESAKE = 1.2
#: Belief from which a place of several words is one name, and the listed places in it are parts of it: Köln-Wahn where
#: it is written together, Upper Arlington Heights where it is not.
_WHOLE, _WHOLE_APART = 0.5, 0.8
#: Belief in what another finder has seen where the recogniser has no say, and the least where it has.
_SEEN, _SEEN_ENOUGH = 0.8, 0.5
#: Belief from which a word is part of an organisation's name, and one word is an organisation; what stands between the
#: words of one.
_IN, _IN_ALONE, _JOINS = 0.5, 0.85, (" ", "-")
#: How far full trust moves the log odds of a word.
_MOST_TRUST = 0.98
#: Column of a kind in the table of beliefs.
KIND_COLUMN = {"person": 1, "place": 2}
ORGANISATION = 3
_FREE = -1
# Armenian has capitals, and nothing in Armenian was learned from.
_UNREAD = re.compile("[\u0531-\u0587]")


@dataclass(slots=True)
class UnlistedSpan:
    """Words ``first:last`` that the recogniser takes for a name and no index lists; ``belief`` is 0..1.

    ``points`` is what the document adds to that, ``of`` the full name that the span repeats a part of.
    ``foreign`` says that it was not the recogniser but the user's own pipeline, alone.
    """

    first: int
    last: int
    start: int
    end: int
    kind: Kind
    belief: float
    points: float = 0.0
    of: UnlistedSpan | None = None
    foreign: bool = False
    signs: dict[str, float] = field(default_factory=dict)


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
    if token.cased and token.text.isascii():
        return True
    return not is_unspaced(token) and not uncased(token) and not _UNREAD.match(token.text)


def mean_belief(beliefs: NDArray[Any], first: int, last: int, column: int) -> float:
    """Mean of one column of the table of beliefs over words ``first:last``.

    >>> mean_belief(np.array([[0.1, 0.9], [0.5, 0.5]]), 0, 1, 1)
    0.9
    """
    if last - first == 1:
        return float(beliefs.item(first, column))
    if last - first == 2:
        total = beliefs.dtype.type(beliefs.item(first, column) + beliefs.item(first + 1, column))
        return float(total / 2)
    return float(np.add.reduce(beliefs[first:last, column]) / (last - first))


def kind_of(span: Span) -> Kind:
    """``person`` or ``place``."""
    if isinstance(span, UnlistedSpan):
        return span.kind
    return "person" if isinstance(span, PersonSpan) else "place"


def weigh_in(
    seen: Iterable[Cut],
    found: Sequence[UnlistedSpan],
    beliefs: NDArray[Any] | None,
    tokens: Sequence[Token],
    trust: float,
) -> tuple[list[UnlistedSpan], NDArray[Any] | None]:
    """The recogniser's spans and beliefs with what another finder has ``seen`` counted in.

    ``beliefs`` is ``None`` where there is no recogniser. A word that was seen as part of a name has its odds multiplied
    by those of ``trust``, 0.5 to 1; from full trust, whatever was seen is a name. What was not seen tells nothing: the
    other finder may look for a few names only.
    """
    moved = math.log(min(trust, _MOST_TRUST) / (1 - min(trust, _MOST_TRUST)))
    cuts = list(dict.fromkeys(seen))
    beliefs = None if beliefs is None else beliefs.astype(np.float64)
    by_place = {(s.start, s.end, s.kind): s for s in found}
    for first, last, start, end, kind in cuts:
        belief = _SEEN
        if beliefs is not None and readable(tokens[first]):
            column, rows = KIND_COLUMN[kind], beliefs[first:last]
            before = rows[:, column].clip(0.001, 0.999)
            after = 1 / (1 + np.exp(-np.log(before / (1 - before)) - moved))
            rows *= ((1 - after) / (1 - before))[:, None]
            rows[:, column] = after
            belief = float(after.mean())
        same = by_place.get((start, end, kind))
        if same is not None:
            by_place[start, end, kind] = replace(same, belief=max(same.belief, belief))
        elif belief >= _SEEN_ENOUGH or trust == 1.0:
            by_place[start, end, kind] = UnlistedSpan(first, last, start, end, kind, belief, foreign=True)
    return list(by_place.values()), beliefs


def merge(
    listed: Sequence[PersonSpan | PlaceSpan],
    found: Sequence[UnlistedSpan],
    beliefs: NDArray[Any] | None,
    tokens: Sequence[Token],
    relist: Relist,
) -> list[Span]:
    """Spans that do not overlap, in text order.

    ``beliefs`` has a row per word (none, person, place, organisation), and is ``None`` where there is no recogniser. A
    listed person inside a longer name that the recogniser sees is looked up again by ``relist``; if nobody is listed
    under the longer name, nobody is meant. A listed place inside the longer name of a place goes too.
    """
    found = _without_pairs(found, listed, tokens)
    listed = _without_parts(listed, found, tokens)
    scores = {id(span): _listed_score(span, beliefs, tokens) for span in listed}
    sure = {s.first for s in listed if isinstance(s, PlaceSpan) and s.sure and s.last - s.first == 1}
    ranked: list[tuple[float, int, Span]] = []
    for other in found:
        score = _unlisted_score(other, sure)
        if other.of is not None and score < TOGETHER:
            continue
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
    owner = [_FREE] * max((s.end for _, _, s in ranked), default=0)
    chosen: list[Span | None] = []
    relisted: dict[int, PersonSpan] = {}
    for _, _, span in ranked:
        over = owner[span.start : span.end]
        last = max(over, default=_FREE)
        inner = chosen[last] if last != _FREE else None
        if inner is not None:
            if len({*over} - {_FREE}) > 1 or not _is_longer_name(span, inner):
                continue
            chosen[last] = None
        again = relist(span) if isinstance(span, UnlistedSpan) and span.kind == "person" and not span.of else None
        owner[span.start : span.end] = [len(chosen)] * (span.end - span.start)
        chosen.append(again or span)
        if again is not None:
            relisted[id(span)] = again
    return sorted((_after(c, relisted) for c in chosen if c is not None), key=lambda s: s.start)


def _after(span: Span, relisted: dict[int, PersonSpan]) -> Span:
    """The span, or for part of a full name that turned out to be listed, the same part of the listed person's."""
    whole = relisted.get(id(span.of)) if isinstance(span, UnlistedSpan) else None
    if whole is None:
        return span
    return PersonSpan(
        span.first, span.last, span.start, span.end, whole.ranked[:1], MOST_POINTS, span.belief, named=True
    )


def _unlisted_score(span: UnlistedSpan, sure: Container[int]) -> float:
    """What speaks for a span on no list; ``sure`` are the words that are well-known places."""
    return _ODDS * log_odds(span.belief) + span.points - (_NAMESAKE if _is_well_known_place(span, sure) else 0.0)


def _is_well_known_place(span: UnlistedSpan, sure: Container[int]) -> bool:
    """Whether a lone word taken for somebody on no list is a well-known place: Ginevra, Lima."""
    return span.kind == "person" and span.of is None and span.last - span.first == 1 and span.first in sure


def _without_pairs(
    found: Sequence[UnlistedSpan], listed: Sequence[PersonSpan | PlaceSpan], tokens: Sequence[Token]
) -> Sequence[UnlistedSpan]:
    """The recogniser's spans but for two well-known places with a small word between: Praha s Bratislavou."""
    sure = [(s.first, s.last) for s in listed if isinstance(s, PlaceSpan) and s.sure]
    begins, ends = dict(sure), {last: first for first, last in sure}

    def is_pair(span: UnlistedSpan) -> bool:
        between = range(begins.get(span.first, span.last), ends.get(span.last, span.first))
        return span.kind == "place" and len(between) == 1 and not tokens[between[0]].capital

    whole = {(s.first, s.last) for s in listed}
    return [s for s in found if (s.first, s.last) in whole or not is_pair(s)]


def _without_parts(
    listed: Sequence[PersonSpan | PlaceSpan], found: Sequence[UnlistedSpan], tokens: Sequence[Token]
) -> Sequence[PersonSpan | PlaceSpan]:
    """The listed spans but for places that are some of the words of a place the recogniser sees."""
    whole = {
        word: span
        for span in found
        if span.kind == "place" and span.last - span.first > 1 and span.belief >= _least_whole(span, tokens)
        for word in range(span.first, span.last)
    }
    return [s for s in listed if not (isinstance(s, PlaceSpan) and _is_part(s, whole.get(s.first)))]


def _least_whole(span: UnlistedSpan, tokens: Sequence[Token]) -> float:
    """Belief from which a place is one name: less where a hyphen joins its words."""
    joined = any(t.gap == "-" for t in tokens[span.first + 1 : span.last])
    return _WHOLE if joined else _WHOLE_APART


def _is_part(span: PlaceSpan, whole: UnlistedSpan | None) -> bool:
    return whole is not None and span.last <= whole.last and span.last - span.first < whole.last - whole.first


def _known_as(other: UnlistedSpan, listed: Sequence[PersonSpan | PlaceSpan]) -> PersonSpan | PlaceSpan | None:
    """The listed span that a span of the recogniser confirms: for places the longest that overlaps it, for people
    one of the same words or more, because a longer name than the listed one may be somebody else's."""
    same = [s for s in listed if s.start < other.end and other.start < s.end and kind_of(s) == other.kind]
    if other.kind == "person":
        same = [s for s in same if s.first <= other.first and other.last <= s.last]
    return max(same, key=lambda s: (s.last - s.first, s.points), default=None)


def _listed_score(span: PersonSpan | PlaceSpan, beliefs: NDArray[Any] | None, tokens: Sequence[Token]) -> float | None:
    """What speaks for a listed span, ``None`` when it is not enough; its belief is noted on it."""
    if beliefs is None or not readable(tokens[span.first]):
        return span.points + 1.0 if span.points >= ACCEPT else None
    person = isinstance(span, PersonSpan)
    span.belief = mean_belief(beliefs, span.first, span.last, KIND_COLUMN["person" if person else "place"])
    score = min(span.points, MOST_POINTS) + _ODDS * log_odds(span.belief)
    score += _SEVERAL if span.last - span.first > 1 else 0.0
    if isinstance(span, PersonSpan):
        return max(score, TOGETHER) if span.named or score >= TOGETHER else None
    if span.sure and _is_compounded(span, tokens):
        span.certain = True
    if score >= TOGETHER or span.certain:
        return max(score, TOGETHER)
    known = span.sure and span.points >= ACCEPT and not _is_in_organisation(span, beliefs, tokens)
    return TOGETHER if known else None


def _is_in_organisation(span: PlaceSpan, beliefs: NDArray[Any], tokens: Sequence[Token]) -> bool:
    """Whether a place is, or is part of, the name of an organisation: the Ohio Senate, but not Kiev in Kiev's mayor.

    One well-known word alone must be one for certain: capitals act, and so do clubs that are called like cities.
    """
    belief = mean_belief(beliefs, span.first, span.last, ORGANISATION)
    before, after = span.first - 1, span.last
    joined = (
        span.last - span.first > 1
        or (before >= 0 and tokens[span.first].gap in _JOINS and beliefs[before, ORGANISATION] >= _IN)
        or (after < len(tokens) and tokens[after].gap in _JOINS and beliefs[after, ORGANISATION] >= _IN)
    )
    return belief >= (_IN if joined else _IN_ALONE)


def _is_compounded(span: PlaceSpan, tokens: Sequence[Token]) -> bool:
    """Whether a hyphen joins a noun to a country: US-Präsident, and as machines write it, US -Vizepräsident."""
    if span.last >= len(tokens) or tokens[span.last].gap.strip() != "-":
        return False
    best = span.ranked[0] if span.ranked else None
    if best is None or best.index.type(best.entity) != "country":
        return False
    return best.index.name_text(best.row) == best.base


def _is_longer_name(span: Span, inner: Span) -> bool:
    """Whether a span of the recogniser is a person's longer name around a listed person's."""
    if not (isinstance(span, UnlistedSpan) and span.kind == "person" and isinstance(inner, PersonSpan)):
        return False
    around = span.start <= inner.start and inner.end <= span.end
    return around and span.last - span.first > inner.last - inner.first
