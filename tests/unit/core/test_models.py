"""Answers: what the validators let through, what they refuse, and what comes out as JSON."""

from __future__ import annotations

import json

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pydantic import ValidationError

from entnorm.errors import ConfigError
from entnorm.models import Document, Entity, Evidence, Match, Mention, match_json, mention_json

TEXT = "Selenskyj reist nach Kiew."
KYIV = Match(entity_id="t:kyiv", kind="place", name="Kyiv", matched_name="Kiew", score=1.0)
KYIV_CITY = Match(entity_id="t:city", kind="place", name="Kyiv City", matched_name="Kiew", score=0.9)


def mention(start: int, end: int, text: str | None = None, **facts: object) -> Mention:
    surface = TEXT[start:end] if text is None else text
    values = {"kind": "place", "status": "resolved", "base": surface, "name": "Kyiv", "cluster": 0, "matches": (KYIV,)}
    return Mention(start=start, end=end, text=surface, **{**values, **facts})


@pytest.mark.parametrize(
    ("start", "end", "text"), [(0, 3, "Kyiv"), (0, 5, "Kyiv"), (4, 0, "Kyiv"), (0, 0, ""), (-4, 0, "Kyiv")]
)
def test_a_span_that_does_not_fit_its_text_is_refused(start: int, end: int, text: str) -> None:
    with pytest.raises(ValidationError):
        mention(start, end, text)


@given(st.text(max_size=12), st.integers(0, 12), st.integers(0, 14))
def test_a_document_takes_exactly_the_spans_of_its_text(text: str, start: int, end: int) -> None:
    assume(start < end)
    right = start < end <= len(text)
    surface = text[start:end] if right else "x" * (end - start)
    if right:
        assert Document(text=text, mentions=(mention(start, end, surface),)).mentions[0].text == surface
        wrong = chr(ord(surface[0]) ^ 1) + surface[1:]
        with pytest.raises(ValidationError, match="out of place"):
            Document(text=text, mentions=(mention(start, end, wrong),))
    else:
        with pytest.raises(ValidationError, match="out of place"):
            Document(text=text, mentions=(mention(start, end, surface),))


@pytest.mark.parametrize("spans", [((0, 9), (8, 12)), ((21, 25), (0, 9)), ((0, 9), (0, 9))])
def test_mentions_must_not_overlap_or_go_back(spans: tuple[tuple[int, int], ...]) -> None:
    with pytest.raises(ValidationError, match="out of place"):
        Document(text=TEXT, mentions=tuple(mention(*span) for span in spans))


def test_mentions_may_touch() -> None:
    assert len(Document(text=TEXT, mentions=(mention(0, 9), mention(9, 15))).mentions) == 2


def test_answers_are_frozen_and_closed() -> None:
    document = Document(text=TEXT, mentions=(mention(21, 25),))
    for thing in (document, document.mentions[0], KYIV, Entity(id="x", kind="place")):
        with pytest.raises(ValidationError):
            thing.kind = "person"
    with pytest.raises(ValidationError):
        Match(entity_id="x", kind="place", name="x", matched_name="x", score=0.5, colour="red")
    assert len({KYIV, KYIV_CITY, KYIV.model_copy()}) == 2


@pytest.mark.parametrize("facts", [{"score": 1.01}, {"score": -0.1}, {"confidence": 2.0}, {"kind": "thing"}])
def test_values_out_of_range_are_refused(facts: dict[str, object]) -> None:
    values = {"entity_id": "x", "kind": "place", "name": "x", "matched_name": "x", "score": 0.5}
    with pytest.raises(ValidationError):
        Match(**{**values, **facts})


@pytest.mark.parametrize(
    ("status", "matches", "expected"),
    [("resolved", (KYIV, KYIV_CITY), "t:kyiv"), ("ambiguous", (KYIV, KYIV_CITY), None), ("unknown", (), None)],
)
def test_only_a_resolved_mention_has_an_id(status: str, matches: tuple[Match, ...], expected: str | None) -> None:
    made = mention(21, 25, status=status, matches=matches)
    assert made.entity_id == expected
    assert made.best == (matches[0] if matches else None)


