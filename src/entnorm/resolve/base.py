"""Base forms: each name of a document in its own language and script, its inflection undone.

A name keeps exactly the words the text has; only their endings change. Evidence for a nominative, beside the rules of
the language: the spellings listed for the entity, the name lexicon, the preposition before the name, and the other
forms that the document has of the word.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from entnorm.gazetteer.names import NameLexicon
from entnorm.index.store import Index
from entnorm.match.query import strip_type_word, undone
from entnorm.models import Kind
from entnorm.text.inflect import governed_cases, nominative, options
from entnorm.text.scripts import script_of

#: What speaks for a word: that a spelling of the entity listed for the language has it, one listed for no language in
#: particular, or one for another.
_LISTED, _LISTED_FOR_ANY, _LISTED_ELSEWHERE = -1.5, -0.6, -0.4
#: That it is listed and the word of the text is not, or for another language only.
_FORM_OF_LISTED = -0.8
#: That it is known as this part of a name, or as another; that it is a name of the other gender.
_KNOWN, _KNOWN_OTHERWISE, _OTHER_GENDER = -0.6, -0.3, 0.7
#: That other words of the document are forms of it, for each of them (twice for itself), and how many count.
_EXPLAINS, _MOST_EXPLAINED = -0.35, 3

_CUT = re.compile(r"([\s\-‐‑–/]+)")
_BEFORE = re.compile(r"(\w[\w-]*)\s+\Z")
_APOSTROPHES = str.maketrans(dict.fromkeys("’ʼ‘`´", "'"))


@dataclass(frozen=True, slots=True)
class Naming:
    """Characters ``start:end`` of a text that name a person or place, and the entity meant where one is listed.

    ``read`` is how the name was read when the entity was found, without the type word that the index does not list.
    """

    start: int
    end: int
    kind: Kind
    index: Index | None = None
    entity: int = -1
    read: str = ""


class BaseForms:
    """Finds base forms. Holds caches, no state of any document."""

    def __init__(self, lexicon: NameLexicon) -> None:
        self.lexicon = lexicon
        self._listed = lru_cache(maxsize=1 << 13)(self._listed_words)
        self._evidence = lru_cache(maxsize=1 << 15)(self._lexicon_evidence)
        self._plain = lru_cache(maxsize=1 << 13)(self._undo)
        self._spelled = lru_cache(maxsize=1 << 13)(self._spellings)

    def of(self, text: str, lang: str | None, names: Sequence[Naming]) -> list[str]:
        """The base form of each name of a text, in order; as it stands where the language has no rules.

        A name none of whose words can be a form of another one is in the nominative, whatever else is known of it.
        """
        surfaces = [_without_type_word(text[n.start : n.end], n.read) for n in names]
        if lang is None:
            return surfaces
        words = [[s] if s.isalpha() else _CUT.split(s)[::2] for s in surfaces]
        bases = [[_bases(w, lang, n.kind) for w in some] for some, n in zip(words, names, strict=True)]
        if not any(map(any, bases)):
            return surfaces
        forms = _forms_seen(words, names, bases)
        seen = {w for some in words for w in some}
        found = []
        for name, surface, own, of_words in zip(names, surfaces, words, bases, strict=True):
            if not any(of_words):
                found.append(surface)
                continue
            before = _BEFORE.search(text, max(0, name.start - 24), name.start)
            governed = governed_cases(before[1], lang) if before else frozenset()
            explained = tuple(
                (base, n)
                for w, of_word in zip(own, of_words, strict=True)
                for base in (w, *of_word)
                if (n := forms.get(base, 1) + (base != w and base in seen)) > 1
            )
            found.append(self._plain(surface, lang, name.kind, name.index, name.entity, governed, explained))
        return found

    def _undo(
        self,
        surface: str,
        lang: str,
        kind: Kind,
        index: Index | None,
        entity: int,
        governed: frozenset[str],
        explained: tuple[tuple[str, int], ...],
    ) -> str:
        pieces = _CUT.split(surface)
        words, last = pieces[::2], len(pieces) // 2
        listed: Mapping[str, float] = {}
        gender = None
        if index is not None:
            whole = self._whole(index, entity, lang, kind, words)
            if whole:
                pieces[::2] = whole
                return "".join(pieces)
            listed = self._listed(index, entity, lang, script_of(surface))
            gender = index.facts(entity).gender if kind == "person" else None
        forms = dict(explained)

        def weigh(i: int, base: str, of: str) -> float:
            value = listed.get(_folded(base), 0.0)
            if value and base != words[i] and listed.get(_folded(words[i]), 0.0) > _LISTED_FOR_ANY:
                value += _FORM_OF_LISTED
            if kind == "person":
                value += self._evidence(base, i == last, last == 0, of)
            return value + _EXPLAINS * min(forms.get(base, 1) - 1, _MOST_EXPLAINED)

        pieces[::2] = nominative(
            words, lang, kind, weigh, gender=gender if gender in ("m", "f") else None, governed=governed or None
        )
        return "".join(pieces)

    def _listed_words(self, index: Index, entity: int, lang: str, script: str) -> dict[str, float]:
        """Words of the entity's listed spellings in a script, with what they are worth as evidence."""
        found: dict[str, float] = {}
        for row in index.name_rows(entity):
            name = index.name_text(row)
            if script_of(name) == script:
                langs = index.name_langs(row)
                value = _LISTED if lang in langs else _LISTED_ELSEWHERE if langs else _LISTED_FOR_ANY
                for word in _CUT.split(_folded(name))[::2]:
                    found[word] = min(value, found.get(word, 0.0))
        return found

    def _whole(self, index: Index, entity: int, lang: str, kind: Kind, words: list[str]) -> list[str] | None:
        """The words as a spelling has them that is listed for the language and of which all of them are forms."""
        choices = [{_folded(b): b for b in (*reversed(_bases(w, lang, kind)), w)} for w in words]
        found: list[list[str]] = []
        for spelled in self._spelled(index, entity, lang):
            if len(spelled) == len(words) and all(s in c for s, c in zip(spelled, choices, strict=True)):
                found.append([c[s] for s, c in zip(spelled, choices, strict=True)])
        return max(found, key=lambda f: sum(a == b for a, b in zip(f, words, strict=True)), default=None)

    @staticmethod
    def _spellings(index: Index, entity: int, lang: str) -> list[list[str]]:
        """The folded words of each spelling of the entity that is listed for the language."""
        rows, tagged = index.name_rows(entity), index.lang_bit(lang)
        masks = index.arrays["name_langs"][rows.start : rows.stop].tolist()
        return [
            _CUT.split(_folded(index.name_text(row)))[::2]
            for row, mask in zip(rows, masks, strict=True)
            if mask & tagged
        ]

    def _lexicon_evidence(self, word: str, last: bool, alone: bool, gender: str) -> float:
        known = self.lexicon.roles(word)
        if not known.role:
            return _KNOWN_OTHERWISE if len(self.lexicon.groups(word)) else 0.0
        fits = alone or known.role == "both" or (known.role == "family") == last
        value = _KNOWN if fits else _KNOWN_OTHERWISE
        if known.gender in ("m", "f") and known.gender != gender and (not last or known.role == "given"):
            value += _OTHER_GENDER
        return value


