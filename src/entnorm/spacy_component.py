"""entnorm in a spaCy pipeline: ``nlp.add_pipe("entnorm")``, ``nlp.add_pipe("entnorm_ner")``, and a pipeline of both.

spaCy finds the components by entry points, so nothing need be imported first; the pipeline is listed as ``xx_entnorm``
and made by :func:`load`. The answers stay with the document as plain data in ``doc.user_data["entnorm"]``, which
survives ``to_bytes``, ``to_disk`` and ``n_process``; ``Doc._.entnorm`` and ``Span._.entnorm`` give them as objects.

>>> import spacy
>>> nlp = spacy.blank("de")
>>> _ = _register()  # not needed where entnorm is installed
>>> _ = nlp.add_pipe("entnorm", config={"to": "fr"})
>>> doc = nlp("Er kam nach Kiew.")
>>> [(span.text, span.label_, span.kb_id_, span._.entnorm.name) for span in doc.spans["entnorm"]]
[('Kiew', 'LOC', 'geonames:703448', 'Kiev')]
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property, lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from entnorm import pipeline
from entnorm.match.shipped import shipped_lexicon
from entnorm.mentions.finder import IndexFinder
from entnorm.mentions.recogniser import Recogniser
from entnorm.mentions.spacy_adapter import OWN_SPANS, entities_of
from entnorm.mentions.tokens import tokenize
from entnorm.models import Document, Mention
from entnorm.text.language import identify

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Span

_LABELS = {"person": "PER", "place": "LOC"}
#: A pipeline language that says nothing about the texts.
_ANY = "xx"
_SETTINGS: dict[str, Any] = {
    "index": [],
    "to": None,
    "lang": None,
    "use_ents": True,
    "set_ents": False,
    "calibration": None,
    "settings": {},
}


class EntnormComponent:
    """Normalises documents.

    ``index`` are the indexes to use instead of the shipped one (folders, ``core``), ``to`` the language of the names,
    ``lang`` that of the texts (by default the pipeline's, identified in an ``xx`` pipeline), ``use_ents`` whether the
    entities that earlier components have set are weighed in, ``set_ents`` whether the mentions replace those that they
    overlap, ``calibration`` a file made by ``entnorm eval fit``, and ``settings`` are the fields of
    :class:`~entnorm.config.Config`.
    """

    def __init__(self, nlp: Language, name: str, **options: Any) -> None:
        self.name = name
        self.options = _SETTINGS | options
        self.lang = self.options["lang"] or (nlp.lang if nlp.lang != _ANY else None)
        _set_extensions()

    @cached_property
    def normalizer(self) -> pipeline.Normalizer:
        """The normalizer, made for the first document."""
        options = self.options
        return pipeline.load(*options["index"], calibration=options["calibration"], **options["settings"])

    def __call__(self, doc: Doc) -> Doc:
        """The document with its mentions."""
        entities = list(entities_of(doc)) if self.options["use_ents"] else []
        answer = self.normalizer(doc.text, lang=self.lang, to=self.options["to"], entities=entities)
        doc.user_data[OWN_SPANS] = answer.model_dump(mode="json", exclude={"text"})
        marked = [(m.start, m.end, _LABELS[m.kind], m.entity_id or "") for m in answer.mentions]
        doc.spans[OWN_SPANS] = _spans(doc, marked)
        if self.options["set_ents"]:
            _set_ents(doc, doc.spans[OWN_SPANS])
        return doc

    def __getstate__(self) -> dict[str, Any]:
        return {k: v for k, v in self.__dict__.items() if k != "normalizer"}


class RecogniserComponent:
    """Sets ``doc.ents`` to the people (PER), places (LOC) and organisations (ORG) that the shipped recogniser sees."""

    def __init__(self, nlp: Language, name: str, lang: str | None = None) -> None:
        self.name = name
        self.lang = lang or (nlp.lang if nlp.lang != _ANY else None)

    @cached_property
    def _recogniser(self) -> Recogniser:
        return Recogniser.load(IndexFinder(pipeline.load().matcher.candidate_finders[0]), shipped_lexicon())

    def __call__(self, doc: Doc) -> Doc:
        """The document with its entities; those already set stay where they do not overlap."""
        found = self._recogniser.spans(doc.text, tokenize(doc.text), self.lang or identify(doc.text))
        _set_ents(doc, _spans(doc, [(s.start, s.end, s.kind, "") for s in found]))
        return doc

    def __getstate__(self) -> dict[str, Any]:
        return {k: v for k, v in self.__dict__.items() if k != "_recogniser"}


def load(
    *,
    vocab: Any = True,
    disable: str | Iterable[str] = (),
    enable: str | Iterable[str] = (),
    exclude: str | Iterable[str] = (),
    config: Mapping[str, Any] = MappingProxyType({}),
) -> Language:
    """The multilingual pipeline of both components, ``entnorm_ner`` and ``entnorm``; arguments as of ``spacy.load``.

    Saved with ``to_disk``, it is loaded by ``spacy.load`` as any other pipeline.

    >>> doc = load()("Jens Öblarn reist nach Kiew.")
    >>> [(ent.text, ent.label_) for ent in doc.ents], [span._.entnorm.name for span in doc.spans["entnorm"]]
    ([('Jens Öblarn', 'PER'), ('Kiew', 'LOC')], ['Jens Öblarn', 'Kyiv'])
    """
    from spacy.language import Language
    from spacy.util import dot_to_dict, load_model_from_config

    from entnorm import __version__

    _register()
    parts = {"entnorm_ner": {"factory": "entnorm_ner"}, "entnorm": {"factory": "entnorm", "use_ents": False}}
    ours = {"nlp": {"lang": _ANY, "pipeline": list(parts)}, "components": parts}
    merged = Language.default_config.merge(ours).merge(dot_to_dict({**config}))
    choice: dict[str, Any] = {"disable": disable, "enable": enable, "exclude": exclude}
    meta = {"lang": _ANY, "name": "entnorm", "version": __version__}
    return load_model_from_config(merged, meta=meta, vocab=vocab, auto_fill=True, **choice)


def _spans(doc: Doc, marked: Iterable[tuple[int, int, str, str]]) -> list[Span]:
    """Characters with label and id as spans of whole tokens, as spaCy has them."""
    spans = (doc.char_span(a, b, label=label, kb_id=key, alignment_mode="expand") for a, b, label, key in marked)
    return [span for span in spans if span is not None]


def _set_ents(doc: Doc, found: Iterable[Span]) -> None:
    """Make the spans found entities; of entities set before, those stay that none of them overlaps."""
    from spacy.util import filter_spans

    new = filter_spans(found)
    taken = {token.i for span in new for token in span}
    kept = [ent for ent in doc.ents if not any(token.i in taken for token in ent)]
    doc.set_ents([*new, *kept])


def _document(doc: Doc) -> Document | None:
    data = doc.user_data.get(OWN_SPANS)
    return None if data is None else Document.model_validate({**data, "text": doc.text})


def _mention(span: Span) -> Mention | None:
    """The mention that a span shares the most characters with, ``None`` when there is none."""
    data = span.doc.user_data.get(OWN_SPANS) or {"mentions": ()}

    def shared(row: dict[str, Any]) -> tuple[int, bool]:
        inside: int = min(row["end"], span.end_char) - max(row["start"], span.start_char)
        return inside, bool(row["matches"]) and row["matches"][0]["entity_id"] == span.kb_id_

    best = max(data["mentions"], key=shared, default=None)
    return Mention.model_validate(best) if best is not None and shared(best)[0] > 0 else None


def _set_extensions() -> None:
    """Make ``Doc._.entnorm`` and ``Span._.entnorm`` known to spaCy, once a component is made."""
    from spacy.tokens import Doc, Span

    if not Doc.has_extension(OWN_SPANS):
        Doc.set_extension(OWN_SPANS, getter=_document)
    if not Span.has_extension(OWN_SPANS):
        Span.set_extension(OWN_SPANS, getter=_mention)


@lru_cache(maxsize=1)
def _register() -> dict[str, Callable[..., Any]]:
    """Make the components known to spaCy under their names."""
    from spacy.language import Language

    component = Language.factory(
        "entnorm",
        default_config=_SETTINGS,
        assigns=["doc.spans", "doc.ents"],
        func=_make_component,
    )
    recogniser = Language.factory(
        "entnorm_ner", default_config={"lang": None}, assigns=["doc.ents"], func=_make_recogniser
    )
    return {"component": component, "recogniser": recogniser}


def _make_component(
    nlp: Language,
    name: str,
    index: list[str],
    to: str | None,
    lang: str | None,
    use_ents: bool,
    set_ents: bool,
    calibration: str | None,
    settings: dict[str, Any],
) -> EntnormComponent:
    options = {"index": index, "to": to, "lang": lang, "use_ents": use_ents, "set_ents": set_ents}
    return EntnormComponent(nlp, name, **options, calibration=calibration, settings=settings)


def _make_recogniser(nlp: Language, name: str, lang: str | None) -> RecogniserComponent:
    return RecogniserComponent(nlp, name, lang)


def __getattr__(name: str) -> Callable[..., Any]:
    """``component`` and ``recogniser``, which the entry points name: asking for them registers them with spaCy."""
    if name in ("component", "recogniser"):
        return _register()[name]
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
