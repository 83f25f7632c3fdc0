"""Turn the counts of the transliteration model into the smoothed, quantised tables that entnorm reads."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from entnorm.text._translit_channel import BASE, LOG_STEP, letters, run_code

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Tables = dict[str, npt.NDArray[np.generic]]

#: Weight of the coarser model in a context, in observations.
COARSE = 2.0
#: Log-likelihood a context must gain over the coarser model to be kept, and the observations it needs.
MIN_GAIN, MIN_MASS = 3.0, 3.0
#: Expected observations below which a run is dropped from a character; at most 255 runs a character.
MIN_RUN_MASS, MAX_RUNS = 0.4, 255


class Counts(NamedTuple):
    """Expected observations: characters before, at and after, run, mass."""

    before: Ints
    unit: Ints
    after: Ints
    run: Ints
    mass: Floats


class Level(NamedTuple):
    """Context keys with the probabilities they add to the coarser model, and that model's weight."""

    keys: Ints
    weight: Floats
    counts: Ints
    local: Ints
    probability: Floats


def quantise(probability: npt.ArrayLike) -> npt.NDArray[np.uint8]:
    """Probabilities as log steps of 0 to 255."""
    steps = -np.log(np.maximum(np.asarray(probability, dtype=np.float64), 1e-30)) / LOG_STEP
    return np.clip(np.rint(steps), 0, 255).astype(np.uint8)


def _unit_rows(counts: Counts, units: int, runs: int) -> tuple[list[Ints], list[Floats]]:
    table = np.bincount(counts.unit * runs + counts.run, weights=counts.mass, minlength=(units + 1) * runs)
    outs, probabilities = [], []
    for row in table.reshape(units + 1, runs)[1:]:
        order = np.argsort(-row, kind="stable")[:MAX_RUNS]
        kept = order[row[order] >= MIN_RUN_MASS]
        kept = kept if len(kept) else order[:1]
        outs.append(kept.astype(np.int64))
        probabilities.append(row[kept] / max(row.sum(), 1e-9))
    return outs, probabilities


