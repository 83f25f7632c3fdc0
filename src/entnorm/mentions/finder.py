"""The index finder: stretches of text that are written like a listed name, and how strongly the context says so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import islice, product
from typing import NamedTuple

from entnorm.gazetteer.names import NameLexicon
from entnorm.index.store import Index
from entnorm.match.candidates import CandidateFinder
from entnorm.match.query import undone
from entnorm.mentions.contracted import ContractedReader
from entnorm.mentions.korean import without_type
from entnorm.mentions.phrase import Phrase
from entnorm.mentions.tokens import Token, is_east_asian, is_unspaced, uncased
from entnorm.mentions.uncased import SPACED, UncasedReader
from entnorm.mentions.unspaced import Stretch, UnspacedReader, join_dotted
from entnorm.models import Kind
from entnorm.text.fold import fold
from entnorm.text.keys import key
from entnorm.text.scripts import script_of, script_of_char
from entnorm.text.typewords import type_of_word

MAX_WORDS = 5
_MAX_COMBINATIONS = 32
_MOST_PRODUCTS = 400
_NEIGHBOUR = 6
#: Letters from which names in scripts without vowels are the same when they romanize alike.
LONG = 6
_LONGEST_UNSPACED = 12
#: Prominence that a name of two characters in unspaced text must have.
_KNOWN_SHORT = 0.55
_GAPS = frozenset({" ", "-", "‐", "‑", "\u00a0", ". ", ".", "’", "'", "", " -", "- ", "\u202f", "·", "・", "–"})
# Letters that Arabic and Hebrew write onto the front of a word: and, in, to, like, from, the.
_PARTICLES = (
    "에서는", "으로부터", "에서", "에게", "까지", "부터", "으로", "이라고", "라고",
    "은", "는", "이", "가", "을", "를", "의", "에", "와", "과", "도", "로", "만",
)  # fmt: skip
#: Scripts without vowels, where names that are quite different romanize alike.
CONSONANTS = frozenset({"Arab", "Hebr"})
_CARELESS = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ۀ": "ه", "ؤ": "و", "ئ": "ي"}
)
_PROCLITICS = {"Arab": "وبلفك", "Hebr": "ובלמהשכ"}


class Word(NamedTuple):
    """What the finder keeps of a word: its key, the keys it may be an inflected form of, whether it heads a key.

    ``simple`` says that each of these is a word of keys by itself: no initial, which keys join to the next one.
    ``options`` are all keys of the word, the plain one first.
    """

    key: str
    bases: tuple[str, ...]
    head: bool
    simple: bool
    options: tuple[str, ...]


class Start(NamedTuple):
    """A word that a name may begin with, the words that follow it in listed names, and what is listed of it alone."""

    word: Word
    seconds: frozenset[str]
    alone: tuple[tuple[int, ...], tuple[int, ...], bool] | None


class IndexFinder:
    """Finds listed names in the words of a text. Holds caches only."""

    def __init__(self, candidates: CandidateFinder, lexicon: NameLexicon | None = None) -> None:
        self.index: Index = candidates.index
        self.keys = candidates.keys
        self._kinds = memoryview(self.index.arrays["entity_kind"].data)
        self._entity = memoryview(self.index.arrays["name_entity"].data)
        self.word = lru_cache(maxsize=1 << 16)(self._word)
        self.piece = lru_cache(maxsize=1 << 15)(self._piece)
        self.rows = lru_cache(maxsize=1 << 16)(self._rows)
        self.alone = lru_cache(maxsize=1 << 15)(self._alone)
        self.start = lru_cache(maxsize=1 << 15)(self._start)
        self.worth_rows = lru_cache(maxsize=1 << 15)(self._worth_rows)
        self._written_in = lru_cache(maxsize=1 << 15)(self._rows_in)
        self.uncased = UncasedReader(self.index, lexicon)
        self.contracted = ContractedReader(self.index, self._places_written)
        self.unspaced = UnspacedReader(self.index, lru_cache(maxsize=1 << 15)(self._worth))

    def _word(self, text: str, lang: str | None) -> Word:
        plain = key(text)
        bases = tuple(dict.fromkeys(k for base, _, _ in undone(text, lang) if (k := key(base)) and k != plain))
        options = (plain, *bases)
        heads = any(map(self.keys.is_head, filter(None, options)))
        simple = len(plain) > 1 and " " not in "".join(options)
        return Word(plain, bases, heads, simple, options)

    def _start(self, text: str, lang: str | None) -> Start:
        word = self.word(text, lang)
        seconds = frozenset[str]().union(*map(self.keys.second_words, word.options))
        return Start(word, seconds, self.alone(text, lang))

    def _rows(self, name_key: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Place rows and person rows of a key."""
        k = self.keys.key_id(name_key)
        if k is None:
            return (), ()
        rows = self.keys.rows_of_key(k).tolist()
        kinds = [self._kinds[self._entity[r]] for r in rows]
        places = tuple([r for r, kind in zip(rows, kinds, strict=True) if kind == 1])
        return places, tuple([r for r, kind in zip(rows, kinds, strict=True) if kind == 0])

    def phrases(self, tokens: list[Token], lang: str | None) -> list[Phrase]:
        """Every listed phrase, longest first at each word, overlapping ones included."""
        found: list[Phrase] = []
        east_asian: list[int] = []
        spaced = False
        for i, token in enumerate(tokens):
            if not token.text.isascii() and is_unspaced(token):
                if is_east_asian(token):
                    east_asian.append(i)
                else:
                    found.extend(self._inside(token, i))
            elif (
                token.capital
                or (not token.cased and uncased(token))
                or (i + 1 < len(tokens) and type_of_word(token.text))
            ):
                found.extend(self._at(tokens, i, lang))
                spaced = spaced or (not token.cased and SPACED.match(token.text) is not None)
        if east_asian:
            found.extend(self._east_asian(tokens, east_asian, lang))
        if spaced:
            found = self.uncased.complete(tokens, found, lang)
        return self.contracted.complete(tokens, found, lang)

    def _east_asian(self, tokens: list[Token], chosen: list[int], lang: str | None) -> Iterator[Phrase]:
        """Names inside the Chinese or Japanese runs among the tokens, also those on no list."""
        stretches = [Stretch(tokens[i].text, *_neighbours(tokens, i)) for i in chosen]
        pieces, where = [], {}
        for i, some in zip(chosen, self.unspaced.read(stretches, lang), strict=True):
            at = tokens[i].start
            for piece in some:
                pieces.append(replace(piece, start=piece.start + at, end=piece.end + at))
                where[at + piece.start] = where[at + piece.end] = i
        for piece in join_dotted(tokens, pieces):
            first, last = where[piece.start], where[piece.end] + 1
            surface = (
                ""
                if last - first > 1
                else tokens[first].text[piece.start - tokens[first].start :][: piece.end - piece.start]
            )
            places, people = self.worth_rows(piece.reads or surface) if piece.label in ("place", "person") else ((), ())
            if piece.label == "place" and places:
                yield Phrase(
                    first, last, piece.start, piece.end, places, (), False, 0.15 * piece.belief, reads=piece.reads
                )
            elif people and piece.label == "person":
                yield Phrase(first, last, piece.start, piece.end, (), people, False, reads=piece.reads)
            else:
                kind: Kind = "place" if piece.label == "where" else "person"
                yield Phrase(first, last, piece.start, piece.end, (), (), False, 0.0, piece.belief, kind)

    def _worth_rows(self, text: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Place rows and person rows of a name in Han characters or kana, a part of a person's name included."""
        name_key = key(text)
        places, people = self.rows(name_key)
        places, people = self._exactly(places, text), self._exactly(people, text)
        return places, people or (self._surname_rows(name_key, text) if len(text) > 1 else ())

    def _worth(self, text: str) -> tuple[float, bool, bool]:
        places, people = self.worth_rows(text)
        prominence = self.index.arrays["entity_prominence"]
        best = max((float(prominence[self._entity[r]]) for r in (*places, *people)), default=0.0)
        return best, bool(places), bool(people)

    def _at(self, tokens: list[Token], i: int, lang: str | None) -> list[Phrase]:
        token = tokens[i]
        caseless = not token.cased and uncased(token)
        start = self.start(token.text, lang)
        found = []
        if start.word.head or caseless:
            words = self._run(tokens, i, lang, start)
            for n in range(len(words), 1, -1):
                phrase = self._phrase(tokens, i, words[:n])
                if phrase:
                    found.append(phrase)
        if start.alone is not None and (token.capital or caseless):
            found.append(Phrase(i, i + 1, token.start, token.end, *start.alone))
        if caseless and not found:
            found = self._without_clitic(tokens, i, lang)
        return found

    def _run(self, tokens: list[Token], i: int, lang: str | None, start: Start) -> list[Word]:
        """The word at ``i`` and those after it that a listed name may hold too."""
        words = [start.word]
        for token in tokens[i + 1 : i + MAX_WORDS]:
            if token.gap not in _GAPS or is_unspaced(token):
                break
            word = self.word(token.text, lang)
            if len(words) == 1 and start.word.simple and word.simple and start.seconds.isdisjoint(word.options):
                break
            words.append(word)
        return words

    def _alone(self, text: str, lang: str | None) -> tuple[tuple[int, ...], tuple[int, ...], bool] | None:
        """Place rows and person rows of a single word, and whether only a form that it comes from is listed."""
        word = self.word(text, lang)
        places, people = self.rows(word.key)
        script = script_of(text)
        if places or people:
            places, people = self._written_in(places, script), self._written_in(people, script)
            if script in CONSONANTS:
                places, people = self._spelled(places, text), self._spelled(people, text)
            if places or people:
                return places, people, False
        if script_of_char(text[0]) in CONSONANTS:
            return None
        return next(((*rows, True) for b in word.bases[:_MAX_COMBINATIONS] if any(rows := self.rows(b))), None)

    def _phrase(self, tokens: list[Token], i: int, words: list[Word]) -> Phrase | None:
        """The words from ``i`` on, two and more, as a listed name."""
        joined = " ".join([w.key for w in words])
        if joined.count(" ") >= len(words) or min([len(w.key) for w in words]) < 2:
            joined = key(joined)
        places, people = self.rows(joined)
        if places or people:
            script = script_of(tokens[i].text)
            places, people = self._written_in(places, script), self._written_in(people, script)
            if script in CONSONANTS:
                surface = " ".join(t.text for t in tokens[i : i + len(words)])
                places, people = self._spelled(places, surface), self._spelled(people, surface)
            if tokens[i].cased:
                places = self._capitalised_so(places, tokens[i : i + len(words)])
        inflected = False
        if not places and not people:
            if not any(w.bases for w in words):
                return None
            for combination in _likeliest_first([w.options for w in words]):
                if words[0].simple and words[1].simple and combination[1] not in self.keys.second_words(combination[0]):
                    continue
                places, people = self.rows(" ".join(combination))
                if places or people:
                    inflected = True
                    break
            else:
                return None
        last = i + len(words)
        return Phrase(i, last, tokens[i].start, tokens[last - 1].end, places, people, inflected)

    def _rows_in(self, rows: tuple[int, ...], script: str) -> tuple[int, ...]:
        """The rows in the script of the text; a Latin word is no occurrence of a Han name that romanizes alike."""
        return tuple([r for r in rows if script_of(self.index.name_text(r)) == script])

    def _capitalised_so(self, rows: tuple[int, ...], tokens: list[Token]) -> tuple[int, ...]:
        """The rows whose capitals the text has too: "le port" is no Le Port. Type words may be written small."""
        small = [n for n, t in enumerate(tokens) if not t.capital and len(t.text) > 2 and not type_of_word(t.text)]
        if not small:
            return rows
        kept = []
        for row in rows:
            listed = self.index.name_text(row).replace("-", " ").split()
            if len(listed) != len(tokens) or not any(listed[n][0].isupper() for n in small):
                kept.append(row)
        return tuple(kept)

    def _without_clitic(self, tokens: list[Token], i: int, lang: str | None) -> list[Phrase]:
        """A name behind letters that Arabic and Hebrew write onto it, or before a Korean particle."""
        token = tokens[i]
        script = script_of(token.text)
        if script == "Hang":
            return self._without_particle(token, i)
        letters = _PROCLITICS.get(script, "")
        for cut in (1, 2):
            if len(token.text) - cut < 2 or any(c not in letters for c in token.text[:cut]):
                break
            rest = token.text[cut:]
            for n in (2, 1):
                tail = tokens[i + 1 : i + n]
                if len(tail) < n - 1 or (n == 1 and len(rest) < 3) or any(t.gap not in _GAPS for t in tail):
                    continue
                surface = " ".join([rest, *(t.text for t in tail)])
                places, people = self.rows(key(surface))
                places, people = self._exactly(places, surface), self._exactly(people, surface)
                if places or people:
                    end = tail[-1].end if tail else token.end
                    return [Phrase(i, i + n, token.start + cut, end, places, people, True)]
        return []

    def _without_particle(self, token: Token, i: int) -> list[Phrase]:
        for particle in _PARTICLES:
            rest = token.text.removesuffix(particle)
            if rest != token.text and len(rest) > 1:
                places, people = self.rows(key(rest))
                places, people = self._exactly(places, rest), self._exactly(people, rest)
                people = people or self._surname_rows(key(rest), rest)
                if places or people:
                    return [Phrase(i, i + 1, token.start, token.start + len(rest), places, people, True)]
        rest = without_type(token.text)
        places = self._places_written(rest) if rest else ()
        return [Phrase(i, i + 1, token.start, token.start + len(rest), places, (), True)] if places else []

    def _spelled(self, rows: tuple[int, ...], text: str) -> tuple[int, ...]:
        """The rows that differ from the text in letters that are one in careless writing only: أ and ا, ی and ي.

        Long names may differ in more: واشنگتن, واشنطن.
        """
        plain = plainly(text)
        if len(plain) >= LONG:
            return rows
        return tuple(r for r in rows if plainly(self.index.name_text(r)) == plain)

    def _places_written(self, text: str) -> tuple[int, ...]:
        return self._exactly(self.rows(key(text))[0], text)

    def _exactly(self, rows: tuple[int, ...], text: str) -> tuple[int, ...]:
        folded = fold(text)
        return tuple(r for r in rows if fold(self.index.name_text(r)) == folded)

    def _inside(self, token: Token, i: int) -> list[Phrase]:
        """Listed names inside a run of a script without spaces: the cut with the longest, best known names."""
        text = token.text
        best: list[tuple[float, Phrase | None, int]] = [(0.0, None, 0)]
        for end in range(1, len(text) + 1):
            top: tuple[float, Phrase | None, int] = (best[end - 1][0], None, end - 1)
            for size in range(2, min(_LONGEST_UNSPACED, end) + 1):
                value, places, people = self.piece(text[end - size : end])
                total = best[end - size][0] + value
                if value and total > top[0]:
                    start = token.start + end - size
                    top = (total, Phrase(i, i + 1, start, start + size, places, people, False), end - size)
            best.append(top)
        found = []
        end = len(text)
        while end:
            _, phrase, end = best[end]
            if phrase is not None:
                found.append(phrase)
        return found[::-1]

    def _piece(self, text: str) -> tuple[float, tuple[int, ...], tuple[int, ...]]:
        """Worth of a stretch of unspaced text as a name, with its rows; 0 when nothing listed is written so."""
        name_key = key(text)
        places, people = self.rows(name_key)
        places, people = self._exactly(places, text), self._exactly(people, text)
        if not people and len(text) > 2:
            people = self._surname_rows(name_key, text)
        rows = (*places, *people)
        if not rows:
            return 0.0, (), ()
        prominence = max(float(self.index.arrays["entity_prominence"][self._entity[r]]) for r in rows)
        if len(text) < 3 and prominence < _KNOWN_SHORT:
            return 0.0, (), ()
        return len(text) ** 1.5 + 3.0 * prominence, places, people

    def _surname_rows(self, name_key: str, text: str) -> tuple[int, ...]:
        """Rows of well-known people that have a stretch of text as family name."""
        k = self.keys.key_id(name_key)
        prominence = self.index.arrays["entity_prominence"]
        known = {e for e in self.keys.bearers(name_key)[:3] if prominence[e] >= _KNOWN_SHORT}
        if k is None or not known:
            return ()
        rows = [r for r in self.keys.rows_of_token(k).tolist() if self._entity[r] in known]
        return tuple(r for r in rows if text in self.index.name_text(r))


@lru_cache(maxsize=1 << 15)
def plainly(text: str) -> str:
    """A name of Arabic or Hebrew script without marks, joiners and the distinctions that writers leave out."""
    return "".join(c for c in fold(text).translate(_CARELESS) if c.isalpha())


def _neighbours(tokens: list[Token], i: int) -> tuple[str, str]:
    """What stands right before and after a token."""
    before = (tokens[i - 1].text[-_NEIGHBOUR:] if i else "") + tokens[i].gap
    after = tokens[i + 1].gap + tokens[i + 1].text[:_NEIGHBOUR] if i + 1 < len(tokens) else ""
    return before[-_NEIGHBOUR:], after[:_NEIGHBOUR]


def _likeliest_first(choices: list[tuple[str, ...]]) -> Sequence[tuple[str, ...]]:
    """Combinations of readings of the words of a phrase, without the plain one, the likeliest together first."""
    orders = _orders(tuple(map(len, choices)))
    return [tuple([c[i] for c, i in zip(choices, order, strict=True)]) for order in orders]


@lru_cache(maxsize=1 << 10)
def _orders(sizes: tuple[int, ...]) -> list[tuple[int, ...]]:
    """Numbers of the readings of each word that are tried together, the least sum first."""
    orders = islice(product(*map(range, sizes)), 1, _MOST_PRODUCTS)
    return sorted(orders, key=lambda o: (sum(o), o))[:_MAX_COMBINATIONS]
