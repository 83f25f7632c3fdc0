"""The words around names: hand-written examples in every language, and what must hold of the tables."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from importlib import resources
from pathlib import Path

import pytest

from entnorm.mentions.lexicon import classes, is_ordinary
from entnorm.text.fold import fold
from entnorm.text.scripts import script_of

DATA = Path(__file__).parents[2] / "data"
CLASSES = {
    "place_prep", "place_prep_weak", "title", "role", "say", "org", "facility", "not_name", "particle",
}  # fmt: skip
LANGUAGES = {
    "de", "en", "fr", "es", "it", "nl", "pt", "pl", "cs", "sk", "sl", "hr", "sr", "bs", "bg", "mk", "uk",
    "ru", "be", "ro", "hu", "sv", "da", "no", "fi", "et", "lt", "lv", "tr", "el", "ar", "fa", "he",
}  # fmt: skip
MAJOR = ("de", "en", "fr", "uk", "ru", "pl")


def examples(name: str) -> list[tuple[str, ...]]:
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    return [tuple(line.split("\t")) for line in lines if line and not line.startswith("#")][1:]


def lines(name: str) -> list[str]:
    return resources.files("entnorm.mentions").joinpath(f"tables/{name}").read_text("utf-8").splitlines()


def rows(name: str) -> list[list[str]]:
    return [line.split("\t") for line in lines(name) if not line.startswith("#")]


def words() -> dict[tuple[str, str], set[str]]:
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for lang, class_, listed in rows("context.tsv"):
        found[lang, class_].update(fold(w) for w in listed.split("|"))
    return found


@pytest.mark.parametrize(("lang", "word", "class_", "holds"), examples("context_words.tsv"))
def test_class(lang: str, word: str, class_: str, holds: str) -> None:
    assert (class_ in classes(word, lang)) is (holds == "yes")


@pytest.mark.parametrize(("lang", "word", "ordinary"), examples("ordinary_words.tsv"))
def test_ordinary(lang: str, word: str, ordinary: str) -> None:
    assert is_ordinary(word, lang) is (ordinary == "yes")


def test_unknown_language_asks_all_of_them() -> None:
    assert "title" in classes("prezydent", None)
    assert "title" in classes("prezydent", "xx")
    assert "title" not in classes("prezydent", "de")
    assert is_ordinary("Essen", None)


@pytest.mark.parametrize("word", ["PRÄSIDENT", "präsident", "Pra\u0308sident"])
def test_case_and_composition_do_not_matter(word: str) -> None:
    assert "title" in classes(word, "de")


@pytest.mark.parametrize("name", ["context.tsv", "ordinary.tsv"])
def test_table_names_its_source_and_is_composed(name: str) -> None:
    text = lines(name)
    assert any(line.startswith("#") and "Source:" in line for line in text)
    assert all(unicodedata.is_normalized("NFC", line) for line in text)


def test_context_rows() -> None:
    for lang, class_, listed in rows("context.tsv"):
        assert class_ in CLASSES
        assert lang in LANGUAGES
        for word in listed.split("|"):
            assert fold(word), word
            assert " " not in fold(word), word


def test_words_stand_once_per_class() -> None:
    seen: set[tuple[str, str, str]] = set()
    for lang, class_, listed in rows("context.tsv"):
        for word in listed.split("|"):
            entry = (lang, class_, fold(word))
            assert entry not in seen
            seen.add(entry)


def test_every_language_has_every_class() -> None:
    found = words()
    assert {lang for lang, _ in found} == LANGUAGES
    assert not [(lang, class_) for lang in LANGUAGES for class_ in CLASSES if not found[lang, class_]]


@pytest.mark.parametrize("lang", sorted(LANGUAGES))
def test_size_of_the_open_classes(lang: str) -> None:
    found = words()
    role, title, say = (80, 60, 25) if lang not in MAJOR else (200, 100, 60)
    assert len(found[lang, "title"]) >= title
    assert len(found[lang, "role"]) >= (role if lang != "fa" else 50)
    assert len(found[lang, "say"]) >= say


def test_a_title_is_never_a_word_that_is_no_name() -> None:
    found = words()
    both = {lang: found[lang, "title"] & found[lang, "not_name"] for lang in LANGUAGES}
    assert not {lang: shared for lang, shared in both.items() if shared}


SCRIPTS = {
    "Cyrl": ("uk", "ru", "bg", "mk", "be"), "Grek": ("el",), "Arab": ("ar", "fa"), "Hebr": ("he",),
    "Latn": ("de", "en", "pl", "tr"),
}  # fmt: skip


@pytest.mark.parametrize(("script", "lang"), [(s, lang) for s, langs in SCRIPTS.items() for lang in langs])
def test_titles_are_written_in_the_script_of_the_language(script: str, lang: str) -> None:
    assert {script_of(word) for word in words()[lang, "title"]} == {script}


def test_ordinary_rows_are_folded_sorted_and_unique() -> None:
    listed = [row[0] for row in rows("ordinary.tsv")]
    assert listed == sorted(set(listed))
    assert all(fold(word) == word and " " not in word and len(word) > 1 for word in listed)


def test_ordinary_languages_are_sorted_codes() -> None:
    for word, langs in rows("ordinary.tsv"):
        codes = langs.split(",")
        assert codes == sorted(set(codes)), word
        assert set(codes) <= LANGUAGES | {"ca", "hy"}, word
