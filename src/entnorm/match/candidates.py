"""Candidates: the name rows of an index that a query may mean, by every route of retrieval."""

from __future__ import annotations

import math
from collections.abc import Iterable
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import JaroWinkler, Levenshtein

from entnorm.index.postings import distinct
from entnorm.index.retrieve import Ids, KeyRetriever
from entnorm.index.store import Index
from entnorm.match.align import SAME_WORD, heard_similarity, word_similarity
from entnorm.match.query import Reading
from entnorm.match.words import WordTable
from entnorm.text import translit_model
from entnorm.text.keys import sounds
from entnorm.text.scripts import script_of

_WORD_CANDIDATES = 16
_NEAREST = 24
_HYPOTHESES = 3
_AS_GOOD = 0.12
_ROWS_PER_WORD = 60_000
#: A row that shares less than this part of what the best one shares is left out.
_HOPELESS = 0.5


class Reach(IntEnum):
    """How far from the words of a query its candidates are looked for: each step includes those before."""

    LISTED = 0  #: the words as they are, or with an ending undone
    KNOWN = 1  #: and other forms of the same names
    MISSING = 2  #: and, for words that these steps find nothing for, whatever is spelled or sounds alike
    FUZZY = 3  #: and that for all words


class Hit(NamedTuple):
    """A name row reached through a reading of the query."""

    row: int
    reading: Reading


