"""People in a text: listed full names, misspelled ones, and the surnames that stand for them afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from entnorm.match.align import word_similarity
from entnorm.match.matcher import Matcher
from entnorm.match.query import Query
from entnorm.match.score import Scored
from entnorm.mentions.finder import IndexFinder, Phrase, context_points, shape_points
from entnorm.mentions.lexicon import classes, is_ordinary
from entnorm.mentions.tokens import Token, is_unspaced, uncased
from entnorm.text.keys import key

#: Prominence from which a surname alone may name its bearer.
FAMOUS = 0.83
#: Prominence from which a bearer is worth a search for a misspelled full name.
KNOWN = 0.54
_SAME_NAME = 0.84
_LEAD = 0.04
_RUN_GAPS = frozenset({" ", "-", "\u00a0", ". "})


@dataclass(slots=True)
class PersonSpan:
    """Words ``first:last`` that name a person, with ranked candidates and the belief that a person is named."""

    first: int
    last: int
    start: int
    end: int
    ranked: list[Scored]
    points: float


class PeopleFinder:
    """Finds listed people in the words of a text."""

    def __init__(self, matcher: Matcher, finders: list[IndexFinder]) -> None:
        self.matcher = matcher
        self.finders = finders
        self.rank = lru_cache(maxsize=1 << 13)(self._rank)
        self.bearers = lru_cache(maxsize=1 << 15)(self._bearers)

    def _rank(self, surface: str, lang: str | None) -> list[Scored]:
        return self.matcher.rank(Query.of(surface, lang=lang, kind="person"), fuzzy=False)

    def _bearers(self, word: str) -> tuple[tuple[float, int, int], ...]:
        """Listed people with a word as family name: ``(prominence, index number, entity)``, most prominent first."""
        found: dict[tuple[int, int], float] = {}
        for number, finder in enumerate(self.finders):
            index = finder.index
            k = finder.keys.key_id(word)
            if k is None:
                continue
            for row in finder.keys.rows_of_token(k).tolist():
                words = key(index.name_text(row)).split()
                entity = int(index.arrays["name_entity"][row])
                if words[-1] == word or _is_family(word, index.facts(entity).family):
                    found[number, entity] = float(index.arrays["entity_prominence"][entity])
        ranked = sorted(((p, n, e) for (n, e), p in found.items()), key=lambda b: (-b[0], b[1], b[2]))
        return tuple(ranked[:8])

    def full_names(self, tokens: list[Token], phrases: list[Phrase], lang: str | None) -> list[PersonSpan]:
        """Listed names of two words and more, and names in scripts without spaces."""
        spans = []
        for p in phrases:
            if not p.people or (p.last - p.first < 2 and not is_unspaced(tokens[p.first])):
                continue
            if p.last - p.first >= 2 and not all(t.capital or uncased(t) or "particle" in classes(t.text, lang) for t in tokens[p.first : p.last]):
                continue
            surface = _surface(tokens, p)
            ranked = self.rank(surface, lang)
            if ranked:
                spans.append(PersonSpan(p.first, p.last, p.start, p.end, ranked, 1.0))
        return spans

    def misspelled(self, tokens: list[Token], taken: set[int], lang: str | None) -> list[PersonSpan]:
        """Runs of capitalised words that come close to the full name of somebody listed."""
        spans = []
        i = 0
        while i < len(tokens) - 1:
            size = 0
            for n in (3, 2):
                run = tokens[i : i + n]
                if len(run) < n or any(j in taken for j in range(i, i + n)) or not _is_run(run):
                    continue
                if not any(self._known_word(t.text, lang) for t in run):
                    continue
                if any(is_ordinary(t.text, lang) and not self._known_word(t.text, lang) for t in run):
                    continue
                ranked = self.rank(_text(tokens, i, i + n), lang)
                if ranked and ranked[0].score >= _SAME_NAME and self._every_word(run, ranked[0], lang):
                    spans.append(PersonSpan(i, i + n, run[0].start, run[-1].end, ranked, 0.8))
                    size = n
                    break
            i += size or 1
        return spans

    def _known_word(self, text: str, lang: str | None) -> bool:
        word = self.finders[0].word(text, lang) if self.finders else None
        if word is None:
            return False
        return any(b and b[0][0] >= KNOWN for b in (self.bearers(k) for k in (word.key, *word.bases)))

    def _every_word(self, run: list[Token], best: Scored, lang: str | None) -> bool:
        """Whether each word of a run stands for some word of the candidate's name, and none for the same."""
        theirs = key(best.index.name_text(best.row)).split()
        for token in run:
            word = self.finders[0].word(token.text, lang)
            options = (word.key, *word.bases)
            at = max(range(len(theirs)), key=lambda j: max(word_similarity(o, theirs[j]) for o in options), default=None)
            if at is None or max(word_similarity(o, theirs[at]) for o in options) < 0.72:
                return False
            theirs.pop(at)
        return True

    def surnames(
        self, tokens: list[Token], taken: set[int], known: list[PersonSpan], lang: str | None, capital_nouns: bool
    ) -> list[PersonSpan]:
        """Single words that are the family name of somebody named in full in the text, or of somebody famous."""
        local = self._families(known)
        spans = []
        for i, token in enumerate(tokens):
            if i in taken or is_unspaced(token) or not (token.capital or uncased(token)) or len(token.text) < 2:
                continue
            word = self.finders[0].word(token.text, lang)
            span = self._local(tokens, i, (word.key, *word.bases), local, lang)
            if span is None and len(word.key) > 2:
                span = self._famous(tokens, i, (word.key, *word.bases), lang, capital_nouns)
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

    def _local(self, tokens: list[Token], i: int, options: tuple[str, ...], local: dict[str, list[PersonSpan]], lang: str | None) -> PersonSpan | None:
        bearers = next((local[o] for o in options if o in local), None)
        if bearers is None:
            close = [(word_similarity(options[0], name), name) for name in local if len(name) > 3]
            best = max(close, default=(0.0, ""))
            if best[0] < 0.9:
                return None
            bearers = local[best[1]]
        token = tokens[i]
        points = 0.8 + context_points(tokens, i, i + 1, "person", lang)
        first = min(bearers, key=lambda s: abs(s.first - i))
        same = [s for s in bearers if s.ranked[0].entity != first.ranked[0].entity]
        ranked = list(first.ranked[:1]) + [s.ranked[0] for s in same[:1]]
        return PersonSpan(i, i + 1, token.start, token.end, ranked, points)

    def _famous(self, tokens: list[Token], i: int, options: tuple[str, ...], lang: str | None, capital_nouns: bool) -> PersonSpan | None:
        for option in options:
            bearers = self.bearers(option)
            if bearers and bearers[0][0] >= FAMOUS:
                points = 0.5 + context_points(tokens, i, i + 1, "person", lang) + shape_points(tokens, i, i + 1, lang, capital_nouns)
                if len(bearers) > 1 and bearers[0][0] - bearers[1][0] < _LEAD:
                    points -= 0.2
                ranked = self.rank(tokens[i].text, lang)
                if ranked:
                    return PersonSpan(i, i + 1, tokens[i].start, tokens[i].end, ranked, points)
        return None


def _is_family(word: str, family: str) -> bool:
    words = key(family).split()
    return bool(words) and word_similarity(word, words[-1]) >= 0.8


def _is_run(run: list[Token]) -> bool:
    """Capitalised words with nothing but a space or hyphen between them."""
    return all(t.capital and len(t.text) > 1 for t in run) and all(t.gap in _RUN_GAPS for t in run[1:])


def _text(tokens: list[Token], first: int, last: int) -> str:
    """Words ``first:last`` as written, with the gaps between them."""
    return tokens[first].text + "".join(t.gap + t.text for t in tokens[first + 1 : last])


def _surface(tokens: list[Token], phrase: Phrase) -> str:
    if phrase.last - phrase.first == 1:
        token = tokens[phrase.first]
        return token.text[phrase.start - token.start : phrase.end - token.start]
    return _text(tokens, phrase.first, phrase.last)
