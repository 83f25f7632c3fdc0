"""Words that are a person's name and a place's: what the names around them say.

Austin in a text about Texas is the city, whatever its neighbours look like; London after Jack is a surname; and what
stands between a role and a famous surname is the body that the role is in, no given name: Зампред Совбеза Медведев.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from typing import Any

from numpy.typing import NDArray

from entnorm.match.score import Scored
from entnorm.mentions.lexicon import CAPITAL_NOUNS, classes, is_ordinary
from entnorm.mentions.merge import ACCEPT, KIND_COLUMN, Span, UnlistedSpan, kind_of, mean_belief, readable
from entnorm.mentions.people import FAMOUS, PeopleFinder, PersonSpan
from entnorm.mentions.places import PlaceSpan
from entnorm.mentions.tokens import Token
from entnorm.text.keys import key
from entnorm.text.scripts import script_of

#: Belief that a given name before a well-known place makes a surname of it, at least, and what it adds in points.
_SURNAME, _POINTS = 0.6, 1.5
#: Prominence from which a given name is rather a place itself: Florence, Victoria.
_PLACE = 0.45
#: Candidates of a place that may be the one whose country or division the text names.
_LIKELY = 3
_EXACT = 0.995

Listed = PersonSpan | PlaceSpan


def surnames(
    tokens: Sequence[Token],
    places: Sequence[PlaceSpan],
    found: Sequence[UnlistedSpan],
    beliefs: NDArray[Any] | None,
    people: PeopleFinder,
    lang: str | None,
) -> list[UnlistedSpan]:
    """The unlisted spans, with people whose surname is a well-known place: Jack London."""
    single = {p.first: p for p in places if p.last - p.first == 1}
    several = {i for p in places if p.last - p.first > 1 for i in range(p.first, p.last)}
    people_at = {(s.first, s.last) for s in found if s.kind == "person" and s.last - s.first > 1}
    longer = {i for first, last in people_at if last - first > 2 for i in range(first, last)}
    added = []
    for i, place in ((p.first - 1, p) for p in single.values() if p.first and p.sure):
        if {i, i + 1} & (several | longer) or not _makes_surname(tokens, i, single.get(i), people, lang):
            continue
        belief = _SURNAME if beliefs is None else max(_SURNAME, mean_belief(beliefs, i, i + 2, KIND_COLUMN["person"]))
        added.append(UnlistedSpan(i, i + 2, tokens[i].start, place.end, "person", belief, _POINTS))
    taken = {i for s in added for i in (s.first, s.last - 1)}
    return [*(s for s in found if not taken.intersection(range(s.first, s.last))), *added]


def _makes_surname(
    tokens: Sequence[Token], i: int, itself: PlaceSpan | None, people: PeopleFinder, lang: str | None
) -> bool:
    """Whether word ``i`` is a given name and nothing else, and stands right before one more name and no further one."""
    word, after = tokens[i], tokens[i + 1]
    if not (word.capital and after.gap == " " and people.is_given(word.text)) or len(word.text) < 3:
        return False
    if word.text.isupper() != after.text.isupper() or classes(word.text, lang):
        return False
    if is_ordinary(word.text, lang) and (word.opens or lang in CAPITAL_NOUNS):
        return False
    if itself is not None and max(map(_prominence, itself.ranked[:_LIKELY])) >= _PLACE:
        return False
    if i and tokens[i].gap in (" ", "-") and tokens[i - 1].capital and not classes(tokens[i - 1].text, lang):
        return False
    return not (i + 2 < len(tokens) and tokens[i + 2].gap in (" ", "-") and tokens[i + 2].capital)


def without_bodies(
    tokens: Sequence[Token],
    found: Sequence[UnlistedSpan],
    alone: Sequence[PersonSpan],
    people: PeopleFinder,
    lang: str | None,
) -> list[UnlistedSpan]:
    """The unlisted spans but for those of a famous surname and, behind a role, the body that the role is in."""
    famous = {s.first for s in alone if s.points >= ACCEPT and _prominence(s.ranked[0]) >= FAMOUS}
    return [s for s in found if not (s.last - 1 in famous and _opens_with_body(tokens, s, people, lang))]


def _opens_with_body(tokens: Sequence[Token], span: UnlistedSpan, people: PeopleFinder, lang: str | None) -> bool:
    if span.kind != "person" or span.last - span.first < 2 or not span.first or people.lexicon is None:
        return False
    words, before = tokens[span.first : span.last], tokens[span.first - 1]
    if any(t.gap != " " for t in words) or not classes(before.text, lang) & {"title", "role"}:
        return False
    return not any(
        len(t.text) < 3
        or people.may_be_given(t.text)
        or people.lexicon.roles(t.text).role
        or people.known_word(t.text, lang)
        for t in words[:-1]
    )


def settled(
    tokens: Sequence[Token],
    listed: Sequence[Listed],
    found: Sequence[UnlistedSpan],
    said: Set[int],
    lang: str | None,
) -> tuple[list[Listed], list[UnlistedSpan]]:
    """The spans without people who are rather places: well known, with their country or division, or what lies in
    them, named in the text, and with nothing beside the name that says who is meant; or ``said`` to be places."""
    people = {s.first for s in (*listed, *found) if _is_lone_person(s)}
    named = {s.first for s in listed if isinstance(s, PersonSpan) and s.named}
    places = [s for s in listed if isinstance(s, PlaceSpan) and s.points >= ACCEPT and s.sure]
    meant = set(said)
    for place in places:
        if place.first not in people - named or place.last - place.first > 1 or _is_introduced(tokens, place, lang):
            continue
        if any(_supports(other, place) for other in places if other.ranked[0].base != place.ranked[0].base):
            place.certain = True
            meant.add(place.first)
    return (
        [s for s in listed if not (isinstance(s, PersonSpan) and _is_lone_person(s) and s.first in meant)],
        [s for s in found if not (_is_lone_person(s) and s.first in meant) and not _is_of_party(tokens, s, said)],
    )


def _is_lone_person(span: Listed | UnlistedSpan) -> bool:
    return kind_of(span) == "person" and span.last - span.first == 1


def _is_of_party(tokens: Sequence[Token], span: UnlistedSpan, said: Set[int]) -> bool:
    """Whether a span is the letter of a party and the place behind it: R-Charleston."""
    return span.last - span.first == 2 and span.last - 1 in said and len(tokens[span.first].text) == 1


def _is_introduced(tokens: Sequence[Token], place: PlaceSpan, lang: str | None) -> bool:
    """Whether the words beside say that a person is named: a title, a role, a given name."""
    before = tokens[place.first - 1] if place.first and tokens[place.first].gap.strip() == "" else None
    return before is not None and bool(classes(before.text, lang) & {"title", "role", "given"})


def _supports(other: PlaceSpan, place: PlaceSpan) -> bool:
    """Whether a place of the text is the division that another lies in, or lies in the other country or division."""
    there = other.ranked[0]
    return any(_holds(there, s, "admin1") or _holds(s, there, "country", "admin1") for s in _likely(place))


def _likely(place: PlaceSpan) -> Iterator[Scored]:
    """The first candidates that are written as the text has it."""
    return (s for s in place.ranked[:_LIKELY] if s.score >= _EXACT)


def _holds(outer: Scored, inner: Scored, *types: str) -> bool:
    """Whether a country or first-order division holds a place that is none itself."""
    index, type_ = outer.index, outer.index.type(outer.entity)
    if type_ not in types or inner.index is not index or index.type(inner.entity) in ("country", "admin1"):
        return False
    if type_ == "country":
        return index.country(outer.entity) == index.country(inner.entity)
    return int(index.arrays["entity_parent"][inner.entity]) == outer.entity


def _prominence(scored: Scored) -> float:
    return scored.index.prominence(scored.entity)


def relisted(
    text: str,
    tokens: list[Token],
    people: PeopleFinder,
    places: Sequence[PlaceSpan],
    lang: str | None,
    span: UnlistedSpan,
) -> PersonSpan | None:
    """The listed person that an unlisted span names after all, ``None`` if there is none."""
    surface = text[span.start : span.end]
    if not readable(tokens[span.first]):
        ranked = people.rank_written(surface, lang)
        spot = (span.first, span.last, span.start, span.end)
        return PersonSpan(*spot, ranked, 0.8, span.belief) if ranked else None
    again = people.relist(text, tokens, span.first, span.last, lang)
    if again is None or is_misread(again, surface, places):
        return None
    again.start, again.end, again.belief = span.start, span.end, span.belief
    return again


def is_misread(span: PersonSpan, word: str, places: Sequence[PlaceSpan]) -> bool:
    """Whether a single word was read as a person whose name is written otherwise, and is a place as it stands."""
    exactly = any(p.first == span.first and p.last == span.last and p.ranked[0].score >= _EXACT for p in places)
    name = span.ranked[0].index.name_text(span.ranked[0].row)
    return exactly and (script_of(name) != script_of(word) or key(word) not in key(name).split())


def hints_of(places: Sequence[PlaceSpan], chosen: Sequence[Span]) -> list[PlaceSpan]:
    """Well-known countries and divisions that are written in a text where no place is named: Police Scotland."""
    taken = {i for s in chosen for i in range(s.first, s.last)}
    return [
        p
        for p in places
        if p.sure
        and taken.isdisjoint(range(p.first, p.last))
        and p.ranked[0].index.type(p.ranked[0].entity) in ("country", "admin1")
    ]
