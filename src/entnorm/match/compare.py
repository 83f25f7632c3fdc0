"""Comparing two names: the probability that they can denote the same person (or place), with the reasons.

Words are aligned one to one; what is left over on both sides is what tells people apart. The features of a pair go
into a logistic model read from ``tables/compare.json``, fitted by ``tools/fit_compare.py`` on pairs made from the
gazetteers and the name groups, out of fold by entity; the file states its own reliability.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

from rapidfuzz.distance import Levenshtein

from entnorm.gazetteer.names import NameLexicon
from entnorm.match.align import Link, align, word_similarity
from entnorm.match.calibrate import logistic
from entnorm.models import Comparison, Evidence
from entnorm.text import translit_model
from entnorm.text.inflect import agrees
from entnorm.text.personname import NameWord, PersonName, parse_name

#: Similarity given to words that the name groups relate.
RELATED = {"same": 0.985, "related": 0.93, "nickname": 0.9}
_PATRONYMIC = ("ovich", "evich", "ovych", "iovych", "yovych", "ovna", "evna", "ivna", "yivna", "ichna", "owicz", "avich", "auna", "eyevich")


@dataclass(frozen=True, slots=True)
class Pairing:
    """Two parsed names with the links between their words."""

    a: PersonName
    b: PersonName
    links: tuple[Link, ...]
    weights_a: tuple[float, ...]
    weights_b: tuple[float, ...]


class Comparer:
    """Compares names. ``lexicon`` is the compiled name knowledge; without it spelling and sound alone decide."""

    def __init__(self, lexicon: NameLexicon | None = None) -> None:
        self.lexicon = lexicon
        self._model = _model()
        self.word = lru_cache(maxsize=1 << 16)(self._word)

    def _word(self, a: NameWord, b: NameWord, script_a: str, script_b: str) -> float:
        """Similarity of two words, with name knowledge: 0..1."""
        plain = word_similarity(a.key, b.key)
        if plain == 1.0 or a.kind == "initial" or b.kind == "initial":
            return plain
        best = plain
        if self.lexicon is not None:
            relation = self.lexicon.relation(a.text, b.text)
            if relation:
                best = max(best, RELATED[relation])
        if script_a != script_b:
            best = max(best, _heard(a, b, script_a, script_b))
        elif plain > 0.5 and script_a not in ("Latn",) and (agrees(a.text, b.text, None) or agrees(b.text, a.text, None)):
            best = max(best, 0.96)
        return best

    def pair(self, a: str, b: str) -> Pairing:
        """Align the words of two names."""
        one, two = parse_name(a), parse_name(b)
        words_a, words_b = one.words, two.words
        by_position = {(i, j): self.word(x, y, one.script, two.script) for i, x in enumerate(words_a) for j, y in enumerate(words_b)}
        numbers_a, numbers_b = [str(i) for i in range(len(words_a))], [str(j) for j in range(len(words_b))]
        links = align(numbers_a, numbers_b, lambda i, j: by_position[int(i), int(j)])
        return Pairing(one, two, tuple(links), tuple(map(_weight, words_a)), tuple(map(_weight, words_b)))

    def compare(self, a: str, b: str, *, kind: str = "person") -> Comparison:
        """Compare two names.

        ``score`` is the similarity of the shorter name's words, ``confidence`` the calibrated probability that the
        two can denote one entity, ``same`` whether that is at least one half.
        """
        pairing = self.pair(a, b)
        features = pair_features(pairing)
        logit, evidence = self._model["intercept"], []
        for name, value in features.items():
            weight = self._model.get(name, 0.0) * value
            logit += weight
            if abs(weight) >= 0.01:
                evidence.append(Evidence(feature=name, value=round(value, 4), weight=round(weight, 4)))
        for link in pairing.links:
            x, y = pairing.a.words[link.a], pairing.b.words[link.b]
            evidence.append(Evidence(feature="words", value=f"{x.text} ~ {y.text}: {link.similarity:.2f}"))
        confidence = round(logistic(logit), 4)
        return Comparison(a=a, b=b, score=round(features["mean"], 4), confidence=confidence, same=confidence >= 0.5, evidence=tuple(evidence))


def _heard(a: NameWord, b: NameWord, script_a: str, script_b: str) -> float:
    """Similarity of two words of different scripts by the learned channel: 0 for none, 1 for the likeliest spelling."""
    if script_a != "Latn" and script_b == "Latn":
        source, latin = a, b
    elif script_b != "Latn" and script_a == "Latn":
        source, latin = b, a
    else:
        return 0.0
    value = float(translit_model.scores(source.text, [latin.key])[0])
    if math.isnan(value):
        return 0.0
    # -0.5 a character is a right name's value, -3 an unrelated one's.
    return max(0.0, min(1.0, 1.0 + (value + 0.5) * 0.32))


def _weight(word: NameWord) -> float:
    """How much a word tells people apart, 0..1."""
    if word.kind == "particle":
        return 0.1
    if word.kind == "initial":
        return 0.35
    if len(word.key) > 6 and word.key.endswith(_PATRONYMIC):
        return 0.7
    return 1.0


def pair_features(p: Pairing) -> dict[str, float]:
    """Features of a pair, each 0..1 or a small count; higher ``mean``, ``least`` and ``joined`` speak for one person."""
    total_a, total_b = sum(p.weights_a), sum(p.weights_b)
    linked_a = sum(p.weights_a[x.a] for x in p.links)
    linked_b = sum(p.weights_b[x.b] for x in p.links)
    left_a, left_b = total_a - linked_a, total_b - linked_b
    shared = [(x.similarity, max(p.weights_a[x.a], p.weights_b[x.b])) for x in p.links]
    weight = sum(w for _, w in shared)
    shorter_left = min(left_a, left_b)
    mean = sum(s * w for s, w in shared) / (weight + shorter_left) if weight + shorter_left else 0.0
    real = [s for s, w in shared if w >= 0.5]
    least = min(real) if real else 0.0
    joined = Levenshtein.normalized_similarity(p.a.joined, p.b.joined)
    if p.a.joined and sorted(p.a.joined) == sorted(p.b.joined) and joined < 1.0:
        joined = max(joined, 0.9 if len(p.a.words) == len(p.b.words) == 1 else joined)
    order = sorted(p.links, key=lambda x: x.a)
    swapped = any(x.b > y.b for x, y in zip(order, order[1:], strict=False))
    initials = sum(1 for x in p.links if "initial" in (p.a.words[x.a].kind, p.b.words[x.b].kind))
    names = min(sum(w.kind == "name" for w in p.a.words), sum(w.kind == "name" for w in p.b.words))
    return {
        "mean": mean,
        "mean_high": max(0.0, mean - 0.9),
        "least": least,
        "least_low": max(0.0, 0.8 - least),
        "least_high": max(0.0, least - 0.92),
        "joined": joined,
        "joined_high": max(0.0, joined - 0.9),
        "left_both": min(1.5, shorter_left),
        "left_longer": min(2.0, max(left_a, left_b) - shorter_left),
        "single": float(names <= 1),
        "single_left": float(names <= 1) * min(1.0, max(left_a, left_b)),
        "initials": min(2, initials),
        "swapped": float(swapped),
        "suffix": float(p.a.suffix != p.b.suffix and bool(p.a.suffix) + bool(p.b.suffix) == 1),
        "suffix_clash": float(bool(p.a.suffix) and bool(p.b.suffix) and p.a.suffix != p.b.suffix),
        "across": float(p.a.script != p.b.script),
        "across_mean": float(p.a.script != p.b.script) * mean,
        "words": min(4, len(p.links)) / 4,
        "exact": float(p.a.joined == p.b.joined),
    }


@lru_cache(maxsize=1)
def _model() -> dict[str, float]:
    text = resources.files("entnorm.match").joinpath("tables/compare.json").read_text(encoding="utf-8")
    data: dict[str, Any] = json.loads(text)
    return {name: float(value) for name, value in data["coefficients"].items()}
