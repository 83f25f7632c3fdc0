"""Comparing names of places: by what they are listed to denote."""

from __future__ import annotations

import math

import pytest

from entnorm import Normalizer


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Kiew", "Kyiv"),
        ("Київ", "Kijów"),
        ("Saint Petersburg", "Petersburg"),
        ("Киева", "Київ"),
        ("Kijowie", "Kyiv"),
        ("Monaco di Baviera", "München"),
        ("Oblast Kursk", "Kursk Oblast"),
        ("Frankfurt", "Frankfurt (Oder)"),
        ("Kleinklotzdorf", "Kleinklotzdorff"),
    ],
)
def test_names_of_one_place(norm: Normalizer, a: str, b: str) -> None:
    assert norm.compare(a, b, kind="place").same


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Kyiv", "Kharkiv"),
        ("Frankfurt am Main", "Frankfurt (Oder)"),
        ("Monaco", "München"),
        ("Niger", "Nigeria"),
        ("Halle", "Hall"),
        ("Austria", "Australia"),
        ("New York", "York"),
        ("Kleinklotzdorf", "Unterhuberbach"),
    ],
)
def test_names_of_two_places(norm: Normalizer, a: str, b: str) -> None:
    assert not norm.compare(a, b, kind="place").same


@pytest.mark.parametrize(
    ("a", "b"), [("Kiew", "Kyiv"), ("Kyiv", "Kharkiv"), ("Xyzzy", "Qwrt"), ("", ""), ("?", "Kyiv")]
)
def test_the_weights_add_up_to_the_log_odds(norm: Normalizer, a: str, b: str) -> None:
    result = norm.compare(a, b, kind="place")
    logit = sum(e.weight for e in result.evidence)
    assert result.confidence == pytest.approx(1 / (1 + math.exp(-logit)), abs=2e-4)
    assert 0.0 <= result.score <= 1.0


def test_the_evidence_names_the_place(norm: Normalizer) -> None:
    result = norm.compare("Kiew", "Київ", kind="place")
    assert (result.evidence[0].feature, result.evidence[0].value) == ("both are names of", "Kyiv (geonames:703448)")
