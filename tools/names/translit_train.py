"""Train the transliteration model.

    python tools/names/translit_train.py [--held-out] [--out src/entnorm/text/tables/translit]

Expectation maximisation over monotone alignments in which each source character stands for zero to four Latin
letters, then the same counts conditioned on the neighbours of the character. ``--held-out`` leaves a tenth of
the groups out, for translit_measure.py; the shipped tables are trained on all of them. One process, some
minutes.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from translit_pairs import Pair, read_groups, read_pairs
from translit_tables import Counts, write_channel, write_letters

from entnorm.text._translit_channel import BASE, MAX_RUN, letters, run_code
from entnorm.text.keys import key

ROUNDS = 6
BATCH = 8000
#: How many runs of 2, 3 and 4 letters may be emitted: the most frequent of each length.
RUNS = {2: 500, 3: 2500, 4: 3000}
#: Share of the worst-explained pairs, taken for different names (Ivan, John), dropped from the third round.
OUTLIERS = 0.08
TINY = 1e-7

Floats = npt.NDArray[np.float64]


class Corpus(NamedTuple):
    """Pairs of one script as numbers."""

    source: npt.NDArray[np.int64]  # pairs × longest source, 0 beyond the end
    length: npt.NDArray[np.int64]
    names: npt.NDArray[np.uint8]
    name_length: npt.NDArray[np.int64]
    form: npt.NDArray[np.int64]
    units: list[str]
    runs: list[str]


def run_vocabulary(names: set[str]) -> list[str]:
    """Runs of Latin letters that may be emitted, in the order of their codes."""
    counts: Counter[str] = Counter()
    for name in sorted(names):
        for length in RUNS:
            counts.update(name[i : i + length] for i in range(len(name) - length + 1))
    kept = ["", " ", *(chr(97 + i) for i in range(26))]
    for length, limit in RUNS.items():
        ranked = sorted(((-n, run) for run, n in counts.items() if len(run) == length))
        kept += [run for _, run in ranked[:limit]]
    return sorted(kept, key=run_code)


def make_corpus(pairs: list[Pair]) -> Corpus:
    """Number the units and letters of the pairs, ordered by source length."""
    pairs = sorted(pairs, key=lambda pair: (len(pair.source), pair.form, pair.latin))
    units = sorted({char for pair in pairs for char in pair.source})
    number = {char: i + 1 for i, char in enumerate(units)}
    length = np.array([len(pair.source) for pair in pairs])
    source = np.zeros((len(pairs), int(length.max())), dtype=np.int64)
    for row, pair in enumerate(pairs):
        source[row, : len(pair.source)] = [number[char] for char in pair.source]
    names = letters([pair.latin for pair in pairs])
    name_length = np.array([len(pair.latin) for pair in pairs])
    form = np.unique([pair.form for pair in pairs], return_inverse=True)[1]
    return Corpus(source, length, names, name_length, form, units, run_vocabulary({p.latin for p in pairs}))


def first_guess(corpus: Corpus) -> Floats:
    """Emission probabilities before training: runs that begin or end like the character's romanization."""
    many = len(corpus.runs)
    table = np.full((len(corpus.units) + 1, many + MAX_RUN + 1), TINY)
    share = np.array([1.0 / 28 ** min(len(run), 3) for run in corpus.runs])
    for number, unit in enumerate(corpus.units, 1):
        romanized = key(unit)
        likeness = np.ones(many)
        for i, run in enumerate(corpus.runs):
            if romanized and run:
                likeness[i] += 5.0 * (run[0] == romanized[0]) + 20.0 * (run == romanized)
        table[number, :many] = share * likeness
        table[number, :many] /= table[number, :many].sum()
    return table


def run_numbers(corpus: Corpus, rows: slice) -> npt.NDArray[np.int64]:
    """Number of the run of each length ending at each position; unlisted runs come after the last."""
    listed = len(corpus.runs)
    lookup = np.full(BASE**MAX_RUN, -1, dtype=np.int32)
    lookup[[run_code(run) for run in corpus.runs]] = np.arange(listed)
    names = corpus.names[rows].astype(np.int64)
    many, width = names.shape
    padded = np.zeros((many, width + MAX_RUN), dtype=np.int64)
    padded[:, MAX_RUN:] = names
    numbers = np.zeros((many, width + 1, MAX_RUN + 1), dtype=np.int64)
    code = np.zeros((many, width + 1), dtype=np.int64)
    for length in range(1, MAX_RUN + 1):
        code[:, 1:] += padded[:, MAX_RUN - length + 1 : MAX_RUN - length + 1 + width] * BASE ** (length - 1)
        run = lookup[code]
        numbers[:, :, length] = np.where(run < 0, listed + length, run)
    return numbers


