"""Figures: one number with its name, what it counts, and for which language and kind; and gates on them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from entnorm.errors import ConfigError
from entnorm.evaluate.reliability import Bin

ALL = "all"
#: Figure -> what it means. Order of the tables. A share of 0..1, the higher the better, unless in :data:`ERRORS`.
MEANING: Mapping[str, str] = {
    "precision": "found mentions that touch a marked one of their kind",
    "recall": "marked mentions that are found",
    "f1": "harmonic mean of these two",
    "precision_exact": "found mentions with just the characters of a marked one of their kind",
    "recall_exact": "marked mentions found with just their characters",
    "f1_exact": "harmonic mean of these two",
    "name": "found mentions with an accepted canonical name, of those where one is given",
    "id": "found mentions with an accepted id, of those where one of the same scheme is given",
    "near": "found places within 161 km of where they are marked, of those with coordinates",
    "name_all": "name, but of all marked mentions where one is given, found or not",
    "id_all": "id, but of all marked mentions where one is given, found or not",
    "near_all": "near, but of all marked places with coordinates, found or not",
    "lemma": "found mentions with the marked base form",
    "lookup": "names whose first answer is right; where nobody is meant, there is none, or under 0.5 confidence",
    "lookup_any": "names with a right answer among those given",
    "pair_accuracy": "pairs judged right at a confidence of one half",
    "pair_f1": "harmonic mean of precision and recall of the pairs called the same",
    "pair_auc": "share of same pairs that have a higher confidence than a different one",
    "ece": "expected calibration error of confidence, over ten bins: lower is better",
    "right_at_0.9": "share right of what is said at a confidence of 0.9 and above",
    "share_at_0.9": "share of all answers that is said at 0.9 and above",
    "lookup_ece": "ece of lookups",
    "lookup_right_at_0.9": "right_at_0.9 of lookups",
    "lookup_share_at_0.9": "share_at_0.9 of lookups",
    "pair_ece": "ece of pairs",
    "pair_right_at_0.9": "right_at_0.9 of pairs",
    "pair_share_at_0.9": "share_at_0.9 of pairs",
}
ERRORS = frozenset({"ece", "lookup_ece", "pair_ece"})


@dataclass(frozen=True, slots=True)
class Figure:
    """The value of a metric over ``n`` cases of a language and kind; ``None`` where there are none."""

    metric: str
    value: float | None
    n: int
    lang: str = ALL
    kind: str = ALL

    @property
    def key(self) -> str:
        """How gates and tables call it: ``f1``, ``f1/de``, ``f1/person``, ``f1/de/person``.

        >>> Figure("f1", 0.8, 10, "de").key
        'f1/de'
        """
        return "/".join([self.metric, *(part for part in (self.lang, self.kind) if part != ALL)])


@dataclass(slots=True)
class Result:
    """All figures, with the reliability of confidence and the counts by what they speak of (``mentions``, …)."""

    figures: list[Figure] = field(default_factory=list)
    reliability: dict[str, list[Bin]] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)

    def __getitem__(self, key: str) -> Figure:
        return next(f for f in self.figures if f.key == key)

    @property
    def said(self) -> str:
        """What was measured, in words.

        >>> Result(counts={"documents": 2, "names": 1}).said
        '2 documents, 1 name'
        """
        return ", ".join(f"{n:,} {what.removesuffix('s') if n == 1 else what}" for what, n in self.counts.items())

    def rows(self) -> list[dict[str, Any]]:
        """The figures as plain types."""
        return [
            {"metric": f.metric, "lang": f.lang, "kind": f.kind, "value": _rounded(f.value), "n": f.n}
            for f in self.figures
        ]


def scopes(figures: Iterable[Figure]) -> list[tuple[str, str]]:
    """Language and kind of the lines of a table: those of the only language, or the only kind, would say all twice.

    >>> scopes([Figure("f1", 1.0, 1), Figure("f1", 1.0, 1, lang="de"), Figure("f1", 1.0, 1, kind="place")])
    [('all', 'all')]
    """
    found = list(dict.fromkeys((f.lang, f.kind) for f in figures))
    langs, kinds = {lang for lang, _ in found} - {ALL}, {kind for _, kind in found} - {ALL}
    return [s for s in found if (len(langs) > 1 or s[0] == ALL) and (len(kinds) > 1 or s[1] == ALL)]


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def share(right: float, n: int) -> float | None:
    """``right`` of ``n``, ``None`` of nothing."""
    return right / n if n else None


@dataclass(frozen=True, slots=True)
class Gate:
    """A figure that has to reach a value; for an error, not to exceed it."""

    key: str
    value: float

    @classmethod
    def parse(cls, text: str) -> Gate:
        """``f1=0.8``, ``precision/de/person=0.9``; :class:`~entnorm.errors.ConfigError` for what is no gate.

        >>> Gate.parse("f1/de=0.8")
        Gate(key='f1/de', value=0.8)
        """
        key, sign, number = text.partition("=")
        metric = key.partition("/")[0]
        try:
            value = float(number)
        except ValueError:
            value = -1.0
        if not sign or not 0.0 <= value <= 1.0:
            raise ConfigError(f"{text!r} is no gate", "METRIC=VALUE with a value from 0 to 1, for example f1=0.8")
        if metric not in MEANING:
            raise ConfigError(f"there is no metric {metric!r}", "one of " + ", ".join(MEANING))
        return cls(key, value)

    def failure(self, figures: Sequence[Figure]) -> str | None:
        """What is wrong, ``None`` when the gate is passed. A figure that nothing was measured for fails."""
        found = next((f for f in figures if f.key == self.key), None)
        if found is None or found.value is None:
            return f"{self.key} was not measured"
        if self.key.partition("/")[0] in ERRORS:
            return f"{self.key} is {found.value:.4f}, above {self.value}" if found.value > self.value else None
        return f"{self.key} is {found.value:.4f}, below {self.value}" if found.value < self.value else None


def failures(gates: Iterable[Gate], figures: Sequence[Figure]) -> list[str]:
    """The gates that are not passed, in words.

    >>> failures([Gate("f1", 0.8), Gate("ece", 0.05)], [Figure("f1", 0.7, 10), Figure("ece", 0.02, 10)])
    ['f1 is 0.7000, below 0.8']
    """
    return [said for gate in gates if (said := gate.failure(figures)) is not None]
