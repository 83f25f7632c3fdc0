"""The chain of labels, against every sequence there is."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from entnorm.mentions._recogniser_chain import CERTAIN, Chain


def _all(p: np.ndarray, follows: np.ndarray, begins: np.ndarray) -> tuple[np.ndarray, tuple[int, ...]]:
    """Probabilities of the labels of each word, and the likeliest sequence, by trying them all."""
    marginal, best = np.zeros(p.shape), (-1.0, ())
    for labels in product(range(p.shape[1]), repeat=len(p)):
        weight = begins[labels[0]] + sum(follows[a, b] for a, b in zip(labels, labels[1:], strict=False))
        value = float(np.exp(weight) * np.prod([p[i, label] for i, label in enumerate(labels)]))
        best = max(best, (value, labels))
        for i, label in enumerate(labels):
            marginal[i, label] += value
    return marginal / marginal.sum(axis=1, keepdims=True), best[1]


@pytest.mark.parametrize("seed", range(12))
def test_chain_is_exact(seed: int) -> None:
    rng = np.random.default_rng(seed)
    p = rng.dirichlet(np.ones(3), 6).astype(np.float32)
    p[:, 0] = np.minimum(p[:, 0], CERTAIN - 0.01)
    p /= p.sum(axis=1, keepdims=True)
    p[rng.integers(0, 6)] = (1, 0, 0)  # cuts the text into stretches
    follows, begins = rng.normal(size=(3, 3)).astype(np.float32), rng.normal(size=3).astype(np.float32)
    marginal, best = _all(p, follows, begins)
    chain = Chain(p, follows, begins)
    assert chain.probabilities() == pytest.approx(marginal, abs=1e-5)
    assert tuple(chain.best()) == best


def test_text_without_names() -> None:
    p = np.zeros((3, 7), dtype=np.float32)
    p[:, 0] = 1
    chain = Chain(p, np.zeros((7, 7), dtype=np.float32), np.zeros(7, dtype=np.float32))
    assert chain.probabilities() == pytest.approx(p)
    assert chain.best().tolist() == [0, 0, 0]


def test_a_long_stretch_does_not_run_out_of_numbers() -> None:
    p = np.full((2000, 7), 1e-4, dtype=np.float32)
    p[:, 1] = 1 - p[:, 1:].sum(axis=1) + 1e-4
    chain = Chain(p, np.full((7, 7), -4, dtype=np.float32), np.zeros(7, dtype=np.float32))
    assert np.isfinite(chain.probabilities()).all()
    assert set(chain.best().tolist()) == {1}
