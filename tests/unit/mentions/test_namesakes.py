"""Who only has the name of somebody famous, and who is only spoken of beside such words."""

from __future__ import annotations

import pytest

from entnorm.mentions.namesakes import is_namesake
from entnorm.pipeline import Normalizer


@pytest.mark.parametrize(
    ("lang", "text", "name", "expected"),
    [
        ("en", "Joe Biden, no relation to the president, runs a garage.", "Joe Biden", True),
        ("en", "Joe Biden has no relation to the company, his aides say.", "Joe Biden", False),
        ("en", "The locksmith Joe Biden opened the door.", "Joe Biden", True),
        ("en", "The former bus driver Nicolás Maduro spoke.", "Nicolás Maduro", False),
        ("en", "Donald Trump opened a namesake tower in Manila.", "Donald Trump", False),
        ("en", "She is no relation to Keir Starmer, the prime minister.", "Keir Starmer", False),
        ("de", "Der Oberbürgermeister Boris Palmer sprach.", "Boris Palmer", False),
        ("tr", "Recep Tayyip Erdoğan Heybeliada adasına gitti.", "Recep Tayyip Erdoğan", False),
        ("de", "Friedrich Merz, ein Namensvetter des Kanzlers, backt Brot.", "Friedrich Merz", True),
        ("de", "Friedrich Merz begrüßte seinen Namensvetter nicht.", "Friedrich Merz", False),
        ("fr", "Le plombier François Hollande a réparé la fuite.", "François Hollande", True),
        ("fr", "François Hollande n'a aucun lien avec ce dossier.", "François Hollande", False),
        ("es", "Un fontanero llamado Javier Milei cobró la factura.", "Javier Milei", True),
        ("pl", "Andrzej Duda, zbieżność nazwisk przypadkowa, uczy fizyki.", "Andrzej Duda", True),
        ("ru", "Сергей Лавров, однофамилец министра, играет на скрипке.", "Сергей Лавров", True),
        ("ru", "Сергей Лавров прилетел в Баку.", "Сергей Лавров", False),
    ],
)
def test_namesakes(lang: str, text: str, name: str, expected: bool) -> None:
    start = text.index(name)
    assert is_namesake(text, start, start + len(name), lang) is expected


def test_the_sentence_before_tells_nothing() -> None:
    text = "Er ist nicht verwandt. Olaf Scholz sprach."
    assert not is_namesake(text, 23, 34, "de")


def test_what_repeats_the_name_of_a_stranger_is_the_stranger(norm: Normalizer) -> None:
    text = "A plumber named Keir Starmer, no relation to the prime minister, won. Starmer was pleased."
    full, alone = norm(text, lang="en").mentions
    assert (full.status, alone.status) == ("unknown", "unknown")
    assert full.cluster == alone.cluster


def test_the_famous_one_in_the_same_text_stays_so(norm: Normalizer) -> None:
    text = "Keir Starmer spoke in Leeds. A plumber named Keir Starmer, no relation to the prime minister, laughed."
    people = [m for m in norm(text, lang="en").mentions if m.kind == "person"]
    assert [m.status for m in people] == ["resolved", "unknown"]
