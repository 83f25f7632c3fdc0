"""What entnorm raises: one tree, every error with a hint that says what to do next.

Finding nothing is never an error; it is an empty answer.
"""

from __future__ import annotations


class EntnormError(Exception):
    """Base of every error entnorm raises on purpose.

    ``message`` says what is wrong, ``hint`` what to do next (may be empty).

    >>> str(IndexNotFound("no index at 'x'", hint="build one: entnorm index build SOURCE -o x"))
    "no index at 'x' (build one: entnorm index build SOURCE -o x)"
    """

    #: Exit code of the command line for this error.
    exit_code = 3

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} ({self.hint})" if self.hint else self.message

    def __reduce__(self) -> tuple[type[EntnormError], tuple[str, str]]:
        return type(self), (self.message, self.hint)


class ConfigError(EntnormError):
    """An option or setting is wrong."""

    exit_code = 2


class MissingExtra(EntnormError):
    """An optional package is needed and not installed."""

    exit_code = 2


class DataError(EntnormError):
    """A gazetteer or an index is wrong."""


class GazetteerError(DataError):
    """A gazetteer cannot be read; the message names the file and line."""


class IndexNotFound(DataError):
    """There is no index where one was asked for."""


class IndexCorrupt(DataError):
    """An index is damaged or incomplete."""


class IndexIncompatible(DataError):
    """An index was built by another version of the format, the keys, or the Unicode tables behind them."""


class InputError(EntnormError):
    """A document, name or pair given by the caller cannot be read."""

    exit_code = 4
