"""Measures a normalizer against gold, one document, pair or name at a time."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

import numpy as np

from entnorm.evaluate.figures import ALL, MEANING, Figure, Result, share
from entnorm.evaluate.gold import GoldDocument, GoldLookup, GoldMention, GoldPair
from entnorm.evaluate.judge import is_near, is_open, is_right, paired, same_id, same_name
from entnorm.evaluate.reliability import SURE, bins, expected_error
from entnorm.models import Comparison, Document, Match, Mention
from entnorm.text.fold import fold

#: An answer with less confidence than this counts as none where nobody is meant.
_SAID = 0.5
_PREFIX = {"mentions": "", "lookups": "lookup_", "pairs": "pair_"}


class Normalizing(Protocol):
    """What is measured: a :class:`~entnorm.pipeline.Normalizer`, or whatever answers as it does."""

    def __call__(self, text: str, *, lang: str | None = None) -> Document:
        """One text."""

    def lookup(self, name: str, *, kind: str | None = None, lang: str | None = None) -> list[Match]:
        """One name."""

    def compare(
        self, a: str, b: str, *, kind: str = "person", lang_a: str | None = None, lang_b: str | None = None
    ) -> Comparison:
        """Two names."""


class Measure:
    """Takes gold and answers, gives figures.

    ``kinds`` are those that the gold marks; of others nothing found is right or wrong.
    """

    def __init__(self, kinds: Iterable[str] = ("person", "place")) -> None:
        self.kinds = frozenset(kinds)
        self._counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        self._said: dict[str, list[tuple[str, str, float, float]]] = defaultdict(list)
        self._pairs: list[tuple[str, float, bool]] = []
        self._seen: Counter[str] = Counter()

    def document(self, norm: Normalizing, gold: GoldDocument) -> None:
        """Measure one document."""
        answer = norm(gold.text, lang=gold.lang)
        lang = gold.lang or answer.lang or ALL
        found = [m for m in answer.mentions if m.kind in self.kinds]
        wanted = [g for g in gold.mentions if g.kind in self.kinds and not g.ignore]
        self._seen["documents"] += 1
        for suffix, exact in (("", False), ("_exact", True)):
            pairs = paired(wanted, found, exact=exact)
            hits = {j for _, j in pairs}
            for i, _ in pairs:
                self._count(lang, wanted[i].kind, f"tp{suffix}")
            for j, mention in enumerate(found):
                if j not in hits and not is_open(mention, gold.mentions):
                    self._count(lang, mention.kind, f"fp{suffix}")
            if not exact:
                self._judge(lang, wanted, {i: found[j] for i, j in pairs})
        for g in wanted:
            self._count(lang, g.kind, "gold")
        for mention in found:
            right = is_right(mention, gold.mentions)
            if right is not None and mention.confidence is not None:
                self._said["mentions"].append((lang, mention.kind, mention.confidence, float(right)))

    def _judge(self, lang: str, wanted: Sequence[GoldMention], hit: dict[int, Mention]) -> None:
        """Names, ids, distances and base forms of the marked mentions that were found."""
        for i, g in enumerate(wanted):
            mention = hit.get(i)
            for metric, given in (("name", g.names), ("id", g.ids), ("near", g.lat is not None)):
                if given:
                    self._count(lang, g.kind, f"{metric}_given")
            if mention is None:
                continue
            for metric, verdict in (
                ("name", same_name(mention, g)),
                ("id", same_id(mention, g)),
                ("near", is_near(mention, g)),
                ("lemma", _same_base(mention, g)),
            ):
                if verdict is not None:
                    self._count(lang, g.kind, f"{metric}_n")
                    self._count(lang, g.kind, f"{metric}_right", int(verdict))

    def lookup(self, norm: Normalizing, gold: GoldLookup) -> None:
        """Measure one name."""
        matches = norm.lookup(gold.name, kind=gold.kind, lang=gold.lang)
        lang, kind = gold.lang or ALL, gold.kind or ALL
        right = [_denotes(m, gold) for m in matches]
        self._seen["names"] += 1
        nobody = not gold.ids and not gold.names
        silent = not matches or (matches[0].confidence is not None and matches[0].confidence < _SAID)
        self._count(lang, kind, "lookup_n")
        self._count(lang, kind, "lookup_right", int(silent if nobody else bool(right[:1] == [True])))
        self._count(lang, kind, "lookup_any_n")
        self._count(lang, kind, "lookup_any_right", int(silent if nobody else any(right)))
        if matches and matches[0].confidence is not None:
            self._said["lookups"].append((lang, kind, matches[0].confidence, float(right[0])))

    def pair(self, norm: Normalizing, gold: GoldPair) -> None:
        """Measure one pair."""
        answer = norm.compare(gold.a, gold.b, kind=gold.kind, lang_a=gold.lang_a, lang_b=gold.lang_b)
        self._seen["pairs"] += 1
        self._pairs.append((gold.kind, answer.confidence, gold.match))
        self._said["pairs"].append((ALL, gold.kind, answer.confidence, float(gold.match)))

    def _count(self, lang: str, kind: str | None, what: str, n: int = 1) -> None:
        for key in {(lang, kind or ALL), (ALL, kind or ALL), (lang, ALL), (ALL, ALL)}:
            self._counts[key][what] += n

    def result(self) -> Result:
        """The figures so far, those of everything first."""
        figures = [f for key, counts in self._counts.items() for f in _figures(key, counts)]
        kinds = dict.fromkeys([ALL, *(kind for kind, _, _ in self._pairs)])
        figures += [f for kind in kinds for f in self._pair_figures(kind)]
        figures += [f for what, rows in self._said.items() for f in _confidence_figures(_PREFIX[what], rows)]
        by_what = {what: bins([r[2] for r in rows], [r[3] for r in rows]) for what, rows in self._said.items()}
        order = {metric: i for i, metric in enumerate(MEANING)}
        figures.sort(key=lambda f: (f.lang != ALL, f.lang, f.kind != ALL, f.kind, order[f.metric]))
        return Result(figures, by_what, dict(self._seen))

    def _pair_figures(self, kind: str) -> Iterator[Figure]:
        rows = [(p, y) for k, p, y in self._pairs if kind in (ALL, k)]
        if not rows:
            return
        tp = sum(y for p, y in rows if p >= _SAID)
        wrong = sum((p >= _SAID) != y for p, y in rows)
        yield Figure("pair_accuracy", 1 - wrong / len(rows), len(rows), kind=kind)
        yield Figure("pair_f1", share(2 * tp, 2 * tp + wrong), len(rows), kind=kind)
        yield Figure("pair_auc", area([p for p, _ in rows], [y for _, y in rows]), len(rows), kind=kind)


def _figures(key: tuple[str, str], counts: Counter[str]) -> Iterator[Figure]:
    lang, kind = key
    gold = counts["gold"]
    for suffix in ("", "_exact"):
        tp, said = counts[f"tp{suffix}"], counts[f"tp{suffix}"] + counts[f"fp{suffix}"]
        if said or gold:
            yield Figure(f"precision{suffix}", share(tp, said), said, lang, kind)
            yield Figure(f"recall{suffix}", share(tp, gold), gold, lang, kind)
            yield Figure(f"f1{suffix}", share(2 * tp, said + gold), gold, lang, kind)
    for metric in ("name", "id", "near", "lemma", "lookup", "lookup_any"):
        right, n = counts[f"{metric}_right"], counts[f"{metric}_n"]
        if n:
            yield Figure(metric, right / n, n, lang, kind)
            if f"{metric}_all" in MEANING:
                given = counts[f"{metric}_given"]
                yield Figure(f"{metric}_all", share(right, given), given, lang, kind)


def _confidence_figures(prefix: str, rows: Sequence[tuple[str, str, float, float]]) -> Iterator[Figure]:
    """Calibration by language and kind: ``rows`` of both, confidence, and whether the answer is right."""
    groups: dict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)
    for lang, kind, confidence, right in rows:
        for key in {(lang, kind), (ALL, kind), (lang, ALL), (ALL, ALL)}:
            groups[key].append((confidence, right))
    for (lang, kind), said in groups.items():
        p, y = np.array(said, dtype=np.float64).T
        sure = p >= SURE
        yield Figure(f"{prefix}ece", expected_error(bins(p, y)), len(said), lang, kind)
        yield Figure(f"{prefix}right_at_0.9", share(float(y[sure].sum()), int(sure.sum())), int(sure.sum()), lang, kind)
        yield Figure(f"{prefix}share_at_0.9", float(sure.mean()), len(said), lang, kind)


def area(p: Sequence[float], y: Sequence[bool]) -> float | None:
    """Share of the right answers that have a higher probability than a wrong one, ties counting half; ``None`` when all
    are of one sort.

    >>> area([0.9, 0.4, 0.4], [True, True, False])
    0.75
    """
    positive, negative = [v for v, t in zip(p, y, strict=True) if t], [v for v, t in zip(p, y, strict=True) if not t]
    if not positive or not negative:
        return None
    low = np.sort(negative)
    below, up_to = np.searchsorted(low, positive, "left"), np.searchsorted(low, positive, "right")
    return float((below + up_to).mean() / 2 / len(negative))


def _denotes(match: Match, gold: GoldLookup) -> bool:
    if {match.entity_id, *match.same_as} & set(gold.ids):
        return True
    return fold(match.name) in {fold(n) for n in gold.names}


def _same_base(mention: Mention, gold: GoldMention) -> bool | None:
    if not gold.lemma:
        return None
    return " ".join(mention.base.split()).casefold() == " ".join(gold.lemma.split()).casefold()
