"""The document decides: the candidates of every name in it, in the order that all of it suggests."""

from __future__ import annotations

from collections.abc import Sequence

from entnorm.match.score import Scored
from entnorm.mentions.merge import Span
from entnorm.mentions.people import PersonSpan
from entnorm.mentions.places import PlaceSpan
from entnorm.resolve.people import countries_of, weigh
from entnorm.resolve.places import decide


def decided(
    text: str, spans: Sequence[Span], lang: str | None, hints: Sequence[PlaceSpan] = ()
) -> list[Sequence[Scored]]:
    """For each span its candidates, the likeliest first; none for a name on no list.

    Places are decided first and together, with the countries and divisions that ``hints`` tell of, then people, who may
    be of the countries that the places lie in.
    """
    named = [s for s in spans if isinstance(s, PlaceSpan)]
    places = decide(text, sorted([*named, *hints], key=lambda s: s.start) if named else [], lang)
    countries = countries_of(places[id(s)] for s in named)
    rankings: list[Sequence[Scored]] = []
    for span in spans:
        if isinstance(span, PlaceSpan):
            rankings.append(places[id(span)])
        else:
            rankings.append(weigh(span, text, countries) if isinstance(span, PersonSpan) else ())
    return rankings
