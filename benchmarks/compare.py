"""CPU time of comparing two names, against RapidFuzz's WRatio on the same pairs in the same run.

Pairs are made from the shipped index: spellings of one person, and of two people. *Cold* is the first pass over the
pairs, *warm* the second, when words seen before are known (how a pair compares is worked out anew each time). Every
pair is timed alone, so that the median is that of a pair; the clock's own cost is taken off.
"""

from __future__ import annotations

import argparse
import random
import statistics
import time
from collections.abc import Callable

from rapidfuzz import fuzz

import entnorm

Pair = tuple[str, str]


def pairs(norm: entnorm.Normalizer, number: int, rng: random.Random) -> list[Pair]:
    """As many pairs of spellings of one person as of two people."""
    index = norm.indexes[0]
    people = [n for n, kind in enumerate(index.arrays["entity_kind"].tolist()) if kind == 0]

    def spelling(person: int) -> str:
        return index.name_text(rng.choice(index.name_rows(person)))

    made = []
    for _ in range(number // 2):
        one, two = rng.sample(people, 2)
        made += [(spelling(one), spelling(one)), (spelling(one), spelling(two))]
    return made


def main() -> None:
    """Measure and print one figure a line, tab-separated."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--pairs", type=int, default=4000, metavar="N")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    norm = entnorm.load()
    made = pairs(norm, options.pairs, random.Random(options.seed))
    norm.compare("Wolodymyr Selenskyj", "Зеленский Владимир")
    clock = statistics.median(timed(lambda a, b: None, made))
    for name, function in (
        ("compare, cold", norm.compare),
        ("compare, warm", norm.compare),
        ("WRatio", fuzz.WRatio),
    ):
        times = [t - clock for t in timed(function, made)]
        print(f"{name}\tmedian {statistics.median(times):.2f} µs\tmean {statistics.fmean(times):.2f} µs a pair")


def timed(function: Callable[[str, str], object], made: list[Pair]) -> list[float]:
    """CPU time of each call, in microseconds."""
    times = []
    for a, b in made:
        start = time.process_time_ns()
        function(a, b)
        times.append((time.process_time_ns() - start) / 1000)
    return times


if __name__ == "__main__":
    main()
