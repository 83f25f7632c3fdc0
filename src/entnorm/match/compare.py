"""Comparing two names: the probability that they can denote the same person, with the reasons.

Words are aligned one to one; what is left over on both sides is what tells people apart. The features of a pair go
into a logistic model, one for names in one script and one for names in two, read from ``tables/compare.json``. It is
fitted by ``tools/fit_compare.py`` on pairs made from the gazetteers and the name groups, out of fold by entity; the
file states its own reliability.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from importlib import resources
from operator import mul
from typing import Any, NamedTuple

from entnorm.gazetteer.names import NameLexicon
from entnorm.match.align import SAME_WORD
from entnorm.match.calibrate import logistic
from entnorm.match.pair_features import FEATURES, WHOLE, pair_features
from entnorm.match.pairing import LINKED, Pairer, Pairing
from entnorm.models import Comparison
from entnorm.text.personname import NameWord

#: What a rule is called in the evidence.
_RULES = {
    "same": "the same word",
    "initial": "initial of",
    "name": "forms of one name",
    "related": "names of one origin",
    "nickname": "short form of a name",
    "abbreviated": "abbreviation",
    "inflected": "case form",
    "feminine": "a man's and a woman's form",
    "heard": "one in the other script",
    "sound": "sound alike",
    "apart": "two different names",
    "alike": "spelled alike",
}
#: The places of each group of features of the names as wholes; a group stands together.
_SPANS = tuple(
    (group, slice(len(LINKED) + names.index(group), len(LINKED) + len(names) - names[::-1].index(group)))
    for names in [list(WHOLE.values())]
    for group in dict.fromkeys(names)
)
_MEAN = len(LINKED) + list(WHOLE).index("mean")
#: Keeps the shares of words that are not alike at all from being none.
_LITTLE = 0.01
Reason = dict[str, float | str]


class Model(NamedTuple):
    """A logistic model: the logit is the intercept and the sum of the weighted features."""

    intercept: float
    weights: tuple[float, ...]


class Comparer:
    """Compares names. ``lexicon`` is the compiled name knowledge; without it spelling and sound alone decide."""

    def __init__(self, lexicon: NameLexicon | None = None) -> None:
        self._pairer = Pairer(lexicon)
        self._models = shipped_models()

    def compare(self, a: str, b: str) -> Comparison:
        """Compare two names of people.

        ``score`` is the similarity of the shorter name's words, ``confidence`` the calibrated probability that the
        two can denote one person, ``same`` whether that is at least one half. The weights of the evidence add up to
        the log odds of the confidence.
        """
        pairing = self._pairer.pair(a, b)
        features = pair_features(pairing, self._pairer)
        model = self._models[pairing.a.script != pairing.b.script]
        weighted = list(map(mul, model.weights, features))
        confidence = round(logistic(model.intercept + sum(weighted)), 4)
        # One validation of the whole costs less than one for each reason.
        return Comparison.model_validate(
            {
                "a": a,
                "b": b,
                "score": round(min(1.0, features[_MEAN]), 4),
                "confidence": confidence,
                "same": confidence >= 0.5,
                "evidence": tuple(_evidence(pairing, features, weighted, model)),
            }
        )


def _evidence(p: Pairing, features: list[float], weighted: list[float], model: Model) -> list[Reason]:
    """The reasons: one for each pair of words, then what is left over, order and the names as wholes.

    How far all words agree is shared out among the pairs of words, by how alike they are.
    """
    counts: dict[int, int] = {}
    for pair in p.words:
        for at in pair.traits:
            counts[at] = counts.get(at, 0) + 1
    totals = {group: sum(weighted[span]) for group, span in _SPANS}
    begin = model.intercept + totals.pop("words")
    alike = sum([x.similarity + _LITTLE for x in p.links])
    agreement = totals.pop("agreement")
    found: list[Reason] = []
    for link, pair in zip(p.links, p.words, strict=True):
        weight = agreement * (link.similarity + _LITTLE) / alike
        for at in pair.traits:
            weight += weighted[at] / counts[at]
        words = f"{p.a.words[link.a].text} = {p.b.words[link.b].text}"
        rule = _RULES[pair.rule] if link.similarity >= SAME_WORD else "not alike"
        found.append({"feature": rule, "value": words, "weight": round(weight, 4)})
    for group, total in totals.items():
        if total:
            feature, value = _reason(group, p)
            found.append({"feature": feature, "value": value, "weight": round(total, 4)})
    if not p.links:
        begin += agreement
    scripts = "one script" if p.a.script == p.b.script else "two scripts"
    found.append({"feature": "to begin with", "value": f"names in {scripts}", "weight": round(begin, 4)})
    return found


def _reason(group: str, p: Pairing) -> tuple[str, str]:
    """How a group of features of the names as wholes is put in words."""
    if group == "clash":
        one, two = ([w for w in words if w.kind != "particle"] for words in (p.left_a, p.left_b))
        return "different words", f"{_written(one)} / {_written(two)}"
    if group == "left":
        return "in one name only", _written(p.left_b if len(p.left_b) > len(p.left_a) else p.left_a)
    if group == "order":
        return "words in another order", f"{_written(p.a.words)} / {_written(p.b.words)}"
    return "generations", f"{p.a.suffix or 'none'} / {p.b.suffix or 'none'}"


def _written(words: Sequence[NameWord]) -> str:
    return " ".join([w.text for w in words])


@lru_cache(maxsize=1)
def shipped_models() -> tuple[Model, Model]:
    """The models for names in one script and for names in two."""
    text = resources.files("entnorm.match").joinpath("tables/compare.json").read_text(encoding="utf-8")
    data: dict[str, Any] = json.loads(text)
    one, two = (
        Model(float(c["intercept"]), tuple(float(c.get(name, 0.0)) for name in FEATURES))
        for c in (data["models"][name]["coefficients"] for name in ("one_script", "two_scripts"))
    )
    return one, two
