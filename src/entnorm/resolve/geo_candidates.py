"""What the candidates of a name are, whatever else a document names."""

from __future__ import annotations

from entnorm.gazetteer.capitals import is_capital
from entnorm.match.query import strip_type_word
from entnorm.match.score import Scored
from entnorm.mentions.places import Ranking
from entnorm.resolve.geo import Listed, Spot, holds, spot
from entnorm.text.fold import fold

#: Candidates kept for a name.
MOST_CANDIDATES = 30
#: Prominence from which a place is known beyond its country.
_FAMOUS = 0.4
#: Reasons that say a spelling is not the one a place is known by, and the weight below which they do.
_ODD = frozenset({"listed for another language", "other accents", "kind of spelling"})
_ODDLY = -0.015
#: A former name may be as well known as the place: Lemberg, Leningrad.
_FORMER = "former"


def listed(ranked: list[Scored], written: str, typed: bool, lang: str | None) -> Listed:
    """The candidates of a name of a text in a language, kept for the next text that has it.

    ``written`` are its folded words, ``typed`` says that a type word is among them.
    """
    known = ranked.known if isinstance(ranked, Ranking) else {}
    found: Listed | None = known.get((typed, lang))
    if found is None:
        stripped = strip_type_word(ranked[0].base) if typed else None
        base = fold(stripped[0] if stripped else ranked[0].base)
        found = _listed(ranked[:MOST_CANDIDATES], base or written, lang)
        if base:
            known[typed, lang] = found
    return found


def _listed(ranked: list[Scored], base: str, lang: str | None) -> Listed:
    spots = [spot(s.index, s.entity) for s in ranked]
    called = [_called(s, base, lang) for s in ranked]
    fame = [_fame(*each) for each in zip(ranked, spots, called, strict=True)]
    return Listed(base, ranked, spots, fame, *_plain_kinds(ranked, spots, called))


def _fame(scored: Scored, place: Spot, called: bool) -> float:
    """How well known a place is beyond its country, if by this name: Brazil is called Brasília in one language."""
    if place.prominence <= _FAMOUS or not (called or _usual(scored)):
        return 0.0
    return (place.prominence - _FAMOUS) / (1.0 - _FAMOUS)


def _usual(scored: Scored) -> bool:
    """Whether nothing says that a spelling is not the one a place is known by."""
    odd = min((r.weight for r in scored.evidence if r.feature in _ODD and r.value != _FORMER), default=0.0)
    return odd > _ODDLY


def _plain_kinds(
    ranked: list[Scored], spots: list[Spot], called: list[bool]
) -> tuple[list[float], list[float], list[float]]:
    """For each candidate of a plain name: whether it is a division without a longer name and without a town or capital
    of its name (1); whether it comes behind a namesake that it is the division of, or that is the country around it
    (-1; -0.3 for a division that has a longer name); whether it is a country's capital (1)."""
    whole, seat, capital = ([0.0] * len(called) for _ in range(3))
    cities = [i for i, s in enumerate(spots) if s.type == "city"]
    capitals = [i for i in cities if is_capital(_main_name(ranked[i]), spots[i].country)]
    best = max(capitals, key=lambda i: spots[i].prominence) if capitals else None
    if best is not None:
        capital[best] = 1.0
    if len(called) == len(cities):
        return whole, seat, capital
    countries = [s for s, usual in zip(spots, called, strict=True) if usual and s.type == "country"]
    for i, (scored, place) in enumerate(zip(ranked, spots, strict=True)):
        if place.type in ("admin1", "admin2"):
            towns = [n for n in cities if holds(place, spots[n])]
            if called[i] and any(called[n] for n in towns):
                seat[i] = -1.0
            elif towns or best is not None:
                seat[i] = -0.3
            elif called[i] and not strip_type_word(scored.base):
                whole[i] = 1.0
        elif place.type == "city" and countries and any(holds(country, place) for country in countries):
            seat[i] = -1.0
    return whole, seat, capital


def _called(scored: Scored, base: str, lang: str | None) -> bool:
    """Whether a place is usually called by the name it is listed under here: its main name, or its canonical one in the
    language of the text (in any, where that is unknown)."""
    usual = int(scored.index.arrays["name_canonical"][scored.row])
    return bool(usual & scored.index.lang_bit(lang) if lang else usual) or _main_name(scored) == base


def _main_name(scored: Scored) -> str:
    return fold(scored.index.name_text(scored.index.name_rows(scored.entity)[0]))
