"""Places in a text: listed names, with the type words that belong to them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from entnorm.gazetteer.names import NameLexicon
from entnorm.match.matcher import Matcher
from entnorm.match.query import Query, undone
from entnorm.match.score import Scored
from entnorm.mentions.abbreviations import abbreviations
from entnorm.mentions.lexicon import classes, is_ordinary
from entnorm.mentions.phrase import Phrase
from entnorm.mentions.surroundings import context_points, shape_points
from entnorm.mentions.tokens import Token, is_unspaced, uncased
from entnorm.mentions.words import rows
from entnorm.text.fold import fold
from entnorm.text.keys import key
from entnorm.text.scripts import script_of
from entnorm.text.typewords import type_of_word

#: Types whose type word is part of the name when it stands beside it: Region Kursk, Kursk Region, obwód kurski.
_NAMED_WITH_TYPE = frozenset({"admin1", "admin2"})

#: Prominence of a place so well known that a capital at the start of a sentence is enough.
_WELL_KNOWN = 0.6
#: Prominence below which an inflected form is not taken for a place on its own.
_OBSCURE = 0.5
#: Words between a type word and the name: région de Kharkiv, oblast de Donetsk, region of Kursk; how long they are
#: with an apostrophe.
_OF, _LONGEST_OF = frozenset({"de", "d", "of", "di", "del", "do", "da"}), 4
#: Names this short are abbreviations, which hold in their own language only: EU is the United States in Portuguese.
_ABBREVIATION = 4
#: Belief from the context alone at which what the spelling says against a name counts half.
_PLACED = 0.75
#: What the next word adds or takes: Laconia police, College Station Road; and what ``context_points`` took for an
#: organisation's word that is a common noun here.
_LOCAL, _STREET, _ORGANISATION = 0.6, 0.8, 0.6
#: Lead of a name over one inside it.
_LONGER = 0.05
#: What a place in capitals gains by standing before the dash, bracket or state of a dateline.
_DATELINE = 1.0
_DASHES = frozenset("-–—\x97")
#: Belief in a state written short.
_ABBREVIATED = 1.5
_ALIKE = 0.02
_HOUSEHOLD_TYPES = frozenset({"country", "region", "landmark", "continent", "water", "mountain", "admin1"})


class Ranking(list[Scored]):
    """The candidates of a name, the best first, and what is ``known`` of them by those who keep it here."""

    __slots__ = ("known",)

    def __init__(self, ranked: Iterable[Scored] = ()) -> None:
        super().__init__(ranked)
        self.known: dict[Hashable, Any] = {}


@dataclass(slots=True)
class PlaceSpan:
    """Words that name a place, with ranked candidates and the belief that a place is named.

    ``wants`` is the place type that a type word in the span asks for; ``sure`` says that the name is so well known that
    nothing but its context speaks against it, ``household`` that the language itself calls a country, region or
    landmark so, ``certain`` that it is a state written short or stands before one (Toronto, Ont.),
    or is well known and compounded with a noun (US-Präsident).
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
    certain: bool = False
    signs: dict[str, float] = field(default_factory=dict)


