"""Time and accuracy of a lookup in a gazetteer of 50,000 names, against a RapidFuzz scan of the same names.

The gazetteer is one name each (the canonical English one) of people and places of the shipped index. Queries are other
names that the shipped index lists for them - in other scripts, other languages, other spellings - and those names with
a letter wrong. Each query is asked once, in a warm process; the name knowledge that ships is used, the shipped index's
own list of names is not (it would know the answers). The scan compares the romanized query with all romanized names.
Both run on one thread and are timed in CPU time in the same run. Target: at most 3 ms a query.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from rapidfuzz import fuzz, process
from retrieval import edited

from entnorm.gazetteer.records import Record
from entnorm.index.build import build_index
from entnorm.index.store import Index
from entnorm.match.matcher import Matcher
from entnorm.match.shipped import shipped_lexicon, shipped_path
from entnorm.text.keys import key
from entnorm.text.scripts import script_of

WARM_UP = 200
Answer = Callable[[str], str | None]


def gazetteer(shipped: Index, size: int, rng: random.Random) -> list[int]:
    """Entity numbers: half of them people as far as there are so many."""
    people = [n for n in range(len(shipped)) if shipped.kind(n) == "person"]
    places = [n for n in range(len(shipped)) if shipped.kind(n) == "place"]
    people = rng.sample(people, min(len(people), size // 2))
    return people + rng.sample(places, min(len(places), size - len(people)))


def queries(shipped: Index, entities: Sequence[int], count: int, rng: random.Random) -> list[tuple[str, str]]:
    """``(name, id)``: other names than the canonical ones, a third of the Latin ones misspelled."""
    found: list[tuple[str, str]] = []
    while len(found) < count:
        entity = rng.choice(entities)
        facts = shipped.facts(entity)
        name = shipped.name_text(rng.choice(shipped.name_rows(entity)))
        if key(name) and key(name) != key(facts.name_in("en")):
            if script_of(name) == "Latn" and len(name) > 5 and rng.random() < 0.34:
                name = edited(name, 1, rng)
            found.append((name, facts.id))
    return found


def measured(title: str, answer: Answer, asked: Sequence[tuple[str, str]]) -> float:
    """Print and return the mean CPU time of an answer in milliseconds, with the share answered rightly."""
    start = time.process_time()
    answers = [answer(name) for name, _ in asked]
    spent = (time.process_time() - start) / len(asked) * 1000
    right = sum(a == wanted for a, (_, wanted) in zip(answers, asked, strict=True)) / len(asked)
    print(f"{title}\t{spent:.2f} ms a query\taccuracy@1 {right:.3f}")
    return spent


def main() -> None:
    """Measure and print one figure a line, tab-separated."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--names", type=int, default=50_000, metavar="N", help="size of the gazetteer")
    parser.add_argument("--queries", type=int, default=1500, metavar="N")
    parser.add_argument("--scans", type=int, default=60, metavar="N", help="queries answered by the scan")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    rng = random.Random(options.seed)
    shipped = Index.open(shipped_path())
    entities = gazetteer(shipped, options.names, rng)
    records = [Record(shipped.facts(n).id, shipped.kind(n), shipped.facts(n).name_in("en")) for n in entities]
    with tempfile.TemporaryDirectory() as folder:
        matcher = Matcher([Index.open(build_index(records, Path(folder) / "x"))], lexicon=shipped_lexicon())
        asked = queries(shipped, entities, options.queries + WARM_UP, rng)

        def lookup(name: str) -> str | None:
            found = matcher.lookup(name, limit=5)
            return found[0].entity_id if found else None

        for name, _ in asked[:WARM_UP]:
            lookup(name)
        print(f"names\t{len(records):,}")
        ours = measured("lookup", lookup, asked[WARM_UP:])
    keys = {record.id: key(record.name) for record in records}

    def scan(name: str) -> str | None:
        best = process.extractOne(key(name), keys, scorer=fuzz.ratio, processor=None)
        return best[2] if best else None

    theirs = measured("scan, ratio", scan, asked[WARM_UP : WARM_UP + options.scans])
    print(f"scan / lookup\t{theirs / ours:.1f}\tlookup target\t3.00 ms")


if __name__ == "__main__":
    main()