def _without_type_word(surface: str, read: str) -> str:
    """The name without a type word that is no part of it: ``Region Kursk`` read as ``Kursk``."""
    stripped = strip_type_word(surface) if read and " " in surface else None
    if stripped and len(read.split()) == len(stripped[0].split()) < len(surface.split()):
        return stripped[0]
    return surface


def _folded(word: str) -> str:
    return word.lower().translate(_APOSTROPHES)


@lru_cache(maxsize=1 << 15)
def _bases(word: str, lang: str, kind: str) -> tuple[str, ...]:
    """Nominatives that a word may come from as part of a name of a kind; none where it has none of any kind."""
    if not undone(word, lang) and unicodedata.is_normalized("NFC", word):
        return ()
    return tuple(o.base for o in options(word, lang, kind))


def _forms_seen(
    words: Sequence[list[str]], names: Sequence[Naming], bases: Sequence[list[tuple[str, ...]]]
) -> dict[str, int]:
    """How many different words of the document's names each word is a nominative of, itself included."""
    found: dict[str, int] = {}
    different = {
        (word, name.kind): of_word
        for some, name, of_words in zip(words, names, bases, strict=True)
        for word, of_word in zip(some, of_words, strict=True)
    }
    for (word, _), of_word in different.items():
        for base in (word, *of_word):
            found[base] = found.get(base, 0) + 1
    return found
