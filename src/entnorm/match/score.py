"""Score: how alike a query and a listed name are, 0..1, with the reasons.

1 means listed exactly as written. The score says nothing of how likely it is that the entity is meant: the
confidence does (:mod:`entnorm.match.calibrate`). Weights and penalties are in ``tables/weights.json``, each with the
case that set it.
"""

from __future__ import annotations

import json
import operator
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from entnorm.gazetteer.names import NameLexicon
from entnorm.index.store import Index
from entnorm.match.align import SAME_WORD, Link, align, word_similarity
from entnorm.match.candidates import CandidateFinder, Hit
from entnorm.match.epithets import is_epithet
from entnorm.match.query import Query, strip_type_word
from entnorm.match.words import Channel, WordTable
from entnorm.text.fold import fold
from entnorm.text.keys import key
from entnorm.text.romanize import romanize
from entnorm.text.scripts import script_of


@lru_cache(maxsize=1)
def weights() -> dict[str, float]:
    """The weights of the score, by name."""
    text = resources.files("entnorm.match").joinpath("tables/weights.json").read_text(encoding="utf-8")
    return {name: entry["value"] for name, entry in json.loads(text).items()}


#: From this prominence on a person is called by the surname alone.
_FAMOUS = 0.7
#: Words so alike are one name, whatever the name groups say; the second across scripts.
_ONE_NAME, _ONE_NAME_ACROSS = 0.96, 0.8
#: Names this alike, their spaces left out, and differing by so few letters, may divide one name differently.
_RESPACED, _RESPACED_LETTERS = 0.85, 3
#: Scripts whose names, romanized, may well be what is listed; others leave out vowels or write sounds of their own.
_SPELLED_OUT = frozenset({"Cyrl", "Grek", "Armn", "Geor"})
#: From here on a listed name is much like the romanized query; below, letters tell little: Кейт is Kate or Keith.
_ROMANIZED = 0.88
#: Part of its weight that an initial or a title has where the listed name does without: Lord Sugar is Alan Sugar.
_DISPENSABLE = 0.4


class Reason(NamedTuple):
    """One reason for a score; the light form of :class:`~entnorm.models.Evidence`."""

    feature: str
    value: float | str | None
    weight: float


@dataclass(slots=True)
class Scored:
    """A candidate row with its score, its rank value (score plus what orders equals) and the reasons.

    ``base`` is the query as it was read, its inflection undone.
    """

    index: Index
    entity: int
    row: int
    score: float
    rank: float
    evidence: list[Reason]
    base: str = ""

    def weighed(self, reasons: Iterable[Reason]) -> Scored:
        """The candidate with further reasons, which change its rank."""
        more = list(reasons)
        rank = self.rank + sum(r.weight for r in more)
        return Scored(self.index, self.entity, self.row, self.score, rank, self.evidence + more, self.base)


