"""A learned channel from other scripts to Latin: likely spellings of a name, and how likely a spelling is.

Rules romanize; names are transcribed. 斯科拉里 is Scolari and not Sikelali, マイケル is Michael, and which of
the possible Latin spellings is meant no rule can tell. The model gives the probability that a character
of the source, seen between its two neighbours, stands for a run of zero to four Latin letters. It is
learned from the names that Wikidata lists in several scripts (by way of rigour, see
data/gazetteers/names) and read from ``tables/translit``, one file a script, opened when first needed.
How it is trained, and what else was tried: docs/decisions/0006-transliteration-model.md.

Latin names are given and returned as keys (:func:`entnorm.text.keys.key`).
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from importlib import resources
from importlib.resources.abc import Traversable

import numpy as np
import numpy.typing as npt

from entnorm.text._translit_channel import BASE, LOG_STEP, Channel, Floats, letters
from entnorm.text.fold import fold
from entnorm.text.keys import key
from entnorm.text.scripts import script_of

#: Weight of the Latin letter model that a score is divided by.
PRIOR_WEIGHT = 0.5
_CACHED = 1 << 15
#: Intercept and slope of the logistic from score to plausibility, fitted on names held out of the training.
PLAUSIBLE = (2.36, 1.92)


def units(text: str) -> tuple[str, str]:
    """Script of a name and the characters the model reads: folded, hangul as jamo, hiragana as katakana.

    >>> units("さとう"), units("Ли")
    (('Jpan', 'サトウ'), ('Cyrl', 'ли'))
    """
    folded = fold(text)
    script = script_of(folded)
    if script == "Hang":
        folded = unicodedata.normalize("NFD", folded)
    elif script == "Jpan":
        folded = "".join(chr(ord(c) + 96) if "ぁ" <= c <= "ゖ" else c for c in folded)
    return script, folded


class Transliterator:
    """The models of a folder, each opened when first needed."""

    def __init__(self, folder: Traversable) -> None:
        self._folder = folder
        self.scripts = frozenset(p.name[:-4] for p in folder.iterdir() if p.name.endswith(".npz")) - {"Latn"}
        self._channels: dict[str, Channel] = {}
        self._letters: Floats | None = None
        self._priors: dict[str, float] = {}

    def _read(self, name: str) -> dict[str, npt.NDArray[np.generic]]:
        with (
            self._folder.joinpath(f"{name}.npz").open("rb") as stream,
            np.load(stream, allow_pickle=False) as tables,
        ):
            return {field: tables[field] for field in tables.files}

    def channel(self, script: str) -> Channel | None:
        """The model of a script (ISO 15924), ``None`` where there is none."""
        if script in self.scripts and script not in self._channels:
            self._channels[script] = Channel(self._read(script))
        return self._channels.get(script)

    def prior(self, names: Sequence[str]) -> Floats:
        """Log probability of each key as a Latin name: what is common in names is no evidence."""
        if self._letters is None:
            stored = self._read("Latn")["logp"].astype(np.float32)
            self._letters = stored.reshape(BASE, BASE, BASE) * np.float32(-LOG_STEP)
        if len(names) == 1 and names[0] in self._priors:
            return np.array([self._priors[names[0]]], dtype=np.float32)
        coded = letters(names)
        padded = np.zeros((len(names), coded.shape[1] + 3), dtype=np.intp)
        padded[:, 2:-1] = coded
        steps = self._letters[padded[:, :-2], padded[:, 1:-1], padded[:, 2:]]
        lengths = np.fromiter(map(len, names), dtype=np.intp, count=len(names))
        inside = np.arange(steps.shape[1]) <= lengths[:, None]
        total: Floats = np.where(inside, steps, np.float32(0)).sum(axis=1)
        if len(names) == 1 and len(self._priors) < _CACHED:
            self._priors[names[0]] = float(total[0])
        return total

    def scores(self, source: str, keys: Sequence[str]) -> Floats:
        """See :func:`scores`."""
        script, characters = units(source)
        model = self.channel(script)
        if model is None or not characters or not keys:
            return np.full(len(keys), np.nan, dtype=np.float32)
        likelihood = model.log_likelihoods(characters, keys)
        prior = np.float32(PRIOR_WEIGHT) * self.prior(keys)
        return ((likelihood - prior) / np.float32(len(characters))).astype(np.float32)

    def hypotheses(self, text: str, n: int = 5, width: int = 4) -> list[tuple[str, float]]:
        """See :func:`hypotheses`."""
        script, characters = units(text)
        model = self.channel(script)
        if model is None or not characters:
            return []
        beam = {"": 0.0}
        for runs in model.best_runs(characters, width):
            grown: dict[str, float] = {}
            for prefix, so_far in beam.items():
                for run, logp in runs:
                    name = prefix + run
                    if grown.get(name, -np.inf) < so_far + logp:
                        grown[name] = so_far + logp
            beam = dict(sorted(grown.items(), key=lambda item: (-item[1], item[0]))[: 3 * n])
        return sorted(beam.items(), key=lambda item: (-item[1], item[0]))[:n]


@lru_cache(maxsize=1)
def shipped() -> Transliterator:
    """The models that come with entnorm."""
    return Transliterator(resources.files("entnorm.text").joinpath("tables/translit"))


def scores(source: str, keys: Sequence[str]) -> Floats:
    """How well each Latin key answers to ``source``; higher is better.

    In natural-log units a source character: log likelihood of the key along its best alignment, less half its
    log probability as a Latin name, so that rare spellings are not held against a name. About 0 to 2 for the
    right name (up to 5 in Han script), below -1 for most others; compare scores of one source only. All
    ``nan`` where the script has no model.

    >>> right, wrong = scores("Штайнмайер", ["steinmeier", "steiner"])
    >>> bool(right > 0 > wrong)
    True
    """
    return shipped().scores(source, keys)


def score(source: str, latin: str) -> float:
    """How well one Latin name answers to ``source``; see :func:`scores`.

    >>> score("マイケル", "Michael") > score("マイケル", "Maker")
    True
    """
    return float(scores(source, [key(latin)])[0])


def plausibility(source: str, latin: str) -> float:
    """Probability, 0 to 1, that ``latin`` is ``source`` in Latin letters, if every second pair is.

    The other half were names that look alike and names drawn at random, in equal parts. ``nan`` where the
    script has no model.

    >>> plausibility("Штайнмайер", "Steinmeier") > 0.95, plausibility("Штайнмайер", "Scholz") < 0.05
    (True, True)
    """
    intercept, slope = PLAUSIBLE
    logit = intercept + slope * score(source, latin)
    return math.nan if math.isnan(logit) else 1.0 / (1.0 + math.exp(-max(logit, -60.0)))


def hypotheses(text: str, n: int = 5, *, width: int = 4) -> list[tuple[str, float]]:
    """Up to ``n`` likely Latin keys of ``text`` with their log probabilities, the likeliest first.

    ``width`` is how many readings of a character are followed. Empty where the script has no model.

    >>> [latin for latin, _ in hypotheses("Меркель", 1)]
    ['merkel']
    """
    return shipped().hypotheses(text, n, width)
