"""Fit the weights of name comparison (``src/entnorm/match/tables/compare.json``).

Pairs are made from the name groups and the people gazetteer, never taken from an evaluation set: one bearer written
twice in different scripts, transcriptions and shapes is a match; bearers that share a family name, share given names,
look or sound alike, or differ in one word of several are not. Groups and people are split into folds, so that no name
of the test fold was seen in fitting. Run: ``python tools/fit_compare.py [--pairs 40000]``; deterministic.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

import numpy as np
from rapidfuzz.distance import Levenshtein

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

from entnorm.gazetteer.catalog import read_source  # noqa: E402
from entnorm.gazetteer.names import NameLexicon  # noqa: E402
from entnorm.gazetteer.names_compile import compile_names, read_rows  # noqa: E402
from entnorm.match.compare import Comparer, pair_features  # noqa: E402
from entnorm.text.keys import key, sounds  # noqa: E402
from entnorm.text.scripts import script_of  # noqa: E402

NAMES = ROOT / "data/gazetteers/names"
OUT = ROOT / "src/entnorm/match/tables/compare.json"
TITLES = ("Mr.", "Dr.", "President", "Sir", "Prof.", "Herr", "Sheikh", "Gen.")
PARTICLES = ("de", "van", "bin", "al", "von", "da")


class Pool:
    """Given and family names by group, with lookalikes."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        roles = {row[0]: row[1] for row in read_rows(NAMES / "roles.tsv", 4)}
        self.groups: dict[str, list[list[str]]] = {"given": [], "family": []}
        for _, forms in read_rows(NAMES / "groups.tsv", 2):
            words = [w for w in forms.split("|") if " " not in w and len(w) > 1]
            role = next((roles[w] for w in words if w in roles), "")
            if role in self.groups and any(script_of(w) == "Latn" for w in words):
                self.groups[role].append(words)
        self.alike: dict[str, dict[str, list[int]]] = {r: defaultdict(list) for r in self.groups}
        for role, groups in self.groups.items():
            for i, words in enumerate(groups):
                for word in words[:4]:
                    for sound in sounds(key(word))[:1]:
                        self.alike[role][sound[:2]].append(i)

    def pick(self, role: str, fold: int, folds: int) -> int:
        """A random group of a fold."""
        size = len(self.groups[role])
        return self.rng.randrange(size // folds) * folds + fold

    def lookalike(self, role: str, group: int) -> int:
        """Another group that begins with the same sounds."""
        word = self.groups[role][group][0]
        options = [i for s in sounds(key(word))[:1] for i in self.alike[role][s[:2]] if i != group]
        if not options:
            return group + 1 if group + 1 < len(self.groups[role]) else 0
        if self.rng.random() < 0.4:
            return self.rng.choice(options)
        sample = self.rng.sample(options, min(25, len(options)))
        mine = key(word)
        return max(sample, key=lambda i: Levenshtein.normalized_similarity(mine, key(self.groups[role][i][0])))

    def form(self, role: str, group: int, script: str | None) -> str:
        """A form of a group, in a script if it has one."""
        words = self.groups[role][group]
        chosen = [w for w in words if script_of(w) == script] if script else words
        return self.rng.choice(chosen or words).title()


def typo(word: str, rng: random.Random) -> str:
    """One random edit inside a word."""
    at = rng.randrange(1, len(word)) if len(word) > 2 else 1
    kind = rng.random()
    if kind < 0.3:
        return word[:at] + word[at + 1 :]
    if kind < 0.6:
        return word[:at] + rng.choice("aeinorstlk") + word[at:]
    if kind < 0.8 and at + 1 < len(word):
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return word[:at] + rng.choice("aeinorstlk") + word[at + 1 :]


def shape(given: list[str], family: list[str], rng: random.Random) -> str:
    """A name as somebody might write it: order, middle names, initials, titles, case, typing errors."""
    given = list(given)
    if len(given) > 1 and rng.random() < 0.35:
        given.pop()
    if given and rng.random() < 0.06:
        given = [g[0] + "." for g in given]
    elif len(given) > 1 and rng.random() < 0.2:
        given[-1] = given[-1][0] + "."
    words = [*given, *family]
    if rng.random() < 0.12:
        words = [*family, *given] if rng.random() < 0.6 else [family[0].upper() + ",", *given]
    if rng.random() < 0.18:
        i = rng.randrange(len(words))
        if len(words[i]) > 4 and "." not in words[i] and "," not in words[i]:
            words[i] = typo(words[i], rng)
    text = " ".join(words)
    if rng.random() < 0.05:
        text = f"{rng.choice(TITLES)} {text}"
    if rng.random() < 0.05:
        text = text.upper()
    if rng.random() < 0.02:
        text = text.replace(" ", "")
    return text


def synthetic(pool: Pool, fold: int, folds: int, match: bool) -> tuple[str, str]:
    """A pair of made-up bearers of real names."""
    rng = pool.rng
    given = [pool.pick("given", fold, folds) for _ in range(rng.choice((1, 1, 1, 2, 2, 3)))]
    family = [pool.pick("family", fold, folds) for _ in range(rng.choice((1, 1, 1, 1, 2)))]
    other_given, other_family = list(given), list(family)
    if not match:
        how = rng.random()
        at = rng.randrange(len(given))
        if how < 0.3:
            other_given[at] = pool.lookalike("given", given[at])
        elif how < 0.5:
            other_given[at] = pool.pick("given", fold, folds)
        elif how < 0.75:
            i = rng.randrange(len(family))
            other_family[i] = pool.lookalike("family", family[i])
        elif how < 0.87:
            other_family[0] = pool.pick("family", fold, folds)
        else:
            other_given = [pool.lookalike("given", given[0])]
            other_family = [pool.lookalike("family", family[0])]
    scripts = rng.choice(
        (
            ("Latn", "Latn"),
            ("Latn", "Latn"),
            ("Latn", "Latn"),
            ("Cyrl", "Latn"),
            ("Cyrl", "Cyrl"),
            ("Latn", None),
            (None, None),
        )
    )
    if rng.random() < 0.45:
        scripts = ("Latn", rng.choice(("Cyrl", "Hebr", "Arab", "Hang", "Jpan", "Hani", "Hebr", "Hang")))
    if rng.random() < 0.07:
        return chain(pool, given, match)
    particle = [rng.choice(PARTICLES)] if rng.random() < 0.12 else []
    space = "·" if scripts[1] in ("Hani", "Jpan") else " "
    one = shape(
        [pool.form("given", g, scripts[0]) for g in given],
        [*particle, *(pool.form("family", f, scripts[0]) for f in family)],
        rng,
    )
    keep = particle if rng.random() < 0.8 else []
    two = shape(
        [pool.form("given", g, scripts[1]) for g in other_given],
        [*keep, *(pool.form("family", f, scripts[1]) for f in other_family)],
        rng,
    )
    return one, two.replace(" ", space) if script_of(two) in ("Hani", "Jpan") else two


def chain(pool: Pool, given: list[int], match: bool) -> tuple[str, str]:
    """Arabic-style chains of fathers: the same names in another order are another person."""
    rng = pool.rng
    names = [pool.form("given", g, "Latn") for g in (given * 2)[:2]]
    names[1] = pool.form("given", pool.lookalike("given", given[0]), "Latn") if names[0] == names[1] else names[1]
    tail = pool.form("family", pool.pick("family", 0, 1), "Latn")
    link = rng.choice(("bin", "ibn", "ben"))
    one = f"{names[0]} {link} {names[1]} al-{tail}"
    two = (
        f"{names[0]} {link} {names[1]} al-{tail}"
        if match
        else f"{names[1]} {rng.choice((link, 'bin'))} {names[0]} al-{tail}"
    )
    return one, two.upper() if rng.random() < 0.5 else two


class Listed:
    """Pairs of spellings of listed people."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.people = [r for r in read_source(ROOT / "data/gazetteers/people") if r.given and r.family]
        self.by_family: dict[str, list[int]] = defaultdict(list)
        for i, person in enumerate(self.people):
            for sound in sounds(key(person.family).replace(" ", ""))[:1]:
                self.by_family[sound[:3]].append(i)

    def pair(self, fold: int, folds: int, match: bool) -> tuple[str, str]:
        """Two spellings of one person, or of two whose family names sound alike."""
        rng = self.rng
        i = rng.randrange(len(self.people) // folds) * folds + fold
        person = self.people[i]
        names = [n.text for n in person.names if " " in n.text or script_of(n.text) not in ("Latn", "Cyrl")]
        if match and len(names) > 1:
            return rng.choice(names), rng.choice(names)
        sound = next(iter(sounds(key(person.family).replace(" ", ""))), "")[:3]
        options = [j for j in self.by_family[sound] if j != i] or [(i + folds) % len(self.people)]
        other = self.people[rng.choice(options)]
        return rng.choice(names or [person.name]), rng.choice([n.text for n in other.names])


def fit(x: np.ndarray, y: np.ndarray, ridge: float = 2e-5, steps: int = 60) -> np.ndarray:
    """Logistic regression by Newton's method; the first column is the intercept and is not shrunk."""
    w = np.zeros(x.shape[1])
    penalty = np.full(x.shape[1], ridge * len(y))
    penalty[0] = 0.0
    for _ in range(steps):
        p = 1 / (1 + np.exp(-np.clip(x @ w, -30, 30)))
        gradient = x.T @ (p - y) + penalty * w
        hessian = (x * (p * (1 - p))[:, None]).T @ x + np.diag(penalty + 1e-9)
        step = np.linalg.solve(hessian, gradient)
        w -= step
        if np.abs(step).max() < 1e-7:
            break
    return w


def reliability(p: np.ndarray, y: np.ndarray) -> dict[str, float]:
    """Expected calibration error over ten bins, Brier score, F1 at one half, share right."""
    bins = np.minimum(9, (p * 10).astype(int))
    ece = sum(abs(p[bins == b].sum() - y[bins == b].sum()) for b in range(10)) / len(y)
    said = p >= 0.5
    tp = float((said & (y == 1)).sum())
    f1 = 2 * tp / (2 * tp + float((said & (y == 0)).sum()) + float((~said & (y == 1)).sum()))
    return {
        "ece": round(float(ece), 4),
        "brier": round(float(((p - y) ** 2).mean()), 4),
        "f1": round(f1, 4),
        "right": round(float((said == y).mean()), 4),
    }


def main() -> int:
    """Make pairs, fit on all but the last fold, report on the last, write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=40_000)
    parser.add_argument("--folds", type=int, default=5)
    args = parser.parse_args()
    rng = random.Random(20261)
    with tempfile.TemporaryDirectory() as scratch:
        compile_names(NAMES, Path(scratch) / "names")
        comparer = Comparer(NameLexicon.open(Path(scratch) / "names"))
        pool, listed = Pool(rng), Listed(rng)
        rows, labels, folds = [], [], []
        for n in range(args.pairs):
            fold, match = n % args.folds, rng.random() < 0.5
            pair = (
                synthetic(pool, fold, args.folds, match) if rng.random() < 0.6 else listed.pair(fold, args.folds, match)
            )
            rows.append(pair_features(comparer.pair(*pair)))
            labels.append(float(match))
            folds.append(fold)
    names = list(rows[0])
    x = np.array([[1.0, *(r[f] for f in names)] for r in rows])
    y, fold_of = np.array(labels), np.array(folds)
    held = np.zeros(len(y))
    for fold in range(args.folds):
        w = fit(x[fold_of != fold], y[fold_of != fold])
        held[fold_of == fold] = 1 / (1 + np.exp(-x[fold_of == fold] @ w))
    report = reliability(held, y)
    w = fit(x, y)
    table = {
        "id": "compare-1",
        "fitted_on": f"{args.pairs} pairs made by tools/fit_compare.py, {args.folds} folds by name group and person",
        "out_of_fold": report,
        "coefficients": {n: round(float(v), 4) for n, v in zip(["intercept", *names], w, strict=True)},
    }
    OUT.write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(table, indent=1))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
