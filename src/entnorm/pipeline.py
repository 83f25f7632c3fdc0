"""The normalizer: the only place where the stages meet."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from entnorm.config import Config
from entnorm.errors import ConfigError, InputError
from entnorm.index.store import Index
from entnorm.match.calibrate import Calibration
from entnorm.match.compare import Comparer
from entnorm.match.compare_places import compare_places
from entnorm.match.matcher import Matcher
from entnorm.match.score import Scored
from entnorm.match.shipped import calibration_for, shipped_lexicon, shipped_path, spellings_for
from entnorm.mentions.clashes import hints_of, relisted, settled, surnames, without_bodies
from entnorm.mentions.echoes import Echoes
from entnorm.mentions.entities import Cutter, Entity
from entnorm.mentions.finder import IndexFinder
from entnorm.mentions.lexicon import CAPITAL_NOUNS
from entnorm.mentions.local_press import local_places
from entnorm.mentions.merge import Span, UnlistedSpan, kind_of, listed_only, merge, readable, weigh_in
from entnorm.mentions.namesakes import without_namesakes
from entnorm.mentions.nonnames import NonNames
from entnorm.mentions.people import PeopleFinder, PersonSpan
from entnorm.mentions.phrase import Phrase
from entnorm.mentions.places import PlacesFinder, PlaceSpan
from entnorm.mentions.recogniser import Recogniser
from entnorm.mentions.recogniser import Span as RecognisedSpan
from entnorm.mentions.signs import Signs
from entnorm.mentions.spacy_adapter import SpacyAdapter
from entnorm.mentions.tokens import Token, tokenize
from entnorm.models import Comparison, Document, Kind, Match, Mention, Status
from entnorm.resolve.base import BaseForms, Naming
from entnorm.resolve.document import decided
from entnorm.resolve.rewrite import Rewriter
from entnorm.resolve.unlisted import clusters, name_in
from entnorm.text.keys import KEY_VERSION
from entnorm.text.language import check_lang, identify

if TYPE_CHECKING:
    from entnorm.mentions.spacy_adapter import Nlp

_KIND: dict[str, Kind] = {"PER": "person", "LOC": "place"}
#: A longer word is no name that nobody listed.
_LONGEST_WORD = 40
#: Log odds from which a word that repeats part of a full name of the text is that person.
_REPEATED = -1.5
#: Longest name looked up or compared, in characters.
MAX_NAME = 400


class Normalizer:
    """Finds people and places in texts and names them, with one or several indexes.

    Cheap to keep, expensive to make anew for each text: it holds the caches. Safe to use from several threads.

    ``nlp`` is a spaCy pipeline, or the name or folder of one, whose people and places are weighed beside those that
    entnorm finds itself. ``calibration`` says what confidence means for these indexes (``entnorm eval fit`` makes one);
    without it there is the one that ships where it holds.

    >>> import entnorm
    >>> norm = entnorm.load()
    >>> [m.name for m in norm("Selenskyj reist nach Kiew.", lang="de").mentions]
    ['Volodymyr Zelenskyy', 'Kyiv']
    """

    def __init__(
        self,
        indexes: Sequence[Index] | Index,
        config: Config | None = None,
        *,
        nlp: Nlp | None = None,
        calibration: Calibration | str | Path | None = None,
    ) -> None:
        self.indexes = (indexes,) if isinstance(indexes, Index) else tuple(indexes)
        if not self.indexes:
            raise ConfigError("a normalizer needs an index", "use entnorm.load() for the one that ships")
        self.config = config or Config()
        self.lexicon = shipped_lexicon()
        self.adapter = SpacyAdapter(nlp) if nlp is not None else None
        self.calibration = calibration_for(self.indexes, calibration)
        self.matcher = Matcher(self.indexes, self.config, self.calibration, self.lexicon, spellings_for(self.indexes))
        self._finders = [IndexFinder(c, self.lexicon) for c in self.matcher.candidate_finders]
        self._people = PeopleFinder(self.matcher, self._finders, self.lexicon)
        self._places = PlacesFinder(self.matcher, self.lexicon)
        self._base_forms = BaseForms(self.lexicon)
        self._rewriter = Rewriter(self.indexes)

    def __call__(
        self,
        text: str,
        *,
        lang: str | None = None,
        to: str | None = None,
        id: str | None = None,
        entities: Iterable[tuple[int, int, str]] = (),
    ) -> Document:
        """Normalise one text.

        ``lang`` is its language (ISO 639-1), identified when not given; ``to`` the language of the canonical names.
        ``entities`` are stretches ``(start, end, label)`` that another finder of names has marked, with labels of any
        common scheme (PER, GPE, placeName, …); they count as those of a spaCy pipeline do. Raises
        :class:`~entnorm.errors.InputError` for a text that is no string or too long, and
        :class:`~entnorm.errors.ConfigError` for a malformed language code.
        """
        if not isinstance(text, str):
            raise InputError(f"a text must be a string, not {type(text).__name__}", "decode bytes first, as UTF-8")
        if len(text) > self.config.max_chars:
            raise InputError(
                f"the text has {len(text):,} characters, more than {self.config.max_chars:,}",
                "split it, or raise Config.max_chars",
            )
        lang = check_lang(lang) or identify(text)
        target = check_lang(to) or self.config.to
        if target == "source":
            target = lang or "en"
        spans, hints = self._read(text, lang, entities)
        mentions = self._mentions(text, lang, spans, hints, target)
        document = Document(
            text=text, id=id, lang=lang, to=target, mentions=tuple(mentions), provenance=self.provenance
        )
        return document.with_rewriter(self._rewriter)

    def pipe(self, texts: Iterable[str], *, lang: str | None = None, to: str | None = None) -> Iterator[Document]:
        """Normalise texts one after the other, in order."""
        for text in texts:
            yield self(text, lang=lang, to=to)

    def lookup(
        self,
        name: str,
        *,
        kind: str | None = None,
        lang: str | None = None,
        to: str | None = None,
        limit: int | None = None,
    ) -> list[Match]:
        """Entities a name may denote, the likeliest first; empty when nothing is alike.

        >>> import entnorm
        >>> entnorm.load().lookup("Зеленського", kind="person")[0].name
        'Volodymyr Zelenskyy'
        """
        check_name(name)
        return self.matcher.lookup(name, lang=check_lang(lang), kind=kind, to=check_lang(to), limit=limit)

    def compare(
        self, a: str, b: str, *, kind: str = "person", lang_a: str | None = None, lang_b: str | None = None
    ) -> Comparison:
        """The probability that two names can denote the same person or place, with the reasons.

        ``lang_a`` and ``lang_b`` (ISO 639-1) are the languages of the names, if known.

        >>> import entnorm
        >>> entnorm.load().compare("Wolodymyr Selenskyj", "Зеленский Владимир").same
        True
        """
        check_name(a)
        check_name(b)
        lang_a, lang_b = check_lang(lang_a), check_lang(lang_b)
        if kind == "place":
            return compare_places(self.matcher, a, b, lang_a, lang_b)
        return self._comparer.compare(a, b)

    @cached_property
    def _recogniser(self) -> Recogniser:
        return Recogniser.load(self._finders[0], self.lexicon)

    @cached_property
    def _trust(self) -> float:
        """Trust in names that others mark; full where rules of the user's own find them."""
        return 1.0 if self.adapter is not None and self.adapter.by_rules else self.config.trust

    @cached_property
    def _cutter(self) -> Cutter:
        return Cutter(self.lexicon)

    @cached_property
    def _comparer(self) -> Comparer:
        return Comparer(self.lexicon)

    def name(self, entity_id: str, lang: str) -> str | None:
        """Canonical name of an entity in a language, ``None`` when no index lists the id.

        >>> import entnorm
        >>> entnorm.load().name("geonames:703448", "pl")
        'Kijów'
        """
        for index in self.indexes:
            num = index.number(entity_id)
            if num is not None:
                return index.facts(num).name_in(lang)
        return None

    @cached_property
    def provenance(self) -> dict[str, str]:
        """What the answers rest on: contents of the indexes, key version, calibration."""
        facts = {"index": "+".join(i.id for i in self.indexes), "key_version": str(KEY_VERSION)}
        facts |= {"calibration": self.calibration.id} if self.calibration else {}
        return facts | ({"model": self.adapter.id} if self.adapter else {})

    def spans(self, text: str, lang: str | None, entities: Iterable[tuple[int, int, str]] = ()) -> list[Span]:
        """Where names stand in a text, with ranked candidates, before the document decides."""
        return self._read(text, lang, entities)[0]

    def _read(
        self, text: str, lang: str | None, entities: Iterable[tuple[int, int, str]]
    ) -> tuple[list[Span], list[PlaceSpan]]:
        """The spans of a text, and countries and divisions in names that are none of places: Police Scotland."""
        tokens = tokenize(text)
        capital_nouns = lang in CAPITAL_NOUNS
        by_index = [finder.phrases(tokens, lang) for finder in self._finders]
        phrases: list[Phrase] = [p for some in by_index for p in some if p.places or p.people]
        full = self._people.full_names(tokens, phrases, lang)
        taken = {i for s in full for i in range(s.first, s.last)}
        full += self._people.misspelled(tokens, taken, lang)
        taken = {i for s in full for i in range(s.first, s.last)}
        alone = self._people.surnames(tokens, taken, full, lang, capital_nouns)
        places = self._places.spans(text, tokens, phrases, lang, capital_nouns)
        places, said = local_places(text, tokens, places, self._places, lang)
        marked = [*(Entity(*e) for e in entities), *(self.adapter.entities(text) if self.adapter else ())]
        if not self.config.recogniser and not marked:
            chosen = without_namesakes(text, listed_only([*full, *alone, *places]), lang)
            Signs(tokens, lang, None, self._people.may_be_given).note(chosen)
            return chosen, hints_of(places, chosen)
        found, beliefs = [], None
        if self.config.recogniser:
            reading = self._recogniser.read(text, tokens, lang, by_index[0])
            found, beliefs = list(self._unlisted(tokens, reading.spans)), reading.beliefs
            found += [
                UnlistedSpan(p.first, p.last, p.start, p.end, p.kind, p.belief)
                for p in by_index[0]
                if not (p.places or p.people)
            ]
        if marked:
            seen = self._cutter(text, tokens, marked, lang)
            found, beliefs = weigh_in(seen, found, beliefs, tokens, self._trust)

        found = surnames(tokens, places, found, beliefs, self._people, lang)
        found = without_bodies(tokens, found, alone, self._people, lang)
        echoes = Echoes(tokens, lang, self._people)
        echoes.lend([*full, *alone, *found])
        nonnames = NonNames(tokens, lang, self._finders[0].word)
        every: list[PersonSpan | PlaceSpan] = [*full, *alone, *places]
        listed, found = nonnames.without(every, echoes), nonnames.without(found, echoes)
        listed, found = settled(tokens, *echoes.added(listed, found, beliefs), said, lang)
        relist = partial(relisted, text, tokens, self._people, places, lang)
        chosen = without_namesakes(text, merge(listed, found, beliefs, tokens, relist), lang)
        Signs(tokens, lang, beliefs, self._people.may_be_given).note(chosen)
        return chosen, hints_of(places, chosen)

    @staticmethod
    def _unlisted(tokens: Sequence[Token], spans: Sequence[RecognisedSpan]) -> Iterator[UnlistedSpan]:
        """The recogniser's people and places as spans of words."""
        starts = [t.start for t in tokens]
        strange = [not t.text.isascii() and not readable(t) for t in tokens]
        foreign = 2 * sum(strange) > len(tokens)
        for span in spans:
            if span.kind in _KIND:
                first = bisect_right(starts, span.start) - 1
                last = bisect_left(starts, span.end)
                words = tokens[first:last]
                if not readable(words[0]) or True in strange[first:last]:
                    continue
                if max([len(t.text) for t in words]) > _LONGEST_WORD:
                    continue
                if foreign and len(words) == 1:
                    continue
                yield UnlistedSpan(first, last, span.start, span.end, _KIND[span.kind], float(span.probability))

    def _mentions(
        self, text: str, lang: str | None, spans: list[Span], hints: list[PlaceSpan], target: str
    ) -> Iterator[Mention]:
        spans, rankings, confidences = self._judged(spans, decided(text, spans, lang, hints))
        names = [
            Naming(s.start, s.end, kind_of(s), *((r[0].index, r[0].entity, r[0].base) if r else ()))
            for s, r in zip(spans, rankings, strict=True)
        ]
        all_bases = self._base_forms.of(text, lang, names)
        unlisted = [s for s in spans if isinstance(s, UnlistedSpan)]
        bases = [b for s, b in zip(spans, all_bases, strict=True) if isinstance(s, UnlistedSpan)]
        number_of = {id(s): i for i, s in enumerate(unlisted)}
        first_of = clusters(unlisted, bases)
        numbers: dict[str, int] = {}
        matches_of: dict[tuple[int, ...], tuple[Match, ...]] = {}
        for span, ranked, base, confidence in zip(spans, rankings, all_bases, confidences, strict=True):
            surface = text[span.start : span.end]
            if isinstance(span, UnlistedSpan):
                same = first_of[number_of[id(span)]]
                name = name_in(bases[same], lang, target, span.kind)
                facts: dict[str, Any] = {"kind": span.kind, "status": "unknown", "base": base, "name": name}
                cluster = numbers.setdefault(f"unlisted {same}", len(numbers))
            else:
                mark = tuple(map(id, ranked))
                if mark not in matches_of:
                    matches_of[mark] = tuple(self.matcher.matches(ranked, lang=None, to=target))
                matches = matches_of[mark]
                best = ranked[0]
                facts = {"kind": kind_of(span), "status": self.status(ranked), "base": base}
                facts |= {"name": matches[0].name, "score": best.score, "matches": matches}
                cluster = numbers.setdefault(matches[0].entity_id, len(numbers))
            if confidence is None or confidence >= self.config.min_confidence:
                facts |= {"start": span.start, "end": span.end, "text": surface}
                yield Mention.model_validate(facts | {"cluster": cluster, "confidence": confidence})

    def _judged(
        self, spans: Sequence[Span], rankings: Sequence[Sequence[Scored]]
    ) -> tuple[list[Span], list[Sequence[Scored]], list[float | None]]:
        """The spans but for those that are hardly names, with their candidates and confidences."""
        kept = []
        for span, ranked in zip(spans, rankings, strict=True):
            confidence, named = self._confidence(span, ranked)
            if not self._hardly_named(span, named):
                kept.append((span, ranked, confidence))
        return [s for s, _, _ in kept], [r for _, r, _ in kept], [c for _, _, c in kept]

    def _confidence(self, span: Span, ranked: Sequence[Scored]) -> tuple[float | None, float | None]:
        """Confidence of a mention, and the probability that it is a name of its kind at all.

        ``None`` where nothing is calibrated, or only another finder says so that the calibration does not know.
        """
        if self.calibration is None:
            return None, None
        if isinstance(span, UnlistedSpan):
            unknown = span.foreign and not self.calibration.pipeline
            confidence = None if unknown else self.calibration.unlisted(span.kind, span.signs)
            return confidence, confidence
        return self.calibration.listed(ranked, span.signs)

    def _hardly_named(self, span: Span, named: float | None) -> bool:
        """Whether a span is too unlikely to be a name of its kind at all."""
        if named is None or len(span.signs) < 2:
            return False  # nobody knows: the recogniser does not read it
        if isinstance(span, PlaceSpan) and (span.household or span.certain or span.wants):
            return False  # der Kreml, obwód kurski
        if span.signs.get("repeats") and span.signs["odds"] > _REPEATED:
            return False
        if isinstance(span, PersonSpan) and span.signs["upper"] and span.ranked[0].score == 1.0:
            return False  # AMLO
        return named < self.config.min_named

    def status(self, ranked: Sequence[Scored]) -> Status:
        """``resolved`` for a good and clear best candidate, ``ambiguous`` without a lead, ``unknown`` below."""
        if not ranked or ranked[0].score < self.config.accept:
            return "unknown"
        if len(ranked) > 1 and ranked[0].rank - ranked[1].rank < self.config.margin:
            return "ambiguous"
        return "resolved"


