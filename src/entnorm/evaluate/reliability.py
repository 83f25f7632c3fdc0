"""Whether probabilities mean what they say: bins, expected calibration error, and the logistic fits behind them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

BINS = 10
#: What is said at this confidence and above should nearly always be right.
SURE = 0.9
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Bin:
    """Answers with a confidence from ``low`` to below ``high``: how many, the mean of it, and the share right."""

    low: float
    high: float
    n: int
    confidence: float
    right: float


def bins(p: Sequence[float] | Floats, y: Sequence[float] | Floats) -> list[Bin]:
    """Probabilities ``p`` and outcomes ``y`` (0 or 1) in ten bins of equal width, empty ones left out.

    >>> [(b.low, b.n, b.right) for b in bins([0.92, 0.98, 0.31], [1, 0, 0])]
    [(0.3, 1, 0.0), (0.9, 2, 0.5)]
    """
    said, right = np.asarray(p, dtype=np.float64), np.asarray(y, dtype=np.float64)
    number = np.minimum(BINS - 1, (said * BINS).astype(int))
    found = []
    for b in range(BINS):
        here = number == b
        if here.any():
            found.append(
                Bin(b / BINS, (b + 1) / BINS, int(here.sum()), float(said[here].mean()), float(right[here].mean()))
            )
    return found


def expected_error(found: Sequence[Bin]) -> float | None:
    """Expected calibration error: how far confidence is from the share right, on average; ``None`` without answers.

    >>> round(expected_error(bins([0.92, 0.98, 0.31], [1, 0, 0])), 3)
    0.403
    """
    total = sum(b.n for b in found)
    return sum(b.n * abs(b.confidence - b.right) for b in found) / total if total else None


def reliability(p: Floats, y: Floats) -> dict[str, Any]:
    """Expected calibration error, Brier score, F1 and share right at one half, and what is right at 0.9 and above.

    >>> reliability(np.array([0.95, 0.2]), np.array([1.0, 0.0]))["right"]
    1.0
    """
    said, sure = p >= 0.5, p >= SURE
    tp = float((said & (y == 1)).sum())
    wrong = float((said & (y == 0)).sum()) + float((~said & (y == 1)).sum())
    return {
        "n": len(y),
        "ece": round(expected_error(bins(p, y)) or 0.0, 4),
        "brier": round(float(((p - y) ** 2).mean()), 4),
        "f1": round(2 * tp / (2 * tp + wrong), 4) if tp else 0.0,
        "right": round(float((said == y).mean()), 4),
        "right_at_0.9": round(float(y[sure].mean()), 4) if sure.any() else None,
        "share_at_0.9": round(float(sure.mean()), 4),
    }


def fit(x: Floats, y: Floats, ridge: float = 2e-5, steps: int = 60) -> Floats:
    """Logistic regression by Newton's method; the first column is the intercept and is not shrunk.

    ``ridge`` is the weight of the squared coefficients for each row.

    >>> w = fit(np.array([[1.0, 0.0], [1.0, 1.0], [1.0, 0.2], [1.0, 0.7]]), np.array([0.0, 1.0, 1.0, 0.0]), ridge=0.01)
    >>> bool(w[1] > 0)
    True
    """
    w = np.zeros(x.shape[1])
    penalty = np.full(x.shape[1], ridge * len(y))
    penalty[0] = 0.0
    for _ in range(steps):
        p = probabilities(x, w)
        gradient = x.T @ (p - y) + penalty * w
        hessian = (x * (p * (1 - p))[:, None]).T @ x + np.diag(penalty + 1e-9)
        step = np.linalg.solve(hessian, gradient)
        w -= step
        if np.abs(step).max() < 1e-7:
            break
    return w


def probabilities(x: Floats, w: Floats) -> Floats:
    """The logistic function of ``x @ w``.

    >>> probabilities(np.array([[1.0]]), np.array([0.0])).tolist()
    [0.5]
    """
    p: Floats = 1 / (1 + np.exp(-np.clip(x @ w, -30, 30)))
    return p


def held_out(x: Floats, y: Floats, fold_of: NDArray[np.int64], ridge: float = 2e-5) -> Floats:
    """Probability of each row by a fit that has not seen its fold.

    >>> x, y = np.ones((4, 1)), np.array([0.0, 1.0, 0.0, 1.0])
    >>> held_out(x, y, np.array([0, 0, 1, 1])).round(2).tolist()
    [0.5, 0.5, 0.5, 0.5]
    """
    held = np.zeros(len(y))
    for part in np.unique(fold_of):
        inside = fold_of == part
        held[inside] = probabilities(x[inside], fit(x[~inside], y[~inside], ridge))
    return held
