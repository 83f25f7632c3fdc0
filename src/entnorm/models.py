"""The vocabulary of answers: what a caller gets, as frozen, validated, JSON-ready objects."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, PrivateAttr, model_validator

from entnorm.errors import ConfigError

Kind = Literal["person", "place"]
Status = Literal["resolved", "ambiguous", "unknown"]
Role = Literal["canonical", "native", "exonym", "alias", "former", "short", "generated"]
Probability = Annotated[float, Field(ge=0.0, le=1.0)]


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Name(_Model):
    """One spelling of an entity.

    ``lang`` is an ISO 639-1 code or ``None`` when the source states none; ``script`` an ISO 15924 code.

    >>> Name(text="Kiew", lang="de", script="Latn", role="exonym").text
    'Kiew'
    """

    text: str
    lang: str | None = None
    script: str = "Latn"
    role: Role = "alias"


class Entity(_Model):
    """A person or a place with a stable id.

    ``prominence`` is 0 (obscure) to 1 (named everywhere) and orders homonyms; it is not a probability.
    ``same_as`` lists ids of the same entity in other schemes (``wikidata:Q1899``, ``iso3166:UA-30``,
    ``enwiki:Kyiv``). ``lat`` and ``lon`` are WGS 84 degrees, ``None`` for people.
    """

    id: str
    kind: Kind
    type: str = ""
    names: tuple[Name, ...] = ()
    same_as: tuple[str, ...] = ()
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    prominence: Probability = 0.0
    description: str = ""


class Evidence(_Model):
    """One reason for a score: what was looked at, its value, and what it added to (or took from) the score."""

    feature: str
    value: float | str | None = None
    weight: float = 0.0


class Match(_Model):
    """An entity that a name may denote.

    ``score`` is a similarity in 0..1 (1: the name is listed exactly as written), not a probability.
    ``confidence`` is the calibrated probability that the name denotes this entity, ``None`` when nothing
    calibrates it. ``name`` is the canonical name in the language asked for, ``matched_name`` the listed spelling
    that was recognised.
    """

    entity_id: str
    kind: Kind
    name: str
    matched_name: str
    score: Probability
    confidence: Probability | None = None
    type: str = ""
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    same_as: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()

    def explain(self) -> str:
        """The evidence as lines of plain text, the weightiest first.

        >>> m = Match(entity_id="x:1", kind="place", name="Kyiv", matched_name="Kiew", score=1.0,
        ...           evidence=(Evidence(feature="spelling", value="identical", weight=1.0),))
        >>> print(m.explain())
        Kiew -> Kyiv [x:1], score 1.00
          +1.00  spelling: identical
        """
        head = f"{self.matched_name} -> {self.name} [{self.entity_id}], score {self.score:.2f}"
        if self.confidence is not None:
            head += f", confidence {self.confidence:.2f}"
        lines = [
            f"  {e.weight:+.2f}  {e.feature}" + (f": {e.value}" if e.value is not None else "")
            for e in sorted(self.evidence, key=lambda e: -abs(e.weight))
        ]
        return "\n".join([head, *lines])


class Comparison(_Model):
    """How two names compare.

    ``score`` is the similarity of their words in 0..1, ``confidence`` the calibrated probability that they can denote
    the same entity, ``same`` whether that is at least one half.
    """

    a: str
    b: str
    score: Probability
    confidence: Probability
    same: bool
    evidence: tuple[Evidence, ...] = ()


class Mention(_Model):
    """A stretch of text that names a person or a place.

    ``start`` and ``end`` are code-point offsets into the text as given, end exclusive. ``base`` is the name in
    the text's own language and script with its inflection undone. ``name`` is the canonical name in the language
    asked for; for an unlisted person the romanized base form. ``cluster`` is equal for the mentions of one entity
    within the document. ``confidence`` is the calibrated probability that the mention means ``best``.
    """

    start: Annotated[int, Field(ge=0)]
    end: int
    text: str
    kind: Kind
    status: Status
    base: str
    name: str
    cluster: int
    score: Probability = 0.0
    confidence: Probability | None = None
    matches: tuple[Match, ...] = ()

    @model_validator(mode="after")
    def _span(self) -> Mention:
        if self.end - self.start != len(self.text) or not self.text:
            raise ValueError(f"span {self.start}:{self.end} does not fit its text of {len(self.text)} characters")
        return self

    @property
    def best(self) -> Match | None:
        """The first match, or ``None`` for a name that no gazetteer lists."""
        return self.matches[0] if self.matches else None

    @property
    def entity_id(self) -> str | None:
        """Id of the entity when the mention is resolved, else ``None``."""
        return self.matches[0].entity_id if self.status == "resolved" and self.matches else None

    def explain(self) -> str:
        """Why this entity: the best match's evidence, and the runners-up by name."""
        if not self.matches:
            return f"{self.text}: no gazetteer lists this name"
        rest = "\n".join(f"  or {m.name} [{m.entity_id}], score {m.score:.2f}" for m in self.matches[1:])
        return self.matches[0].explain() + ("\n" + rest if rest else "")


