"""Laws of the whole: whatever the text, offsets hold, answers repeat, and nothing is made up."""

from __future__ import annotations

import json
from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st

from entnorm.index.store import Index
from entnorm.models import Document
from entnorm.pipeline import Normalizer

NAMES = (
    "Kiew", "Kyiv", "Київ", "Києва", "基辅", "キーウ", "كييف", "بكييف", "חיפה", "בחיפה", "d'Odessa", "Ankara'da", "München/Milano",
    "Wolodymyr Selenskyj", "Selenskyjs", "Зеленського", "Володимир Зеленський", "习近平", "Erdoğan'ın", "Xi", "Den Haag",
    "Kiew -Streitkräfte", "KIEW", "kiew", "Ki\u00adew", "Ki\u200bew", "Kie\u0301w", "Vladimir\u00a0Putin", "Putin",
)  # fmt: skip
GLUE = (
    "", " ", "  ", "\n", "\r\n", "\t", "\x00", ". ", ", ", " - ", "-", " -", "/", "'", "’", "„", "“", "(", ")", "\u200f", "\u202e",
    "\u2066", "\u00ad", "\u0301", "\u05bc", "\ud800", "\udc00", "\ufeff", "👩\u200d🚀", " in ", " und ", " Präsident ", "的", "は", "و",
)  # fmt: skip
hostile = st.one_of(
    st.lists(st.one_of(st.sampled_from(NAMES), st.sampled_from(GLUE)), max_size=12).map("".join),
    st.text(max_size=40),
    st.lists(st.one_of(st.sampled_from(NAMES), st.text(max_size=4)), max_size=8).map("".join),
)
languages = st.sampled_from([None, "de", "en", "uk", "ru", "pl", "fr", "tr", "ar", "he", "zh", "ja", "xx"])


@settings(max_examples=300)
@given(hostile, languages)
@example("", None)
@example("\ud800", None)
@example("Kiew" * 300, "de")
@example("\u200fחיפה\u200f", "he")
@example("Ki\u00adew und Ki\u0301ew", "de")
@example("习近平访问基辅", "zh")
def test_offsets_hold_for_any_text(norm: Normalizer, text: str, lang: str | None) -> None:
    document = norm(text, lang=lang)
    assert document.text == text
    last = 0
    for m in document.mentions:
        assert last <= m.start < m.end <= len(text)
        assert text[m.start : m.end] == m.text
        assert m.base
        assert m.name
        assert m.text == m.text.strip()
        assert (m.status == "resolved") == (m.entity_id is not None)
        last = m.end
    assert Document.model_validate(document.model_dump()).model_dump() == document.model_dump()


@settings(max_examples=100)
@given(hostile, languages)
def test_answers_depend_on_nothing_but_the_text(norm: Normalizer, small: Path, text: str, lang: str | None) -> None:
    fresh = Normalizer(Index.open(small))
    assert fresh(text, lang=lang).model_dump() == norm(text, lang=lang).model_dump()


@settings(max_examples=100)
@given(hostile, languages)
def test_replacing_touches_only_mentions(norm: Normalizer, text: str, lang: str | None) -> None:
    document = norm(text, lang=lang)
    new = document.rewrite()
    last = new_last = 0
    for m, span in zip(document.mentions, new.spans, strict=True):
        assert (span.start, span.end) == (m.start, m.end)
        assert new.text[new_last : span.new_start] == text[last : m.start]
        written = new.text[span.new_start : span.new_end]
        assert m.status == "resolved" or written == m.text
        last, new_last = m.end, span.new_end
    assert new.text[new_last:] == text[last:]
    if not document.mentions:
        assert document.replace("de") == text


@settings(max_examples=100)
@given(hostile)
def test_json_is_json(norm: Normalizer, text: str) -> None:
    row = norm(text).to_json()
    assert json.loads(json.dumps(row)) == row


@settings(max_examples=150)
@given(hostile, st.sampled_from([None, "person", "place"]), languages)
def test_lookup_of_anything_is_a_ranked_list(norm: Normalizer, name: str, kind: str | None, lang: str | None) -> None:
    found = norm.lookup(name, kind=kind, lang=lang)
    assert len(found) <= norm.config.limit
    assert len({m.entity_id for m in found}) == len(found)
    assert all(m.kind == kind for m in found if kind)
    assert all(norm.config.min_score <= m.score <= 1 for m in found)
    assert [m.entity_id for m in norm.lookup(name, kind=kind, lang=lang, limit=2)] == [m.entity_id for m in found[:2]]


@settings(max_examples=150)
@given(st.sampled_from(NAMES) | st.text(max_size=15), st.sampled_from(NAMES) | st.text(max_size=15))
@example("", "")
@example("Putin", "")
@example("\ud800", "习近平")
def test_comparing_anything_is_a_probability_both_ways(norm: Normalizer, a: str, b: str) -> None:
    one, two = norm.compare(a, b), norm.compare(b, a)
    assert 0 <= one.score <= 1
    assert 0 <= one.confidence <= 1
    assert one.same == (one.confidence >= 0.5)
    assert abs(one.confidence - two.confidence) < 0.01
