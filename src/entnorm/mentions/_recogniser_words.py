"""Words that are no names, as Bloom filters beside the model: German nouns, and lower-case words of other languages.

German nouns carry a capital as names do; in other languages so does every word that opens a sentence. Built by
``tools/recogniser/build_words.py`` from the dictionaries of simplemma (MIT). About one word in 500 that is no noun
passes for one, and one in 30 of those that are no words.
"""

from __future__ import annotations

import zlib
from importlib import resources
from importlib.resources.abc import Traversable
from io import BytesIO

import numpy as np

#: Bits of the filters, and bits that a word sets in each.
NOUN_BITS, NOUN_HASHES = 1 << 21, 6
WORD_BITS, WORD_HASHES = 12_000_000, 4
#: Letters that the last part of a German compound has at least, and letters that stand for a long word.
SHORTEST_TAIL, STEM = 4, 6
_LONGEST_TAIL = 14


def bits_of(word: str, size: int, hashes: int) -> tuple[int, ...]:
    """Bits of a filter that a word sets.

    >>> len(bits_of("kraft", 1 << 21, 6))
    6
    """
    one, two = _hashes(word)
    return tuple((one + n * two) % size for n in range(hashes))


def _hashes(word: str) -> tuple[int, int]:
    data = word.encode("utf-8", "surrogatepass")
    return zlib.crc32(data), zlib.adler32(data) * 2654435761 & 0xFFFFFFFF | 1


def _holds(table: bytes, word: str, size: int, hashes: int) -> bool:
    """Whether all bits of a word are set in a filter; most words fail at the first."""
    one, two = _hashes(word)
    for _ in range(hashes):
        bit = one % size
        if not table[bit >> 3] >> (bit & 7) & 1:
            return False
        one += two
    return True


def word_key(word: str, lang: str) -> str:
    """Under which a lower-case word is kept: language and first letters, marked when there are more.

    >>> word_key("regiert", "de"), word_key("haus", "de")
    ('de:regier~', 'de:haus')
    """
    lang = "hr" if lang in ("sr", "bs") else lang
    return f"{lang}:{word[:STEM]}~" if len(word) > STEM else f"{lang}:{word}"


class OrdinaryWords:
    """The two filters.

    >>> words = OrdinaryWords.load()
    >>> words.noun("Regierung"), words.noun("Kiew"), words.small("Wrote", "en")
    ('noun', '', True)
    """

    def __init__(self, nouns: bytes, words: bytes) -> None:
        self._nouns, self._words = nouns, words

    @classmethod
    def load(cls, folder: Traversable | None = None) -> OrdinaryWords:
        """The filters that ship, or those in a folder."""
        place = folder or resources.files("entnorm.mentions").joinpath("model")
        nouns, words = (
            np.load(BytesIO(place.joinpath(name).read_bytes()), allow_pickle=False).tobytes()
            for name in ("nouns_de.npy", "words.npy")
        )
        return cls(nouns, words)

    def _is_noun(self, word: str) -> bool:
        return _holds(self._nouns, word, NOUN_BITS, NOUN_HASHES)

    def noun(self, word: str) -> str:
        """``noun`` for a German noun, ``tail`` and a length for a word that ends in one, else empty."""
        small = word.lower()
        if len(small) >= SHORTEST_TAIL and self._is_noun(small):
            return "noun"
        for at in range(max(3, len(small) - _LONGEST_TAIL), len(small) - SHORTEST_TAIL + 1):
            if self._is_noun(small[at:]):
                return f"tail{min(len(small) - at, 8)}"
        return ""

    def small(self, word: str, lang: str) -> bool:
        """Whether a lower-case word of a language is, or begins, like a word."""
        return _holds(self._words, word_key(word.lower(), lang), WORD_BITS, WORD_HASHES)
