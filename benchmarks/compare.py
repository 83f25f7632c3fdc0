"""CPU time of comparing two names, against RapidFuzz's WRatio on the same pairs in the same run.

Pairs are made from the shipped index: spellings of one person, and of two people. *Cold* is the first pass over the
pairs, *warm* the second, when words seen before are known. WRatio has no memory and is measured once.
"""

from __future__ import annotations

import argparse
import random
import time

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
    times = {}
    for name in ("cold", "warm"):
        start = time.process_time()
        for a, b in made:
            norm.compare(a, b)
        times[name] = (time.process_time() - start) / len(made) * 1e6
    start = time.process_time()
    for a, b in made:
        fuzz.WRatio(a, b)
    base = (time.process_time() - start) / len(made) * 1e6
    for name, value in times.items():
        print(f"compare, {name}\t{value:.0f} µs a pair\t{value / base:.0f} times WRatio")
    print(f"WRatio\t{base:.2f} µs a pair")


if __name__ == "__main__":
    main()
