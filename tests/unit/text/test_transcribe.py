"""Press transcription: golden spellings with strict expected failures, and laws."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entnorm.errors import InputError
from entnorm.text.transcribe import respell, supports, transcribe

DATA = Path(__file__).parents[2] / "data"
LATIN = ["en", "de", "fr", "es", "it", "nl", "pl", "cs", "sk", "hu", "ro", "pt"]
LATIN += ["sv", "da", "no", "fi", "tr", "hr", "sl", "lt", "lv", "et"]
CYRILLIC = ["uk", "ru", "be", "bg", "mk", "sr"]


def rows(name: str) -> list[list[str]]:
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


def expected_failures() -> dict[tuple[str, str, str, str], str]:
    return {
        (source, part, name, target): reason
        for source, part, name, targets, reason in rows("transcribe_xfail.tsv")
        for target in targets.split()
    }


def cells() -> list[object]:
    """One parameter set for each name and target, with every spelling that newspapers use."""
    spellings: dict[tuple[str, str, str, str], set[str]] = {}
    for source, part, name, spelling, targets in rows("transcribe_press.tsv"):
        for target in targets.split():
            spellings.setdefault((source, part, name, target), set()).add(spelling)
    failures = expected_failures()
    return [
        pytest.param(
            *cell,
            frozenset(found),
            marks=[pytest.mark.xfail(strict=True, reason=failures[cell])] if cell in failures else [],
        )
        for cell, found in spellings.items()
    ]


def without_accents(text: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFD", text) if not unicodedata.combining(sign))


@pytest.mark.parametrize(("source", "part", "name", "target", "spellings"), cells())
def test_press_spelling(source: str, part: str, name: str, target: str, spellings: frozenset[str]) -> None:
    found = transcribe(name, source, target, part=part)
    if target == "es":
        found, spellings = without_accents(found), frozenset(map(without_accents, spellings))
    assert found in spellings


def test_expected_failures_are_golden_cells() -> None:
    golden = {
        (source, part, name, target)
        for source, part, name, _, targets in rows("transcribe_press.tsv")
        for target in targets.split()
    }
    assert set(expected_failures()) - golden == set()


@pytest.mark.parametrize(("name", "source", "target", "expected"), rows("transcribe_respell.tsv"))
def test_respell(name: str, source: str, target: str, expected: str) -> None:
    assert respell(name, source, target) == expected


@pytest.mark.parametrize("target", LATIN)
@pytest.mark.parametrize("source", [*CYRILLIC, "el", "ka", "hy", "ar", "fa", "he", "zh", "ja", "ko"])
def test_every_source_reaches_every_latin_target_it_claims(source: str, target: str) -> None:
    samples = {"el": "Αλέξης", "ka": "შალვა", "hy": "Արմեն", "ar": "سمير", "fa": "وحیدی", "he": "יאיר",
               "zh": "李强", "ja": "あべ しんぞう", "ko": "문재인"}  # fmt: skip
    name = samples.get(source, "Иван Ђурић" if source in ("sr", "mk") else "Щербак Юрій")
    if not supports(source, target):
        assert (source, target) in {("zh", "lv"), ("ja", "lt")}
        return
    found = transcribe(name, source, target)
    assert found
    assert all("LATIN" in unicodedata.name(sign) for sign in found if sign.isalpha())


@given(
    st.text(alphabet="абвгґдеєжзиіїйклмнопрстуфхцчшщьюя' -АБВЄЇЮЯЩ", max_size=30),
    st.sampled_from(LATIN),
    st.sampled_from(["uk", "ru", "be", "bg"]),
)
def test_no_cyrillic_is_left(name: str, target: str, source: str) -> None:
    found = transcribe(name, source, target)
    assert not any("CYRILLIC" in unicodedata.name(sign) for sign in found)


@given(st.text(max_size=30), st.sampled_from(LATIN + CYRILLIC), st.sampled_from([*CYRILLIC, "el", "ar", "zh"]))
def test_any_text_is_accepted(name: str, target: str, source: str) -> None:
    if supports(source, target):
        assert isinstance(transcribe(name, source, target), str)


@given(st.text(max_size=20), st.sampled_from(LATIN))
def test_own_language_is_left_alone(name: str, target: str) -> None:
    assert transcribe(name, target, target) == name


def test_latin_words_stay_in_a_cyrillic_name() -> None:
    assert transcribe("John Лавров", "ru", "de") == "John Lawrow"


def test_capitals_are_kept() -> None:
    assert transcribe("ЩЕРБАК", "uk", "de") == "SCHTSCHERBAK"
    assert transcribe("Салтиков-Щедрін", "uk", "fr") == "Saltykov-Chtchedrin"


def test_given_names_are_translated_between_cyrillic_languages() -> None:
    assert transcribe("Микола Азаров", "uk", "ru") == "Николай Азаров"
    assert transcribe("Пётр Порошенко", "ru", "uk") == "Петро Порошенко"
    assert transcribe("Светлана Тихановская", "ru", "be").split()[0] == "Святлана"


def test_patronymic_at_the_end_makes_the_first_word_the_family_name() -> None:
    assert transcribe("Путин Владимир Владимирович", "ru", "fr") == "Poutine Vladimir Vladimirovitch"
    assert transcribe("Владимир Владимирович Путин", "ru", "fr") == "Vladimir Vladimirovitch Poutine"


def test_gender_decides_czech_endings() -> None:
    assert transcribe("Кравчук", "uk", "cs", part="family", gender="f") == "Kravčuková"
    assert transcribe("Кравчук", "uk", "cs", part="family") == "Kravčuk"
    assert transcribe("Илья Захаров", "ru", "lv") == "Iļja Zaharovs"


def test_unknown_pair_and_part_are_input_errors() -> None:
    with pytest.raises(InputError, match="no transcription from 'uk' to 'ja'"):
        transcribe("Київ", "uk", "ja")
    with pytest.raises(InputError, match="unknown part 'surname'"):
        transcribe("Київ", "uk", "de", part="surname")
    with pytest.raises(InputError, match="reading of '石破茂'"):
        transcribe("石破茂", "ja", "en")


def test_space_sets_the_chinese_family_name_apart() -> None:
    assert transcribe("欧阳 修", "zh", "en") == "Ouyang Xiu"
    assert transcribe("欧阳修", "zh", "en") == "Ouyang Xiu"
    assert transcribe("司 马", "zh", "en") == "Si Ma"
