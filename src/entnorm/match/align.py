"""Aligning the words of two names, and how alike two words are.

A name is compared word by word, because an average over the whole string forgives exactly the difference that
tells two people apart. Similarities are 0..1, 1 for the same word; they are not probabilities.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple, TypeVar

from rapidfuzz.distance import JaroWinkler, Levenshtein

from entnorm.text.keys import skeletons, sounds

#: Similarity of an initial with a word it may stand for ("V. Zelenskyy").
INITIAL = 0.86
#: Below this two words are different words.
SAME_WORD = 0.62

#: Similarity given to words that the name groups relate (:mod:`entnorm.gazetteer.names`).
RELATED = {"same": 0.985, "related": 0.93, "nickname": 0.9}

Word = TypeVar("Word")


class Link(NamedTuple):
    """Word ``a`` of one name stands for word ``b`` of the other, this alike."""

    a: int
    b: int
    similarity: float


def letter_similarity(a: str, b: str) -> float:
    """How alike two words are by letters alone; what they sound like makes half of the difference good at most.

    >>> letter_similarity("putin", "merkel") < 0.5 < letter_similarity("putin", "poutine")
    True
    """
    # Typing errors spare the beginning of a word more often than its end.
    return 0.75 * Levenshtein.normalized_similarity(a, b) + 0.25 * JaroWinkler.normalized_similarity(a, b)


@lru_cache(maxsize=1 << 17)
def word_similarity(a: str, b: str) -> float:
    """How alike two words of keys are, by letters and by sound.

    Half of it compares letters, half what they sound like; a common skeleton gains most of what is missing, the
    more consonants agree the more, since what keeps such words apart is what transcriptions disagree on.

    >>> word_similarity("selenskyj", "zelenskyy") > 0.9 > word_similarity("sergei", "andrei")
    True
    """
    if a == b:
        return 1.0
    if not a or not b:
        return 0.0
    if len(a) == 1 or len(b) == 1:
        return INITIAL if a[0] == b[0] else 0.0
    edit = letter_similarity(a, b)
    mine, theirs = skeletons(a), skeletons(b)
    if not mine or not theirs:
        return edit
    common = max([m for m in mine if m in theirs], key=len, default=None)
    if common is not None:
        depth = len(common) - common.count("a")
        gain = (0.0, 0.1, 0.3, 0.5, 0.6)[min(depth, 4)]
        value = 0.5 + 0.5 * edit
        return value + gain * (1.0 - value)
    sound = max([Levenshtein.normalized_similarity(m, t) for m in mine for t in theirs])
    value = 0.5 * edit + 0.5 * sound
    others = sounds(b)
    common = max([m for m in sounds(a) if m in others], key=len, default=None)
    if common is not None:
        gain = (0.0, 0.05, 0.15, 0.3, 0.4)[min(len(common), 4)]
        value += gain * (1.0 - value)
    return value


def heard_similarity(log_likelihood: float) -> float:
    """Similarity 0..1 for a score of the learned channel (:mod:`entnorm.text.translit_model`).

    Right names score 0 to 2, lookalikes about -1.2; the line puts these at 0.72, 0.98 and 0.56, on the scale of
    :func:`word_similarity`.

    >>> heard_similarity(2.0) > 0.95, heard_similarity(-1.2) < SAME_WORD
    (True, True)
    """
    return max(0.0, min(0.99, 0.72 + 0.13 * log_likelihood))


def align(a: Sequence[Word], b: Sequence[Word], similarity: Callable[[Word, Word], float]) -> list[Link]:
    """One-to-one links between the words of two names, the most alike first; order of words does not matter.

    >>> [(l.a, l.b) for l in align(["putin", "vladimir"], ["wladimir", "putin"], word_similarity)]
    [(0, 1), (1, 0)]
    """
    if len(a) == 1 and len(b) == 1:
        return [Link(0, 0, similarity(a[0], b[0]))]
    shift = len(b) - len(a)
    # The same word in the same place, counted from the end, comes before all else.
    links = [Link(i, i + shift, 1.0) for i in range(max(0, -shift), len(a)) if similarity(a[i], b[i + shift]) == 1.0]
    if len(links) == min(len(a), len(b)):
        return links
    used_a, used_b = {link.a for link in links}, {link.b for link in links}
    left_a, left_b = ([(i, x) for i, x in enumerate(s) if i not in used] for s, used in ((a, used_a), (b, used_b)))
    cells = [c for i, x in left_a for j, y in left_b if (c := (similarity(x, y), i, j))[0] >= SAME_WORD]
    cells.sort(key=lambda c: (-c[0], abs(shift + c[1] - c[2])))
    for value, i, j in cells:
        if i not in used_a and j not in used_b:
            used_a.add(i)
            used_b.add(j)
            links.append(Link(i, j, value))
    return links
