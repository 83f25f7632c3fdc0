"""The cheapest way to cut text without spaces into pieces, given what each stretch of it may be and at what cost."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

#: Longest stretch that is looked up, in characters.
LONGEST = 12


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch ``start:end`` of a text: what it is and what reading it so costs (a negative log probability).

    ``label``: ``word``, ``place`` and ``person`` (both listed), ``name`` (a person on no list), ``where`` (a place on
    no list). ``belief`` is how surely, 0..1; ``reads`` is the listed spelling where it is another than the text's.
    """

    start: int
    end: int
    label: str
    cost: float
    belief: float = 0.0
    reads: str = ""


class Stretches:
    """A set of strings that can be asked for all that begin at a place of a text.

    >>> list(Stretches(["北京", "北京市", "上海"]).at("在北京市长", 1))
    [3, 4]
    """

    def __init__(self, strings: Iterable[str]) -> None:
        self._all = frozenset(s for s in strings if 1 < len(s) <= LONGEST)
        lengths: dict[str, set[int]] = {}
        for string in self._all:
            lengths.setdefault(string[:2], set()).add(len(string))
        self._lengths = {head: tuple(sorted(found)) for head, found in lengths.items()}

    def __contains__(self, text: str) -> bool:
        return text in self._all

    def ending(self, endings: tuple[str, ...]) -> list[str]:
        """Members that end so, sorted."""
        return sorted(s for s in self._all if s.endswith(endings))

    def at(self, text: str, start: int) -> Iterable[int]:
        """Ends of the members that begin at ``start``, ascending."""
        for length in self._lengths.get(text[start : start + 2], ()):
            end = start + length
            if end <= len(text) and text[start:end] in self._all:
                yield end


def cheapest(size: int, pieces: Callable[[int], Iterable[Piece]]) -> list[Piece]:
    """The pieces that cover ``0:size`` at the lowest cost; ``pieces(i)`` gives those that begin at ``i``, at least one.

    >>> cut = cheapest(2, lambda i: [Piece(i, i + 1, "word", 5.0)] + [Piece(0, 2, "place", 7.0)] * (i == 0))
    >>> [p.label for p in cut]
    ['place']
    """
    best = [float("inf")] * (size + 1)
    best[0] = 0.0
    back: list[Piece | None] = [None] * (size + 1)
    for start in range(size):
        reached = best[start]
        if reached == float("inf"):
            continue
        for piece in pieces(start):
            total = reached + piece.cost
            if total < best[piece.end]:
                best[piece.end] = total
                back[piece.end] = piece
    cut: list[Piece] = []
    end = size
    while end and (last := back[end]) is not None:
        cut.append(last)
        end = last.start
    return cut[::-1]


class Around:
    """Words of one class, asked whether a text ends or begins with one of them.

    >>> titles = Around(["总统", "总理"])
    >>> titles.ends("法国总统"), titles.begins("总理说"), titles.ends("总")
    (True, True, False)
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._words = frozenset(words)
        self._lengths = tuple(sorted({len(w) for w in self._words}))

    def ends(self, text: str) -> bool:
        """Whether a word of the class ends the text."""
        return any(text[-n:] in self._words for n in self._lengths)

    def begins(self, text: str) -> bool:
        """Whether a word of the class begins the text."""
        return any(text[:n] in self._words for n in self._lengths)
