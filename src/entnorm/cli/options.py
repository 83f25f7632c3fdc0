"""Options that several commands share, and their checks."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from entnorm.cli.app import say
from entnorm.cli.inputs import Item
from entnorm.cli.outputs import FORMATS
from entnorm.config import Config
from entnorm.errors import ConfigError, InputError
from entnorm.index.store import Index
from entnorm.match.calibrate import Calibration
from entnorm.pipeline import Normalizer, load
from entnorm.text.language import IDENTIFIED, check_lang

KINDS = ("person", "place")


@dataclass(frozen=True, slots=True)
class Options:
    """What a normalizer is made and called with; plain values, so that worker processes can be sent it."""

    indexes: tuple[str, ...] = ()
    lang: str | None = None
    to: str | None = None
    kind: str | None = None
    limit: int | None = None
    replace: bool = False
    explain: bool = False
    model: str | None = None
    calibration: str | None = None
    settings: tuple[tuple[str, Any], ...] = ()


def add_format(parser: argparse.ArgumentParser, choices: Sequence[str] = FORMATS, note: str = "") -> None:
    """``--format``."""
    parser.add_argument(
        "--format", choices=choices, help="form of the answers" + (f" (default: {note})" if note else "")
    )


def add_index(parser: argparse.ArgumentParser) -> None:
    """``--index``."""
    parser.add_argument(
        "--index",
        metavar="NAME|PATH",
        action="append",
        default=[],
        help="index to use instead of the shipped one; repeat to use several, 'core' is the shipped one",
    )


def add_model(parser: argparse.ArgumentParser) -> None:
    """``--model``."""
    parser.add_argument("--model", metavar="SPACY_PIPELINE", help="spaCy pipeline whose people and places count too")


def add_calibration(parser: argparse.ArgumentParser) -> None:
    """``--calibration``."""
    parser.add_argument("--calibration", metavar="FILE", help="what confidence rests on, from entnorm eval fit")


def add_errors(parser: argparse.ArgumentParser) -> None:
    """``--on-error`` and ``--strict``."""
    parser.add_argument(
        "--on-error",
        choices=("stop", "skip"),
        default="stop",
        help="on unreadable input: stop (default), or skip it, answer it with an error, and go on",
    )
    parser.add_argument(
        "--strict", action="store_true", help="exit with 4 if any input was skipped; refuse unknown languages"
    )


def add_languages(parser: argparse.ArgumentParser, of: str) -> None:
    """``--lang`` and ``--to``."""
    parser.add_argument(
        "--lang", type=source_code, metavar="CODE", help=f"language of the {of} (ISO 639-1: de, uk, zh, …)"
    )
    parser.add_argument(
        "--to",
        type=code,
        metavar="LANG",
        help=f"language of the canonical names (default: en); source: that of the {of}",
    )


def share(text: str) -> float:
    """A number from 0 to 1, for argparse."""
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0.0 <= value <= 1.0:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 0 to 1")
    return value


def count(text: str) -> int:
    """A whole number from 1 on, for argparse."""
    if not (text.isdecimal() and text.isascii() and 0 < int(text) < 10_000):
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 1 on")
    return int(text)


def code(text: str) -> str:
    """A language code, for argparse."""
    try:
        return check_lang(text) or ""
    except ConfigError as error:
        raise argparse.ArgumentTypeError(f"{error.message}; {error.hint}") from None


def source_code(text: str) -> str:
    """A language code that is not ``source``, for argparse."""
    if text == "source":
        raise argparse.ArgumentTypeError("'source' is not a language code; leave the option out to have it identified")
    return code(text)


def make_normalizer(options: Options, calibration: Calibration | None = None) -> Normalizer:
    """The normalizer that ``options`` ask for, with a ``calibration`` other than theirs if one is given."""
    config = Config(**dict(options.settings))
    return load(*options.indexes, config=config, nlp=options.model, calibration=calibration or options.calibration)


class Languages:
    """Checks language codes against what the indexes and the language identifier know."""

    def __init__(self, indexes: Sequence[Index], strict: bool) -> None:
        self.known = {"en", *IDENTIFIED, *(lang.partition("-")[0] for i in indexes for lang in i.languages)}
        self.strict = strict

    def option(self, name: str, value: str | None) -> None:
        """Warn of an option's language that no index has names in; when strict, refuse it."""
        if value is not None and value != "source" and value not in self.known:
            message = f"--{name} {value}: no index has names in this language"
            if self.strict:
                raise ConfigError(message, "leave out --strict to go on regardless")
            say(f"warning: {message}")

    def item(self, item: Item, *names: str) -> Item:
        """The item with its language fields checked; what is no code becomes the item's error."""
        for name in names:
            value = item.fields.get(name)
            if item.error is None and value is not None:
                try:
                    code = None if value == "source" else check_lang(value)
                except ConfigError:
                    code = None
                if code is None or (self.strict and code not in self.known):
                    what = "not a language code" if code is None else "an unknown language"
                    item.error = InputError(f"{name!r} is {value!r}, {what}", "use ISO 639-1 such as de, uk or zh")
        return item


def languages_of(options: Options, norm: Normalizer, strict: bool) -> Languages:
    """The checker of languages, with those of the options already checked."""
    languages = Languages(norm.indexes, strict)
    languages.option("lang", options.lang)
    languages.option("to", options.to)
    return languages