class PlacesFinder:
    """Turns listed phrases into place spans."""

    def __init__(self, matcher: Matcher, lexicon: NameLexicon | None = None) -> None:
        self.matcher = matcher
        self.lexicon = lexicon
        self.rank = lru_cache(maxsize=1 << 14)(self._rank)
        self.as_form = lru_cache(maxsize=1 << 14)(self._as_form)

    def _rank(self, surface: str, lang: str | None, inflected: bool) -> Ranking:
        query = Query.of(surface, lang=lang, kind="place")
        return Ranking(self.matcher.rank(query, fuzzy=False, inflected=inflected))

    def spans(
        self, text: str, tokens: list[Token], phrases: list[Phrase], lang: str | None, capital_nouns: bool
    ) -> list[PlaceSpan]:
        """Place spans of the listed phrases, best belief first where they overlap."""
        found: list[PlaceSpan] = []
        for phrase in phrases:
            if not phrase.places:
                continue
            span = self._with_type_word(text, tokens, phrase, lang) or self._plain(text, phrase, lang)
            if span is None or _is_part(tokens, span, lang):
                continue
            span.points += self._belief(tokens, span, lang, capital_nouns) + phrase.evidence
            found.append(span)
        found = _without_parts(found)
        _prefer_longer(found)
        if lang == "en":
            states = list(self._abbreviated(text, tokens))
            starts = {s.start for s in states}
            for span in found:
                span.certain = text.startswith(", ", span.end) and span.end + 2 in starts
            found.extend(states)
        return found

    def _abbreviated(self, text: str, tokens: list[Token]) -> Iterator[PlaceSpan]:
        """States and provinces written short, which leave no doubt which one is meant."""
        starts = [t.start for t in tokens]
        for short in abbreviations(text):
            ranked = self.rank(short.name, "en", False)
            meant = [
                s for s in ranked if s.index.type(s.entity) == "admin1" and s.index.country(s.entity) == short.country
            ]
            if meant:
                first, last = bisect_right(starts, short.start) - 1, bisect_left(starts, short.end)
                yield PlaceSpan(first, last, short.start, short.end, meant[:1], _ABBREVIATED, sure=True, certain=True)

    def _plain(self, text: str, phrase: Phrase, lang: str | None) -> PlaceSpan | None:
        surface = phrase.reads or text[phrase.start : phrase.end]
        ranked = self.rank(surface, lang, phrase.inflected)
        if not ranked:
            return None
        if not phrase.inflected and lang and lang not in ranked[0].index.name_langs(ranked[0].row):
            ranked = self.as_form(surface, lang) or ranked
        return PlaceSpan(phrase.first, phrase.last, phrase.start, phrase.end, ranked, 0.0)

    def _as_form(self, surface: str, lang: str) -> Ranking:
        """The candidates where a word may also be a form of a listed name: Dunán is a town in China, and on the Danube.

        Empty where it comes from nothing that is listed.
        """
        bases = {key(base) for base, _, _ in undone(surface, lang)} - {key(surface)}
        finders = self.matcher.candidate_finders
        listed = any(f.keys.key_id(b) is not None for b in bases for f in finders)
        return self.rank(surface, lang, True) if listed else Ranking()

    def _with_type_word(self, text: str, tokens: list[Token], p: Phrase, lang: str | None) -> PlaceSpan | None:
        """The phrase with the type word before or after it, when a candidate is of that type."""
        options = []
        spaced = p.first > 0 and tokens[p.first].gap == " "
        if spaced and (wants := type_of_word(tokens[p.first - 1].text)) in _NAMED_WITH_TYPE:
            before = tokens[p.first - 1]
            if before.capital or script_of(before.text) == "Cyrl" or lang in ("pl", "cs", "sk"):
                options.append((p.first - 1, p.last, before.start, p.end, wants))
        if p.last < len(tokens) and tokens[p.last].gap == " ":
            after = tokens[p.last]
            if (wants := type_of_word(after.text)) in _NAMED_WITH_TYPE:
                options.append((p.first, p.last + 1, p.start, after.end, wants))
        if p.first > 1 and len(tokens[p.first - 1].text) <= _LONGEST_OF and tokens[p.first - 1].gap == " ":
            kind_word = tokens[p.first - 2].text
            if fold(tokens[p.first - 1].text) in _OF and type_of_word(kind_word) in _NAMED_WITH_TYPE:
                ranked = self.rank(f"{kind_word} {text[p.start : p.end]}", lang, True)
                if ranked and ranked[0].index.type(ranked[0].entity) in _NAMED_WITH_TYPE:
                    return PlaceSpan(p.first, p.last, p.start, p.end, ranked, 0.5, type_of_word(kind_word) or "")
        for first, last, start, end, wants in options:
            ranked = self.rank(text[start:end], lang, True)
            if ranked and ranked[0].index.type(ranked[0].entity) in _NAMED_WITH_TYPE:
                return PlaceSpan(first, last, start, end, ranked, 0.5, wants or "")
        return None

    def _belief(self, tokens: list[Token], span: PlaceSpan, lang: str | None, capital_nouns: bool) -> float:
        best = span.ranked[0]
        prominence = best.index.prominence(best.entity)
        if uncased(tokens[span.first]):
            # Without capitals nothing but being known says name, and the best known of one name is known.
            alike = [s for s in span.ranked if s.score >= best.score - _ALIKE]
            prominence = max(s.index.prominence(s.entity) for s in alike)
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
        if _is_abbreviation_of_none(word, best):
            points, span.sure = points - 1.5, False
        short = len(word.text) < _ABBREVIATION or (len(word.text) == _ABBREVIATION and word.text.isupper())
        if short and span.last - span.first == 1 and _of_another_language(best, lang):
            points -= 0.8
        points += _beside_points(tokens, span, lang)
        if _opens_dateline(tokens, span):
            span.sure = True
            points += _DATELINE
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


