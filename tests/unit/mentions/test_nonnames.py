"""Things, clubs, prizes and everyday words that are written like names, beside the same words where they are names."""

from __future__ import annotations

import pytest

from entnorm.mentions.openings import is_everyday
from entnorm.mentions.things import Thing, is_adjective, is_people, speaks_of, things
from entnorm.mentions.tokens import tokenize
from entnorm.pipeline import Normalizer


def named(text: str, lang: str) -> list[str]:
    """What the things of a text are, as written."""
    tokens = tokenize(text)
    return [text[tokens[t.first].start : tokens[t.last - 1].end] for t in things(tokens, lang)]


@pytest.mark.parametrize(
    ("lang", "text", "thing"),
    [
        ("en", "Hurricane Helga hit the coast.", "Hurricane Helga"),
        ("en", "He has Weber's disease.", "Weber's disease"),
        ("fr", "L'ouragan Odile approche.", "L'ouragan Odile"),
        ("fr", "Le traité de Nice fut signé.", "traité de Nice"),
        ("de", "Die Kopenhagen-Kriterien gelten.", "Kopenhagen-Kriterien"),
        ("de", "Das Orkantief „Frieda“ zieht ab.", "Orkantief „Frieda"),
        ("ru", "Фильм шёл в кинотеатре, а ураган «Мария» шёл к берегу.", "ураган «Мария"),
        ("uk", "Женевські угоди підписано.", "Женевські угоди"),
        ("pl", "Mieszka przy ul. Kopernika w bloku.", "ul. Kopernika"),
        ("tr", "Lozan Antlaşması imzalandı.", "Lozan Antlaşması"),
        ("el", "Η Συνθήκη της Λωζάνης ισχύει.", "Συνθήκη της Λωζάνης"),
    ],
)
def test_a_word_makes_a_thing_of_the_name_beside_it(lang: str, text: str, thing: str) -> None:
    assert named(text, lang) == [thing]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "The storm hit Helga's house in Nice."),
        ("en", "The Lebanon-Syria Treaty was signed."),
        ("fr", "L'accord signé à Nice est vague."),
        ("ru", "В Женеве соглашения не подписали."),
        ("uk", "У Києві угоди не підписали."),
        ("pl", "Do władz Włoch umowa nie dotarła."),
    ],
)
def test_a_word_that_does_not_belong_to_the_name_makes_no_thing_of_it(lang: str, text: str) -> None:
    assert named(text, lang) == []


def test_streets_take_the_person_and_leave_the_place() -> None:
    assert things(tokenize("Er wohnt in der Karl-Marx-Straße."), "de") == [Thing(4, 7, "person")]
    assert [t.kind for t in things(tokenize("She lives on Martin Luther King Boulevard."), "en")] == ["person"]
    assert things(tokenize("Hurricane Helga"), None) == []
    assert things(tokenize("Hurricane Helga"), "en") == [Thing(0, 2)]


def test_endings_and_subjects() -> None:
    assert is_people("Beograđani", "hr") is False
    assert is_people("Киевляне", "ru")
    assert is_adjective("Женевський", "uk")
    assert not is_adjective("Женева", "uk")
    assert speaks_of("award", "nominated", "en")
    assert not speaks_of("award", "nominated", None)
    assert is_everyday("Kowal", "pl")
    assert not is_everyday("Warszawa", "pl")


@pytest.mark.parametrize(
    ("lang", "text", "found"),
    [
        # An everyday word at the head of a sentence, and the same as a name.
        ("pl", "Wilk zagryzł dwie owce.", []),
        ("pl", "Sędzia Anna Wilk odroczyła rozprawę. Wilk nie podała powodów.", ["Anna Wilk", "Wilk"]),
        ("tr", "Ordu sınıra yürüdü.", []),
        ("tr", "Ordu'da okullar kapandı.", ["Ordu'da"]),
        # A club, and its town.
        ("en", "Everton scored a late goal.", []),
        ("en", "The fire in Liverpool spread overnight.", ["Liverpool"]),
        # A car, and a woman.
        ("de", "Der alte Mercedes rostete.", []),
        ("de", "Die Sängerin Mercedes Ibarra sagte ab.", ["Mercedes Ibarra"]),
        # A newspaper and its town.
        ("en", "The Boston Globe reported it.", []),
        ("en", "It was reported in Boston.", ["Boston"]),
    ],
)
def test_what_is_a_name_and_what_is_not(norm: Normalizer, lang: str, text: str, found: list[str]) -> None:
    assert [m.text for m in norm(text, lang=lang).mentions] == found
