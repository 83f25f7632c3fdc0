"""The recogniser that ships: people and places that no index lists, by the words around them and the letters in them.

A small network (``model/``) over hashed letters, context words, name roles and index hits of each word. Trained by
``tools/recogniser``; how it was chosen is in ``docs/decisions/0012-recogniser.md``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from functools import lru_cache
from importlib import resources
from importlib.resources.abc import Traversable
from io import BytesIO
from itertools import chain, pairwise, repeat
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from entnorm.gazetteer.names import NameLexicon
from entnorm.mentions._blas import one_blas_thread
from entnorm.mentions._recogniser_chain import Chain
from entnorm.mentions._recogniser_decode import KINDS, agreed, by_kind, kind_beliefs, mended, runs
from entnorm.mentions._recogniser_features import PhraseLevels, Placed, WordKnowledge, lexical_rows
from entnorm.mentions._recogniser_network import LETTERS, WIDTH, Floats, label_probabilities
from entnorm.mentions._recogniser_words import OrdinaryWords
from entnorm.mentions.finder import IndexFinder
from entnorm.mentions.lexicon import CAPITAL_NOUNS, classes
from entnorm.mentions.phrase import Phrase
from entnorm.mentions.tokens import Token
from entnorm.text.typewords import type_of_word

_POSSESSIVE = re.compile(r"['’ʼ`´‘][sS]$")
_ORDINAL = re.compile(r"[IVX]+")
#: Languages that write a full stop after an ordinal number.
_DOTTED_ORDINALS = frozenset(
    ("bs", "cs", "da", "de", "et", "fi", "hr", "hu", "is", "lv", "nb", "nn", "no", "sk", "sl", "sr", "tr")
)
_WORDS_AT_ONCE = 4000
#: Belief in a person where the network says organisation and the words are a given and a family name.
_GIVEN_AND_FAMILY = 0.8
#: Small words inside a name that follow one another: Lido di Sopra, Mohammed bin al-Rashid.
_SMALL_BETWEEN = 3


class Span(NamedTuple):
    """Characters ``start:end`` that name a person (``PER``), a place (``LOC``) or an organisation (``ORG``).

    ``probability`` is the mean belief in the kind over the words of the span, 0 to 1, uncalibrated.
    """

    start: int
    end: int
    kind: str
    probability: float


class Reading(NamedTuple):
    """Names in a text, and for each word the belief (0 to 1) that it is no name, or part of a person's, a place's or an
    organisation's (columns in this order)."""

    spans: list[Span]
    beliefs: Floats


