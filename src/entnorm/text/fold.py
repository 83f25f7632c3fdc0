"""Folding: the form of a name in which case, accents, apostrophes and spacing no longer matter.

Folding keeps the script. Marks are removed from Latin and Greek letters (``é`` → ``e``); in Cyrillic, Arabic
and Hebrew only marks that are not part of a letter go (stress marks, harakat, niqqud), so ``ї`` and ``й`` stay
what they are; every other script keeps its marks, which there are vowels.

The text is cut into clusters (a character with the marks that follow it) and folded cluster by cluster, so that
:func:`fold_with_offsets` can say for every folded character where in the caller's text it came from.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from entnorm.text.scripts import script_of_char

# Characters that vanish: apostrophes of every kind, prime-like letters of scientific romanizations, tatweel.
_DROPPED = frozenset("'’‘‛`´ʼʻʽʹʾʿˈ′‵＇՚״׳ـ")
_STRIP_ALL_MARKS = frozenset({"Latn", "Grek"})
_NO_MARKS = frozenset({"Latn", "Grek", "Cyrl", "Arab", "Hebr", "Zyyy"})
# Blocks without combining marks or conjoining jamo, where every character is a cluster of its own.
_UNMARKED = re.compile(
    "[\\x00-\u02ff\u0370-\u0482\u048a-\u0590\u05d0-\u05f4\u0620-\u064a\u066e-\u06d5\u10a0-\u10ff\u1e00-\u20cf"
    "\u3000-\u3029\u3030-\u3098\u309b-\u9fff\uac00-\ud7a3]*"
)
# Letters whose capital belongs to another letter: Turkish dotless i.
_ALIKE = str.maketrans({"ı": "i"})


def _is_mark(char: str) -> bool:
    return unicodedata.category(char)[0] == "M" or "\u1160" <= char <= "\u11ff"


@lru_cache(maxsize=65536)
def _fold_cluster(cluster: str) -> str:
    """Folded form of one character with its marks: letters and digits, one space, or nothing."""
    base = unicodedata.normalize("NFKC", cluster).casefold()
    base = unicodedata.normalize("NFKC", base).translate(_ALIKE)
    out = []
    for char in base:
        if char in _DROPPED:
            continue
        category = unicodedata.category(char)
        if category in ("Cf", "Cn", "Co", "Cs", "Lm") and char not in "ー々〻":
            # Letter modifiers print as apostrophes or tone signs; the kana length mark is a sound of its own.
            continue
        if category[0] == "L":
            if script_of_char(char) in _STRIP_ALL_MARKS:
                plain = unicodedata.normalize("NFKD", char).casefold()
                out.append("".join(c for c in plain if unicodedata.category(c)[0] not in "MSC"))
            else:
                out.append(char)
        elif category[0] == "M":
            if out and script_of_char(base[0]) not in _NO_MARKS:
                out.append(char)
        elif category[0] == "N":
            decimal = unicodedata.decimal(char, None)
            out.append(char if decimal is None else str(decimal))
        else:
            out.append(" ")
    return "".join(out)


class _CharTable(dict[int, str]):
    """Lazy ``str.translate`` table for text without combining marks."""

    def __missing__(self, code: int) -> str:
        value = _fold_cluster(chr(code))
        self[code] = value
        return value


_TABLE = _CharTable()


def _clusters(text: str) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    start = 0
    for i in range(1, len(text) + 1):
        if i == len(text) or not _is_mark(text[i]):
            spans.append((start, i))
            start = i
    return spans if text else []


def fold(text: str) -> str:
    """Fold ``text``: compatibility-normalised, caseless, without apostrophes, words separated by one space.

    Folding is idempotent and independent of case.

    >>> fold("  Saint-Étienne "), fold("Зеле́нський"), fold("d’Odessa"), fold("İstanbul")
    ('saint etienne', 'зеленський', 'dodessa', 'istanbul')
    """
    if text.isascii() and text.isalnum():
        return text.lower()
    if text.isascii() or _UNMARKED.fullmatch(text):
        folded = text.translate(_TABLE)
    else:
        folded = "".join(_fold_cluster(text[a:b]) for a, b in _clusters(text))
    return " ".join(folded.split())


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text and the way back.

    ``starts[i]`` and ``ends[i]`` are the offsets, in the original text, of the cluster that folded character ``i``
    came from.
    """

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in the original text of the folded range ``start:end``.

        Raises ``ValueError`` for an empty or out-of-range request: it has no place in the original.
        """
        if not 0 <= start < end <= len(self.text):
            raise ValueError(f"no folded characters in {start}:{end} of {len(self.text)}")
        return self.starts[start], self.ends[end - 1]


def fold_with_offsets(text: str) -> Folded:
    """Fold ``text`` and keep, for every folded character, where it came from.

    >>> f = fold_with_offsets("«Kyïv»")
    >>> f.text, f.span(0, 4)
    ('kyiv', (1, 5))
    """
    chars: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for a, b in _clusters(text):
        for char in _fold_cluster(text[a:b]):
            if char == " " and (not chars or chars[-1] == " "):
                continue
            chars.append(char)
            starts.append(a)
            ends.append(b)
    if chars and chars[-1] == " ":
        del chars[-1], starts[-1], ends[-1]
    return Folded("".join(chars), tuple(starts), tuple(ends))
