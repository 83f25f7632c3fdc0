"""Whether a mention is right, and which marked mention it stands for."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from entnorm.evaluate.gold import GoldMention
from entnorm.models import Match, Mention
from entnorm.text.fold import fold

#: A place within 161 km (100 miles) of the marked one passes for it, as is usual in toponym resolution.
NEAR_KM = 161.0


def km(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Great-circle distance in kilometres between two points in degrees.

    >>> round(km(50.45, 30.52, 52.23, 21.01))
    689
    """
    p, q = math.radians(lat), math.radians(other_lat)
    h = math.sin((q - p) / 2) ** 2 + math.cos(p) * math.cos(q) * math.sin(math.radians(other_lon - lon) / 2) ** 2
    return 12742.0 * math.asin(min(1.0, math.sqrt(h)))


def overlap(a: GoldMention, b: Mention) -> int:
    """How many characters they share, 0 or less for none."""
    return min(a.end, b.end) - max(a.start, b.start)


def paired(gold: Sequence[GoldMention], found: Sequence[Mention], *, exact: bool) -> list[tuple[int, int]]:
    """Marked and found mentions of one kind that stand for each other, one to one, by number.

    ``exact``: the same characters; else those that share the most characters come first.
    """
    options = []
    for i, g in enumerate(gold):
        for j, m in enumerate(found):
            if g.kind == m.kind and overlap(g, m) > 0:
                beside = abs(g.start - m.start) + abs(g.end - m.end)
                if not exact or beside == 0:
                    options.append((beside - overlap(g, m), i, j))
    pairs: list[tuple[int, int]] = []
    left, right = set(range(len(gold))), set(range(len(found)))
    for _, i, j in sorted(options):
        if i in left and j in right:
            left.remove(i)
            right.remove(j)
            pairs.append((i, j))
    return pairs


def is_open(mention: Mention, gold: Iterable[GoldMention]) -> bool:
    """Whether a mention touches something marked as neither right nor wrong, and no marked person or place."""
    touching = [g for g in gold if overlap(g, mention) > 0]
    return any(g.ignore for g in touching) and not any(g.kind for g in touching if not g.ignore)


def schemes(match: Match) -> set[str]:
    """The schemes that a match has ids in: ``geonames`` for ``geonames:703448``."""
    return {key.partition(":")[0] for key in (match.entity_id, *match.same_as)}


def same_id(mention: Mention, gold: GoldMention) -> bool | None:
    """Whether a mention has an accepted id; ``None`` where the gold has none of a scheme that the mention has."""
    if mention.best is None or not gold.ids:
        return None
    own = {mention.best.entity_id, *mention.best.same_as}
    if own & set(gold.ids):
        return True
    return False if {key.partition(":")[0] for key in gold.ids} & schemes(mention.best) else None


def same_name(mention: Mention, gold: GoldMention) -> bool | None:
    """Whether a mention has an accepted name, whatever its case and accents; ``None`` where the gold has none."""
    return fold(mention.name) in {fold(n) for n in gold.names} if gold.names else None


def is_near(mention: Mention, gold: GoldMention) -> bool | None:
    """Whether a mention lies near where the gold says; ``None`` where it says nothing."""
    if gold.lat is None or gold.lon is None:
        return None
    best = mention.best
    if best is None or best.lat is None or best.lon is None:
        return False
    return km(gold.lat, gold.lon, best.lat, best.lon) <= NEAR_KM


def is_named(mention: Mention, gold: Iterable[GoldMention]) -> bool:
    """Whether something of its kind is marked where a mention stands."""
    return any(g.kind == mention.kind and not g.ignore and overlap(g, mention) > 0 for g in gold)


def is_right(mention: Mention, gold: Sequence[GoldMention]) -> bool | None:
    """Whether a mention is what its confidence speaks of: a name of its kind and, if it is listed, of that entity.

    Judged by the id where both have one of a scheme, else by where it lies, else by name. ``None`` where the gold
    leaves it open.
    """
    if is_open(mention, gold):
        return None
    same = [g for g in gold if g.kind == mention.kind and not g.ignore and overlap(g, mention) > 0]
    if not same:
        return False
    best = max(same, key=lambda g: overlap(g, mention))
    if mention.best is None:
        return True
    for judged in (same_id, is_near, same_name):
        verdict = judged(mention, best)
        if verdict is not None:
            return verdict
    return True
