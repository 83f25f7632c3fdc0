"""Which countries and divisions a text speaks of otherwise: by adjectives and peoples, by its language."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from importlib import resources

from entnorm.text.fold import fold

_WORD = re.compile(r"[^\W\d_]{4,}")
#: Shortest stem, and the longest ending after one: -ischen, -ского, -ians.
_SHORTEST, _ENDING = 4, 6


def _rows(name: str) -> list[list[str]]:
    text = resources.files("entnorm.resolve").joinpath(f"tables/{name}").read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]


@lru_cache(maxsize=1)
def _stems() -> dict[str, str]:
    """Folded stem of an adjective or people -> country, or country/division."""
    rows = _rows("demonyms.tsv")
    return {fold(stem): "" if country == "-" else country for country, _, stems in rows for stem in stems.split("|")}


@lru_cache(maxsize=1)
def _beginnings() -> frozenset[str]:
    """The first letters of every stem; few words begin so."""
    return frozenset(stem[:_SHORTEST] for stem in _stems())


@lru_cache(maxsize=1)
def _languages() -> dict[str, dict[str, float]]:
    return {
        lang: {c: float(v) for c, v in (item.split(":") for item in countries.split())}
        for lang, countries in _rows("languages.tsv")
    }


@lru_cache(maxsize=1 << 15)
def area_of_word(word: str) -> str:
    """Country (ISO 3166-1 alpha-2) that an adjective or a people's name belongs to, with the main name of its division
    behind a slash if it is a division's; empty if the word is none.

    >>> [area_of_word(w) for w in ("ukrainischen", "Russians", "française", "texanska", "red")]
    ['UA', 'RU', 'FR', 'US/Texas', '']
    """
    folded, stems = fold(word), _stems()
    for size in range(len(folded), _SHORTEST - 1, -1):
        area = stems.get(folded[:size])
        if area is not None:
            return area if len(folded) - size <= _ENDING else ""
    return ""


def adjectives(text: str) -> Counter[str]:
    """How often each country or division is spoken of by an adjective or as a people.

    >>> adjectives("Ukrainian and Russian officials, and a Ukrainian general")["UA"]
    2
    """
    first = _beginnings()
    likely = [
        w for w in text.split() if not w.isalpha() or (begin := w[:_SHORTEST].lower()) in first or not begin.isascii()
    ]
    return Counter(filter(None, map(area_of_word, _WORD.findall(" ".join(likely)))))


def countries_of_language(lang: str | None) -> dict[str, float]:
    """How much a text's language by itself speaks for each country, 0..1 in all.

    >>> countries_of_language("uk"), countries_of_language("en")
    ({'UA': 1.0}, {})
    """
    return _languages().get(lang or "", {})
