"""The gate of the recogniser's network: which words are surely no names, seen after the first layer.

A logistic regression on the first layer's rows of a word and its neighbours, fitted on what the whole network says.
"""

from __future__ import annotations

import random

import numpy as np
from dataset import Data
from training import Batch, Weights, batches

from entnorm.mentions._recogniser_network import DEPTH, KNOWLEDGE, LETTERS, WIDTH, neighbours, normalise

#: Share of the words in names that may be lost, and batches that are looked at.
LOST, BATCHES = 0.007, 180
#: Probability of being no name from which the network is sure of it, and below which it thinks of a name.
_SURE, _NAME = 0.98, 0.5
_ROUNDS, _RIDGE = 12, 3.0


def _read(batch: Batch, w: Weights) -> tuple[np.ndarray, np.ndarray]:
    """Rows of each word and its neighbours after the first layer, and its probability of being no name."""
    x = np.zeros((len(batch.real), WIDTH), dtype=np.float32)
    known = np.add.reduceat(w["knowledge"][batch.know], batch.know_starts, axis=0)
    x[batch.real, :LETTERS] = w["letters"][batch.lexical].sum(axis=1)[batch.inverse]
    x[batch.real, LETTERS:] = known[batch.inverse] + w["knowledge"][batch.place].sum(axis=1)
    assert x.shape[1] == LETTERS + KNOWLEDGE
    h = normalise(x, w["gain0"], w["bias0"])[0] * batch.mask
    first = h
    for layer in range(1, DEPTH + 1):
        z = neighbours(h) @ w[f"w{layer}"] + w[f"b{layer}"]
        y, _, _ = normalise(np.maximum(z[:, :WIDTH], z[:, WIDTH:]), w[f"gain{layer}"], w[f"bias{layer}"])
        h = h + y * batch.mask
        first = h if layer == 1 else first
    scores = h[batch.real] @ w["out_w"] + w["out_b"]
    odds = np.exp(scores - scores.max(axis=1, keepdims=True))
    return neighbours(first)[batch.real], odds[:, 0] / odds.sum(axis=1)


def _fitted(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Weights of a logistic regression by Newton's method; the last one is the same for every row."""
    x = np.concatenate((x, np.ones((len(x), 1), dtype=x.dtype)), axis=1).astype(np.float64)
    w = np.zeros(x.shape[1])
    for _ in range(_ROUNDS):
        p = 1 / (1 + np.exp(-(x @ w)))
        slope = x.T @ (p - y) + _RIDGE * w
        curve = (x * (p * (1 - p))[:, None]).T @ x + _RIDGE * np.eye(len(w))
        w -= np.linalg.solve(curve, slope)
    return w


def fit(data: Data, sources: list[float], weights: Weights, seed: int) -> np.ndarray:
    """Weights for :func:`entnorm.mentions._recogniser_network.gate`, zero or more for what may be part of a name.

    The texts are drawn as in training. Of the words that the network takes for parts of names, :data:`LOST` are lost.
    """
    case = np.array(["C" in name and name.startswith("case:") for name in data.features])
    rows, none = [], []
    for chosen in batches(data, sources, random.Random(seed))[:BATCHES]:
        batch = Batch(data, chosen)
        x, p = _read(batch, weights)
        asked = case[batch.place[:, 1]] | (p < _SURE)
        rows.append(x[asked])
        none.append(p[asked])
    x, p = np.concatenate(rows), np.concatenate(none)
    w = _fitted(x, p < _SURE)
    points = x @ w[:-1]
    bar = np.quantile(points[p < _NAME], LOST)
    print(f"gate: {np.mean(points >= bar):.2f} of {len(p):,} words go on, {np.mean(p < _NAME):.2f} are in names")
    return np.append(w[:-1], -bar).astype(np.float32)
