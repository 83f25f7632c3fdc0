"""Measure the transliteration model: which of 50,000 Latin names does a name in another script stand for?

    python tools/names/translit_measure.py --tables FOLDER [--queries FILE --names FILE]

Without files: the held-out tenth of the groups against 50,000 Latin names; FOLDER must come from
``translit_train.py --held-out``. With files: JSON Lines of queries (query, lang, target_ids) and names (id,
names). Prints per script or language accuracy@1 of romanization with RapidFuzz, and of the model choosing
among the candidates that its hypotheses and the romanization bring; ``reach`` is how often the right name is
among them.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections import defaultdict
from pathlib import Path

import numpy as np
from rapidfuzz import fuzz, process
from translit_pairs import held_out, modelled, read_groups

from entnorm.text import translit_model as model
from entnorm.text.keys import key

NAMES, PER_SCRIPT, CANDIDATES = 50_000, 500, 200
Query = tuple[str, str, set[str]]


def held_out_set(path: Path) -> tuple[list[Query], list[str]]:
    """Queries of the held-out groups and the gazetteer they are looked up in."""
    chance = random.Random(1)
    everything: set[str] = set()
    wanted: set[str] = set()
    by_script: dict[str, list[Query]] = defaultdict(list)
    for group in read_groups(path):
        everything.update(group.latin)
        if held_out(group.identifier):
            wanted.update(group.latin)
            for form in group.other:
                script, source = model.units(form)
                if modelled(script, source):
                    by_script[script].append((script, form, set(group.latin)))
    rest = sorted(everything - wanted)
    names = sorted(wanted) + chance.sample(rest, NAMES - len(wanted))
    queries = [q for _, found in sorted(by_script.items()) for q in chance.sample(found, min(PER_SCRIPT, len(found)))]
    return queries, sorted(names)


def file_set(queries: Path, names: Path) -> tuple[list[Query], list[str], dict[str, set[str]]]:
    """Queries and names of JSON Lines files."""
    ids: dict[str, set[str]] = defaultdict(set)
    for line in names.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        for name in row["names"]:
            ids[key(name)].add(row["id"])
    rows = [json.loads(line) for line in queries.read_text(encoding="utf-8").splitlines()]
    return [(r["lang"], r["query"], set(r["target_ids"])) for r in rows], sorted(ids), ids


def candidates(query: str, names: list[str], spellings: list[str], limit: int) -> tuple[str, list[int]]:
    """RapidFuzz's answer for the romanized query, and the nearest names to it and to the hypotheses."""
    table = process.cdist([key(query), *spellings], names, scorer=fuzz.ratio, dtype=np.uint8)
    first = names[int(table[0].argmax())]
    merged = table.max(axis=0)
    nearest = np.argpartition(-merged.astype(np.int16), limit)[:limit]
    return first, sorted(int(i) for i in nearest)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--groups", type=Path, default=Path("data/gazetteers/names/groups.tsv"))
    parser.add_argument("--tables", type=Path)
    parser.add_argument("--queries", type=Path)
    parser.add_argument("--names", type=Path)
    parser.add_argument("--limit", type=int, default=0, help="queries per script or language")
    arguments = parser.parse_args()
    channel = model.Transliterator(arguments.tables) if arguments.tables else model.shipped()
    ids: dict[str, set[str]] | None = None
    if arguments.queries:
        queries, names, ids = file_set(arguments.queries, arguments.names)
    else:
        queries, names = held_out_set(arguments.groups)
    tallies: dict[str, list[tuple[float, float, bool, float]]] = defaultdict(list)
    for label, query, targets in queries:
        if arguments.limit and len(tallies[label]) >= arguments.limit:
            continue
        begin = time.perf_counter()
        spellings = [latin for latin, _ in channel.hypotheses(query, 5)]
        middle = time.perf_counter()
        first, near = candidates(query, names, spellings, CANDIDATES)
        chosen = [names[i] for i in near]
        start = time.perf_counter()
        found = channel.scores(query, chosen)
        took = 1000 * (time.perf_counter() - start + middle - begin)

        def right(name: str, targets: set[str] = targets) -> float:
            # Names of one key are told apart by chance here.
            return len(ids[name] & targets) / len(ids[name]) if ids is not None else name in targets

        best = chosen[int(np.nan_to_num(found, nan=-99).argmax())]
        tallies[label].append((right(first), right(best), max(map(right, chosen)) > 0, took))
    for label, rows in sorted(tallies.items()):
        table = np.array(rows, dtype=float)
        print(
            f"{label}\tn={len(rows)}\trapidfuzz={table[:, 0].mean():.3f}\tmodel={table[:, 1].mean():.3f}"
            f"\treach={table[:, 2].mean():.3f}\tms={np.median(table[:, 3]):.2f}"
        )


if __name__ == "__main__":
    main()
