"""The loss of a linear chain over the labels (a conditional random field; Lafferty, McCallum and Pereira 2001)."""

from __future__ import annotations

import numpy as np

Floats = np.ndarray


class _Padded:
    """Sequences of scores side by side, forward and backward sums scaled to one a step."""

    def __init__(self, scores: Floats, lengths: np.ndarray, follows: Floats, begins: Floats) -> None:
        steps = np.arange(int(lengths.max()))
        self.starts = np.cumsum(lengths) - lengths
        self.real = steps < lengths[:, None]
        rows = scores[np.where(self.real, self.starts[:, None] + steps, 0)]
        self._top = rows.max(axis=2)
        self._e = np.exp(rows - self._top[..., None])
        self._next = np.exp(follows)
        self._forward(np.exp(begins))

    def _forward(self, begins: Floats) -> None:
        self.alpha = np.zeros_like(self._e)
        self._scale = np.ones_like(self._top)
        for t in range(self._e.shape[1]):
            row = self._e[:, t] * (begins if t == 0 else self.alpha[:, t - 1] @ self._next)
            total = row.sum(axis=1)
            live = self.real[:, t]
            self.alpha[:, t] = np.where(live[:, None], row / total[:, None], self.alpha[:, t - 1] if t else 0)
            self._scale[:, t] = np.where(live, total, 1)

    def log_sum(self) -> float:
        """Logarithm of the sum over all label sequences, added up over the texts."""
        return float(((np.log(self._scale) + self._top) * self.real).sum())

    def backward(self) -> tuple[Floats, Floats]:
        """Label probabilities of each word in order, and the expected number of each pair of neighbours."""
        beta = np.ones_like(self._e)
        pairs = np.zeros_like(self._next)
        for t in range(self._e.shape[1] - 2, -1, -1):
            live = self.real[:, t + 1]
            ahead = self._e[:, t + 1] * beta[:, t + 1] / self._scale[:, t + 1, None]
            beta[:, t] = np.where(live[:, None], ahead @ self._next.T, 1)
            pairs += (self.alpha[live, t].T @ ahead[live]) * self._next
        marginal = (self.alpha * beta)[self.real]
        return marginal / marginal.sum(axis=1, keepdims=True), pairs


def chain_gradients(
    scores: Floats, lengths: np.ndarray, labels: np.ndarray, follows: Floats, begins: Floats
) -> tuple[float, Floats, Floats, Floats]:
    """Mean loss a word, and its gradients by the words' scores, by ``follows[a, b]`` and by ``begins[a]``.

    >>> zero = np.zeros((2, 2), np.float32)
    >>> loss, *_ = chain_gradients(zero, np.array([2]), np.array([0, 1]), zero, zero[0])
    >>> round(loss, 4) == round(float(np.log(2)), 4)
    True
    """
    padded = _Padded(scores, lengths, follows, begins)
    count, words = np.arange(len(scores)), len(scores)
    marginal, pairs = padded.backward()
    first = np.zeros(words, dtype=bool)
    first[padded.starts] = True
    before, after = labels[:-1][~first[1:]], labels[1:][~first[1:]]
    told = scores[count, labels].sum() + begins[labels[first]].sum() + follows[before, after].sum()
    loss = (padded.log_sum() - float(told)) / words
    by_begins = marginal[first].sum(axis=0) - np.bincount(labels[first], minlength=len(begins))
    np.add.at(pairs, (before, after), -1)
    by_score = marginal.copy()
    by_score[count, labels] -= 1
    return loss, by_score / words, pairs / words, (by_begins / words).astype(scores.dtype)
