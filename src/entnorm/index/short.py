"""Short keys within two edits of a query: a scan that two bit counts make cheap.

An error wipes out most trigrams of a short key, so these are compared one by one; but only with keys of about the
same length whose set of letters differs by at most two either way, which leaves some hundreds of half a million.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import OSA

#: Lengths of the queries that are scanned for; longer keys share enough trigrams.
SHORTEST, LONGEST = 3, 12
_EDITS = 2
_WIDTH = LONGEST + _EDITS
_BITS = np.zeros(256, dtype=np.uint32)
for _i, _c in enumerate("abcdefghijklmnopqrstuvwxyz "):
    _BITS[ord(_c)] = 1 << _i
for _c in "0123456789":
    _BITS[ord(_c)] = 1 << 27


class ShortKeys:
    """The short keys of an index, by length, with their letter sets. Made from the key table on first use.

    >>> starts, blob = np.array([0, 4, 8]), np.frombuffer(b"kyivlviv", dtype=np.uint8)
    >>> ShortKeys(starts, blob).within_two("kjiv").tolist()
    [0, 1]
    """

    def __init__(self, starts: NDArray[Any], blob: NDArray[np.uint8]) -> None:
        begin = starts[:-1].astype(np.int64)
        lengths = np.diff(starts.astype(np.int64))
        ids = np.flatnonzero((lengths >= SHORTEST - 1) & (lengths <= _WIDTH))
        ids = ids[np.argsort(lengths[ids], kind="stable")]
        short = lengths[ids]
        texts = np.zeros((len(ids), _WIDTH), dtype=np.uint8)
        masks = np.zeros(len(ids), dtype=np.uint32)
        for place in range(_WIDTH):
            there = short > place
            letters = blob[begin[ids[there]] + place]
            texts[there, place] = letters
            masks[there] |= _BITS[letters]
        self._ids: NDArray[np.uint32] = ids.astype(np.uint32)
        self._masks = masks
        self._texts = texts.view(f"S{_WIDTH}").ravel()
        self._offsets = np.searchsorted(short, np.arange(_WIDTH + 2))

    def within_two(self, key: str) -> NDArray[np.uint32]:
        """Keys at most two inserted, deleted, substituted or swapped letters away; none for a key that is not short."""
        size = len(key)
        if not SHORTEST <= size <= LONGEST or not len(self._ids):
            return np.empty(0, dtype=np.uint32)
        first, last = self._offsets[max(SHORTEST - 1, size - _EDITS)], self._offsets[size + _EDITS + 1]
        mine = np.bitwise_or.reduce(_BITS[np.frombuffer(key.encode("ascii"), dtype=np.uint8)])
        masks = self._masks[first:last]
        near = np.flatnonzero(np.bitwise_count(masks & ~mine) <= _EDITS)
        near = near[np.bitwise_count(mine & ~masks[near]) <= _EDITS]
        texts = self._texts[first:last][near].tolist()
        if not texts:
            return np.empty(0, dtype=np.uint32)
        edits = process.cdist([key.encode("ascii")], texts, scorer=OSA.distance, score_cutoff=_EDITS, dtype=np.uint8)
        found: NDArray[np.uint32] = self._ids[first:last][near[edits[0] <= _EDITS]]
        return found
