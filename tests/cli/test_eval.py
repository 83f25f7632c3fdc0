"""``entnorm eval`` and ``entnorm eval fit``."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

ROWS = [
    {"text": "Olaf Scholz reist nach München.", "lang": "de", "mentions": [[0, 11, "PER"], {"start": 23, "end": 30, "type": "LOC", "entity_id": "t:munich", "canonical": "Munich"}]},
    {"text": "Donald Tusk was in Warsaw, not in Lwów.", "lang": "en", "mentions": [[0, 11, "PER"], [19, 25, "LOC"], [34, 38, "LOC"]]},
]  # fmt: skip


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    path = tmp_path / "gold.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in ROWS), encoding="utf-8")
    return path


def test_figures_as_json(call: Callable, index: Path, gold: Path) -> None:
    done = call("eval", gold, "--index", index, "--format", "json")
    assert done.code == 0
    answer = json.loads(done.out)
    assert answer["counts"] == {"documents": 2}
    values = {(f["metric"], f["lang"], f["kind"]): (f["value"], f["n"]) for f in answer["figures"]}
    assert values["recall", "all", "all"] == (1.0, 5)
    assert values["id", "de", "place"] == values["name", "all", "all"] == (1.0, 1)
    assert answer["reliability"] == {}


def test_the_table_fits_the_terminal(call: Callable, index: Path, gold: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    done = call("eval", gold, "--index", index)
    assert done.lines[0] == "2 documents"
    assert done.lines[3].split() == ["lang", "kind", "P", "R", "F1", "exact", "P", "exact", "R", "exact", "F1", "cases"]
    assert all(len(line) <= 80 for line in done.lines)


def test_tsv_and_jsonl_have_a_line_per_figure(call: Callable, index: Path, gold: Path) -> None:
    tsv = call("eval", gold, "--index", index, "--format", "tsv").lines
    rows = [json.loads(line) for line in call("eval", gold, "--index", index, "--format", "jsonl").lines]
    assert tsv[0] == "metric\tlang\tkind\tvalue\tn"
    assert [line.split("\t")[0] for line in tsv[1:]] == [row["metric"] for row in rows]


def test_gates(call: Callable, index: Path, gold: Path) -> None:
    assert call("eval", gold, "--index", index, "--fail-under", "recall=1.0", "--fail-under", "f1/en=0.5").code == 0
    done = call("eval", gold, "--index", index, "--fail-under", "ece=0.1", "--fail-under", "precision/person=0.1")
    assert done.code == 1
    assert done.err == "failed: ece was not measured\n"
    assert call("eval", gold, "--fail-under", "accuracy=0.5").code == 2


def test_pairs_and_names_in_tsv(call: Callable, index: Path, tmp_path: Path) -> None:
    (tmp_path / "pairs.tsv").write_text(
        "a\tb\tmatch\nOlaf Scholz\tОлаф Шольц\tyes\nOlaf Scholz\tDonald Tusk\tno\n", encoding="utf-8"
    )
    (tmp_path / "names.tsv").write_text(
        "name\tentity_id\tkind\nMünchen\tt:munich\tplace\nXyzzyqwrtz\t\t\n", encoding="utf-8"
    )
    done = call("eval", tmp_path / "pairs.tsv", tmp_path / "names.tsv", "--index", index, "--format", "json")
    answer = json.loads(done.out)
    assert answer["counts"] == {"pairs": 2, "names": 2}
    values = {f["metric"]: f["value"] for f in answer["figures"] if f["kind"] == f["lang"] == "all"}
    assert values["pair_accuracy"] == values["lookup"] == 1.0
    assert sum(b["n"] for b in answer["reliability"]["pairs"]) == 2


def test_the_report_is_a_page(call: Callable, index: Path, gold: Path, tmp_path: Path) -> None:
    page = tmp_path / "figures.html"
    assert call("eval", gold, "--index", index, "--report", page).code == 0
    assert page.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    done = call("eval", gold, "--index", index, "--report", tmp_path / "no" / "figures.html")
    assert done.code == 3
    assert "choose another place" in done.err


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "there is no gold in it"),
        ("{}\n", ":1: not a line of gold"),
        ('{"text": "x", "mentions": []}\n{"text": "x", "mentions": [[0, 5, "PER"]]}\n', ":2: a mention at 0:5"),
        ("{\n", ":1: not JSON"),
    ],
)
def test_what_is_no_gold(call: Callable, index: Path, tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_text(content, encoding="utf-8")
    done = call("eval", path, "--index", index)
    assert done.code == 4
    assert message in done.err
    assert call("eval", tmp_path / "nowhere.jsonl", "--index", index).code == 4


def test_a_calibration_for_an_index_of_ones_own(call: Callable, index: Path, gold: Path, tmp_path: Path) -> None:
    path = tmp_path / "calibration.json"
    done = call("eval", "fit", gold, "--index", index, "-o", path, "--queries", "1500")
    assert done.code == 0, done.err
    assert {line.split()[0] for line in done.lines[:2]} == {"lookup_person", "lookup_place"}
    assert "warning: mention_person: too little to fit (" in done.err
    assert "figures out of fold" in done.err
    table = json.loads(path.read_text(encoding="utf-8"))
    assert table["fitted_on"] == "2 documents, 1,500 made-up names"
    assert table["out_of_fold"]["lookup_place"]["n"] >= 60
    answer = call("lookup", "München", "--index", index, "--calibration", path, "--format", "jsonl")
    assert json.loads(answer.out)["matches"][0]["confidence"] > 0.5
    answer = call("lookup", "München", "--index", index, "--format", "jsonl")
    assert json.loads(answer.out)["matches"][0]["confidence"] is None


def test_too_little_to_fit(call: Callable, index: Path, gold: Path, tmp_path: Path) -> None:
    done = call("eval", "fit", gold, "--index", index, "-o", tmp_path / "x.json", "--queries", "10")
    assert done.code == 4
    assert "too little to fit a calibration on" in done.err
    assert not (tmp_path / "x.json").exists()


def test_a_file_named_like_a_command(
    call: Callable, index: Path, gold: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    gold.rename(tmp_path / "fit")
    assert call("eval", "./fit", "--index", index).code == 0
    assert call("eval", "fit", "--index", index).code == 2
