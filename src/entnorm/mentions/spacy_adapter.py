"""The user's own spaCy pipeline as a finder of names. spaCy is imported when a pipeline is given, not before."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from entnorm.errors import ConfigError, InputError, MissingExtra
from entnorm.mentions.entities import Entity

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    #: A loaded pipeline, or the name or folder of one.
    Nlp = Language | str | Path

#: Where a text too long for the pipeline may be cut, the best place first.
_CUTS = ("\n\n", "\n", ". ", " ")
#: What our own component writes; it is no other finder.
OWN_SPANS = "entnorm"
_SETS = ("doc.ents", "doc.spans")


class SpacyAdapter:
    """A spaCy pipeline that finds names.

    ``nlp`` is a loaded pipeline, or the name or folder of one. Raises :class:`~entnorm.errors.MissingExtra` without
    spaCy and :class:`~entnorm.errors.ConfigError` when there is no such pipeline or none of its components finds names.

    >>> import spacy
    >>> nlp = spacy.blank("de")
    >>> nlp.add_pipe("entity_ruler").add_patterns([{"label": "GPE", "pattern": "Kiew"}])
    >>> list(SpacyAdapter(nlp).entities("Er kam nach Kiew."))
    [Entity(start=12, end=16, label='GPE')]
    """

    def __init__(self, nlp: Nlp) -> None:
        self.nlp = _loaded(nlp) if isinstance(nlp, str | Path) else nlp
        if not callable(self.nlp) or not hasattr(self.nlp, "pipe_names"):
            raise ConfigError(f"nlp is a {type(nlp).__name__}", "give a loaded spaCy pipeline, or its name or folder")
        if not _finds_names(self.nlp):
            found = ", ".join(self.nlp.pipe_names) or "none"
            raise ConfigError(
                f"the spaCy pipeline {self.id} finds no names (its components: {found})",
                "use one with a component such as ner, entity_ruler or spancat",
            )

    @property
    def id(self) -> str:
        """Language, name and version of the pipeline."""
        meta = self.nlp.meta
        return "-".join(str(meta[k]) for k in ("lang", "name", "version") if meta.get(k))

    @property
    def by_rules(self) -> bool:
        """Whether the names come from rules alone, such as an ``entity_ruler``, and from nothing that was trained."""
        return not any(_sets_names(self.nlp, name) and _is_trained(self.nlp, name) for name in self.nlp.pipe_names)

    def entities(self, text: str) -> Iterator[Entity]:
        """What the pipeline marks in ``text``, with code-point offsets and its own labels.

        A text longer than ``nlp.max_length`` is read in pieces. Raises :class:`~entnorm.errors.InputError` when the
        pipeline fails on the text.
        """
        for offset, piece in _pieces(text, self.nlp.max_length):
            try:
                doc = self.nlp(piece)
            except Exception as error:
                raise InputError(
                    f"the spaCy pipeline {self.id} fails on this text ({type(error).__name__}: {_line(error)})",
                    "try the pipeline by itself on it",
                ) from error
            for start, end, label in entities_of(doc):
                yield Entity(start + offset, end + offset, label)


def entities_of(doc: Doc) -> Iterator[Entity]:
    """The entities and the span groups of a document, but for what entnorm has written there.

    >>> import spacy
    >>> list(entities_of(spacy.blank("de")("Kiew")))
    []
    """
    groups = [doc.ents, *(group for name, group in doc.spans.items() if name != OWN_SPANS)]
    for span in (span for group in groups for span in group):
        yield Entity(span.start_char, span.end_char, span.label_)


def _loaded(name: str | Path) -> Language:
    try:
        import spacy
    except ImportError as error:
        raise MissingExtra(f"spaCy cannot be imported ({_line(error)})", "install it: pip install spacy") from error
    try:
        return spacy.load(name)
    except OSError as error:
        if "[E050]" not in str(error):
            raise ConfigError(f"the spaCy pipeline {str(name)!r} cannot be read ({_line(error)})") from error
        hint = "give the name of an installed pipeline (python -m spacy info), or the folder of one"
        raise ConfigError(f"there is no spaCy pipeline {str(name)!r}", hint) from None
    except Exception as error:
        hint = "load it with spacy.load by itself to see why; packages it needs may be missing"
        raise ConfigError(f"the spaCy pipeline {str(name)!r} cannot be loaded ({_line(error)})", hint) from error


def _finds_names(nlp: Language) -> bool:
    return any(_sets_names(nlp, name) for name in nlp.pipe_names)


def _sets_names(nlp: Language, name: str) -> bool:
    """Whether a component sets entities or spans, or is of an unknown make and so may set them."""
    if any(a.startswith(_SETS) for a in nlp.get_pipe_meta(name).assigns):
        return True
    part = nlp.get_pipe(name)
    module = getattr(part, "__module__", None) or type(part).__module__
    return module.partition(".")[0] not in ("spacy", "entnorm")


def _is_trained(nlp: Language, name: str) -> bool:
    """Whether a component has weights, or is of an unknown make and so may have some."""
    return nlp.get_pipe_meta(name).factory not in ("entity_ruler", "span_ruler")


def _pieces(text: str, longest: int) -> Iterator[tuple[int, str]]:
    """The text in pieces of at most ``longest`` characters, each with its offset, cut between words where it can be."""
    start = 0
    while len(text) - start > longest:
        found = (text.rfind(sign, start, start + longest) + len(sign) for sign in _CUTS)
        cut = next((at for at in found if at > start + longest // 2), start + longest)
        yield start, text[start:cut]
        start = cut
    yield start, text[start:]


def _line(error: Exception) -> str:
    return re.split(r"[\r\n]", str(error).strip() or type(error).__name__)[0][:200]
