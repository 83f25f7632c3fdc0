"""Confidence: calibrated probabilities from scores, read from JSON that states how reliable it is."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from entnorm.errors import DataError

if TYPE_CHECKING:
    from entnorm.match.score import Scored


def logistic(x: float) -> float:
    """The logistic function, safe for any finite argument."""
    return 1.0 / (1.0 + math.exp(-x)) if x >= 0 else math.exp(x) / (1.0 + math.exp(x))


@dataclass(frozen=True, slots=True)
class Calibration:
    """Coefficients of a logistic model of "the first match is right", with where they come from."""

    id: str
    coefficients: dict[str, float]

    @classmethod
    def read(cls, path: Path) -> Calibration:
        """Read a calibration from JSON; :class:`~entnorm.errors.DataError` when it is not one."""
        try:
            data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
            return cls(str(data["id"]), {k: float(v) for k, v in data["coefficients"].items()})
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise DataError(f"{path} is not a calibration: {error}") from error

    def features(self, ranked: Sequence[Scored], i: int) -> dict[str, float]:
        """Features of candidate ``i``: its score, its lead over the best other, its prominence."""
        this = ranked[i]
        others = [s.rank for j, s in enumerate(ranked[:20]) if j != i]
        lead = this.rank - max(others) if others else 0.5
        return {
            "intercept": 1.0,
            "score": this.score,
            "exact": 1.0 if this.score >= 0.999 else 0.0,
            "lead": max(-0.5, min(0.5, lead)),
            "alone": 0.0 if others else 1.0,
            "prominence": this.rank - this.score,
        }

    def lookup(self, ranked: Sequence[Scored]) -> list[float]:
        """Confidence of each ranked candidate, 0..1."""
        return [
            round(logistic(sum(self.coefficients.get(k, 0.0) * v for k, v in self.features(ranked, i).items())), 4)
            for i in range(min(len(ranked), 20))
        ]
