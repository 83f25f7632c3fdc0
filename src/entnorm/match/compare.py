"""Comparing two names: the probability that they can denote the same person (or place), with the reasons.

Words are aligned one to one; what is left over on both sides is what tells people apart. The features of a pair go
into a logistic model read from ``tables/compare.json``, fitted by ``tools/fit_compare.py`` on pairs made from the
gazetteers and the name groups, out of fold by entity; the file states its own reliability.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib import resources
from typing import Any, NamedTuple

from rapidfuzz.distance import Levenshtein

from entnorm.gazetteer.names import NameLexicon
from entnorm.match.align import RELATED, Link, align, word_similarity
from entnorm.match.calibrate import logistic
from entnorm.models import Comparison, Evidence
from entnorm.text import translit_model
from entnorm.text.inflect import agrees
from entnorm.text.personname import NameWord, PersonName, parse_name, split_family
from entnorm.text.scripts import UNSPACED

_BY_CHARACTER = frozenset({"Hani", "Jpan", "Hang"})
#: Words that order a chain of fathers, so that swapping the names around them makes another person.
_CHAIN = frozenset({"bin", "ibn", "ben", "bint", "binti", "ould", "walad"})
_PATRONYMIC = (
    "ovich",
    "evich",
    "ovych",
    "iovych",
    "yovych",
    "ovna",
    "evna",
    "ivna",
    "yivna",
    "ichna",
    "owicz",
    "avich",
    "auna",
    "eyevich",
)


class WordPair(NamedTuple):
    """Two words: their similarity 0..1, the learned channel's view of them (across scripts, else ``None``), and
    whether both are listed as names and as different ones."""

    similarity: float
    heard: float | None
    apart: bool


@dataclass(frozen=True, slots=True)
class Pairing:
    """Two parsed names with the links between their words."""

    a: PersonName
    b: PersonName
    links: tuple[Link, ...]
    words: tuple[WordPair, ...]
    weights_a: tuple[float, ...]
    weights_b: tuple[float, ...]


class Comparer:
    """Compares names. ``lexicon`` is the compiled name knowledge; without it spelling and sound alone decide."""

    def __init__(self, lexicon: NameLexicon | None = None) -> None:
        self.lexicon = lexicon
        self._model = _model()
        self.word = lru_cache(maxsize=1 << 16)(self._word)

    def _word(self, a: NameWord, b: NameWord, script_a: str, script_b: str) -> WordPair:
        """How two words of two names compare, with name knowledge."""
        if script_a == script_b and script_a in _BY_CHARACTER:
            return WordPair(_same_characters(a.text, b.text), None, False)
        plain = word_similarity(a.key, b.key)
        if plain == 1.0 or "initial" in (a.kind, b.kind):
            return WordPair(plain, None, False)
        relation = self.lexicon.relation(a.text, b.text) if self.lexicon is not None and plain > 0.2 else None
        heard = _heard(a, b, script_a, script_b) if script_a != script_b else None
        best = max(plain, RELATED[relation] if relation else 0.0, heard or 0.0)
        apart = False
        if script_a == script_b and relation is None and plain > 0.5:
            if script_a != "Latn" and (agrees(a.text, b.text, None) or agrees(b.text, a.text, None)):
                best = max(best, 0.96)
            elif self.lexicon is not None:
                apart = bool(len(self.lexicon.groups(a.text)) and len(self.lexicon.groups(b.text)))
        return WordPair(best, heard, apart)

    def pair(self, a: str, b: str) -> Pairing:
        """Align the words of two names."""
        one, two = parse_name(a), parse_name(b)
        one, two = _respaced(one, two), _respaced(two, one)
        cells = [[self.word(x, y, one.script, two.script) for y in two.words] for x in one.words]
        links = align(range(len(one.words)), range(len(two.words)), lambda i, j: cells[i][j].similarity)
        pairs = tuple(cells[x.a][x.b] for x in links)
        return Pairing(one, two, tuple(links), pairs, tuple(map(_weight, one.words)), tuple(map(_weight, two.words)))

    def compare(self, a: str, b: str) -> Comparison:
        """Compare two names of people.

        ``score`` is the similarity of the shorter name's words, ``confidence`` the calibrated probability that the
        two can denote one entity, ``same`` whether that is at least one half.
        """
        pairing = self.pair(a, b)
        features = pair_features(pairing)
        logit, evidence = self._model["intercept"], []
        for name, value in features.items():
            weight = self._model.get(name, 0.0) * value
            logit += weight
            if abs(weight) >= 0.05:
                evidence.append(Evidence(feature=name, value=round(value, 4), weight=round(weight, 4)))
        for link in pairing.links:
            x, y = pairing.a.words[link.a], pairing.b.words[link.b]
            evidence.append(Evidence(feature="words", value=f"{x.text} ~ {y.text}: {link.similarity:.2f}"))
        confidence = round(logistic(logit), 4)
        return Comparison(
            a=a,
            b=b,
            score=round(features["mean"], 4),
            confidence=confidence,
            same=confidence >= 0.5,
            evidence=tuple(evidence),
        )


def _same_characters(a: str, b: str) -> float:
    """Share of characters in place, for scripts in which one character is a syllable or a word."""
    if a == b:
        return 1.0
    return 0.9 * Levenshtein.normalized_similarity(a, b)


def _respaced(name: PersonName, other: PersonName) -> PersonName:
    """The name with words joined or initials parted where that gives a word, or words, of the other name."""
    if len(other.words) > 1 or other.script == name.script:
        name = split_family(name)
    theirs = {w.key for w in other.words}
    mine = list(name.words)
    for i in range(len(mine) - 1):
        both = mine[i].key + mine[i + 1].key
        if both in theirs or (
            len(both) > 6
            and mine[i].kind == "name"
            and any(Levenshtein.normalized_similarity(both, t, score_cutoff=0.87) for t in theirs)
        ):
            if mine[i].key in theirs or mine[i + 1].key in theirs:
                continue
            mine[i : i + 2] = [NameWord(mine[i].text + mine[i + 1].text, both, "name")]
            break
    for i, word in enumerate(mine):
        if 2 <= len(word.key) <= 3 and word.text.isupper() and word.key not in theirs:
            firsts = "".join(w.key[0] for w in other.words)
            if word.key in firsts and len(other.words) > len(word.key):
                mine[i : i + 1] = [NameWord(c, c, "initial") for c in word.key]
                break
    return name if len(mine) == len(name.words) else replace(name, words=tuple(mine))


def _heard(a: NameWord, b: NameWord, script_a: str, script_b: str) -> float | None:
    """Plausibility of two words of different scripts by the learned channel, 0..1; ``None`` where it cannot tell."""
    if script_a != "Latn" and script_b == "Latn":
        source, latin = a, b
    elif script_b != "Latn" and script_a == "Latn":
        source, latin = b, a
    else:
        return None
    value = _plausibility(source.text, latin.key)
    return None if math.isnan(value) else value


@lru_cache(maxsize=1 << 15)
def _plausibility(source: str, latin: str) -> float:
    return translit_model.plausibility(source, latin)


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
    """Features of a pair, each 0..1 or a small count; ``mean``, ``least`` and ``joined`` speak for one person."""
    found = {**_agreement(p), **_shape(p), **_across_scripts(p)}
    found["across_mean"] = found["across"] * found["mean"]
    return found


def _agreement(p: Pairing) -> dict[str, float]:
    """How far the words agree, and what is left over on either side."""
    left_a = sum(p.weights_a) - sum(p.weights_a[x.a] for x in p.links)
    left_b = sum(p.weights_b) - sum(p.weights_b[x.b] for x in p.links)
    shared = [(x.similarity, max(p.weights_a[x.a], p.weights_b[x.b])) for x in p.links]
    left = min(left_a, left_b)
    weight = sum(w for _, w in shared) + left
    mean = sum(s * w for s, w in shared) / weight if weight else 0.0
    least = min((s for s, w in shared if w >= 0.5), default=0.0)
    joined = Levenshtein.normalized_similarity(p.a.joined, p.b.joined)
    unspaced = p.a.script in UNSPACED or p.b.script in UNSPACED
    single = float(not unspaced and min(_full_words(p.a), _full_words(p.b)) <= 1)
    return {
        "mean": mean,
        "mean_high": max(0.0, mean - 0.9),
        "least": least,
        "least_low": max(0.0, 0.8 - least),
        "least_high": max(0.0, least - 0.92),
        "joined": joined,
        "joined_high": max(0.0, joined - 0.9),
        "left_both": min(1.5, left),
        "clash": float(min(_unlinked(p.a, {x.a for x in p.links}), _unlinked(p.b, {x.b for x in p.links}))),
        "left_longer": min(2.0, max(left_a, left_b) - left),
        "single": single,
        "single_left": single * min(1.0, max(left_a, left_b)),
        "words": min(4, len(p.links)) / 4,
        "exact": float(p.a.joined == p.b.joined),
    }


def _shape(p: Pairing) -> dict[str, float]:
    """Order, initials, generations, and words listed as different names."""
    order = sorted(p.links, key=lambda x: x.a)
    swapped = any(x.b > y.b for x, y in zip(order, order[1:], strict=False))
    initials = sum(1 for x in p.links if "initial" in (p.a.words[x.a].kind, p.b.words[x.b].kind))
    return {
        "initials": float(min(2, initials)),
        "swapped": float(swapped),
        "swapped_chain": float(swapped and _fathers_swapped(p)),
        "apart": float(min(2, sum(1 for w in p.words if w.apart))),
        "suffix": float(p.a.suffix != p.b.suffix and bool(p.a.suffix) + bool(p.b.suffix) == 1),
        "suffix_clash": float(bool(p.a.suffix) and bool(p.b.suffix) and p.a.suffix != p.b.suffix),
    }


def _across_scripts(p: Pairing) -> dict[str, float]:
    """What the learned channel says of names in two scripts; all 0 within one."""
    heard = [(w.heard, len(p.a.words[x.a].key)) for x, w in zip(p.links, p.words, strict=True) if w.heard is not None]
    letters = sum(n for _, n in heard) or 1
    least = min((h for h, _ in heard), default=0.0)
    across = p.a.script != p.b.script
    return {
        "heard": sum(h * n for h, n in heard) / letters,
        "heard_least": least,
        "heard_low": max(0.0, 0.75 - least) if heard else 0.0,
        "heard_whole": _heard_whole(p),
        "unheard": float(across and not heard),
        "across": float(across),
    }


def _full_words(name: PersonName) -> int:
    return sum(w.kind == "name" for w in name.words)


def _fathers_swapped(p: Pairing) -> bool:
    """Whether the names on either side of a "bin" have changed places: Salman bin Muhammad, Muhammad bin Salman."""
    partner = {x.a: x.b for x in p.links}
    for i in range(1, len(p.a.words) - 1):
        if p.a.words[i].key in _CHAIN:
            for j in range(1, len(p.b.words) - 1):
                if p.b.words[j].key in _CHAIN and partner.get(i - 1) == j + 1 and partner.get(i + 1) == j - 1:
                    return True
    return False


def _heard_whole(p: Pairing) -> float:
    """The learned channel's view of the whole names, 0..1; 0 within one script."""
    latin, other = (p.a, p.b) if p.a.script == "Latn" else (p.b, p.a)
    if latin.script != "Latn" or other.script == "Latn" or not latin.words:
        return 0.0
    value = _plausibility(other.text, " ".join(w.key for w in latin.words))
    return 0.0 if math.isnan(value) else value


def _unlinked(name: PersonName, linked: set[int]) -> int:
    """Words of a name, particles apart, that stand for nothing in the other name; at most two."""
    return min(2, sum(1 for i, w in enumerate(name.words) if i not in linked and w.kind != "particle"))


@lru_cache(maxsize=1)
def _model() -> dict[str, float]:
    text = resources.files("entnorm.match").joinpath("tables/compare.json").read_text(encoding="utf-8")
    data: dict[str, Any] = json.loads(text)
    return {name: float(value) for name, value in data["coefficients"].items()}