class CandidateFinder:
    """Finds candidates in one index. Holds caches, no state of any query."""

    def __init__(self, index: Index, limit: int = 100) -> None:
        self.index = index
        self.keys = KeyRetriever(index)
        self.limit = limit
        arrays = index.arrays
        self._token_starts = arrays["tokens_starts"]
        self._name_entity = arrays["name_entity"]
        people = int((arrays["entity_kind"] == 0).sum())
        self._people = max(1, people)
        self.has_people = people > 0
        self.has_places = people < len(arrays["entity_kind"])
        self._alike = lru_cache(maxsize=1 << 14)(self._find_alike)
        self.weight = lru_cache(maxsize=1 << 16)(self._weight)

    def _weight(self, word: str) -> float:
        """Information of a word of a person's name: log of how many people bear it; unknown words weigh most."""
        k = self.keys.key_id(word)
        df = 0 if k is None else int(self._token_starts[k + 1]) - int(self._token_starts[k])
        return 1.0 + math.log1p(self._people / (1.0 + df)) * 0.35

    def is_word(self, word: str) -> bool:
        """Whether a listed person's name has this word."""
        k = self.keys.key_id(word)
        return k is not None and bool(self._token_starts[k + 1] > self._token_starts[k])

    def exact(self, readings: Iterable[Reading]) -> list[Hit]:
        """Rows whose whole key equals that of a reading."""
        hits: list[Hit] = []
        for reading in readings:
            k = self.keys.key_id(reading.key)
            if k is not None:
                hits.extend(Hit(row, reading) for row in self.keys.rows_of_key(k).tolist())
        return hits

    def near(self, reading: Reading, top: int = 24) -> list[Hit]:
        """Rows whose whole key is spelled or sounds like a reading's, the most alike keys first."""
        joined = reading.key.replace(" ", "")
        foreign = script_of(reading.text) not in ("Latn", "Zyyy")
        heard = [h for h, _ in translit_model.hypotheses(reading.text, _HYPOTHESES) if h] if foreign else []
        spelled = list(dict.fromkeys([reading.key, *heard]))
        ids = [self.keys.near(s, self.limit) for s in spelled]
        for sound in sounds(joined)[:2]:
            if len(sound) > 1:
                ids.append(self._best_spelled(reading.key, self.keys.sounding(sound), self.limit))
        found = distinct(np.concatenate(ids)).tolist()
        if not found:
            return []
        texts = [self.keys.key_text(k) for k in found]
        letters = process.cdist(spelled, texts, scorer=JaroWinkler.normalized_similarity, dtype=np.float32).max(axis=0)
        likely = {texts[i]: found[i] for i in np.argsort(-letters, kind="stable")[: 3 * top].tolist()}
        if foreign:
            ranked = list(likely)[: top // 3] + self._best_heard(reading.text, list(likely))[: top // 2]
        else:
            ranked = sorted(list(likely)[: 2 * top], key=lambda t: -word_similarity(joined, t.replace(" ", "")))
            ranked = ranked[: 2 * top // 3]
        chosen = dict.fromkeys(likely[text] for text in ranked)
        return [Hit(row, reading) for k in chosen for row in self.keys.rows_of_key(k).tolist()]

    @staticmethod
    def _best_heard(native: str, texts: list[str]) -> list[str]:
        """Keys that a name in another script may be by ear, the likeliest first."""
        values = translit_model.scores(native, texts).tolist()
        scored = [(v, t) for t, v in zip(texts, values, strict=True) if v == v and heard_similarity(v) >= SAME_WORD]
        return [t for _, t in sorted(scored, reverse=True)]

    def _find_alike(self, word: str, natives: tuple[str, ...]) -> tuple[tuple[str, int], ...]:
        """Words of people's names that are spelled or sound like a word, or like what it is in Latin letters."""
        if len(word) < 2:
            return ()
        heard = (h for native in natives for h, _ in translit_model.hypotheses(native, _HYPOTHESES))
        spelled = [h for h in dict.fromkeys([word, *heard]) if len(h) > 1 and " " not in h]
        ids = [self.keys.words.nearest(spelled, _NEAREST + 8 * len(natives))[0]]
        for sound in sounds(word)[:3] if len(word) > 2 else ():
            if len(sound) > 1:
                ids.append(self._best_spelled(word, self._words_only(self.keys.sounding(sound)), _NEAREST))
        return tuple((self.keys.key_text(k), k) for k in distinct(np.concatenate(ids)).tolist())

    def _words_only(self, ids: Ids) -> Ids:
        starts = self._token_starts
        return ids[starts[ids + 1] > starts[ids]]

    def _best_spelled(self, word: str, ids: Ids, limit: int) -> Ids:
        """The ``limit`` keys nearest to a word by letters."""
        if len(ids) <= limit:
            return ids
        texts = [self.keys.key_text(k) for k in ids.tolist()]
        likeness = process.cdist([word], texts, scorer=Levenshtein.normalized_similarity, dtype=np.float32)[0]
        return ids[np.argsort(-likeness, kind="stable")[:limit]]

    def _options(self, table: WordTable, i: int, reach: Reach) -> list[tuple[int, float]]:
        """Words of people's names that word ``i`` of a query may be, as ``(key id, similarity)``, worst first."""
        query = table.query
        options: dict[int, float] = {}
        for word, similarity in ((query.words[i], 1.0), *((base, 0.98) for base in query.bases[i])):
            k = self.keys.key_id(word)
            if k is not None and self._token_starts[k + 1] > self._token_starts[k]:
                options.setdefault(k, similarity)
        if reach >= Reach.KNOWN and (kin := table.kin(i)):
            values = list(kin.values())
            ids, at = self.keys.words.with_hashes(np.fromiter(kin, dtype=np.uint32, count=len(kin)))
            for k, place in zip(ids.tolist(), at.tolist(), strict=True):
                options[k] = max(options.get(k, 0.0), values[place])
        if reach >= Reach.FUZZY or (reach == Reach.MISSING and not options):
            across = query.script != "Latn"
            alike = dict(self._alike(query.words[i], table.natives(i) if across else ()))
            if across:
                alike = table.best_heard(i, alike, _WORD_CANDIDATES)
            similarity_of = table.heard if across else table.spelled
            scored = sorted((similarity_of(i, text), k) for text, k in alike.items())[-_WORD_CANDIDATES:]
            for similarity, k in scored:
                if similarity >= SAME_WORD:
                    options[k] = max(options.get(k, 0.0), similarity)
        return sorted(options.items(), key=lambda o: o[1])

    def by_words(self, table: WordTable, reach: Reach, top: int = 12) -> list[Hit]:
        """Rows of people that share words with the query: surname alone, other order, a name left out.

        One row per entity, at most ``top`` entities; none within ``Reach.KNOWN`` when a word is known of nobody.
        """
        query = table.query
        if not 0 < len(query.words) <= 8:
            return []
        options = [self._options(table, i, reach) for i in range(len(query.words))]
        if reach == Reach.KNOWN and not all(options):
            return []
        postings = [
            [(self.keys.rows_of_token(k)[:_ROWS_PER_WORD], x * self.weight(word)) for k, x in of_word]
            for word, of_word in zip(query.words, options, strict=True)
        ]
        lists = [rows for word in postings for rows, _ in word]
        if not lists:
            return []
        rows = distinct(np.concatenate(lists))
        total: NDArray[np.float32] = np.zeros(len(rows), dtype=np.float32)
        for word in postings:
            best: NDArray[np.float32] = np.zeros(len(rows), dtype=np.float32)
            for found, value in word:
                best[np.searchsorted(rows, found)] = value
            total += best
        likely = np.flatnonzero(total >= _HOPELESS * total.max())
        rows, total = rows[likely], total[likely]
        entities = self._name_entity[rows]
        scores = total + 0.3 * self.index.arrays["entity_prominence"][entities]
        order = np.argsort(-scores, kind="stable")[: 40 * top]
        _, first = np.unique(entities[order], return_index=True)
        reading = Reading(query.text, query.key)
        return [
            Hit(self._in_script(rows, entities, scores, int(i), query.script), reading)
            for i in order[np.sort(first)[:top]]
        ]

    def _in_script(self, rows: Ids, entities: Ids, scores: NDArray[np.float32], best: int, script: str) -> int:
        """Among the rows of an entity that share as much with the query as its best one, one in the query's script."""
        alike = rows[(entities == entities[best]) & (scores >= scores[best] - _AS_GOOD)].tolist()
        return next((r for r in alike if script_of(self.index.name_text(r)) == script), int(rows[best]))
