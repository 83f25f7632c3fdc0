"""The recogniser's network: a bag of features a word, four layers that each look one word to both sides, seven labels.

A layer is the larger of two linear maps of three neighbouring words, normalised and added to its input. Only numpy.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]

LETTERS, KNOWLEDGE = 80, 48
WIDTH = LETTERS + KNOWLEDGE
DEPTH = 4
_EPSILON = np.float32(1e-5)


def normalise(x: Floats, gain: Floats, bias: Floats) -> tuple[Floats, Floats, Floats]:
    """Layer normalisation, with what its gradient needs: the normalised rows and one over their deviation."""
    centred = x - x.mean(axis=1, keepdims=True)
    scale = 1.0 / np.sqrt(np.square(centred).mean(axis=1, keepdims=True) + _EPSILON)
    rows = centred * scale
    return rows * gain + bias, rows, scale


def neighbours(x: Floats) -> Floats:
    """Each row beside the one before and the one after it, zeros at the ends."""
    n, width = x.shape
    out = np.zeros((n, 3 * width), dtype=np.float32)
    out[1:, :width] = x[:-1]
    out[:, width : 2 * width] = x
    out[:-1, 2 * width :] = x[1:]
    return out


def label_probabilities(x: Floats, weights: dict[str, Floats]) -> Floats:
    """Probability of each label for the words of one text, whose feature sums are the rows of ``x``."""
    h, _, _ = normalise(x, weights["gain0"], weights["bias0"])
    for layer in range(1, DEPTH + 1):
        z = neighbours(h) @ weights[f"w{layer}"] + weights[f"b{layer}"]
        z = np.maximum(z[:, :WIDTH], z[:, WIDTH:])
        h = h + normalise(z, weights[f"gain{layer}"], weights[f"bias{layer}"])[0]
    scores = h @ weights["out_w"] + weights["out_b"]
    scores = np.exp(scores - scores.max(axis=1, keepdims=True))
    result: Floats = scores / scores.sum(axis=1, keepdims=True)
    return result
