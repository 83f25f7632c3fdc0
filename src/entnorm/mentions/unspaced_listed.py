"""The names of an index that are written in Han characters or kana, read once when a text first needs them."""

from __future__ import annotations

from weakref import WeakKeyDictionary

import numpy as np

from entnorm.index.store import Index
from entnorm.mentions.lattice import Stretches

_NAMES: WeakKeyDictionary[Index, Stretches] = WeakKeyDictionary()
#: First bytes in UTF-8 of kana and Han characters.
_FIRST, _LAST, _ASTRAL = 0xE3, 0xE9, 0xF0


def listed_names(index: Index) -> Stretches:
    """Names of an index in Han or kana, and the parts of people's names between middle dots."""
    names = _NAMES.get(index)
    if names is None:
        _NAMES[index] = names = Stretches(_read(index))
    return names


def _read(index: Index) -> set[str]:
    starts = np.asarray(index.arrays["name_starts"][:-1]).astype(np.int64)
    blob = index.arrays["name_blob"]
    first = np.asarray(blob)[np.minimum(starts, len(blob) - 1)]
    rows = np.flatnonzero(((first >= _FIRST) & (first <= _LAST)) | (first == _ASTRAL))
    people = np.asarray(index.arrays["entity_kind"])[np.asarray(index.arrays["name_entity"])[rows]] == 0
    found: set[str] = set()
    ends = np.asarray(index.arrays["name_starts"]).astype(np.int64)
    data = memoryview(blob.data)
    for row, person in zip(rows.tolist(), people.tolist(), strict=True):
        text = bytes(data[int(ends[row]) : int(ends[row + 1])]).decode()
        found.add(text)
        if person:
            found.update(text.replace("・", "·").replace("＝", "·").split("·"))
    return found
