"""People in a text: listed full names, misspelled ones, and the surnames that stand for them afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial
from itertools import pairwise
from typing import NamedTuple

from entnorm.gazetteer.names import NameLexicon
from entnorm.match.align import letter_similarity, word_similarity
from entnorm.match.candidates import Hit
from entnorm.match.matcher import Matcher
from entnorm.match.query import Query, Reading, readings
from entnorm.match.score import Scored
from entnorm.mentions.finder import CONSONANTS, LONG, IndexFinder, plainly
from entnorm.mentions.kin import names_of_woman
from entnorm.mentions.lexicon import classes, is_ordinary
from entnorm.mentions.phrase import Phrase
from entnorm.mentions.surroundings import context_points, shape_points
from entnorm.mentions.tokens import Token, is_unspaced, uncased
from entnorm.mentions.words import common_words
from entnorm.text.fold import fold
from entnorm.text.keys import key, sounds
from entnorm.text.scripts import script_of_char

#: Prominence from which a surname alone may name its bearer.
FAMOUS = 0.83
#: Prominence from which a surname says its bearer even where it is also an ordinary word.
WORLD_FAMOUS = 0.93
#: Prominence from which a bearer is worth a search for a misspelled full name.
KNOWN = 0.54
_SAME_NAME = 0.84
_SAME_PERSON = 0.93
#: The same for a name of another script that nobody famous has; heard by ear, 约翰·史密斯 is near Jack Smith.
_HEARD = 0.93
_LEAD = 0.04
_SAME_WORD = 0.72
#: Likeness of a surname alone to that of somebody named in full, and the likeness of letters without which
#: :func:`~entnorm.match.align.word_similarity` never reaches it, whatever words sound like.
_SAME_SURNAME, _LETTERS_OF_SAME = 0.9, 0.49
_SURNAME = 0.8
_MOST_SOUNDING = 400
_RUN_GAPS = frozenset({" ", "-", "\u00a0", ". "})
_LONGEST_RUN = 4


@dataclass(slots=True)
class PersonSpan:
    """Words ``first:last`` that name a person, with ranked candidates and the belief that a person is named.

    ``named`` says that the words repeat part of a name that the text gives in full.
    """

    first: int
    last: int
    start: int
    end: int
    ranked: Sequence[Scored]
    points: float
    belief: float = 0.5
    named: bool = False
    signs: dict[str, float] = field(default_factory=dict)


class _Name(NamedTuple):
    """A listed name of a person: number of the index, entity, row, and the words of its key."""

    number: int
    entity: int
    row: int
    words: tuple[str, ...]


class PeopleFinder:
    """Finds listed people in the words of a text."""

    def __init__(self, matcher: Matcher, finders: list[IndexFinder], lexicon: NameLexicon | None = None) -> None:
        self.matcher = matcher
        self.lexicon = lexicon
        self.finders = finders
        self.rank = lru_cache(maxsize=1 << 13)(self._rank)
        self.bearers = lru_cache(maxsize=1 << 15)(self._bearers)
        self.names_of_bearers = lru_cache(maxsize=1 << 11)(self._names_of_bearers)
        self.rank_bearers = lru_cache(maxsize=1 << 13)(self._rank_bearers)
        self.rank_run = lru_cache(maxsize=1 << 13)(self._rank_run)
        self.rank_in_full = lru_cache(maxsize=1 << 13)(self._rank_in_full)
        self.rank_written = lru_cache(maxsize=1 << 13)(self._rank_written)
        self.known_word = lru_cache(maxsize=1 << 15)(partial(self._borne_word, KNOWN))
        self.famous_word = lru_cache(maxsize=1 << 15)(partial(self._borne_word, FAMOUS))
        self.may_be_given = lru_cache(maxsize=1 << 15)(self._may_be_given)

    def _rank(self, surface: str, lang: str | None, inflected: bool) -> list[Scored]:
        query = Query.of(surface, lang=lang, kind="person")
        ranked = self.matcher.rank(query, fuzzy=False, by_words=False, inflected=inflected)
        return ranked or self.matcher.rank(query, fuzzy=False)

    def _bearers(self, word: str) -> tuple[tuple[float, int, int], ...]:
        """Listed people with a word as family name: ``(prominence, index number, entity)``, most prominent first."""
        found = []
        for number, finder in enumerate(self.finders):
            prominence = finder.index.arrays["entity_prominence"]
            found += [(float(prominence[e]), number, e) for e in finder.keys.bearers(word)[:8]]
        return tuple(sorted(found, key=lambda b: (-b[0], b[1], b[2])))

    def full_names(self, tokens: list[Token], phrases: list[Phrase], lang: str | None) -> list[PersonSpan]:
        """Listed names of two words and more, and names in scripts without spaces."""
        spans = []
        whole = {p.first: p.last for p in reversed(phrases) if p.people and not p.inflected}
        for p in phrases:
            first = tokens[p.first]
            if p.last < whole.get(p.first, 0) and not is_unspaced(first):
                continue  # Donald Trump where Donald Trump Jr. is listed
            if not p.people or (
                p.last - p.first < 2 and not is_unspaced(first) and script_of_char(first.text[0]) != "Hang"
            ):
                continue
            if p.last - p.first >= 2 and not all(
                t.capital or uncased(t) or "particle" in classes(t.text, lang) for t in tokens[p.first : p.last]
            ):
                continue
            surface = p.reads or _surface(tokens, p)
            ranked = self.rank(surface, lang, p.inflected)
            if ranked:
                spans.append(PersonSpan(p.first, p.last, p.start, p.end, ranked, 1.0))
        return spans

    def misspelled(self, tokens: list[Token], taken: set[int], lang: str | None) -> list[PersonSpan]:
        """Runs of capitalised words that come close to the full name of somebody listed."""
        spans: list[PersonSpan] = []
        last = 0
        for i, (token, after) in enumerate(pairwise(tokens)):
            if i < last or not token.capital or after.gap not in _RUN_GAPS:
                continue
            if not after.capital and "particle" not in classes(after.text, lang):
                continue
            for n in range(_run_length(tokens, i, lang), 1, -1):
                run = tokens[i : i + n]
                if not run[-1].capital or not taken.isdisjoint(range(i, i + n)):
                    continue
                if any(t.capital and is_ordinary(t.text, lang) and not self.known_word(t.text, lang) for t in run):
                    continue
                ranked = self.rank_run(_text(tokens, i, i + n), tuple([t.text for t in run]), lang)
                if ranked and ranked[0].score >= _SAME_NAME:
                    last = i + n
                    spans.append(PersonSpan(i, last, token.start, run[-1].end, ranked, 0.8))
                    break
        return spans

    def relist(self, text: str, tokens: Sequence[Token], first: int, last: int, lang: str | None) -> PersonSpan | None:
        """The listed person that words ``first:last`` name in full, possibly misspelled; ``None`` if there is none."""
        surface = text[tokens[first].start : tokens[last - 1].end]
        ranked = self.rank_in_full(surface, tuple(t.text for t in tokens[first:last]), lang)
        return PersonSpan(first, last, tokens[first].start, tokens[last - 1].end, ranked, 0.8) if ranked else None

    def _rank_in_full(self, surface: str, words: tuple[str, ...], lang: str | None) -> Sequence[Scored]:
        """Listed people of that name, or nearly; empty where nobody comes close."""
        query = Query.of(surface, lang=lang, kind="person")
        ranked: Sequence[Scored] = self.matcher.rank(query, fuzzy=False, by_words=False)
        if not ranked or ranked[0].score < _SAME_NAME:
            ranked = self.rank_run(surface, words, lang)
        return ranked if ranked and ranked[0].score >= _SAME_NAME else ()

    def is_given(self, word: str) -> bool:
        """Whether a word is known as a given name and as nothing else, by the name lexicon or by the people listed."""
        role = self.lexicon.roles(word).role if self.lexicon is not None else None
        return role == "given" or (not role and any(f.index.given_names.get(fold(word)) for f in self.finders))

    def _may_be_given(self, word: str) -> bool:
        """Whether a word is known as a given name, whatever else it is."""
        role = self.lexicon.roles(word).role if self.lexicon is not None else None
        return role in ("given", "both") or any(fold(word) in f.index.given_names for f in self.finders)

    def full_name(self, words: tuple[str, ...], lang: str | None) -> Sequence[Scored]:
        """Listed people with given names and a family name, in any case; empty where nobody known has them all."""
        ranked = self.rank_run(" ".join(words), words, lang)
        if not ranked or ranked[0].score < _SAME_PERSON:
            return ()
        best = ranked[0]
        return ranked[:1] if best.index.prominence(best.entity) >= KNOWN else ()

    def _rank_written(self, surface: str, lang: str | None) -> tuple[Scored, ...]:
        """Candidates for a name in a script without capitals, heard by ear where it is not listed as written."""
        query = Query.of(surface, lang=lang, kind="person")
        ranked = self.matcher.rank(query, fuzzy=False, by_words=False)
        if (not ranked or ranked[0].score < _HEARD) and len(query.words) > 1:
            ranked = self.matcher.rank(query)
        if not ranked:
            return ()
        best = ranked[0]
        famous = best.index.prominence(best.entity) >= FAMOUS
        return tuple(ranked) if best.score >= (_SAME_NAME if famous else _HEARD) else ()

    def _borne_word(self, prominence: float, text: str, lang: str | None) -> str:
        """The key under which a word is the family name of somebody so prominent, empty if it is not."""
        options = self.finders[0].word(text, lang).options
        return next((k for k in options if (b := self.bearers(k)) and b[0][0] >= prominence), "")

    def _rank_run(self, surface: str, words: tuple[str, ...], lang: str | None) -> tuple[Scored, ...]:
        """Candidates for a run of words: bearers of one of them with whose names every other word agrees."""
        options = [w.options for w in (self.finders[0].word(text, lang) for text in words)]
        of_woman = names_of_woman(words[-1], lang)
        as_woman = [*options[:-1], (*options[-1], *of_woman)]
        found = [k for text in words if (k := self.known_word(text, lang))]
        found += [k for k in of_woman if (b := self.bearers(k)) and b[0][0] >= KNOWN]
        if not found and self.lexicon is not None and self.lexicon.roles(words[0]).role in ("given", "both"):
            found = self._alike(options[-1][0])
        if not found:
            return ()
        agreeing = []
        for known in dict.fromkeys(found):
            for name in self.names_of_bearers(known):
                woman = of_woman and self.finders[name.number].index.facts(name.entity).gender == "f"
                if _agree(as_woman if woman else options, name.words):
                    agreeing.append(name)
        if not agreeing:
            return ()
        query = Query.of(surface, lang=lang, kind="person")
        return self._best(agreeing, query, Reading(surface, query.key))

    def _best(self, names: Sequence[_Name], query: Query, reading: Reading) -> tuple[Scored, ...]:
        """People by the one of their names that is most like a query, the most likely first."""
        # What is heard of a word depends on what was asked before; what letters say does not.
        shared = query.script == "Latn"
        tables = {number: self.matcher.scorers[number].table(query) for number in {n.number for n in names} if shared}
        best: dict[tuple[int, int], Scored] = {}
        for name in names:
            number, entity = name.number, name.entity
            scored = self.matcher.scorers[number].score(query, Hit(name.row, reading), tables.get(number))
            if (number, entity) not in best or scored.rank > best[number, entity].rank:
                best[number, entity] = scored
        return tuple(sorted(best.values(), key=lambda s: (-s.rank, s.entity)))

    def _alike(self, word: str) -> list[str]:
        """Family names of well-known people that a word sounds like, the most alike first, at most three."""
        found: dict[str, float] = {}
        for finder in self.finders:
            for sound in sounds(word)[:2] if len(word) > 3 else ():
                near = finder.keys.sounding(sound).tolist() if len(sound) > 1 else []
                for text in map(finder.keys.key_text, near[:_MOST_SOUNDING]):
                    if not ((b := self.bearers(text)) and b[0][0] >= FAMOUS):
                        continue
                    likeness = word_similarity(word, text)
                    if likeness >= _SAME_NAME:
                        found[text] = likeness
        return sorted(found, key=lambda t: -found[t])[:3]

    def _names_of_bearers(self, word: str) -> tuple[_Name, ...]:
        """Every name of the most prominent bearers of a word that has the word in it."""
        found = []
        for number, finder in enumerate(self.finders):
            wanted = {entity for _, n, entity in self.bearers(word) if n == number}
            k = finder.keys.key_id(word) if wanted else None
            if k is None:
                continue
            rows = finder.keys.rows_of_token(k)
            entities = finder.index.arrays["name_entity"][rows]
            for row, entity in zip(rows.tolist(), entities.tolist(), strict=True):
                if entity in wanted:
                    words = tuple(key(finder.index.name_text(row)).split())
                    found.append(_Name(number, entity, row, words))
        return tuple(found)

    def surnames(
        self, tokens: list[Token], taken: set[int], known: list[PersonSpan], lang: str | None, capital_nouns: bool
    ) -> list[PersonSpan]:
        """Single words that are the family name of somebody named in full in the text, or of somebody famous."""
        local, word = self._families(known), self.finders[0].word
        spans = []
        for i, token in enumerate(tokens):
            if token.cased and not token.capital:
                continue
            text = token.text
            if not (token.capital or uncased(token)) or i in taken or len(text) < 2:
                continue
            if not text.isascii() and is_unspaced(token):
                continue
            if not token.cased and uncased(token) and fold(text) in common_words(lang or ""):
                continue
            span = self._local(tokens, i, word(text, lang).options, local, lang) if local else None
            if span is None and (famous := self.famous_word(text, lang)) and len(word(text, lang).key) > 2:
                span = self._famous(tokens, i, famous, lang, capital_nouns)
            if span is not None:
                spans.append(span)
        return spans

    def _families(self, known: list[PersonSpan]) -> dict[str, list[PersonSpan]]:
        """Last words of the people named in full, as written and as listed, with the spans they come from."""
        table: dict[str, list[PersonSpan]] = {}
        for span in known:
            best = span.ranked[0]
            written = key(best.base).split()
            names = {written[-1]} if written else set()
            names.update(key(best.index.facts(best.entity).family).split()[-1:])
            names.update(key(best.index.name_text(best.row)).split()[-1:])
            for name in names:
                table.setdefault(name, []).append(span)
        return table

    def _local(
        self,
        tokens: list[Token],
        i: int,
        options: tuple[str, ...],
        local: dict[str, list[PersonSpan]],
        lang: str | None,
    ) -> PersonSpan | None:
        listed = [o for o in options if o in local]
        if not listed:
            word = options[0]
            near = [(word_similarity(word, name), name) for name in local if len(name) > 3 and _near(word, name)]
            best = max(near, default=(0.0, ""))
            if best[0] < _SAME_SURNAME:
                return None
            listed.append(best[1])
        bearers = local[listed[0]]
        token = tokens[i]
        points = 0.8 + context_points(tokens, i, i + 1, "person", lang)
        first = min(bearers, key=lambda s: abs(s.first - i))
        same = [s for s in bearers if s.ranked[0].entity != first.ranked[0].entity]
        ranked = list(first.ranked[:1]) + [s.ranked[0] for s in same[:1]]
        return PersonSpan(i, i + 1, token.start, token.end, ranked, points)

    def _famous(
        self, tokens: list[Token], i: int, family: str, lang: str | None, capital_nouns: bool
    ) -> PersonSpan | None:
        """Word ``i`` as the famous bearers of the name ``family``, which is its key or a nominative's."""
        bearers = self.bearers(family)
        shape = shape_points(tokens, i, i + 1, lang, capital_nouns, weighed=bearers[0][0] >= WORLD_FAMOUS)
        points = 0.5 + context_points(tokens, i, i + 1, "person", lang) + shape
        if len(bearers) > 1 and bearers[0][0] - bearers[1][0] < _LEAD:
            points -= 0.2
        if points >= 0.0 and self.is_given(tokens[i].text):
            points -= 0.5
        if points < 0.0:
            return None
        ranked = self.rank_bearers(tokens[i].text, family, lang)
        if not ranked or ranked[0].score < _SURNAME or not _is_written(tokens[i].text, ranked[0]):
            return None
        return PersonSpan(i, i + 1, tokens[i].start, tokens[i].end, ranked, points)

    def _rank_bearers(self, surface: str, word: str, lang: str | None) -> tuple[Scored, ...]:
        """Candidates for a surname alone: its most prominent bearers, each by the spelling most like the text's."""
        query = Query.of(surface, lang=lang, kind="person")
        reading = next((r for r in readings(query) if r.key == word), Reading(surface, query.key))
        return self._best(self.names_of_bearers(word), query, reading)


