"""A stretch of text that is written like a name: what the finders hand on."""

from __future__ import annotations

from typing import NamedTuple

from entnorm.models import Kind


class Phrase(NamedTuple):
    """Words ``first:last`` of a text whose key, or a nominative's, is listed; rows by kind.

    ``evidence`` adds to the belief in a place. Without rows, a name on no list of which ``belief`` (0..1) says how
    surely it names a ``kind``. ``reads`` is the full name where the text gives a part of it.
    """

    first: int
    last: int
    start: int
    end: int
    places: tuple[int, ...]
    people: tuple[int, ...]
    inflected: bool
    evidence: float = 0.0
    belief: float = 0.0
    kind: Kind = "person"
    reads: str = ""