class Recogniser:
    """Finds names by a network; safe to share between threads, cheap to keep.

    >>> from entnorm.mentions.tokens import tokenize
    >>> text = "Präsident Jens Öblarn sprach am Montag in Berlin."
    >>> [text[s.start : s.end] for s in Recogniser.load().spans(text, tokenize(text), "de")]
    ['Jens Öblarn', 'Berlin']
    """

    def __init__(
        self,
        weights: dict[str, Floats],
        features: Sequence[str],
        finder: IndexFinder | None,
        names: NameLexicon | None,
        ordinary: OrdinaryWords,
    ) -> None:
        self._weights = weights
        self._number = {feature: n for n, feature in enumerate(features)}
        self._finder, self._names, self._ordinary = finder, names, ordinary
        self._placed = Placed(lambda f: self._number.get(f, 0), PhraseLevels(finder) if finder else _no_level)
        self._knowledge = WordKnowledge(names, [finder] if finder else [], ordinary)
        self._word = lru_cache(maxsize=1 << 15)(self._word_row)

    @classmethod
    def load(
        cls, finder: IndexFinder | None = None, names: NameLexicon | None = None, folder: Traversable | None = None
    ) -> Recogniser:
        """The recogniser with the weights that ship.

        ``finder`` over the index in use and the compiled name tables ``names`` are evidence; without them fewer names
        are found. ``folder`` holds other weights.
        """
        place = folder or resources.files("entnorm.mentions").joinpath("model")
        described = json.loads(place.joinpath("model.json").read_text(encoding="utf-8"))
        with np.load(BytesIO(place.joinpath("weights.npz").read_bytes()), allow_pickle=False) as stored:
            weights = {name: _restored(stored, name) for name in stored.files if not name.endswith(".scale")}
        return cls(weights, described["features"], finder, names, OrdinaryWords.load(folder))

    def _word_row(self, text: str, lang: str | None) -> Floats:
        """Feature sum of a word wherever it stands."""
        row = np.empty(WIDTH, dtype=np.float32)
        row[:LETTERS] = self._weights["letters"][list(lexical_rows(text))].sum(axis=0)
        known = [n for f in self._knowledge(text, lang) if (n := self._number.get(f))]
        row[LETTERS:] = self._weights["knowledge"][known].sum(axis=0) if known else 0
        return row

    def probabilities(
        self, tokens: Sequence[Token], lang: str | None, phrases: Sequence[Phrase] | None = None
    ) -> Floats:
        """Probability of every label (columns, as in ``model.json``) for every word."""
        if phrases is None:
            phrases = self._finder.phrases(list(tokens), lang) if self._finder else ()
        if self._finder is None:
            phrases = ()
        x = np.concatenate(list(map(self._word, [t.text for t in tokens], repeat(lang)))).reshape(-1, WIDTH)
        numbers = np.fromiter(chain.from_iterable(self._placed(tokens, phrases)), dtype=np.intp)
        x[:, LETTERS:] += np.add.reduce(self._weights["knowledge"][numbers.reshape(len(x), -1)], axis=1)
        wanted = _may_be_named(tokens, phrases)
        cuts = [slice(i, i + _WORDS_AT_ONCE) for i in range(0, len(x), _WORDS_AT_ONCE)]
        with one_blas_thread():
            return np.concatenate([label_probabilities(x[cut], self._weights, wanted[cut]) for cut in cuts])

    def read(
        self, text: str, tokens: Sequence[Token], lang: str | None, phrases: Sequence[Phrase] | None = None
    ) -> Reading:
        """Names in ``text``, whose words are ``tokens``, and the belief that each word is part of one.

        ``lang`` is an ISO 639-1 code or ``None``; ``phrases`` are those of the finder in :meth:`load` when they are
        known already. Words of scripts without spaces are never part of a name here.
        """
        if not tokens:
            return Reading([], np.zeros((0, len(KINDS)), dtype=np.float32))
        p = self.probabilities(tokens, lang, phrases)
        chain = Chain(agreed(p, kind_beliefs(p, tokens)), self._weights["follows"], self._weights["begins"])
        q, labels = by_kind(chain.probabilities()), chain.best().tolist()
        found = []
        for first, last, kind, belief in mended(runs(labels, q, tokens), tokens, self._names, lang):
            if lang in CAPITAL_NOUNS:
                last = self._without_noun(tokens, first, last, kind)
            if kind == "PER":
                first = self._behind_title(tokens, first, last, lang)
            start, end = tokens[first].start, tokens[last - 1].end
            possessive = _POSSESSIVE.search(text, start, end)
            end = possessive.start() if possessive else end
            if last - first > 1 and text[end : end + 1] == "." and _keeps_full_stop(tokens[last - 1].text, lang):
                end += 1
            if kind == "ORG" and self._is_person(tokens, first, last, lang):
                kind, belief = "PER", _GIVEN_AND_FAMILY
            if end > start:
                found.append(Span(start, end, kind, belief))
        return Reading(found, q)

    def _is_person(self, tokens: Sequence[Token], first: int, last: int, lang: str | None) -> bool:
        """Whether two words taken for an organisation are a given and a family name: die Sängerin Mercedes Ibarra."""
        if last - first != 2 or self._names is None or self._names.roles(tokens[first].text).role != "given":
            return False
        before = classes(tokens[first - 1].text, lang) if first and tokens[first].gap == " " else frozenset()
        return bool(before & {"title", "role"}) or self._names.roles(tokens[first + 1].text).role in ("family", "both")

    def _behind_title(self, tokens: Sequence[Token], first: int, last: int, lang: str | None) -> int:
        """The beginning of a name without a title that is no given name: House Speaker Johnson, M. Bertrand."""
        if last - first < 2 or self._names is None:
            return first
        for at in range(min(first + 2, last - 1) - 1, first - 1, -1):
            if "title" in classes(tokens[at].text, lang) and not any(
                len(t.text) > 1 and self._names.roles(t.text).role for t in tokens[first : at + 1]
            ):
                return at + 1
        return first

    def _without_noun(self, tokens: Sequence[Token], first: int, last: int, kind: str) -> int:
        """The end of a name without the noun it is compounded with: ``Kiew-Besuch``.

        Places are compounded with places that end like nouns (Düsseldorf-Gerresheim), so there only whole nouns count,
        and those that name a kind of place do not (Karl-Marx-Stadt).
        """
        tail = tokens[last - 1]
        if last - first < 2 or tail.gap != "-":
            return last
        noun = self._ordinary.noun(tail.text)
        if not noun or (kind == "LOC" and (noun != "noun" or type_of_word(tail.text))):
            return last
        return last if self._names is not None and self._names.roles(tail.text).role else last - 1

    def spans(
        self, text: str, tokens: Sequence[Token], lang: str | None, phrases: Sequence[Phrase] | None = None
    ) -> list[Span]:
        """The names alone, in text order and without overlap; see :meth:`read`."""
        return self.read(text, tokens, lang, phrases).spans


def _may_be_named(tokens: Sequence[Token], phrases: Sequence[Phrase]) -> npt.NDArray[np.bool_]:
    """The words that a name may cover: those with a capital or listed, and small ones between two such words.

    All of them where no word has a capital.
    """
    if not any(t.capital for t in tokens):
        return np.ones(len(tokens), dtype=np.bool_)
    wanted = [t.capital or not t.cased for t in tokens]
    for phrase in phrases:
        for i in range(phrase.first, phrase.last):
            wanted[i] = True
    for before, after in pairwise([i for i, named in enumerate(wanted) if named]):
        if 1 < after - before <= _SMALL_BETWEEN + 1:
            wanted[before:after] = [True] * (after - before)
    return np.array(wanted)


def _keeps_full_stop(word: str, lang: str | None) -> bool:
    """Whether a full stop after a name is the name's: Claudia B., and in some languages Elisabeth II."""
    return len(word) == 1 or (lang in _DOTTED_ORDINALS and _ORDINAL.fullmatch(word) is not None)


def _no_level(phrase: Phrase, kind: str) -> int:
    return 0


def _restored(stored: np.lib.npyio.NpzFile, name: str) -> Floats:
    value: Floats = stored[name].astype(np.float32)
    scale = f"{name}.scale"
    if scale in stored.files:
        value *= stored[scale].astype(np.float32)[:, None]
    return value
