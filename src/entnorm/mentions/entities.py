"""Names that another finder has seen, a spaCy pipeline above all, cut to the ends that entnorm's own spans have.

Other finders mark tokens of their own making: with the comma, the title, the noun of a compound, the possessive. Here
their stretches become words of ours: ``Präsident Selenskyj,`` → ``Selenskyj``, ``US-Regierung`` → ``US``.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from entnorm.gazetteer.names import NameLexicon
from entnorm.mentions._recogniser_words import OrdinaryWords
from entnorm.mentions.lexicon import CAPITAL_NOUNS, classes
from entnorm.mentions.tokens import Token, is_unspaced, uncased
from entnorm.mentions.words import rows
from entnorm.models import Kind
from entnorm.text.typewords import type_of_word

_APOSTROPHES = "'’ʼ‘`´"
#: Signs that no name reaches across.
_BREAK = re.compile(r"[,;:!?…()\[\]{}/|\n\r\t„“”«»\"–—]")
#: Marks of the position within a name that some label schemes put in front: B-PER, I-LOC.
_POSITION = re.compile(r"^[BIELSU]-")


class Entity(NamedTuple):
    """Characters ``start:end`` that another finder calls a ``label`` (``PER``, ``GPE``, ``placeName``, …)."""

    start: int
    end: int
    label: str


class Cut(NamedTuple):
    """Words ``first:last``, characters ``start:end``, that name a person or a place."""

    first: int
    last: int
    start: int
    end: int
    kind: Kind


@lru_cache(maxsize=1)
def _labels() -> dict[str, Kind]:
    return {label.upper(): "person" if kind == "person" else "place" for label, kind, _ in rows("entity_labels.tsv")}


def kind_of_label(label: str) -> Kind | None:
    """``person`` or ``place`` for a label of any known scheme, ``None`` for what is neither.

    >>> kind_of_label("GPE"), kind_of_label("persName"), kind_of_label("B-PER"), kind_of_label("loc.adm.town")
    ('place', 'person', 'person', 'place')
    >>> kind_of_label("ORG"), kind_of_label("LOCderiv")
    (None, None)
    """
    plain = _POSITION.sub("", label.upper())
    return _labels().get(plain) or _labels().get(plain.partition(".")[0])


class Cutter:
    """Cuts the stretches of other finders to names. ``names`` tells surnames from nouns.

    >>> from entnorm.mentions.tokens import tokenize
    >>> text = "Die US-Regierung lobte Präsident Selenskyj, er komme aus d'Odessa."
    >>> marked = [Entity(4, 16, "GPE"), Entity(23, 43, "PERSON"), Entity(57, 65, "LOC")]
    >>> [text[c.start : c.end] for c in Cutter()(text, tokenize(text), marked, "de")]
    ['US', 'Selenskyj', 'Odessa']
    """

    def __init__(self, names: NameLexicon | None = None, ordinary: OrdinaryWords | None = None) -> None:
        self._names = names
        self._ordinary = ordinary or OrdinaryWords.load()

    def __call__(
        self, text: str, tokens: Sequence[Token], entities: Iterable[Entity], lang: str | None
    ) -> Iterator[Cut]:
        """The people and places among ``entities``, in their order; one of several names becomes several."""
        starts, ends = [t.start for t in tokens], [t.end for t in tokens]
        for entity in entities:
            kind = kind_of_label(entity.label)
            first, last = bisect_right(ends, entity.start), bisect_left(starts, entity.end)
            if kind is None or first >= last:
                continue
            for a, b in _parts(tokens, first, last):
                a, b = self._name(tokens, a, b, kind, lang)
                if a < b and any(c.isalpha() for c in tokens[a].text):
                    yield Cut(a, b, *_characters(text, tokens, a, b, entity), kind)

    def _name(self, tokens: Sequence[Token], a: int, b: int, kind: Kind, lang: str | None) -> tuple[int, int]:
        """Words ``a:b`` without those before and after that belong to no name."""
        while a < b and (before := _words_before(tokens, a, b, kind, lang)):
            a += before
        while a < b and self._is_after(tokens, a, b, kind, lang):
            b -= 1
        return a, b

    def _is_after(self, tokens: Sequence[Token], a: int, b: int, kind: Kind, lang: str | None) -> bool:
        """Whether the last word is a possessive, or what a name is compounded with: Kiew-Besuch, Kyiv-based."""
        tail = tokens[b - 1]
        if tail.text[0] in _APOSTROPHES:
            return True
        if b - a < 2 or not tail.cased:
            return False
        if tail.gap == "-" and not tail.capital:
            return True
        if kind == "person" and not tail.capital:
            return "particle" not in classes(tail.text, lang)
        if tail.gap.strip() != "-" or lang not in CAPITAL_NOUNS:
            return False
        noun = self._ordinary.noun(tail.text)
        # Family names and villages end as nouns do (Lehmann, Gerresheim), but not after a space.
        if not noun or (noun != "noun" and tail.gap == "-"):
            return False
        return self._names is None or not self._names.roles(tail.text).role


def _parts(tokens: Sequence[Token], first: int, last: int) -> Iterator[tuple[int, int]]:
    """Words ``first:last`` cut where a sign stands between two of them."""
    begin = first
    for i in range(first + 1, last):
        if _BREAK.search(tokens[i].gap):
            yield begin, i
            begin = i
    yield begin, last


def _words_before(tokens: Sequence[Token], a: int, b: int, kind: Kind, lang: str | None) -> int:
    """How many words at the head of ``a:b`` are no part of a name: titles, articles, prepositions, elided words."""
    head = tokens[a]
    if kind == "person" and b - a > 1:
        if _is_title(head, lang):
            return 1
        if b - a > 2 and tokens[a + 1].gap == "-" and _is_title(tokens[a + 1], lang):
            return 2
    if not head.cased or b - a < 2:
        return 0
    if kind == "place" and head.text[-1] in _APOSTROPHES:
        return 1
    if head.capital or not any(t.capital for t in tokens[a:b]):
        return 0
    if kind == "place":
        return 0 if type_of_word(head.text) else 1
    return 0 if "particle" in classes(head.text, lang) or head.text[-1] in _APOSTROPHES else 1


def _is_title(token: Token, lang: str | None) -> bool:
    return bool(classes(token.text, lang) & {"title", "role"})


def _characters(text: str, tokens: Sequence[Token], a: int, b: int, entity: Entity) -> tuple[int, int]:
    """Characters of words ``a:b``: whole words, but as marked where names stand inside words."""
    start, end = tokens[a].start, tokens[b - 1].end
    if is_unspaced(tokens[a]) or uncased(tokens[a]):
        start = max(start, entity.start)
    if is_unspaced(tokens[b - 1]) or uncased(tokens[b - 1]):
        end = min(end, entity.end)
    elif b - a > 1 and len(tokens[b - 1].text) == 1 and text[end : end + 1] == ".":
        end += 1  # the full stop of an initial that ends the name: Claudia B.
    return start, end
