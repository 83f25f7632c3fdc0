"""Training pairs of the transliteration model: forms of one name in another script and in Latin letters."""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from rapidfuzz import fuzz, process

from entnorm.text.keys import key
from entnorm.text.scripts import script_of
from entnorm.text.translit_model import units

#: Latin spellings kept for one form: those whose keys are nearest to its romanization.
NEAREST = 3
MAX_SOURCE, MAX_LATIN = 14, 16
#: Share of groups that a measured model does not see.
HELD_OUT = 10


class Pair(NamedTuple):
    """One source form (as units) with one Latin key; ``form`` numbers the source form within its group."""

    source: str
    latin: str
    form: int


class Group(NamedTuple):
    """Latin keys of a group, and its forms in other scripts."""

    identifier: str
    latin: list[str]
    other: list[str]


def read_groups(path: Path) -> Iterator[Group]:
    """Groups of groups.tsv; forms of more than one word are left out."""
    with path.open(encoding="utf-8") as stream:
        for line in stream:
            if line.startswith("#"):
                continue
            identifier, forms = line.rstrip("\n").split("\t")
            words = [form for form in forms.split("|") if " " not in form and "-" not in form]
            latin = sorted({key(form) for form in words if script_of(form) == "Latn"} - {""})
            other = [form for form in words if script_of(form) != "Latn"]
            if other and latin:
                yield Group(identifier, [name for name in latin if name.isalpha()], other)


def held_out(identifier: str) -> bool:
    """Whether a group belongs to the tenth that measures."""
    return zlib.crc32(identifier.encode()) % HELD_OUT == 0


def modelled(script: str, source: str) -> bool:
    """Whether the form is transcribed: Japanese forms with Han characters are not, nor very long forms."""
    if not 2 <= len(source) <= MAX_SOURCE:
        return script == "Hani" and len(source) == 1
    return script != "Jpan" or all("ァ" <= char <= "ー" for char in source)


def read_pairs(path: Path, *, whole: bool) -> dict[str, list[Pair]]:
    """Pairs by script; without the held-out tenth and every form that occurs in it unless ``whole``."""
    groups = list(read_groups(path))
    hidden = set() if whole else {form for group in groups if held_out(group.identifier) for form in group.other}
    pairs: dict[str, list[Pair]] = defaultdict(list)
    number = 0
    for group in groups:
        if not whole and held_out(group.identifier):
            continue
        latin = [name for name in group.latin if len(name) <= MAX_LATIN]
        for form in group.other:
            script, source = units(form)
            if form in hidden or " " in source or not modelled(script, source):
                continue
            number += 1
            nearest = process.extract(key(form), latin, scorer=fuzz.ratio, limit=NEAREST)
            pairs[script].extend(Pair(source, name, number) for name, _, _ in nearest)
    return dict(pairs)
