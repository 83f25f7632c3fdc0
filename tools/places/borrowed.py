"""Names that the sources list for a town and that are those of the division around it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from entnorm.text.typewords import type_of_word

from .divisions import stem_key
from .model import Place, Places

_WORD = re.compile(r"[^\W\d_]+")
# Chinese, Japanese and Korean write the type of a division as the last character of its name.
_TYPE_ENDS = tuple("州省县縣県郡주")
_DIVISIONS = frozenset(["admin1", "admin2"])


class DivisionWords:
    """Tells names that say they are a division's, by entnorm's type words and by `more` words.

    >>> words = DivisionWords(["gmina"])
    >>> [words.has(name) for name in ("Tokat Province", "Gmina Orla", "カリフォルニア州", "Salt Lake City", "Orla")]
    [True, True, True, False, False]
    """

    def __init__(self, more: Iterable[str]) -> None:
        self._more = frozenset(word.casefold() for word in more)

    def spelled_out(self, name: str) -> bool:
        """Say whether one of several words is a division's type word: `Landkreis Kassel`, but not Kanton, the city."""
        words = _WORD.findall(name)
        return len(words) > 1 and any(type_of_word(w) in _DIVISIONS or w.casefold() in self._more for w in words)

    def has(self, name: str) -> bool:
        """Say whether the name has a division's type word, or ends in a character for one."""
        return name.endswith(_TYPE_ENDS) or self.spelled_out(name)

    def names_division(self, name: str, place: Place) -> bool:
        """Say whether the name of a town is its division's: it has a type word and the main name none."""
        return place.type == "city" and self.spelled_out(name) and not self.spelled_out(place.name)


def drop_borrowed(places: Places, words: DivisionWords) -> None:
    """Drop the names of towns that are their first-level division's, in the same language.

    These are names with a type word (`カリフォルニア州` for a town in California), and names that a larger town
    of the division bears too (`Bruxelles` for Uccle). A town that is called like its division keeps all that
    have no type word spelled out.
    """
    bearers = _largest_bearers(places)
    stems = {p.id: {stem_key(name) for name in (p.name, *p.names)} for p in places.values() if p.type == "admin1"}
    for place in places.values():
        division = places.get(place.admin1)
        if place.type != "city" or division is None:
            continue
        namesake = stem_key(place.name) in stems[division.id]
        for name, language in [(n, x) for n, entry in place.names.items() for x in entry.langs]:
            if not _is_name_of(division, name, language):
                continue
            foreign = words.has(name) or bearers[(division.id, name, language)].population > place.population
            if words.names_division(name, place) or (foreign and not namesake):
                _drop(place, name, language)


def _is_name_of(division: Place, name: str, language: str) -> bool:
    entry = division.names.get(name)
    return (entry is not None and language in entry.langs) or (name == division.name and language == "en")


def _largest_bearers(places: Places) -> dict[tuple[int, str, str], Place]:
    """Return division, name and language → the largest town of the division with that name."""
    largest: dict[tuple[int, str, str], Place] = {}
    for place in places.values():
        if place.type == "city" and place.admin1:
            for name, entry in place.names.items():
                for language in entry.langs:
                    key = (place.admin1, name, language)
                    known = largest.get(key)
                    if known is None or place.population > known.population:
                        largest[key] = place
    return largest


def _drop(place: Place, name: str, language: str) -> None:
    entry = place.names[name]
    del entry.langs[language]
    if not entry.langs:
        del place.names[name]
