"""Confidence: calibrated probabilities from scores, read from JSON that states how reliable it is.

Four logistic models for each kind. ``lookup``: the probability that a name on its own denotes a candidate.
``mention``: that a stretch of text is a name of its kind and means that entity. ``named``: that it is a name of its
kind at all. ``unlisted``: the same of a name that no gazetteer lists. They are fitted by
``tools/fit_confidence.py`` for the gazetteers that ship; over other indexes nothing is known about them, and there is
no confidence.
"""

from __future__ import annotations

import json
import math
import operator
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from entnorm.errors import DataError

if TYPE_CHECKING:
    from entnorm.index.store import Index
    from entnorm.match.score import Scored

#: Reasons by which other places of a document speak for a candidate, nearer than by its country.
BACKING = frozenset({
    "division of the document",
    "near other places of the document",
    "stands in a place named after it",
    "holds a place named before it",
    "said more fully elsewhere in the document",
})  # fmt: skip
#: Rank by which others back a place well, and below which hardly.
_WELL_BACKED, _HARDLY_BACKED = 0.2, 0.02
_SEEN = 20
#: What the confidence of a candidate is judged by, in order; see :func:`features`.
FEATURES = ("score", "score_high", "exact", "lead", "lead_small", "behind", "alone", "prominence", "single")


def logistic(x: float) -> float:
    """The logistic function, safe for any finite argument.

    >>> logistic(0.0), round(logistic(-1000.0), 3)
    (0.5, 0.0)
    """
    return 1.0 / (1.0 + math.exp(-x)) if x >= 0 else math.exp(x) / (1.0 + math.exp(x))


def features(ranked: Sequence[Scored], i: int) -> dict[str, float]:
    """What the confidence of candidate ``i`` is judged by, each about -0.5 to 1.

    ``lead`` is how far its rank is above (or, negative, below) the best other candidate's.
    """
    best_other = max([s.rank for j, s in enumerate(ranked[:_SEEN]) if j != i], default=None)
    return dict(zip(FEATURES, _values(ranked[i], best_other), strict=True))


def all_features(ranked: Sequence[Scored]) -> Iterator[dict[str, float]]:
    """The :func:`features` of each of the first twenty candidates."""
    return (dict(zip(FEATURES, values, strict=True)) for values in _all_values(ranked))


def _all_values(ranked: Sequence[Scored]) -> Iterator[tuple[float, ...]]:
    seen = ranked[:_SEEN]
    first, second = sorted([-math.inf, -math.inf, *[s.rank for s in seen]])[:-3:-1]
    for s in seen:
        other = second if s.rank == first else first
        yield _values(s, other if other > -math.inf else None)


def _values(this: Scored, best_other: float | None) -> tuple[float, ...]:
    lead = this.rank - best_other if best_other is not None else 0.5
    lead = max(-0.5, min(0.5, lead))
    prominence = this.index.prominence(this.entity)
    return (
        this.score,
        max(0.0, this.score - 0.9),
        float(this.score >= 0.995),
        lead,
        max(0.0, min(lead, 0.05)),
        float(lead < 0.0),
        float(best_other is None),
        prominence,
        float(" " not in this.base.strip()),
    )


def kind_of(scored: Scored) -> str:
    """``person`` or ``place``: each kind has a model of its own."""
    return scored.index.kind(scored.entity)


class _Weights(dict[str, float]):
    """Coefficients of a model by what they are of, 0 for all else."""

    def __missing__(self, key: str) -> float:
        return 0.0


