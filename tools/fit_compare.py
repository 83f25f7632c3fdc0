"""Fit the weights of name comparison (``src/entnorm/match/tables/compare.json``).

Pairs are made from the name groups and the people gazetteer (``compare_cases.py``), never taken from an evaluation
set. Groups and people are split into folds, so that no name of the test fold was seen in fitting. There are two
models: for names in one script, and for names in two. Run: ``python tools/fit_compare.py [--pairs 60000]``;
deterministic.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
from pathlib import Path
from typing import Any, cast

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tools")]

from compare_cases import Cases, Partial  # noqa: E402
from compare_pairs import NAMES, typo  # noqa: E402
from entnorm.evaluate.reliability import fit, reliability  # noqa: E402
from entnorm.gazetteer.names import NameLexicon  # noqa: E402
from entnorm.gazetteer.names_compile import compile_names  # noqa: E402
from entnorm.match.pair_features import FEATURES, pair_features  # noqa: E402
from entnorm.match.pairing import Pairer  # noqa: E402
from entnorm.text.scripts import script_of  # noqa: E402

OUT = ROOT / "src/entnorm/match/tables/compare.json"
FOLDS = 5
#: Made pairs of one script carry more noise than names in the news do. Log odds are made this much larger, which is
#: the one number that was chosen on pairs from elsewhere: on halves of them by the other half, 1.1 to 1.5 is best.
SHARPER = 1.2
__all__ = ["fit", "reliability", "typo"]


Made = list[tuple[str, str, bool, int]]


#: Added to the coefficients: made pairs cannot say how many fathers and sons, brothers called Hans Friedrich and
#: Friedrich Hans, and sisters called Maria there are in the news. Such names must not be confused.
STATED = {"suffix": -1.0, "swapped_given": -1.0, "genders": -1.0}


def pairs(number: int, across: bool, seed: int, lexicon: NameLexicon) -> Made:
    """Made pairs: two names, whether they are one bearer's, and the fold they belong to."""
    rng = random.Random(seed)
    cases = Cases(rng, FOLDS, lexicon)
    made: Made = []
    while len(made) < number:
        fold, match = len(made) % FOLDS, rng.random() < 0.5
        a, b = cases.two_scripts(fold, match) if across else cases.one_script(fold, match)
        if (script_of(a) != script_of(b)) == across:
            made.append((a, b, match, fold))
    return made


def fitted(made: Made, lexicon: NameLexicon, hidden: tuple[float, ...], sharper: float = 1.0) -> dict[str, Any]:
    """Coefficients from all pairs, and how reliable a fit without their fold is on the pairs of each.

    The lexicon knows every name that the pairs are made of, but not every name in the news: shares of the names,
    ``hidden``, are kept from it, one share for each pair in turn. Every eighth pair is of a script that the learned
    channel does not know. The coefficients are multiplied by ``sharper``.
    """
    pairers = [Pairer(cast(NameLexicon, Partial(lexicon, share, i))) for i, share in enumerate(hidden)]
    deaf = Pairer(lexicon, hears=False)
    rows = []
    for n, (a, b, _, _) in enumerate(made):
        pairer = deaf if n // FOLDS % 8 == 0 else pairers[n // FOLDS % len(pairers)]
        rows.append([1.0, *pair_features(pairer.pair(a, b), pairer)])
    x = np.array(rows)
    y = np.array([float(match) for _, _, match, _ in made])
    fold_of = np.array([fold for _, _, _, fold in made])
    held = np.zeros(len(y))
    for fold in range(FOLDS):
        w = fit(x[fold_of != fold], y[fold_of != fold])
        held[fold_of == fold] = 1 / (1 + np.exp(-x[fold_of == fold] @ w))
    w = sharper * fit(x, y) + np.array([STATED.get(name, 0.0) for name in ("intercept", *FEATURES)])
    return {
        "pairs": len(made),
        "sharper": sharper,
        "out_of_fold": reliability(held, y),
        "coefficients": {n: round(float(v), 4) for n, v in zip(["intercept", *FEATURES], w, strict=True)},
    }


def main() -> int:
    """Make pairs, fit, report what the fits do on the folds they have not seen, write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=60_000)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        compile_names(NAMES, Path(scratch) / "names")
        lexicon = NameLexicon.open(Path(scratch) / "names")
        models = {
            "one_script": fitted(pairs(args.pairs // 2, False, 20261, lexicon), lexicon, (0.0, 0.0, 0.3, 0.6), SHARPER),
            "two_scripts": fitted(pairs(args.pairs // 2, True, 20262, lexicon), lexicon, (0.2, 0.6, 0.9)),
        }
    made_by = f"pairs made by tools/fit_compare.py, {FOLDS} folds by name group and person"
    table = {"id": "compare-2", "fitted_on": made_by, "models": models}
    OUT.write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(table, indent=1))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
