"""Places in a text: listed names, with the type words that belong to them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from entnorm.gazetteer.names import NameLexicon
from entnorm.match.matcher import Matcher
from entnorm.match.query import Query
from entnorm.match.score import Scored
from entnorm.mentions.finder import Phrase, context_points, shape_points
from entnorm.mentions.lexicon import classes, is_ordinary
from entnorm.mentions.tokens import Token, is_unspaced
from entnorm.text.fold import fold
from entnorm.text.scripts import script_of
from entnorm.text.typewords import type_of_word

#: Types whose type word is part of the name when it stands beside it: Region Kursk, Kursk Region, obwód kurski.
_NAMED_WITH_TYPE = frozenset({"admin1", "admin2"})

#: Prominence of a place so well known that a capital at the start of a sentence is enough.
_WELL_KNOWN = 0.6
#: Prominence below which an inflected form is not taken for a place on its own.
_OBSCURE = 0.5
#: Words between a type word and the name: région de Kharkiv, oblast de Donetsk, region of Kursk.
_OF = frozenset({"de", "d", "of", "di", "del", "do", "da"})
#: Names this short are abbreviations, which hold in their own language only: EU is the United States in Portuguese.
_ABBREVIATION = 4
#: Belief from the context alone at which what the spelling says against a name counts half.
_PLACED = 0.75
_HOUSEHOLD_TYPES = frozenset({"country", "region", "landmark", "continent", "water", "mountain", "admin1"})


@dataclass(slots=True)
class PlaceSpan:
    """Words that name a place, with ranked candidates and the belief that a place is named.

    ``wants`` is the place type that a type word in the span asks for; ``sure`` says that the name is so well known that
    nothing but its context speaks against it, ``household`` that the language itself has the name: der Kreml.
    """

    first: int
    last: int
    start: int
    end: int
    ranked: list[Scored]
    points: float
    wants: str = ""
    belief: float = 0.5
    sure: bool = False
    household: bool = False


class PlacesFinder:
    """Turns listed phrases into place spans."""

    def __init__(self, matcher: Matcher, lexicon: NameLexicon | None = None) -> None:
        self.matcher = matcher
        self.lexicon = lexicon
        self.rank = lru_cache(maxsize=1 << 14)(self._rank)

    def _rank(self, surface: str, lang: str | None, inflected: bool) -> list[Scored]:
        return self.matcher.rank(Query.of(surface, lang=lang, kind="place"), fuzzy=False, inflected=inflected)

    def spans(
        self, text: str, tokens: list[Token], phrases: list[Phrase], lang: str | None, capital_nouns: bool
    ) -> list[PlaceSpan]:
        """Place spans of the listed phrases, best belief first where they overlap."""
        found = []
        for phrase in phrases:
            if not phrase.places:
                continue
            span = self._with_type_word(text, tokens, phrase, lang) or self._plain(text, phrase, lang)
            if span is None:
                continue
            span.points += self._belief(tokens, span, lang, capital_nouns)
            found.append(span)
        return found

    def _plain(self, text: str, phrase: Phrase, lang: str | None) -> PlaceSpan | None:
        ranked = self.rank(text[phrase.start : phrase.end], lang, phrase.inflected)
        if not ranked:
            return None
        return PlaceSpan(phrase.first, phrase.last, phrase.start, phrase.end, ranked, 0.0)

    def _with_type_word(self, text: str, tokens: list[Token], p: Phrase, lang: str | None) -> PlaceSpan | None:
        """The phrase with the type word before or after it, when a candidate is of that type."""
        options = []
        if p.first and tokens[p.first].gap == " ":
            before = tokens[p.first - 1]
            if before.capital or script_of(before.text) == "Cyrl" or lang in ("pl", "cs", "sk"):
                options.append((p.first - 1, p.last, before.start, p.end, type_of_word(before.text)))
        if p.last < len(tokens) and tokens[p.last].gap == " ":
            after = tokens[p.last]
            options.append((p.first, p.last + 1, p.start, after.end, type_of_word(after.text)))
        if p.first > 1 and fold(tokens[p.first - 1].text) in _OF and tokens[p.first - 1].gap == " ":
            kind_word = tokens[p.first - 2].text
            if type_of_word(kind_word) in _NAMED_WITH_TYPE:
                ranked = self.rank(f"{kind_word} {text[p.start : p.end]}", lang, True)
                if ranked and ranked[0].index.type(ranked[0].entity) in _NAMED_WITH_TYPE:
                    return PlaceSpan(p.first, p.last, p.start, p.end, ranked, 0.5, type_of_word(kind_word) or "")
        for first, last, start, end, wants in options:
            if wants not in _NAMED_WITH_TYPE:
                continue
            ranked = self.rank(text[start:end], lang, True)
            if ranked and ranked[0].index.type(ranked[0].entity) in _NAMED_WITH_TYPE:
                return PlaceSpan(first, last, start, end, ranked, 0.5, wants or "")
        return None

    def _belief(self, tokens: list[Token], span: PlaceSpan, lang: str | None, capital_nouns: bool) -> float:
        best = span.ranked[0]
        prominence = float(best.index.arrays["entity_prominence"][best.entity])
        context = context_points(tokens, span.first, span.last, "place", lang)
        points = 2.2 * (prominence - 0.5) + context
        if is_unspaced(tokens[span.first]):
            return points + 0.3
        span.household = _is_household_name(best, lang)
        weighed = span.household or (prominence >= _WELL_KNOWN and not is_ordinary(tokens[span.first].text, lang))
        span.sure = weighed or context >= _PLACED
        shape = shape_points(tokens, span.first, span.last, lang, capital_nouns, weighed=weighed)
        if context >= _PLACED and shape < 0.0:
            shape *= 0.5
        points += shape
        if best.score < 0.97:
            points -= 0.3
        if prominence < _OBSCURE and best.base != tokens[span.first].text and span.last - span.first == 1:
            points -= 0.25
        word = tokens[span.first]
        short = len(word.text) < _ABBREVIATION or (len(word.text) == _ABBREVIATION and word.text.isupper())
        if short and span.last - span.first == 1 and _of_another_language(best, lang):
            points -= 0.8
        after = tokens[span.last] if span.last < len(tokens) else None
        if (
            after is not None
            and after.capital
            and after.gap == " "
            and span.last - span.first == 1
            and not capital_nouns
        ):
            points -= 0.9 if self._is_given(word.text) else 0.0
        before = tokens[span.first - 1] if span.first else None
        if before is not None and before.capital and tokens[span.first].gap == " ":
            known = classes(before.text, lang)
            if self._is_given(before.text) and not known:
                points -= 0.9
            elif not before.opens and not known and not capital_nouns and not type_of_word(before.text):
                points -= 0.4
        return points

    def _is_given(self, word: str) -> bool:
        """Whether a word is a given name, so that a listed place after it is rather somebody's surname."""
        return self.lexicon is not None and self.lexicon.roles(word).role == "given"


def _is_household_name(best: Scored, lang: str | None) -> bool:
    """Whether a language itself calls a country, region or landmark so: der Kreml, die Krim, der Sudan."""
    index = best.index
    if not lang or index.type(best.entity) not in _HOUSEHOLD_TYPES:
        return False
    own_country = index.type(best.entity) == "country" and lang in index.name_langs(best.row)
    return own_country or index.facts(best.entity).name_in(lang) == index.name_text(best.row)


def _of_another_language(best: Scored, lang: str | None) -> bool:
    """Whether a listed name is tagged with languages, and the text's is not among them."""
    langs = best.index.name_langs(best.row)
    return bool(lang and langs) and lang not in langs
