"""Stretches that other finders mark, cut to names."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entnorm.match.shipped import shipped_lexicon
from entnorm.mentions.entities import Cutter, Entity, kind_of_label
from entnorm.mentions.tokens import tokenize

CASES = Path(__file__).with_name("test_entities_cases.tsv")
_MARK = re.compile(r"\[(.+?)\]\(([^)]+)\)")


def cases() -> list[tuple[str, str, str]]:
    lines = CASES.read_text(encoding="utf-8").splitlines()
    return [(*line.split("\t"), "")[:3] for line in lines if line and not line.startswith("#")]


def unmarked(marked: str) -> tuple[str, list[Entity]]:
    """The text without its marks, and the stretches that were marked."""
    text, entities, last = "", [], 0
    for match in _MARK.finditer(marked):
        text += marked[last : match.start()]
        entities.append(Entity(len(text), len(text) + len(match[1]), match[2]))
        text, last = text + match[1], match.end()
    return text + marked[last:], entities


@pytest.fixture(scope="module")
def cutter() -> Cutter:
    return Cutter(shipped_lexicon())


@pytest.mark.parametrize(("lang", "marked", "expected"), cases())
def test_golden(cutter: Cutter, lang: str, marked: str, expected: str) -> None:
    text, entities = unmarked(marked)
    found = [f"{c.kind}:{text[c.start : c.end]}" for c in cutter(text, tokenize(text), entities, lang)]
    assert found == [e for e in expected.split("|") if e]


@pytest.mark.parametrize(
    "label", ["PER", "PERSON", "persName", "B-PER", "I-PERSON", "PRS", "pers.ind", "person", "PESSOA", "ПЕРС"]
)
def test_labels_of_people(label: str) -> None:
    assert kind_of_label(label) == "person"


@pytest.mark.parametrize(
    "label", ["LOC", "GPE", "FAC", "placeName", "geogName", "GPE_LOC", "LOCATION", "loc.adm", "place", "L-GPE"]
)
def test_labels_of_places(label: str) -> None:
    assert kind_of_label(label) == "place"


@pytest.mark.parametrize(
    "label", ["ORG", "NORP", "MISC", "DATE", "LOCderiv", "PERpart", "DERIV_PER", "", "EVENT", "LANGUAGE", "."]
)
def test_other_labels_are_ignored(label: str) -> None:
    assert kind_of_label(label) is None


_edges = st.tuples(st.integers(-5, 90), st.integers(-5, 90), st.sampled_from(["PER", "LOC", "ORG"]))


@given(st.text(max_size=80), st.lists(_edges, max_size=4), st.sampled_from([None, "de", "en", "zz"]))
def test_whatever_is_marked_the_cuts_are_words(text: str, edges: list[tuple[int, int, str]], lang: str | None) -> None:
    tokens = tokenize(text)
    for cut in Cutter(shipped_lexicon())(text, tokens, [Entity(*e) for e in edges], lang):
        assert 0 <= cut.first < cut.last <= len(tokens)
        assert 0 <= cut.start < cut.end <= len(text)
        assert tokens[cut.first].start <= cut.start < tokens[cut.first].end
