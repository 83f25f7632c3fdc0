"""Reliability, and calibrations fitted on an index of one's own."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from entnorm.errors import ConfigError, DataError, InputError
from entnorm.evaluate.calibrate import calibration, document_observations, lookup_observations
from entnorm.evaluate.gold import GoldDocument, GoldLookup, GoldMention
from entnorm.evaluate.made_up import asked, nonsense, typo
from entnorm.evaluate.made_up import lookup_observations as made_up
from entnorm.evaluate.recorder import Observation, Recorder
from entnorm.evaluate.reliability import bins, expected_error, fit, held_out, probabilities, reliability
from entnorm.gazetteer.catalog import read_source
from entnorm.index.build import build_index
from entnorm.match.calibrate import Calibration, all_features, features
from entnorm.match.query import Query
from entnorm.pipeline import load

DATA = Path(__file__).parents[2] / "data" / "cli"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    records = [r for name in ("entities.csv", "places.jsonl") for r in read_source(DATA / name)]
    facts = [{"name": "mine", "licence": "MIT"}]
    return build_index(records, tmp_path_factory.mktemp("calibrate") / "small", gazetteers=facts)


def made(seed: int = 1, n: int = 400) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Outcomes with a known probability, an intercept and one feature."""
    rng = np.random.default_rng(seed)
    x = np.column_stack([np.ones(n), rng.uniform(-3, 3, n)])
    p = 1 / (1 + np.exp(-x @ np.array([0.5, 1.5])))
    return x, (rng.uniform(size=n) < p).astype(float), np.arange(n) % 5


def test_the_fit_finds_the_probabilities_behind() -> None:
    x, y, fold_of = made(n=4000)
    w = fit(x, y)
    assert np.allclose(w, [0.5, 1.5], atol=0.15)
    held = held_out(x, y, fold_of)
    assert reliability(held, y)["ece"] < 0.03
    assert np.abs(held - probabilities(x, w)).max() < 0.05


def test_bins_cover_every_answer() -> None:
    p, y = [0.0, 0.05, 0.1, 0.95, 1.0], [0, 0, 1, 1, 0]
    found = bins(p, y)
    assert [(b.low, b.n) for b in found] == [(0.0, 2), (0.1, 1), (0.9, 2)]
    assert expected_error(found) == pytest.approx((2 * 0.025 + 0.9 + 2 * 0.475) / 5)
    assert expected_error([]) is None


def test_folds_are_not_seen() -> None:
    rows = [Observation("m", {"leak": float(i)}, float(i % 2), i % 3) for i in range(3)]
    x = np.array([[1.0, r.values["leak"]] for r in rows])
    held = held_out(x, np.array([r.right for r in rows]), np.array([0, 1, 2]), ridge=1.0)
    assert held[1] < 0.5


def test_a_calibration_says_how_reliable_it_is_and_can_be_read() -> None:
    x, y, fold_of = made()
    rows = [Observation("mention_person", {"score": v}, r, int(f)) for (_, v), r, f in zip(x, y, fold_of, strict=True)]
    few = [Observation("mention_place", {"score": 0.5}, 1.0, 0)]
    table, missing = calibration([*rows, *few], ["mine"], pipeline="de-desk-1", fitted_on="400 things")
    assert list(table["models"]) == ["mention_person"]
    assert table["out_of_fold"]["mention_person"]["n"] == 400
    assert table["out_of_fold"]["mention_person"]["ece"] < 0.1
    assert missing == {"mention_place": "1 cases, 1 of them right"}
    read = Calibration.parse(json.dumps(table))
    assert (read.gazetteers, read.pipeline) == ({"mine"}, "de-desk-1")
    assert calibration(rows, ["mine"])[0]["id"] == calibration(rows, ["mine"])[0]["id"] != table["id"]
    with pytest.raises(InputError, match="too little to fit a calibration on"):
        calibration(few, ["mine"])
    with pytest.raises(InputError, match="nothing was found"):
        calibration([], ["mine"])


