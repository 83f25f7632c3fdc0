"""The matcher: a name in, ranked matches out, over one or several indexes."""

from __future__ import annotations

from collections.abc import Sequence

from entnorm.config import Config
from entnorm.gazetteer.names import NameLexicon
from entnorm.index.store import Index
from entnorm.match.bridge import Bridge
from entnorm.match.calibrate import Calibration
from entnorm.match.candidates import CandidateFinder, Hit, Reach
from entnorm.match.query import Query, readings, without_brackets
from entnorm.match.score import Reason, Scored, Scorer
from entnorm.match.words import WordTable
from entnorm.models import Match

#: A candidate this good makes a search for misspellings pointless.
_GOOD_ENOUGH = 0.93
#: So does, for a name in another script, one whose words are all listed as forms of the same names.
_KNOWN_ENOUGH = 0.9
#: A name listed just as written puts names that an undone inflection gives behind: Brasília is no form of Brasil.
_IDENTICAL, _UNDONE_BEHIND = 0.995, 0.08
_POOR_LATIN, _POOR_WORDS = 0.9, 0.75
#: Below this no person's name has come close word by word, and the name as a whole is looked at.
_POOR = 0.6
#: Hits scored per route: of the 123 places called Santa María the most prominent will do.
_MOST_HITS = 60