class Scorer:
    """Scores hits of one index."""

    def __init__(self, finder: CandidateFinder, lexicon: NameLexicon | None = None) -> None:
        self.finder = finder
        self.index = finder.index
        self.lexicon = lexicon
        self.entity_of = memoryview(self.index.arrays["name_entity"].data)
        self._role = memoryview(self.index.arrays["name_role"].data)
        self.w = weights()
        self.channel = Channel()

    def table(self, query: Query) -> WordTable:
        """An empty table of word similarities for a query."""
        return WordTable(query, self.channel, self.lexicon, self.w["name_group"])

    def prepare(self, table: WordTable, hits: Sequence[Hit]) -> None:
        """Ask the learned channel about all words of the hits at once, for a query that is not in Latin letters."""
        if table.query.script == "Latn" or table.known_only or not hits:
            return
        kinds = [self.index.kind(self.entity_of[h.row]) for h in hits]
        people = [key(self.index.name_text(h.row)) for h, kind in zip(hits, kinds, strict=True) if kind == "person"]
        places = [key(self.index.name_text(h.row)) for h, kind in zip(hits, kinds, strict=True) if kind == "place"]
        words = list(dict.fromkeys(w for name_key in people for w in name_key.split()))
        for i in range(len(table.query.words)):
            table.prepare(i, words)
        for text in {h.reading.text for h in hits if not h.reading.rule} if places else ():
            self.channel.values(text, places)

    def score(self, query: Query, hit: Hit, table: WordTable | None = None) -> Scored:
        """Score one hit; the evidence adds up to ``rank``."""
        index, row = self.index, hit.row
        entity = self.entity_of[row]
        name = index.name_text(row)
        person = index.kind(entity) == "person"
        base, how = self._likeness(table or self.table(query), hit, name, person)
        evidence = [Reason("spelling", how, round(base, 4))]
        adjust = self._adjustments(hit, entity, evidence)
        score = min(1.0, max(0.0, base + adjust))
        order = self._order(query, hit, entity, name, evidence)
        return Scored(index, entity, row, round(score, 4), score + order, evidence, hit.reading.base)

    def _likeness(self, table: WordTable, hit: Hit, name: str, person: bool) -> tuple[float, str]:
        query, reading = table.query, hit.reading
        name_key = key(name)
        if reading.key == name_key:
            if reading.text == name or fold(reading.text) == fold(name):
                return 1.0, "identical" if reading.text == query.text else f"{reading.text} is listed"
            same_script = script_of(name) == query.script
            across = "key_equal_across" if query.script in _SPELLED_OUT else "key_equal_heard"
            return self.w["key_equal" if same_script else across], f"reads as {name}"
        if query.script in _SPELLED_OUT and name_key == _romanized(query.text, query.lang) and not reading.rule:
            return self.w["key_equal_across"], f"is romanized as {name}"
        if person:
            return self._people(table, reading.key, name, name_key)
        joined, other = reading.key.replace(" ", ""), name_key.replace(" ", "")
        value = word_similarity(joined, other)
        if query.script != "Latn" and script_of(name) == "Latn":
            value = self.channel.similarity(reading.text, name_key, value)
        words_a, words_b = reading.key.split(), name_key.split()
        if len(words_a) > 1 or len(words_b) > 1:
            value = 0.5 * (value + self._words_alike(words_a, words_b))
        return self.w["near"] * value, f"like {name}"

    def _words_alike(self, a: list[str], b: list[str]) -> float:
        links = align(a, b, word_similarity)
        length = sum(map(len, a)) + sum(map(len, b))
        return sum(link.similarity * (len(a[link.a]) + len(b[link.b])) for link in links) / length

    def _people(self, table: WordTable, reading_key: str, name: str, name_key: str) -> tuple[float, str]:
        mine, theirs = reading_key.split(), name_key.split()
        if reading_key == table.query.key:
            alike = table.spelled
            if table.query.script != "Latn" and script_of(name) == "Latn":
                alike = table.known if table.known_only else table.heard
            links = align(range(len(mine)), range(len(theirs)), lambda i, j: alike(i, theirs[j]))
            links = [self._judged(table, x, theirs[x.b]) for x in links if not _initial_of_surname(mine, theirs, x)]
        else:
            links = align(mine, theirs, word_similarity)
        of_mine, of_theirs = [list(map(self.finder.weight, words)) for words in (mine, theirs)]
        covered = sum([of_theirs[x.b] for x in links]) / sum(of_theirs)
        linked = {x.a for x in links}
        parts = [1.0 if i in linked else _part_asked(w) for i, w in enumerate(mine)]
        value = sum([x.similarity * of_mine[x.a] for x in links]) / sum(map(operator.mul, of_mine, parts))
        value *= 1.0 - self.w["uncovered"] * (1.0 - covered)
        order = [x.a for x in sorted(links, key=lambda x: x.b)]
        if parts.count(1.0) == 1 and len(theirs) > 1 and links and links[0].b != len(theirs) - 1:
            value -= self.w["given_alone"]
        elif order != sorted(order):
            value -= self.w["order"]
        if len(mine) != len(theirs):
            value = max(value, self._respaced(reading_key, name_key))
        matched = ", ".join(f"{mine[x.a]}~{theirs[x.b]} {x.similarity:.2f}" for x in links if x.similarity >= SAME_WORD)
        return self.w["near_person"] * value, f"like {name} ({matched})" if matched else f"unlike {name}"

    def _respaced(self, reading_key: str, name_key: str) -> float:
        """Similarity of names that divide the same letters into words differently: De Joy and DeJoy; else 0."""
        mine, theirs = reading_key.replace(" ", ""), name_key.replace(" ", "")
        if mine[0] != theirs[0] or abs(len(mine) - len(theirs)) > _RESPACED_LETTERS or min(len(mine), len(theirs)) < 5:
            return 0.0
        value = word_similarity(mine, theirs)
        return value - self.w["respaced"] if value >= _RESPACED else 0.0

    def _judged(self, table: WordTable, link: Link, word: str) -> Link:
        """A link, less alike where the word of the query is known as a name and as another one."""
        latin = table.query.script == "Latn"
        if link.similarity >= (_ONE_NAME if latin else _ONE_NAME_ACROSS) or len(word) == 1:
            return link
        known = table.listed(link.a) or (latin and self.finder.is_word(table.query.words[link.a]))
        if not known or table.related(link.a, word):
            return link
        return link._replace(similarity=max(0.0, link.similarity - self.w["apart"]))

    def _adjustments(self, hit: Hit, entity: int, evidence: list[Reason]) -> float:
        reading = hit.reading
        if not (reading.cost or reading.wants):
            return 0.0
        index, w, total = self.index, self.w, 0.0

        def note(feature: str, weight: float, value: str | None = None) -> float:
            evidence.append(Reason(feature, value, round(weight, 4)))
            return weight

        if reading.cost:
            what = "inflection undone" if reading.rule else "type word set aside"
            if reading.via:
                what = "another name of it"
            total += note(what, -reading.cost, reading.via or reading.rule or reading.wants)
        if reading.wants:
            type_ = index.type(entity)
            if type_ and not _type_fits(type_, reading.wants):
                total += note("another type", -w["type_mismatch"], type_)
        return total

    def _order(self, query: Query, hit: Hit, entity: int, name: str, evidence: list[Reason]) -> float:
        """What orders candidates whose names are equally alike: prominence, kind of spelling, language."""
        index, w, row = self.index, self.w, hit.row
        prominence = index.prominence(entity)
        person = index.kind(entity) == "person"
        reasons: list[tuple[str, str | None, float]] = [("prominence", None, w["prominence"] * prominence)]
        if person and len(query.words) == 1 and " " in name:
            reasons.append(("others of the name are better known", None, w["surname_prominence"] * (prominence - 1.0)))
            if query.kind is None and (famous := max(0.0, prominence - _FAMOUS)):
                reasons.append(("known by the surname alone", None, w["surname_famous"] * famous))
        if query.lang and not index.listed_for(row, query.lang):
            reasons.append(("listed for another language", None, -w["other_language"]))
        text = hit.reading.text
        if text != name and text.casefold() != name.casefold() and fold(text) == fold(name):
            reasons.append(("other accents", None, -w["accents"]))
        role = index.roles[self._role[row]]
        if penalty := w.get(f"role_{role}", 0.0):
            reasons.append(("kind of spelling", role, -penalty))
        if not hit.reading.wants and index.type(entity) in ("admin1", "admin2") and not strip_type_word(name):
            reasons.append(("division by its short name", None, -w["short_division"]))
        if person and query.script in _SPELLED_OUT and script_of(name) == "Latn":
            alike = Levenshtein.normalized_similarity(_romanized(query.text, query.lang), key(name))
            if alike >= _ROMANIZED:
                reasons.append(("letters", None, w["letters"] * (alike - _ROMANIZED)))
        evidence.extend([Reason(feature, value, round(weight, 4)) for feature, value, weight in reasons])
        return sum([weight for _, _, weight in reasons])


@lru_cache(maxsize=1 << 12)
def _romanized(text: str, lang: str | None) -> str:
    """Key of a name as the press of its language romanizes it."""
    return key(romanize(text, lang))


def _initial_of_surname(mine: Sequence[str], theirs: Sequence[str], link: Link) -> bool:
    """Whether an initial is linked to a surname: it stands for a given name, F. Hoermann is not Hermann Fischer."""
    return len(mine[link.a]) == 1 < len(theirs[link.b]) and 0 < link.b == len(theirs) - 1


def _part_asked(word: str) -> float:
    """How much of the weight of a word counts that a listed name lacks: initials and titles may well be missing."""
    return _DISPENSABLE if len(word) == 1 or is_epithet(word) else 1.0


def _type_fits(type_: str, wanted: str) -> bool:
    return type_ == wanted or {type_, wanted} in ({"admin1", "region"}, {"admin1", "admin2"}, {"region", "water"})
