"""Echoes: single words that repeat part of a name that the text gives in full.

Whoever is called Asia Bibi in one sentence is Bibi, or Asia, in the next ones; and who is called Kerry Washington makes
most of the other Washingtons of the text persons. A family name alone is taken from its bearer in the text before it is
taken from somebody famous, unless a title or role beside it says who is meant.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from numpy.typing import NDArray

from entnorm.mentions.kin import beside_kin, is_patronymic, names_of_woman
from entnorm.mentions.lexicon import classes, is_ordinary
from entnorm.mentions.merge import KIND_COLUMN, UnlistedSpan, mean_belief
from entnorm.mentions.people import FAMOUS, WORLD_FAMOUS, PeopleFinder, PersonSpan
from entnorm.mentions.places import PlaceSpan
from entnorm.mentions.surroundings import context_points
from entnorm.mentions.tokens import Token, is_unspaced, uncased
from entnorm.text.keys import key

#: Belief from which an unlisted name of several words lends its parts to single words.
_LENDS = 0.6
#: Points of a family name, and of a given name, that the text has given in full.
_FAMILY, _GIVEN = 3.0, 2.0
#: How much more a place than a person the neighbours must say for a person's name to be read as the place.
_PLACE_LEAD = 0.6
_SHORTEST = 3
#: Family names of a text that a lone given name is tried with, the nearest first.
_MOST_FAMILIES = 3
_RUN_GAPS = frozenset({" ", "-", "\u00a0"})

Listed = PersonSpan | PlaceSpan


@dataclass(slots=True)
class _Part:
    """A word of a full name: its key, the span it belongs to, and whether it is the family name."""

    key: str
    span: PersonSpan | UnlistedSpan
    family: bool


class Echoes:
    """The parts of the full names of one text, and the single words that repeat them."""

    def __init__(self, tokens: list[Token], lang: str | None, people: PeopleFinder) -> None:
        self._tokens, self._lang = tokens, lang
        self._word, self._full_name = people.finders[0].word, people.full_name
        self._may_be_given = people.may_be_given
        self._parts: dict[str, list[_Part]] = {}
        self._inside: set[int] = set()
        self._lone: dict[int, PersonSpan | UnlistedSpan] = {}
        self._families: dict[str, _Part] | None = None

    def lend(self, spans: Iterable[PersonSpan | UnlistedSpan]) -> None:
        """Take the words of full names: listed ones, and unlisted ones that are believed."""
        self._families = None
        for span in spans:
            if isinstance(span, UnlistedSpan) and (span.kind != "person" or span.belief < _LENDS):
                continue
            words = [i for i in range(span.first, span.last) if self._names(i)]
            if isinstance(span, PersonSpan):
                self._lend_listed(span, words)
            if len(words) == 1:
                self._lone[words[0]] = span
            if len(words) < 2 or (isinstance(span, UnlistedSpan) and len(words) == 2 and self._are_given(words[0])):
                continue
            self._inside.update(range(span.first, span.last))
            for i in words:
                options = self._options(i)
                part = _Part(options[0] if options else "", span, i == words[-1])
                for option in options:
                    self._parts.setdefault(option, []).append(part)

    def _lend_listed(self, span: PersonSpan, words: Sequence[int]) -> None:
        """Take the rest of the name under which somebody well known is listed: Volodymyr, where Zelensky was named."""
        best = span.ranked[0]
        if best.index.prominence(best.entity) < FAMOUS:
            return
        written = {option for i in words for option in self._options(i)}
        for word in key(best.index.name_text(best.row)).split()[:-1]:
            if len(word) >= _SHORTEST and word not in written:
                self._parts.setdefault(word, []).append(_Part(word, span, False))

    def __contains__(self, i: object) -> bool:
        """Whether word ``i`` repeats, or is, a part of a full name."""
        return isinstance(i, int) and not self._parts.keys().isdisjoint(self._readings(i))

    def _names(self, i: int) -> bool:
        token = self._tokens[i]
        text = token.text
        if not (token.capital or uncased(token)) or len(text) < _SHORTEST:
            return False
        return "particle" not in classes(text, self._lang) and (text.isascii() or not is_unspaced(token))

    def _options(self, i: int) -> tuple[str, ...]:
        return tuple([o for o in self._readings(i) if len(o) >= _SHORTEST])

    def _readings(self, i: int) -> tuple[str, ...]:
        return self._word(self._tokens[i].text, self._lang).options

    def added(
        self, listed: Sequence[Listed], unlisted: Sequence[UnlistedSpan], beliefs: NDArray[Any] | None
    ) -> tuple[list[Listed], list[UnlistedSpan]]:
        """The listed and the unlisted spans with the echoes among them, in place of what else their words may be."""
        echoes = self.found(listed, unlisted, beliefs)
        claimed = {i for e in echoes for i in range(e.first, e.last)}
        kept = [s for s in listed if s.last - s.first > 1 or s.first not in claimed]
        others = [s for s in unlisted if not claimed.issuperset(range(s.first, s.last))]
        kept += [e for e in echoes if isinstance(e, PersonSpan)]
        return kept, [*others, *(e for e in echoes if isinstance(e, UnlistedSpan))]

    def found(
        self, listed: Sequence[Listed], unlisted: Sequence[UnlistedSpan], beliefs: NDArray[Any] | None
    ) -> list[PersonSpan | UnlistedSpan]:
        """Words outside the full names and other long spans that repeat a part of one, as spans of the same person."""
        if not (self._parts or self._lone):
            return []
        famous = {s.first: s for s in listed if isinstance(s, PersonSpan) and s.last - s.first == 1}
        places = {s.first for s in listed if isinstance(s, PlaceSpan) and s.last - s.first == 1}
        several = [s for s in (*listed, *unlisted) if s.last - s.first > 1]
        longer = {i for s in several for i in range(s.first, s.last)}
        pairs = {s.first for s in several if s.last - s.first == 2}
        echoes: list[PersonSpan | UnlistedSpan] = []
        last = 0
        for i, token in enumerate(self._tokens):
            if (token.cased and not token.capital) or i < last or i in self._inside or not self._names(i):
                continue
            if (i not in longer or i in pairs) and (pair := self._pair(i, beliefs)):
                echoes.append(pair)
                last = pair.last
                continue
            if i in longer:
                continue
            part = self._nearest(i) or self._of_woman(i)
            if part is None:
                relative = self._relative(i, i in places, beliefs)
                echoes += [relative] if relative else []
                continue
            last = self._run(i, part)
            if last - i > 1 or not self._means_another(i, part, famous.get(i), i in places):
                echoes.append(self._echo(i, last, part, beliefs))
        return echoes

    def _run(self, i: int, part: _Part) -> int:
        """The end of the words from ``i`` on that repeat parts of one name: Asia Bibi in another case."""
        last = i + 1
        while last < len(self._tokens) and self._tokens[last].gap in _RUN_GAPS and last not in self._inside:
            if not any(p.span is part.span for o in self._options(last) for p in self._parts.get(o, ())):
                break
            last += 1
        return last

    def _nearest(self, i: int) -> _Part | None:
        """The part a word repeats: family names before given names, then the full name last read, then the next."""
        parts = [p for option in self._readings(i) if option in self._parts for p in self._parts[option]]
        if not parts:
            return None
        return min(parts, key=lambda p: (not p.family, p.span.first > i, abs(p.span.first - i)))

    def _of_woman(self, i: int) -> _Part | None:
        """The family name of a listed woman of the text that a word is the feminine form of: Clintonowa."""
        names = names_of_woman(self._tokens[i].text, self._lang)
        if not names:
            return None
        parts = [p for name in names for p in self._parts.get(name, ()) if p.family and _is_woman(p.span)]
        return min(parts, key=lambda p: (p.span.first > i, abs(p.span.first - i)), default=None)

    def _relative(self, i: int, place: bool, beliefs: NDArray[Any] | None) -> PersonSpan | None:
        """Somebody listed with the word as given name and a family name of the text: Bill beside Hillary Clinton.

        That also is a word is believed beside a word for a relative: seine Tochter Victoria.
        """
        word = self._tokens[i].text
        if not self._may_be_given(word):
            return None
        kin = beside_kin(self._tokens, i, i + 1, self._lang)
        if not kin and is_ordinary(word, self._lang) and _belief(beliefs, i, i + 1) < _LENDS:
            return None
        if place and self._stands_as_place(i):
            return None
        return self._with_family(i, i + 1, kin)

    def _pair(self, i: int, beliefs: NDArray[Any] | None) -> PersonSpan | None:
        """Somebody listed with two words as given names, or as given name and patronymic, and a family name of the
        text: Jean-Marie beside Marine Le Pen, Vladimir Vladimirovich beside Putin."""
        said = self._are_given(i)
        if not said or _belief(beliefs, i, i + 2) < 1.0 - _LENDS:
            return None
        return self._with_family(i, i + 2, said == "patronymic" or beside_kin(self._tokens, i, i + 2, self._lang))

    def _are_given(self, i: int) -> str:
        """How words ``i`` and ``i + 1`` are one person's given names: ``patronymic``, ``compound`` or not (empty)."""
        other = self._tokens[i + 1] if i + 1 < len(self._tokens) else None
        if other is None or other.gap not in (" ", "-"):
            return ""
        if other.gap == " ":
            return "patronymic" if is_patronymic(other.text, self._lang) and self._names(i + 1) else ""
        both = self._may_be_given(self._tokens[i].text) and self._may_be_given(other.text)
        return "compound" if both and self._names(i + 1) else ""

    def _with_family(self, first: int, last: int, lone: bool) -> PersonSpan | None:
        """Somebody listed with words ``first:last`` and a family name of the text; ``lone`` ones count if so said."""
        if self._families is None:
            self._families = {p.key: p for parts in self._parts.values() for p in parts if p.family}
        known = [(p.span.first, p.span.last - 1) for p in self._families.values()]
        known += [(i, i) for i in self._lone if lone and not first <= i < last]
        nearest = sorted(known, key=lambda k: (k[0] > first, abs(k[0] - first)))
        words = tuple(t.text for t in self._tokens[first:last])
        for _, family in nearest[:_MOST_FAMILIES]:
            found = self._full_name((*words, self._tokens[family].text), self._lang)
            if found:
                start, end = self._tokens[first].start, self._tokens[last - 1].end
                return PersonSpan(first, last, start, end, found, _GIVEN, named=True)
        return None

    def _stands_as_place(self, i: int) -> bool:
        """Whether the neighbours say place much rather than person."""
        as_place = context_points(self._tokens, i, i + 1, "place", self._lang)
        return as_place - context_points(self._tokens, i, i + 1, "person", self._lang) > _PLACE_LEAD

    def _means_another(self, i: int, part: _Part, famous: PersonSpan | None, place: bool) -> bool:
        """Whether the word rather is the listed person who was found for it already, or a place."""
        token = self._tokens[i]
        if not part.family and is_ordinary(token.text, self._lang):
            return True
        if token.text.isupper() and not self._tokens[part.span.last - 1].text.isupper():
            return True  # an abbreviation
        if place and self._stands_as_place(i):
            return True
        if famous is None or isinstance(part.span, PersonSpan):
            return False
        best = famous.ranked[0]
        prominence = best.index.prominence(best.entity)
        before = classes(self._tokens[i - 1].text, self._lang) if i and token.gap == " " else frozenset()
        return prominence >= WORLD_FAMOUS and bool(before & {"title", "role"})

    def _echo(self, i: int, last: int, part: _Part, beliefs: NDArray[Any] | None) -> PersonSpan | UnlistedSpan:
        source, start, end = part.span, self._tokens[i].start, self._tokens[last - 1].end
        points = _FAMILY if part.family or last - i > 1 else _GIVEN
        if isinstance(source, PersonSpan):
            return PersonSpan(i, last, start, end, source.ranked[:1], points, named=True)
        belief = _belief(beliefs, i, last)
        return UnlistedSpan(i, last, start, end, "person", belief, points + source.points, source)


def _belief(beliefs: NDArray[Any] | None, first: int, last: int) -> float:
    """Mean belief that words are a person's, one half where there is no recogniser."""
    return 0.5 if beliefs is None else mean_belief(beliefs, first, last, KIND_COLUMN["person"])


def _is_woman(span: PersonSpan | UnlistedSpan) -> bool:
    return isinstance(span, PersonSpan) and span.ranked[0].index.facts(span.ranked[0].entity).gender == "f"
