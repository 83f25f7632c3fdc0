"""Settings, errors, languages, scripts and type words."""

from __future__ import annotations

import copy
import pickle

import pytest
from pydantic import ValidationError

import entnorm
from entnorm import errors
from entnorm.config import Config
from entnorm.text.language import check_lang, identify
from entnorm.text.scripts import fits_language, script_of
from entnorm.text.typewords import type_of_word

TREE = [errors.ConfigError, errors.MissingExtra, errors.DataError, errors.GazetteerError, errors.IndexNotFound,
        errors.IndexCorrupt, errors.IndexIncompatible, errors.InputError]  # fmt: skip


def test_public_names() -> None:
    names = "Config Document EntnormError Entity Index Match Mention Name Normalizer load normalize"
    assert sorted(entnorm.__all__) == sorted(names.split())
    assert all(getattr(entnorm, name) is not None for name in entnorm.__all__)


@pytest.mark.parametrize("kind", TREE)
def test_errors_are_one_tree_with_hints_and_survive_pickling(kind: type[errors.EntnormError]) -> None:
    error = kind("it is broken", "mend it")
    for twin in (error, pickle.loads(pickle.dumps(error)), copy.copy(error)):
        assert isinstance(twin, entnorm.EntnormError)
        assert type(twin) is kind
        assert (twin.message, twin.hint, str(twin)) == ("it is broken", "mend it", "it is broken (mend it)")
    assert str(kind("it is broken")) == "it is broken"
    assert kind.exit_code in (2, 3, 4)


def test_exit_codes_tell_whose_fault_it_is() -> None:
    assert {kind.__name__: kind.exit_code for kind in TREE} == {
        "ConfigError": 2, "MissingExtra": 2, "DataError": 3, "GazetteerError": 3, "IndexNotFound": 3,
        "IndexCorrupt": 3, "IndexIncompatible": 3, "InputError": 4,
    }  # fmt: skip


@pytest.mark.parametrize(
    "settings",
    [
        {"limit": 0},
        {"limit": 101},
        {"accept": 1.1},
        {"margin": -0.1},
        {"max_chars": 10},
        {"treshold": 0.5},
        {"candidates": 1},
    ],
)
def test_settings_out_of_range_or_misspelled_are_refused(settings: dict[str, float]) -> None:
    with pytest.raises(ValidationError):
        Config(**settings)


def test_settings_are_frozen_and_described() -> None:
    with pytest.raises(ValidationError):
        Config().limit = 3
    assert all(field.description for field in Config.model_fields.values())
    assert hash(Config(limit=3)) == hash(Config(limit=3))


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("de", "de"), ("DE", "de"), ("de-AT", "de"), ("pt_BR", "pt"), ("zh-Hant-TW", "zh"), (" uk ", "uk"), ("nn", "no"),
        ("sh", "sr"), ("iw", "he"), ("ceb", "ceb"), ("source", "source"), (None, None),
    ],
)  # fmt: skip
def test_language_codes(given: str | None, expected: str | None) -> None:
    assert check_lang(given) == expected


@pytest.mark.parametrize("code", ["", "d", "deutsch", "d3", "de--AT", "-", "німецька", "de;en", 7])
def test_what_is_no_language_code_is_refused_with_a_hint(code: object) -> None:
    with pytest.raises(errors.ConfigError, match="is not a language code") as caught:
        check_lang(code)
    assert "ISO 639-1" in caught.value.hint


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Президент України Володимир Зеленський прибув до Брюсселя на саміт.", "uk"),
        ("Президент России Владимир Путин заявил об этом на встрече.", "ru"),
        ("Prezydent Polski spotkał się wczoraj z kanclerzem Niemiec.", "pl"),
        ("Le président de la République s’est rendu hier à Marseille.", "fr"),
        ("基辅遭到袭击", "zh"),
        ("キーウで爆発", "ja"),
        ("ראש הממשלה נפגש", "he"),
        ("", None),
        (" \n\t12 %", None),
        ("\ud800", None),
    ],
)
def test_identified_languages(text: str, lang: str | None) -> None:
    assert identify(text) == lang


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("Kyiv", "Latn"), ("Київ", "Cyrl"), ("Αθήνα", "Grek"), ("القاهرة", "Arab"), ("ירושלים", "Hebr"), ("北京", "Hani"),
        ("キーウ", "Jpan"), ("東京タワー", "Jpan"), ("서울", "Hang"), ("თბილისი", "Geor"), ("Երևան", "Armn"), ("ढाका", "Deva"),
        ("ＫＹＩＶ", "Latn"), ("", "Zyyy"), ("12, 13!", "Zyyy"), ("\ud800", "Zyyy"), ("Kyiv-Київ-Kyiv", "Latn"),
    ],
)  # fmt: skip
def test_scripts(text: str, script: str) -> None:
    assert script_of(text) == script


@pytest.mark.parametrize(
    ("text", "lang", "fits"),
    [("Київ", "uk", True), ("Kyiv", "uk", False), ("Београд", "sr", True), ("Beograd", "sr", True), ("北京", "ja", True),
     ("Peking", "zh", False), ("1984", "zh", True), ("Kiew", "de-AT", True)],
)  # fmt: skip
def test_scripts_of_languages(text: str, lang: str, fits: bool) -> None:
    assert fits_language(text, lang) is fits


@pytest.mark.parametrize(
    ("word", "type_"),
    [
        ("Region", "admin1"),
        ("REGION", "admin1"),
        ("область", "admin1"),
        ("obwód", "admin1"),
        ("Kyiv", None),
        ("", None),
        ("die", None),
    ],
)
def test_type_words(word: str, type_: str | None) -> None:
    assert type_of_word(word) == type_
