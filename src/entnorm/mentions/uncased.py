"""Korean, Arabic, Persian and Hebrew text: names on no list, and doubts about listed ones."""

from __future__ import annotations

import re
from collections.abc import Sequence

from entnorm.gazetteer.names import NameLexicon
from entnorm.index.store import Index
from entnorm.mentions.korean import KoreanReader, bare, locative, typed
from entnorm.mentions.lexicon import classes
from entnorm.mentions.phrase import Phrase
from entnorm.mentions.semitic import SemiticReader, language
from entnorm.mentions.tokens import Token
from entnorm.mentions.words import common_words, is_word
from entnorm.text.fold import fold
from entnorm.text.typewords import type_of_word

#: A word of one of the scripts read here.
SPACED = re.compile("[\u05d0-\u05ea\u0620-\u064a\u066e-\u06d3\uac00-\ud7a3]")
_HANGUL = re.compile("[\uac00-\ud7a3]")
#: Prominence from which a place is no other word.
_WELL_KNOWN = 0.8
#: Prominence from which a word that names a place is no part of an unlisted person's name.
_KNOWN = 0.55
#: What words around names say is said by no place's name.
_SAYS = frozenset({"title", "role", "say", "org", "facility", "not_name", "place_prep", "place_prep_weak"})
#: Prominence below which a Korean word is rather the word than the place.
_OBSCURE = 0.6
#: Prominence of a place that a letter for in, to or from is enough for.
_SMALL = 0.5
_INSIDE_A_NAME, _COMMON, _A_WORD, _PLACED = -3.0, -2.5, -0.8, 0.3
#: A title's own doubt about a place after it is taken back where the title goes with the place: mayor (of) Eilat.
_OF_A_TITLE = 0.6
#: Letters that mean in, to and from, written onto places.
_LOCATIVE_LETTERS = frozenset("بلבלמ")


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
        weighed = [self._weigh(p, tokens, inside, places, tongue) for p in phrases]
        return weighed + [
            Phrase(g.first, g.last, g.start, g.end, (), (), False, 0.0, g.belief, g.kind) for g in guesses
        ]

    def _top(self, phrase: Phrase) -> float:
        return max((float(self._prominence[self._entity[r]]) for r in phrase.places), default=0.0)

    def _weigh(self, phrase: Phrase, tokens: Sequence[Token], inside: set[int], places: set[int], lang: str) -> Phrase:
        """A place phrase with what its being a word, a part of somebody's name, or placed by a letter says."""
        if not phrase.places:
            return phrase
        top = self._top(phrase)
        token = tokens[phrase.first]
        evidence = _INSIDE_A_NAME if phrase.first in inside and top < _WELL_KNOWN else 0.0
        if phrase.last - phrase.first > 1:
            return phrase._replace(evidence=evidence)
        name = token.text[phrase.start - token.start : phrase.end - token.start]
        before = tokens[phrase.first - 1].text if phrase.first and token.gap == " " else ""
        if lang == "ko":
            evidence += _korean_doubt(name, token.text, top, led=bool(before) and phrase.first - 1 in places)
        else:
            evidence += _doubt(name, token.text, top, before, lang)
        return phrase._replace(evidence=evidence)


def _korean_doubt(name: str, word: str, top: float, *, led: bool) -> float:
    """What the spelling of a Korean word says for (or against) its being a listed place."""
    placed = locative(word, name)
    if name in common_words("ko"):
        return _PLACED if led or typed(word, name) else _COMMON
    if placed:
        return _PLACED
    common = is_word(name, "ko") or is_word(bare(word), "ko")
    return _A_WORD if common and top < _OBSCURE else 0.0


def _doubt(name: str, word: str, top: float, before: str, lang: str) -> float:
    """The same for a word of Arabic, Persian or Hebrew, and for one behind letters written onto it."""
    kinds = classes(before, lang) if before else frozenset()
    cut = word.removesuffix(name)
    placed = bool(cut) and cut[-1] in _LOCATIVE_LETTERS
    points = _PLACED if placed else 0.0
    if before and type_of_word(before):
        return points + _PLACED
    if fold(name) in common_words(lang) or not _SAYS.isdisjoint(classes(name, lang)):
        return points + _COMMON
    if cut and (is_word(word, lang) or (len(cut) > 1 and is_word(word[1:], lang))):
        return points + _A_WORD
    if top < _WELL_KNOWN and is_word(name, lang) and "place_prep" not in kinds and not (placed and top >= _SMALL):
        points += _A_WORD
    if kinds & {"title", "role"} and top >= _KNOWN:
        points += _OF_A_TITLE
    return points
