"""Fit the confidence of lookups and mentions (``src/entnorm/match/tables/confidence.json``).

``lookup``: entities of the shipped index are asked for by a listed name as it is, misspelled, without the given name,
or with all they have in common with other entities; for every fourth query the entity itself is taken out of the
answer, as if nobody listed it. Every seventh query about a person has one word replaced by that of somebody else, so
that it names nobody listed and has no right answer. A candidate is right if it is the entity asked for. Folds are split
by entity.

``mention``: documents with marked mentions are read (``--gold``, JSON Lines with ``text``, ``lang`` and ``mentions`` of
``start, end, type`` and, where known, ``names`` accepted or ``lat, lon``); a mention is right if it overlaps one
of its kind and, where known, has an accepted name or lies within 161 km. Folds are split by document. Only the handful
of coefficients is kept.

Run: ``python tools/fit_confidence.py --gold DOCS.jsonl [...]``; without ``--gold`` the mention model is left as it is.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))
sys.path.insert(0, str(ROOT / "tools"))

from entnorm.gazetteer.catalog import SHIPPED  # noqa: E402
from entnorm.match.calibrate import features, kind_of, log_odds  # noqa: E402
from entnorm.match.query import Query  # noqa: E402
from entnorm.mentions.merge import UnlistedSpan  # noqa: E402
from entnorm.mentions.merge import kind_of as kind_of_span  # noqa: E402
from entnorm.mentions.places import PlaceSpan  # noqa: E402
from entnorm.pipeline import Normalizer, load  # noqa: E402
from entnorm.resolve.places import country_shares, decide, named_divisions  # noqa: E402
from entnorm.text.fold import fold  # noqa: E402
from entnorm.text.keys import key  # noqa: E402
from entnorm.text.language import check_lang, identify  # noqa: E402
from entnorm.text.scripts import script_of  # noqa: E402
from fit_compare import fit, reliability, typo  # noqa: E402

OUT = ROOT / "src/entnorm/match/tables/confidence.json"
KIND = {"PER": "person", "LOC": "place"}
_GOLD = {"person": "PER", "place": "LOC"}


def sample_entities(norm: Normalizer, rng: random.Random, count: int) -> list[int]:
    """Entity numbers, prominent ones more often, as in the news."""
    index = norm.indexes[0]
    weight = np.asarray(index.arrays["entity_prominence"], dtype=np.float64) ** 6
    return rng.choices(range(len(weight)), weights=weight.tolist(), k=count)


def asked(text: str, person: bool, rng: random.Random) -> str:
    """How somebody may write a listed name."""
    words = text.split()
    if person and len(words) > 1 and rng.random() < 0.25:
        return words[-1]
    if rng.random() < 0.4:
        longest = max(range(len(words)), key=lambda i: len(words[i]))
        if len(words[longest]) > 4:
            words[longest] = typo(words[longest], rng)
            if rng.random() < 0.25:
                words[longest] = typo(words[longest], rng)
    return " ".join(words)


def nonsense(rng: random.Random) -> str:
    """A word that names nothing."""
    return "".join(rng.choice("bcdfghklmnprstvz") + rng.choice("aeiou") for _ in range(rng.randint(2, 4))).title()


def near_miss(norm: Normalizer, name: str, rng: random.Random) -> str | None:
    """A person's name with one word replaced by that of another listed person; ``None`` if somebody bears it."""
    index, finder = norm.indexes[0], norm.matcher.candidate_finders[0]
    words = name.split()
    at = rng.randrange(len(words))
    others = [e for e in sample_entities(norm, rng, 40) if index.kind(e) == "person"]
    for entity in others:
        theirs = index.name_text(rng.choice(list(index.name_rows(entity)))).split()
        if len(theirs) != len(words) or script_of(theirs[at]) != script_of(words[at]) or theirs[at] == words[at]:
            continue
        made = " ".join([*words[:at], theirs[at], *words[at + 1 :]])
        return made if finder.keys.key_id(key(made)) is None else None
    return None


def lookup_rows(norm: Normalizer, count: int, folds: int) -> tuple[list[dict[str, Any]], list[float], list[int]]:
    """Features and labels of the candidates of made-up queries."""
    rng = random.Random(7)
    index = norm.indexes[0]
    rows, labels, fold_of = [], [], []
    for n, entity in enumerate(sample_entities(norm, rng, count)):
        names = list(index.name_rows(entity))
        name = index.name_text(rng.choice(names))
        person = index.kind(entity) == "person"
        kind = rng.choice((None, index.kind(entity)))
        query = nonsense(rng) if n % 10 == 9 else asked(name, person, rng)
        missed = near_miss(norm, name, rng) if person and n % 7 == 3 and len(name.split()) > 1 else None
        ranked = norm.matcher.rank(Query.of(missed or query, kind=kind))
        if missed:
            fold_of += [entity % folds] * min(2, len(ranked))
            labels += [0.0] * min(2, len(ranked))
            rows += [{"kind": kind_of(s), "model": "lookup", **features(ranked, i)} for i, s in enumerate(ranked[:2])]
            continue
        if n % 4 == 0 or n % 10 == 9:
            ranked = [s for s in ranked if s.entity != entity]
        for i in range(min(2, len(ranked))):
            rows.append({"kind": kind_of(ranked[i]), "model": "lookup", **features(ranked, i)})
            labels.append(float(ranked[i].entity == entity))
            fold_of.append(entity % folds)
    return rows, labels, fold_of


