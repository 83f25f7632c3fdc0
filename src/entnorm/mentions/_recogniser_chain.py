"""Labels of a text decided together: what follows what (a linear chain; Lafferty, McCallum and Pereira 2001).

Only words that may be part of a name are looked at; the others are certain to be none and cut the text into short
stretches, which are worked through side by side.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from entnorm.mentions._recogniser_network import Floats

#: Probability of the first label, "no name", from which a word is taken to be none without a look at its neighbours.
CERTAIN = 0.995


class Chain:
    """Stretches of uncertain words between certain ones.

    ``p`` holds the network's probability of each label for each word; ``follows[a, b]`` and ``begins[a]`` are the
    weights (logarithms) of label ``b`` after ``a`` and of ``a`` at the head of a text.
    """

    def __init__(self, p: Floats, follows: Floats, begins: Floats) -> None:
        self._shape = p.shape
        self._next: Floats = np.exp(follows)
        live = np.flatnonzero(p[:, 0] < CERTAIN)
        first, lengths = _stretches(live.tolist())
        self._words = live
        steps = np.arange(max(lengths, default=0))
        self._real = steps < np.array(lengths, dtype=np.intp)[:, None]
        self._at = np.where(self._real, np.array(first, dtype=np.intp)[:, None] + steps, 0)
        self._e = p[self._at]
        self._before: Floats = np.repeat(self._next[:1], len(first), axis=0)
        self._after: Floats = np.repeat(self._next[:, :1].T, len(first), axis=0)
        if first and first[0] == 0:
            self._before[0] = np.exp(begins)
        if first and first[-1] + lengths[-1] == len(p):
            self._after[-1] = 1.0

    def probabilities(self) -> Floats:
        """Probability of each label for each word, given all the others."""
        out = np.zeros(self._shape, dtype=np.float32)
        out[:, 0] = 1.0
        if len(self._words):
            e = self._e
            alpha = np.empty_like(e)
            alpha[:, 0] = _scaled(e[:, 0] * self._before)
            for t in range(1, e.shape[1]):
                alpha[:, t] = _scaled((alpha[:, t - 1] @ self._next) * e[:, t])
            beta = np.empty_like(e)
            beta[:, -1] = self._after
            for t in range(e.shape[1] - 2, -1, -1):
                ahead: Floats = e[:, t + 1] * beta[:, t + 1]
                beta[:, t] = np.where(self._real[:, t + 1, None], _scaled(ahead @ self._next.T), self._after)
            both: Floats = alpha * beta
            out[self._words] = _scaled(both[self._real])
        return out

    def best(self) -> npt.NDArray[np.int64]:
        """The likeliest sequence of labels."""
        labels = np.zeros(self._shape[0], dtype=np.int64)
        if len(self._words):
            e = self._e
            count = np.arange(len(e))
            score = _scaled(e[:, 0] * self._before)
            came = np.zeros(e.shape, dtype=np.int64)
            for t in range(1, e.shape[1]):
                step = score[:, :, None] * self._next
                came[:, t] = step.argmax(axis=1)
                new = _scaled(step.max(axis=1) * e[:, t])
                score = np.where(self._real[:, t, None], new, score)
            label = (score * self._after).argmax(axis=1)
            for t in range(e.shape[1] - 1, -1, -1):
                here = self._real[:, t]
                labels[self._at[here, t]] = label[here]
                label = np.where(here, came[count, t, label], label)
        return labels


def _stretches(words: list[int]) -> tuple[list[int], list[int]]:
    """The first of each run of neighbouring numbers, and how many there are in it."""
    first: list[int] = []
    lengths: list[int] = []
    for n, word in enumerate(words):
        if n and words[n - 1] == word - 1:
            lengths[-1] += 1
        else:
            first.append(word)
            lengths.append(1)
    return first, lengths


def _scaled(rows: Floats) -> Floats:
    total: Floats = np.add.reduce(rows, axis=-1, keepdims=True)
    return rows / total
