"""The candidates of all place names of a document as arrays: where each lies, and what holds what."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

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


class Spot(NamedTuple):
    """What the index knows of where an entity lies; ``division`` is its first-order division, or itself if it is one.

    ``vector`` points from the middle of the earth to it, ``None`` when its coordinates are unknown.
    """

    country: str
    division: tuple[int, int] | None
    type: str
    vector: tuple[float, float, float] | None
    prominence: float


@lru_cache(maxsize=1 << 15)
def spot(index: Index, entity: int) -> Spot:
    """The spot of an entity of an index."""
    arrays = index.arrays
    type_ = index.type(entity)
    parent = entity if type_ == "admin1" else int(arrays["entity_parent"][entity])
    division = None if parent == NO_PARENT else (id(index), parent)
    lat, lon = math.radians(arrays["entity_lat"][entity]), math.radians(arrays["entity_lon"][entity])
    vector = None
    if not math.isnan(lat):
        vector = (math.cos(lat) * math.cos(lon), math.cos(lat) * math.sin(lon), math.sin(lat))
    return Spot(index.country(entity), division, type_, vector, float(arrays["entity_prominence"][entity]))


def km(a: Spot, b: Spot) -> float:
    """Distance in kilometres; infinite when unknown."""
    if a.vector is None or b.vector is None:
        return math.inf
    cosine = sum(x * y for x, y in zip(a.vector, b.vector, strict=True))
    return EARTH_KM * math.acos(max(-1.0, min(1.0, cosine)))


def holds(outer: Spot, inner: Spot) -> float:
    """How surely one place lies in another, 0..1.

    A country holds what bears its code, a first-order division what is filed under it; districts, cities and regions
    hold what lies near their middle.
    """
    if outer.type == "country":
        return float(inner.type not in ("country", "continent") and outer.country == inner.country)
    if outer.type == "admin1":
        return float(inner.type not in ("country", "admin1") and outer.division == inner.division)
    if outer.type not in _REACH or inner.type in ("country", "continent", "admin1"):
        return 0.0
    if outer.country and outer.country != inner.country:
        return 0.0
    if outer.type == "city" and outer.prominence <= inner.prominence:
        return 0.0
    if outer.type == "admin2" and outer.division is not None and outer.division != inner.division:
        return 0.0
    reach, sure = _REACH[outer.type]
    if outer.type == "admin2" and outer.vector is None:
        return sure
    return sure if km(outer, inner) <= reach else 0.0


@dataclass(frozen=True, slots=True)
class Listed:
    """The candidates of a name, and what speaks for each whatever the document is.

    ``base`` is the name with its inflection undone, folded; ``fame`` says how well known each is beyond its country by
    this name. The others hold where no type word asks for anything: ``whole_name`` is 1 for a division without a longer
    name and without a town or capital of its name; ``seat`` -1 for what comes behind a namesake that it is the division
    of, or that is the country around it, -0.3 for a division that has a longer name; ``capital`` 1 for a country's.
    """

    base: str
    ranked: list[Scored]
    spots: list[Spot]
    fame: list[float]
    whole_name: list[float]
    seat: list[float]
    capital: list[float]


@dataclass(slots=True)
class Node:
    """A distinct name of the document with its candidates.

    ``wants`` is the type that a type word in it asks for, ``asked`` one before it; ``part`` what a phrase says of it:
    that it lies ``in`` the place named after it, ``holds`` the one named before it, or nothing. ``mass`` says how much
    it counts as evidence for the others, ``first`` is the number of its first span.
    """

    listed: Listed
    wants: str
    asked: str
    part: str
    first: int
    mass: float = 0.0


@dataclass(slots=True)
class World:
    """All candidates of all nodes in one row of arrays.

    ``node[i]`` is the node of candidate ``i``, ``group[i]`` numbers its name: nodes of one name are no evidence for
    each other. ``firsts`` are the first candidates of the nodes, ``starts`` those and the end;
    ``country`` and ``admin1`` number the areas of the candidates (0: none), ``divisions`` is how many there are.
    """

    nodes: list[Node]
    node: Ints
    group: list[int]
    starts: list[int]
    firsts: Ints
    country: list[int]
    admin1: list[int]
    countries: dict[str, int]
    divisions: int
    spots: list[Spot]
    vectors: Floats
    point: NDArray[np.bool_]

    def of(self, node: int) -> range:
        """The candidates of a node."""
        return range(self.starts[node], self.starts[node + 1])

    def nearness(self) -> Floats:
        """How near each candidate is to each of other names, 0..1; 0 for one name and where there is no point."""
        near = 1.0 - self.vectors @ self.vectors.T
        np.maximum(0.0, near, out=near)
        near *= 2.0 * EARTH_KM**2
        near += NEAR_KM**2
        np.divide(NEAR_KM**2, near, out=near)
        group = np.array(self.group)
        near *= self.point[:, None] & self.point & (group[:, None] != group)
        found: Floats = near
        return found


def world_of(nodes: Sequence[Node]) -> World:
    """The arrays of some nodes, each of which has a candidate."""
    countries: dict[str, int] = {"": 0}
    divisions: dict[tuple[int, int] | None, int] = {None: 0}
    groups: dict[str, int] = {}
    node_ids: list[int] = []
    group_ids: list[int] = []
    spots: list[Spot] = []
    starts = [0]
    for number, node in enumerate(nodes):
        count = len(node.listed.spots)
        spots += node.listed.spots
        node_ids += [number] * count
        group_ids += [groups.setdefault(node.listed.base, len(groups))] * count
        starts.append(len(spots))
    return World(
        nodes=list(nodes),
        node=np.array(node_ids),
        group=group_ids,
        starts=starts,
        firsts=np.array(starts[:-1]),
        country=[countries.setdefault(s.country, len(countries)) for s in spots],
        admin1=[divisions.setdefault(s.division, len(divisions)) for s in spots],
        countries=countries,
        divisions=len(divisions),
        spots=spots,
        vectors=np.array([s.vector or (0.0, 0.0, 0.0) for s in spots]),
        point=np.array([s.vector is not None and s.type in _POINTS for s in spots]),
    )


class Shares:
    """For each candidate the shares of the evidence of *other* names that lie in its areas, 0..1, by their weights.

    ``areas`` are of several kinds; ``areas[k][i]`` is the area of kind ``k``, a country or division, of candidate ``i``
    (0: none), ``extra[k][a]`` evidence from outside the names, ``damping`` evidence that is held to lie nowhere, so
    that one neighbour does not decide everything. ``backed`` says whether there is any evidence from outside.
    """

    def __init__(
        self,
        areas: Sequence[Sequence[int]],
        names: Sequence[int],
        extra: Sequence[Sequence[float]],
        damping: float,
    ) -> None:
        self._damping = damping
        self._extra = np.array([value for of_kind in extra for value in of_kind])
        self.backed = any(map(any, extra))
        self._of_kind: list[slice] = []
        # For each kind three rows of numbers of sums: of a candidate's area, of its name there, and of its name.
        places, namesakes, owns = [], [], []
        size, count = 0, max(names) + 1
        for of_kind, values in zip(areas, extra, strict=True):
            self._of_kind.append(slice(size, size + len(values)))
            places.append([size + a for a in of_kind])
            size += len(values)
        for of_kind, values in zip(areas, extra, strict=True):
            namesakes.append([size + len(values) * n + a for a, n in zip(of_kind, names, strict=True)])
            size += len(values) * count
            owns.append([size + n for n in names])
            size += count
        self._size = size
        self._sums = np.array([*places, *namesakes, *owns], dtype=np.int64)
        self._ids = self._sums.ravel()
        self._each = np.array([[float(a > 0) for a in of_kind] for of_kind in areas] * 3)
        self._known = self._each[: len(areas)]

    def __call__(self, weight: Floats) -> Floats:
        """The shares when the candidates have these weights, a row for each kind of area."""
        sums = np.bincount(self._ids, (weight * self._each).ravel(), self._size)
        if self.backed:
            sums[: len(self._extra)] += self._extra
        total = np.array([[np.add.reduce(sums[of_kind])] for of_kind in self._of_kind])
        kinds, of_each = len(total), sums[self._sums]
        others = of_each[:kinds] - of_each[kinds : 2 * kinds]
        found: Floats = others / (total - of_each[2 * kinds :] + self._damping) * self._known
        return found


def summed(ids: Ints, values: Floats, size: int) -> Floats:
    """The sum of the values of each id below ``size``."""
    return np.bincount(ids, values, size).astype(np.float64)


def softmax(rank: Floats, world: World, temperature: float) -> Floats:
    """Probabilities of each node's candidates, from their ranks."""
    if len(rank) == len(world.nodes):
        return np.ones(len(rank))
    node, firsts = world.node, world.firsts
    odds = np.exp((rank - np.maximum.reduceat(rank, firsts)[node]) / temperature)
    found: Floats = odds / np.add.reduceat(odds, firsts)[node]
    return found
