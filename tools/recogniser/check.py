"""Exact F1 of a model on labelled texts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from entnorm.gazetteer.names import NameLexicon
from entnorm.index.store import Index
from entnorm.match.candidates import CandidateFinder
from entnorm.mentions.finder import IndexFinder
from entnorm.mentions.recogniser import Recogniser
from entnorm.mentions.tokens import tokenize

_KINDS = ("PER", "LOC")


def scores(rows: Iterable[dict], model: Path, index: Path) -> dict[str, float]:
    """F1 of people and places with exact ends by language, and of ``all`` together, for texts with ``ents``."""
    finder = IndexFinder(CandidateFinder(Index.open(index / "core")))
    recogniser = Recogniser.load(finder, NameLexicon.open(index / "names"), model)
    right, told, wanted = Counter[str](), Counter[str](), Counter[str]()
    for row in rows:
        text, lang = row["text"], row["lang"]
        found = {(s.start, s.end, s.kind) for s in recogniser.spans(text, tokenize(text), lang) if s.kind in _KINDS}
        gold = {(start, end, kind) for start, end, kind in row["ents"] if kind in _KINDS}
        for key in (lang, "all"):
            right[key] += len(found & gold)
            told[key] += len(found)
            wanted[key] += len(gold)
    return {key: 2 * right[key] / max(1, told[key] + wanted[key]) for key in sorted(wanted)}