def _level(context: Ints, local: Ints, mass: Floats, coarse: dict[int, Floats], unit_of: int) -> Level:
    """Keep the contexts whose own counts explain their observations better than ``coarse``."""
    pairs, where = np.unique(np.stack([context, local]), axis=1, return_inverse=True)
    totals = np.bincount(where.ravel(), weights=mass)
    keys, starts = np.unique(pairs[0], return_index=True)
    rows: list[tuple[int, float, Ints, Floats]] = []
    for name, start, stop in zip(keys, starts, [*starts[1:], len(totals)], strict=True):
        seen, amount = pairs[1][start:stop], totals[start:stop]
        everything = amount.sum()
        if everything < MIN_MASS:
            continue
        base = coarse[int(name) // unit_of][seen] if unit_of else coarse[int(name)][seen]
        weight = COARSE / (everything + COARSE)
        fine = amount / (everything + COARSE)
        gain = (amount * np.log((fine + weight * base) / np.maximum(base, 1e-9))).sum()
        if gain >= MIN_GAIN:
            strong = fine > 0.004
            rows.append((int(name), float(weight), seen[strong], fine[strong]))
    if not rows:
        empty = np.zeros(0, dtype=np.int64)
        return Level(empty, np.zeros(0), empty, empty, np.zeros(0))
    return Level(
        np.array([row[0] for row in rows]),
        np.array([row[1] for row in rows]),
        np.array([len(row[2]) for row in rows]),
        np.concatenate([row[2] for row in rows]),
        np.concatenate([row[3] for row in rows]),
    )


def _apply(level: Level, keys: Iterable[int], coarse: dict[int, Floats], unit_of: int) -> dict[int, Floats]:
    """Probabilities in each context of ``keys``, refined where the level lists it."""
    place = {int(name): i for i, name in enumerate(level.keys)}
    starts = np.concatenate([[0], np.cumsum(level.counts)])
    refined = {}
    for name in keys:
        row = coarse[name // unit_of]
        if name in place:
            i = place[name]
            span = slice(starts[i], starts[i + 1])
            row = row * level.weight[i]
            row[level.local[span]] += level.probability[span]
        refined[name] = row
    return refined


def _store(tables: Tables, name: str, level: Level) -> None:
    steps = np.diff(level.keys, prepend=0)
    tables[f"{name}_key_steps"] = steps.astype(np.uint32 if steps.max(initial=0) < 2**32 else np.int64)
    tables[f"{name}_weight"] = quantise(level.weight)
    tables[f"{name}_counts"] = level.counts.astype(np.uint8)
    tables[f"{name}_local"] = level.local.astype(np.uint8)
    tables[f"{name}_logp"] = quantise(level.probability)


def write_channel(path: Path, units: list[str], runs: list[str], counts: Counts) -> None:
    """Write the table of one script; the same counts give the same bytes."""
    outs, probabilities = _unit_rows(counts, len(units), len(runs))
    used = np.unique(np.concatenate([*outs, [runs.index(""), runs.index(" ")]]))
    local_of = np.full((len(units) + 1, len(runs)), -1, dtype=np.int16)
    for number, out in enumerate(outs, 1):
        local_of[number, out] = np.arange(len(out))
    local = local_of[counts.unit, counts.run].astype(np.int64)
    keep = local >= 0
    local, mass = local[keep], counts.mass[keep]
    before, unit, after = counts.before[keep], counts.unit[keep], counts.after[keep]
    many = len(units) + 1
    coarse = dict(enumerate(probabilities, 1))
    tables: Tables = {
        "units": np.array([ord(unit) for unit in units], dtype=np.uint32),
        "runs": np.array([run_code(runs[i]) for i in used], dtype=np.uint32),
        "run_counts": np.array([len(out) for out in outs], dtype=np.uint16),
        "out_run": np.searchsorted(used, np.concatenate(outs)).astype(np.uint16),
        "out_logp": quantise(np.concatenate(probabilities)),
    }
    prev_keys, next_keys, both_keys = (
        unit * many + before,
        unit * many + after,
        (unit * many + before) * many + after,
    )
    prev = _level(prev_keys, local, mass, coarse, many)
    next_ = _level(next_keys, local, mass, coarse, many)
    from_prev = _apply(prev, map(int, np.unique(prev_keys)), coarse, many)
    from_next = _apply(next_, map(int, np.unique(next_keys)), coarse, many)
    one_sided = {
        int(name): 0.5 * (from_prev[int(name) // many] + from_next[int(name) // many**2 * many + int(name) % many])
        for name in np.unique(both_keys)
    }
    both = _level(both_keys, local, mass, one_sided, 0)
    for name, level in (("prev", prev), ("next", next_), ("both", both)):
        _store(tables, name, level)
    np.savez_compressed(path, **tables)  # type: ignore[arg-type]


def write_letters(path: Path, names: set[str]) -> None:
    """Write a model of the next letter of a Latin key given the two before it (Witten-Bell smoothed)."""
    rows = np.zeros((len(names), max(map(len, names)) + 3), dtype=np.int64)
    rows[:, 2:-1] = letters(sorted(names))
    lengths = np.array([len(name) for name in sorted(names)])
    inside = np.arange(rows.shape[1] - 2)[None, :] <= lengths[:, None]
    a, b, c = (column[inside] for column in (rows[:, :-2], rows[:, 1:-1], rows[:, 2:]))
    three = np.bincount((a * BASE + b) * BASE + c, minlength=BASE**3).reshape(BASE, BASE, BASE).astype(float)
    two, one = three.sum(axis=0), three.sum(axis=(0, 1))
    low = (one + 1) / (one.sum() + BASE)
    for level in (two, three):
        kinds = (level > 0).sum(axis=-1, keepdims=True)
        total = level.sum(axis=-1, keepdims=True)
        low = np.where(total > 0, (level + kinds * low) / np.maximum(total + kinds, 1), low)
    np.savez_compressed(path, logp=quantise(low).ravel())
