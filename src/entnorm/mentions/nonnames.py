"""What is written like a name of a person or place in a text and is none: organisations, things, ordinary words."""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from typing import TypeVar

from entnorm.mentions.finder import Word
from entnorm.mentions.lexicon import CAPITAL_NOUNS, classes
from entnorm.mentions.merge import Span, UnlistedSpan, kind_of
from entnorm.mentions.openings import Openings, is_everyday
from entnorm.mentions.organisations import AGAINST, Organisation, organisations
from entnorm.mentions.people import WORLD_FAMOUS, PersonSpan
from entnorm.mentions.places import PlaceSpan
from entnorm.mentions.surroundings import context_points
from entnorm.mentions.things import Thing, is_adjective, is_people, speaks_of, things
from entnorm.mentions.tokens import Token

#: What the neighbours must say for a person or place to keep a name that is a thing's far more often.
_NAMED = 0.35
#: The same where words of sport or awards stand near, which people win and places are the subject of too.
_CLAIMED = 0.5
#: Places as well known as this are doubted nowhere but where their names are listed as everyday words.
_KNOWN = 0.6
#: What the recogniser must believe of a company's name that no index lists as a person or place.
_SURE = 0.87
#: The same of a name that only the dictionaries call an everyday word, at the head of a sentence.
_CERTAIN = 0.9
#: What the recogniser must believe of a word in a dictionary that opens a sentence.
_GUESSED = 0.7
#: How many words before and after a club's name are searched for words of sport.
_NEAR = 12

#: Classes of organisations that are meant only near words of a subject.
_SUBJECT = {"club": "sport", "prize": "award"}

S = TypeVar("S", bound=Span)


class NonNames:
    """The words of one text that are no names of people and places although they look it."""

    def __init__(self, tokens: Sequence[Token], lang: str | None, word: Callable[[str, str | None], Word]) -> None:
        self._tokens, self._lang = list(tokens), lang
        self._organisations: dict[int, Organisation] = {}
        for found in organisations(tokens, lang, word):
            self._organisations.update(dict.fromkeys(range(found.first, found.last), found))
        self._things: dict[int, list[Thing]] = {}
        for thing in things(tokens, lang):
            for i in range(thing.first, thing.last):
                self._things.setdefault(i, []).append(thing)
        self._openings = Openings(tokens, lang, word)

    def without(self, spans: Sequence[S], people: Container[int]) -> list[S]:
        """The spans that may be names; ``people`` are words that repeat a person's full name in the text.

        What the user's own pipeline has marked stays. A name that is a company's too loses points.
        """
        return [s for s in spans if not self._is_none(s, people)]

    def _is_none(self, span: Span, people: Container[int]) -> bool:
        if isinstance(span, UnlistedSpan) and span.foreign:
            return False
        single = span.last - span.first == 1
        if single and span.first in people and not self._in_long_name(span.first):
            return False
        if self._is_organisation(span) or self._is_thing(span):
            return True
        return single and (self._is_word(span) or self._is_derived(span)) and self._context(span) < _NAMED

    def _is_organisation(self, span: Span) -> bool:
        owner = self._organisations.get(span.first)
        if owner is None or span.last > owner.last:
            return False
        if owner.class_ == "sole" or owner.last - owner.first > span.last - span.first:
            return True
        if owner.class_ == "thing":
            return not self._spoken_for(span)
        subject = _SUBJECT.get(owner.class_)
        if subject is not None:
            return not self._spoken_for(span, _CLAIMED) and self._speaks_of(subject, span)
        span.points -= AGAINST
        return isinstance(span, UnlistedSpan) and span.belief < _SURE

    def _is_thing(self, span: Span) -> bool:
        around = self._things.get(span.first)
        if around is None:
            return False
        if kind_of(span) == "person" and self._context(span) >= _NAMED:
            return False  # Minister Femke Hoogestraat lives in no street
        return any(span.last <= t.last and t.kind in ("", kind_of(span)) for t in around)

    def _is_word(self, span: Span) -> bool:
        """Whether a span is an everyday word that has a capital because it opens a sentence."""
        if isinstance(span, UnlistedSpan) and span.belief < _GUESSED and self._openings.small(span.first):
            return True
        if not self._openings.doubted(span.first):
            return False
        everyday = is_everyday(self._tokens[span.first].text, self._lang)
        if isinstance(span, UnlistedSpan):
            return everyday or span.belief < _CERTAIN
        best = span.ranked[0]
        prominence = best.index.prominence(best.entity)
        if isinstance(span, PersonSpan):
            return prominence < WORLD_FAMOUS
        return everyday or prominence < _KNOWN

    def _is_derived(self, span: Span) -> bool:
        """Whether a span is what people of a place are called, or an adjective made of a name."""
        word = self._tokens[span.first].text
        if isinstance(span, UnlistedSpan):
            return is_people(word, self._lang) or (span.belief < _CERTAIN and "not_name" in classes(word, self._lang))
        base = span.ranked[0].base or word
        if not isinstance(span, PlaceSpan) or base == word:
            return False
        adjective = is_adjective(word, self._lang) and not is_adjective(base, self._lang)
        return adjective or is_people(word, self._lang)

    def _context(self, span: Span) -> float:
        return context_points(self._tokens, span.first, span.last, kind_of(span), self._lang)

    def _in_long_name(self, i: int) -> bool:
        owner = self._organisations.get(i)
        return owner is not None and owner.class_ == "sole" and owner.last - owner.first > 1

    def _spoken_for(self, span: Span, least: float = _NAMED) -> bool:
        """Whether the neighbours say that a person or place is meant, or a longer name goes on."""
        before = self._tokens[span.first - 1] if span.first else None
        after = self._tokens[span.last] if span.last < len(self._tokens) else None
        if after is not None and after.capital and after.gap == " " and self._lang not in CAPITAL_NOUNS:
            return True
        if (
            before is not None
            and before.capital
            and not before.opens
            and self._tokens[span.first].gap == " "
            and self._lang not in CAPITAL_NOUNS
        ):
            return True
        return self._context(span) >= least

    def _speaks_of(self, subject: str, span: Span) -> bool:
        near = self._tokens[max(0, span.first - _NEAR) : span.last + _NEAR]
        return any(speaks_of(subject, t.text, self._lang) for t in near)
