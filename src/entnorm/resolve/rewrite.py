"""Rewriting: what a resolved mention becomes when the text takes the canonical names of a language.

A mention keeps its form: a surname alone stays a surname, an inflected name gets the ending of its case where the rules
of the language know it, capitals stay capitals, and what already is the canonical name in some case stays untouched.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from entnorm.index.store import Facts, Index
from entnorm.match.align import word_similarity
from entnorm.match.query import strip_type_word
from entnorm.models import Document, Kind, Mention
from entnorm.text.inflect import Form, agreement, forms, governed_cases, options, phrase_forms
from entnorm.text.keys import key
from entnorm.text.scripts import script_of
from entnorm.text.transcribe import transcribe

#: How much more like the given name than like the family name a word must be, and from where on it surely is a word.
_CLEARLY, _SURELY = 0.1, 0.7
#: Languages whose Cyrillic names are written in Latin letters as well, one for one.
_TWO_SCRIPTS = frozenset({"sr", "bs"})
#: Languages that write a compound with a name of several words with hyphens throughout.
_HYPHENS_THROUGHOUT = frozenset({"de"})
_BEFORE = re.compile(r"(\w[\w-]*)\s+\Z")
_INITIAL = re.compile(r"\w\.?\Z")
_SEPARATORS = re.compile(r"[·・=＝\s]+")
_LOOK_BACK = 24


class Rewriter:
    """Writes mentions as canonical names. Holds caches, no state of any document."""

    def __init__(self, indexes: Sequence[Index]) -> None:
        self.indexes = tuple(indexes)
        self._find = lru_cache(maxsize=1 << 13)(self._facts)

    def __call__(self, document: Document, to: str) -> list[str]:
        """The new text of each mention of a document, in order; unresolved ones stay as they are.

        ``to`` is the language of the names (ISO 639-1).
        """
        return [self._written(document, m, to) for m in document.mentions]

    def _facts(self, entity_id: str) -> Facts | None:
        for index in self.indexes:
            num = index.number(entity_id)
            if num is not None:
                return index.facts(num)
        return None

    def _written(self, document: Document, mention: Mention, to: str) -> str:
        best, facts = mention.best, self._find(mention.entity_id) if mention.entity_id else None
        if best is None or facts is None or _is_abbreviation(mention.text, best.matched_name):
            return mention.text
        before_name, surface, after_name = _around_type_word(mention.text, mention.base)
        lang = document.lang
        name = in_form_of(mention.base, mention.kind, facts, to)
        if lang == to:
            name = _in_script_of(surface, name, to)
        if _alike(name, mention.base) or _alike(name, surface):
            return mention.text
        if lang is not None and surface != mention.base and _declines(lang, to, name):
            if _is_possessive(surface, mention.base, lang):
                return mention.text
            before = _BEFORE.search(document.text, max(0, mention.start - _LOOK_BACK), mention.start)
            governed = governed_cases(before[1], lang) if before else frozenset()
            name = in_case_of(surface, mention.base, name, mention.kind, lang, facts.gender or None, governed)
        if len(surface) > 1 and surface.isupper():
            name = name.upper()
        after = document.text[mention.end : mention.end + 2]
        if lang in _HYPHENS_THROUGHOUT and len(after) > 1 and after[0] == "-" and after[1].isalpha():
            name = name.replace(" ", "-")
        return before_name + name + after_name


def in_form_of(base: str, kind: Kind, facts: Facts, to: str) -> str:
    """The canonical name in a language, cut to the parts of the name that ``base`` has.

    A surname or given name alone stays one, an initial stays an initial, and a place named without its type word gets
    none.
    """
    name = facts.name_in(to)
    if kind == "place":
        stripped = strip_type_word(name)
        return stripped[0] if stripped and strip_type_word(base) is None and " " not in base.strip() else name
    words = [w for w in _SEPARATORS.split(name) if w]
    mine = [w for w in _SEPARATORS.split(base) if w]
    if len(words) < 2 or not facts.family:
        return name
    given, family = _parts(words, facts)
    if len(mine) == 1:
        return _like_one_word(base, name, given, family, facts)
    if _INITIAL.match(mine[0]) and given and not _INITIAL.match(given[0]):
        return f"{given[0][0]}. {' '.join(family)}"
    if len(mine) <= len(family) and _likeness(base, facts.family) > _likeness(base, facts.given):
        return " ".join(family[-len(mine) :])
    return name


def _like_one_word(base: str, name: str, given: list[str], family: list[str], facts: Facts) -> str:
    """The part of a name that one word of a text stands for: one of its words, a whole part, or all of it."""
    alike, part = max((_likeness(base, p), p) for p in (*given, *family, name))
    if alike >= _SURELY:
        return part
    if given and _likeness(base, facts.given) > _likeness(base, facts.family) + _CLEARLY:
        return given[0]
    return " ".join(family)


def _parts(words: list[str], facts: Facts) -> tuple[list[str], list[str]]:
    """Given and family name in the words of a canonical name, which may begin with either."""
    size = min(len(facts.family.split()), len(words) - 1)
    last, first = words[-size:], words[:size]
    if _likeness(" ".join(first), facts.family) > _likeness(" ".join(last), facts.family) + _CLEARLY:
        return words[size:], first
    return words[:-size], last


def _likeness(a: str, b: str) -> float:
    return word_similarity(key(a).replace(" ", ""), key(b).replace(" ", "")) if a and b else 0.0


def in_case_of(
    surface: str,
    base: str,
    name: str,
    kind: Kind,
    lang: str,
    gender: str | None,
    governed: frozenset[str] = frozenset(),
) -> str:
    """``name`` in the case that ``surface`` is of ``base`` by the rules of a language; unchanged if none is known.

    ``governed`` are the cases that the word before it asks for, which settle a form of several cases.

    >>> in_case_of("Kijevě", "Kijev", "Kyjev", "place", "cs", None)
    'Kyjevě'
    >>> in_case_of("Zelenskyys", "Zelenskyy", "Selenskyj", "person", "de", "m")
    'Selenskyjs'
    """
    cases = [f.case for f in _forms(base, kind, lang, gender) if _alike(f.text, surface)]
    cases.sort(key=lambda case: case not in governed)
    made = _forms(name, kind, lang, gender)
    for case in cases:
        found = next((f.text for f in made if f.case == case), None)
        if found:
            return found
    return name


@lru_cache(maxsize=1 << 12)
def _forms(name: str, kind: Kind, lang: str, gender: str | None) -> tuple[Form, ...]:
    made = phrase_forms(name, lang, kind, gender)
    if kind == "person" and " " not in name:
        made += forms(name, lang, part="given", gender=gender)
    return made


def _declines(lang: str, to: str, name: str) -> bool:
    """Whether names of a language take the endings of a text's language.

    Its own do. Foreign ones do where an ending is simply added to the end of the name: the German and Scandinavian
    genitive, Finnish, Hungarian and Turkish case.
    """
    return lang == to or agreement(lang, script_of(name)) == "last"


def _in_script_of(surface: str, name: str, lang: str) -> str:
    """A name in the script in which a text of its own language is written; as the text has it if there is none.

    Serbian has two. In any other language a name in another script means that the index has none in this language.
    """
    if script_of(surface) == script_of(name):
        return name
    if lang in _TWO_SCRIPTS and script_of(surface) == "Latn" and script_of(name) == "Cyrl":
        return transcribe(name, "sr", "hr", part="full")
    return surface


def _around_type_word(surface: str, base: str) -> tuple[str, str, str]:
    """A mention cut into what is before, in and after the name, where its type word is no part of the base form."""
    stripped = strip_type_word(surface)
    if stripped is None or len(base.split()) >= len(surface.split()) or stripped[0] not in surface:
        return "", surface, ""
    before, _, after = surface.rpartition(stripped[0])
    return before, stripped[0], after


def _is_possessive(surface: str, base: str, lang: str) -> bool:
    """Whether a word is the possessive adjective of a name (Trumpov), which only its own language can make."""
    return any(o.base == base and o.parts == frozenset({"poss"}) for o in options(surface, lang, "person"))


def _is_abbreviation(text: str, listed: str) -> bool:
    return len(text) <= 4 and text.isupper() and listed.isupper()


def _alike(a: str, b: str) -> bool:
    return a == b or a.casefold().translate(_APOSTROPHES) == b.casefold().translate(_APOSTROPHES)


_APOSTROPHES = str.maketrans(dict.fromkeys("’ʼ‘`´", "'"))
