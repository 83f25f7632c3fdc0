"""States and provinces as English news abbreviates them: Paris, Tex.; W.Va.; Toronto, ON."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from entnorm.mentions.words import rows


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """An abbreviation at ``start:end`` of a text, the division's main name and its country."""

    start: int
    end: int
    name: str
    country: str


@lru_cache(maxsize=1)
def _table() -> dict[str, tuple[str, str, bool]]:
    """Abbreviation -> name, country, and whether it is one only behind a name and a comma."""
    return {short: (name, country, where == "after") for short, name, country, where in rows("abbreviations.tsv")}


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    longest_first = sorted(_table(), key=lambda short: (-len(short), short))
    return re.compile(rf"(?<![\w.])(?=[A-Z])(?:{'|'.join(map(re.escape, longest_first))})(?![\w])")


#: A capitalised word and a comma: the town whose state follows.
_TOWN = re.compile(r"[^\W\d_a-z][\w.'’-]*,\s{1,2}$")
_LONGEST_TOWN = 30


def abbreviations(text: str) -> Iterator[Abbreviation]:
    """The abbreviated states of an English text, in order.

    >>> [(a.name, a.country) for a in abbreviations("PARIS, Tex. (AP) - Ms. Ind went to London, Ont., in May.")]
    [('Texas', 'US'), ('Ontario', 'CA')]
    """
    for match in _pattern().finditer(text):
        name, country, after = _table()[match.group()]
        if after and not _TOWN.search(text, max(0, match.start() - _LONGEST_TOWN), match.start()):
            continue
        yield Abbreviation(match.start(), match.end(), name, country)
