"""Recall and speed of retrieval against a RapidFuzz scan of the same keys.

Keys of five letters and more are drawn from an index and misspelled by one or two random letters. A key counts
as found when it is among the twenty best: of the keys retrieved, or, in the scan, of all keys, both ordered by
the normalised Levenshtein similarity. Recall is the share of what the scan finds that retrieval finds too. Both
sides are timed on one thread in the same run, in CPU time. Targets: recall at least 0.99, speed at least 50
times the scan.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from rapidfuzz import fuzz, process
from rapidfuzz.distance import Levenshtein

from entnorm.index.retrieve import KeyRetriever
from entnorm.index.store import Index
from entnorm.match.shipped import shipped_path

LETTERS = "abcdefghijklmnopqrstuvwxyz"
TOP = 20
Search = Callable[[str], object]


def edited(key: str, edits: int, rng: random.Random) -> str:
    """``key`` with random letters inserted, deleted, substituted or swapped; always another string."""
    out = key
    while out == key:
        out = key
        for _ in range(edits):
            i, letter, how = rng.randrange(len(out)), rng.choice(LETTERS), rng.randrange(4)
            if how == 3:
                out = out[:i] + out[i + 1 : i + 2] + out[i] + out[i + 2 :]
            else:
                out = out[:i] + (letter if how else "") + out[i + (how < 2) :]
        out = " ".join(out.split())
    return out


def among_the_best(query: str, wanted: str, pool: Sequence[str]) -> bool:
    """Whether fewer than twenty of ``pool`` are more like ``query`` than ``wanted`` is."""
    mine = Levenshtein.normalized_similarity(query, wanted)
    scores = process.cdist([query], pool, scorer=Levenshtein.normalized_similarity, dtype=np.float64)
    return int((scores > mine + 1e-12).sum()) < TOP


def recall(retriever: KeyRetriever, keys: Sequence[str], pairs: Sequence[tuple[str, str]]) -> tuple[int, int]:
    """Found by retrieval, and found by the scan. The scan is run where retrieval fails: else its answer is known."""
    found = due = 0
    for wanted, query in pairs:
        candidates = [retriever.key_text(k) for k in retriever.near(query).tolist()]
        if wanted in candidates and among_the_best(query, wanted, candidates):
            found, due = found + 1, due + 1
        elif among_the_best(query, wanted, keys):
            due += 1
    return found, due


def milliseconds(search: Search, queries: Sequence[str]) -> float:
    """Mean CPU time of one search."""
    search(queries[0])
    start = time.process_time()
    for query in queries:
        search(query)
    return (time.process_time() - start) / len(queries) * 1000


def timed(retriever: KeyRetriever, keys: Sequence[str], queries: Sequence[str], scans: int) -> None:
    """Print the time of a search by retrieval and by three ways of scanning."""

    def retrieve(query: str) -> object:
        pool = {k: retriever.key_text(k) for k in retriever.near(query).tolist()}
        return process.extract(query, pool, scorer=Levenshtein.normalized_similarity, processor=None, limit=TOP)

    ours = milliseconds(retrieve, queries)
    print(f"retrieval, ordered\t{ours:.2f} ms a query")
    scorers = {
        "extract, Levenshtein": Levenshtein.normalized_similarity,
        "extract, ratio": fuzz.ratio,
    }
    for name, scorer in scorers.items():

        def scan(query: str, scorer: object = scorer) -> object:
            return process.extract(query, keys, scorer=scorer, processor=None, limit=TOP)

        scanned = milliseconds(scan, queries[:scans])
        print(f"{name}\t{scanned:.1f} ms a query\t{scanned / ours:.0f} times retrieval\ttarget 50")


def main() -> None:
    """Measure and print one figure a line, tab-separated."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--index", type=Path, default=shipped_path(), help="default: the shipped index")
    parser.add_argument("--keys", type=int, default=1500, metavar="N", help="keys drawn, each misspelled twice")
    parser.add_argument("--scans", type=int, default=20, metavar="N", help="queries answered by each scan")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    retriever = KeyRetriever(Index.open(options.index))
    keys = [retriever.key_text(k) for k in range(retriever.size)]
    rng = random.Random(options.seed)
    sample = rng.sample([k for k in keys if len(k.replace(" ", "")) >= 5], options.keys)
    print(f"keys\t{len(keys):,}")
    queries: list[str] = []
    for edits in (1, 2):
        pairs = [(wanted, edited(wanted, edits, rng)) for wanted in sample]
        found, due = recall(retriever, keys, pairs)
        print(f"recall@{TOP}, {edits} edit{'s' * (edits > 1)}\t{found / due:.4f}\t{found} of {due}\ttarget 0.99")
        queries += [query for _, query in pairs]
    rng.shuffle(queries)
    timed(retriever, keys, queries, options.scans)


if __name__ == "__main__":
    main()
