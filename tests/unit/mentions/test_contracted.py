"""Places whose article is in the word before them."""

from __future__ import annotations

import pytest

from entnorm.mentions.contracted import article_before
from entnorm.pipeline import Normalizer

CASES = [
    ("fr", "Le ministre est arrivé au Caire lundi.", "Caire", "Cairo"),
    ("fr", "La mairie du Havre est fermée depuis lundi.", "Havre", "Le Havre"),
    ("fr", "L'usine du Mans sera vendue, selon le syndicat.", "Mans", "Le Mans"),
    ("fr", "Ils ont débarqué aux Sables-d'Olonne dimanche.", "Sables-d'Olonne", "Les Sables-d'Olonne"),
    ("it", "Il sindaco dell'Aquila ha incontrato gli studenti.", "Aquila", "L’Aquila"),
    ("it", "Il ministro è arrivato al Cairo ieri sera.", "Cairo", "Cairo"),
    ("es", "El presidente viajó al Cairo el martes.", "Cairo", "Cairo"),
    ("fr", "Le président du Mali est arrivé au Tchad.", "Mali", "Mali"),
    ("fr", "Le trafic a repris au Luxembourg.", "Luxembourg", "Luxembourg"),
]


@pytest.mark.parametrize(("lang", "text", "surface", "name"), CASES)
def test_the_article_before_a_name_belongs_to_it(
    norm: Normalizer, lang: str, text: str, surface: str, name: str
) -> None:
    found = {m.text: m.name for m in norm(text, lang=lang).mentions}
    assert found.get(surface) == name


def test_a_word_holds_an_article_in_its_language_only() -> None:
    assert article_before("du", "fr") == "Le "
    assert article_before("Dell’", "it") == "L'"
    assert article_before("du", "de") == article_before("chez", "fr") == article_before("du", None) == ""


def test_what_is_less_known_with_the_article_stays_as_it_is(norm: Normalizer) -> None:
    found = [m.name for m in norm("Il revient du Portugal et du Chili.", lang="fr").mentions]
    assert found == ["Portugal", "Chile"]
