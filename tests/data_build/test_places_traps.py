"""Known faults of the sources do not reach the committed places, and the names of the press are there."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from places_data import canonical, entities, names, spellings

from entnorm.text.scripts import script_of

DATA = Path(__file__).resolve().parents[1] / "data"
CONFIG = Path(__file__).resolve().parents[2] / "tools" / "places" / "config.toml"


def rows(file: str) -> list[list[str]]:
    text = (DATA / file).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")][1:]


@pytest.mark.parametrize(("id_", "language", "expected"), rows("places_canonical.tsv"))
def test_canonical_names(id_: str, language: str, expected: str) -> None:
    assert canonical(id_, language) == expected


@pytest.mark.parametrize(("id_", "spelling"), rows("places_spellings.tsv"))
def test_spellings_of_the_press(id_: str, spelling: str) -> None:
    assert spelling in spellings(id_)


@pytest.mark.parametrize(("id_", "rubbish"), rows("places_rubbish.tsv"))
def test_rubbish_is_gone(id_: str, rubbish: str) -> None:
    assert rubbish not in spellings(id_)


def test_no_latin_name_is_all_lower_case() -> None:
    mains = {row.id: row.name for row in entities("places").values()}
    odd = [
        row
        for group in names("places").values()
        for row in group
        if script_of(row.name) == "Latn" and not any(c.isupper() for c in row.name) and row.name != mains[row.id]
    ]
    assert odd == []


def test_no_name_carries_markup_footnotes_or_stress_marks() -> None:
    bad = set("<>{}[]=|@#\u00b9\u00b2\u00b3†‡")
    for group in names("places").values():
        for row in group:
            assert bad.isdisjoint(row.name), row
            assert script_of(row.name) != "Cyrl" or "\u0301" not in row.name, row


def test_a_language_has_names_in_its_own_script_only() -> None:
    languages = tomllib.loads(CONFIG.read_text(encoding="utf-8"))["languages"]
    scripts = {language: languages["script"].get(language, ["Latn"]) for language in languages["core"]}
    wrong = [
        (row.id, row.name, language)
        for group in names("places").values()
        for row in group
        for language in row.langs.split(",")
        if language and script_of(row.name) not in scripts[language]
    ]
    assert wrong == []


def test_airport_codes_are_no_names() -> None:
    for id_, code in (("geonames:703448", "IEV"), ("geonames:2867714", "MUC"), ("geonames:709717", "DOK")):
        assert code not in spellings(id_)


def test_simplified_and_traditional_chinese_are_told_apart() -> None:
    kyiv = {row.name: row.langs.split(",") for row in names("places")["geonames:703448"]}
    assert "zh" in kyiv["基辅"]
    assert kyiv["基輔"] == ["zh-Hant"]


def test_kyiv_is_three_places() -> None:
    places = entities("places")
    city, division, oblast = (places[f"geonames:{n}"] for n in (703448, 703447, 703446))
    assert (city.type, division.type, oblast.type) == ("city", "admin1", "admin1")
    assert "wikidata:Q1899" in city.same_as
    assert "Q1899" not in division.same_as + oblast.same_as
    assert "iso3166:UA-30" in division.same_as
    assert "iso3166:UA-32" in oblast.same_as
    assert city.admin1 == division.id
    assert "Київ" not in {row.name for row in names("places")[oblast.id]}


def test_crimea_and_sevastopol_lie_in_ukraine() -> None:
    places = entities("places")
    for number, iso in ((703883, "UA-43"), (694422, "UA-40")):
        row = places[f"geonames:{number}"]
        assert row.country == "UA"
        assert f"iso3166:{iso}" in row.same_as.split("|")
    assert entities("regions")["geonames:703884"].country == "UA"


@pytest.mark.parametrize(
    ("id_", "name"),
    [
        ("geonames:704422", "Красноармейск"),
        ("geonames:713174", "Артемовск"),
        ("geonames:701822", "Жданов"),
        ("geonames:1526273", "Нур-Султан"),
    ],
)
def test_names_of_the_past_are_former_and_never_canonical(id_: str, name: str) -> None:
    (row,) = [row for row in names("places")[id_] if row.name == name]
    assert row.role == "former"
    assert row.canonical == ""


def test_renamed_places_have_their_new_english_name() -> None:
    mains = {row.name for row in entities("places").values() if row.type == "city"}
    assert {"Odesa", "Astana", "Gqeberha", "Sheptytskyi", "Zvyahel", "Prayagraj"} <= mains


def test_city_division_and_country_of_one_name_are_distinct() -> None:
    found = {row.type for row in entities("places").values() if row.name == "Luxembourg"}
    assert {"city", "country"} <= found
    kursk = {(row.type, row.name) for row in entities("places").values() if row.name.startswith("Kursk")}
    assert {("city", "Kursk"), ("admin1", "Kursk Oblast")} <= kursk
    short = [row for row in names("places")["geonames:538555"] if row.name == "Koursk"]
    assert [row.role for row in short] == ["short"]
