"""Fits a calibration, for an index of one's own above all, and says how reliable it is."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np

from entnorm.errors import InputError
from entnorm.evaluate.gold import GoldDocument, GoldLookup
from entnorm.evaluate.judge import is_named, is_right
from entnorm.evaluate.made_up import TOP, Ranking
from entnorm.evaluate.measure import Normalizing
from entnorm.evaluate.recorder import Observation, Recorder
from entnorm.evaluate.reliability import fit, held_out, probabilities, reliability
from entnorm.match.calibrate import features, kind_of
from entnorm.match.query import Query
from entnorm.text.fold import fold

#: Fewest cases of a model, and fewest of them right and wrong.
LEAST, LEAST_OF_EACH = 60, 10
FOLDS = 5
#: Features that never lower a confidence, and features that never raise one.
_SPEAKS_FOR = frozenset({"score", "odds", "lead"})
_SPEAKS_AGAINST = frozenset({"organisation", "other_kind"})
#: Weight of the squared coefficients, for each row and altogether: with few rows the second keeps them small (one is
#: the weight that a standard normal prior has).
_RIDGE, _RIDGE_TOTAL = 1e-5, 1.0


def document_observations(
    norm: Normalizing, recorder: Recorder, documents: Iterable[GoldDocument], kinds: frozenset[str], folds: int
) -> Iterator[Observation]:
    """The mentions of documents, normalised by ``norm``, which has ``recorder`` for its calibration; folds are split by
    document."""
    for number, gold in enumerate(documents):
        recorder.asked.clear()
        answer = norm(gold.text, lang=gold.lang)
        for mention, (model, values) in zip(answer.mentions, recorder.asked, strict=True):
            right = is_right(mention, gold.mentions) if mention.kind in kinds else None
            if right is None:
                continue
            yield Observation(model, values, float(right), number % folds)
            if model.startswith("mention"):
                named = is_named(mention, gold.mentions)
                yield Observation(model.replace("mention", "named"), values, float(named), number % folds)


def lookup_observations(matcher: Ranking, lookups: Iterable[GoldLookup], folds: int) -> Iterator[Observation]:
    """The first candidates of names; folds are split by what they denote, so that no fold knows another's entity."""
    for gold in lookups:
        ranked = matcher.rank(Query.of(gold.name, lang=gold.lang, kind=gold.kind))
        of = (*gold.ids, *gold.names, gold.name)[0]
        part = int(hashlib.sha256(of.encode("utf-8", "replace")).hexdigest(), 16) % folds
        for i in range(min(TOP, len(ranked))):
            facts = ranked[i].index.facts(ranked[i].entity)
            right = bool({facts.id, *facts.same_as} & set(gold.ids))
            right = right or fold(facts.name_in("en")) in {fold(n) for n in gold.names}
            yield Observation(f"lookup_{kind_of(ranked[i])}", features(ranked, i), float(right), part)


def fitted(rows: Sequence[Observation]) -> tuple[dict[str, float], dict[str, Any]]:
    """Coefficients on all rows of one model, and the reliability of fits that did not see the fold they judge."""
    names = list(dict.fromkeys(n for r in rows for n in r.values))
    x = np.array([[1.0, *(r.values.get(n, 0.0) for n in names)] for r in rows])
    y, fold_of = np.array([r.right for r in rows]), np.array([r.fold for r in rows])
    ridge = max(_RIDGE, _RIDGE_TOTAL / len(rows))
    w = fit(x, y, ridge)
    while turned := [i for i, n in enumerate(names, 1) if _is_turned(n, float(w[i]))]:
        x[:, turned] = 0.0  # what speaks for a name must not count against it because others say the same
        w = fit(x, y, ridge)
    figures = reliability(held_out(x, y, fold_of, ridge), y)
    figures["ece_in_sample"] = reliability(probabilities(x, w), y)["ece"]
    return {n: round(float(v), 4) for n, v in zip(["intercept", *names], w, strict=True)}, figures


def _is_turned(feature: str, coefficient: float) -> bool:
    return (feature in _SPEAKS_FOR and coefficient < 0) or (feature in _SPEAKS_AGAINST and coefficient > 0)


def calibration(
    observations: Iterable[Observation], gazetteers: Iterable[str], *, pipeline: str = "", fitted_on: str = ""
) -> tuple[dict[str, Any], dict[str, str]]:
    """The calibration as its file holds it, and why models are missing from it.

    A model is fitted from 60 cases on, at least ten of them right and ten wrong, that lie in two folds or more.
    Raises :class:`~entnorm.errors.InputError` when no model can be fitted.
    """
    by_model: dict[str, list[Observation]] = defaultdict(list)
    for seen in observations:
        by_model[seen.model].append(seen)
    models, figures, missing = {}, {}, {}
    for name, rows in sorted(by_model.items()):
        right = sum(r.right for r in rows)
        if len(rows) < LEAST or min(right, len(rows) - right) < LEAST_OF_EACH or len({r.fold for r in rows}) < 2:
            missing[name] = f"{len(rows)} cases, {right:.0f} of them right"
        else:
            models[name], figures[name] = fitted(rows)
    if not models:
        said = "; ".join(f"{name}: {why}" for name, why in missing.items()) or "nothing was found in the gold"
        hint = f"each model needs {LEAST} cases, {LEAST_OF_EACH} of them right and {LEAST_OF_EACH} wrong"
        raise InputError(f"too little to fit a calibration on ({said})", hint)
    digest = hashlib.sha256(json.dumps([models, pipeline], sort_keys=True).encode()).hexdigest()[:8]
    table = {
        "id": f"fit-{digest}",
        "gazetteers": sorted(gazetteers),
        "pipeline": pipeline,
        "fitted_on": fitted_on,
        "split": f"{FOLDS} folds: mentions by document, lookups by entity",
        "models": models,
        "out_of_fold": figures,
    }
    return table, missing
