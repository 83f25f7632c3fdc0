"""Which words of scripts without capitals are words of the language, so that they are no names.

Tables are built by ``tools/build_words.py`` from free dictionaries and read when a text first needs them.
"""

from __future__ import annotations

from functools import lru_cache
from importlib import resources
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from entnorm.text.fold import fold

_TABLES = "entnorm.mentions"


def rows(name: str, package: str = _TABLES) -> list[list[str]]:
    """Lines of a table of this package (or of another) as lists of cells, comments left out.

    >>> rows("han_simplified.tsv")[0]
    ['㑯', '㑔']
    """
    text = resources.files(package).joinpath(f"tables/{name}").read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line and line[0] != "#"]


def word_hash(folded: str) -> int:
    """32-bit hash of a folded word in the tables of known words.

    >>> word_hash("سلام") == word_hash("سلام"), 0 <= word_hash("שלום") < 2**32
    (True, True)
    """
    return crc32(folded.encode("utf-8"))


@lru_cache(maxsize=8)
def _hashes(name: str) -> NDArray[np.uint32]:
    with resources.as_file(resources.files(_TABLES).joinpath(f"tables/{name}.npy")) as path:
        hashes: NDArray[np.uint32] = np.load(path, allow_pickle=False)
    return hashes


@lru_cache(maxsize=1 << 15)
def _in(table: str, word: str) -> bool:
    wanted = word_hash(fold(word))
    hashes = _hashes(table)
    at = int(np.searchsorted(hashes, np.uint32(wanted)))
    return at < len(hashes) and int(hashes[at]) == wanted


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
