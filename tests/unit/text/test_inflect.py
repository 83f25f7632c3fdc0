"""Inflection: forms of names and their undoing, against hand-written forms and over a lexicon of names."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entnorm.text import inflect

DATA = Path(__file__).parents[2] / "data"
LANGUAGES = inflect.languages()


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    lines = [line for line in (DATA / name).read_text(encoding="utf-8").splitlines() if line[:1] not in ("", "#")]
    header = lines[0].split("\t")
    return tuple(dict(zip(header, line.split("\t"), strict=True)) for line in lines[1:])


def made(row: dict[str, str]) -> tuple[inflect.Form, ...]:
    words = row["nominative"].split()
    gender = None if row["gender"] == "-" else row["gender"]
    if row["part"] == "full":
        return inflect.full_forms(words[0], " ".join(words[1:-1]), words[-1], row["lang"], gender)
    if len(words) > 1:
        return inflect.phrase_forms(row["nominative"], row["lang"], row["part"], gender)
    return inflect.forms(row["nominative"], row["lang"], part=row["part"], gender=gender)


def undone(form: str, lang: str) -> list[str]:
    if " " in form:
        return [u.text for u in inflect.undo_phrase(form.split(), lang)]
    return [u.base for u in inflect.undo(form, lang)]


def missed(row: dict[str, str]) -> list[str]:
    """Which of "forward" and "undo" a row of hand-written forms fails."""
    forms = made(row)
    if row["case"] == "indecl":
        return ["forward"] if forms else []
    result = []
    if not any(f.text == row["form"] and f.case == row["case"] for f in forms):
        result.append("forward")
    if row["form"] != row["nominative"] and row["nominative"] not in undone(row["form"], row["lang"]):
        result.append("undo")
    return result


def test_hand_written_forms_fail_exactly_where_known() -> None:
    failing = {
        (row["lang"], row["nominative"], row["form"], direction)
        for row in rows("inflect_forms.tsv")
        for direction in missed(row)
    }
    known = {
        (row["lang"], row["nominative"], row["form"], row["direction"]) for row in rows("inflect_known_misses.tsv")
    }
    assert failing == known


def test_known_misses_stay_few() -> None:
    forms, misses = rows("inflect_forms.tsv"), rows("inflect_known_misses.tsv")
    assert len(forms) >= 1500
    assert len({row["lang"] for row in forms}) >= 20
    assert len(misses) <= 0.02 * len(forms)


def test_the_first_proposal_is_mostly_the_name() -> None:
    hits = [
        undone(row["form"], row["lang"])[:1] == [row["nominative"]]
        for row in rows("inflect_forms.tsv")
        if row["form"] != row["nominative"]
    ]
    assert sum(hits) / len(hits) >= 0.8


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_form_undoes_to_its_name(lang: str) -> None:
    lost = defaultdict(list)
    names = [row for row in rows("inflect_lexicon.tsv") if row["lang"] == lang]
    for row in names:
        gender = None if row["gender"] == "-" else row["gender"]
        for form in inflect.forms(row["name"], lang, part=row["part"], gender=gender):
            if row["name"] not in undone(form.text, lang):
                lost[row["name"]].append(form.text)
    assert names
    assert not lost


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_form_agrees_with_its_name(lang: str) -> None:
    for row in rows("inflect_lexicon.tsv"):
        if row["lang"] == lang:
            for form in inflect.forms(row["name"], lang, part=row["part"]):
                assert inflect.agrees(form.text, row["name"], lang), form


@pytest.mark.parametrize("lang", LANGUAGES)
def test_forms_differ_from_the_name_and_keep_its_capitals(lang: str) -> None:
    for row in rows("inflect_lexicon.tsv"):
        if row["lang"] == lang:
            for form in inflect.forms(row["name"], lang, part=row["part"]):
                assert form.text != row["name"]
                assert form.text[0] == row["name"][0]
                assert unicodedata.is_normalized("NFC", form.text)
                assert form.rule


@pytest.mark.parametrize(
    ("form", "base", "lang"),
    [
        ("Зеленським", "Залужний", "uk"),
        ("Путина", "Путин", "de"),
        ("Putins", "Putins", "de"),
        ("Kijowa", "Kraków", "pl"),
        ("Марії Захарової", "Марія", "uk"),
        ("Scholz", "Schulz", "de"),
        ("Київ", "Києв", "en"),
    ],
)
def test_strangers_do_not_agree(form: str, base: str, lang: str) -> None:
    assert inflect.agrees(form, base, lang) is None


@pytest.mark.parametrize(
    ("name", "lang", "part", "gender"),
    [
        ("Шойгу", "ru", "family", "m"),
        ("Кличко", "ru", "family", "m"),
        ("Меркель", "ru", "family", "f"),
        ("Верещук", "uk", "family", "f"),
        ("Szydło", "pl", "family", "f"),
        ("Merkel", "hr", "family", "f"),
        ("Сочи", "ru", "place", None),
        ("习近平", "uk", "family", "m"),
        ("Macron", "fr", "family", "m"),
        ("", "uk", "family", "m"),
    ],
)
def test_indeclinable_and_unknown(name: str, lang: str, part: str, gender: str | None) -> None:
    assert inflect.forms(name, lang, part=part, gender=gender) == ()


def test_capitals_and_apostrophes() -> None:
    assert inflect.undo("КИЄВА", "uk")[0].base == "КИЇВ"
    assert inflect.undo("Putin’s", "en")[0].base == "Putin"
    assert inflect.undo("İstanbul'da", "tr")[0].base == "İstanbul"
    assert inflect.undo("Zelenskiy'nin", "tr")[0].base == "Zelenskiy"
    assert inflect.undo("O'Neill", "en") == ()
    assert inflect.undo("O'Neills", "de")[0].base == "O'Neill"


def test_without_a_language_the_script_decides() -> None:
    assert "Зеленський" in [u.base for u in inflect.undo("Зеленського")]
    assert "Зеленский" in [u.base for u in inflect.undo("Зеленского")]
    assert "Putin" in [u.base for u in inflect.undo("Putinin")]
    assert inflect.undo("基辅") == ()


def test_phrases_agree_in_case() -> None:
    assert inflect.undo_phrase(["Донецької", "області"], "uk")[0].text == "Донецька область"
    assert inflect.undo_phrase(["Andrzejem", "Dudą"], "pl")[0].text == "Andrzej Duda"
    assert inflect.undo_phrase(["Orbán", "Viktorral"], "hu")[0].text == "Orbán Viktor"
    assert inflect.undo_phrase([], "uk") == ()
    places = {f.text for f in inflect.phrase_forms("Ростов-на-Дону", "ru", "place")}
    assert "Ростове-на-Дону" in places


@given(st.text(max_size=20), st.sampled_from([None, *LANGUAGES, "fr", "xx-Latn"]))
def test_undo_holds_its_promises_on_any_text(token: str, lang: str | None) -> None:
    found = inflect.undo(token, lang)
    bases = [u.base for u in found]
    assert len(found) <= 12
    assert len(set(bases)) == len(bases)
    assert unicodedata.normalize("NFC", token) not in bases
    assert all(len(base) >= 2 for base in bases)
    assert [u.cost for u in found] == sorted(u.cost for u in found)


@given(
    st.lists(st.sampled_from([row["form"] for row in rows("inflect_forms.tsv")]), max_size=4),
    st.sampled_from([None, *LANGUAGES]),
)
def test_undo_phrase_holds_its_promises(words: list[str], lang: str | None) -> None:
    tokens = [part for word in words for part in word.split()]
    found = inflect.undo_phrase(tokens, lang)
    assert len(found) <= 12
    for candidate in found:
        assert len(candidate.bases) == len(tokens)
        assert list(candidate.bases) != tokens


@pytest.mark.parametrize(
    ("name", "lang", "form"),
    [
        ("Великие Луки", "ru", "Великих Луках"),
        ("Новый Уренгой", "ru", "Нового Уренгоя"),
        ("Stany Zjednoczone", "pl", "Stanów Zjednoczonych"),
        ("České Budějovice", "cs", "Českých Budějovicích"),
        ("Hradec Králové", "cs", "Hradci Králové"),
        ("Біла Церква", "uk", "Білій Церкві"),
        ("Novo mesto", "sl", "Novega mesta"),
        ("Rio de Janeiro", "de", "Rio de Janeiros"),
    ],
)
def test_attributes_of_a_place_agree_with_its_noun(name: str, lang: str, form: str) -> None:
    assert form in {f.text for f in inflect.phrase_forms(name, lang, "place")}
