"""An open index: what it says of entities, and how it refuses damage."""

from __future__ import annotations

import json
import pickle
import shutil
import threading
from pathlib import Path

import numpy as np
import pytest

from entnorm.errors import EntnormError, IndexCorrupt, IndexIncompatible, IndexNotFound
from entnorm.gazetteer.records import Record
from entnorm.index import format as fmt
from entnorm.index.build import build_index
from entnorm.index.store import Index


@pytest.fixture
def copy(folder: Path, tmp_path: Path) -> Path:
    """An index to be damaged."""
    return Path(shutil.copytree(folder, tmp_path / "copy"))


def edit(copy: Path, **changes: object) -> None:
    path = copy / fmt.MANIFEST
    manifest = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**manifest, **changes}), encoding="utf-8")


def test_entity(index: Index) -> None:
    kyiv = index.entity("t:kyiv")
    assert (kyiv.kind, kyiv.type, kyiv.country, kyiv.description) == ("place", "city", "UA", "capital")
    assert (kyiv.lat, kyiv.lon) == (50.4547, 30.5238)
    assert kyiv.prominence == pytest.approx(0.9)
    assert kyiv.same_as == ("wikidata:Q1899", "enwiki:Kyiv")
    assert [(n.text, n.lang, n.role) for n in kyiv.names] == [
        ("Kyiv", "en", "canonical"),
        ("Kiew", "de", "exonym"),
        ("Київ", "uk", "native"),
        ("Kijów", "pl", "exonym"),
        ("Kiev", "en", "former"),
        ("Kiev", "fr", "former"),
    ]
    assert kyiv.names[2].script == "Cyrl"


def test_ids_are_found_in_whatever_order_they_came(tmp_path: Path) -> None:
    ids = [f"{scheme}:{n}" for n in (700, 7, 70, 8, 1, 10_000, 9_999) for scheme in ("t", "дім", "much-longer")]
    index = Index.open(build_index([Record(i, "place", "Kyiv") for i in ids], tmp_path / "x"))
    assert [index.number(i) for i in ids] == list(range(len(ids)))
    assert [index.number(i) for i in ("", "t", "t:", "t:0", "t:71", "t:07", "zz:7", "much-longer:10001")] == [None] * 8


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ((0.0, 0.0), (0.0, 0.0)),
        ((-90.0, -180.0), (-90.0, -180.0)),
        ((90.0, 180.0), (90.0, 180.0)),
        ((-33.8678, 151.2073), (-33.8678, 151.2073)),
        ((12.345678, -0.00004), (12.3457, 0.0)),
        ((None, None), (None, None)),
    ],
)
def test_places_lie_where_they_were_put_to_four_decimals(given, kept, tmp_path: Path) -> None:
    lat, lon = given
    index = Index.open(build_index([Record("t:1", "place", "Kyiv", lat=lat, lon=lon)], tmp_path / "x"))
    assert index.location(0) == kept


def test_facts(index: Index) -> None:
    facts = index.facts(index.number("t:zelenskyy"))
    assert (facts.name, facts.given, facts.family, facts.gender) == (
        "Volodymyr Zelenskyy",
        "Volodymyr",
        "Zelenskyy",
        "m",
    )
    assert facts.same_as == ("enwiki:Zelensky",)
    assert facts.name_in("uk") == "Володимир Зеленський"
    assert facts.name_in("de") == facts.name_in("") == "Volodymyr Zelenskyy"


def test_what_is_not_listed_is_none(index: Index) -> None:
    assert index.entity("t:nobody") is None
    assert index.number("") is None
    assert index.number("t:kyiv' OR '1'='1") is None
    assert index.location(index.number("t:zelenskyy")) == (None, None)
    assert index.entity("t:olena").country is None
    assert index.lang_bit("xx") == index.lang_bit(None) == 0


def test_parents_are_numbers_of_entities(index: Index) -> None:
    parent = index.arrays["entity_parent"]
    assert parent[index.number("t:kyiv")] == index.number("t:kyiv-oblast")
    assert parent[index.number("t:ua")] == np.array(fmt.NO_PARENT).astype(parent.dtype)


def test_counts_and_repr(index: Index) -> None:
    assert len(index) == 6
    assert index.manifest["counts"]["names"] == 12
    assert repr(index) == "<Index small: 6 entities, 12 names>"


def test_id_follows_the_contents(index: Index, folder: Path, tmp_path: Path) -> None:
    moved = Index.open(shutil.copytree(folder, tmp_path / "elsewhere"))
    assert moved.id == index.id
    assert len(index.id) == 12


def test_pickles_as_its_path(index: Index) -> None:
    data = pickle.dumps(index)
    assert len(data) < 1000
    twin = pickle.loads(data)
    assert twin.path == index.path
    assert twin.entity("t:kyiv") == index.entity("t:kyiv")


def test_arrays_cannot_be_written(index: Index) -> None:
    with pytest.raises(ValueError, match="read-only"):
        index.arrays["name_entity"][0] = 7
    made = [index.arrays[name] for name in (*fmt.PLANES, *fmt.DEGREES, "id_order", "key_starts")]
    assert not any(array.flags.writeable for array in (*made, *index.arrays.values()))


def test_no_other_array_is_made(index: Index) -> None:
    with pytest.raises(KeyError, match="key_counts"):
        index.arrays["key_counts"]


def test_threads_share_an_index(index: Index) -> None:
    found: list[object] = []

    def work() -> None:
        found.append([index.number(i) for i in ("t:ua", "t:kyiv", "t:nobody")])

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [[index.number("t:ua"), index.number("t:kyiv"), None]] * 8


