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
    width = np.float32(x.shape[1])
    total: Floats = np.add.reduce(x, axis=1, keepdims=True)
    centred = x - total / width
    squares: Floats = np.add.reduce(np.square(centred), axis=1, keepdims=True)
    scale = 1.0 / np.sqrt(squares / width + _EPSILON)
    rows = centred * scale
    return rows * gain + bias, rows, scale


_MEAN = np.full((WIDTH, 1), 1.0 / WIDTH, dtype=np.float32)


def _normalised(x: Floats, gain: Floats, bias: Floats) -> Floats:
    """:func:`normalise` for reading alone, in place: the values of ``x`` are lost."""
    x -= x @ _MEAN
    scale = np.einsum("ij,ij->i", x, x)
    scale *= np.float32(1 / WIDTH)
    scale += _EPSILON
    np.sqrt(scale, out=scale)
    x /= scale[:, None]
    x *= gain
    x += bias
    return x


def neighbours(x: Floats) -> Floats:
    """Each row beside the one before and the one after it, zeros at the ends."""
    n, width = x.shape
    out = np.zeros((n, 3 * width), dtype=np.float32)
    out[1:, :width] = x[:-1]
    out[:, width : 2 * width] = x
    out[:-1, 2 * width :] = x[1:]
    return out


def label_probabilities(x: Floats, weights: dict[str, Floats], wanted: npt.NDArray[np.bool_]) -> Floats:
    """Probability of each label for the ``wanted`` words of one text, whose feature sums are the rows of ``x``.

    A word depends on four neighbours to each side, so that a layer is computed where a later one looks. Words that the
    gate is sure of after the first layer go no further. The first label is certain for them and for words not wanted.
    """
    n = len(x)
    h = np.zeros((n + 2, WIDTH), dtype=np.float32)  # a row of zeros at both ends
    h[1:-1] = x
    _normalised(h[1:-1], weights["gain0"], weights["bias0"])
    # Row i is words i - 1 to i + 1 side by side, seen in h without a copy.
    wide = np.ndarray((n, 3 * WIDTH), dtype=np.float32, buffer=h, strides=h.strides)
    for layer in range(1, DEPTH + 1):
        at = np.flatnonzero(_widened(wanted, DEPTH - layer))
        z = wide[at] @ weights[f"w{layer}"]
        z += weights[f"b{layer}"]
        z = np.maximum(z[:, :WIDTH], z[:, WIDTH:])
        h[at + 1] += _normalised(z, weights[f"gain{layer}"], weights[f"bias{layer}"])
        if layer == 1:
            wanted = wanted & (gate(h, weights["gate"]) >= 0)
    result = np.zeros((n, len(weights["out_b"])), dtype=np.float32)
    result[:, 0] = 1.0
    scores = h[1:-1][wanted] @ weights["out_w"] + weights["out_b"]
    scores = np.exp(scores - np.maximum.reduce(scores, axis=1, keepdims=True, initial=-np.inf))
    result[wanted] = scores / np.add.reduce(scores, axis=1, keepdims=True)
    return result


def gate(h: Floats, weights: Floats) -> Floats:
    """Points for each word being part of a name, by the rows of ``h`` for it and its neighbours.

    ``h`` has a row of zeros at both ends; ``weights`` are those of the three rows and, in the last place, the same for
    every word.
    """
    sides = h @ weights[:-1].reshape(3, -1).T
    points: Floats = sides[:-2, 0] + sides[1:-1, 1] + sides[2:, 2] + weights[-1]
    return points


def _widened(wanted: npt.NDArray[np.bool_], words: int) -> npt.NDArray[np.bool_]:
    """The words at most so many away from a wanted one."""
    out = wanted.copy()
    for away in range(1, words + 1):
        out[away:] |= wanted[:-away]
        out[:-away] |= wanted[away:]
    return out