def _without_parts(spans: list[PlaceSpan]) -> list[PlaceSpan]:
    """The spans without those inside one that a type word belongs to: Bundesstaat New York, and no York."""
    typed = [s for s in spans if s.wants]
    return [s for s in spans if s.wants or not any(t.first <= s.first and s.last <= t.last for t in typed)]


def _prefer_longer(spans: list[PlaceSpan]) -> None:
    """Let a name of several words weigh as much as the listed names inside it: North Kansas City, Kansas City."""
    several = [s for s in spans if s.last - s.first > 2]
    for longer in several:
        inner = [s.points for s in spans if s is not longer and longer.first <= s.first and s.last <= longer.last]
        longer.points = max([longer.points, *(p + _LONGER for p in inner)])


@lru_cache(maxsize=1)
def _beside_table() -> dict[tuple[str, str], frozenset[str]]:
    return {(lang, class_): frozenset(words.split("|")) for lang, class_, words in rows("beside.tsv")}


def _beside_points(tokens: list[Token], span: PlaceSpan, lang: str | None) -> float:
    """What the next word says: Laconia police is of a place, College Station Road no place of that name."""
    after = tokens[span.last] if span.last < len(tokens) else None
    table = _beside_table()
    if after is None or after.gap != " " or (lang or "", "street") not in table:
        return 0.0
    lang, word = lang or "", after.text
    if word in table[lang, "local"]:
        return _LOCAL + (_ORGANISATION if "org" in classes(word, lang) else 0.0)
    if after.capital and word.lower() in table[lang, "street"]:
        return -_STREET
    return 0.0


def _is_part(tokens: list[Token], span: PlaceSpan, lang: str | None) -> bool:
    """Whether a listed word is rather part of a longer name that is not listed: South Ossetian, East Broad Street."""
    table = _beside_table()
    if span.last - span.first > 1 or span.wants or (lang or "", "compass") not in table:
        return False
    own, lang = tokens[span.first].text.lower(), lang or ""
    after = tokens[span.last] if span.last < len(tokens) else None
    goes_on = after is not None and after.capital and after.gap == " "
    return own in table[lang, "street"] or (own in table[lang, "compass"] and goes_on)


def _opens_dateline(tokens: list[Token], span: PlaceSpan) -> bool:
    """Whether a name in capitals stands where agencies print where they write from: PARIS (AP) -, KYIV, Ukraine."""
    if span.last >= len(tokens) or not tokens[span.first].opens:
        return False
    words = tokens[span.first : span.last]
    if not all(t.text.isupper() for t in words):
        return False
    after = tokens[span.last]
    if sum(len(t.text) for t in words) < _ABBREVIATION:
        return False
    in_list = after.text.isupper() and len(after.text) > _ABBREVIATION
    return after.gap.strip()[:1] in _DASHES or (after.gap in (", ", " (") and after.capital and not in_list)


def _is_abbreviation_of_none(word: Token, best: Scored) -> bool:
    """Whether a word is written as an abbreviation and the place found for it is none: EU is not Eu in Normandy."""
    text = word.text
    return text.isupper() and 1 < len(text) <= _ABBREVIATION and not best.index.name_text(best.row).isupper()


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