class Document(_Model):
    """A text with its mentions, in order of appearance.

    ``lang`` is the language the text was read in (given, or identified), ``to`` the language of the canonical
    names. ``provenance`` names the index, key version and calibration behind the answer.
    """

    text: str
    id: str | None = None
    lang: str | None = None
    to: str = "en"
    mentions: tuple[Mention, ...] = ()
    provenance: dict[str, str] = Field(default_factory=dict)
    _namer: Callable[[str, str], str | None] | None = PrivateAttr(default=None)

    @model_validator(mode="after")
    def _offsets(self) -> Document:
        last = 0
        for m in self.mentions:
            if m.start < last or self.text[m.start : m.end] != m.text:
                raise ValueError(f"mention {m.text!r} at {m.start}:{m.end} is out of place")
            last = m.end
        return self

    def with_namer(self, namer: Callable[[str, str], str | None]) -> Document:
        """The same document, able to name its entities in other languages by ``namer(entity_id, lang)``."""
        self._namer = namer
        return self

    def replace(self, to: str | None = None) -> str:
        """The text with each resolved mention written as its canonical name, everything else untouched.

        ``to`` is the language of the names (ISO 639-1), by default the document's own. Mentions that are ambiguous
        or unknown stay as they are, and so do inflected forms of the canonical name (Russlands) and abbreviations (US).
        Raises :class:`~entnorm.errors.ConfigError` when another language is asked for and the document was not made by
        a normalizer, which alone knows the other names.
        """
        parts, last = [], 0
        for mention in self.mentions:
            name = self._name_for(mention, to)
            if mention.base == name or (len(mention.text) <= 4 and mention.text.isupper()):
                name = mention.text
            parts += [self.text[last : mention.start], name]
            last = mention.end
        return "".join([*parts, self.text[last:]])

    def _name_for(self, mention: Mention, to: str | None) -> str:
        if mention.entity_id is None:
            return mention.text
        if to is None or to == self.to:
            return mention.name
        if self._namer is None:
            raise ConfigError(
                "this document cannot name its entities in another language",
                "normalise the text again with to=" + repr(to),
            )
        return self._namer(mention.entity_id, to) or mention.name

    def to_json(self) -> dict[str, Any]:
        """The document as the command line prints it: plain types, one object per mention."""
        return {
            "id": self.id,
            "lang": self.lang,
            "mentions": [mention_json(m) for m in self.mentions],
        }


_MATCH_FIELDS = ("entity_id", "kind", "name", "matched_name", "score", "confidence", "type", "country", "lat", "lon")


def match_json(match: Match, *, explain: bool = False) -> dict[str, Any]:
    """One match as plain JSON types; ``evidence`` only on request."""
    row = {f: getattr(match, f) for f in _MATCH_FIELDS}
    row["same_as"] = list(match.same_as)
    if explain:
        row["evidence"] = [e.model_dump() for e in match.evidence]
    return row


def mention_json(mention: Mention) -> dict[str, Any]:
    """One mention as plain JSON types, in the command line's order of fields."""
    fields = ("start", "end", "text", "kind", "status", "entity_id", "name", "base", "score", "confidence", "cluster")
    row = {f: getattr(mention, f) for f in fields}
    row["matches"] = [match_json(m) for m in mention.matches]
    return row