def km(a: float, b: float, c: float, d: float) -> float:
    """Great-circle distance in kilometres between two points in degrees."""
    p, q = math.radians(a), math.radians(c)
    h = math.sin((q - p) / 2) ** 2 + math.cos(p) * math.cos(q) * math.sin(math.radians(d - b) / 2) ** 2
    return 12742.0 * math.asin(min(1.0, math.sqrt(h)))


def is_right(mention: dict[str, Any], gold: list[dict[str, Any]]) -> bool | None:
    """Whether a mention is right; ``None`` where the gold leaves it open."""
    touching = [g for g in gold if g["start"] < mention["end"] and mention["start"] < g["end"]]
    same = [g for g in touching if KIND.get(g["type"]) == mention["kind"] and not g.get("ignore")]
    if not same:
        return None if any(g.get("ignore") for g in touching) else False
    best = same[0]
    if not mention["listed"]:
        return True
    if best.get("names"):
        return fold(mention["name"]) in {fold(n) for n in best["names"]}
    if best.get("lat") is not None:
        return mention["lat"] is not None and km(best["lat"], best["lon"], mention["lat"], mention["lon"]) <= 161
    return True


def mention_rows(
    norm: Normalizer, files: list[Path], folds: int
) -> tuple[list[dict[str, Any]], list[float], list[int]]:
    """Features and labels of the mentions found in marked documents."""
    rows, labels, fold_of = [], [], []
    number = 0
    for file in files:
        marked = {m["type"] for line in file.open(encoding="utf-8") for m in json.loads(line)["mentions"]}
        for line in file.open(encoding="utf-8"):
            doc = json.loads(line)
            number += 1
            lang = check_lang(doc.get("lang")) or identify(doc["text"])
            spans = norm.spans(doc["text"], lang)
            places = [s for s in spans if isinstance(s, PlaceSpan)]
            shares, divisions = country_shares(places), named_divisions(places)
            for span in spans:
                kind = kind_of_span(span)
                found: dict[str, Any] = {"start": span.start, "end": span.end, "kind": kind, "listed": False}
                if isinstance(span, UnlistedSpan):
                    row = {"kind": kind, "model": "unlisted", "odds": log_odds(span.belief)}
                else:
                    ranked = decide(span, shares, divisions) if isinstance(span, PlaceSpan) else list(span.ranked)
                    best = ranked[0]
                    lat, lon = best.index.location(best.entity)
                    found |= {
                        "listed": True,
                        "name": best.index.facts(best.entity).name_in("en"),
                        "lat": lat,
                        "lon": lon,
                    }
                    row = {
                        **features(ranked, 0),
                        "odds": log_odds(span.belief),
                        "kind": kind,
                        "model": "mention",
                    }
                right = is_right(found, doc["mentions"]) if _GOLD[kind] in marked else None
                if right is not None:
                    rows.append(row)
                    labels.append(float(right))
                    fold_of.append(number % folds)
    return rows, labels, fold_of


def fitted(
    rows: list[dict[str, float]], labels: list[float], fold_of: list[int], folds: int
) -> tuple[dict[str, float], dict[str, Any]]:
    """Coefficients on all rows, and the reliability of fits that did not see the fold they are asked about."""
    names = list(rows[0])
    x = np.array([[1.0, *(r[n] for n in names)] for r in rows])
    y, where = np.array(labels), np.array(fold_of)
    held = np.zeros(len(y))
    for part in range(folds):
        w = fit(x[where != part], y[where != part], ridge=1e-5)
        held[where == part] = 1 / (1 + np.exp(-x[where == part] @ w))
    w = fit(x, y, ridge=1e-5)
    sure = held >= 0.9
    report = {
        "n": len(y),
        **reliability(held, y),
        "right_at_0.9": round(float(y[sure].mean()), 4) if sure.any() else None,
        "share_at_0.9": round(float(sure.mean()), 4),
    }
    return {n: round(float(v), 4) for n, v in zip(["intercept", *names], w, strict=True)}, report


def main() -> int:
    """Fit, report, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", nargs="*", type=Path, default=[])
    parser.add_argument("--queries", type=int, default=6000)
    parser.add_argument("--folds", type=int, default=5)
    args = parser.parse_args()
    norm = load()
    table = json.loads(OUT.read_text(encoding="utf-8"))
    table["id"], table["gazetteers"] = "confidence-1", sorted(SHIPPED)
    made = [lookup_rows(norm, args.queries, args.folds)] if args.queries else []
    made += [mention_rows(norm, args.gold, args.folds)] if args.gold else []
    by_model: dict[str, list[tuple[dict[str, float], float, int]]] = defaultdict(list)
    for rows, labels, folds in made:
        for row, label, part in zip(rows, labels, folds, strict=True):
            by_model[f"{row.pop('model')}_{row.pop('kind')}"].append((row, label, part))
    for name, triples in sorted(by_model.items()):
        columns = [list(column) for column in zip(*triples, strict=True)]
        table["models"][name], table["out_of_fold"][name] = fitted(*columns, args.folds)
    OUT.write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(table["out_of_fold"], indent=1))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
