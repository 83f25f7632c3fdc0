"""The channel of one script: probabilities of runs of Latin letters, alignment, and the numbers of both."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from entnorm.text.keys import key

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
#: No character before the first, none after the last.
EDGE = 0

_WORD = ((" ", 0.9), ("", 0.1))
_FOREIGN = re.compile("[^a-z ]")
_UNREACHED = -1e4
# Up to so many names a loop is faster than arrays: 53 µs against 94 for one, 119 against 100 for two.
_FEW = 1


def letters(names: Sequence[str]) -> npt.NDArray[np.uint8]:
    """Keys as rows of letter numbers: 0 padding, 1 to 26, 27 for the space and whatever is no letter."""
    width = max((len(name) for name in names), default=0)
    joined = "".join(name.ljust(width, "\0") for name in names).encode("ascii", "replace")
    codes = np.frombuffer(joined, dtype=np.uint8).reshape(len(names), width).astype(np.int16)
    padding = codes == 0
    codes -= 96
    codes[(codes < 1) | (codes > 26)] = 27
    codes[padding] = 0
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

    place: dict[int, int]
    weight: Floats
    start: Ints
    local: npt.NDArray[np.intp]
    probability: Floats

    def refine(self, key_: int, coarse: Floats) -> Floats:
        """The probabilities of the character's runs in this context."""
        at = self.place.get(key_)
        if at is None:
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
        self.readings = lru_cache(maxsize=4096)(self._readings)
        self.emissions = lru_cache(maxsize=512)(self._emissions)

    def _emissions(self, source: str) -> list[tuple[npt.NDArray[np.intp], Floats]]:
        """For each source character, the runs it may stand for (numbers) and their probabilities."""
        numbers = [EDGE, *(self._unit.get(ord(c), EDGE) for c in source), EDGE]
        many = len(self._unit) + 1
        found = []
        for at, char in enumerate(source, 1):
            before, unit, after = numbers[at - 1 : at + 2]
            if unit == EDGE or char == " ":
                found.append(self._unlisted(char))
                continue
            span = slice(self._start[unit - 1], self._start[unit])
            coarse = self._probability[span]
            prev, next_, both = self._sides
            one_sided = 0.5 * (prev.refine(unit * many + before, coarse) + next_.refine(unit * many + after, coarse))
            found.append((self._out[span], both.refine((unit * many + before) * many + after, one_sided)))
        return found

    def _unlisted(self, char: str) -> tuple[npt.NDArray[np.intp], Floats]:
        pairs = _WORD if char == " " else ((key(char)[:MAX_RUN], 0.5),)
        known = [(self._slot[run], p) for run, p in pairs if run in self._slot] or [(self._slot[""], 0.1)]
        return np.array([r for r, _ in known], dtype=np.intp), np.array([p for _, p in known], dtype=np.float32)

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
        if len(names) <= _FEW:
            return np.array([self._log_likelihood(source, name) for name in names], dtype=np.float32)
        return self._many_log_likelihoods(source, names)

    def _readings(self, source: str) -> tuple[dict[str, float], ...]:
        found = []
        for runs, probability in self.emissions(source):
            logs = np.log(np.maximum(probability, 1e-9)).tolist()
            found.append({self.run_texts[run]: logp for run, logp in zip(runs.tolist(), logs, strict=True)})
        return tuple(found)

    def _log_likelihood(self, source: str, name: str) -> float:
        name = _FOREIGN.sub(" ", name)
        ends = range(len(name) + 1)
        floors = [FLOOR + FLOOR_LETTER * length for length in range(MAX_RUN + 1)]
        best = [0.0] + [_UNREACHED] * len(name)
        for reading in self.readings(source):
            best = [
                max(
                    best[end - length] + max(floors[length], reading.get(name[end - length : end], _UNREACHED))
                    for length in range(min(end, MAX_RUN) + 1)
                )
                for end in ends
            ]
        return best[-1]

    def _many_log_likelihoods(self, source: str, names: Sequence[str]) -> Floats:
        numbers = self._run_numbers(letters(names))
        _, positions, many = numbers.shape
        # best[MAX_RUN + j]: log probability of the first j letters; the rows before are out of reach.
        best = np.full((MAX_RUN + positions, many), _UNREACHED, dtype=np.float32)
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
        return [sorted(r.items(), key=lambda item: -item[1])[:width] for r in self.readings(source)]


def _starts(counts: npt.NDArray[np.generic]) -> Ints:
    return np.concatenate([[0], np.cumsum(counts.astype(np.int64))])


def _probabilities(stored: npt.NDArray[np.generic]) -> Floats:
    probabilities: Floats = np.exp(stored.astype(np.float32) * np.float32(-LOG_STEP))
    return probabilities


def _contexts(tables: dict[str, npt.NDArray[np.generic]], name: str) -> Contexts:
    keys = np.cumsum(tables[f"{name}_key_steps"].astype(np.int64))
    return Contexts(
        {known: at for at, known in enumerate(keys.tolist())},
        _probabilities(tables[f"{name}_weight"]),
        _starts(tables[f"{name}_counts"]),
        tables[f"{name}_local"].astype(np.intp),
        _probabilities(tables[f"{name}_logp"]),
    )