class Matcher:
    """Ranks the entities that a name may denote.

    ``spellings`` is an index whose names in many languages stand in where the indexes list none (see
    :class:`~entnorm.match.bridge.Bridge`); its entities are no answers.

    >>> from entnorm.index.build import build_index
    >>> from entnorm.gazetteer.records import Record, NameRow
    >>> import tempfile, pathlib
    >>> kyiv = Record("my:1", "place", "Kyiv", names=[NameRow("Kiew", ("de",))])
    >>> index = Index.open(build_index([kyiv], pathlib.Path(tempfile.mkdtemp()) / "demo"))
    >>> Matcher([index]).lookup("Kiews", lang="de")[0].name
    'Kyiv'
    """

    def __init__(
        self,
        indexes: Sequence[Index],
        config: Config | None = None,
        calibration: Calibration | None = None,
        lexicon: NameLexicon | None = None,
        spellings: Index | None = None,
    ) -> None:
        self.indexes = tuple(indexes)
        self.config = config or Config()
        self.calibration = calibration
        self.scorers = [Scorer(CandidateFinder(index, self.config.candidates), lexicon) for index in self.indexes]
        self.bridge = Bridge(Matcher([spellings], self.config)) if spellings is not None else None

    @property
    def candidate_finders(self) -> list[CandidateFinder]:
        """The candidate finder of each index, in order."""
        return [scorer.finder for scorer in self.scorers]

    def lookup(
        self,
        name: str,
        *,
        lang: str | None = None,
        kind: str | None = None,
        to: str | None = None,
        limit: int | None = None,
    ) -> list[Match]:
        """Matches of a name, the likeliest first; empty when nothing is alike.

        ``lang`` (ISO 639-1) is the language of the name if known, ``kind`` restricts to ``person`` or ``place``,
        ``to`` is the language of the canonical names.
        """
        ranked = self.rank(Query.of(name, lang=lang, kind=kind))
        return self.matches(ranked, lang=lang, to=to, limit=limit)

    def rank(self, query: Query, *, fuzzy: bool = True, by_words: bool = True, inflected: bool = True) -> list[Scored]:
        """Candidates of a query, one per entity, best first, above ``Config.min_score``.

        Listed spellings are tried first; misspellings are searched for only when none of them is good enough, and
        only if ``fuzzy``. ``by_words`` also looks for people who share words with the query, ``inflected`` for names
        that the query is a form of; a caller who has found a listed name in a text needs neither.
        """
        parts = without_brackets(query.text)
        whole = self._rank(query, fuzzy and not parts, by_words and not parts, inflected)
        if not parts or (whole and whole[0].score >= _GOOD_ENOUGH):
            return whole
        best = {(id(s.index), s.entity): s for s in reversed(whole)}
        for part in parts:
            for scored in self._rank(Query.of(part, lang=query.lang, kind=query.kind), fuzzy, by_words, inflected):
                mark = (id(scored.index), scored.entity)
                if mark not in best or scored.rank > best[mark].rank:
                    best[mark] = scored
        return self._sorted(best)

    def _rank(self, query: Query, fuzzy: bool, by_words: bool, inflected: bool) -> list[Scored]:
        if not query.key:
            return []
        best: dict[tuple[int, int], Scored] = {}
        options = readings(query, inflected=inflected)
        tables = [scorer.table(query) for scorer in self.scorers]
        for number, (scorer, table) in enumerate(zip(self.scorers, tables, strict=True)):
            self._keep(best, number, table, scorer.finder.exact(options))
            if by_words and query.kind != "place" and scorer.finder.has_people:
                reach = Reach.KNOWN if fuzzy else Reach.LISTED
                table.known_only = fuzzy
                self._keep(best, number, table, scorer.finder.by_words(table, reach))
                table.known_only = False
        if fuzzy and self.bridge is not None and _top(best) < _GOOD_ENOUGH:
            others = self.bridge.readings(query)
            for number, (scorer, table) in enumerate(zip(self.scorers, tables, strict=True)):
                self._keep(best, number, table, scorer.finder.exact(others))
        if any(s.score >= _IDENTICAL and s.base == query.text and _own(s, query.lang) for s in best.values()):
            for s in best.values():
                if s.base != query.text:
                    s.rank -= _UNDONE_BEHIND
                    s.evidence.append(Reason("the name as written is listed", s.base, -_UNDONE_BEHIND))
        enough = _GOOD_ENOUGH if query.script == "Latn" else _KNOWN_ENOUGH
        if not fuzzy or _top(best) >= enough:
            return self._sorted(best)
        for number, (scorer, table) in enumerate(zip(self.scorers, tables, strict=True)):
            finder = scorer.finder
            if query.kind != "place" and finder.has_people:
                self._keep(best, number, table, finder.by_words(table, Reach.MISSING))
                if _top(best) < (_POOR_LATIN if query.script == "Latn" else _POOR_WORDS):
                    self._keep(best, number, table, finder.by_words(table, Reach.FUZZY))
            if (query.kind != "person" and finder.has_places) or _top(best) < _POOR:
                for reading in [o for o in options if not o.rule][:2]:
                    self._keep(best, number, table, finder.near(reading))
        return self._sorted(best)

    @staticmethod
    def _sorted(best: dict[tuple[int, int], Scored]) -> list[Scored]:
        return sorted(best.values(), key=lambda s: (-s.rank, s.entity))

    def _keep(self, best: dict[tuple[int, int], Scored], number: int, table: WordTable, hits: list[Hit]) -> None:
        """Score hits and keep the best row of each entity."""
        scorer, query = self.scorers[number], table.query
        if query.kind is not None:
            kind_of, entity_of = scorer.index.kind, scorer.entity_of
            hits = [h for h in hits if kind_of(entity_of[h.row]) == query.kind]
        if len(hits) > _MOST_HITS:
            prominence, entity = scorer.index.prominence, scorer.entity_of
            hits = sorted(hits, key=lambda h: (h.reading.cost, -prominence(entity[h.row]), h.row))[:_MOST_HITS]
        if not table.known_only:
            hits = [h for h in hits if h not in table.scored]
            table.scored.update(hits)
        scorer.prepare(table, hits)
        for hit in hits:
            scored = scorer.score(query, hit, table)
            mark = (number, scored.entity)
            if scored.score >= self.config.min_score and (mark not in best or scored.rank > best[mark].rank):
                best[mark] = scored

    def matches(
        self, ranked: Sequence[Scored], *, lang: str | None, to: str | None, limit: int | None = None
    ) -> list[Match]:
        """The first candidates as matches, named in a language and with confidence where it is calibrated."""
        target = to or self.config.to
        if target == "source":
            target = lang or "en"
        top = ranked[: limit or self.config.limit]
        confidences = self.calibration.lookup(ranked) if self.calibration else [None] * len(top)
        return [self._match(s, target, c) for s, c in zip(top, confidences, strict=False)]

    @staticmethod
    def _match(scored: Scored, target: str, confidence: float | None) -> Match:
        facts = scored.index.facts(scored.entity)
        lat, lon = facts.location
        # The reasons go in as plain dicts: validated in one call, they cost half of what objects do.
        return Match.model_validate(
            {
                "entity_id": facts.id,
                "kind": facts.kind,
                "name": facts.name_in(target),
                "matched_name": scored.index.name_text(scored.row),
                "score": scored.score,
                "confidence": confidence,
                "type": facts.type,
                "country": facts.country or None,
                "lat": lat,
                "lon": lon,
                "same_as": facts.same_as,
                "evidence": [{"feature": r.feature, "value": r.value, "weight": r.weight} for r in scored.evidence],
            }
        )


def _top(best: dict[tuple[int, int], Scored]) -> float:
    return max([s.score for s in best.values()], default=0.0)


def _own(scored: Scored, lang: str | None) -> bool:
    """Whether a spelling is listed for a language, so that it need not be a form of another name."""
    return lang is None or lang in scored.index.name_langs(scored.row)