def test_mentions_are_recorded_in_their_order(folder: Path) -> None:
    recorder = Recorder()
    norm = load(folder, calibration=recorder)
    text = "Olaf Scholz reist mit Petra Öblarn nach München und Hinterknuffing."
    gold = GoldDocument(text, "de", (GoldMention(0, 11, "person"), GoldMention(40, 47, "place", names=("Munich",))))
    place = text.index("Hinterknuffing")
    nothing = list(document_observations(norm, recorder, [gold], frozenset(), 5))
    assert nothing == []
    rows = list(document_observations(norm, recorder, [gold, gold], frozenset({"person", "place"}), 5))
    document = norm(text, lang="de", entities=[(place, place + 14, "LOC")])
    assert len(rows) >= 4
    assert {r.fold for r in rows} == {0, 1}
    by_model = {r.model: r for r in rows}
    assert by_model["mention_person"].right == by_model["mention_place"].right == 1.0
    assert by_model["mention_place"].values["exact"] == 1.0
    assert all(m.confidence is None for m in document.mentions)


def test_made_up_queries_are_the_same_each_time(folder: Path) -> None:
    norm = load(folder)
    rows = list(made_up(norm.matcher, norm.indexes[0], 200, 5))
    assert rows == list(made_up(norm.matcher, norm.indexes[0], 200, 5))
    assert {r.model for r in rows} == {"lookup_person", "lookup_place"}
    assert 0.5 < sum(r.right for r in rows) / len(rows) < 1.0
    assert all(0 <= r.fold < 5 for r in rows)


def test_lookups_are_split_by_what_they_denote(folder: Path) -> None:
    norm = load(folder)
    names = [
        GoldLookup("München", ("t:munich",)),
        GoldLookup("Monachium", ("t:munich",)),
        GoldLookup("Lemberg", (), ("Lviv",)),
    ]
    rows = list(lookup_observations(norm.matcher, names, 5))
    assert rows[0].right == 1.0
    assert len({r.fold for r in rows if r.right and r.model == "lookup_place"}) <= 2


def test_a_calibration_of_ones_own_is_used_where_it_fits(folder: Path, tmp_path: Path) -> None:
    norm = load(folder)
    assert norm.lookup("München")[0].confidence is None
    table, _ = calibration(made_up(norm.matcher, norm.indexes[0], 1500, 5), ["mine"])
    path = tmp_path / "calibration.json"
    path.write_text(json.dumps(table), encoding="utf-8")
    mine = load(folder, calibration=path)
    best = mine.lookup("München")[0]
    assert best.confidence is not None
    assert best.confidence > 0.5
    assert mine("Reise nach München.", lang="de").mentions[0].confidence is None
    assert mine("x").provenance["calibration"] == table["id"]
    with pytest.raises(ConfigError, match=r"was fitted on other gazetteers \(mine\)"):
        load(calibration=path)


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"id": 1}', '{"id": "x", "gazetteers": [], "models": {"a": {"b": "c"}}}']
)
def test_what_is_no_calibration(folder: Path, tmp_path: Path, text: str) -> None:
    path = tmp_path / "bad.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=r"bad.json: not a calibration"):
        load(folder, calibration=path)
    with pytest.raises(DataError, match="nowhere"):
        load(folder, calibration=tmp_path / "nowhere")


def test_all_features_at_once_are_those_one_by_one(folder: Path) -> None:
    norm = load(folder, min_score=0.0)
    for name in ("Paris", "München", "Scholz", "Kyiv"):
        ranked = norm.matcher.rank(Query.of(name))
        assert list(all_features(ranked)) == [features(ranked, i) for i in range(len(ranked))]


def test_misspelling() -> None:
    import random

    rng = random.Random(1)
    for word in ("Kyiv", "ab", "Selenskyj"):
        assert abs(len(typo(word, rng)) - len(word)) <= 1
    assert all(asked("Angela Merkel", True, rng) for _ in range(50))
    assert nonsense(rng).istitle()
