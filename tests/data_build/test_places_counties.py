"""US counties take the middle of their shapes; Moscow and its oblast are told apart."""

from __future__ import annotations

import io
import json
import tarfile
from pathlib import Path

import pytest
from places_data import entities, names

from places.divisions import place_counties
from places.extras import load_county_points
from places.model import Place


@pytest.fixture
def shapes(tmp_path: Path) -> Path:
    """Two counties: a square of two degrees, and a small island beside a square, the island's arc run backwards."""
    topology = {
        "transform": {"scale": [0.5, 0.5], "translate": [-100.0, 30.0]},
        "arcs": [
            [[0, 0], [4, 0], [0, 4], [-4, 0], [0, -4]],
            [[20, 20], [1, 0], [0, 1], [-1, 0], [0, -1]],
            [[10, 10], [8, 0], [0, 8], [-8, 0], [0, -8]],
        ],
        "objects": {
            "counties": {
                "geometries": [
                    {"type": "Polygon", "id": "48001", "arcs": [[0]]},
                    {"type": "MultiPolygon", "id": "48003", "arcs": [[[1]], [[-3]]]},
                ]
            }
        },
    }
    path = tmp_path / "shapes.tgz"
    data = json.dumps(topology).encode()
    with tarfile.open(path, "w:gz") as archive:
        member = tarfile.TarInfo("package/counties-10m.json")
        member.size = len(data)
        archive.addfile(member, io.BytesIO(data))
    return path


def test_the_middle_of_the_largest_ring(shapes: Path) -> None:
    assert load_county_points(shapes) == {"48001": (31.0, -99.0), "48003": (37.0, -93.0)}


def test_only_counties_without_coordinates_are_placed() -> None:
    here = Place(id=1, type="admin2", name="A County", country="US", lat=1.0, lon=2.0)
    there = Place(id=2, type="admin2", name="B County", country="US")
    town = Place(id=3, type="city", name="C", country="US")
    for place, title in ((here, "A County, X"), (there, "B County, X"), (town, "C, X")):
        place.title = title
    place_counties({1: here, 2: there, 3: town}, dict.fromkeys(("A County, X", "B County, X", "C, X"), (5.0, 6.0)))
    assert [(p.lat, p.lon) for p in (here, there, town)] == [(1.0, 2.0), (5.0, 6.0), (None, None)]


def test_counties_have_coordinates() -> None:
    counties = [e for e in entities("places").values() if e.type == "admin2" and e.country == "US"]
    assert len(counties) > 3000
    assert sum(not e.lat for e in counties) <= 1


def test_moscow_and_its_oblast() -> None:
    canonical = {
        ident: {lang: n.name for n in names("places")[ident] for lang in n.canonical.split(",")}
        for ident in ("geonames:524894", "geonames:524925")
    }
    assert canonical["geonames:524894"]["ru"] == "Москва"
    assert canonical["geonames:524925"]["ru"] == "Московская область"
