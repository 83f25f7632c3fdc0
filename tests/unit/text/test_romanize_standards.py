"""Library and official standards: golden cases, and what they must keep."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entnorm.errors import InputError
from entnorm.text.standards import schemes, transliterate

DATA = Path(__file__).parents[2] / "data"
CASES = [
    line.split("\t")
    for line in (DATA / "romanize_standards.tsv").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]
ISO9_LETTERS = "абвгґдѓђеёєжзѕиіїйјкќлљмнњопрстћуўфхцчџшщъыьэюя"


@pytest.mark.parametrize(("scheme", "lang", "text", "expected"), CASES)
def test_golden(scheme: str, lang: str, text: str, expected: str) -> None:
    found = transliterate(text, scheme, lang if lang != "-" else None)
    assert found == unicodedata.normalize("NFC", expected)


def test_every_scheme_has_golden_cases_or_a_sibling_table() -> None:
    assert set(schemes()) - {case[0] for case in CASES} == set()


def test_iso9_writes_every_letter_by_its_own_sign() -> None:
    signs = [transliterate(letter, "iso9") for letter in ISO9_LETTERS]
    assert len(set(signs)) == len(ISO9_LETTERS)


@given(st.text(alphabet=ISO9_LETTERS + " -"))
def test_iso9_leaves_no_cyrillic(text: str) -> None:
    assert not any("CYRILLIC" in unicodedata.name(sign) for sign in transliterate(text, "iso9"))


def test_pinyin_and_wade_giles_are_inverse_on_names() -> None:
    for name in ("Deng Xiaoping", "Zhou Enlai", "Hu Jintao", "Zhu Rongji", "Xi Jinping"):
        assert transliterate(transliterate(name, "wade-giles"), "pinyin") == name


def test_unknown_standard_is_an_input_error() -> None:
    with pytest.raises(InputError, match="unknown standard 'iso99'"):
        transliterate("а", "iso99")


def test_language_is_asked_for_where_it_matters() -> None:
    with pytest.raises(InputError, match="needs a language"):
        transliterate("а", "ala-lc")
    with pytest.raises(InputError, match="needs a language"):
        transliterate("а", "kmu2010", "ru")
