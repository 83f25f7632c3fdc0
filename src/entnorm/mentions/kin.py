"""Relatives in a text: words for them, given names of two words, patronymics, and women's forms of family names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from entnorm.mentions.tokens import Token
from entnorm.mentions.words import rows
from entnorm.text.fold import fold
from entnorm.text.keys import key

#: Words before and after a name that are searched for a relative.
_BEFORE, _AFTER = 10, 3
#: Endings of patronymics in any case, folded, with the languages that use them.
_PATRONYMIC = re.compile(
    r"\w{2,}(?:[оеё]|йо)вич(?:а|у|ем|ом|е|і|еві|ові)?|(?:иль|ілл|лук|кузьм|никит|микит|фом|савв)ич(?:а|у|ем|ом|е|і|еві)?"
    r"|\w{2,}(?:[оеёії]вн|йовн|иничн|итичн|[лк]ічн|личн)(?:а|ы|е|у|ой|и|і|ою)"
)
_PATRONYMIC_LANGS = frozenset({"ru", "uk", "be", "bg"})
#: What Slavic languages add to a woman's family name, with case endings, and what the name itself may have had there.
_WOMANS = {
    **dict.fromkeys(("cs", "sk"), (re.compile(r"(\w{2,}?)ov(?:á|é|ou|ej|ú)"), ("", "a", "o", "e", "ek", "ec", "y"))),
    "pl": (re.compile(r"(\w{2,}?)ow(?:a|ej|ą|ę|y)"), ("", "a", "o", "e")),
    **dict.fromkeys(("sl", "hr", "bs", "sr"), (re.compile(r"(\w{2,}?)[oe]v(?:[aeio]|oj|om)"), ("", "a", "o", "e"))),
}  # fmt: skip


@lru_cache(maxsize=64)
def _kin(lang: str) -> tuple[frozenset[str], tuple[str, ...]]:
    """Whole words and beginnings of words for relatives in a language."""
    words = [w for langs, some in rows("kin.tsv") if lang in langs.split(",") for w in some.split("|")]
    return frozenset(fold(w) for w in words if w[-1] != "*"), tuple(fold(w[:-1]) for w in words if w[-1] == "*")


@lru_cache(maxsize=1 << 14)
def is_kin(word: str, lang: str | None) -> bool:
    """Whether a word names a relative.

    >>> is_kin("Bruder", "de"), is_kin("сыном", "ru"), is_kin("sisters", "en"), is_kin("Sonne", "de")
    (True, True, True, False)
    """
    whole, beginnings = _kin(lang or "")
    folded = fold(word)
    return folded in whole or folded.startswith(beginnings)


def beside_kin(tokens: Sequence[Token], first: int, last: int, lang: str | None) -> bool:
    """Whether a relative is spoken of near words ``first:last``."""
    near = (*tokens[max(0, first - _BEFORE) : first], *tokens[last : last + _AFTER])
    return any(is_kin(t.text, lang) for t in near)


def is_patronymic(word: str, lang: str | None) -> bool:
    """Whether a word is a patronymic, in any case.

    >>> is_patronymic("Владимировичем", "ru"), is_patronymic("Олександрівна", "uk"), is_patronymic("Путин", "ru")
    (True, True, False)
    """
    return lang in _PATRONYMIC_LANGS and _ends_as_patronymic(word)


@lru_cache(maxsize=1 << 14)
def _ends_as_patronymic(word: str) -> bool:
    return _PATRONYMIC.fullmatch(fold(word)) is not None


def names_of_woman(word: str, lang: str | None) -> tuple[str, ...]:
    """Keys of the family names that a word may be a woman's form of.

    >>> names_of_woman("Obamová", "cs")[:2], names_of_woman("Clintonowej", "pl")[0], names_of_woman("Obama", "cs")
    (('obam', 'obama'), 'clinton', ())
    """
    return _names_of_woman(word, lang) if lang in _WOMANS else ()


@lru_cache(maxsize=1 << 14)
def _names_of_woman(word: str, lang: str) -> tuple[str, ...]:
    pattern, endings = _WOMANS[lang]
    found = pattern.fullmatch(word.lower())
    return tuple(key(found[1] + ending) for ending in endings) if found else ()
