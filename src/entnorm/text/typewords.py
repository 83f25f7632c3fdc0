"""Words that say what kind of place a name is: Region, Oblast, область, obwód, county, river."""

from __future__ import annotations

from functools import lru_cache
from importlib import resources

from entnorm.text.fold import fold


@lru_cache(maxsize=1)
def _table() -> dict[str, str]:
    text = resources.files("entnorm.text").joinpath("tables/typewords.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return {fold(word): type_ for word, type_, _ in rows}


@lru_cache(maxsize=1 << 14)
def type_of_word(word: str) -> str | None:
    """Place type a word asks for (``admin1``, ``admin2``, ``city``, ``water``, …), else ``None``.

    >>> type_of_word("Oblast"), type_of_word("области"), type_of_word("Kursk")
    ('admin1', 'admin1', None)
    """
    return _table().get(fold(word))
