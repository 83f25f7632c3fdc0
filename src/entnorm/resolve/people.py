"""Which bearer of a name is meant: candidates weighed by the roles, places and countries that stand beside the name.

Medvedev is the tennis player where the words around him say tennis, and the former president where they say that.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from importlib import resources
from itertools import pairwise
from typing import NamedTuple

from entnorm.match.score import Reason, Scored
from entnorm.mentions.people import PersonSpan
from entnorm.text.fold import fold
from entnorm.text.keys import key

#: Rank added to a candidate whose listed role a word beside the name says; for a second such word as much again.
ROLE_WEIGHT, _MOST_ROLES = 0.1, 2
#: Rank added to a candidate whose listed role names a place, party or body that stands beside the name.
NAMED_BESIDE = 0.08
#: Rank added to a candidate of the country that the whole document is about.
COUNTRY_WEIGHT = 0.04
#: Candidates further behind than this are not made up for by their roles.
_WITHIN = 0.2
_BEFORE, _AFTER = 70, 60
_SENTENCE_END = re.compile(r"[.!?…\n]\s")
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_POSSESSIVE = re.compile(r"['’]s?$")
_SHORTEST_NAME = 4


class _Table(NamedTuple):
    """Listed roles by row, and by what the rows are found: whole words, beginnings of words by their first letters,
    and parts of compounds."""

    roles: list[tuple[str, ...]]
    words: dict[str, set[int]]
    beginnings: dict[str, list[tuple[str, int]]]
    parts: list[tuple[str, int]]


@lru_cache(maxsize=1)
def _table() -> _Table:
    """The table of roles. What is short among the beginnings is an abbreviation (ceo, fed, ex) and a whole word."""
    table = _Table([], {}, {}, [])
    text = resources.files("entnorm.resolve").joinpath("tables/roles.tsv").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            row = len(table.roles)
            roles, words = (column.split("|") for column in line.split("\t"))
            table.roles.append(tuple(r.casefold() for r in roles))
            for word in words:
                if word.startswith("*"):
                    table.parts.append((fold(word[1:]), row))
                elif len(begin := fold(word)) < _SHORTEST_NAME:
                    table.words.setdefault(begin, set()).add(row)
                else:
                    table.beginnings.setdefault(begin[:_SHORTEST_NAME], []).append((begin, row))
    return table


@lru_cache(maxsize=1 << 14)
def roles_of(word: str) -> frozenset[int]:
    """Rows of the table of roles that a word of any language (or two neighbouring words) says.

    >>> bool(roles_of("Tennisprofi") & roles_of("теннисист")), bool(roles_of("Montag"))
    (True, False)
    """
    small, table = fold(word), _table()
    found = set(table.words.get(small, ()))
    found.update(n for begin, n in table.beginnings.get(small[:_SHORTEST_NAME], ()) if small.startswith(begin))
    found.update([n for part, n in table.parts if part in small])
    return frozenset(found)


def beside(text: str, start: int, end: int) -> list[str]:
    """Words of the sentence around ``start:end``, the name itself left out.

    >>> beside("Es regnet. Bürgermeister Klitschko sprach. Dann ging er.", 25, 34)
    ['Bürgermeister', 'sprach']
    """
    before = _SENTENCE_END.split(text[max(0, start - _BEFORE) : start])[-1]
    after = _SENTENCE_END.split(text[end : end + _AFTER], maxsplit=1)[0].removesuffix(".")
    return _WORD.findall(before) + _WORD.findall(after)


def countries_of(places: Iterable[Sequence[Scored]]) -> dict[str, float]:
    """How much of a document's places lies in each country, by the first candidates; shares add up to 1.

    Each distinct entity counts once, so that a name repeated all over does not drown the others.
    """
    best = {(id(ranked[0].index), ranked[0].entity): ranked[0] for ranked in places if ranked}
    votes: dict[str, int] = {}
    for scored in best.values():
        country = scored.index.country(scored.entity)
        votes[country] = votes.get(country, 0) + 1
    votes.pop("", None)
    total = sum(votes.values())
    return {country: n / total for country, n in votes.items()}


def weigh(span: PersonSpan, text: str, shares: Mapping[str, float]) -> list[Scored]:
    """The candidates of a span in the order that the words beside it suggest, with the reasons added.

    ``shares`` are the countries of the document, as :func:`countries_of` gives them.
    """
    ranked = list(span.ranked)
    if len(ranked) < 2 or ranked[0].rank - ranked[1].rank > _WITHIN:
        return ranked
    words = beside(text, span.start, span.end)
    said = frozenset[int]().union(*(roles_of(w) for w in (*words, *map(" ".join, pairwise(words)))))
    capital = (_POSSESSIVE.sub("", w) for w in words if w[0].isupper())
    names = {k for w in capital for k in key(w).split() if len(k) >= _SHORTEST_NAME}
    best = ranked[0].rank
    weighed = [_weighed(s, said, names, shares) if best - s.rank <= _WITHIN else s for s in ranked]
    return sorted(weighed, key=lambda s: -s.rank)


def _weighed(scored: Scored, said: frozenset[int], names: set[str], shares: Mapping[str, float]) -> Scored:
    role = scored.index.facts(scored.entity).description
    small, reasons = role.casefold(), []
    matching = [r for n in sorted(said) for r in _table().roles[n] if _has_word(small, r)]
    if matching:
        weight = ROLE_WEIGHT * min(len(matching), _MOST_ROLES)
        reasons.append(Reason("role beside the name", ", ".join(matching[:_MOST_ROLES]), round(weight, 4)))
    shared = names.intersection(key(role).split())
    if shared:
        reasons.append(Reason("named beside the name", min(shared), NAMED_BESIDE))
    country = scored.index.country(scored.entity)
    if share := shares.get(country, 0.0):
        reasons.append(Reason("country of the document", country, round(COUNTRY_WEIGHT * share, 4)))
    if not reasons:
        return scored
    return scored.weighed(reasons)


def _has_word(text: str, role: str) -> bool:
    at = text.find(role)
    return at >= 0 and (at == 0 or not text[at - 1].isalpha())
