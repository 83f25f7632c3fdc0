"""Texts with spaces and without capitals (Korean, Arabic, Persian, Hebrew): names on no list, and doubts about listed ones."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from entnorm.gazetteer.names import NameLexicon
from entnorm.index.store import Index
from entnorm.mentions.korean import KoreanReader, bare, locative
from entnorm.mentions.lexicon import classes
from entnorm.mentions.phrase import Phrase
from entnorm.mentions.semitic import SemiticReader, language
from entnorm.mentions.tokens import Token
from entnorm.mentions.words import is_word

#: A word of one of the scripts read here.
SPACED = re.compile("[\u05d0-\u05ea\u0620-\u064a\u066e-\u06d3\uac00-\ud7a3]")
_HANGUL = re.compile("[\uac00-\ud7a3]")
#: Prominence from which a place is no other word.
_WELL_KNOWN = 0.7
#: Prominence from which a word that names a place is no part of an unlisted person's name.
_KNOWN = 0.6
#: What words around names say is said by no place's name.
_SAYS = frozenset({"title", "role", "say", "org", "facility", "not_name", "place_prep", "place_prep_weak"})
_INSIDE_A_NAME, _A_WORD, _PLACED = -3.0, -0.8, 0.3


class UncasedReader:
    """Adds to the listed phrases of a text the names that are on no list."""

    def __init__(self, index: Index, lexicon: NameLexicon | None) -> None:
        self._prominence = index.arrays["entity_prominence"]
        self._entity = index.arrays["name_entity"]
        self._korean = KoreanReader()
        self._semitic = SemiticReader(lexicon) if lexicon is not None else None

    def complete(self, tokens: Sequence[Token], phrases: list[Phrase], lang: str | None) -> list[Phrase]:
        """The phrases, with more or less evidence for places, and the unlisted names after them."""
        korean = sum(bool(_HANGUL.match(t.text)) for t in tokens) * 2 > sum(bool(SPACED.match(t.text)) for t in tokens)
        if not korean and self._semitic is None:
            return phrases
        people = {i for p in phrases if p.people and p.last - p.first > 1 for i in range(p.first, p.last)}
        places = {i for p in phrases if p.places and self._top(p) >= _KNOWN for i in range(p.first, p.last)}
        if korean:
            guesses = self._korean.read(tokens, people | places, places)
        elif self._semitic is not None:
            guesses = self._semitic.read(tokens, people, places, lang)
        inside = {i for g in guesses if g.kind == "person" for i in range(g.first, g.last)}
        tongue = "ko" if korean else language(tokens, lang)
        weighed = [self._weigh(p, tokens, inside, tongue) for p in phrases]
        return weighed + [Phrase(g.first, g.last, g.start, g.end, (), (), False, 0.0, g.belief, g.kind) for g in guesses]

    def _top(self, phrase: Phrase) -> float:
        return max((float(self._prominence[self._entity[r]]) for r in phrase.places), default=0.0)

    def _weigh(self, phrase: Phrase, tokens: Sequence[Token], inside: set[int], lang: str) -> Phrase:
        """A place phrase with what its being a word, a part of somebody's name, or placed by a letter says."""
        if not phrase.places:
            return phrase
        top = self._top(phrase)
        evidence = 0.0
        if phrase.first in inside and top < _WELL_KNOWN:
            evidence += _INSIDE_A_NAME
        token = tokens[phrase.first]
        name = token.text[phrase.start - token.start : phrase.end - token.start]
        placed = locative(token.text, name) if lang == "ko" else phrase.start > token.start
        if phrase.last - phrase.first == 1 and top < _WELL_KNOWN:
            before = tokens[phrase.first - 1].text if phrase.first and token.gap == " " else ""
            led = "place_prep" in classes(before, lang)
            if not _SAYS.isdisjoint(classes(name, lang)):
                evidence += 2 * _A_WORD
            elif lang == "ko":
                word = is_word(name, lang) or (not placed and is_word(bare(token.text), lang))
                evidence += _A_WORD if word and not placed else 0.0
            elif (is_word(name, lang) and not (led or (placed and top >= _KNOWN))) or (placed and is_word(token.text, lang)):
                evidence += _A_WORD if top < _KNOWN or not led else 0.0
        return replace(phrase, evidence=evidence + (_PLACED if placed else 0.0))
