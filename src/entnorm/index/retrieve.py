"""Retrieval: the keys of an index that may be a given key misspelled.

Two routes, joined: short keys at most two letters away (an error wipes out most of their trigrams); and the keys that
share most trigrams. Sound keys are a third, asked for by name. All of them over-generate and are
cheap; deciding is the matcher's work.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from functools import cached_property, lru_cache
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from entnorm.gazetteer.planes import from_planes
from entnorm.index.letters import ShortKeys, WordKeys
from entnorm.index.postings import bucket, decode_gaps, distinct, trigram_codes
from entnorm.index.store import Index

Ids = NDArray[np.uint32]
_NONE: Ids = np.empty(0, dtype=np.uint32)


class Retriever(Protocol):
    """What the matcher asks of any retrieval over keys."""

    def key_id(self, key: str) -> int | None:
        """Number of a key, ``None`` if no name has it."""

    def key_text(self, key_id: int) -> str:
        """The key with a number."""

    def near(self, key: str, limit: int = 200) -> Ids:
        """Key numbers that ``key`` may be a misspelling of, in no order."""

    def sounding(self, sound: str) -> Ids:
        """Key numbers that may have a sound key; verify before use."""


class KeyRetriever:
    """The retriever over an :class:`~entnorm.index.store.Index`."""

    def __init__(self, index: Index) -> None:
        arrays = index.arrays
        self._arrays = arrays
        self._blob = memoryview(arrays["key_blob"].data)
        self._starts = memoryview(arrays["key_starts"].data)
        self._row_starts = memoryview(arrays["keynames_starts"].data)
        self._surname_starts = memoryview(arrays["surnames_starts"].data)
        self._surname_people = memoryview(arrays["surnames_people"].data)
        self._lengths = np.diff(arrays["key_starts"]).astype(np.uint8)
        self._exact_starts = memoryview(arrays["exact_starts"].data)
        self._exact_keys = memoryview(arrays["exact_keys"].data)
        self._bits = {n: (len(arrays[f"{n}_starts"]) - 1).bit_length() - 1 for n in ("exact", "sound")}
        self.size = len(self._lengths)
        self.key_text = lru_cache(maxsize=1 << 17)(self._key_text)
        self.second_words = lru_cache(maxsize=1 << 14)(self._second_words)
        self._heads = memoryview(arrays["heads"].data)
        self._head_bits = len(arrays["heads"]).bit_length() - 1

    def _key_text(self, key_id: int) -> str:
        return self._key_bytes(key_id).decode("ascii")

    def key_id(self, key: str) -> int | None:
        """Number of a key, ``None`` if no name has it."""
        b = bucket(key, self._bits["exact"])
        raw = key.encode("ascii")
        starts, blob = self._starts, self._blob
        for i in range(self._exact_starts[b], self._exact_starts[b + 1]):
            k = self._exact_keys[i]
            if blob[starts[k] : starts[k + 1]] == raw:
                return k
        return None

    def is_head(self, word: str) -> bool:
        """Whether a key of several words may begin with ``word``; false positives about one in eight."""
        return bool(self._heads[bucket(word, self._head_bits)])

    def _second_words(self, word: str) -> frozenset[str]:
        """The words that follow ``word`` where a key of several words begins with it."""
        if not word or not self.is_head(word):
            return frozenset()
        head = word.encode("ascii") + b" "
        found = set()
        # Keys are sorted.
        for k in range(bisect_left(range(self.size), head, key=self._key_bytes), self.size):
            raw = self._key_bytes(k)
            if not raw.startswith(head):
                break
            found.add(raw[len(head) :].partition(b" ")[0])
        return frozenset([raw.decode("ascii") for raw in found])

    def _key_bytes(self, key_id: int) -> bytes:
        return bytes(self._blob[self._starts[key_id] : self._starts[key_id + 1]])

    def _bucket_list(self, stem: str, text: str) -> Ids:
        starts = self._arrays[f"{stem}_starts"]
        b = bucket(text, self._bits[stem])
        values: Ids = self._arrays[f"{stem}_keys"][starts[b] : starts[b + 1]]
        return values

    @cached_property
    def short(self) -> ShortKeys:
        """The short keys, for a search by edits."""
        return ShortKeys(self._arrays["key_starts"], self._arrays["key_blob"])

    @cached_property
    def words(self) -> WordKeys:
        """The keys that occur as words of people's names."""
        starts = self._arrays["tokens_starts"]
        among = np.flatnonzero(starts[1:] > starts[:-1]).astype(np.uint32)
        return WordKeys(self._arrays["key_starts"], self._arrays["key_blob"], among)

    def trigrams(self, key: str, limit: int = 200) -> Ids:
        """The keys most alike by trigrams (Jaccard index), at most ``limit``."""
        codes = trigram_codes(key)
        starts, gaps = self._arrays["trigram_starts"], self._arrays["trigram_gaps"]
        spans = [(a, b) for a, b in zip(starts[codes].tolist(), starts[codes + 1].tolist(), strict=True) if b > a]
        # The commonest trigrams tell least and cost most.
        spans.sort(key=lambda span: span[1] - span[0])
        lists = [decode_gaps(from_planes(gaps[:, a:b])) for a, b in spans[: len(spans) - len(spans) // 4]]
        if not lists:
            return _NONE
        counts = np.zeros(self.size, dtype=np.uint8)
        for ids in lists:
            counts[ids] += 1
        least = max(1, len(lists) // 4)
        found = np.flatnonzero(counts >= least)
        if len(found) <= limit:
            return found.astype(np.uint32)
        shared = counts[found].astype(np.float32)
        jaccard = shared / (len(lists) + self._lengths[found] - shared)
        top = np.argpartition(jaccard, len(found) - limit)[len(found) - limit :]
        return found[top].astype(np.uint32)

    def near(self, key: str, limit: int = 200) -> Ids:
        """Key numbers that ``key`` may be a misspelling of: short keys two edits away, keys alike by trigrams."""
        if not key:
            return _NONE
        return distinct(np.concatenate([self.short.within_two(key), self.trigrams(key, limit)]))

    def sounding(self, sound: str) -> Ids:
        """Key numbers that may have a sound key; verify before use."""
        return self._bucket_list("sound", sound)

    def rows_of_key(self, key_id: int) -> Ids:
        """Name rows whose whole key this is."""
        starts = self._row_starts
        rows: Ids = self._arrays["keynames_rows"][starts[key_id] : starts[key_id + 1]]
        return rows

    def rows_of_token(self, key_id: int) -> Ids:
        """Rows of people's names that contain this key as a word."""
        starts = self._arrays["tokens_starts"]
        rows: Ids = self._arrays["tokens_rows"][starts[key_id] : starts[key_id + 1]]
        return rows

    def bearers(self, word: str) -> list[int]:
        """People (entity numbers) with a word as family name, the most prominent first."""
        key_id = self.key_id(word)
        if key_id is None:
            return []
        starts = self._surname_starts
        people: list[int] = self._surname_people[starts[key_id] : starts[key_id + 1]].tolist()
        return people

    def rows(self, key_ids: Iterable[int]) -> Ids:
        """Name rows of several keys, joined."""
        lists = [self.rows_of_key(k) for k in key_ids]
        return np.concatenate(lists) if lists else _NONE
