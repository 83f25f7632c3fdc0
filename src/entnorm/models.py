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


class Respan(_Model):
    """Where a mention stood in a text, ``start:end``, and where it stands in the rewritten one."""

    start: int
    end: int
    new_start: int
    new_end: int


class Rewritten(_Model):
    """A text with its names rewritten, and where everything went. ``spans`` has each mention, in order.

    >>> new = Rewritten(text="In Kyiv.", spans=(Respan(start=3, end=7, new_start=3, new_end=7),))
    >>> new.new_offset(8), new.old_offset(3)
    (8, 3)
    """

    text: str
    spans: tuple[Respan, ...] = ()

    def new_offset(self, offset: int) -> int:
        """Where a code-point offset of the old text is in the new one.

        Offsets outside of mentions keep their distance to the text around them; those inside one stay within it.
        """
        return _mapped(offset, [(s.start, s.end, s.new_start, s.new_end) for s in self.spans])

    def old_offset(self, offset: int) -> int:
        """Where a code-point offset of the new text was in the old one."""
        return _mapped(offset, [(s.new_start, s.new_end, s.start, s.end) for s in self.spans])


def _mapped(offset: int, spans: list[tuple[int, int, int, int]]) -> int:
    shift = 0
    for start, end, new_start, new_end in spans:
        if offset < start:
            break
        if offset < end:
            return min(new_start + offset - start, new_end)
        shift = new_end - end
    return offset + shift


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
    _rewriter: Callable[[Document, str], list[str]] | None = PrivateAttr(default=None)

    @model_validator(mode="after")
    def _offsets(self) -> Document:
        last = 0
        for m in self.mentions:
            if m.start < last or self.text[m.start : m.end] != m.text:
                raise ValueError(f"mention {m.text!r} at {m.start}:{m.end} is out of place")
            last = m.end
        return self

    def with_rewriter(self, rewriter: Callable[[Document, str], list[str]]) -> Document:
        """The same document, able to write its mentions in other languages by ``rewriter(document, lang)``."""
        self._rewriter = rewriter
        return self

    def replace(self, to: str | None = None) -> str:
        """The text with each resolved mention written as its canonical name, everything else untouched.

        ``to`` is the language of the names (ISO 639-1), by default the document's own. A surname alone stays a surname,
        capitals stay capitals; a name in the language of the text keeps its case where the rules of that language know
        the form, other names are put in as they are. Mentions that are ambiguous or unknown stay as they are, and so do
        inflected forms of the canonical name (Russlands) and abbreviations (US).
        Raises :class:`~entnorm.errors.ConfigError` when the document was not made by a normalizer, which alone knows
        the names, unless it is asked for the names it has.
        """
        return self.rewrite(to).text

    def rewrite(self, to: str | None = None) -> Rewritten:
        """What :meth:`replace` gives, with the place of each mention in the old text and the new one.

        >>> import entnorm
        >>> new = entnorm.normalize("Zelenskyys Reise nach Kyiv.", lang="de").rewrite(to="de")
        >>> new.text, new.old_offset(new.text.index("Kiew"))
        ('Selenskyjs Reise nach Kiew.', 22)
        """
        parts, spans, last, length = [], [], 0, 0
        for mention, name in zip(self.mentions, self._written(to or self.to), strict=True):
            parts += [self.text[last : mention.start], name]
            length += mention.start - last
            spans.append(Respan(start=mention.start, end=mention.end, new_start=length, new_end=length + len(name)))
            length += len(name)
            last = mention.end
        return Rewritten(text="".join([*parts, self.text[last:]]), spans=tuple(spans))

    def _written(self, to: str) -> list[str]:
        if self._rewriter is not None:
            return self._rewriter(self, to)
        if to != self.to:
            raise ConfigError(
                "this document cannot name its entities in another language",
                "normalise the text again with to=" + repr(to),
            )
        return [m.text if m.entity_id is None or m.base == m.name else m.name for m in self.mentions]

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
