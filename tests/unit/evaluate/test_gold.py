"""Reading gold."""

from __future__ import annotations

import pytest

from entnorm.errors import InputError
from entnorm.evaluate.gold import GoldDocument, GoldLookup, GoldMention, GoldPair, parse, tsv_reader


def test_a_document() -> None:
    mention = {"start": 5, "end": 9, "type": "LOC", "canonical": "Kyiv", "names": ["Kiev"], "lemma": "Kiew",
               "entity_id": "geonames:703448", "lat": 50.4, "lon": 30}  # fmt: skip
    assert parse({"text": "Nach Kiew.", "lang": "de-AT", "mentions": [mention, [0, 4, "ORG"]]}) == GoldDocument(
        "Nach Kiew.",
        "de",
        (
            GoldMention(5, 9, "place", False, ("Kiev", "Kyiv"), "Kiew", ("geonames:703448",), 50.4, 30.0),
            GoldMention(0, 4, None),
        ),
    )


def test_kind_and_ignore() -> None:
    (mention,) = parse({"text": "Kiew", "mentions": [{"start": 0, "end": 4, "kind": "place", "ignore": True}]}).mentions  # type: ignore[union-attr]
    assert (mention.kind, mention.ignore) == ("place", True)


def test_pairs_and_names() -> None:
    assert parse({"a": "x", "b": "y", "match": False, "lang_b": "he"}) == GoldPair(
        "x", "y", False, "person", None, "he"
    )
    assert parse({"name": "Kiew", "canonical": ["Kyiv", "Kiev"], "kind": "LOC"}) == GoldLookup(
        "Kiew", (), ("Kyiv", "Kiev"), None, "place"
    )
    assert parse({"name": "Xyzzy"}) == GoldLookup("Xyzzy")


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({}, "its fields are none"),
        ({"text": "x"}, "its fields are text"),
        ({"text": "", "mentions": []}, "'text' is missing"),
        ({"text": "x", "mentions": {}}, "is not a list"),
        ({"text": "x", "mentions": [5]}, "no object"),
        ({"text": "x", "mentions": [[0, 2, "LOC"]]}, "0:2 in a text of 1 characters"),
        ({"text": "x", "mentions": [[0, 0, "LOC"]]}, "0:0"),
        ({"text": "x", "mentions": [[True, 1, "LOC"]]}, "True:1"),
        ({"text": "x", "mentions": [{"start": 0, "end": 1}]}, "has no type"),
        ({"text": "x", "mentions": [], "lang": "deutsch!"}, "not a language code"),
        ({"a": "x", "b": "y"}, "'match' is None"),
        ({"a": "x", "b": 5, "match": 1}, "'b' is missing"),
    ],
)
def test_what_is_no_gold(row: dict[str, object], message: str) -> None:
    with pytest.raises(InputError, match=message):
        parse(row)


def test_tsv() -> None:
    read = tsv_reader()
    assert read("name\tentity_id\tlang") == {}
    assert read("Kiew\ta:1|b:2\tde")["gold"] == GoldLookup("Kiew", ("a:1", "b:2"), (), "de")
    assert read("Xyzzy\t\t")["gold"] == GoldLookup("Xyzzy")
    with pytest.raises(InputError, match="2 columns, not 3"):
        read("Kiew\ta:1")
    pairs = tsv_reader()
    pairs("match\ta\tb")
    assert pairs("no\tx\ty")["gold"] == GoldPair("x", "y", False)
    with pytest.raises(InputError, match="'match' is 'maybe'"):
        pairs("maybe\tx\ty")
    with pytest.raises(InputError, match="no heading"):
        tsv_reader()("Kiew\tKyiv\tyes")
