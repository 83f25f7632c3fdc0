"""Posting lists in flat arrays: CSR tables, gap-coded lists, hash buckets.

A CSR table is a ``starts`` array of ``n + 1`` offsets and a ``values`` array; list ``i`` is
``values[starts[i]:starts[i + 1]]``. Ascending lists are stored as 16-bit gaps, which halves them on disk and in a
compressed wheel; a gap of :data:`ESCAPE` adds itself and emits nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

ESCAPE = 0xFFFF

_ALPHABET = " abcdefghijklmnopqrstuvwxyz0123456789"
_BASE = len(_ALPHABET)
TRIGRAMS = _BASE**3
_CODE = np.zeros(256, dtype=np.uint32)
for _i, _c in enumerate(_ALPHABET):
    _CODE[ord(_c)] = _i


def csr(pairs: NDArray[np.uint64], lists: int) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """CSR table from sorted ``list_id << 32 | value`` pairs; ``lists`` is the number of lists."""
    counts = np.bincount((pairs >> np.uint64(32)).astype(np.int64), minlength=lists)
    starts = np.zeros(lists + 1, dtype=np.uint32)
    np.cumsum(counts, out=starts[1:])
    return starts, (pairs & np.uint64(0xFFFFFFFF)).astype(np.uint32)


def encode_gaps(
    starts: NDArray[np.uint32], values: NDArray[np.uint32]
) -> tuple[NDArray[np.uint32], NDArray[np.uint16]]:
    """Gap-code the ascending lists of a CSR table; returns new starts and the gaps.

    >>> s, g = encode_gaps(np.array([0, 2], np.uint32), np.array([3, 70000], np.uint32))
    >>> decode_gaps(g[s[0]:s[1]]).tolist()
    [3, 70000]
    """
    gaps = values.astype(np.int64)
    gaps[1:] -= values[:-1].astype(np.int64)
    heads = starts[:-1][starts[:-1] < starts[1:]]
    gaps[heads] = values[heads]
    escapes = gaps // ESCAPE
    width = escapes + 1
    ends = np.cumsum(width)
    out = np.full(int(ends[-1]) if len(ends) else 0, ESCAPE, dtype=np.uint16)
    out[ends - 1] = (gaps - escapes * ESCAPE).astype(np.uint16)
    offsets = np.concatenate([[0], ends])
    return offsets[starts].astype(np.uint32), out


def decode_gaps(gaps: NDArray[np.uint16] | NDArray[np.uint32]) -> NDArray[np.uint32]:
    """The ascending list behind a run of gaps."""
    ids: NDArray[np.uint32] = np.cumsum(gaps, dtype=np.uint32)
    keep = gaps != ESCAPE
    return ids if keep.all() else ids[keep]


def distinct(ids: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """The distinct values, ascending; for short lists several times as fast as ``np.unique``.

    >>> distinct(np.array([3, 1, 3], np.uint32)).tolist()
    [1, 3]
    """
    ordered = np.sort(ids)
    if len(ordered) < 2:
        return ordered
    new = np.empty(len(ordered), dtype=np.bool_)
    new[0] = True
    np.not_equal(ordered[1:], ordered[:-1], out=new[1:])
    return ordered[new]


def trigram_codes(key: str) -> NDArray[np.uint32]:
    """Distinct trigram codes of a key padded with one space at either end, ascending.

    >>> len(trigram_codes("kyiv"))
    4
    """
    raw = _CODE[np.frombuffer(f" {key} ".encode("ascii"), dtype=np.uint8)]
    codes = (raw[:-2] * _BASE + raw[1:-1]) * _BASE + raw[2:]
    return distinct(codes)


def trigram_pairs(blob: NDArray[np.uint8], starts: NDArray[np.uint32]) -> NDArray[np.uint64]:
    """Sorted, distinct ``trigram << 32 | key_id`` of every key in a concatenated, unpadded blob of keys."""
    lengths = np.diff(starts).astype(np.int64)
    total = int(lengths.sum()) + 2 * len(lengths)
    padded = np.zeros(total, dtype=np.uint32)
    owner = np.repeat(np.arange(len(lengths), dtype=np.uint32), lengths + 2)
    inner = np.arange(len(blob)) + np.repeat(2 * np.arange(len(lengths)) + 1, lengths)
    padded[inner] = _CODE[blob]
    codes = (padded[:-2] * _BASE + padded[1:-1]) * _BASE + padded[2:]
    same = owner[:-2] == owner[2:]
    pairs = (codes[same].astype(np.uint64) << np.uint64(32)) | owner[:-2][same].astype(np.uint64)
    pairs.sort()
    distinct: NDArray[np.uint64] = pairs[np.concatenate([[True], pairs[1:] != pairs[:-1]])] if len(pairs) else pairs
    return distinct


def bucket_bits(items: int) -> int:
    """Number of hash bits that give about one item a bucket; at least 4.

    >>> bucket_bits(1000)
    10
    """
    return max(4, int(items - 1).bit_length()) if items > 1 else 4


def bucket(text: str, bits: int) -> int:
    """Bucket of a string: the low ``bits`` bits of the CRC-32 of its UTF-8 bytes."""
    return crc32(text.encode("utf-8", "surrogatepass")) & ((1 << bits) - 1)


_CRC_STEP = np.array([crc32(bytes([i ^ 0xFF])) ^ 0xFF000000 for i in range(256)], dtype=np.uint32)


def crc32_of(letters: NDArray[np.uint8], lengths: NDArray[np.int64]) -> NDArray[np.uint32]:
    r"""CRC-32 of many short strings at once: one a row, padded to one width.

    >>> from zlib import crc32
    >>> rows = np.frombuffer(b"kyivlvi\0", np.uint8).reshape(2, 4)
    >>> crc32_of(rows, np.array([4, 3])).tolist() == [crc32(b"kyiv"), crc32(b"lvi")]
    True
    """
    state = np.full(len(letters), 0xFFFFFFFF, dtype=np.uint32)
    for place in range(letters.shape[1]):
        stepped = _CRC_STEP[(state ^ letters[:, place]) & np.uint32(0xFF)] ^ (state >> np.uint32(8))
        state = np.where(lengths > place, stepped, state)
    return ~state


def bucket_table(items: Iterable[tuple[str, int]]) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """CSR table from bucket to values for ``(string, value)`` items; ``2 ** bits + 1`` starts.

    Values are ascending and distinct within a bucket; the strings are not kept, so a reader verifies hits.
    """
    hashes: list[int] = []
    values: list[int] = []
    for text, value in items:
        hashes.append(crc32(text.encode("utf-8", "surrogatepass")))
        values.append(value)
    bits = bucket_bits(len(values))
    low = np.array(hashes, dtype=np.uint64) & np.uint64((1 << bits) - 1)
    pairs = (low << np.uint64(32)) | np.array(values, dtype=np.uint64)
    pairs = np.unique(pairs)
    return csr(pairs, 1 << bits)
