"""German common nouns, which carry a capital as names do, as a Bloom filter beside the model.

Built by ``tools/recogniser/build_nouns.py`` from the dictionary of simplemma (MIT).
"""

from __future__ import annotations

import zlib
from importlib import resources
from importlib.resources.abc import Traversable
from io import BytesIO

import numpy as np

#: Size of the filter; about one word in 500 that is no noun passes for one.
BITS = 1 << 21
#: Letters that the last part of a compound has at least.
SHORTEST_TAIL = 4
_LONGEST_TAIL = 14


def bits_of(word: str) -> tuple[int, ...]:
    """Bits of the filter that a word sets.

    >>> len(bits_of("kraft"))
    6
    """
    data = word.encode("utf-8", "surrogatepass")
    one, two = zlib.crc32(data), zlib.adler32(data) * 2654435761 & 0xFFFFFFFF | 1
    return tuple((one + n * two) % BITS for n in range(6))


class Nouns:
    """The filter.

    >>> nouns = Nouns.load()
    >>> nouns.kind("Regierung"), nouns.kind("Kiew")
    ('noun', '')
    """

    def __init__(self, field: bytes) -> None:
        self._field = field

    @classmethod
    def load(cls, folder: Traversable | None = None) -> Nouns:
        """The filter that ships, or the one in a folder."""
        place = folder or resources.files("entnorm.mentions").joinpath("model")
        return cls(np.load(BytesIO(place.joinpath("nouns_de.npy").read_bytes()), allow_pickle=False).tobytes())

    def _has(self, word: str) -> bool:
        return all(self._field[bit >> 3] >> (bit & 7) & 1 for bit in bits_of(word))

    def kind(self, word: str) -> str:
        """``noun`` for a listed noun, ``tail`` for a word that ends in one, with the tail's length, else empty."""
        small = word.lower()
        if len(small) >= SHORTEST_TAIL and self._has(small):
            return "noun"
        for at in range(max(3, len(small) - _LONGEST_TAIL), len(small) - SHORTEST_TAIL + 1):
            if self._has(small[at:]):
                return f"tail{min(len(small) - at, 8)}"
        return ""
