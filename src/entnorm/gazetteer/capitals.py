"""The capitals of countries: which towns they are, and how much a country lends to the fame of its capital."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from importlib import resources

from entnorm.text.fold import fold

#: A capital is named as often as a town of this part of its country's people, if it has fewer itself.
_SHARE = 30


@lru_cache(maxsize=1)
def _capitals() -> frozenset[tuple[str, str]]:
    table = resources.files("entnorm.gazetteer").joinpath("tables/capitals.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in table.splitlines() if line and not line.startswith("#"))
    return frozenset((fold(name), country) for country, names in rows for name in names.split("|"))


def is_capital(name: str, country: str) -> bool:
    """Whether a city of this main name (folded) is the capital of its country (ISO 3166-1 alpha-2).

    >>> is_capital("washington", "US"), is_capital("paris", "US")
    (True, False)
    """
    return (name, country) in _capitals()


def capital_sizes(places: Iterable[tuple[str, str, str, str, int]]) -> dict[str, int]:
    """How many people each capital counts for by its country, by id. ``places``: id, type, main name, country, people.

    Of towns with the capital's name the largest is the capital.

    >>> capital_sizes([("a", "country", "Brazil", "BR", 210_000_000), ("b", "city", "Brasília", "BR", 2_200_000)])
    {'b': 7000000}
    """
    countries: dict[str, int] = {}
    found: dict[str, tuple[int, str]] = {}
    for ident, type_, name, country, people in places:
        if type_ == "country":
            countries[country] = people
        elif type_ == "city" and is_capital(fold(name), country):
            found[country] = max(found.get(country, (-1, "")), (people, ident))
    return {ident: countries.get(country, 0) // _SHARE for country, (_, ident) in found.items()}
