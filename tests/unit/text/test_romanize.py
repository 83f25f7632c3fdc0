"""Romanization: golden cases, and laws tested over every code point."""

from __future__ import annotations

import re
import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entnorm.text.romanize import ascii_key, romanize, romanize_ascii, romanize_kana

DATA = Path(__file__).parents[2] / "data"
KEY = re.compile(r"[a-z0-9 ]*")
ASSIGNED = [chr(code) for code in range(sys.maxunicode + 1) if unicodedata.category(chr(code)) not in {"Cn", "Co"}]


def cases(name: str) -> list[list[str]]:
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


@pytest.mark.parametrize(("lang", "text", "expected"), cases("romanize.tsv"))
def test_golden(lang: str, text: str, expected: str) -> None:
    assert romanize(text, lang if lang != "-" else None) == expected


@pytest.mark.parametrize(("text", "expected"), cases("romanize_key.tsv"))
def test_key_golden(text: str, expected: str) -> None:
    assert ascii_key(text) == expected


@pytest.fixture(scope="module")
def keys() -> dict[str, str]:
    """The key of every assigned code point, surrogates included."""
    return {letter: ascii_key(letter) for letter in ASSIGNED}


def test_every_code_point_has_a_key(keys: dict[str, str]) -> None:
    assert [letter for letter, key in keys.items() if not KEY.fullmatch(key)] == []


def test_unassigned_code_points_are_dropped() -> None:
    codes = range(sys.maxunicode + 1)
    rest = "".join(chr(code) for code in codes if unicodedata.category(chr(code)) in {"Cn", "Co"})
    assert ascii_key(rest) == ""


def test_key_is_stable_on_its_own_output(keys: dict[str, str]) -> None:
    assert [letter for letter, key in keys.items() if key and ascii_key(key) != key] == []


def test_key_is_blind_to_case(keys: dict[str, str]) -> None:
    wrong = [
        letter for letter, key in keys.items()
        for other in {letter.casefold(), letter.lower(), letter.upper()} - {letter}
        if ascii_key(other) != key
    ]  # fmt: skip
    assert wrong == []


LATIN_MODIFIERS = {*range(0x2C60, 0x2C80), *range(0xA722, 0xA800), *range(0xAB30, 0xAB70)}


def foreign(text: str) -> bool:
    """Tell whether a letter of another script than Latin is left."""
    return any(
        ord(sign) >= 0x2B0
        and ord(sign) not in LATIN_MODIFIERS
        and unicodedata.category(sign)[0] == "L"
        and "LATIN" not in unicodedata.name(sign, "LATIN")
        for sign in text
    )


def test_every_letter_becomes_latin() -> None:
    assert [f"{ord(letter):x}" for letter in ASSIGNED if foreign(romanize(letter))] == []


def test_no_surrogate_survives() -> None:
    assert romanize("a\ud800б\udfff") == "ab"
    assert ascii_key("\ud83d x") == " x"


def test_ascii_variant_is_ascii_for_every_letter() -> None:
    letters = [letter for letter in ASSIGNED if unicodedata.category(letter)[0] == "L"]
    wrong = [letter for letter in letters if not romanize_ascii(letter).isascii()]
    assert [f"{ord(letter):x}" for letter in wrong] == []


@given(st.text(max_size=40))
def test_any_text_is_accepted(text: str) -> None:
    assert isinstance(romanize(text), str)
    key = ascii_key(text)
    assert KEY.fullmatch(key)
    assert ascii_key(key) == key
    assert ascii_key(text.casefold()) == key


@given(st.text(alphabet=st.characters(max_codepoint=0x24F, categories=["Lu", "Ll"])))
def test_latin_text_is_left_alone(text: str) -> None:
    assert romanize(text) == text


@given(st.lists(st.text(alphabet="абвгдежзийклмнопрстуфхцчшщыюя", min_size=1, max_size=8), max_size=4))
def test_cyrillic_words_are_romanized_one_by_one(words: list[str]) -> None:
    assert ascii_key(" ".join(words)) == " ".join(ascii_key(word) for word in words)


def test_kana_of_both_kinds_read_alike() -> None:
    hiragana = [chr(code) for code in range(0x3041, 0x3097)]
    assert [romanize_kana(letter) for letter in hiragana] == [
        romanize_kana(chr(ord(letter) + 0x60)) for letter in hiragana
    ]


def test_empty_text() -> None:
    assert (romanize(""), romanize("", "uk"), ascii_key(""), romanize_ascii("")) == ("", "", "", "")
