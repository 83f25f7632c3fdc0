"""The gate of the recogniser's network: from which points on a word may be part of a name.

The gate itself, a logistic regression on the first layer's rows of a word and its neighbours, is trained with the
network; here the bar is set.
"""

from __future__ import annotations

import random

import numpy as np
from dataset import Data
from training import Batch, Weights, batches, gate_points, inputs, layer_values

from entnorm.mentions._recogniser_network import DEPTH, neighbours, normalise

#: Share of the words in names that may be lost, and batches that are looked at.
LOST, BATCHES = 0.002, 180


def _read(batch: Batch, w: Weights) -> tuple[np.ndarray, np.ndarray]:
    """Points of each word at the gate, and its probability of being no name by the whole network."""
    letters = w["letters"][batch.lexical].sum(axis=1)
    known = np.add.reduceat(w["knowledge"][batch.know], batch.know_starts, axis=0)
    h = normalise(inputs(batch, letters, known, w), w["gain0"], w["bias0"])[0] * batch.mask
    for layer in range(1, DEPTH + 1):
        _, y, *_ = layer_values(neighbours(h), w, layer)
        h = h + y * batch.mask
        if layer == 1:
            points = gate_points(neighbours(h)[batch.real], w["gate"])
    scores = h[batch.real] @ w["out_w"] + w["out_b"]
    odds = np.exp(scores - scores.max(axis=1, keepdims=True))
    return points, odds[:, 0] / odds.sum(axis=1)


def set_bar(data: Data, sources: list[float], weights: Weights, seed: int) -> None:
    """Move the gate's points so that zero or more is what may be part of a name.

    The texts are drawn as in training. Of the words that the network takes for parts of names, :data:`LOST` are lost.
    """
    read = [_read(Batch(data, chosen), weights) for chosen in batches(data, sources, random.Random(seed))[:BATCHES]]
    points, none = (np.concatenate(column) for column in zip(*read, strict=True))
    bar = np.quantile(points[none < 0.5], LOST)
    weights["gate"][-1] -= bar
    print(f"gate: {np.mean(points >= bar):.3f} of the words go on, {np.mean(none < 0.5):.3f} are in names")
