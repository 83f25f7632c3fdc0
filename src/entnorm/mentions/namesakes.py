"""Namesakes: a full name of somebody famous that the text itself gives to somebody else.

A plumber named Keir Starmer, no relation to the prime minister, is nobody that a gazetteer lists; nor is the baker
Pedro Sánchez. ``tables/namesakes.tsv`` has the words of many languages that say so.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from entnorm.mentions.lexicon import classes
from entnorm.mentions.merge import Span, UnlistedSpan
from entnorm.mentions.people import PersonSpan
from entnorm.mentions.words import rows

#: Characters of the sentence that are read before and after a name, and after words that deny a relation.
_BEFORE, _AFTER, _DENIED = 80, 130, 50
#: Between the trade and the words that introduce a name: from Leeds, de Getafe.
_BETWEEN = 45
_SENTENCE_END = re.compile(r"[.!?…。\n](?:\s|$)|[。\n]")
_PLAIN = str.maketrans({"ł": "l", "ı": "i", "’": "'", "\u00a0": " "})
_FIRST_MARK = "\u0300"
_WORD = re.compile(r"[^\W\d_][\w'’-]*")


def _folded(text: str) -> str:
    """Text without capitals and accents; unlike ``fold`` it keeps the signs, which part a denial from the rest."""
    if text.isascii():
        return text.casefold()
    marked = unicodedata.normalize("NFD", text.casefold().translate(_PLAIN))
    return "".join([c for c in marked if c < _FIRST_MARK or not unicodedata.combining(c)])


@lru_cache(maxsize=1)
def _rows() -> list[tuple[str, frozenset[str], tuple[str, ...]]]:
    return [
        (class_, frozenset(langs.split(",")), tuple(map(_folded, words.split("|"))))
        for class_, langs, words in rows("namesakes.tsv")
    ]


@lru_cache(maxsize=256)
def _pattern(class_: str, lang: str) -> re.Pattern[str] | None:
    """The words of a class in a language (in all of them for ``""``), at the beginnings of words."""
    words = {w for c, langs, some in _rows() if c == class_ and (not lang or langs & {lang, "*"}) for w in some}
    if not words:
        return None
    longest = sorted(words, key=len, reverse=True)
    begun = [re.escape(w) for w in longest if w[0].isalnum()]
    signs = [re.escape(w) for w in longest if not w[0].isalnum()]
    return re.compile("|".join([rf"(?<![^\W_])(?:{'|'.join(begun)})", *signs] if begun else signs))


@lru_cache(maxsize=1)
def _introduction() -> re.Pattern[str]:
    """A trade right before a name, or one with words behind it that introduce the name."""
    trade, anyone, named, once = (
        "|".join(re.escape(w) for c, _, some in _rows() if c == class_ for w in sorted(some, key=len, reverse=True))
        for class_ in ("trade", "anyone", "named", "once")
    )
    return re.compile(
        rf"(?<![^\W_])(?P<once>(?:{once})\w*[\s-]+)?"
        rf"(?:(?:{trade})\w{{0,8}}\s+|(?:{trade}|{anyone})\w{{0,8}}\b[^,;:]{{0,{_BETWEEN}}}\s(?:{named})\s+)$"
    )


def without_namesakes(text: str, spans: Sequence[Span], lang: str | None) -> list[Span]:
    """The spans, with listed people whose full names the text gives to somebody else as people on no list.

    What repeats such a name is the same stranger, unless the famous one is named in full as well.
    """
    full = [s for s in spans if isinstance(s, PersonSpan) and not s.named and len(text[s.start : s.end].split()) > 1]
    strangers = {id(s) for s in full if is_namesake(text, s.start, s.end, lang)}
    if not strangers:
        return list(spans)
    known = {_entity(s) for s in full if id(s) not in strangers}
    chosen: list[Span] = []
    whole: dict[tuple[int, int], UnlistedSpan] = {}
    for span in spans:
        if id(span) in strangers and isinstance(span, PersonSpan):
            other = whole[_entity(span)] = _unlisted(span)
            chosen.append(other)
        elif isinstance(span, PersonSpan) and _entity(span) in whole and _entity(span) not in known:
            chosen.append(_unlisted(span, whole[_entity(span)]))
        else:
            chosen.append(span)
    return chosen


def is_namesake(text: str, start: int, end: int, lang: str | None) -> bool:
    """Whether the sentence says that ``start:end`` is not the famous bearer of that name.

    >>> text = "A plumber named Keir Starmer, no relation to the prime minister, won."
    >>> is_namesake(text, 16, 28, "en"), is_namesake("Keir Starmer has no relation to the firm.", 0, 12, "en")
    (True, False)
    """
    before = _folded(_SENTENCE_END.split(text[max(0, start - _BEFORE) : start])[-1])
    after = _folded(_SENTENCE_END.split(text[end : end + _AFTER], maxsplit=1)[0])
    said, denied = _pattern("said", lang or ""), _pattern("denied", lang or "")
    if said is not None and said.search(after):
        return True
    if denied is not None and any(_names_office(after[m.end() :][:_DENIED], lang) for m in denied.finditer(after)):
        return True
    return _is_introduced(before.rstrip() + " ")


def _is_introduced(before: str) -> bool:
    """Whether a trade, or a stranger and words that introduce a name, end the words before a name."""
    last = before.rsplit(maxsplit=1)[-1:]
    if not last or not last[0].startswith(_last_words()):
        return False
    introduced = _introduction().search(before)
    return introduced is not None and not introduced["once"]


@lru_cache(maxsize=1)
def _last_words() -> tuple[str, ...]:
    """What the last word before a name begins with where it is introduced; most names need no further look."""
    return tuple({w.split()[-1] for class_, _, some in _rows() if class_ in ("trade", "named") for w in some})


def _names_office(words: str, lang: str | None) -> bool:
    phrase = re.split(r"[,;:()]", words, maxsplit=1)[0]
    return any(classes(w, lang) & {"title", "role"} for w in _WORD.findall(phrase))


def _entity(span: PersonSpan) -> tuple[int, int]:
    return id(span.ranked[0].index), span.ranked[0].entity


def _unlisted(span: PersonSpan, of: UnlistedSpan | None = None) -> UnlistedSpan:
    return UnlistedSpan(span.first, span.last, span.start, span.end, "person", span.belief, span.points, of)
