"""A learned channel from other scripts to Latin: likely spellings of a name, and how likely a spelling is.

Rules romanize; names are transcribed. 斯科拉里 is Scolari and not Sikelali, マイケル is Michael, and which of
the possible Latin spellings is meant no rule can tell. The model gives the probability that a character
of the source, seen between its two neighbours, stands for a run of zero to four Latin letters. It is
learned from the names that Wikidata lists in several scripts (by way of rigour, see
data/gazetteers/names) and read from ``tables/translit``, one file a script, opened when first needed.
How it is trained, and what else was tried: docs/decisions/transliteration-model.md.

Latin names are given and returned as keys (:func:`entnorm.text.keys.key`).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from entnorm.text.fold import fold
from entnorm.text.keys import key
from entnorm.text.scripts import script_of

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]

#: Longest run of Latin letters that one source character stands for.
MAX_RUN = 4
#: Size of the alphabet of keys here: padding, a to z, space.
BASE = 28
#: A stored log probability is minus this many natural-log units times an integer of 0 to 255.
LOG_STEP = 1 / 24
#: Log probability of a run never seen for a character: a constant and so much a letter.
FLOOR, FLOOR_LETTER = -8.0, -1.8
#: Weight of the Latin letter model that a score is divided by.
PRIOR_WEIGHT = 0.5
#: No character before the first, none after the last.
EDGE = 0

_WORD = ((" ", 0.9), ("", 0.1))


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


def letters(names: Sequence[str]) -> npt.NDArray[np.uint8]:
    """Keys as rows of letter numbers (0 padding, 1 to 26, 27 space); characters that are neither become 0."""
    width = max((len(name) for name in names), default=0)
    joined = "".join(name.ljust(width, "\0") for name in names).encode("ascii", "replace")
    codes = np.frombuffer(joined, dtype=np.uint8).reshape(len(names), width).astype(np.int16)
    spaces = codes == 32
    codes -= 96
    codes[(codes < 1) | (codes > 26)] = 0
    codes[spaces] = 27
    return codes.astype(np.uint8)


def run_code(run: str) -> int:
    """Number of a run of Latin letters, its letters read as digits to base 28.

    >>> run_code(""), run_code("b"), run_code("ab")
    (0, 2, 30)
    """
    code = 0
    for letter in run:
        code = code * BASE + (27 if letter == " " else ord(letter) - 96)
    return code


def run_text(code: int) -> str:
    """Undo :func:`run_code`."""
    text = ""
    while code:
        code, digit = divmod(code, BASE)
        text = (" " if digit == 27 else chr(96 + digit)) + text
    return text


class Contexts(NamedTuple):
    """Refinements of one kind: for each context key, weight of the coarser model and added probabilities."""

    keys: Ints
    weight: Floats
    start: Ints
    local: npt.NDArray[np.intp]
    probability: Floats

    def refine(self, key_: int, coarse: Floats) -> Floats:
        """The probabilities of the character's runs in this context."""
        at = int(np.searchsorted(self.keys, key_))
        if at == len(self.keys) or self.keys[at] != key_:
            return coarse
        fine: Floats = coarse * self.weight[at]
        span = slice(self.start[at], self.start[at + 1])
        fine[self.local[span]] += self.probability[span]
        return fine


