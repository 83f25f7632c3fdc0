"""The candidates of all place names of a document as arrays: where each lies, and what holds what."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from entnorm.index.format import NO_PARENT
from entnorm.index.store import Index
from entnorm.match.score import Scored

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

EARTH_KM = 6371.0
#: Kilometres at which a neighbour counts half as much as one next door.
NEAR_KM = 40.0
#: How far from the middle of a district, city or region a place may lie that it holds, and how surely it does then.
_REACH: dict[str, tuple[float, float]] = {"admin2": (60.0, 1.0), "city": (40.0, 0.5), "region": (500.0, 0.5)}
#: Types whose coordinates say where a place in the text's sense is; the middle of Russia is next to nothing.
_POINTS = frozenset({"city", "admin2", "landmark"})
_NOWHERE = -1


class Spot(NamedTuple):
    """What the index knows of where an entity lies; ``admin1`` is its division, or itself if it is one."""

    country: str
    admin1: int
    type: str
    vector: tuple[float, float, float] | None
    prominence: float


@lru_cache(maxsize=1 << 16)
def spot(index: Index, entity: int) -> Spot:
    """The spot of an entity; ``vector`` points from the middle of the earth to it, ``None`` when that is unknown."""
    arrays = index.arrays
    type_ = index.type(entity)
    parent = int(arrays["entity_parent"][entity])
    admin1 = entity if type_ == "admin1" else (_NOWHERE if parent == NO_PARENT else parent)
    lat, lon = math.radians(arrays["entity_lat"][entity]), math.radians(arrays["entity_lon"][entity])
    vector = None
    if not math.isnan(lat):
        vector = (math.cos(lat) * math.cos(lon), math.cos(lat) * math.sin(lon), math.sin(lat))
    return Spot(index.country(entity), admin1, type_, vector, float(arrays["entity_prominence"][entity]))


@dataclass(slots=True)
class Node:
    """A distinct name of the document with its candidates.

    ``mass`` says how much it counts as evidence for the others; ``base`` is the name with its inflection undone, folded.
    """

    base: str
    wants: str
    ranked: list[Scored]
    mass: float = 0.0
    first: int = 0
    spots: list[Spot] = field(default_factory=list)


@dataclass(slots=True)
class World:
    """All candidates of all nodes in one row of arrays; ``node[i]`` is the node of candidate ``i``."""

    nodes: list[Node]
    node: Ints
    starts: Ints
    country: Ints
    admin1: Ints
    countries: dict[str, int]
    spots: list[Spot]
    vectors: Floats
    point: NDArray[np.bool_]

    def of(self, node: int) -> range:
        """The candidates of a node."""
        return range(int(self.starts[node]), int(self.starts[node + 1]))

    def km(self, i: int, j: int) -> float:
        """Distance of two candidates in kilometres; infinite when unknown."""
        a, b = self.spots[i].vector, self.spots[j].vector
        if a is None or b is None:
            return math.inf
        cosine = a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
        return EARTH_KM * math.acos(max(-1.0, min(1.0, cosine)))

    def nearness(self) -> Floats:
        """How near each candidate is to each other node's, 0..1; 0 within a node and where there is no point."""
        squared = 2.0 * EARTH_KM**2 * np.maximum(0.0, 1.0 - self.vectors @ self.vectors.T)
        near = NEAR_KM**2 / (NEAR_KM**2 + squared)
        near *= self.point[:, None] & self.point[None, :] & (self.node[:, None] != self.node[None, :])
        found: Floats = near
        return found


def world_of(nodes: Sequence[Node]) -> World:
    """The arrays of some nodes, each of which has a candidate."""
    countries: dict[str, int] = {"": 0}
    divisions: dict[tuple[int, int], int] = {}
    rows: list[tuple[int, int, int]] = []
    spots: list[Spot] = []
    starts = [0]
    for number, node in enumerate(nodes):
        node.spots = [spot(s.index, s.entity) for s in node.ranked]
        for scored, place in zip(node.ranked, node.spots, strict=True):
            mark = (id(scored.index), place.admin1)
            division = 0 if place.admin1 == _NOWHERE else divisions.setdefault(mark, len(divisions) + 1)
            rows.append((number, countries.setdefault(place.country, len(countries)), division))
            spots.append(place)
        starts.append(len(spots))
    table = np.array(rows, dtype=np.int64)
    vectors = np.array([s.vector or (0.0, 0.0, 0.0) for s in spots])
    point = np.array([s.vector is not None and s.type in _POINTS for s in spots])
    return World(
        list(nodes), table[:, 0], np.array(starts), table[:, 1], table[:, 2], countries, spots, vectors, point
    )


def holds(world: World, outer: int, inner: int) -> float:
    """How surely candidate ``outer`` is a place that candidate ``inner`` lies in, 0..1.

    A country holds what bears its code, a first-order division what is filed under it; districts, cities and regions
    hold what lies near their middle.
    """
    a, b = world.spots[outer], world.spots[inner]
    if a.type == "country":
        return float(b.type not in ("country", "continent") and bool(a.country) and a.country == b.country)
    if a.type == "admin1":
        return float(b.type not in ("country", "admin1") and bool(world.admin1[outer] == world.admin1[inner]))
    if a.type not in _REACH or b.type in ("country", "continent", "admin1") or (a.country and a.country != b.country):
        return 0.0
    if a.type == "city" and a.prominence <= b.prominence:
        return 0.0
    reach, sure = _REACH[a.type]
    if a.type == "admin2" and world.admin1[outer] and world.admin1[outer] != world.admin1[inner]:
        return 0.0
    if a.vector is None and a.type == "admin2":
        return sure
    return sure if world.km(outer, inner) <= reach else 0.0


def shares(groups: Ints, node: Ints, weight: Floats, extra: Floats, damping: float) -> Floats:
    """For each candidate the share of the evidence of *other* nodes that lies in its group, 0..1.

    ``groups[i]`` is the country or division of candidate ``i`` (0: none), ``extra[g]`` evidence from outside the
    nodes, ``damping`` evidence that is held to lie nowhere, so that one neighbour does not decide everything.
    """
    known = groups > 0
    weight = np.where(known, weight, 0.0)
    total = np.bincount(groups, weight, len(extra)) + extra
    pair = groups + node * len(extra)
    own = np.bincount(pair, weight)[pair]
    mine = np.bincount(node, weight)[node]
    found: Floats = np.where(known, (total[groups] - own) / (total.sum() - mine + damping), 0.0)
    return found


def softmax(rank: Floats, world: World, temperature: float) -> Floats:
    """Probabilities of each node's candidates, from their ranks."""
    best = np.maximum.reduceat(rank, world.starts[:-1])
    odds = np.exp((rank - best[world.node]) / temperature)
    found: Floats = odds / np.add.reduceat(odds, world.starts[:-1])[world.node]
    return found


def ones(world: World) -> Any:
    """A zero for each candidate, to be added up."""
    return np.zeros(len(world.spots))
