"""The reader of people gazetteers."""

from __future__ import annotations

from pathlib import Path

import pytest

from entnorm.errors import GazetteerError
from entnorm.gazetteer.people import PEOPLE_COLUMNS, Person, join_name, person_record, read_people

ZELENSKYY = {
    "id": "my:zelenskyy",
    "name": "Volodymyr Zelenskyy",
    "given": "Volodymyr",
    "family": "Zelenskyy",
    "native_lang": "uk",
    "native_given": "Володимир",
    "native_middle": "Олександрович",
    "native_family": "Зеленський",
    "gender": "m",
    "country": "UA",
    "role": "President of Ukraine",
    "enwiki": "Volodymyr Zelenskyy",
    "wikidata": "Q3874799",
    "rank": "5",
    "aliases": "Volodymyr O. Zelenskyy|ru:Володимир Зеленский",
    "spellings": "ja=ウォロディミル・ゼレンスキー",
}


def person(**cells: str) -> Person:
    return Person(*[cells.get(column, "") for column in PEOPLE_COLUMNS])


def spelled(row: Person) -> dict[tuple[str, str], str]:
    """Language and role of each name → its text."""
    return {(",".join(n.langs), n.role): n.text for n in person_record(row).names}


def test_names_come_with_language_and_role() -> None:
    names = spelled(person(**ZELENSKYY))
    assert names["en", "canonical"] == "Volodymyr Zelenskyy"
    assert names["uk", "native"] == "Володимир Зеленський"
    assert names["uk", "alias"] == "Володимир Олександрович Зеленський"
    assert names["ru", "alias"] == "Володимир Зеленский"
    assert names["", "alias"] == "Volodymyr O. Zelenskyy"
    assert names["ja", "exonym"] == "ウォロディミル・ゼレンスキー"
    assert names["de", "generated"] == "Wolodymyr Selenskyj"


def test_a_listed_spelling_stands_instead_of_the_generated_one() -> None:
    names = spelled(person(**{**ZELENSKYY, "spellings": "de=Wolodimir Selenski"}))
    assert names["de", "exonym"] == "Wolodimir Selenski"
    assert ("de", "generated") not in names


def test_facts_become_references_and_prominence() -> None:
    record = person_record(person(**ZELENSKYY))
    assert record.same_as == ("wikidata:Q3874799", "enwiki:Volodymyr_Zelenskyy")
    assert (record.kind, record.country, record.gender, record.family) == ("person", "UA", "m", "Zelenskyy")
    assert record.prominence > person_record(person(**{**ZELENSKYY, "rank": "0"})).prominence > 0


@pytest.mark.parametrize(
    ("given", "family", "lang", "expected"),
    [
        ("近平", "习", "zh", "习近平"),
        ("Viktor", "Orbán", "hu", "Orbán Viktor"),
        ("Lâm", "Tô", "vi", "Tô Lâm"),
        ("Emmanuel", "Macron", "fr", "Emmanuel Macron"),
        ("", "Neymar", "pt", "Neymar"),
    ],
)
def test_native_names_stand_in_their_languages_order(given: str, family: str, lang: str, expected: str) -> None:
    assert join_name(given, family, lang) == expected


def write(path: Path, *rows: list[str]) -> Path:
    path.write_text("".join("\t".join(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_comments_are_skipped(tmp_path: Path) -> None:
    cells = [ZELENSKYY.get(column, "") for column in PEOPLE_COLUMNS]
    path = write(tmp_path / "p.tsv", ["# made for a test"], list(PEOPLE_COLUMNS), cells)
    assert [r.id for r in read_people(path)] == ["my:zelenskyy"]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"rank": "high"}, "p.tsv:2: rank is 'high'"),
        ({"id": ""}, "p.tsv:2: no id"),
        ({"name": ""}, "has no name"),
    ],
)
def test_a_bad_row_is_named_by_line(tmp_path: Path, change: dict[str, str], message: str) -> None:
    row = {**ZELENSKYY, **change}
    path = write(tmp_path / "p.tsv", list(PEOPLE_COLUMNS), [row.get(column, "") for column in PEOPLE_COLUMNS])
    with pytest.raises(GazetteerError, match=message):
        list(read_people(path))


def test_a_foreign_header_and_a_short_row_are_errors(tmp_path: Path) -> None:
    with pytest.raises(GazetteerError, match="columns"):
        list(read_people(write(tmp_path / "a.tsv", ["id", "name"])))
    with pytest.raises(GazetteerError, match="2 cells"):
        list(read_people(write(tmp_path / "b.tsv", list(PEOPLE_COLUMNS), ["my:1", "Ada"])))
