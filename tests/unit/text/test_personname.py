"""Names of people taken apart."""

from __future__ import annotations

import pytest

from entnorm.text.personname import feminine_of, parse_name, patronymic_stem, split_family, woman_named_as


def words(text: str) -> list[str]:
    return [w.key for w in parse_name(text).words]


@pytest.mark.parametrize(
    ("text", "expected", "suffix"),
    [
        ("Amartya Sen", ["amartya", "sen"], ""),
        ("Hans Meyer sen.", ["hans", "meyer"], "sr"),
        ("John Smith, Sr.", ["john", "smith"], "sr"),
        ("Сергей Петров мл.", ["sergey", "petrov"], "jr"),
        ("Сергей Петров младший", ["sergey", "petrov"], "jr"),
        ("Putin V.", ["putin", "v"], ""),
        ("George V", ["george"], "v"),
        ("Pan Gongsheng", ["pan", "gongsheng"], ""),
        ("Don Johnson", ["don", "johnson"], ""),
        ("Le Duc Tho", ["le", "duc", "tho"], ""),
        ("General Mark Milley", ["mark", "milley"], ""),
        ("Prof. Dr. Angela Merkel", ["angela", "merkel"], ""),
        ("LAVROV, Sergey", ["sergey", "lavrov"], ""),
        ("Putin, V.", ["v", "putin"], ""),
    ],
)
def test_words_and_generation(text: str, expected: list[str], suffix: str) -> None:
    assert (words(text), parse_name(text).suffix) == (expected, suffix)


def test_a_word_knows_the_script_of_its_name() -> None:
    assert {w.script for w in split_family(parse_name("习近平")).words} == {"Hani"}


def test_the_set_of_keys_follows_the_words() -> None:
    assert split_family(parse_name("习近平")).keys == {"xi", "jinping"}


@pytest.mark.parametrize(
    ("word", "stem"), [("viktorovich", "viktor"), ("olehivna", "oleh"), ("ovich", ""), ("milan", "")]
)
def test_patronymics(word: str, stem: str) -> None:
    assert patronymic_stem(word) == stem


def test_surnames_of_men_and_women() -> None:
    assert feminine_of("zelenskaya", "zelensky")
    assert feminine_of("kowalska", "kowalski")
    assert not feminine_of("kowalska", "kowalczyk")
    assert not feminine_of("ivanov", "ivanova")


def test_given_names_of_men_and_women() -> None:
    assert woman_named_as("ivana", "ivan")
    assert not woman_named_as("ivan", "ivana")
    assert not woman_named_as("maria", "marko")
