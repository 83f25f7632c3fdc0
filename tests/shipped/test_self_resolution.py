"""Everything that is listed is found by its own name."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from entnorm.gazetteer.people import Person, person_record
from entnorm.index.retrieve import KeyRetriever
from entnorm.index.store import Index
from entnorm.pipeline import Normalizer
from entnorm.text.keys import key

PEOPLE = Path(__file__).parents[2] / "data" / "gazetteers" / "people" / "core"
SAMPLE = 2000
NEARLY, MOST = 0.97, 25


@pytest.fixture(scope="module")
def retriever(index: Index) -> KeyRetriever:
    return KeyRetriever(index)


def people() -> Iterator[Person]:
    for path in sorted(PEOPLE.glob("*.tsv")):
        with path.open(encoding="utf-8") as handle:
            rows = csv.reader((x for x in handle if x[0] != "#"), delimiter="\t", quoting=csv.QUOTE_NONE)
            next(rows)
            yield from (Person(*row) for row in rows)


def main_rows(index: Index) -> np.ndarray:
    """The name row of each entity's main name."""
    return index.arrays["entity_starts"][:-1].astype(np.int64)


def key_of_rows(index: Index) -> np.ndarray:
    """The key number of each name row."""
    counts = np.diff(index.arrays["keynames_starts"].astype(np.int64))
    keys = np.empty(len(index.arrays["name_entity"]), dtype=np.int64)
    keys[index.arrays["keynames_rows"].astype(np.int64)] = np.repeat(np.arange(len(counts)), counts)
    return keys


def test_every_entity_has_a_main_name(index: Index) -> None:
    starts = index.arrays["entity_starts"].astype(np.int64)
    rows = main_rows(index)
    assert len(rows) == len(index) > 150_000
    assert (np.diff(starts) > 0).all()
    assert (index.arrays["name_entity"][rows] == np.arange(len(index))).all()


def test_every_main_name_leads_to_its_entity_by_the_exact_route(index: Index, retriever: KeyRetriever) -> None:
    keys = key_of_rows(index)[main_rows(index)]
    wrong = []
    for entity, (row, number) in enumerate(zip(main_rows(index).tolist(), keys.tolist(), strict=True)):
        name = index.name_text(row)
        if retriever.key_id(key(name)) != number:
            wrong.append((entity, name))
    assert wrong == []


def test_hardly_a_main_name_has_an_empty_key(index: Index, retriever: KeyRetriever) -> None:
    empty = retriever.key_id("")
    lost = [] if empty is None else retriever.rows_of_key(empty).tolist()
    mains = set(main_rows(index).tolist())
    assert [index.name_text(r) for r in lost if r in mains] == []
    assert len(lost) < 50


def test_a_sample_of_entities_resolves_to_its_own_name(index: Index, norm: Normalizer, retriever: KeyRetriever) -> None:
    rng = random.Random(11)
    missing = []
    for entity in rng.sample(range(len(index)), SAMPLE):
        name, kind = index.name_text(int(main_rows(index)[entity])), index.kind(entity)
        found = norm.lookup(name, kind=kind, limit=100)
        # Of names that dozens bear, only the most prominent bearers are scored.
        crowded = len(retriever.rows_of_key(retriever.key_id(key(name)))) > MOST
        own = [m for m in found if m.entity_id == index.facts(entity).id]
        same = [m for m in found if key(m.matched_name) == key(name) and m.score >= NEARLY]
        if not same or not (own or crowded) or any(m.score < NEARLY for m in own):
            missing.append((name, kind, [(m.name, m.score) for m in found[:2]]))
    assert missing == []


def test_every_person_is_listed_by_every_spelling(index: Index, retriever: KeyRetriever) -> None:
    lost, names, roles = [], 0, set()
    for person in people():
        number = index.number(person.id)
        assert number is not None, person.id
        for row in person_record(person).names:
            k = retriever.key_id(key(row.text))
            names, roles = names + 1, roles | {row.role}
            entities = [] if k is None else index.arrays["name_entity"][retriever.rows_of_key(k)].tolist()
            if number not in entities:
                lost.append((person.id, row.role, row.text))
    assert names > 15_000
    assert roles >= {"canonical", "native", "exonym", "generated"}
    assert lost == []


def test_leaders_have_press_spellings(index: Index) -> None:
    few = []
    for person in people():
        if person.rank == "5" and person.native_lang in ("uk", "ru", "ar", "he", "fa", "zh"):
            languages = {name.lang for name in index.entity(person.id).names}
            if len(languages & {"de", "fr", "es", "it", "pl", "nl", "cs", "uk", "ru", "tr", "pt"}) < 9:
                few.append((person.id, languages))
    assert few == []


def test_a_sample_of_people_comes_first_by_every_spelling(norm: Normalizer) -> None:
    known = [p for p in people() if p.rank in ("4", "5")]
    lost, names = [], 0
    for person in random.Random(3).sample(known, 60):
        for row in person_record(person).names:
            if row.role != "alias":
                found = norm.lookup(row.text, kind="person", lang=next(iter(row.langs), None), limit=3)
                names += 1
                if not found or found[0].entity_id != person.id:
                    lost.append((person.id, row.text, [m.entity_id for m in found]))
    assert names > 500
    assert len(lost) <= names * 0.002, lost


def test_the_shipped_index_is_whole(index: Index) -> None:
    assert index.verify() == []
    assert {g["name"] for g in index.manifest["gazetteers"]} >= {"places", "people"}
    assert all(g.get("licence") for g in index.manifest["gazetteers"])
