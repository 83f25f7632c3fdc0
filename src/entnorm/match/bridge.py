"""Other names of what a name denotes, from an index that knows many languages, for indexes that know few.

A gazetteer of one's own says *Germany*, the text says Німеччина or Niemczech. No similarity of letters leads from one
to the other; the index that ships knows both. It is asked for listed names only and answers nothing itself: what it
lists must be listed, under another name, in the index that was asked for.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from entnorm.match.query import Query, Reading
from entnorm.match.score import weights
from entnorm.text.keys import key

if TYPE_CHECKING:
    from entnorm.match.matcher import Matcher

#: Entities that a name may denote, and how far behind the first they may be.
_MOST, _BEHIND = 3, 0.15
#: What going by another name costs, and the share of the distance to the likeliest entity that is added.
_COST, _SHARE = 0.04, 0.5
_LEAST = 0.9
#: What a name costs that is canonical in no language.
_SELDOM = 0.01


class Bridge:
    """Asks a matcher over an index of many languages how else a name is called."""

    def __init__(self, matcher: Matcher) -> None:
        self._matcher = matcher
        self._names = lru_cache(maxsize=1 << 12)(self._read_names)

    def readings(self, query: Query) -> list[Reading]:
        """The other names of the entities that a name most likely denotes, as readings of it."""
        ranked = self._matcher.rank(query, fuzzy=False, by_words=False)
        found: dict[str, Reading] = {}
        for scored in ranked[:_MOST]:
            behind = ranked[0].rank - scored.rank
            if scored.score < _LEAST or behind > _BEHIND:
                continue
            cost = round(_COST + (1.0 - scored.score) + _SHARE * behind, 4)
            via = scored.index.facts(scored.entity).name
            for name_key, text, more in self._names(self._matcher.indexes.index(scored.index), scored.entity):
                found.setdefault(name_key, Reading(text, name_key, round(cost + more, 4), via=via))
        return list(found.values())

    def _read_names(self, number: int, entity: int) -> tuple[tuple[str, str, float], ...]:
        """Key, text and cost of the names of an entity; what it is seldom or no longer called costs more."""
        index, names = self._matcher.indexes[number], dict[str, tuple[str, float]]()
        for row in index.name_rows(entity):
            text = index.name_text(row)
            cost = 0.0 if index.arrays["name_canonical"][row] else _SELDOM
            cost += weights().get(f"role_{index.roles[index.arrays['name_role'][row]]}", 0.0)
            name_key = key(text)
            if name_key not in names or cost < names[name_key][1]:
                names[name_key] = (text, cost)
        return tuple((k, text, cost) for k, (text, cost) in names.items() if k)
