"""Capitals are as prominent as their countries make them."""

from __future__ import annotations

from pathlib import Path

from entnorm.gazetteer.capitals import capital_sizes
from entnorm.gazetteer.places import ENTITY_COLUMNS, NAME_COLUMNS, read_places
from entnorm.gazetteer.records import place_prominence

ROWS = [
    ("x:1", "city", "Washington", "US", 700_000),
    ("x:2", "city", "Washington", "US", 15_000),
    ("x:3", "admin1", "Washington", "US", 6_000_000),
    ("x:4", "country", "United States", "US", 330_000_000),
    ("x:5", "city", "Victoria", "SC", 22_000),
    ("x:6", "country", "Seychelles", "SC", 97_000),
    ("x:7", "city", "London", "GB", 9_000_000),
    ("x:8", "country", "United Kingdom", "GB", 66_000_000),
]


def test_the_largest_town_of_the_name_is_the_capital() -> None:
    assert capital_sizes(ROWS) == {"x:1": 11_000_000, "x:5": 3_233, "x:7": 2_200_000}


def test_a_small_capital_of_a_large_country_stands_before_its_states(tmp_path: Path) -> None:
    entities = [(i, type_, name, country, "", "", "", str(people), "") for i, type_, name, country, people in ROWS]
    (tmp_path / "entities.tsv").write_text("\n".join("\t".join(r) for r in [ENTITY_COLUMNS, *entities]) + "\n")
    (tmp_path / "names.tsv").write_text("\t".join(NAME_COLUMNS) + "\n")
    prominence = {record.id: record.prominence for record in read_places(tmp_path)}
    assert prominence["x:4"] > prominence["x:1"] > prominence["x:3"] > prominence["x:2"]
    assert prominence["x:5"] < 0.6
    assert prominence["x:7"] == place_prominence("city", 9_000_000)
