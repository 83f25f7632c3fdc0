"""Organisations, brands and media that look like names of people or places (``tables/organisations.tsv``).

They are known to be told apart, and are no mentions themselves: Boko Haram is no town of Haram, and in "Reuters
reports" nobody of that name does.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple

from entnorm.mentions.finder import Word
from entnorm.mentions.tokens import Token, is_unspaced
from entnorm.mentions.words import rows
from entnorm.text.keys import key
from entnorm.text.scripts import script_of

#: What the name of a company says against the family name or place it is written like.
AGAINST = 1.0
#: Shorter names are recognised as written only: a case ending taken off leaves too little.
_SHORTEST_INFLECTED = 4
#: What may stand between the words of a name, and how long an abbreviation in it is at most (St. Pauli).
_JOINTS, _ABBREVIATION = " -–\u00a0’'&+/", 3


class Organisation(NamedTuple):
    """Words ``first:last`` that name an organisation or thing, and what else they can mean (see the table)."""

    first: int
    last: int
    class_: str


class _Entry(NamedTuple):
    words: tuple[str, ...]
    upper: bool
    script: str
    class_: str


@lru_cache(maxsize=1)
def _entries() -> dict[str, list[_Entry]]:
    """First word of the key -> names that begin with it, the longest first."""
    table: dict[str, list[_Entry]] = {}
    for class_, names in rows("organisations.tsv"):
        for name in names.split("|"):
            words = tuple(key(name).split())
            table.setdefault(words[0], []).append(_Entry(words, name.isupper(), script_of(name), class_))
    for same in table.values():
        same.sort(key=lambda e: -len(e.words))
    return table


def organisations(
    tokens: Sequence[Token], lang: str | None, word: Callable[[str, str | None], Word]
) -> list[Organisation]:
    """The listed organisations in a text, in order; ``word`` gives the keys of a word (``IndexFinder.word``)."""
    found, last = [], 0
    for i, token in enumerate(tokens):
        if i < last or not token.capital:
            continue
        listed = _beginning_with(word(token.text, lang))
        if not listed or is_unspaced(token):
            continue
        entry = next((e for e in listed if _stands(e, tokens, i, lang, word)), None)
        if entry is not None:
            last = i + len(entry.words)
            found.append(Organisation(i, last, entry.class_))
    return found


@lru_cache(maxsize=1 << 15)
def _beginning_with(word: Word) -> tuple[_Entry, ...]:
    """Names that begin with a word as it is, then those that begin with what it may be an inflected form of."""
    table = _entries()
    options = (word.key, *(b for b in word.bases if len(b) >= _SHORTEST_INFLECTED))
    return tuple(entry for option in options for entry in table.get(option, ()))


def _stands(
    entry: _Entry, tokens: Sequence[Token], i: int, lang: str | None, word: Callable[[str, str | None], Word]
) -> bool:
    """Whether the words from ``i`` on are an organisation's name, abbreviations in capitals as listed."""
    last = i + len(entry.words)
    if last > len(tokens) or (entry.upper and not tokens[i].text.isupper()):
        return False
    for at in range(i + 1, last):
        listed, keys = entry.words[at - i], word(tokens[at].text, lang)
        if listed != keys.key and (len(listed) < _SHORTEST_INFLECTED or listed not in keys.bases):
            return False
    return script_of(tokens[i].text) == entry.script and all(map(_joined, tokens[i:last], tokens[i + 1 : last]))


def _joined(before: Token, token: Token) -> bool:
    """Whether nothing but a space, hyphen, ampersand or the like stands between two words of a name."""
    gap = token.gap.strip(_JOINTS)
    return not gap or (gap == "." and len(before.text) <= _ABBREVIATION)
