"""Fit the confidence of lookups and mentions (``src/entnorm/match/tables/confidence.json``).

``lookup``: entities of the shipped index are asked for by a listed name as it is, misspelled, without the given name,
or with all they have in common with other entities; for every fourth query the entity itself is taken out of the
answer, as if nobody listed it. Every seventh query about a person has one word replaced by that of somebody else, so
that it names nobody listed and has no right answer. A candidate is right if it is the entity asked for. Folds are split
by entity.

``mention``: documents with marked mentions are read (``--gold``, JSON Lines as ``entnorm eval`` reads them); a mention
is right if it overlaps one of its kind and, where known, has an accepted id, lies within 161 km, or has an accepted
name. Folds are split by document. Only the handful of coefficients is kept.

This is ``entnorm eval fit`` for the index that ships, except that models without gold stay as they are.
Run: ``python tools/fit_confidence.py --gold DOCS.jsonl [...]``; ``--queries 0`` leaves the lookup models alone.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

from entnorm.evaluate.calibrate import FOLDS, calibration, document_observations  # noqa: E402
from entnorm.evaluate.gold import GoldDocument, parse  # noqa: E402
from entnorm.evaluate.made_up import lookup_observations  # noqa: E402
from entnorm.evaluate.recorder import Observation, Recorder  # noqa: E402
from entnorm.gazetteer.catalog import SHIPPED  # noqa: E402
from entnorm.pipeline import load  # noqa: E402

OUT = ROOT / "src/entnorm/match/tables/confidence.json"


def observations(files: list[Path], queries: int) -> Iterator[Observation]:
    """What made-up queries and marked documents teach."""
    recorder = Recorder()
    norm = load(calibration=recorder)
    yield from lookup_observations(norm.matcher, norm.indexes[0], queries, FOLDS)
    for file in files:
        gold = [parse(json.loads(line)) for line in file.open(encoding="utf-8")]
        documents = [g for g in gold if isinstance(g, GoldDocument)]
        kinds = frozenset(m.kind for d in documents for m in d.mentions if m.kind is not None)
        yield from document_observations(norm, recorder, documents, kinds, FOLDS)


def main() -> int:
    """Fit, report, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", nargs="*", type=Path, default=[])
    parser.add_argument("--queries", type=int, default=6000)
    args = parser.parse_args()
    fitted, missing = calibration(observations(args.gold, args.queries), SHIPPED)
    table = json.loads(OUT.read_text(encoding="utf-8"))
    table["gazetteers"] = sorted(SHIPPED)
    table["models"] |= fitted["models"]
    table["out_of_fold"] |= fitted["out_of_fold"]
    OUT.write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")
    print(json.dumps({"out_of_fold": fitted["out_of_fold"], "too few": missing}, indent=1))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
