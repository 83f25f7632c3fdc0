"""Training sentences as arrays of features and labels.

A data set is a list of sequences over shared tables: the feature rows of every distinct (word, language), and for each
word of a sequence the number of its type, its four placed features and its label.
"""

from __future__ import annotations

import json
import random
import unicodedata
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from entnorm.gazetteer.names import NameLexicon
from entnorm.index.store import Index
from entnorm.match.candidates import CandidateFinder
from entnorm.mentions._recogniser_features import PhraseLevels, Placed, WordKnowledge, lexical_rows
from entnorm.mentions._recogniser_words import OrdinaryWords
from entnorm.mentions.finder import IndexFinder
from entnorm.mentions.tokens import Token, tokenize

LABELS = ("O", "B-PER", "I-PER", "B-LOC", "I-LOC", "B-ORG", "I-ORG")
_NUMBER = {label: n for n, label in enumerate(LABELS)}
#: A feature seen less often than this in training gets no row.
MIN_SEEN = 20


def read_rows(path: Path) -> Iterator[dict]:
    """Lines of one file; text in NFC only, since offsets count code points."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if unicodedata.is_normalized("NFC", row["text"]):
                yield row


def joined(rows: Iterable[dict], rng: random.Random) -> Iterator[dict]:
    """Runs of one to four neighbouring rows as one text, as sentences stand in articles; never of two articles."""
    block: list[dict] = []
    size = rng.choice((1, 1, 2, 4))
    for row in rows:
        if block and (len(block) >= size or _source(row) != _source(block[0])):
            yield _join(block, rng)
            block, size = [], rng.choice((1, 1, 2, 4))
        block.append(row)
    if block:
        yield _join(block, rng)


def _source(row: dict) -> tuple:
    return row["lang"], row.get("article")


def _join(block: list[dict], rng: random.Random) -> dict:
    text, ents = "", []
    for row in block:
        if text:
            text += rng.choice((" ", " ", " ", "\n", "\n\n"))
        ents += [[s + len(text), e + len(text), k] for s, e, k in row["ents"]]
        text += row["text"]
    return {"text": text, "ents": ents, "lang": block[0]["lang"]}


def labels(tokens: list[Token], ents: list[list]) -> list[int]:
    """Label numbers of the words: a word belongs to the span that covers most of it."""
    out = [0] * len(tokens)
    for start, end, kind in ents:
        if kind not in ("PER", "LOC", "ORG"):
            continue
        first = True
        for i, token in enumerate(tokens):
            shared = min(end, token.end) - max(start, token.start)
            if shared * 2 > token.end - token.start:
                out[i] = _NUMBER[("B-" if first else "I-") + kind]
                first = False
            elif token.start >= end:
                break
    return out


@dataclass
class Data:
    """Flat arrays; sequence ``i`` is ``bounds[i]:bounds[i + 1]``. Knowledge of type ``t`` is
    ``know[know_bounds[t]:know_bounds[t + 1]]``."""

    types: np.ndarray
    place: np.ndarray
    label: np.ndarray
    bounds: np.ndarray
    source: np.ndarray
    lexical: np.ndarray
    know: np.ndarray
    know_bounds: np.ndarray
    features: list[str]


class Builder:
    """Collects sequences; ``words`` is the folder of the filters of words that are no names."""

    def __init__(self, index: Path, names: Path, words: Path | None = None) -> None:
        self._finder = IndexFinder(CandidateFinder(Index.open(index)))
        self._names: list[str] = [""]
        self._number: dict[str, int] = {"": 0}
        self._placer = Placed(self._numbered, PhraseLevels(self._finder))
        self._knowledge = WordKnowledge(NameLexicon.open(names), [self._finder], OrdinaryWords.load(words))
        self._type: dict[tuple[str, str | None], int] = {}
        self._type_features: list[list[str]] = []
        self._lexical: list[tuple[int, ...]] = []
        self._types, self._labels, self._bounds, self._source = array("i"), array("b"), array("i", [0]), array("b")
        self._placed = array("i")

    @property
    def words(self) -> int:
        """Words collected so far."""
        return len(self._types)

    def _numbered(self, feature: str) -> int:
        number = self._number.setdefault(feature, len(self._names))
        if number == len(self._names):
            self._names.append(feature)
        return number

    def add(self, row: dict, source: int, rng: random.Random) -> None:
        """Take one text; one in eight without its language, one in twelve without the index."""
        tokens = tokenize(row["text"])
        if not tokens:
            return
        lang = row["lang"] if rng.random() > 0.12 else None
        phrases = self._finder.phrases(tokens, lang) if rng.random() > 0.08 else []
        for token in tokens:
            key = (token.text, lang)
            number = self._type.get(key)
            if number is None:
                number = self._type[key] = len(self._type)
                self._type_features.append(self._knowledge(token.text, lang))
                self._lexical.append(lexical_rows(token.text))
            self._types.append(number)
        for numbers in self._placer(tokens, phrases):
            self._placed.extend(numbers)
        self._labels.extend(labels(tokens, row["ents"]))
        self._bounds.append(len(self._types))
        self._source.append(source)

    def build(self, features: list[str] | None = None) -> Data:
        """The arrays; ``features`` are those of a model, else those seen often enough."""
        placed = np.array(self._placed, dtype=np.int32).reshape(-1, 4)
        if features is None:
            counts = np.bincount(placed.ravel(), minlength=len(self._names)).tolist()
            seen = Counter(dict(zip(self._names, counts, strict=True)))
            for number, times in Counter(self._types).items():
                for feature in self._type_features[number]:
                    seen[feature] += times
            features = ["", *sorted(f for f, n in seen.items() if f and n >= MIN_SEEN)]
        number_of = {f: n for n, f in enumerate(features)}
        place = np.array([number_of.get(name, 0) for name in self._names], dtype=np.int32)[placed]
        know = [[number_of[f] for f in row if f in number_of] for row in self._type_features]
        return Data(
            types=np.array(self._types, dtype=np.int32),
            place=place,
            label=np.array(self._labels, dtype=np.int8),
            bounds=np.array(self._bounds, dtype=np.int64),
            source=np.array(self._source, dtype=np.int8),
            lexical=np.array(self._lexical, dtype=np.int32),
            know=np.array([n for row in know for n in row], dtype=np.int32),
            know_bounds=np.cumsum([0, *(len(row) for row in know)]),
            features=features,
        )
