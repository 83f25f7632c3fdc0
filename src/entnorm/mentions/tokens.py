"""Words of a text with their offsets, cut where names are cut: at hyphens, apostrophes of elision, and spaces."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from entnorm.text.scripts import CASED, script_of_char

_APOSTROPHE = "'’ʼ‘`´"
# A letter with its marks, digits, and apostrophes, soft hyphens and joiners inside a word.
_WORD = re.compile(
    r"([^\W_](?:[\w\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u0900-\u0e7f\u3099\u309a]+|[\u00ad\u200c\u200d](?=\w)|['’ʼ`´‘״׳\"](?=[^\W\d_]))*)"
)
# Elided articles and prepositions: d'Odessa, l'Ukraine, dell'Aquila, qu'Emmanuel.
_ELISION = re.compile(
    rf"(?:[dlmnstcj]|qu|jusqu|lorsqu|puisqu|presqu|aujourd|dell|nell|all|sull|dall|quell|un|sant|coll)[{_APOSTROPHE}](?=\w)",
    re.IGNORECASE,
)
_EAST_ASIAN = re.compile(r"[\u3041-\u30fa\u30fc\u3400-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U000323af]")
# Han, kana, Thai, Lao, Burmese and Khmer letters.
_UNSPACED = re.compile(_EAST_ASIAN.pattern[:-1] + r"\u0e01-\u0eff\u1000-\u109f\u1780-\u17ff]")
_SENTENCE_END = re.compile(r"[.!?…。！？؟։:;\n\r•·»«“”„\"()\[\]–—|]")


class Token(NamedTuple):
    """A word at ``start:end`` (code points, end exclusive).

    ``gap`` is the text between the word before and this one. ``capital`` says that the word starts with a capital;
    ``opens`` that it opens a sentence, headline or quotation, where a capital proves nothing.
    """

    text: str
    start: int
    end: int
    gap: str
    capital: bool
    opens: bool
    cased: bool


def _cut(word: str) -> tuple[str, ...]:
    """Cut off an elided article, or a possessive: ``d'Odessa`` → ``d'``, ``Odessa``; ``Kyiv's`` → ``Kyiv``, ``'s``."""
    if word.isascii() and word.isalnum():
        return (word,)
    if len(word) > 3 and word[-2] in _APOSTROPHE and word[-1] in "sS":
        return word[:-2], word[-2:]
    elided = _ELISION.match(word)
    if elided and elided.end() < len(word) and word[elided.end()].isupper():
        return word[: elided.end()], word[elided.end() :]
    return (word,)


@lru_cache(maxsize=1 << 15)
def _pieces(word: str) -> tuple[tuple[str, bool, bool], ...]:
    """What a word is cut into, each piece with whether it is capital and cased."""
    found = []
    for piece in _cut(word):
        first = piece[0]
        upper = first.isupper()
        # Georgian has capitals for headlines only.
        cased = (upper or first.islower()) and not "ა" <= first <= "ჿ"
        found.append((piece, upper or first.istitle(), cased))
    return tuple(found)


@lru_cache(maxsize=1 << 10)
def _ends_sentence(gap: str) -> bool:
    return (bool(gap.strip()) and _SENTENCE_END.search(gap) is not None) or "\n" in gap


def tokenize(text: str) -> list[Token]:
    """Words of ``text``.

    >>> [t.text for t in tokenize("Kiew -Streitkräfte, d'Odessa und München/Hamburg")]
    ['Kiew', 'Streitkräfte', "d'", 'Odessa', 'und', 'München', 'Hamburg']
    """
    tokens: list[Token] = []
    new = tuple.__new__  # half the time of Token()
    at = 0
    parts = _WORD.split(text)
    for gap, whole in zip(parts[::2], parts[1::2], strict=False):
        at += len(gap)
        for word, capital, cased in _pieces(whole):
            start, at = at, at + len(word)
            opens = not tokens or (gap != " " and _ends_sentence(gap))
            tokens.append(new(Token, (word, start, at, gap, capital, opens, cased)))
            gap = ""
    return tokens


def is_unspaced(token: Token) -> bool:
    """Whether a word is written in a script without spaces, so that names lie inside it.

    >>> is_unspaced(tokenize("泽连斯基访问基辅")[0]), is_unspaced(tokenize("Kyiv")[0])
    (True, False)
    """
    return not token.text.isascii() and _has_unspaced(token.text)


@lru_cache(maxsize=1 << 14)
def _has_unspaced(word: str) -> bool:
    return _UNSPACED.search(word) is not None


def is_east_asian(token: Token) -> bool:
    """Whether a word holds Han characters or kana.

    >>> is_east_asian(tokenize("12日大阪で")[0]), is_east_asian(tokenize("กรุงเทพ")[0])
    (True, False)
    """
    return _EAST_ASIAN.search(token.text) is not None


def uncased(token: Token) -> bool:
    """Whether capitals cannot mark a name here because the script has none.

    >>> uncased(tokenize("كييف")[0]), uncased(tokenize("kyiv")[0])
    (True, False)
    """
    return not token.cased and script_of_char(token.text[0]) not in CASED
