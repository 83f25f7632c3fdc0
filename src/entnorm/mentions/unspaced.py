"""Chinese and Japanese text: names, listed or not, inside runs of characters without spaces.

The text is cut where that costs least. Words cost by how usual they are, listed names by how well known, and people
on no list by how usual their family name and the characters of the given name are; titles, verbs of saying and commas
around a name make it cheaper. So a name is read only where no likelier words are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from entnorm.index.store import Index
from entnorm.mentions.lattice import Piece, cheapest
from entnorm.mentions.tokens import Token
from entnorm.mentions.unspaced_listed import japanese_families, listed_names, without_type_word
from entnorm.mentions.unspaced_tables import Tables, chinese, japanese

#: How much of the neighbouring text is looked at for titles and the like.
_CONTEXT = 6
_LISTED, _PER_PROMINENCE = 5.0, 11.0
_ORG_PIECES = 3
_MIDDLE_DOTS = "·•‧・＝="


class Worth(Protocol):
    """What an index says a stretch of text is worth: ``(prominence, is a place, is a person)``."""

    def __call__(self, text: str) -> tuple[float, bool, bool]:
        """Ask for a stretch."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A run of text with what stands before and after it."""

    text: str
    before: str
    after: str


class UnspacedReader:
    """Cuts runs of Chinese or Japanese text; holds tables and the listed names of one index only."""

    def __init__(self, index: Index, worth: Worth) -> None:
        self._index = index
        self._worth = worth

    def read(self, stretches: list[Stretch], lang: str | None) -> list[list[Piece]]:
        """The pieces of each run that are names. A person met with a title is then also known without."""
        reading = japanese() if lang == "ja" or (lang != "zh" and _has_kana(stretches)) else chinese()
        cuts = [self._cut(s, reading, {}) for s in stretches]
        known: dict[str, tuple[float, str]] = {}
        for stretch, cut in zip(stretches, cuts, strict=True):
            for piece in cut:
                if piece.label in ("name", "person"):
                    name = stretch.text[piece.start : piece.end]
                    for short in reading.short_forms(name, piece.label):
                        known[short] = (piece.belief, (piece.reads or name) if piece.label == "person" else "")
        if known:
            for i, stretch in enumerate(stretches):
                if any(short in stretch.text for short in known):
                    cuts[i] = self._cut(stretch, reading, known)
        return [list(self._names(c, s, reading)) for c, s in zip(cuts, stretches, strict=True)]

    def _cut(self, stretch: Stretch, tables: Tables, known: dict[str, tuple[float, str]]) -> list[Piece]:
        text = tables.plain(stretch.text)
        whole = tables.plain(stretch.before[-_CONTEXT:]) + text + tables.plain(stretch.after[:_CONTEXT])
        shift = min(len(stretch.before), _CONTEXT)

        def pieces(start: int) -> Iterator[Piece]:
            yield from tables.words(text, start)
            yield from self._listed(stretch.text, text, start, whole, shift, tables)
            for name, (belief, reads) in known.items():
                if stretch.text.startswith(name, start):
                    end = start + len(name)
                    if not (tables.katakana(text, start - 1) or tables.katakana(text, end)) or not tables.katakana(
                        text, start
                    ):
                        word = 3.0 if tables.is_word(text[start:end]) else 0.0
                        cost = 9.0 + word - tables.beside(whole, start + shift, end + shift)
                        yield Piece(start, end, "person" if reads else "name", cost, belief, reads)
            yield from tables.unlisted(text, start, whole, shift)

        return cheapest(len(text), pieces)

    def _listed(self, written: str, text: str, start: int, whole: str, shift: int, tables: Tables) -> Iterator[Piece]:
        names = listed_names(self._index)
        bare = without_type_word(self._index) if tables.lang == "zh" else {}
        for end in (start + 2, start + 3):
            full = bare.get(written[start:end])
            if full is not None and end <= len(text):
                prominence, place, _ = self._worth(full)
                bonus = tables.beside_place(whole, start + shift, end + shift)
                cost = (
                    _LISTED + 3.0 + _PER_PROMINENCE * (1.0 - prominence) + tables.ordinary(text[start:end], prominence)
                )
                if place:
                    yield Piece(start, end, "place", cost - bonus, bonus, full)
        ends = set(names.at(written, start))
        if written != text:
            ends.update(names.at(text, start))
        for end in ends:
            whole_run = not tables.inside_katakana(text, start, end)
            if not whole_run and not tables.compound(text, start, end):
                continue
            reads = ""
            prominence, place, person = self._worth(written[start:end])
            if not (place or person):
                reads = text[start:end]
                prominence, place, person = self._worth(reads)
            cost = _LISTED + _PER_PROMINENCE * (1.0 - prominence) + tables.ordinary(text[start:end], prominence)
            if place:
                bonus = tables.beside_place(whole, start + shift, end + shift)
                yield Piece(start, end, "place", cost + (2.0 if end - start < 3 else 0.0) - bonus, bonus, reads)
            if person and whole_run:
                bonus = tables.beside(whole, start + shift, end + shift)
                yield Piece(start, end, "person", cost - bonus, 0.9, reads)

    def _names(self, cut: list[Piece], stretch: Stretch, tables: Tables) -> Iterator[Piece]:
        """The names among the pieces, without places that begin the name of an organisation."""
        text = tables.plain(stretch.text)
        for i, piece in enumerate(cut):
            if piece.label == "word":
                continue
            if piece.label in ("place", "where") and self._heads_organisation(
                cut[i + 1 : i + 1 + _ORG_PIECES], text, tables
            ):
                continue
            if piece.label == "name" and tables.lang == "ja":
                famous = japanese_families(self._index).get(stretch.text[piece.start : piece.end])
                piece = replace(piece, label="person", reads=famous) if famous else piece
            yield piece

    @staticmethod
    def _heads_organisation(following: list[Piece], text: str, tables: Tables) -> bool:
        for piece in following:
            word = text[piece.start : piece.end]
            if (tables.org.begins(word) and tables.org.ends(word)) or (len(word) > 2 and tables.org.ends(word)):
                return True
            if tables.ends_phrase(word) or piece.label in ("place", "where"):
                return False
        return False


def join_dotted(tokens: Sequence[Token], pieces: list[Piece]) -> list[Piece]:
    """Join the parts of foreign names that a middle dot between two tokens holds together; offsets are the text's.

    >>> from entnorm.mentions.tokens import tokenize
    >>> parts = [Piece(0, 2, "name", 1.0, 0.7), Piece(3, 5, "name", 1.0, 0.9)]
    >>> [(p.start, p.end, p.belief) for p in join_dotted(tokenize("约翰·史密"), parts)]
    [(0, 5, 0.95)]
    """
    dots = {t.start: t.gap in _MIDDLE_DOTS for t in tokens if len(t.gap) == 1}
    joined: list[Piece] = []
    for piece in pieces:
        last = joined[-1] if joined else None
        people = last is not None and {last.label, piece.label} <= {"name", "person"}
        if last is not None and people and piece.start - last.end == 1 and dots.get(piece.start):
            joined[-1] = replace(last, end=piece.end, label="name", belief=0.95)
        else:
            joined.append(piece)
    return joined


def _has_kana(stretches: Iterable[Stretch]) -> bool:
    return any("\u3040" < c < "\u3100" for s in stretches for c in s.text)