def _near(a: str, b: str) -> bool:
    """Whether two words share so many letters that they may be one surname; much cheaper than their similarity."""
    return letter_similarity(a, b) >= _LETTERS_OF_SAME


def _is_written(word: str, best: Scored) -> bool:
    """Whether a word is written like one of the candidate's; in scripts without vowels a short one must be."""
    if script_of_char(word[0]) not in CONSONANTS or len(word) >= LONG:
        return True
    return any(plainly(part) == plainly(word) for part in best.index.name_text(best.row).split())


def _agree(options: Sequence[tuple[str, ...]], theirs: Sequence[str]) -> bool:
    """Whether each word (with its readings) stands for some word of a listed name, and no two for the same."""
    if len(theirs) < len(options):
        return False
    left = list(theirs)
    for readings_of_word in options:
        same = [j for j, t in enumerate(left) if t in readings_of_word]
        if not same:
            value, at = max([(max([word_similarity(o, t) for o in readings_of_word]), j) for j, t in enumerate(left)])
            if value < _SAME_WORD:
                return False
        left.pop(same[-1] if same else at)
    return True


def _run_length(tokens: list[Token], first: int, lang: str | None) -> int:
    """How many words from a capitalised one on may be one name: capitalised ones, particles between them allowed,
    with nothing but a space or hyphen between them."""
    end = min(first + _LONGEST_RUN, len(tokens))
    for i in range(first, end):
        token = tokens[i]
        if i > first and token.gap not in _RUN_GAPS:
            return i - first
        if not (token.capital and len(token.text) > 1) and "particle" not in classes(token.text, lang):
            return i - first
    return end - first


def _text(tokens: list[Token], first: int, last: int) -> str:
    """Words ``first:last`` as written, with the gaps between them."""
    return tokens[first].text + "".join(t.gap + t.text for t in tokens[first + 1 : last])


def _surface(tokens: list[Token], phrase: Phrase) -> str:
    if phrase.last - phrase.first == 1:
        token = tokens[phrase.first]
        return token.text[phrase.start - token.start : phrase.end - token.start]
    return _text(tokens, phrase.first, phrase.last)
