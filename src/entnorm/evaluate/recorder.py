"""Watches what confidence is asked about, so that a calibration can be fitted on just that."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from entnorm.match.calibrate import Calibration, kind_of, mention_values
from entnorm.match.score import Scored


class Observation(NamedTuple):
    """One thing to learn from: the model it belongs to, its features, whether it was right (0 or 1), and its fold."""

    model: str
    values: Mapping[str, float]
    right: float
    fold: int


class Recorder(Calibration):
    """Stands in a normalizer for a calibration and notes, mention by mention, what it is asked about.

    >>> Recorder().asked
    []
    """

    asked: list[tuple[str, Mapping[str, float]]]

    def __init__(self) -> None:
        # A pipeline of any name: what only a spaCy pipeline sees is asked about as well.
        super().__init__("recorder", frozenset(), {}, pipeline="any")
        object.__setattr__(self, "asked", [])

    def listed(self, ranked: Sequence[Scored], signs: Mapping[str, float]) -> tuple[float | None, float | None]:
        """Note a listed name."""
        self.asked.append((f"mention_{kind_of(ranked[0])}", mention_values(ranked, signs)))
        return None, None

    def unlisted(self, kind: str, signs: Mapping[str, float]) -> float | None:
        """Note a name on no list."""
        self.asked.append((f"unlisted_{kind}", dict(signs)))
        return None
