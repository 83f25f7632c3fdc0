"""The normalizer: the only place where the stages meet."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from entnorm.config import Config
from entnorm.errors import ConfigError, IndexNotFound, InputError
from entnorm.gazetteer.names import NameLexicon
from entnorm.index.store import Index
from entnorm.match.calibrate import shipped_calibration
from entnorm.match.compare import Comparer
from entnorm.match.compare_places import compare_places
from entnorm.match.matcher import Matcher
from entnorm.match.score import Scored
from entnorm.mentions.echoes import Echoes, without_rivals
from entnorm.mentions.finder import IndexFinder, Phrase
from entnorm.mentions.lexicon import CAPITAL_NOUNS
from entnorm.mentions.merge import Span, UnlistedSpan, kind_of, listed_only, merge, readable
from entnorm.mentions.nonnames import NonNames
from entnorm.mentions.people import PeopleFinder, PersonSpan
from entnorm.mentions.places import PlacesFinder, PlaceSpan
from entnorm.mentions.recogniser import Recogniser
from entnorm.mentions.recogniser import Span as RecognisedSpan
from entnorm.mentions.tokens import Token, tokenize
from entnorm.models import Comparison, Document, Kind, Match, Mention, Status
from entnorm.resolve.places import country_shares, decide, named_divisions
from entnorm.resolve.unlisted import base_form, clusters, name_in
from entnorm.text.keys import KEY_VERSION
from entnorm.text.language import check_lang, identify

_KIND: dict[str, Kind] = {"PER": "person", "LOC": "place"}
#: A longer word is no name that nobody listed.
_LONGEST_WORD = 40
#: Longest name looked up or compared, in characters.
MAX_NAME = 400


class Normalizer:
    """Finds people and places in texts and names them, with one or several indexes.

    Cheap to keep, expensive to make anew for each text: it holds the caches. Safe to use from several threads.

    >>> import entnorm
    >>> norm = entnorm.load()
    >>> [m.name for m in norm("Selenskyj reist nach Kiew.", lang="de").mentions]
    ['Volodymyr Zelenskyy', 'Kyiv']
    """

    def __init__(self, indexes: Sequence[Index] | Index, config: Config | None = None) -> None:
        self.indexes = (indexes,) if isinstance(indexes, Index) else tuple(indexes)
        if not self.indexes:
            raise ConfigError("a normalizer needs an index", "use entnorm.load() for the one that ships")
        self.config = config or Config()
        self.lexicon = shipped_lexicon()
        calibration = shipped_calibration()
        self.calibration = calibration if calibration.holds_for(self.indexes) else None
        self.matcher = Matcher(self.indexes, self.config, self.calibration, self.lexicon)
        self._finders = [IndexFinder(c) for c in self.matcher.candidate_finders]
        self._people = PeopleFinder(self.matcher, self._finders, self.lexicon)
        self._places = PlacesFinder(self.matcher, self.lexicon)

    def __call__(self, text: str, *, lang: str | None = None, to: str | None = None, id: str | None = None) -> Document:
        """Normalise one text.

        ``lang`` is its language (ISO 639-1), identified when not given; ``to`` the language of the canonical names.
        Raises :class:`~entnorm.errors.InputError` for a text that is no string or too long, and
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
        mentions = self._mentions(text, lang, self.spans(text, lang), target)
        document = Document(
            text=text, id=id, lang=lang, to=target, mentions=tuple(mentions), provenance=self.provenance
        )
        return document.with_namer(self.name)

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
        return facts | ({"calibration": self.calibration.id} if self.calibration else {})

    def spans(self, text: str, lang: str | None) -> list[Span]:
        """Where names stand in a text, with ranked candidates, before the document decides."""
        tokens = tokenize(text)
        capital_nouns = lang in CAPITAL_NOUNS
        by_index = [finder.phrases(tokens, lang) for finder in self._finders]
        phrases: list[Phrase] = [p for some in by_index for p in some]
        full = self._people.full_names(tokens, phrases, lang)
        taken = {i for s in full for i in range(s.first, s.last)}
        full += self._people.misspelled(tokens, taken, lang)
        taken = {i for s in full for i in range(s.first, s.last)}
        alone = self._people.surnames(tokens, taken, full, lang, capital_nouns)
        places = self._places.spans(text, tokens, phrases, lang, capital_nouns)
        if not self.config.recogniser:
            return listed_only([*full, *alone, *places])
        reading = self._recogniser.read(text, tokens, lang, by_index[0])
        found = list(self._unlisted(tokens, reading.spans))

        def relist(span: UnlistedSpan) -> PersonSpan | None:
            again = self._people.relist(text, tokens, span.first, span.last, lang)
            if again is not None:
                again.start, again.end, again.belief = span.start, span.end, span.belief
            return again

        echoes = Echoes(tokens, lang, self._finders[0].word)
        echoes.lend([*full, *found])
        nonnames = NonNames(tokens, lang, self._finders[0].word)
        every: list[PersonSpan | PlaceSpan] = [*full, *alone, *places]
        listed = nonnames.without(every, echoes)
        found = nonnames.without(found, echoes)
        echoed = echoes.found(listed, found, reading.beliefs)
        claimed = {i for e in echoed for i in range(e.first, e.last)}
        found = [s for s in found if not claimed.issuperset(range(s.first, s.last))]
        found += [e for e in echoed if isinstance(e, UnlistedSpan)]
        return merge(without_rivals(listed, echoed), found, reading.beliefs, tokens, relist)

    @staticmethod
    def _unlisted(tokens: Sequence[Token], spans: Sequence[RecognisedSpan]) -> Iterator[UnlistedSpan]:
        """The recogniser's people and places as spans of words."""
        starts = [t.start for t in tokens]
        for span in spans:
            if span.kind in _KIND:
                first = bisect_right(starts, span.start) - 1
                last = bisect_left(starts, span.end)
                if not readable(tokens[first]) or any(len(t.text) > _LONGEST_WORD for t in tokens[first:last]):
                    continue
                yield UnlistedSpan(first, last, span.start, span.end, _KIND[span.kind], float(span.probability))

    def _mentions(self, text: str, lang: str | None, spans: list[Span], target: str) -> Iterator[Mention]:
        places = [s for s in spans if isinstance(s, PlaceSpan)]
        shares, divisions = country_shares(places), named_divisions(places)
        unlisted = [s for s in spans if isinstance(s, UnlistedSpan)]
        bases = [base_form(text[s.start : s.end], lang, self.lexicon) for s in unlisted]
        number_of = {id(s): i for i, s in enumerate(unlisted)}
        first_of = clusters(unlisted, bases)
        numbers: dict[str, int] = {}
        for span in spans:
            surface = text[span.start : span.end]
            if isinstance(span, UnlistedSpan):
                same = first_of[number_of[id(span)]]
                base = bases[number_of[id(span)]]
                name = name_in(bases[same], lang, target, span.kind)
                confidence = self.calibration.unlisted(span.kind, span.belief) if self.calibration else None
                facts: dict[str, Any] = {"kind": span.kind, "status": "unknown", "base": base, "name": name}
                cluster = numbers.setdefault(f"unlisted {same}", len(numbers))
            else:
                ranked = decide(span, shares, divisions) if isinstance(span, PlaceSpan) else span.ranked
                confidence = self.calibration.mention(ranked, span.belief) if self.calibration else None
                matches = self.matcher.matches(ranked, lang=None, to=target)
                best = ranked[0]
                facts = {"kind": kind_of(span), "status": self.status(ranked), "base": best.base or surface}
                facts |= {"name": matches[0].name, "score": best.score, "matches": tuple(matches)}
                cluster = numbers.setdefault(matches[0].entity_id, len(numbers))
            if confidence is None or confidence >= self.config.min_confidence:
                yield Mention(
                    start=span.start, end=span.end, text=surface, cluster=cluster, confidence=confidence, **facts
                )

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


