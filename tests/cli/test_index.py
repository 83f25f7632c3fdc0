"""``entnorm index`` and ``entnorm gazetteer``."""

import json
from pathlib import Path

import pytest

DATA = Path(__file__).parents[1] / "data" / "cli"


def test_info(call, index):
    row = json.loads(call("index", "info", index, "--format", "json").out)
    assert list(row) == [
        "path", "id", "format", "key_version", "key_fingerprint", "bytes",
        "counts", "languages", "gazetteers",
    ]  # fmt: skip
    assert {k: row["counts"][k] for k in ("entities", "person", "place")} == {
        "entities": 30,
        "person": 12,
        "place": 18,
    }
    assert [g["name"] for g in row["gazetteers"]] == ["entities.csv", "places.jsonl"]
    assert row["bytes"] == sum(f.stat().st_size for f in index.iterdir())
    table = call("index", "info", index)
    assert "entities   30 (12 people, 18 places)" in table.lines
    assert table.lines[1] == f"id         {row['id']}"


def test_verify_a_whole_index(call, index):
    done = call("index", "verify", index)
    assert (done.code, done.out) == (0, "")
    assert done.err.startswith(f"{index}: whole, id ")


def test_builds_are_byte_identical(call, index, tmp_path):
    assert call("index", "build", DATA / "entities.csv", DATA / "places.jsonl", "-o", tmp_path / "again").code == 0
    assert {f.name: f.read_bytes() for f in (tmp_path / "again").iterdir()} == {
        f.name: f.read_bytes() for f in index.iterdir()
    }


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("x.csv", b"name,kind\nKiew,place\n", "x.csv:1: no column id"),
        ("x.csv", b"id,kind,name\n1,river,Don\n", "x.csv:2: kind is 'river'"),
        ("x.csv", b"id,kind,name\n1,place,Kiew\n1,place,Genf\n", "the id '1' is listed twice"),
        ("x.csv", b"id,kind,name,lat\n1,place,Kiew,north\n", "x.csv:2: lat is 'north', not a number"),
        ("x.csv", b"id,kind,name\n", "no records: there is nothing to index"),
        ("x.csv", b"id,kind,name\n1,place,Z\xfcrich\n", "x.csv: not UTF-8"),
        ("x.jsonl", b'{"id": 1\n', "x.jsonl:1: not JSON"),
        (
            "x.jsonl",
            b'{"id": "1", "kind": "place", "names": [3]}\n',
            "x.jsonl:1: a field has the wrong shape",
        ),
        ("x.xml", b"<x/>", "x.xml: unknown kind of source '.xml'"),
        ("x.csv", None, "x.csv does not exist"),
    ],
)
def test_sources_that_cannot_be_compiled(call, tmp_path, name, content, message):
    source = tmp_path / name
    if content is not None:
        source.write_bytes(content)
    done = call("index", "build", source, "-o", tmp_path / "index")
    assert (done.code, done.out) == (3, "")
    assert done.err.startswith("error: ")
    assert message in done.err.splitlines()[0]
    assert sorted(f.name for f in tmp_path.iterdir()) == ([name] if content is not None else [])


def test_a_folder_that_is_no_index_is_not_overwritten(call, tmp_path):
    (tmp_path / "precious.txt").write_text("x", encoding="utf-8")
    done = call("index", "build", DATA / "entities.csv", "-o", tmp_path)
    assert (done.code, done.out) == (2, "")
    assert [f.name for f in tmp_path.iterdir()] == ["precious.txt"]


def test_an_index_is_replaced(call, entnorm, tmp_path):
    for name in ("Genf", "Kiew"):
        (tmp_path / "x.csv").write_text(f"id,kind,name\ng:1,place,{name}\n", encoding="utf-8")
        assert call("index", "build", tmp_path / "x.csv", "-o", tmp_path / "index").code == 0
    assert json.loads(entnorm("lookup", "Kiew", "--format", "jsonl", "--index", tmp_path / "index").out)["matches"]


def test_lint_of_a_clean_list(call):
    done = call("gazetteer", "lint", DATA / "entities.csv", DATA / "places.jsonl")
    assert (done.code, done.out, done.err) == (0, "", "0 errors, 0 warnings\n")


def test_lint_names_each_fault(call, tmp_path):
    row = "id,kind,name,aliases,country,lat,lon\n"
    body = "a,place,Gene\u0300ve,,CH,46,6\na,place,Genf,Genf  Stadt,CHE,46,\nc,place,Bern,,CH,146,7\n"
    (tmp_path / "x.csv").write_text(row + body, encoding="utf-8")
    done = call("gazetteer", "lint", tmp_path / "x.csv")
    assert done.code == 1
    assert "error" in done.err
    found = [line for line in done.lines if line.startswith("x.csv:")]
    assert {line.split(":")[1] for line in found} == {"2", "3", "4"}
    assert any("[duplicate-id]" in line for line in found)


def test_licences_of_an_index(call, tmp_path):
    assert call("index", "build", DATA / "places.jsonl", "-o", tmp_path / "index").code == 0
    manifest = json.loads((tmp_path / "index" / "manifest.json").read_text(encoding="utf-8"))
    manifest["gazetteers"] = [{"name": "mine", "version": "1", "licence": "CC0-1.0", "attribution": "Nobody"}]
    (tmp_path / "index" / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    done = call("gazetteer", "licences", "--index", tmp_path / "index", "--format", "tsv")
    assert (done.code, done.out) == (0, "name\tversion\tlicence\tattribution\nmine\t1\tCC0-1.0\tNobody\n")
    assert call("gazetteer", "licences", "--index", tmp_path / "index").out == "mine 1\n  licence: CC0-1.0\n  Nobody\n"
