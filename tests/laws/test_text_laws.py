"""Laws of folding, keys, sounds and words, over every code point and over hostile text."""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterator

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from entnorm.mentions.tokens import tokenize
from entnorm.text.fold import fold, fold_with_offsets
from entnorm.text.keys import key, skeletons, sounds, tokens
from entnorm.text.personname import parse_name
from entnorm.text.scripts import script_of

KEY = re.compile(r"([a-z0-9]+( [a-z0-9]+)*)?")
SKELETON = re.compile(r"[A-Z0-9a]+")
ODD = (
    "İıßſΣσςΐŉǅǆﬁﬀẞ"  # letters whose cases do not pair up
    "'’ʼ`´ʿ׳״"  # apostrophes
    "-‐‑–—/·・ .,\n\t\r\x00\x1f\u00a0\u202f\u3000"  # what stands between words
    "\u00ad\u200b\u200c\u200d\u200e\u200f\u061c\u202e\u2066\u2069\ufeff\ufe0f"  # format characters
    "\u0301\u0308\u0323\u0327\u064b\u0651\u05b0\u05bc\u0903\u3099\u309a\u20e3"  # marks
    "\ud800\udbff\udc00\udfff"  # lone surrogates
    "각한힣漢々〆ー基キーウｶﾞがघ्कក្ខ"  # syllables, jamo, ideographs, conjuncts
    "½²Ⅷ٣೩①㈱㍿℡🇺🇦👩\u20bf\u0345\u0e33\u0eb3"  # and what NFKC splits into marks and letters
)
WORDS = [
    "Київ",
    "Kyiv",
    "d'Odessa",
    "Ankara'da",
    "القاهرة",
    "ירושלים",
    "基辅",
    "Saint-Étienne",
    "U.S.",
    "J.",
    "Зеле́нський",
    "กรุงเทพ",
]
any_text = st.one_of(
    st.text(max_size=20),
    st.text(st.one_of(st.sampled_from(ODD), st.characters()), max_size=20),
    st.lists(st.one_of(st.sampled_from(WORDS), st.sampled_from(ODD)), max_size=8).map("".join),
)


def code_points() -> Iterator[str]:
    """Every assigned character but surrogates and private use, and one each of what is left out."""
    for code in range(sys.maxunicode + 1):
        char = chr(code)
        if unicodedata.category(char) not in ("Cn", "Co", "Cs"):
            yield char
    yield from ("\u0378", "\ue000", "\ud800", "\U0010ffff")


def cases(text: str) -> tuple[str, ...]:
    return text.upper(), text.lower(), text.casefold(), text.swapcase()


def test_fold_of_every_code_point() -> None:
    faults = []
    for char in code_points():
        folded = fold(char)
        same = fold(folded) == folded == fold_with_offsets(char).text
        if not same or any(fold(variant) != folded for variant in (char.upper(), char.lower(), char.casefold())):
            faults.append(f"U+{ord(char):04X}")
    assert faults == []


def test_key_and_sounds_of_every_code_point() -> None:
    faults = []
    for char in code_points():
        made = key(char)
        if not KEY.fullmatch(made) or key(made) != made or key(char.upper()) != made or key(char.lower()) != made:
            faults.append(f"U+{ord(char):04X} {made!r}")
        for word in tokens(made):
            if any(not SKELETON.fullmatch(s) for s in (*skeletons(word), *sounds(word))):
                faults.append(f"U+{ord(char):04X} {skeletons(word)}")
    assert faults == []


def test_every_code_point_inside_a_word_leaves_the_word_findable() -> None:
    """A character folds to something or to nothing; it never swallows the letters beside it."""
    faults = []
    for char in code_points():
        if unicodedata.category(char)[0] not in "ML" and not char.isalnum():
            folded = fold(f"kyiv{char}kyiv")
            if folded.replace(" ", "").count("kyiv") != 2:
                faults.append(f"U+{ord(char):04X} {folded!r}")
    assert faults == []


@given(any_text)
@example("σ\u0e33")
@example("ﬁ\u0eb3")
@example("\u0345\u094d")
def test_fold_is_idempotent_and_caseless(text: str) -> None:
    folded = fold(text)
    assert fold(folded) == folded
    assert {fold(variant) for variant in cases(text)} == {folded}
    assert folded == folded.strip()
    assert "  " not in folded


@given(any_text)
@example("«Kyïv»")
@example("e\u0301 \u0301")
def test_offsets_agree_with_fold_and_point_home(text: str) -> None:
    folded = fold_with_offsets(text)
    assert folded.text == fold(text)
    assert len(folded.starts) == len(folded.ends) == len(folded.text)
    assert list(folded.starts) == sorted(folded.starts)
    for i, (char, start, end) in enumerate(zip(folded.text, folded.starts, folded.ends, strict=True)):
        assert 0 <= start < end <= len(text)
        assert folded.span(i, i + 1) == (start, end)
        if char != " ":
            assert char in fold(text[start:end]), (char, text[start:end])


@given(st.text(max_size=6), st.integers(-3, 9), st.integers(-3, 9))
def test_no_span_for_an_empty_or_foreign_range(text: str, start: int, end: int) -> None:
    folded = fold_with_offsets(text)
    assume(not 0 <= start < end <= len(folded.text))
    with pytest.raises(ValueError, match="no folded characters"):
        folded.span(start, end)


@given(any_text)
@example("Kyiv 々")
@example("々 々")
@example("J. D. V")
def test_key_is_plain_idempotent_and_caseless(text: str) -> None:
    made = key(text)
    assert KEY.fullmatch(made), made
    assert key(made) == made
    assert key(fold(text)) == made
    assert {key(variant) for variant in cases(text)} == {made}
    key.cache_clear()
    assert key(text) == made


@given(st.from_regex(r"[a-z0-9]{1,24}", fullmatch=True))
@example("tschtschtsch")
@example("ch" * 12)
@example("h")
def test_any_word_has_few_skeletons_and_sounds(word: str) -> None:
    found = skeletons(word)
    assert len(found) == len(set(found)) <= 6
    assert all(SKELETON.fullmatch(s) for s in found)
    heard = sounds(word)
    assert len(heard) <= len(found)
    assert all("a" not in s and s for s in heard)


@given(any_text)
@example("Kiew -Streitkräfte, d'Odessa und München/Hamburg")
@example("dell'Aquila'da l'\u200fIran")
def test_words_tile_the_text(text: str) -> None:
    last = 0
    for token in tokenize(text):
        assert text[last : token.start] == token.gap
        assert text[token.start : token.end] == token.text != ""
        last = token.end
    rest = "".join([t.gap for t in tokenize(text)] + [text[last:]])
    assert not any(c.isalnum() for c in rest)


@given(any_text)
def test_a_name_can_always_be_taken_apart(text: str) -> None:
    name = parse_name(text)
    assert name.text == text
    assert name.script == script_of(text)
    assert all(word.key and " " not in word.key for word in name.words)
    assert {word.kind for word in name.words} <= {"name", "initial", "particle"}
    assert not name.words or any(word.kind != "particle" for word in name.words)
