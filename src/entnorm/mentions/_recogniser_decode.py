"""From label probabilities to names: the words of a text agree on what they are, then runs of words become spans."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

import numpy as np

from entnorm.gazetteer.names import NameLexicon
from entnorm.mentions._recogniser_network import Floats
from entnorm.mentions.lexicon import classes
from entnorm.mentions.tokens import Token, is_unspaced

#: Numbers of the kinds in the belief table; 0 is no name. Label 2k - 1 begins kind k, label 2k goes on with it.
KINDS = ("", "PER", "LOC", "ORG")
#: Share of a word's belief that comes from all its occurrences in the text, when there are many (0.8 of 0, 0.3, 0.6,
#: 0.8 was best on Slavic news by 0.9 points of overlap F1, and even elsewhere).
POOLED = 0.8
#: How far certain organisations are left out of that.
_APART = 0.9
#: Belief that a word is part of a name from which it is looked at as one; the signs around it decide (0.4 and then the
#: signs is better than 0.6 alone by a point for people in German, and even elsewhere).
ACCEPT = 0.4
_TINY, _LITTLE = np.float32(1e-6), np.float32(1e-2)
_STEM = 5
_MOST_PARTICLES = 3
#: Signs that no name reaches across, even where the network says so.
_BREAK = re.compile(r"[,;:!?…()\[\]/|\n\r\t„“”«»\"–—]|\s[-‐‑]\s")

#: French que before a vowel, which may open a sentence; of d' and l' it depends on the name.
_QUE = re.compile(r"\w*[Qq]u['’]")


def by_kind(p: Floats) -> Floats:
    """Label probabilities added up by kind, in the order of :data:`KINDS`."""
    return np.concatenate([p[:, :1], p[:, 1::2] + p[:, 2::2]], axis=1)


def kind_beliefs(p: Floats, tokens: Sequence[Token]) -> Floats:
    """Belief in each of :data:`KINDS` for each word.

    Small words begin no name where the text has capitals, and capitalised words with one stem, the inflected forms of a
    name above all, share their beliefs. An occurrence within an organisation counts little and changes little: Ohio is
    a place beside the Ohio Senate.
    """
    q = by_kind(p)
    live = np.flatnonzero(p[:, 0] < 1).tolist()
    if not live:
        return q
    small = [i for i in live if tokens[i].cased and not tokens[i].capital]
    if small and any(t.capital for t in tokens):
        begins = np.add.reduce(p[small, 1::2], axis=1) > np.add.reduce(p[small, 2::2], axis=1)
        q[[i for i, first in zip(small, begins.tolist(), strict=True) if first]] = (1, 0, 0, 0)
    number: dict[str, int] = {}
    for i in live:
        if tokens[i].capital and len(tokens[i].text) > 2:
            number.setdefault(_stem(tokens[i].text), len(number))
    at, stems = [], []
    for i, token in enumerate(tokens):
        if token.capital and (stem := number.get(_stem(token.text))) is not None:
            at.append(i)
            stems.append(stem)
    if len(number) < len(at):
        own, counts = q[at], np.bincount(stems)
        weight = 1 - _APART * own[:, -1]
        sums = np.zeros((len(number), len(KINDS)), dtype=np.float32)
        np.add.at(sums, stems, own * weight[:, None])
        share = (POOLED * weight * (1 - 1 / counts[stems]))[:, None]
        q[at] = (1 - share) * own + share * (sums / np.bincount(stems, weight)[:, None])[stems]
    return q


@lru_cache(maxsize=1 << 14)
def _stem(word: str) -> str:
    return word[: _STEM if len(word) > _STEM else _STEM - 1].lower()


Run = tuple[int, int, str, float]


def mended(found: Iterable[Run], tokens: Sequence[Token], names: NameLexicon | None, lang: str | None) -> list[Run]:
    """The runs with people's names made whole that fell apart: given and family name, or the sides of a particle.

    The network sometimes begins a name anew where it goes on: Kevin | Schmidt, Ole | von | Beust.
    """
    whole: list[Run] = []
    for run in found:
        if whole and _is_one_person(whole[-1], run, tokens, names, lang):
            first, last, kind, belief = whole.pop()
            words = last - first, run[1] - run[0]
            mean = (belief * words[0] + run[3] * words[1]) / sum(words)
            run = (first, run[1], kind, mean)
        whole.append(run)
    return whole


def _is_one_person(one: Run, two: Run, tokens: Sequence[Token], names: NameLexicon | None, lang: str | None) -> bool:
    if not (one[2] == two[2] == "PER") or two[0] - one[1] > _MOST_PARTICLES:
        return False
    if any(t.gap != " " for t in tokens[one[1] : two[0] + 1]):
        return False
    between = tokens[one[1] : two[0]]
    if between:
        return all(len(t.text) > 1 and "particle" in classes(t.text, lang) for t in between)
    if names is None or one[1] - one[0] > 1:
        return False
    return names.roles(tokens[one[0]].text).role == "given" != names.roles(tokens[two[0]].text).role


def agreed(p: Floats, q: Floats) -> Floats:
    """Label probabilities with the beliefs ``q`` that :func:`kind_beliefs` made of ``p``.

    What begins and what goes on is divided within a kind as in ``p``, for a kind that ``p`` hardly thinks of as in all
    kinds together. Names count by the odds of :data:`ACCEPT`.
    """
    begins, goes_on = p[:, 1::2], p[:, 2::2]
    begin, on = np.add.reduce(begins, axis=1), np.add.reduce(goes_on, axis=1)
    of_all = on / (on + begin + _TINY)
    share = (goes_on + _LITTLE * of_all[:, None]) / (begins + goes_on + _LITTLE)
    out = np.empty_like(p)
    out[:, 0] = q[:, 0] * (ACCEPT / (1 - ACCEPT))
    out[:, 1::2] = q[:, 1:] * (1 - share)
    out[:, 2::2] = q[:, 1:] * share
    total: Floats = np.add.reduce(out, axis=1, keepdims=True)
    return out / total


def runs(labels: Sequence[int], q: Floats, tokens: Sequence[Token]) -> Iterator[Run]:
    """Word runs ``first:last`` that name something, with kind and mean belief, by the label of each word."""
    if not any(labels):
        return
    beliefs = q.T.tolist()
    capitals = any(t.capital for t in tokens)
    i, n = 0, len(tokens)
    while i < n:
        kind = (labels[i] + 1) // 2
        if kind == 0 or is_unspaced(tokens[i]):
            i += 1
            continue
        j = i + 1
        while j < n and labels[j] == 2 * kind and not _BREAK.search(tokens[j].gap):
            j += 1
        first, last = i, j
        if capitals:
            first, last = _without_small(tokens, first, last)
        if last > first:
            yield first, last, KINDS[kind], sum(beliefs[kind][first:last]) / (last - first)
        i = j


def _without_small(tokens: Sequence[Token], first: int, last: int) -> tuple[int, int]:
    """A run without small words at its ends (Qu' is one), which begin and end no name where the text has capitals."""
    while last > first and tokens[last - 1].cased and not tokens[last - 1].capital:
        last -= 1
    while last > first and tokens[first].cased and (not tokens[first].capital or _QUE.fullmatch(tokens[first].text)):
        first += 1
    return first, last
