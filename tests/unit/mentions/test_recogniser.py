"""The recogniser that ships, without an index: spans right to the character, on any text."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entnorm.mentions._recogniser_chain import Chain
from entnorm.mentions._recogniser_decode import agreed, kind_beliefs, runs
from entnorm.mentions._recogniser_features import gap_name, lexical_rows, shape
from entnorm.mentions._recogniser_network import WIDTH, _normalised, label_probabilities, normalise
from entnorm.mentions._recogniser_words import OrdinaryWords
from entnorm.mentions.merge import kind_of
from entnorm.mentions.recogniser import Recogniser, _may_be_named
from entnorm.mentions.tokens import Token, tokenize
from entnorm.pipeline import Normalizer

CASES = Path(__file__).with_name("test_recogniser_cases.tsv")
SPANS = Path(__file__).with_name("test_recogniser_spans.tsv")
_KIND = {"person": "PER", "place": "LOC"}


@pytest.fixture(scope="module")
def recogniser() -> Recogniser:
    return Recogniser.load()


def cases(path: Path) -> list[tuple[str, str, str]]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [(*line.split("\t"), "")[:3] for line in lines if line and not line.startswith("#")]


def check(expected: str, found: list[str]) -> None:
    """A row that begins with ``miss`` is a known miss, and fails when it starts to work."""
    wanted = [e for e in expected.removeprefix("miss ").split("|") if e]
    assert (found == wanted) is not expected.startswith("miss "), found


@pytest.mark.parametrize(("lang", "text", "expected"), cases(CASES))
def test_golden(recogniser: Recogniser, lang: str, text: str, expected: str) -> None:
    spans = recogniser.spans(text, tokenize(text), lang)
    check(expected, [f"{s.kind}:{text[s.start : s.end]}" for s in spans if s.kind != "ORG"])


@pytest.mark.parametrize(("lang", "text", "expected"), cases(SPANS))
def test_spans_with_the_index(norm: Normalizer, lang: str, text: str, expected: str) -> None:
    check(expected, [f"{_KIND[kind_of(s)]}:{text[s.start : s.end]}" for s in norm.spans(text, lang)])


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200), st.sampled_from([None, "de", "ru", "zz"]))
def test_any_text(text: str, lang: str | None) -> None:
    recogniser = _shared()
    tokens = tokenize(text)
    spans = recogniser.spans(text, tokens, lang)
    assert spans == recogniser.spans(text, tokens, lang)
    last = 0
    for span in spans:
        assert last <= span.start < span.end <= len(text)
        assert span.kind in ("PER", "LOC", "ORG")
        assert 0.0 <= span.probability <= 1.0
        assert any(t.start == span.start for t in tokens)
        last = span.end


_KEPT: list[Recogniser] = []


def _shared() -> Recogniser:
    if not _KEPT:
        _KEPT.append(Recogniser.load())
    return _KEPT[0]


def test_empty_text(recogniser: Recogniser) -> None:
    assert recogniser.spans("", [], None) == []


@pytest.mark.parametrize("change", [str.upper, str.lower])
def test_lost_capitals_degrade(norm: Normalizer, change: Callable[[str], str]) -> None:
    text = change("Präsident Jens Öblarn reist nach Berlin")
    found = [(text[s.start : s.end].lower(), kind_of(s)) for s in norm.spans(text, "de")]
    assert found == [("jens öblarn", "person"), ("berlin", "place")]


def test_caches_do_not_change_answers(recogniser: Recogniser) -> None:
    text = "Premier Oona Varjus flog nach Tarkkala. Varjus schwieg."
    first = recogniser.spans(text, tokenize(text), "de")
    assert first == Recogniser.load().spans(text, tokenize(text), "de")


def _beliefs(rows: list[dict[int, float]]) -> np.ndarray:
    p = np.zeros((len(rows), 7), dtype=np.float32)
    for i, row in enumerate(rows):
        for label, value in row.items():
            p[i, label] = value
    return p


def _decoded(p: np.ndarray, tokens: list[Token]) -> list[tuple[int, int, str]]:
    """What becomes of label probabilities where any label may follow any other."""
    q = kind_beliefs(p, tokens)
    chain = Chain(agreed(p, q), np.zeros((7, 7), dtype=np.float32), np.zeros(7, dtype=np.float32))
    return [run[:3] for run in runs(chain.best().tolist(), q, tokens)]


def test_small_words_begin_no_name() -> None:
    tokens = tokenize("Er sah gestern Paris")
    p = _beliefs([{0: 1}, {0: 1}, {3: 0.9, 0: 0.1}, {3: 0.9, 0: 0.1}])
    assert _decoded(p, tokens) == [(3, 4, "LOC")]


def test_occurrences_of_a_name_agree() -> None:
    tokens = tokenize("Öblarn kam, Öblarns Frau ging, Öblarn blieb")
    p = _beliefs([{1: 0.95, 0: 0.05}, {0: 1}, {3: 0.5, 0: 0.5}, {0: 1}, {0: 1}, {1: 0.95, 0: 0.05}, {0: 1}])
    assert [kind for *_, kind in _decoded(p, tokens)] == ["PER", "PER", "PER"]


@pytest.mark.parametrize("text", ["Paris, Lyon", "Paris - Lyon", "Paris/Lyon"])
def test_names_end_at_signs(text: str) -> None:
    tokens = tokenize(text)
    p = _beliefs([{3: 1.0}, {4: 1.0}])
    assert [run[:2] for run in _decoded(p, tokens)] == [(0, 1), (1, 2)]


def test_a_name_has_capitals_at_both_ends() -> None:
    tokens = tokenize("Ole von Beust und Angela")
    p = _beliefs([{1: 1.0}, {2: 1.0}, {2: 1.0}, {2: 1.0}, {1: 1.0}])
    assert _decoded(p, tokens) == [(0, 3, "PER"), (4, 5, "PER")]


def test_beliefs_sum_to_one() -> None:
    tokens = tokenize("Kiew und Kiews Osten")
    p = np.random.default_rng(1).dirichlet(np.ones(7), len(tokens)).astype(np.float32)
    assert kind_beliefs(p, tokens).sum(axis=1) == pytest.approx(np.ones(len(tokens)), abs=1e-5)


@given(st.text(min_size=1, max_size=40))
def test_features_of_any_word(word: str) -> None:
    assert lexical_rows(word) == lexical_rows(word)
    assert shape(word)
    assert gap_name(word).startswith("gap:")


def test_ordinary_words() -> None:
    words = OrdinaryWords.load()
    assert words.noun("Streitkräfte").startswith("tail")
    assert words.noun("Kiew") == ""
    assert words.small("Говорит", "ru")
    assert not words.small("Ryanair", "cs")


def test_words_that_are_not_wanted_do_not_change_the_others(recogniser: Recogniser) -> None:
    rng = np.random.default_rng(1)
    x = rng.normal(0, 1, (40, WIDTH)).astype(np.float32)
    wanted = rng.random(40) < 0.2
    some = label_probabilities(x, recogniser._weights, wanted)
    every = label_probabilities(x, recogniser._weights, np.ones(40, dtype=bool))
    assert some[wanted] == pytest.approx(every[wanted], abs=1e-5)
    assert (some[~wanted, 0] == 1).all()


def test_reading_normalises_as_learning_does(recogniser: Recogniser) -> None:
    x = np.random.default_rng(2).normal(3, 2, (9, WIDTH)).astype(np.float32)
    gain, bias = recogniser._weights["gain1"], recogniser._weights["bias1"]
    rows = normalise(x, gain, bias)[0]
    assert _normalised(x, gain, bias) == pytest.approx(rows, abs=1e-5)


def test_the_gate_stops_words_and_changes_no_others(recogniser: Recogniser) -> None:
    x = np.random.default_rng(3).normal(0, 1, (60, WIDTH)).astype(np.float32)
    wanted = np.ones(60, dtype=bool)

    def read(bar: float) -> np.ndarray:
        gate = recogniser._weights["gate"].copy()
        gate[-1] -= bar
        return label_probabilities(x, recogniser._weights | {"gate": gate}, wanted)

    whole, cut = read(-1e6), read(0.0)
    stopped = cut[:, 0] == 1
    assert 0 < stopped.sum() < 60
    assert cut[~stopped] == pytest.approx(whole[~stopped], abs=1e-5)
    assert (read(1e6)[:, 0] == 1).all()


def test_the_gate_lets_names_pass(norm: Normalizer) -> None:
    reader = norm._recogniser
    text = "Die Regierung in Quellendorf lobte am Freitag den Bürgermeister Jens Öblarn und dessen Verwaltung."
    tokens = tokenize(text)
    sure = [t.text for t, p in zip(tokens, reader.probabilities(tokens, "de"), strict=True) if p[0] < 1]
    assert {"Quellendorf", "Jens", "Öblarn"} <= set(sure)
    assert not {"Regierung", "Verwaltung"} & set(sure)


def test_small_words_may_be_named_between_capitals_or_where_nothing_has_one() -> None:
    text = "Er sah den Lido di Sopra gestern dort unten nicht mehr Sonne"
    wanted = _may_be_named(tokenize(text), ())
    assert [t.text for t, w in zip(tokenize(text), wanted, strict=True) if w] == (
        ["Er", "sah", "den", "Lido", "di", "Sopra", "Sonne"]
    )
    assert _may_be_named(tokenize(text.lower()), ()).all()


def test_a_full_stop_belongs_to_an_ordinal_in_some_languages(recogniser: Recogniser) -> None:
    text = "Königin Elisabeth II. besuchte Berlin."
    assert [text[s.start : s.end] for s in recogniser.spans(text, tokenize(text), "de")][:1] == ["Elisabeth II."]


@pytest.mark.parametrize("word", ["Köhler", "Größler", "İzmir", "O'Hara", "中", "ǅ"])
def test_knowledge_of_any_word_is_strings(norm: Normalizer, word: str) -> None:
    found = norm._recogniser._knowledge(word, "de")
    assert found
    assert all(isinstance(f, str) for f in found)


def test_a_name_with_umlauts_has_the_role_it_has_without(norm: Normalizer) -> None:
    assert any(f.startswith("role:family") for f in norm._recogniser._knowledge("Köhler", "de"))
