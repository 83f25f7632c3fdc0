"""The compiler: what it makes of records, and what it refuses."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from entnorm.errors import ConfigError, GazetteerError
from entnorm.gazetteer.records import NameRow, Record
from entnorm.index.build import build_index, family_words, merged_names
from entnorm.index.store import Index
from entnorm.pipeline import Normalizer


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_the_same_records_give_the_same_bytes(records: list[Record], folder: Path, tmp_path: Path) -> None:
    again = build_index(records, tmp_path / "again")
    first, second = contents(folder), contents(again)
    assert sorted(first) == sorted(second)
    assert [name for name in first if first[name] != second[name]] == []


def test_building_over_an_index_replaces_it(records: list[Record], tmp_path: Path) -> None:
    target = build_index(records, tmp_path / "x")
    build_index(records[:2], target)
    assert len(Index.open(target)) == 2
    assert [p.name for p in tmp_path.iterdir()] == ["x"]


def test_a_failed_build_leaves_the_old_index_and_no_litter(records: list[Record], tmp_path: Path) -> None:
    target = build_index(records, tmp_path / "x")
    before = contents(target)
    with pytest.raises(GazetteerError, match="'t:ua' is listed twice"):
        build_index([records[0], records[0]], target)
    assert contents(target) == before
    assert [p.name for p in tmp_path.iterdir()] == ["x"]


def test_a_failing_source_leaves_no_litter(tmp_path: Path) -> None:
    def source():
        yield Record("t:1", "place", "Kyiv")
        raise GazetteerError("line 2 is bad")

    with pytest.raises(GazetteerError, match="line 2"):
        build_index(source(), tmp_path / "x")
    assert list(tmp_path.iterdir()) == []


def test_no_records_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(GazetteerError, match="nothing to index"):
        build_index([], tmp_path / "x")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("where", [{"lat": 90.1}, {"lat": -91.0, "lon": 0.0}, {"lon": 180.5}, {"lon": -360.0}])
def test_a_place_off_the_globe_is_an_error(where: dict[str, float], tmp_path: Path) -> None:
    with pytest.raises(GazetteerError, match="'t:1' lies at"):
        build_index([Record("t:1", "place", "Kyiv", **where)], tmp_path / "x")


def test_foreign_folders_and_files_are_not_overwritten(records: list[Record], tmp_path: Path) -> None:
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis" / "chapter.txt").write_text("years of work")
    (tmp_path / "file").write_text("mine")
    for target in (tmp_path / "thesis", tmp_path / "file"):
        with pytest.raises(ConfigError, match="is not an index"):
            build_index(records, target)
    assert (tmp_path / "thesis" / "chapter.txt").read_text() == "years of work"
    assert (tmp_path / "file").read_text() == "mine"


def test_an_empty_folder_and_missing_parents_are_fine(records: list[Record], tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    build_index(records, tmp_path / "empty")
    build_index(records, tmp_path / "a" / "b" / "c")
    assert len(Index.open(tmp_path / "empty")) == len(Index.open(tmp_path / "a" / "b" / "c")) == len(records)


def test_names_are_merged_without_repeats(records: list[Record]) -> None:
    rows = {row.text: row for row in merged_names(records[1])}
    assert list(rows) == ["Kyiv", "Kiew", "Київ", "Kijów", "Kiev"]
    assert rows["Kyiv"].langs == ("en",)
    assert rows["Kiev"].role == "former"
    assert rows["Kiev"].langs == ("en", "fr")
    assert rows["Kiev"].canonical == ("fr", "es")


def test_merging_leaves_the_record_alone(records: list[Record]) -> None:
    before = [(row.text, row.langs, row.role, row.canonical) for row in records[1].names]
    merged_names(records[1])
    assert [(row.text, row.langs, row.role, row.canonical) for row in records[1].names] == before


def test_the_first_canonical_name_of_a_language_stands(tmp_path: Path) -> None:
    names = [NameRow("Munich", ("en",), "canonical", ("en",)), NameRow("Muenchen", ("en",), "alias", ("en",))]
    index = Index.open(build_index([Record("t:1", "place", "München", names=names)], tmp_path / "x"))
    assert index.facts(0).name_in("en") == "Munich"
    assert index.facts(0).name_in("xx") == "München"


@pytest.mark.parametrize(
    ("words", "family", "expected"),
    [
        (["wladimir", "putin"], "Putin", ["putin"]),
        (["putin", "wladimir"], "Putin", ["putin"]),
        (["ursula", "von", "der", "leyen"], "von der Leyen", ["leyen"]),
        (["volodymyr", "selenskyj"], "Zelenskyy", ["selenskyj"]),
        (["ali", "khamenei"], "", ["khamenei"]),
        ([], "Putin", []),
    ],
)
def test_family_words(words: list[str], family: str, expected: list[str]) -> None:
    assert family_words(words, family) == expected


def test_more_languages_than_bits_keep_the_names(tmp_path: Path) -> None:
    codes = [f"{a}{b}" for a in "abcdefgh" for b in "abcdefghij"]
    records = [
        Record(f"t:{code}", "place", f"Main {code}", names=[NameRow(f"Ort {code}", (code,), "exonym", (code,))])
        for code in codes
    ]
    index = Index.open(build_index(records, tmp_path / "x"))
    assert len(index) == len(codes) == 80
    assert len(index.languages) == 64
    norm = Normalizer(index)
    for code in (codes[0], codes[63], codes[64], codes[79]):
        assert [m.entity_id for m in norm.lookup(f"Ort {code}", lang=code, limit=1)] == [f"t:{code}"]
    assert index.facts(0).name_in(codes[0]) == f"Ort {codes[0]}"
    assert index.facts(79).name_in(codes[79]) == f"Main {codes[79]}"


def test_names_that_romanize_to_nothing_are_kept_and_shadow_nobody(tmp_path: Path) -> None:
    records = [Record("t:1", "place", "☃"), Record("t:2", "person", "☃ ☃"), Record("t:3", "place", "Kyiv")]
    index = Index.open(build_index(records, tmp_path / "x"))
    norm = Normalizer(index)
    assert index.entity("t:1").names[0].text == "☃"
    assert norm.lookup("☃") == []
    assert norm.lookup("Kyiv")[0].entity_id == "t:3"


@pytest.mark.parametrize("kind", ["person", "place"])
def test_an_index_of_one_kind_only_answers(kind: str, tmp_path: Path) -> None:
    norm = Normalizer(Index.open(build_index([Record("t:1", kind, "Marina Verkhovna")], tmp_path / "x")))
    assert norm.lookup("Marina Verkhovna", kind=kind)[0].entity_id == "t:1"
    assert norm.lookup("Marina Verkhovna", kind="place" if kind == "person" else "person") == []
    assert norm.lookup("Marina Verkhowna", kind=kind)[0].entity_id == "t:1"


def test_the_order_of_records_changes_no_answer(records: list[Record], tmp_path: Path) -> None:
    def answers(order: list[Record], name: str) -> list[object]:
        norm = Normalizer(Index.open(build_index(order, tmp_path / name)))
        queries = ("Kyiv", "Kiews", "Київ", "Zelenskyy", "Selenskyj", "Zelenskyj Volodymyr", "Kyjiv", "Olena")
        return [[(m.entity_id, m.matched_name, m.score) for m in norm.lookup(q)] for q in queries]

    shuffled = list(records)
    random.Random(5).shuffle(shuffled)
    assert shuffled != records
    assert answers(shuffled, "a") == answers(records, "b")
