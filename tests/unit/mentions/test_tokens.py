"""Words of a text, where they are cut, and what their shape says."""

from __future__ import annotations

import pytest

from entnorm.mentions.tokens import is_unspaced, tokenize, uncased


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kiew -Streitkräfte", ["Kiew", "Streitkräfte"]),
        ("Kiew-Besuch", ["Kiew", "Besuch"]),
        ("München/Hamburg", ["München", "Hamburg"]),
        ("d'Odessa", ["d'", "Odessa"]),
        ("L’Ukraine", ["L’", "Ukraine"]),
        ("dell'Aquila", ["dell'", "Aquila"]),
        ("qu'Emmanuel", ["qu'", "Emmanuel"]),
        ("aujourd'hui", ["aujourd'hui"]),
        ("O'Neill", ["O'Neill"]),
        ("Ankara'da", ["Ankara'da"]),
        ("Putin's", ["Putin", "'s"]),
        ("Kyi\u0301v", ["Kyi\u0301v"]),
        ("Ki\u00adew", ["Ki\u00adew"]),
        ("خامنه\u200cای", ["خامنه\u200cای"]),
        ("נתניהו אמר", ["נתניהו", "אמר"]),
        ("צה״ל", ["צה״ל"]),
        ("U.S. J. D.", ["U", "S", "J", "D"]),
        ("12.30 Uhr", ["12", "30", "Uhr"]),
        ("\ud800Kiew\udfff", ["Kiew"]),
        ("«Kyiv»", ["Kyiv"]),
        ("", []),
        ("…—!", []),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert [t.text for t in tokenize(text)] == expected


@pytest.mark.parametrize(
    ("text", "opening"),
    [
        ("Kiew meldet. Moskau schweigt", {"Kiew", "Moskau"}),
        ("Er sagte: Kiew bleibt", {"Er", "Kiew"}),
        ("in Kiew, Moskau und Wien", {"in"}),
        ("Titel\nKiew heute", {"Titel", "Kiew"}),
        ("„Kiew bleibt“", {"Kiew"}),
        ("نعم؟ كييف", {"نعم", "كييف"}),
    ],
)
def test_openings(text: str, opening: set[str]) -> None:
    assert {t.text for t in tokenize(text) if t.opens} == opening


def test_capitals() -> None:
    shapes = {t.text: (t.capital, t.cased, uncased(t)) for t in tokenize("Kyiv kyiv Ђ ǅ كييف 基辅 კიევი 12")}
    assert shapes["Kyiv"] == shapes["Ђ"] == (True, True, False)
    assert shapes["kyiv"] == (False, True, False)
    assert shapes["ǅ"][0] is True
    assert shapes["كييف"] == shapes["基辅"] == (False, False, True)


def test_words_without_spaces() -> None:
    assert [is_unspaced(t) for t in tokenize("基辅 キーウ กรุงเทพ Kyiv 서울 كييف")] == [
        True,
        True,
        True,
        False,
        False,
        False,
    ]
