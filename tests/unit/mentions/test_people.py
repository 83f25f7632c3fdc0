"""Short cuts of the people finder, which must not change what it finds."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from entnorm.match.align import word_similarity
from entnorm.mentions.people import _SAME_SURNAME, _near

#: Letters whose sounds meet in many ways.
_WORDS = st.text("aeikhcszvwtdjy", min_size=4, max_size=9)


@given(_WORDS, _WORDS)
def test_words_of_one_surname_share_letters(a: str, b: str) -> None:
    assert _near(a, b) or word_similarity(a, b) < _SAME_SURNAME


def test_other_words_do_not() -> None:
    assert _near("selenskyj", "zelenskyy")
    assert not _near("bundesregierung", "scholz")
