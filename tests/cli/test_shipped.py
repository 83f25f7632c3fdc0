"""The commands on the index that ships."""

import json

import pytest

from entnorm.match.shipped import shipped_path


@pytest.fixture(scope="module")
def shipped():
    """The shipped index; installing compiles it."""
    path = shipped_path()
    assert (path / "manifest.json").is_file(), "the shipped index is not compiled: install the project"
    return path


def test_verify_and_info(call, shipped):
    assert call("index", "verify").code == 0
    info = json.loads(call("index", "info", "core", "--format", "json").out)
    assert info["path"] == str(shipped)
    assert min(info["counts"]["person"], info["counts"]["place"]) > 300


def test_licences_name_every_gazetteer(call, shipped):
    rows = json.loads(call("gazetteer", "licences", "--format", "json").out)
    assert {"places", "people"} <= {r["name"] for r in rows}
    assert all(r["licence"] and r["attribution"] for r in rows)


def test_lookup_is_the_default_index_and_needs_no_spacy(entnorm, shipped):
    done = entnorm("lookup", "Kiew", "Зеленського", "--limit", "1", "--format", "jsonl", PYTHONPROFILEIMPORTTIME="1")
    names = [json.loads(row)["matches"][0]["name"] for row in done.lines]
    assert (done.code, names) == (0, ["Kyiv", "Volodymyr Zelenskyy"])
    assert "| spacy" not in done.err.replace("  ", " ")
    assert "entnorm.match.matcher" in done.err


def test_core_and_another_index_together(entnorm, shipped, index):
    done = entnorm("lookup", "Kiew", "--kind", "place", "--format", "jsonl", "--index", "core", "--index", index)
    ids = [m["entity_id"] for m in json.loads(done.out)["matches"]]
    assert {"geonames:703448", "t:kyiv"} <= set(ids)


def test_run_with_an_unknown_language_and_replace(entnorm, shipped):
    done = entnorm("run", "--replace", "--to", "de", stdin="President Zelenskyy met Angela Merkel in Kyiv on Monday.")
    assert (done.code, done.err) == (0, "")
    assert done.out.endswith(" in Kiew on Monday.")
