"""From label probabilities to names: the words of a text agree on what they are, then runs of words become spans."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np

from entnorm.mentions._recogniser_network import Floats
from entnorm.mentions.tokens import Token, is_unspaced

#: Numbers of the kinds in the belief table; 0 is no name. Label 2k - 1 begins kind k, label 2k goes on with it.
KINDS = ("", "PER", "LOC", "ORG")
#: Share of a word's belief that comes from all its occurrences in the text, when there are many (0.8 of 0, 0.3, 0.6,
#: 0.8 was best on Slavic news by 0.9 points of overlap F1, and even elsewhere).
POOLED = 0.8
#: Belief that a word is part of a name from which it is taken for one (0.6 of 0.4 to 0.6 was best, by 0.3 points).
ACCEPT = 0.6
_STEM = 5
#: Signs that no name reaches across, even where the network says so.
_BREAK = re.compile(r"[,;:!?…()\[\]/|\n\r\t„“”«»\"–—]")


def kind_beliefs(p: Floats, tokens: Sequence[Token]) -> Floats:
    """Belief in each of :data:`KINDS` for each word.

    Small words begin no name where the text has capitals, and capitalised words with one stem, the inflected forms of a
    name above all, share their beliefs.
    """
    q = np.stack([p[:, 0], p[:, 1] + p[:, 2], p[:, 3] + p[:, 4], p[:, 5] + p[:, 6]], axis=1)
    groups: dict[str, list[int]] = defaultdict(list)
    begins = p[:, 1::2].sum(axis=1) > p[:, 2::2].sum(axis=1)
    capitals = any(t.capital for t in tokens)
    for i, token in enumerate(tokens):
        if token.capital:
            if len(token.text) > 2:
                groups[token.text[:_STEM].lower() if len(token.text) > _STEM else token.text[:4].lower()].append(i)
        elif capitals and token.cased and begins[i]:
            q[i] = (1, 0, 0, 0)
    for same in groups.values():
        if len(same) > 1:
            share = np.float32(POOLED * (1 - 1 / len(same)))
            q[same] = (1 - share) * q[same] + share * q[same].mean(axis=0)
    return q


def runs(p: Floats, q: Floats, tokens: Sequence[Token]) -> Iterator[tuple[int, int, str, float]]:
    """Word runs ``first:last`` that name something, with kind and mean belief.

    ``q`` is what :func:`kind_beliefs` made of the label probabilities ``p``.
    """
    best = np.where(1 - q[:, 0] > ACCEPT, q[:, 1:].argmax(axis=1) + 1, 0).tolist()
    capitals = any(t.capital for t in tokens)
    i, n = 0, len(tokens)
    while i < n:
        kind = best[i]
        if kind == 0 or is_unspaced(tokens[i]):
            i += 1
            continue
        j = i + 1
        while j < n and best[j] == kind and p[j, 2 * kind] >= p[j, 2 * kind - 1] and not _BREAK.search(tokens[j].gap):
            j += 1
        last = j
        while last > i and capitals and tokens[last - 1].cased and not tokens[last - 1].capital:
            last -= 1
        if last > i:
            yield i, last, KINDS[kind], float(q[i:last, kind].mean())
        i = j
