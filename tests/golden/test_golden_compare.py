"""Pairs of people's names written by hand: the same person or not, and reasons that can be read and added up."""

from __future__ import annotations

import math
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pytest

from entnorm import Normalizer

DATA = Path(__file__).parents[1] / "data"


class Row(NamedTuple):
    a: str
    b: str
    same: bool
    class_: str


def read(name: str) -> list[Row]:
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    cells = [line.split("\t") for line in lines if not line.startswith("#")]
    return [Row(a, b, same == "1", class_) for a, b, same, class_, _ in cells]


PAIRS = read("compare_pairs.tsv")
MISSES = read("compare_pairs_xfail.tsv")


def test_the_table_is_broad() -> None:
    labels = Counter(p.same for p in PAIRS)
    assert len(PAIRS) >= 150
    assert min(labels.values()) >= 60
    assert len({p.class_ for p in PAIRS}) >= 20


@pytest.mark.parametrize("pair", PAIRS, ids=lambda p: f"{p.a} / {p.b}")
def test_pair(norm: Normalizer, pair: Row) -> None:
    result = norm.compare(pair.a, pair.b)
    assert result.same == pair.same, [(e.feature, e.value, e.weight) for e in result.evidence]


@pytest.mark.parametrize("pair", MISSES, ids=lambda p: f"{p.a} / {p.b}")
def test_known_miss(norm: Normalizer, pair: Row) -> None:
    assert norm.compare(pair.a, pair.b).same != pair.same, "works now: move it to compare_pairs.tsv"


@pytest.mark.parametrize("pair", PAIRS[::6], ids=lambda p: f"{p.a} / {p.b}")
def test_order_of_the_names_does_not_matter(norm: Normalizer, pair: Row) -> None:
    one, two = norm.compare(pair.a, pair.b), norm.compare(pair.b, pair.a)
    assert one.confidence == pytest.approx(two.confidence, abs=0.01)


@pytest.mark.parametrize("pair", PAIRS[::6], ids=lambda p: f"{p.a} / {p.b}")
def test_the_weights_add_up_to_the_log_odds(norm: Normalizer, pair: Row) -> None:
    result = norm.compare(pair.a, pair.b)
    logit = sum(e.weight for e in result.evidence)
    assert result.confidence == pytest.approx(1 / (1 + math.exp(-logit)), abs=1e-3)


@pytest.mark.parametrize(
    ("a", "b", "feature", "value"),
    [
        ("Bill Clinton", "William Clinton", "short form of a name", "Bill = William"),
        ("Сергей Лавров", "Serhii Lavrov", "forms of one name", "Сергей = Serhii"),
        ("V. Putin", "Vladimir Putin", "initial of", "V = Vladimir"),
        ("Марченком Іваном", "Марченко Іван", "case form", "Марченком = Марченко"),
        ("Hans Meyer", "Hans Schulze", "different words", "Meyer / Schulze"),
        ("Vladimir Vladimirovich Putin", "Vladimir Putin", "in one name only", "Vladimirovich"),
        ("Robert Kennedy", "Robert Kennedy Jr.", "generations", "none / jr"),
        ("Salman bin Muhammad", "Muhammad bin Salman", "words in another order", "Salman bin Muhammad / Muhammad bin Salman"),
    ],
)  # fmt: skip
def test_evidence_says_which_rule_joined_or_parted_the_words(
    norm: Normalizer, a: str, b: str, feature: str, value: str
) -> None:
    assert (feature, value) in [(e.feature, e.value) for e in norm.compare(a, b).evidence]


def test_what_says_no_weighs_below_zero(norm: Normalizer) -> None:
    for a, b, feature in (
        ("Hans Meyer", "Hans Schulze", "different words"),
        ("Robert Kennedy", "Robert Kennedy Jr.", "generations"),
        ("Ahmed ibn Ali", "Ali ibn Ahmed", "words in another order"),
    ):
        weights = {e.feature: e.weight for e in norm.compare(a, b).evidence}
        assert weights[feature] < -1.0