def check_name(name: str) -> None:
    """Raise :class:`~entnorm.errors.InputError` for what is no name: another type, or as long as a text."""
    if not isinstance(name, str):
        raise InputError(f"a name must be a string, not {type(name).__name__}", "decode bytes first, as UTF-8")
    if len(name) > MAX_NAME:
        raise InputError(f"a name of {len(name):,} characters is no name", "look names up one by one; texts go to run")


@lru_cache(maxsize=4)
def _shipped(config: Config) -> Normalizer:
    return Normalizer(Index.open(shipped_path()), config)


def load(
    *indexes: str | Path,
    config: Config | None = None,
    nlp: Nlp | None = None,
    calibration: Calibration | str | Path | None = None,
    **settings: Any,
) -> Normalizer:
    """A normalizer over the shipped index, or over the indexes in the folders given.

    ``nlp`` is a spaCy pipeline, or the name or folder of one, whose names count too; ``calibration`` a file made by
    ``entnorm eval fit``. Settings are the fields of :class:`~entnorm.config.Config`. The normalizer over the shipped
    index alone is made once and kept. Raises :class:`~entnorm.errors.IndexNotFound` and its siblings for a folder that
    holds no usable index.

    >>> load(limit=1).lookup("Kiew")[0].entity_id
    'geonames:703448'
    """
    chosen = config or Config(**settings)
    if not indexes and nlp is None and calibration is None:
        return _shipped(chosen)
    opened = [Index.open(shipped_path() if str(i) == "core" else i) for i in indexes or ("core",)]
    return Normalizer(opened, chosen, nlp=nlp, calibration=calibration)
