"""The committed gazetteers of places and regions keep their format."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import Counter

import pytest
from places_data import GAZETTEERS, entities, lines, names

BOTH = pytest.mark.parametrize("gazetteer", ["places", "regions"])
TYPES = {"country", "admin1", "admin2", "city", "region", "water", "mountain", "landmark", "continent"}
PRESS_LANGUAGES = ("en", "de", "fr", "es", "it", "nl", "pl", "cs", "uk", "ru", "tr", "pt", "ar", "zh", "ja")
ROLES = {"native", "exonym", "alias", "former", "short"}
SOURCES = set("gcnxmt")
LANGUAGE = re.compile(r"[a-z]{2}(-Hant)?")
SAME_AS = re.compile(r"wikidata:Q[1-9]\d*|iso3166:[A-Z]{2}(-[A-Z0-9]{1,3})?|enwiki:\S[^|]*")
ID = re.compile(r"geonames:[1-9]\d*|entnorm:region-[a-z0-9-]+")


def order(id_: str) -> tuple[int, int, str]:
    scheme, _, local = id_.partition(":")
    return (0, int(local), "") if scheme == "geonames" else (1, 0, id_)


@BOTH
def test_files_end_with_one_newline_and_have_the_columns(gazetteer: str) -> None:
    for file, columns in (("entities.tsv", 9), ("names.tsv", 6)):
        rows = lines(gazetteer, file)
        assert rows[-1] == ""
        assert rows[-2] != ""
        assert {row.count("\t") for row in rows[:-1]} == {columns - 1}
        assert not any("\r" in row for row in rows)


@BOTH
def test_entities_are_sorted_by_id_without_doubles(gazetteer: str) -> None:
    ids = [line.split("\t", 1)[0] for line in lines(gazetteer, "entities.tsv")[1:-1]]
    assert ids == sorted(set(ids), key=order)


@BOTH
def test_names_are_sorted_by_id_then_name_without_doubles(gazetteer: str) -> None:
    keys = [tuple(line.split("\t")[:2]) for line in lines(gazetteer, "names.tsv")[1:-1]]
    assert keys == sorted(set(keys), key=lambda key: (order(key[0]), key[1]))


@BOTH
def test_text_is_nfc_without_control_or_format_characters(gazetteer: str) -> None:
    joiners = {"\u200c", "\u200d"}
    for file in ("entities.tsv", "names.tsv"):
        text = "\n".join(lines(gazetteer, file))
        assert unicodedata.is_normalized("NFC", text)
        odd = {c for c in set(text) - joiners - {"\n", "\t"} if unicodedata.category(c) in ("Cc", "Cf", "Co", "Cn")}
        assert odd == set()


@BOTH
def test_entity_values(gazetteer: str) -> None:
    for row in entities(gazetteer).values():
        assert ID.fullmatch(row.id), row
        assert row.type in TYPES, row
        assert row.name.strip() == row.name != "", row
        assert re.fullmatch(r"([A-Z]{2})?", row.country), row
        assert re.fullmatch(r"(-?\d{1,3}(\.\d{1,4})?)?", row.lat), row
        assert re.fullmatch(r"(-?\d{1,3}(\.\d{1,4})?)?", row.lon), row
        assert bool(row.lat) == bool(row.lon), row
        assert row.lat == "" or (abs(float(row.lat)) <= 90 and abs(float(row.lon)) <= 180), row
        assert row.population.isdigit(), row
        assert all(SAME_AS.fullmatch(other) for other in row.same_as.split("|") if row.same_as), row


@BOTH
def test_name_values(gazetteer: str) -> None:
    known = entities(gazetteer)
    for rows in names(gazetteer).values():
        for row in rows:
            assert row.id in known, row
            assert row.name.strip() == row.name != "", row
            assert row.role in ROLES, row
            assert row.src in SOURCES, row
            for column in (row.langs, row.canonical):
                parts = column.split(",") if column else []
                assert all(LANGUAGE.fullmatch(part) for part in parts), row
                assert len(parts) == len(set(parts)), row
            assert {*row.canonical.split(",")} - {""} <= {*row.langs.split(",")}, row


@BOTH
def test_a_language_has_one_canonical_name_per_place(gazetteer: str) -> None:
    for id_, rows in names(gazetteer).items():
        counts = Counter(language for row in rows for language in row.canonical.split(",") if language)
        assert max(counts.values(), default=1) == 1, (id_, counts)


def test_every_division_that_a_place_names_is_there() -> None:
    places = entities("places")
    named = {row.admin1 for row in places.values() if row.admin1}
    assert {places[id_].type for id_ in named} == {"admin1"}
    assert all(places[row.admin1].country == row.country for row in places.values() if row.admin1)


def test_outer_ids_are_not_shared_by_places_of_one_type() -> None:
    for scheme in ("wikidata", "iso3166"):
        owners = Counter(
            (row.type, other)
            for row in entities("places").values()
            for other in row.same_as.split("|")
            if row.type in ("country", "admin1") and other.startswith(scheme + ":")
        )
        assert [key for key, count in owners.items() if count > 1] == []


@BOTH
def test_manifest_counts_what_is_there(gazetteer: str) -> None:
    manifest = tomllib.loads((GAZETTEERS / gazetteer / "gazetteer.toml").read_text(encoding="utf-8"))
    assert manifest["name"] == gazetteer
    assert manifest["licence"] == "CC-BY-4.0"
    assert "GeoNames" in manifest["attribution"]
    assert manifest["counts"]["entities"] == len(entities(gazetteer))
    assert manifest["counts"]["names"] == sum(len(rows) for rows in names(gazetteer).values())
    assert all(re.fullmatch(r"[0-9a-f]{64}", source["sha256"]) for source in manifest["sources"])


def test_size_stays_within_the_budget() -> None:
    total = sum(len(rows) for gazetteer in ("places", "regions") for rows in names(gazetteer).values())
    assert total <= 900_000


def test_coverage() -> None:
    types = Counter(row.type for row in entities("places").values())
    assert types["country"] == 252
    assert types["continent"] == 7
    assert types["admin1"] == 3871
    assert types["admin2"] > 9000
    towns = [row for row in entities("places").values() if row.type == "city"]
    assert len(towns) > 170_000
    assert sum(row.country == "UA" for row in towns) > 5000
    regions = entities("regions")
    assert len(regions) >= 300
    languages = Counter(
        language for rows in names("regions").values() for row in rows for language in row.canonical.split(",")
    )
    for language in PRESS_LANGUAGES:
        assert languages[language] >= 0.97 * len(regions), language
