"""What the words around a name say: prepositions of place, titles, organisation words, and words that are no names.

Tables: ``tables/context.tsv`` (hand-written) and ``tables/ordinary.tsv`` (words of a language that are also listed as
names, built by ``tools/build_ordinary.py``).
"""

from __future__ import annotations

from functools import lru_cache

from entnorm.mentions.words import rows
from entnorm.text.fold import fold

#: Languages that capitalise every noun, so that a capital proves nothing.
CAPITAL_NOUNS = frozenset({"de", "lb"})

_EMPTY: frozenset[str] = frozenset()


@lru_cache(maxsize=1)
def _lines() -> dict[str, list[tuple[str, str]]]:
    """Language -> ``(class, words)`` lines of the context table, unread."""
    lines: dict[str, list[tuple[str, str]]] = {}
    for lang, class_, words in rows("context.tsv"):
        lines.setdefault(lang, []).append((class_, words))
    return lines


@lru_cache(maxsize=64)
def _context(lang: str) -> dict[str, frozenset[str]]:
    """Folded word -> classes in one language, or in all of them together for ``""``."""
    table: dict[str, set[str]] = {}
    lines = _lines()
    for class_, words in lines[lang] if lang else [line for some in lines.values() for line in some]:
        for word in words.split("|"):
            table.setdefault(fold(word), set()).add(class_)
    sets: dict[frozenset[str], frozenset[str]] = {}
    return {word: sets.setdefault(same, same) for word, found in table.items() if (same := frozenset(found))}


@lru_cache(maxsize=1)
def _ordinary() -> dict[str, frozenset[str]]:
    # Most words are of one of a few sets of languages, which are made once each.
    sets: dict[str, frozenset[str]] = {}
    return {w: sets.setdefault(langs, frozenset(langs.split(","))) for w, langs in rows("ordinary.tsv")}


@lru_cache(maxsize=1 << 16)
def classes(word: str, lang: str | None) -> frozenset[str]:
    """Context classes of a word in a language (of any language when it is unknown or has no table).

    ``place_prep`` stands before places, ``title`` before people, ``role`` is a job, ``say`` a verb people are the
    subject of, ``org`` makes an organisation of a name, ``not_name`` is capitalised and no name (weekdays, months,
    peoples), ``particle`` belongs to a surname.

    >>> "title" in classes("Präsident", "de"), classes("Kursk", "de")
    (True, frozenset())
    """
    scope = lang if lang in _lines() else ""
    return _context(scope or "").get(fold(word), _EMPTY)


@lru_cache(maxsize=1 << 16)
def is_ordinary(word: str, lang: str | None) -> bool:
    """Whether a listed name is also an ordinary word of a language (``Essen``, ``Nice``, ``Most``).

    >>> is_ordinary("Essen", "de"), is_ordinary("Kursk", "de")
    (True, False)
    """
    langs = _ordinary().get(fold(word))
    return langs is not None and (lang is None or lang in langs)