def test_replace_writes_resolved_names_and_nothing_else() -> None:
    person = mention(0, 9, kind="person", status="unknown", matches=(), name="Selenskyj", base="Selenskyj")
    document = Document(text=TEXT, mentions=(person, mention(21, 25)))
    assert document.replace() == document.replace("en") == "Selenskyj reist nach Kyiv."
    with pytest.raises(ConfigError) as caught:
        document.replace("de")
    assert "to='de'" in caught.value.hint


def test_replace_asks_the_rewriter() -> None:
    document = Document(text=TEXT, mentions=(mention(0, 9, kind="person"), mention(21, 25)))
    able = document.with_rewriter(lambda document, lang: [f"<{m.text} {lang}>" for m in document.mentions])
    assert able.replace("pl") == "<Selenskyj pl> reist nach <Kiew pl>."
    assert able.replace() == "<Selenskyj en> reist nach <Kiew en>."


@given(st.lists(st.tuples(st.text(max_size=4), st.text(min_size=1, max_size=4), st.text(max_size=6)), max_size=5))
def test_offsets_map_both_ways(pieces: list[tuple[str, str, str]]) -> None:
    text, mentions = "", []
    for gap, name, _ in pieces:
        text += gap
        mentions.append(mention(len(text), len(text) + len(name), name))
        text += name
    document = Document(text=text, mentions=tuple(mentions)).with_rewriter(lambda *_: [new for _, _, new in pieces])
    new = document.rewrite()
    assert new.text == document.replace() == "".join(gap + name for gap, _, name in pieces)
    assert [new.text[s.new_start : s.new_end] for s in new.spans] == [name for _, _, name in pieces]
    assert [document.text[s.start : s.end] for s in new.spans] == [name for _, name, _ in pieces]
    mapped = [new.new_offset(i) for i in range(len(text) + 1)]
    assert mapped == sorted(mapped)
    assert mapped[-1] == len(new.text)
    inside = {i for m in mentions for i in range(m.start, m.end)}
    outside = [i for i in range(len(text)) if i not in inside]
    assert all(new.text[mapped[i]] == text[i] for i in outside)
    assert all(new.old_offset(mapped[i]) == i for i in outside)


def test_json_has_the_promised_fields_and_survives_a_round_trip() -> None:
    document = Document(text=TEXT, id="7", lang="de", mentions=(mention(21, 25),))
    row = json.loads(json.dumps(document.to_json()))
    assert list(row) == ["id", "lang", "mentions"]
    assert list(row["mentions"][0]) == [
        "start", "end", "text", "kind", "status", "entity_id", "name", "base", "score", "confidence", "cluster", "matches",
    ]  # fmt: skip
    contract = {"entity_id", "name", "matched_name", "score", "confidence", "country", "lat", "lon", "same_as"}
    assert contract <= set(row["mentions"][0]["matches"][0])
    assert mention_json(document.mentions[0])["entity_id"] == "t:kyiv"
    assert Document.model_validate_json(document.model_dump_json()) == document


def test_evidence_only_on_request() -> None:
    match = KYIV.model_copy(update={"evidence": (Evidence(feature="spelling", value="identical", weight=1.0),)})
    assert "evidence" not in match_json(match)
    assert match_json(match, explain=True)["evidence"] == [{"feature": "spelling", "value": "identical", "weight": 1.0}]


def test_explanations_name_runners_up_and_nobody() -> None:
    assert mention(21, 25, matches=(KYIV, KYIV_CITY)).explain().splitlines() == [
        "Kiew -> Kyiv [t:kyiv], score 1.00",
        "  or Kyiv City [t:city], score 0.90",
    ]
    assert mention(21, 25, status="unknown", matches=()).explain() == "Kiew: no gazetteer lists this name"
