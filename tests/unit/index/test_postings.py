"""Posting lists: gaps, tables of lists, hash buckets, trigrams."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from entnorm.index import postings
from entnorm.index.postings import ESCAPE, bucket, bucket_bits, bucket_table, csr, decode_gaps, encode_gaps

ids = st.one_of(st.integers(0, 3 * ESCAPE), st.sampled_from([ESCAPE - 1, ESCAPE, ESCAPE + 1, 2 * ESCAPE, 2**31]))
lists_of_ids = st.lists(st.lists(ids, unique=True, max_size=8).map(sorted), max_size=8)
keys = st.from_regex(r"[a-z0-9]{1,5}( [a-z0-9]{1,5}){0,2}", fullmatch=True)


def table(lists: list[list[int]]) -> tuple[np.ndarray, np.ndarray]:
    starts = np.cumsum([0, *map(len, lists)]).astype(np.uint32)
    return starts, np.array([i for found in lists for i in found], dtype=np.uint32)


@given(lists_of_ids)
@example([[0], [ESCAPE], [ESCAPE - 1], [2 * ESCAPE, 2 * ESCAPE + ESCAPE]])
@example([[], [], [7]])
def test_gaps_decode_to_what_was_encoded(lists: list[list[int]]) -> None:
    starts, gaps = encode_gaps(*table(lists))
    assert len(starts) == len(lists) + 1
    decoded = [decode_gaps(gaps[a:b]).tolist() for a, b in zip(starts[:-1], starts[1:], strict=True)]
    assert decoded == lists
    assert gaps.dtype == np.uint16


@given(lists_of_ids)
def test_csr_groups_pairs_by_list(lists: list[list[int]]) -> None:
    pairs = [i << 32 | value for i, found in enumerate(lists) for value in found]
    starts, values = csr(np.array(pairs, dtype=np.uint64), len(lists))
    assert [values[a:b].tolist() for a, b in zip(starts[:-1], starts[1:], strict=True)] == lists


@given(st.lists(st.tuples(st.text(max_size=4), st.integers(0, 50)), max_size=40))
def test_every_item_lies_in_its_bucket_once(items: list[tuple[str, int]]) -> None:
    starts, values = bucket_table(items)
    bits = (len(starts) - 1).bit_length() - 1
    assert len(starts) == (1 << bits) + 1
    expected: dict[int, set[int]] = {}
    for text, value in items:
        expected.setdefault(bucket(text, bits), set()).add(value)
    for b in range(1 << bits):
        assert values[starts[b] : starts[b + 1]].tolist() == sorted(expected.get(b, ()))


@pytest.mark.parametrize(("items", "bits"), [(0, 4), (1, 4), (16, 4), (17, 5), (1000, 10), (1025, 11)])
def test_bucket_bits(items: int, bits: int) -> None:
    assert bucket_bits(items) == bits


@given(st.lists(keys, unique=True, min_size=1, max_size=12).map(sorted))
def test_trigrams_of_a_blob_are_those_of_its_keys(ordered: list[str]) -> None:
    blob = np.frombuffer("".join(ordered).encode(), dtype=np.uint8)
    starts = np.cumsum([0, *map(len, ordered)]).astype(np.uint32)
    pairs = postings.trigram_pairs(blob, starts)
    assert pairs.tolist() == sorted(set(pairs.tolist()))
    found: dict[int, set[int]] = {i: set() for i in range(len(ordered))}
    for pair in pairs.tolist():
        found[pair & 0xFFFFFFFF].add(pair >> 32)
    for i, text in enumerate(ordered):
        padded = f" {text} "
        assert len(found[i]) == len({padded[j : j + 3] for j in range(len(text))})
        assert found[i] == set(postings.trigram_codes(text).tolist())


def test_trigram_codes_are_in_range_and_tell_keys_apart() -> None:
    codes = postings.trigram_codes("kyiv 99 zz")
    assert codes.max() < postings.TRIGRAMS
    assert set(codes.tolist()) != set(postings.trigram_codes("kyiv 98 zz").tolist())