def shipped_path() -> Path:
    """Folder of the index that ships with entnorm."""
    return Path(__file__).with_name("_index") / "core"


@lru_cache(maxsize=1)
def shipped_lexicon() -> NameLexicon:
    """The name knowledge that ships with entnorm."""
    try:
        return NameLexicon.open(shipped_path().with_name("names"))
    except IndexNotFound:
        raise IndexNotFound("the name tables that ship with entnorm are missing", "install entnorm again") from None


@lru_cache(maxsize=4)
def _shipped(config: Config) -> Normalizer:
    return Normalizer(Index.open(shipped_path()), config)


def load(*indexes: str | Path, config: Config | None = None, **settings: Any) -> Normalizer:
    """A normalizer over the shipped index, or over the indexes in the folders given.

    Settings are the fields of :class:`~entnorm.config.Config`. The one over the shipped index is made once and kept.
    Raises :class:`~entnorm.errors.IndexNotFound` and its siblings for a folder that holds no usable index.

    >>> load(limit=1).lookup("Kiew")[0].entity_id
    'geonames:703448'
    """
    chosen = config or Config(**settings)
    if not indexes:
        return _shipped(chosen)
    opened = [Index.open(shipped_path() if str(i) == "core" else i) for i in indexes]
    return Normalizer(opened, chosen)
