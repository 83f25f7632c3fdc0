"""Which place is meant: candidates weighed by their rank, the document's countries, and its own full names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from entnorm.match.score import Reason, Scored
from entnorm.mentions.places import PlaceSpan

#: Rank added to a candidate in the country that the whole document is about.
COUNTRY_WEIGHT = 0.08
#: Rank added to a division that the document has named in full elsewhere.
NAMED_IN_FULL = 0.2
_KEEP = 20


def country_shares(spans: Sequence[PlaceSpan]) -> dict[str, float]:
    """How much of the document's places lies in each country, by the best candidates; shares add up to 1.

    Each distinct entity counts once, so that a name repeated all over does not drown the others.
    """
    votes: Counter[str] = Counter()
    seen: set[int] = set()
    for span in spans:
        best = span.ranked[0]
        if best.entity in seen:
            continue
        seen.add(best.entity)
        country = best.index.country(best.entity)
        if country:
            votes[country] += 1
    total = sum(votes.values())
    return {c: n / total for c, n in votes.items()} if total else {}


def named_divisions(spans: Sequence[PlaceSpan]) -> set[int]:
    """Divisions that the document names with their type word ("Region Kursk")."""
    return {s.ranked[0].entity for s in spans if s.wants}


def decide(span: PlaceSpan, shares: dict[str, float], divisions: set[int]) -> list[Scored]:
    """The candidates of a span in the order the document suggests, with the reasons added."""
    ranked = []
    for scored in span.ranked[:_KEEP]:
        extra, evidence = 0.0, list(scored.evidence)
        share = shares.get(scored.index.country(scored.entity), 0.0)
        if share:
            extra += COUNTRY_WEIGHT * share
            evidence.append(Reason("country of the document", scored.index.country(scored.entity), round(extra, 4)))
        if scored.entity in divisions and not span.wants:
            extra += NAMED_IN_FULL
            evidence.append(Reason("named in full in the document", None, NAMED_IN_FULL))
        ranked.append(
            Scored(scored.index, scored.entity, scored.row, scored.score, scored.rank + extra, evidence, scored.base)
        )
    ranked.sort(key=lambda s: -s.rank)
    return ranked
