"""Retrieval against a brute-force scan, and its corners."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from entnorm.gazetteer.records import NameRow, Record
from entnorm.index.build import build_index
from entnorm.index.retrieve import KeyRetriever, Retriever
from entnorm.index.store import Index
from entnorm.text.keys import sounds

DATA = Path(__file__).parents[3] / "data" / "gazetteers"
LETTERS = "abcdefghijklmnopqrstuvwxyz"
SAMPLE, TOP = 1700, 20


def listed() -> Iterator[Record]:
    """Main names and tagged spellings of the regions and people that are written by hand."""
    names: dict[str, list[str]] = {}
    for path in [DATA / "regions" / "names.tsv", *sorted((DATA / "people" / "core").glob("*.tsv"))]:
        with path.open(encoding="utf-8") as handle:
            for row in csv.DictReader((x for x in handle if x[0] != "#"), delimiter="\t", quoting=csv.QUOTE_NONE):
                spellings = [s.rpartition("=")[2] for s in (row.get("spellings") or "").split("|") if s]
                names.setdefault(row["id"], []).extend([row["name"], *spellings])
    for ident, texts in names.items():
        yield Record(ident, "place", texts[0], names=[NameRow(t) for t in texts[1:]])


@pytest.fixture(scope="module")
def retriever(tmp_path_factory: pytest.TempPathFactory) -> KeyRetriever:
    return KeyRetriever(Index.open(build_index(listed(), tmp_path_factory.mktemp("retrieve") / "x")))


@pytest.fixture(scope="module")
def keys(retriever: KeyRetriever) -> list[str]:
    return [retriever.key_text(i) for i in range(retriever.size)]


def edited(key: str, edits: int, rng: random.Random) -> str:
    """``key`` with random letters inserted, deleted, substituted or swapped; always another string."""
    out = key
    while out == key:
        out = key
        for _ in range(edits):
            i, letter, how = rng.randrange(len(out)), rng.choice(LETTERS), rng.randrange(4)
            if how == 3:
                out = out[:i] + out[i + 1 : i + 2] + out[i] + out[i + 2 :]
            else:
                out = out[:i] + (letter if how else "") + out[i + (how < 2) :]
        out = " ".join(out.split())
    return out


def rank(query: str, wanted: str, pool: list[str]) -> int:
    """How many of ``pool`` are strictly more like ``query`` than ``wanted`` is."""
    mine = Levenshtein.normalized_similarity(query, wanted)
    scores = process.cdist([query], pool, scorer=Levenshtein.normalized_similarity, dtype=np.float64)
    return int((scores > mine + 1e-12).sum())


def test_there_are_enough_keys(keys: list[str]) -> None:
    assert len(keys) > 9000
    assert keys == sorted(set(keys))


@pytest.mark.parametrize("edits", [1, 2])
def test_recall_against_brute_force(edits: int, retriever: KeyRetriever, keys: list[str]) -> None:
    rng = random.Random(edits)
    sample = rng.sample([k for k in keys if len(k) >= 5], SAMPLE)
    found, due = 0, 0
    for wanted in sample:
        query = edited(wanted, edits, rng)
        candidates = [retriever.key_text(k) for k in retriever.near(query).tolist()]
        if wanted in candidates and rank(query, wanted, candidates) < TOP:
            found, due = found + 1, due + 1
        elif rank(query, wanted, keys) < TOP:
            due += 1
    assert due > 0.99 * SAMPLE
    assert found / due >= 0.99


def test_every_key_is_found_by_itself(retriever: KeyRetriever, keys: list[str]) -> None:
    assert [retriever.key_id(k) for k in keys] == list(range(len(keys)))
    assert all(retriever.is_head(k.partition(" ")[0]) for k in keys if " " in k)


def test_second_words_are_those_that_follow(retriever: KeyRetriever, keys: list[str]) -> None:
    following: dict[str, set[str]] = {}
    for words in (k.split(" ") for k in keys):
        following.setdefault(words[0], set()).update(words[1:2])
    assert any(len(seconds) > 1 for seconds in following.values())
    assert all(retriever.second_words(first) == seconds for first, seconds in following.items())
    assert retriever.second_words("zzyzx") == retriever.second_words("") == frozenset()


@given(st.from_regex(r"[a-z0-9]{1,9}( [a-z]{1,5})?", fullmatch=True))
def test_no_key_is_found_that_is_not_listed(retriever: KeyRetriever, keys: list[str], key: str) -> None:
    number = retriever.key_id(key)
    assert (number is not None) == (key in set(keys))
    assert number is None or retriever.key_text(number) == key


@given(st.from_regex(r"[a-z0-9]{1,12}( [a-z0-9]{1,9}){0,3}", fullmatch=True), st.integers(1, 100))
def test_near_gives_distinct_keys_of_the_index(retriever: KeyRetriever, key: str, limit: int) -> None:
    found = retriever.near(key, limit).tolist()
    assert len(found) == len(set(found))
    assert all(0 <= k < retriever.size for k in found)


@pytest.mark.parametrize("query", ["", "a", "zz", "x" * 300, "kyiv " * 100, "0" * 70_000])
def test_odd_lengths_are_answered(query: str, retriever: KeyRetriever) -> None:
    assert len(retriever.near(query)) < 1000
    assert query or len(retriever.near(query)) == 0
    assert retriever.key_id(query) is None


def test_one_letter_errors_in_short_keys_always_come_back(retriever: KeyRetriever, keys: list[str]) -> None:
    short = [k for k in keys if 4 <= len(k) <= 8 and k.isalpha()][::40]
    assert len(short) > 30
    for k in short:
        for query in (k[:-1], k + "x", k[:1] + "q" + k[2:], "q" + k):
            if query != k:
                assert retriever.key_id(k) in retriever.near(query), (k, query)


def test_keys_of_one_sound_are_found_by_it(retriever: KeyRetriever, keys: list[str]) -> None:
    for k in keys[::50]:
        joined = k.replace(" ", "")
        if len(joined) > 2:
            for sound in sounds(joined)[:1]:
                if len(sound) > 1:
                    assert retriever.key_id(k) in retriever.sounding(sound)


def test_rows_lead_back_to_their_names(index: Index) -> None:
    retriever: Retriever = KeyRetriever(index)
    names = {
        key: [index.name_text(r) for r in retriever.rows_of_key(retriever.key_id(key)).tolist()]
        for key in ("kyiv", "kiew", "volodymyr zelenskyy")
    }
    assert names == {
        "kyiv": ["Kyiv"],
        "kiew": ["Kiew"],
        "volodymyr zelenskyy": ["Volodymyr Zelenskyy"],
    }


def test_words_and_surnames_of_people(index: Index) -> None:
    retriever = KeyRetriever(index)
    rows = retriever.rows_of_token(retriever.key_id("zelenskyy")).tolist()
    assert {index.name_text(r) for r in rows} == {"Volodymyr Zelenskyy", "Oleksandr Zelenskyy"}
    ids = [index.facts(n).id for n in retriever.bearers("zelenskyy")]
    assert ids == ["t:zelenskyy", "t:oleksandr"]
    assert [index.facts(n).id for n in retriever.bearers("selenskyj")] == ["t:zelenskyy"]
    assert retriever.bearers("volodymyr") == retriever.bearers("kyiv") == retriever.bearers("nobody") == []


def test_long_keys_do_not_fall_out_of_the_counts(tmp_path: Path) -> None:
    names = ["ab" * 40 + "c", "very " * 80 + "long", "kyiv" * 64, "kyiv"]
    records = [Record(f"t:{i}", "place", name) for i, name in enumerate(names)]
    retriever = KeyRetriever(Index.open(build_index(records, tmp_path / "x")))
    for name in names:
        assert retriever.key_id(name) in retriever.near(name[:-1] + "q")