class Channel:
    """The model of one script."""

    def __init__(self, tables: dict[str, npt.NDArray[np.generic]]) -> None:
        self._unit = {int(c): i + 1 for i, c in enumerate(tables["units"])}
        self._runs: Ints = tables["runs"].astype(np.int64)
        self.run_texts = [run_text(int(code)) for code in self._runs]
        self._slot = {text: i for i, text in enumerate(self.run_texts)}
        self._start: Ints = _starts(tables["run_counts"])
        self._out = tables["out_run"].astype(np.intp)
        self._probability = _probabilities(tables["out_logp"])
        self._sides = tuple(_contexts(tables, name) for name in ("prev", "next", "both"))
        lengths = np.array([len(text) for text in self.run_texts] + list(range(MAX_RUN + 1)))
        self._floor = (FLOOR + FLOOR_LETTER * lengths).astype(np.float32)
        self._lookup: npt.NDArray[np.int16] | None = None

    def emissions(self, source: str) -> list[tuple[npt.NDArray[np.intp], Floats]]:
        """For each source character, the runs it may stand for (numbers) and their probabilities."""
        numbers = [EDGE, *(self._unit.get(ord(c), EDGE) for c in source), EDGE]
        many = len(self._unit) + 1
        found = []
        for at, char in enumerate(source, 1):
            before, unit, after = numbers[at - 1 : at + 2]
            if unit == EDGE:
                found.append(self._unlisted(char))
                continue
            span = slice(self._start[unit - 1], self._start[unit])
            coarse = self._probability[span]
            prev, next_, both = self._sides
            one_sided = 0.5 * (
                prev.refine(unit * many + before, coarse) + next_.refine(unit * many + after, coarse)
            )
            found.append((self._out[span], both.refine((unit * many + before) * many + after, one_sided)))
        return found

    def _unlisted(self, char: str) -> tuple[npt.NDArray[np.intp], Floats]:
        pairs = _WORD if char == " " else ((key(char)[:MAX_RUN], 0.5),)
        known = [(self._slot[run], p) for run, p in pairs if run in self._slot]
        return np.array([r for r, _ in known], dtype=np.intp), np.array(
            [p for _, p in known], dtype=np.float32
        )

    def _run_numbers(self, names: npt.NDArray[np.uint8]) -> npt.NDArray[np.intp]:
        """Number of the run of each length that ends after each letter; shape (5, width+1, names)."""
        if self._lookup is None:
            lookup = np.full(BASE**MAX_RUN, -1, dtype=np.int16)
            lookup[self._runs] = np.arange(len(self._runs), dtype=np.int16)
            self._lookup = lookup
        many, width = names.shape
        listed = len(self._runs)
        numbers = np.empty((MAX_RUN + 1, width + 1, many), dtype=np.intp)
        numbers[0] = self._slot.get("", listed)
        padded = np.zeros((width + MAX_RUN, many), dtype=np.int32)
        padded[MAX_RUN:] = names.T
        code = np.zeros((width, many), dtype=np.int32)
        numbers[1:, 0] = listed + MAX_RUN
        for length in range(1, MAX_RUN + 1):
            first = MAX_RUN - length + 1
            code += padded[first : first + width] * np.int32(BASE ** (length - 1))
            run = self._lookup[code]
            numbers[length, 1:] = run
            numbers[length, 1:][run < 0] = listed + length
        return numbers

    def log_likelihoods(self, source: str, names: Sequence[str]) -> Floats:
        """Log probability of each key given the source, along the best alignment."""
        numbers = self._run_numbers(letters(names))
        _, positions, many = numbers.shape
        # best[MAX_RUN + j]: log probability of the first j letters; the rows before are out of reach.
        best = np.full((MAX_RUN + positions, many), -1e4, dtype=np.float32)
        best[MAX_RUN] = 0.0
        steps = np.empty(numbers.shape, dtype=np.float32)
        for runs, probability in self.emissions(source):
            emission = self._floor.copy()
            emission[runs] = np.maximum(emission[runs], np.log(np.maximum(probability, 1e-9)))
            np.take(emission, numbers, out=steps, mode="clip")
            for length in range(MAX_RUN + 1):
                steps[length] += best[MAX_RUN - length : MAX_RUN - length + positions]
            np.maximum.reduce(steps, axis=0, out=best[MAX_RUN:])
        lengths = np.fromiter(map(len, names), dtype=np.intp, count=many)
        found: Floats = best[MAX_RUN + lengths, np.arange(many)]
        return found

    def best_runs(self, source: str, width: int) -> list[list[tuple[str, float]]]:
        """For each source character its likeliest runs with their log probabilities, at most ``width``."""
        found = []
        for runs, probability in self.emissions(source):
            order = np.argsort(-probability, kind="stable")[:width]
            found.append([(self.run_texts[runs[i]], float(np.log(max(probability[i], 1e-9)))) for i in order])
        return found


def _starts(counts: npt.NDArray[np.generic]) -> Ints:
    return np.concatenate([[0], np.cumsum(counts.astype(np.int64))])


def _probabilities(stored: npt.NDArray[np.generic]) -> Floats:
    probabilities: Floats = np.exp(stored.astype(np.float32) * np.float32(-LOG_STEP))
    return probabilities


def _contexts(tables: dict[str, npt.NDArray[np.generic]], name: str) -> Contexts:
    return Contexts(
        np.cumsum(tables[f"{name}_key_steps"].astype(np.int64)),
        _probabilities(tables[f"{name}_weight"]),
        _starts(tables[f"{name}_counts"]),
        tables[f"{name}_local"].astype(np.intp),
        _probabilities(tables[f"{name}_logp"]),
    )


class Transliterator:
    """The models of a folder, each opened when first needed."""

    def __init__(self, folder: Traversable) -> None:
        self._folder = folder
        self.scripts = frozenset(p.name[:-4] for p in folder.iterdir() if p.name.endswith(".npz")) - {"Latn"}
        self._channels: dict[str, Channel] = {}
        self._letters: Floats | None = None

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
        coded = letters(names)
        padded = np.zeros((len(names), coded.shape[1] + 3), dtype=np.intp)
        padded[:, 2:-1] = coded
        steps = self._letters[padded[:, :-2], padded[:, 1:-1], padded[:, 2:]]
        lengths = np.fromiter(map(len, names), dtype=np.intp, count=len(names))
        inside = np.arange(steps.shape[1]) <= lengths[:, None]
        total: Floats = np.where(inside, steps, np.float32(0)).sum(axis=1)
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


def hypotheses(text: str, n: int = 5, *, width: int = 4) -> list[tuple[str, float]]:
    """Up to ``n`` likely Latin keys of ``text`` with their log probabilities, the likeliest first.

    ``width`` is how many readings of a character are followed. Empty where the script has no model.

    >>> [latin for latin, _ in hypotheses("Меркель", 1)]
    ['merkel']
    """
    return shipped().hypotheses(text, n, width)
