"""Which words of scripts without capitals are words of the language, so that they are no names.

Tables are built by ``tools/build_words.py`` from free dictionaries and read when a text first needs them.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from importlib import resources
from io import BytesIO

import numpy as np
from numpy.typing import NDArray

from entnorm.mentions._recogniser_words import bits_of
from entnorm.text.fold import fold

_TABLES = "entnorm.mentions"
_BITS_A_WORD, _HASHES = 10, 6


def rows(name: str, package: str = _TABLES) -> list[list[str]]:
    """Lines of a table of this package (or of another) as lists of cells, comments left out.

    >>> ["國", "国"] in rows("han_simplified.tsv")
    True
    """
    text = resources.files(package).joinpath(f"tables/{name}").read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line and line[0] != "#"]


def filter_of(words: Iterable[str]) -> NDArray[np.uint8]:
    """A Bloom filter of folded words, for ``np.save``: about one in a hundred words that are not in it seems to be.

    >>> len(filter_of(["سلام", "שלום"]))
    2
    """
    known = {fold(w) for w in words if len(w) > 1}
    size = max(1, len(known) * _BITS_A_WORD // 8) * 8
    bits = np.zeros(size, dtype=np.uint8)
    for word in known:
        bits[list(bits_of(word, size, _HASHES))] = 1
    return np.packbits(bits, bitorder="little")


@lru_cache(maxsize=8)
def _filter(name: str) -> bytes:
    data = resources.files(_TABLES).joinpath(f"tables/{name}.npy").read_bytes()
    return bytes(np.load(BytesIO(data), allow_pickle=False).tobytes())


@lru_cache(maxsize=1 << 15)
def _in(table: str, word: str) -> bool:
    bits = _filter(table)
    return all(bits[bit >> 3] >> (bit & 7) & 1 for bit in bits_of(fold(word), 8 * len(bits), _HASHES))


def is_word(word: str, lang: str) -> bool:
    """Whether a word is one of the language ``lang`` (``ar``, ``he``, ``fa``, ``ko``), names mostly left out.

    >>> is_word("정치인", "ko"), is_word("김민수", "ko"), is_word("المفاوضات", "ar"), is_word("زيلينسكي", "ar")
    (True, False, True, False)
    """
    return _in(f"words_{lang}", word)


def is_korean_name(word: str) -> bool:
    """Whether a Korean dictionary lists a word as somebody's name, and as nothing else.

    >>> is_korean_name("김민수"), is_korean_name("정치인")
    (True, False)
    """
    return _in("names_ko", word)


@lru_cache(maxsize=8)
def common_words(lang: str) -> frozenset[str]:
    """Folded words of every day that are listed as names too.

    >>> "را" in common_words("fa"), "تهران" in common_words("fa")
    (True, False)
    """
    return frozenset(fold(w) for tongue, words in rows("common_words.tsv") if tongue == lang for w in words.split("|"))