def test_a_whole_index_verifies(index: Index) -> None:
    assert index.verify() == []


def test_changed_bytes_are_found(copy: Path) -> None:
    index = Index.open(copy)
    for name in ("trigram_gaps.npy", fmt.ENTITIES):
        data = bytearray((copy / name).read_bytes())
        data[-1] ^= 1
        (copy / name).write_bytes(data)
    assert sorted(f.partition(":")[0] for f in index.verify()) == [fmt.ENTITIES, "trigram_gaps.npy"]


@pytest.mark.parametrize("make", [lambda p: None, lambda p: p.mkdir()])
def test_no_index_where_one_was_asked_for(make, tmp_path: Path) -> None:
    make(tmp_path / "x")
    with pytest.raises(IndexNotFound) as caught:
        Index.open(tmp_path / "x")
    assert "entnorm index build" in caught.value.hint


def test_a_foreign_folder_is_no_index(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("hello")
    for path in (tmp_path, tmp_path / "notes.txt"):
        with pytest.raises(IndexCorrupt, match="is not an index"):
            Index.open(path)


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "7", '{"format": 1}', "\ufeff{}"])
def test_a_broken_manifest(text: str, copy: Path) -> None:
    (copy / fmt.MANIFEST).write_text(text, encoding="utf-8")
    with pytest.raises(IndexCorrupt):
        Index.open(copy)


def test_a_manifest_that_is_no_text(copy: Path) -> None:
    (copy / fmt.MANIFEST).write_bytes(b"\xff\xfe\x00{")
    with pytest.raises(IndexCorrupt):
        Index.open(copy)


FOREIGN = {"key_environment": "another", "key_fingerprint": "0" * 16}


@pytest.mark.parametrize("changes", [FOREIGN, {"key_version": -1}, {"format": 0}, {"format": "1"}])
def test_another_version_is_refused_with_the_remedy(changes: dict[str, object], copy: Path) -> None:
    edit(copy, **changes)
    with pytest.raises(IndexIncompatible) as caught:
        Index.open(copy)
    assert "entnorm index build" in caught.value.hint


def test_other_tables_that_give_the_same_keys_are_fine(copy: Path) -> None:
    edit(copy, key_environment="another")
    assert Index.open(copy).entity("t:kyiv") is not None


@pytest.mark.parametrize("key", ["segments", "languages", "countries", "types", "roles", "counts", "entities_sha256"])
def test_a_manifest_without_a_part_is_refused(key: str, copy: Path) -> None:
    path = copy / fmt.MANIFEST
    manifest = json.loads(path.read_text(encoding="utf-8"))
    del manifest[key]
    path.write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(EntnormError):
        Index.open(copy)


@pytest.mark.parametrize("name", fmt.SEGMENTS)
def test_a_missing_segment_is_refused(name: str, copy: Path) -> None:
    (copy / f"{name}.npy").unlink()
    with pytest.raises(IndexCorrupt, match=name):
        Index.open(copy)


@pytest.mark.parametrize("keep", [0, 5, 90, -1])
def test_a_truncated_segment_is_refused(keep: int, copy: Path) -> None:
    path = copy / "trigram_gaps.npy"
    path.write_bytes(path.read_bytes()[:keep])
    with pytest.raises(IndexCorrupt, match="trigram_gaps"):
        Index.open(copy)


def test_a_segment_of_another_shape_or_type_is_refused(copy: Path) -> None:
    for array in (np.zeros(3, np.uint8), np.zeros(5000, np.float32)):
        np.save(copy / "name_langs.npy", array)
        with pytest.raises(IndexCorrupt, match="name_langs"):
            Index.open(copy)


def test_a_pickle_in_place_of_a_segment_is_not_run(copy: Path, tmp_path: Path) -> None:
    class Bomb:
        def __reduce__(self):
            return Path.touch, (tmp_path / "boom",)

    np.save(copy / "heads.npy", np.array([Bomb()], dtype=object), allow_pickle=True)
    with pytest.raises(IndexCorrupt, match="heads"):
        Index.open(copy)
    (copy / "heads.npy").write_bytes(pickle.dumps(Bomb()))
    with pytest.raises(IndexCorrupt, match="heads"):
        Index.open(copy)
    assert not (tmp_path / "boom").exists()


def test_a_missing_or_damaged_entity_file_is_refused(copy: Path) -> None:
    (copy / fmt.ENTITIES).write_bytes(b"SQLite format 3\0" + b"\xff" * 5000)
    with pytest.raises(IndexCorrupt, match=fmt.ENTITIES):
        Index.open(copy).entity("t:kyiv")
    (copy / fmt.ENTITIES).write_bytes(b"")
    with pytest.raises(IndexCorrupt, match=fmt.ENTITIES):
        Index.open(copy).entity("t:kyiv")
    (copy / fmt.ENTITIES).unlink()
    with pytest.raises(IndexCorrupt, match=fmt.ENTITIES):
        Index.open(copy)


def test_a_folder_with_odd_letters_opens(folder: Path, tmp_path: Path) -> None:
    for name in ("a b", "sto%20rage", "q?x#y", "індекс"):
        index = Index.open(shutil.copytree(folder, tmp_path / name))
        assert index.entity("t:kyiv").id == "t:kyiv"


def test_opening_leaves_the_folder_as_it_was(copy: Path) -> None:
    before = {p.name: (p.stat().st_mtime_ns, p.stat().st_size) for p in copy.iterdir()}
    Index.open(copy).entity("t:kyiv")
    assert {p.name: (p.stat().st_mtime_ns, p.stat().st_size) for p in copy.iterdir()} == before
