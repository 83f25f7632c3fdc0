"""Signs: what speaks for a span being a name of its kind, as numbers that its confidence is judged by.

The calibration weighs them (:mod:`entnorm.match.calibrate`); what is hardly a name by them is left out of a document.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Any

from numpy.typing import NDArray

from entnorm.match.calibrate import log_odds
from entnorm.mentions._recogniser_words import OrdinaryWords
from entnorm.mentions.lexicon import CAPITAL_NOUNS, classes, is_ordinary
from entnorm.mentions.merge import (
    KIND_COLUMN,
    MOST_POINTS,
    ORGANISATION,
    Span,
    UnlistedSpan,
    kind_of,
    mean_belief,
    readable,
)
from entnorm.mentions.people import PersonSpan
from entnorm.mentions.places import PlaceSpan
from entnorm.mentions.tokens import Token

_STEM, _SHORT = 5, 4
#: Words behind a span that are read for an organisation's.
_LONGEST_AFTER = 4
#: Share of words in capitals from which they tell nothing.
_SHOUTED = 0.7


@lru_cache(maxsize=1)
def _words() -> OrdinaryWords:
    return OrdinaryWords.load()


@lru_cache(maxsize=1 << 14)
def _is_noun(word: str) -> bool:
    return _words().noun(word) == "noun"


class Signs:
    """The signs of the spans of one text.

    ``beliefs`` are the recogniser's, a row per word, ``None`` without one; ``may_be_given`` knows given names.
    """

    def __init__(
        self,
        tokens: Sequence[Token],
        lang: str | None,
        beliefs: NDArray[Any] | None,
        may_be_given: Callable[[str], bool],
    ) -> None:
        self._tokens, self._lang, self._beliefs, self._may_be_given = tokens, lang, beliefs, may_be_given
        self._stems = [t.text[:_STEM].lower() for t in tokens if t.capital]
        shouted = len([t for t in tokens if t.text.isupper() and len(t.text) > 1])
        self._capitals_tell = bool(self._stems) and shouted <= _SHOUTED * len(tokens)
        self._small = {t.text.lower() for t in tokens if not t.capital}

    def note(self, spans: Iterable[Span]) -> None:
        """Write the signs on the spans.

        Those in scripts that the recogniser does not read, and in texts all in capitals or without any, have its odds
        alone: what the others mean was learned from texts with capitals.
        """
        for span in spans:
            odds = log_odds(span.belief)
            if self._beliefs is not None and self._capitals_tell and readable(self._tokens[span.first]):
                span.signs = self._of(span, odds, self._beliefs)
            else:
                span.signs = {"odds": odds}

    def _of(self, span: Span, odds: float, beliefs: NDArray[Any]) -> dict[str, float]:
        first, last = self._tokens[span.first], self._tokens[span.last - 1]
        other = "place" if kind_of(span) == "person" else "person"
        one = span.last - span.first == 1
        opens = one and first.opens
        repeats = _repeats(span)
        strange = one and not repeats  # a word alone that nothing in the text explains
        words = [first] if one else self._tokens[span.first : span.last]
        goes_on, heads_organisation = self._after(span.last)
        return {
            "odds": odds,
            "organisation": log_odds(mean_belief(beliefs, span.first, span.last, ORGANISATION)),
            "other_kind": log_odds(mean_belief(beliefs, span.first, span.last, KIND_COLUMN[other])),
            "one_word": float(one),
            "opens": float(opens),
            "opens_word": float(opens and strange and _words().small(first.text, self._lang or "")),
            "ordinary": float(strange and is_ordinary(first.text, self._lang)),
            "noun": float(strange and self._lang in CAPITAL_NOUNS and _is_noun(first.text)),
            "again": math.log(max(1, self._stems.count(first.text[:_STEM].lower()))),
            "small_too": float(not self._small.isdisjoint([t.text.lower() for t in words])),
            "repeats": float(repeats),
            "upper": float(first.text.isupper() and len(first.text) > 1),
            "given": float(self._may_be_given(first.text)),
            "short": float(len(last.text) < _SHORT),
            "sure": float(isinstance(span, PlaceSpan) and span.sure),
            "typed": float(isinstance(span, PlaceSpan) and bool(span.wants)),
            "points": 0.0 if isinstance(span, UnlistedSpan) else min(span.points, MOST_POINTS),
            "goes_on": goes_on,
            "heads_organisation": heads_organisation,
        }

    def _after(self, last: int) -> tuple[float, float]:
        """Whether capitalised words go on behind a span, and whether they come to one for an organisation: Washington
        Latin School."""
        goes_on = organisation = 0.0
        for token in self._tokens[last : last + _LONGEST_AFTER]:
            if token.gap != " " or not token.capital:
                break
            goes_on = 1.0
            organisation = max(organisation, float("org" in classes(token.text, self._lang)))
        return goes_on, organisation


def _repeats(span: Span) -> bool:
    """Whether the span repeats part of a full name."""
    return span.named if isinstance(span, PersonSpan) else isinstance(span, UnlistedSpan) and span.of is not None
