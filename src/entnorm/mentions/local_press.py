"""How the English-language press names the places of its readers: R-Charleston, a Chapin man, Clay and Lee counties.

Words that would pass for surnames elsewhere are places there, whatever else they look like.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from entnorm.mentions.places import PlacesFinder, PlaceSpan
from entnorm.mentions.tokens import Token

#: Parties before the place that a member sits for; words before and after the place that somebody is of.
_PARTIES = frozenset({"R", "D", "I"})
_ARTICLES = frozenset({"a", "an", "old"})
_PEOPLE = frozenset(
    ["man", "woman", "men", "women", "resident", "residents", "native", "couple", "teen", "teenager", "boy", "girl"]
)
_COUNTIES, _COUNTY, _AND = "counties", "County", frozenset({"and", "&"})
_CERTAIN = 1.5


def local_places(
    text: str, tokens: Sequence[Token], places: Sequence[PlaceSpan], finder: PlacesFinder, lang: str | None
) -> tuple[list[PlaceSpan], set[int]]:
    """The place spans with those of the local press among them, and the first words of these."""
    if lang != "en":
        return list(places), set()
    counties = list(_counties(text, tokens, finder))
    taken = {i for c in counties for i in range(c.first, c.last)}
    kept = [p for p in places if taken.isdisjoint(range(p.first, p.last))]
    said = [p for p in kept if _is_seat(tokens, p) or _is_home(tokens, p)]
    for place in said:
        place.certain = place.sure = True
        place.points = max(place.points, _CERTAIN)
    return [*kept, *counties], {p.first for p in (*said, *counties)}


def _is_seat(tokens: Sequence[Token], place: PlaceSpan) -> bool:
    """R-Charleston: behind the letter of a party."""
    first = place.first
    return first > 0 and tokens[first].gap in ("-", "–") and tokens[first - 1].text in _PARTIES


def _is_home(tokens: Sequence[Token], place: PlaceSpan) -> bool:
    """A Chapin man: between an article or age and a word for people."""
    if not place.first or place.last >= len(tokens):
        return False
    before, after = tokens[place.first - 1], tokens[place.last]
    if tokens[place.first].gap != " " or after.gap != " ":
        return False
    return before.text.lower() in _ARTICLES and after.text in _PEOPLE


def _counties(text: str, tokens: Sequence[Token], finder: PlacesFinder) -> Iterator[PlaceSpan]:
    """Clay, Douglas and Otter Tail counties: the counties of a list before their type word."""
    for end, token in enumerate(tokens):
        if token.text.lower() != _COUNTIES or token.gap != " ":
            continue
        items = list(_items_before(tokens, end))
        if len(items) < 2:
            continue
        for first, last in items:
            name = text[tokens[first].start : tokens[last - 1].end]
            ranked = finder.rank(f"{name} {_COUNTY}", "en", False)
            named = [replace(s, base=name) for s in ranked if s.index.type(s.entity) == "admin2"]
            if named:
                start, stop = tokens[first].start, tokens[last - 1].end
                yield PlaceSpan(first, last, start, stop, named, _CERTAIN, sure=True, certain=True)


def _items_before(tokens: Sequence[Token], end: int) -> Iterator[tuple[int, int]]:
    """Words ``first:last`` of the capitalised names of a list that ends before word ``end``, the last first."""
    last = end
    while last and tokens[last - 1].capital:
        first = last - 1
        while first and tokens[first].gap in (" ", ". ") and tokens[first - 1].capital:
            first -= 1
        yield first, last
        gap = tokens[first].gap
        if first and gap == " " and tokens[first - 1].text in _AND:
            last = first - 1
        elif gap.strip() == "," and first:
            last = first
        else:
            return
