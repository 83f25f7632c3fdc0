"""Candidates: the name rows of an index that a query may mean, by every route of retrieval."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import JaroWinkler, Levenshtein

from entnorm.index.retrieve import Ids, KeyRetriever
from entnorm.index.store import Index
from entnorm.match.align import SAME_WORD, heard_similarity, word_similarity
from entnorm.match.query import Query, Reading
from entnorm.text import translit_model
from entnorm.text.keys import skeletons, sounds
from entnorm.text.scripts import script_of

_SOUND_LIST_MAX = 4000
_WORD_CANDIDATES = 24
_WORDS_SCORED = 48
_HYPOTHESES = 3
_AS_GOOD = 0.12
_ROWS_PER_WORD = 60_000


@dataclass(frozen=True, slots=True)
class Hit:
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
        self.word_candidates = lru_cache(maxsize=1 << 14)(self._word_candidates)
        self.heard_candidates = lru_cache(maxsize=1 << 12)(self._heard_candidates)
        self.weight = lru_cache(maxsize=1 << 16)(self._weight)

    def _weight(self, word: str) -> float:
        """Information of a word of a person's name: log of how many people bear it; unknown words weigh most."""
        k = self.keys.key_id(word)
        df = 0 if k is None else int(self._token_starts[k + 1]) - int(self._token_starts[k])
        return 1.0 + math.log1p(self._people / (1.0 + df)) * 0.35

    def exact(self, readings: Iterable[Reading]) -> list[Hit]:
        """Rows whose whole key equals that of a reading."""
        hits: list[Hit] = []
        for reading in readings:
            k = self.keys.key_id(reading.key)
            if k is not None:
                hits.extend(Hit(row, reading) for row in self.keys.rows_of_key(k).tolist())
        return hits

    def near(self, reading: Reading, top: int = 40) -> list[Hit]:
        """Rows whose whole key is spelled or sounds like a reading's, the most alike keys first."""
        joined = reading.key.replace(" ", "")
        ids = [self.keys.near(reading.key, self.limit)]
        foreign = script_of(reading.text) not in ("Latn", "Zyyy")
        if foreign:
            ids += [self.keys.near(h, self.limit) for h, _ in translit_model.hypotheses(reading.text, _HYPOTHESES) if h]
        for sound in sounds(joined)[:2]:
            if len(sound) > 1:
                found = self.keys.sounding(sound)
                if len(found) <= _SOUND_LIST_MAX:
                    ids.append(found)
        texts = {k: self.keys.key_text(k) for k in np.unique(np.concatenate(ids)).tolist()}
        best = process.extract(
            reading.key,
            texts,
            scorer=JaroWinkler.normalized_similarity,
            processor=None,
            limit=3 * top,
            score_cutoff=0.55,
        )
        ranked = sorted(best, key=lambda b: -word_similarity(joined, b[0].replace(" ", "")))[:top]
        chosen = {int(k): None for _, _, k in ranked}
        if foreign:
            chosen.update((k, None) for k, _ in self._hear(reading.text, texts)[-top // 2 :])
        return [Hit(row, reading) for k in chosen for row in self.keys.rows_of_key(k).tolist()]

    def _word_candidates(self, word: str, fuzzy: bool) -> tuple[tuple[int, float], ...]:
        """Keys that occur as words of people's names and may be ``word``: ``(key id, similarity)``, worst first."""
        found: dict[int, float] = {}
        starts = self._token_starts
        exact = self.keys.key_id(word)
        if exact is not None and starts[exact + 1] > starts[exact]:
            found[exact] = 1.0
        if not fuzzy:
            return tuple(found.items())
        lists = []
        for sound in sounds(word)[:3] if len(word) > 2 else ():
            near = self.keys.sounding(sound) if len(sound) > 1 else ()
            if 0 < len(near) <= _SOUND_LIST_MAX:
                lists.append(near)
        if len(word) > 2:
            lists.append(self.keys.near(word, self.limit))
        if lists:
            ids = np.unique(np.concatenate(lists))
            ids = ids[starts[ids + 1] > starts[ids]]
            texts = {k: self.keys.key_text(k) for k in ids.tolist()}
            scored = sorted(
                ((word_similarity(word, text), k) for k, text in self._likeliest([word], texts)), reverse=True
            )
            for similarity, k in scored[:_WORD_CANDIDATES]:
                if similarity >= SAME_WORD:
                    found.setdefault(int(k), similarity)
        return tuple(sorted(found.items(), key=lambda f: f[1]))

    def _heard_candidates(self, native: str) -> tuple[tuple[int, float], ...]:
        """Words of people's names that a word of another script may be in Latin letters, by the learned channel."""
        starts = self._token_starts
        spelled = [
            h
            for h in dict.fromkeys([h for h, _ in translit_model.hypotheses(native, _HYPOTHESES)])
            if len(h) > 1 and " " not in h
        ]
        if not spelled:
            return ()
        ids = np.unique(np.concatenate([self.keys.trigrams(h, self.limit) for h in spelled]))
        texts = {k: self.keys.key_text(k) for k in ids[starts[ids + 1] > starts[ids]].tolist()}
        texts = dict(self._likeliest(spelled, texts))
        return self._hear(native, texts)

    @staticmethod
    def _hear(native: str, texts: dict[int, str]) -> tuple[tuple[int, float], ...]:
        """Keys with their similarity to a word of another script, the best few, worst first."""
        if not texts:
            return ()
        values = translit_model.scores(native, list(texts.values())).tolist()
        scored = [(k, heard_similarity(v)) for k, v in zip(texts, values, strict=True) if v == v]
        scored.sort(key=lambda x: x[1])
        return tuple((k, v) for k, v in scored[-_WORD_CANDIDATES:] if v >= SAME_WORD)

    @staticmethod
    def _likeliest(words: Sequence[str], texts: dict[int, str]) -> list[tuple[int, str]]:
        """The keys worth a full comparison with ``words``, picked by a vectorised look at letters and sounds."""
        items = list(texts.items())
        if len(items) <= _WORDS_SCORED:
            return items
        strings = [text for _, text in items]
        letters = process.cdist(words, strings, scorer=Levenshtein.normalized_similarity).max(axis=0)
        heard = [(skeletons(text) or ("",))[0] for text in strings]
        mine = [s for word in words for s in skeletons(word)[:3]] or [""]
        sound = process.cdist(mine, heard, scorer=Levenshtein.normalized_similarity).max(axis=0)
        order = np.argsort(-(letters + sound), kind="stable")[:_WORDS_SCORED]
        return [items[i] for i in order.tolist()]

    def _options(self, query: Query, i: int, fuzzy: bool) -> list[tuple[int, float]]:
        """Word candidates of word ``i`` of a query, its undone forms included, worst first."""
        options = dict(self.word_candidates(query.words[i], fuzzy))
        for base in query.bases[i]:
            for k, similarity in self.word_candidates(base, False):
                options[k] = max(options.get(k, 0.0), similarity - 0.02)
        if fuzzy and query.script != "Latn":
            for native in query.natives[i][:2]:
                for k, similarity in self.heard_candidates(native):
                    options[k] = max(options.get(k, 0.0), similarity)
        return sorted(options.items(), key=lambda o: o[1])

    def by_words(self, query: Query, *, fuzzy: bool, top: int = 12) -> list[Hit]:
        """Rows of people that share words with the query: surname alone, other order, a name left out.

        One row per entity, at most ``top`` entities.
        """
        if not 0 < len(query.words) <= 8:
            return []
        postings = [
            [
                (self.keys.rows_of_token(k)[:_ROWS_PER_WORD], x * self.weight(self.keys.key_text(k)))
                for k, x in self._options(query, i, fuzzy)
            ]
            for i in range(len(query.words))
        ]
        lists = [rows for word in postings for rows, _ in word]
        if not lists:
            return []
        rows = np.unique(np.concatenate(lists))
        total: NDArray[np.float32] = np.zeros(len(rows), dtype=np.float32)
        for word in postings:
            best: NDArray[np.float32] = np.zeros(len(rows), dtype=np.float32)
            for found, value in word:
                best[np.searchsorted(rows, found)] = value
            total += best
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