def align(corpus: Corpus, rows: slice, emit: Floats) -> tuple[Floats, list[tuple[npt.NDArray[np.int64], ...]]]:
    """Forward and backward over a batch of one source length.

    Returns the log likelihood of each pair and, per source position, (pair, run number, posterior) triples.
    """
    size = int(corpus.length[rows.start])
    numbers = run_numbers(corpus, rows)
    many, positions, _ = numbers.shape
    reach = np.arange(positions)[:, None] - np.arange(MAX_RUN + 1)[None, :]
    possible = (reach >= 0)[None, :, :]
    steps, forward = [], [np.zeros((many, positions))]
    forward[0][:, 0] = 1.0
    for i in range(size):
        step = emit[corpus.source[rows, i][:, None, None], numbers] * possible
        steps.append(step)
        forward.append((forward[-1][:, np.maximum(reach, 0)] * step).sum(axis=2))
    backward = np.zeros((many, positions))
    backward[np.arange(many), corpus.name_length[rows]] = 1.0
    total = np.maximum((forward[-1] * backward).sum(axis=1), 1e-300)
    found: list[tuple[npt.NDArray[np.int64], ...]] = []
    for i in range(size - 1, -1, -1):
        through = steps[i] * backward[:, :, None]
        posterior = forward[i][:, np.maximum(reach, 0)] * through / total[:, None, None]
        pair, position, length = np.nonzero(posterior > 0.01)
        found.append((pair, numbers[pair, position, length], posterior[pair, position, length]))
        backward = np.zeros((many, positions))
        for length in range(MAX_RUN + 1):
            backward[:, : positions - length] += through[:, length:, length]
    return np.log(total), found[::-1]


def batches(corpus: Corpus) -> list[slice]:
    """Row ranges of one source length each."""
    found = []
    for size in np.unique(corpus.length):
        start, stop = np.searchsorted(corpus.length, [size, size + 1])
        found += [slice(int(a), int(min(a + BATCH, stop))) for a in range(start, stop, BATCH)]
    return found


def pair_weights(corpus: Corpus, likelihood: Floats, trim: bool) -> Floats:
    """Weights that sum to one over the Latin spellings of a form; nothing for the worst-explained pairs."""
    each = likelihood / (corpus.length + corpus.name_length)
    weight = np.exp(np.clip(8.0 * each, -60, 0))
    if trim:
        weight[each < np.quantile(each, OUTLIERS)] = 0.0
    per_form = np.bincount(corpus.form, weights=weight)
    return weight / np.maximum(per_form[corpus.form], 1e-12)


def observe(corpus: Corpus, emit: Floats, weight: Floats) -> tuple[Counts, Floats]:
    """Expected counts of (character before, character, character after, run), and the log likelihoods."""
    columns: list[tuple[npt.NDArray[np.int64], ...]] = []
    likelihood = np.empty(len(weight))
    listed = len(corpus.runs)
    edged = np.pad(corpus.source, ((0, 0), (1, 1)))
    for rows in batches(corpus):
        likelihood[rows], found = align(corpus, rows, emit)
        for i, (pair, run, posterior) in enumerate(found):
            mass = posterior * weight[rows][pair]
            keep = (mass > 1e-4) & (run < listed)
            around = edged[rows][pair[keep]]
            columns.append((around[:, i], around[:, i + 1], around[:, i + 2], run[keep], mass[keep]))
    before, unit, after, run, mass = (np.concatenate(column) for column in zip(*columns, strict=True))
    return Counts(before, unit, after, run, mass), likelihood


def train(pairs: list[Pair], log: str) -> tuple[Corpus, Counts]:
    """Counts of the last round."""
    corpus = make_corpus(pairs)
    emit = first_guess(corpus)
    per_form = np.bincount(corpus.form)
    weight = 1.0 / per_form[corpus.form]
    for turn in range(ROUNDS):
        counts, likelihood = observe(corpus, emit, weight)
        weight = pair_weights(corpus, likelihood, trim=turn >= 2)
        table = np.bincount(counts.unit * emit.shape[1] + counts.run, weights=counts.mass, minlength=emit.size)
        table = table.reshape(emit.shape)
        emit = np.maximum(table / np.maximum(table.sum(axis=1, keepdims=True), 1e-9), TINY)
        print(f"{log} round {turn + 1}: {(likelihood / corpus.length).mean():.3f}", flush=True)
    return corpus, observe(corpus, emit, weight)[0]


def main() -> None:
    """Train every script and write its table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--groups", type=Path, default=Path("data/gazetteers/names/groups.tsv"))
    parser.add_argument("--out", type=Path, default=Path("src/entnorm/text/tables/translit"))
    parser.add_argument("--held-out", action="store_true")
    parser.add_argument("--only", nargs="*")
    arguments = parser.parse_args()
    out: Path = arguments.out
    out.mkdir(parents=True, exist_ok=True)
    write_letters(out / "Latn.npz", {n for g in read_groups(arguments.groups) for n in g.latin})
    for script, pairs in sorted(read_pairs(arguments.groups, whole=not arguments.held_out).items()):
        if arguments.only and script not in arguments.only:
            continue
        start = time.perf_counter()
        corpus, counts = train(pairs, script)
        path = out / f"{script}.npz"
        write_channel(path, corpus.units, corpus.runs, counts)
        seconds = time.perf_counter() - start
        print(f"{script}: {len(pairs)} pairs, {path.stat().st_size} bytes, {seconds:.0f} s", flush=True)


if __name__ == "__main__":
    main()
