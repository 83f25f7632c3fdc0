"""Short strings of an index as a table that two bit counts can sift: texts by length, with their sets of letters."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import OSA, Levenshtein

from entnorm.index.postings import crc32_of, distinct

Ids = NDArray[np.uint32]

_BITS = np.zeros(256, dtype=np.uint32)
for _i, _c in enumerate("abcdefghijklmnopqrstuvwxyz "):
    _BITS[ord(_c)] = 1 << _i
for _c in "0123456789":
    _BITS[ord(_c)] = 1 << 27


def letter_set(key: str) -> np.uint32:
    """The letters of a key as bits; all digits are one."""
    mask: np.uint32 = np.bitwise_or.reduce(_BITS[np.frombuffer(key.encode("ascii"), dtype=np.uint8)])
    return mask


class LetterTable:
    """Keys of ``shortest`` to ``longest`` letters, by length, with their letter sets. Made on first use.

    ``among`` are the numbers of the keys to hold; ``starts`` and ``blob`` are the key table of the index.
    """

    def __init__(self, starts: NDArray[Any], blob: NDArray[np.uint8], among: Ids, shortest: int, longest: int) -> None:
        begin = starts[among].astype(np.int64)
        lengths = starts[among.astype(np.int64) + 1].astype(np.int64) - begin
        kept = np.flatnonzero((lengths >= shortest) & (lengths <= longest))
        kept = kept[np.argsort(lengths[kept], kind="stable")]
        begin, self.lengths = begin[kept], lengths[kept]
        letters = np.zeros((len(kept), longest), dtype=np.uint8)
        masks = np.zeros(len(kept), dtype=np.uint32)
        for place in range(longest):
            there = self.lengths > place
            letters[there, place] = blob[begin[there] + place]
            masks |= _BITS[letters[:, place]]
        self.ids = among[kept].astype(np.uint32)
        self.masks = masks
        self.letters = letters
        self.texts = letters.view(f"S{longest}").ravel()
        self._offsets = np.searchsorted(self.lengths, np.arange(longest + 2)).tolist()
        self._longest = longest

    def of_length(self, least: int, most: int) -> slice:
        """Rows of keys with so many letters."""
        first, last = max(0, least), min(self._longest, most) + 1
        return slice(self._offsets[min(first, last)], self._offsets[last])


class ShortKeys:
    """Short keys within two edits of a query.

    An error wipes out most trigrams of a short key, so these are compared one by one; but only with keys of about
    the same length whose set of letters differs by at most two either way, which leaves some hundreds of half a
    million.

    >>> starts, blob = np.array([0, 4, 8]), np.frombuffer(b"kyivlviv", dtype=np.uint8)
    >>> ShortKeys(starts, blob).within_two("kjiv").tolist()
    [0, 1]
    """

    #: Lengths of the queries that are scanned for; longer keys share enough trigrams.
    SHORTEST, LONGEST = 3, 12
    EDITS = 2

    def __init__(self, starts: NDArray[Any], blob: NDArray[np.uint8]) -> None:
        every = np.arange(len(starts) - 1, dtype=np.uint32)
        self._table = LetterTable(starts, blob, every, self.SHORTEST - 1, self.LONGEST + self.EDITS)

    def within_two(self, key: str) -> Ids:
        """Keys at most two inserted, deleted, substituted or swapped letters away; none for a key that is not short."""
        size, table = len(key), self._table
        if not self.SHORTEST <= size <= self.LONGEST or not len(table.ids):
            return np.empty(0, dtype=np.uint32)
        span = table.of_length(size - self.EDITS, size + self.EDITS)
        mine, masks = letter_set(key), table.masks[span]
        near = np.flatnonzero(np.bitwise_count(masks & ~mine) <= self.EDITS)
        near = near[np.bitwise_count(mine & ~masks[near]) <= self.EDITS]
        texts = table.texts[span][near].tolist()
        if not texts:
            return np.empty(0, dtype=np.uint32)
        edits = process.cdist([key.encode("ascii")], texts, scorer=OSA.distance, score_cutoff=2, dtype=np.uint8)
        found: Ids = table.ids[span][near[edits[0] <= self.EDITS]]
        return found


class WordKeys:
    """The words of people's names, some ten thousands, for a search by letters or by hash.

    >>> starts, blob = np.array([0, 5, 10]), np.frombuffer(b"putinmusin", dtype=np.uint8)
    >>> words = WordKeys(starts, blob, np.array([0, 1], np.uint32))
    >>> words.nearest(["poutine"], 1)[0].tolist()
    [0]
    """

    LONGEST = 24
    _LEAST = 0.45

    def __init__(self, starts: NDArray[Any], blob: NDArray[np.uint8], among: Ids) -> None:
        self._table = table = LetterTable(starts, blob, among, 2, self.LONGEST)
        hashes = crc32_of(table.letters, table.lengths)
        order = np.argsort(hashes, kind="stable")
        self._hashes, self._hashed = hashes[order], table.ids[order]

    def nearest(self, words: list[str], limit: int) -> tuple[Ids, NDArray[np.float32]]:
        """At most ``limit`` words most like one of ``words`` by edits, with that similarity (0..1)."""
        table = self._table
        rows = distinct(np.concatenate([self._alike(w) for w in words])) if words else np.empty(0, dtype=np.uint32)
        if not len(rows):
            return np.empty(0, dtype=np.uint32), np.empty(0, dtype=np.float32)
        likeness: NDArray[np.float32] = process.cdist(
            [w.encode("ascii") for w in words],
            table.texts[rows].tolist(),
            scorer=Levenshtein.normalized_similarity,
            score_cutoff=self._LEAST,
            dtype=np.float32,
        ).max(axis=0)
        near = np.flatnonzero(likeness)
        if len(near) > limit:
            near = near[np.argsort(-likeness[near], kind="stable")[:limit]]
        return table.ids[rows[near]], likeness[near]

    def _alike(self, word: str) -> Ids:
        """Rows of words of about the same length and letters; the longer the word, the more may differ."""
        size = len(word)
        span = self._table.of_length(size - 2 - size // 8, size + 2 + size // 8)
        apart = np.bitwise_count(self._table.masks[span] ^ letter_set(word))
        rows: Ids = (np.flatnonzero(apart <= min(4, 1 + size // 3)) + span.start).astype(np.uint32)
        return rows

    def with_hashes(self, hashes: Ids) -> tuple[Ids, Ids]:
        """Words whose CRC-32 is one of ``hashes``: their numbers, and their places in ``hashes``."""
        at = np.searchsorted(self._hashes, hashes)
        at[at == len(self._hashes)] = 0
        there = np.flatnonzero(self._hashes[at] == hashes) if len(self._hashes) else np.empty(0, dtype=np.intp)
        return self._hashed[at[there]], there.astype(np.uint32)
