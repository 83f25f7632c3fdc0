"""Words that are a surname and a place, decided by what the text names beside them."""

from __future__ import annotations

import pytest

from entnorm.pipeline import Normalizer


@pytest.mark.parametrize(
    ("lang", "text", "word", "kind"),
    [
        ("en", "The storm left Austin without power, the Texas grid operator said.", "Austin", "place"),
        ("en", "Defense Secretary Austin praised the Texas National Guard.", "Austin", "person"),
        ("en", "They read Jack London at school in Ohio.", "London", "person"),
        ("en", "They flew from Florence London bound.", "London", "place"),
        ("de", "Montenegro wählt. In Podgorica bildeten sich Schlangen.", "Montenegro", "place"),
        ("en", "Sen. Jo Smith, R-Charleston, voted no.", "Charleston", "place"),
        ("en", "A Chapin man was hurt in the crash.", "Chapin", "place"),
        ("en", "Schools closed in Clay, Douglas and Grant counties.", "Douglas", "place"),
    ],
)
def test_who_or_where(norm: Normalizer, lang: str, text: str, word: str, kind: str) -> None:
    at = text.index(word)
    assert [m.kind for m in norm(text, lang=lang).mentions if m.start <= at < m.end] == [kind]


def test_counties_of_a_list_are_counties(norm: Normalizer) -> None:
    text = "Storms hit Kansas on Friday. Trees fell in Douglas and Wyandotte counties."
    found = {m.text: m.matches[0].entity_id for m in norm(text, lang="en").mentions}
    index = norm.indexes[0]
    for name in ("Douglas", "Wyandotte"):
        number = index.number(found[name])
        assert number is not None
        assert index.type(number) == "admin2"


def test_a_body_between_role_and_surname_is_no_given_name(norm: Normalizer) -> None:
    (mention,) = (m for m in norm("Зампред Совбеза Медведев выступил.", lang="ru").mentions if m.kind == "person")
    assert (mention.text, mention.name) == ("Медведев", "Dmitry Medvedev")


def test_a_name_in_capitals_that_is_listed_so_is_kept(norm: Normalizer) -> None:
    assert [m.text for m in norm("AMLO se despidió con un mitin.", lang="es").mentions] == ["AMLO"]


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Police in Perth are looking for him.", "AU"),
        ("Scottish police in Perth are looking for a Scottish man.", "GB"),
    ],
)
def test_the_rest_of_a_text_tells_where(norm: Normalizer, text: str, country: str) -> None:
    (mention,) = (m for m in norm(text, lang="en").mentions if m.text == "Perth")
    index = norm.indexes[0]
    number = index.number(mention.matches[0].entity_id)
    assert number is not None
    assert index.country(number) == country
