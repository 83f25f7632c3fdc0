"""Words of people's names sifted by letters and found by hash."""

from __future__ import annotations

from pathlib import Path
from zlib import crc32

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein

from entnorm.gazetteer.records import Record
from entnorm.index.build import build_index
from entnorm.index.letters import WordKeys
from entnorm.index.postings import crc32_of, distinct
from entnorm.index.retrieve import KeyRetriever
from entnorm.index.store import Index
from entnorm.text.fold import fold

PEOPLE = Path(__file__).parents[3] / "data/gazetteers/people/core"


def listed() -> list[str]:
    words: set[str] = set()
    for path in sorted(PEOPLE.glob("*.tsv")):
        for line in path.read_text(encoding="utf-8").splitlines():
            words.update(w for w in fold(line).split() if w.isascii() and w.isalpha() and 2 <= len(w) <= 24)
    return sorted(words)[::3][:4000]


def table(words: list[str]) -> WordKeys:
    starts = np.cumsum([0, *map(len, words)])
    blob = np.frombuffer("".join(words).encode(), dtype=np.uint8)
    return WordKeys(starts, blob, np.arange(len(words), dtype=np.uint32))


@pytest.fixture(scope="module")
def words() -> list[str]:
    return listed()


@pytest.fixture(scope="module")
def keys(words: list[str]) -> WordKeys:
    return table(words)


def test_one_error_is_always_found(words: list[str], keys: WordKeys) -> None:
    for word in [w for w in words if len(w) > 4][::20]:
        for query in (word[:-1], word + "s", "x" + word[1:], word[0] + word[2] + word[1] + word[3:]):
            found = keys.nearest([query], 60)[0].tolist()
            assert words.index(word) in found, (word, query)


def test_what_is_found_is_the_nearest(words: list[str], keys: WordKeys) -> None:
    ids, likeness = keys.nearest(["zelenski", "selenskyj"], 5)
    assert len(ids) == len(likeness) == 5
    for i, value in zip(ids.tolist(), likeness.tolist(), strict=True):
        best = max(Levenshtein.normalized_similarity(q, words[i]) for q in ("zelenski", "selenskyj"))
        assert value == pytest.approx(best, abs=1e-6)


@pytest.mark.parametrize("query", ["q", "x" * 300, "0" * 24, "putin " * 9, "a b"])
def test_odd_queries_are_answered(query: str, keys: WordKeys) -> None:
    ids, likeness = keys.nearest([query], 10)
    assert len(ids) == len(likeness) <= 10


def test_nothing_asked_or_nothing_listed_is_nothing_found(keys: WordKeys) -> None:
    assert len(keys.nearest([], 10)[0]) == 0
    empty = table([])
    assert len(empty.nearest(["putin"], 10)[0]) == 0
    assert len(empty.with_hashes(np.array([crc32(b"putin")], np.uint32))[0]) == 0


def test_words_are_found_by_hash(words: list[str], keys: WordKeys) -> None:
    asked = np.array([crc32(w.encode()) for w in ("nobodyatall", words[7], "zzzzqq", words[99])], dtype=np.uint32)
    ids, at = keys.with_hashes(asked)
    assert dict(zip(at.tolist(), ids.tolist(), strict=True)) == {1: 7, 3: 99}


def test_only_words_of_people_are_among_them(tmp_path: Path) -> None:
    records = [Record("a", "person", "Joe Biden"), Record("b", "place", "Bidenville")]
    retriever = KeyRetriever(Index.open(build_index(records, tmp_path / "x")))
    found = [retriever.key_text(i) for i in retriever.words.nearest(["bidenvile", "biden"], 10)[0].tolist()]
    assert found == ["biden"]


@given(st.lists(st.text("abcxyz019 ", max_size=12), max_size=8))
def test_crc32_of_many_is_that_of_each(texts: list[str]) -> None:
    width = max(map(len, texts), default=0) + 1
    rows = np.frombuffer("".join(t.ljust(width, "\0") for t in texts).encode(), np.uint8).reshape(len(texts), width)
    lengths = np.array([len(t) for t in texts], dtype=np.int64)
    assert crc32_of(rows, lengths).tolist() == [crc32(t.encode()) for t in texts]


@given(st.lists(st.integers(0, 50)))
def test_distinct_is_unique(values: list[int]) -> None:
    assert distinct(np.array(values, dtype=np.uint32)).tolist() == sorted(set(values))
