"""The names of an index that are written in Han characters or kana, read once when a text first needs them."""

from __future__ import annotations

from weakref import WeakKeyDictionary

import numpy as np

from entnorm.index.store import Index
from entnorm.mentions.lattice import Stretches
from entnorm.text.japanese_names import costs

_BARE: WeakKeyDictionary[Index, dict[str, str]] = WeakKeyDictionary()
_TYPES = ("市", "县", "縣")
_FAMILIES: WeakKeyDictionary[Index, dict[str, str]] = WeakKeyDictionary()
#: Prominence from which a person is named by the family name alone.
_FAMOUS = 0.6
_NAMES: WeakKeyDictionary[Index, Stretches] = WeakKeyDictionary()
#: First bytes in UTF-8 of kana and Han characters.
_FIRST, _LAST, _ASTRAL = 0xE3, 0xE9, 0xF0


def listed_names(index: Index) -> Stretches:
    """Names of an index in Han or kana, and the parts of people's names between middle dots."""
    names = _NAMES.get(index)
    if names is None:
        _NAMES[index] = names = Stretches(_read(index))
    return names


def without_type_word(index: Index) -> dict[str, str]:
    """Chinese places that are listed with their type word only, by the name without it: 东营 for 东营市."""
    table = _BARE.get(index)
    if table is None:
        names = listed_names(index)
        table = {name[:-1]: name for name in names.ending(_TYPES) if len(name) > 2 and name[:-1] not in names}
        _BARE[index] = table
    return table


def japanese_families(index: Index) -> dict[str, str]:
    """Family names of the best known Japanese people of an index, with the full name of the best known bearer."""
    table = _FAMILIES.get(index)
    if table is None:
        family, given = costs("family"), costs("given")
        prominence, entity = index.arrays["entity_prominence"], index.arrays["name_entity"]
        best: dict[str, tuple[float, str]] = {}
        for row in _rows(index):
            known = float(prominence[entity[row]])
            if known < _FAMOUS or index.arrays["entity_kind"][entity[row]] != 0:
                continue
            name = index.name_text(row)
            for n in range(1, len(name)):
                if name[:n] in family and name[n:] in given and known > best.get(name[:n], (0.0, ""))[0]:
                    best[name[:n]] = (known, name)
        _FAMILIES[index] = table = {short: name for short, (_, name) in best.items()}
    return table


def _rows(index: Index) -> list[int]:
    """Rows of the names that begin with a kana or a Han character."""
    starts = np.asarray(index.arrays["name_starts"][:-1]).astype(np.int64)
    blob = np.asarray(index.arrays["name_blob"])
    first = blob[np.minimum(starts, len(blob) - 1)]
    rows: list[int] = np.flatnonzero(((first >= _FIRST) & (first <= _LAST)) | (first == _ASTRAL)).tolist()
    return rows


def _read(index: Index) -> set[str]:
    rows = _rows(index)
    people = np.asarray(index.arrays["entity_kind"])[np.asarray(index.arrays["name_entity"])[rows]] == 0
    starts = np.asarray(index.arrays["name_starts"]).astype(np.int64)
    data = memoryview(index.arrays["name_blob"].data)
    found: set[str] = set()
    for row, person in zip(rows, people.tolist(), strict=True):
        text = bytes(data[int(starts[row]) : int(starts[row + 1])]).decode()
        found.add(text)
        if person:
            found.update(text.replace("・", "·").replace("＝", "·").split("·"))
    return found
