"""What the recogniser sees of a word: its letters as hashed rows, and what the tables and the index know of it.

Letters (``lexical_rows``) are the word without its case, its beginnings and endings, and its shape. Knowledge
(``WordKnowledge``) are context classes, name roles, place types, language. What depends on the place in the text
(``Placed``) is the gap before the word, its capital, and the listed names it is part of. Knowledge is named by strings
so that a model can be read; a model holds the list of strings it was trained with.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import product

from entnorm.gazetteer.names import NameLexicon
from entnorm.mentions._recogniser_words import STEM, OrdinaryWords
from entnorm.mentions.finder import IndexFinder
from entnorm.mentions.lexicon import CAPITAL_NOUNS, classes, is_ordinary
from entnorm.mentions.phrase import Phrase
from entnorm.mentions.tokens import Token
from entnorm.text.scripts import script_of
from entnorm.text.typewords import type_of_word

#: Rows of the table of letters, and the rows that each feature is the sum of.
LEXICAL_ROWS = 30_000
ROWS_PER_WORD = 16
_DIGIT = re.compile(r"\d")
_SPACES = re.compile(r"[^\S\n]+")
_GAP_SIGNS = str.maketrans(
    dict.fromkeys("„“”«»‚‘‹›", '"') | dict.fromkeys("‐‑", "-") | dict.fromkeys("—―", "–") | {"’": "'", "\u00a0": " "}
)
_ROMAN = re.compile(r"[IVX]+")
_UMLAUTS = {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "o", "å": "aa"}
_UMLAUT = re.compile("[äöüßøå]")
_PROMINENCE = (0.45, 0.6, 0.72, 0.83)
_MOST_OF = 0.7


def norm(word: str) -> str:
    """A word without case and digits.

    >>> norm("Kiew"), norm("2022")
    ('kiew', '0000')
    """
    return _DIGIT.sub("0", word.casefold().replace("\u00ad", ""))


def shape(word: str) -> str:
    """The shape of a word, at most three of a kind: ``Xxx``, ``XX``, ``00``, ``Xxx-X``.

    >>> shape("Selenskyj"), shape("McDonald"), shape("F16")
    ('Xxxx', 'XxXxxx', 'X00')
    """
    out = ""
    for c in word[:24]:
        sign = "0" if c.isdigit() else "X" if c.isupper() else "x" if c.isalpha() else c
        if not out.endswith(sign * 3):
            out += sign
    return out


def lexical_rows(word: str) -> tuple[int, ...]:
    """Rows of the letter table, :data:`ROWS_PER_WORD` of them.

    >>> len(lexical_rows("Kiew")) == ROWS_PER_WORD
    True
    """
    n = norm(word)
    rows: list[int] = []
    two, four, five = (n[-k:] if len(n) > k else "" for k in (2, 4, 5))
    features = (f"n{n}", f"p{n[:3]}", f"q{n[:5]}", f"s{n[-3:]}", f"t{two}", f"u{four}", f"v{five}", f"x{shape(word)}")
    for feature in features:
        value = zlib.crc32(feature.encode("utf-8", "surrogatepass"))
        rows += (value % LEXICAL_ROWS, (value * 2654435761 >> 9) % LEXICAL_ROWS)
    return tuple(rows)


def prominence_level(value: float) -> int:
    """The step of a prominence, 0 to 4."""
    return sum(value >= bound for bound in _PROMINENCE)


class WordKnowledge:
    """What is known of a word wherever it stands. ``names`` and ``finders`` may be missing."""

    def __init__(self, names: NameLexicon | None, finders: Sequence[IndexFinder], ordinary: OrdinaryWords) -> None:
        self._names, self._finders, self._ordinary = names, tuple(finders), ordinary

    def __call__(self, word: str, lang: str | None) -> list[str]:
        """Names of the features of a word in a language."""
        found = [f"class:{c}" for c in sorted(classes(word, lang))]
        found.append(f"lang:{lang}")
        found.append(f"script:{script_of(word)}")
        found.append(f"long:{min(len(word), 12)}")
        if lang in CAPITAL_NOUNS:
            found.append(f"capital-nouns:{self._ordinary.noun(word)}")
        if lang and word.isalpha() and self._ordinary.small(word, lang):
            found.append("word" if len(word) <= STEM else "word:stem")
        if _ROMAN.fullmatch(word):
            found.append("roman")
        if is_ordinary(word, lang):
            found.append("ordinary")
        if type_ := type_of_word(word):
            found.append(f"type:{type_}")
        if word[:1].isalpha():
            found += self._name(word, lang)
        return found

    def _name(self, word: str, lang: str | None) -> list[str]:
        found = []
        bases: tuple[str, ...] = ()
        if self._finders and not word[0].islower():
            known = self._finders[0].word(word, lang)
            bases = (known.key, *known.bases)
            best = max((level for key in bases if (level := self._bearers(key)) >= 0), default=-1)
            if best >= 0:
                found.append(f"bearer:{best}")
        if self._names is not None:
            found += self._roles(word, bases[1:4], self._names)
        return found

    @staticmethod
    def _roles(word: str, bases: tuple[str, ...], names: NameLexicon) -> list[str]:
        """Role of a word in names, of the word without umlauts, or of what it may be an inflected form of."""
        role = names.roles(word)
        if role.role:
            return [f"role:{role.role}:{min(3, int(role.log_frequency))}", f"gender:{role.gender}"]
        if not word.isascii() and _UMLAUT.search(word):
            plain = names.roles(_UMLAUT.sub(lambda m: _UMLAUTS[m[0]], word))
            if plain.role:
                return [f"role:{plain.role}:0", f"gender:{plain.gender}"]
        if len(names.groups(word)):
            return ["role:some"]
        for base in bases:
            of_base = names.roles(base).role
            if of_base:
                return [f"base-role:{of_base}"]
        return []

    def _bearers(self, key: str) -> int:
        best = -1
        for finder in self._finders:
            prominence = finder.index.arrays["entity_prominence"]
            for entity in finder.keys.bearers(key)[:8]:
                best = max(best, prominence_level(float(prominence[entity])))
        return best


@lru_cache(maxsize=4096)
def gap_name(gap: str) -> str:
    """The feature of the text between two words.

    >>> gap_name(", "), gap_name(" „"), gap_name(" -")
    ('gap:, ', 'gap: "', 'gap: -')
    """
    if "\n" in gap:
        return "gap:\n"
    return "gap:" + _SPACES.sub(" ", gap.translate(_GAP_SIGNS))[:4]


class Placed:
    """The features of words that depend on where they stand, by number; ``number`` gives that of a feature's name."""

    def __init__(self, number: Callable[[str], int], level: Callable[[Phrase, str], int]) -> None:
        self._level = level
        self.gap = lru_cache(maxsize=4096)(lambda gap: number(gap_name(gap)))
        self._case = {
            (mode, capital, opens, small): number(
                f"case:{mode}{'C' if capital else 'c'}{'o' if opens else ''}{'s' if small else ''}"
            )
            for mode, capital, opens, small in product(("", "u", "l"), *[(False, True)] * 3)
        }
        self._phrase = {
            (kind, position, step, inflected): number(f"{kind}:{position}{step}{'i' if inflected else ''}")
            for kind, position, step, inflected in product(
                ("place", "person"), "SBI", range(len(_PROMINENCE) + 1), (False, True)
            )
        }

    def __call__(self, tokens: Sequence[Token], phrases: Sequence[Phrase]) -> list[tuple[int, int, int, int]]:
        """Four numbers a word, in the order gap, capital, place, person; 0 is for none."""
        upper = sum([t.text.isupper() and len(t.text) > 1 for t in tokens]) > _MOST_OF * len(tokens)
        lower = not any(t.capital for t in tokens)
        mode = "u" if upper else "l" if lower else ""
        small = {t.text for t in tokens if not t.capital}
        cases = [self._case[mode, t.capital, t.opens, t.capital and t.text.lower() in small] for t in tokens]
        gaps = map(self.gap, [t.gap for t in tokens])
        places, people = [0] * len(tokens), [0] * len(tokens)
        for phrase in reversed(phrases):
            if phrase.places:
                self._note(phrase, "place", places)
            if phrase.people:
                self._note(phrase, "person", people)
        return list(zip(gaps, cases, places, people, strict=True))

    def _note(self, phrase: Phrase, kind: str, numbers: list[int]) -> None:
        """Write the number of a listed phrase on its words."""
        step, size = self._level(phrase, kind), phrase.last - phrase.first
        for at in range(phrase.first, phrase.last):
            position = "S" if size == 1 else "B" if at == phrase.first else "I"
            numbers[at] = self._phrase[kind, position, step, phrase.inflected]


class PhraseLevels:
    """The step of the most prominent entity that a listed phrase names, by the index that found it."""

    def __init__(self, finder: IndexFinder) -> None:
        arrays = finder.index.arrays
        self._entity, self._prominence = arrays["name_entity"], arrays["entity_prominence"]
        self._known: dict[tuple[int, ...], int] = {}

    def __call__(self, phrase: Phrase, kind: str) -> int:
        rows = phrase.places if kind == "place" else phrase.people
        level = self._known.get(rows)
        if level is None:
            if len(self._known) > 1 << 15:
                self._known.clear()
            best = max(float(self._prominence[self._entity[row]]) for row in rows)
            level = self._known[rows] = prominence_level(best)
        return level