@dataclass(frozen=True, slots=True)
class Calibration:
    """Coefficients of the models, the gazetteers they hold for, and the id of the fit.

    ``pipeline`` is the spaCy pipeline that was in use when it was fitted, empty for none.
    """

    id: str
    gazetteers: frozenset[str]
    models: Mapping[str, Mapping[str, float]]
    pipeline: str = ""
    _weights: dict[str, _Weights] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_weights", {name: _Weights(model) for name, model in self.models.items()})

    @classmethod
    def parse(cls, text: str) -> Calibration:
        """Read a calibration from JSON; :class:`~entnorm.errors.DataError` when it is not one."""
        try:
            data: dict[str, Any] = json.loads(text)
            models = {m: {k: float(v) for k, v in c.items()} for m, c in data["models"].items()}
            return cls(str(data["id"]), frozenset(data["gazetteers"]), models, str(data.get("pipeline") or ""))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise DataError(f"not a calibration: {error}", "make one: entnorm eval fit GOLD -o FILE") from error

    @classmethod
    def read(cls, path: str | Path) -> Calibration:
        """Read a file made by ``entnorm eval fit``; :class:`~entnorm.errors.DataError` when it holds none."""
        try:
            return cls.parse(Path(path).read_text(encoding="utf-8"))
        except OSError as error:
            raise DataError(f"{path}: {error.strerror or error}", "make one: entnorm eval fit GOLD -o FILE") from None
        except DataError as error:
            raise DataError(f"{path}: {error.message}", error.hint) from None

    def holds_for(self, indexes: Sequence[Index]) -> bool:
        """Whether the indexes were compiled from the gazetteers that the models were fitted on."""
        names = [{g.get("name", "") for g in index.manifest["gazetteers"]} for index in indexes]
        return bool(names) and all(self.gazetteers <= n for n in names)

    def fits(self, indexes: Sequence[Index]) -> bool:
        """Whether every gazetteer that the models were fitted on is in one of the indexes."""
        return self.gazetteers <= {g.get("name", "") for index in indexes for g in index.manifest["gazetteers"]}

    def probability(self, model: str, values: Mapping[str, float]) -> float | None:
        """Probability by one of the models, rounded to four digits; ``None`` where there was too little to fit it."""
        weights = self._weights.get(model)
        if weights is None:
            return None
        weighed = map(operator.mul, map(weights.__getitem__, values), values.values())
        return round(logistic(weights["intercept"] + sum(weighed)), 4)

    def lookup(self, ranked: Sequence[Scored]) -> list[float | None]:
        """Confidence of the ranked candidates of a name; those of one name never add up to more than 1."""
        found: list[float | None] = []
        for s, values in zip(ranked, _all_values(ranked), strict=False):
            weights = self._weights.get(f"lookup_{kind_of(s)}")
            if weights is None:
                found.append(None)
            else:
                weighed = map(operator.mul, map(weights.__getitem__, FEATURES), values)
                found.append(round(logistic(weights["intercept"] + sum(weighed)), 4))
        total = sum([p for p in found if p is not None])
        return found if total <= 1.0 else [None if p is None else round(p / total, 4) for p in found]

    def mention(self, ranked: Sequence[Scored], signs: Mapping[str, float]) -> float | None:
        """Confidence that a mention is a name of its kind and means the first candidate.

        ``signs`` say how much it looks like a name where it stands (:mod:`entnorm.mentions.signs`).
        """
        return self.listed(ranked, signs)[0]

    def listed(self, ranked: Sequence[Scored], signs: Mapping[str, float]) -> tuple[float | None, float | None]:
        """The confidence of a :meth:`mention`, and the probability that it is a name of its kind where it stands,
        whoever or whatever it means."""
        kind, values = kind_of(ranked[0]), mention_values(ranked, signs)
        return self.probability(f"mention_{kind}", values), self.probability(f"named_{kind}", values)

    def unlisted(self, kind: str, signs: Mapping[str, float]) -> float | None:
        """Confidence that a person or place is named where no gazetteer lists the name."""
        return self.probability(f"unlisted_{kind}", signs)


def mention_values(ranked: Sequence[Scored], signs: Mapping[str, float]) -> dict[str, float]:
    """What the confidence of a mention is judged by; see :meth:`Calibration.mention`.

    For a place that is also what the rest of the document says for it: Springfield means less where nothing does.
    """
    backing = _backing(ranked[0]) if kind_of(ranked[0]) == "place" else {}
    return {**features(ranked, 0), **backing, **signs}


def _backing(scored: Scored) -> dict[str, float]:
    said = sum([r.weight for r in scored.evidence if r.feature in BACKING])
    return {"backed": min(said / _WELL_BACKED, 1.5), "unbacked": float(said < _HARDLY_BACKED)}


def log_odds(belief: float) -> float:
    """Log odds of a belief of 0..1, kept within about -4 and 4."""
    return math.log((belief + 0.02) / (1.02 - belief))


@lru_cache(maxsize=1)
def shipped_calibration() -> Calibration:
    """The calibration that ships with entnorm."""
    text = resources.files("entnorm.match").joinpath("tables/confidence.json").read_text(encoding="utf-8")
    return Calibration.parse(text)
