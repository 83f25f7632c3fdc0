"""Comparing two names: the probability that they can denote the same person, with the reasons.

Words are aligned one to one; what is left over on both sides is what tells people apart. The features of a pair go
into a logistic model, one for names in one script and one for names in two, read from ``tables/compare.json``. It is
fitted by ``tools/fit_compare.py`` on pairs made from the gazetteers and the name groups, out of fold by entity; the
file states its own reliability.
"""

from __future__ import annotations

import json
from functools import lru_cache
from importlib import resources
from typing import Any, NamedTuple

from entnorm.gazetteer.names import NameLexicon
from entnorm.match.calibrate import logistic
from entnorm.match.pair_features import FEATURES, LINKED, WHOLE, link_features, pair_features
from entnorm.match.pairing import Pairer, Pairing
from entnorm.models import Comparison, Evidence
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
_GROUPS = tuple(dict.fromkeys(WHOLE.values()))
_GROUP_OF = tuple(_GROUPS.index(group) for group in WHOLE.values())
_MEAN = len(LINKED) + list(WHOLE).index("mean")
_NO_WORDS: tuple[NameWord, ...] = ()


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
        weighted = [w * f for w, f in zip(model.weights, features, strict=True)]
        confidence = round(logistic(model.intercept + sum(weighted)), 4)
        return Comparison(
            a=a,
            b=b,
            score=round(min(1.0, features[_MEAN]), 4),
            confidence=confidence,
            same=confidence >= 0.5,
            evidence=tuple(_evidence(pairing, features, weighted, model)),
        )


def _evidence(p: Pairing, features: list[float], weighted: list[float], model: Model) -> list[Evidence]:
    """The reasons: one for each pair of words, then what is left over, order and the names as wholes."""
    links = [link_features(w, p.a.words[x.a], p.b.words[x.b]) for x, w in zip(p.links, p.words, strict=True)]
    counts: dict[int, int] = {}
    for held in links:
        for at in held:
            counts[at] = counts.get(at, 0) + 1
    found = []
    for link, pair, held in zip(p.links, p.words, links, strict=True):
        weight = sum([weighted[at] / counts[at] for at in held])
        words = f"{p.a.words[link.a].text} = {p.b.words[link.b].text}"
        found.append(Evidence(feature=_RULES[pair.rule], value=words, weight=round(weight, 4)))
    totals = [0.0] * len(_GROUPS)
    for group, weight in zip(_GROUP_OF, weighted[len(LINKED) :], strict=True):
        totals[group] += weight
    for group, total in zip(_GROUPS, totals, strict=True):
        if total:
            feature, value = _reason(group, p, features)
            found.append(Evidence(feature=feature, value=value, weight=round(total, 4)))
    found.append(Evidence(feature="before looking", weight=round(model.intercept, 4)))
    return found


def _reason(group: str, p: Pairing, features: list[float]) -> tuple[str, float | str]:
    """How a group of features of the names as wholes is put in words."""
    if group == "agreement":
        return "all words together, alike", round(min(1.0, features[_MEAN]), 4)
    if group == "clash":
        return "different words", f"{_written(p.left_a)} / {_written(p.left_b)}"
    if group == "left":
        return "in one name only", _written(p.left_b if len(p.left_b) > len(p.left_a) else p.left_a)
    if group == "order":
        return "words in another order", f"{p.a.text} / {p.b.text}"
    if group == "suffix":
        return "generations", f"{p.a.suffix or 'none'} / {p.b.suffix or 'none'}"
    return "words compared", float(len(p.links))


def _written(words: tuple[NameWord, ...]) -> str:
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
