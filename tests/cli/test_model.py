"""``entnorm run --model``: a spaCy pipeline of one's own."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import spacy

TEXT = "Quirx Blomm zog von Hinterknuffing nach München.\n"


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    nlp = spacy.blank("de")
    nlp.add_pipe("entity_ruler").add_patterns([{"label": "GPE", "pattern": "Hinterknuffing"}])  # type: ignore[attr-defined]
    folder = tmp_path_factory.mktemp("model") / "desk"
    nlp.to_disk(folder)
    return folder


@pytest.mark.parametrize("workers", [1, 2])
def test_its_places_are_mentions(entnorm: Callable, index: Path, model: Path, workers: int) -> None:
    lines = json.dumps({"text": TEXT, "lang": "de"}) + "\n"
    done = entnorm("run", "--input", "jsonl", "--index", index, "--model", model, "--workers", workers, stdin=lines)
    assert done.code == 0, done.err
    mentions = json.loads(done.out)["mentions"]
    assert [(m["text"], m["kind"], m["status"]) for m in mentions if m["kind"] == "place"] == [
        ("Hinterknuffing", "place", "unknown"),
        ("München", "place", "resolved"),
    ]


def test_a_missing_pipeline_says_what_to_do(entnorm: Callable, index: Path) -> None:
    done = entnorm("run", "--index", index, "--model", "no_such_pipeline", stdin=TEXT)
    assert done.code == 2
    assert done.err.startswith("error: there is no spaCy pipeline 'no_such_pipeline'\nhint: give the name")


def test_a_pipeline_without_names_says_so(entnorm: Callable, index: Path, tmp_path: Path) -> None:
    spacy.blank("de").to_disk(tmp_path / "blank")
    done = entnorm("run", "--index", index, "--model", tmp_path / "blank", stdin=TEXT)
    assert done.code == 2
    assert "finds no names" in done.err
    assert "entity_ruler" in done.err
