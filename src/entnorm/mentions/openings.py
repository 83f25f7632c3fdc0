"""Names that are everyday words too, at the head of a sentence, where a capital proves nothing.

"Tours of the mine resume", "Коваль викував огорожу": the word is read as the word unless something says that it is a
name. ``tables/openings.tsv`` adds such words to those of ``ordinary.tsv``: cities too well known, and family and given
names too common, to be doubted within a sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

from entnorm.mentions._recogniser_words import OrdinaryWords
from entnorm.mentions.finder import Word
from entnorm.mentions.lexicon import CAPITAL_NOUNS, is_ordinary
from entnorm.mentions.tokens import Token
from entnorm.mentions.words import rows
from entnorm.text.fold import fold

_SHORTEST_BASE = 3


@lru_cache(maxsize=1)
def _table() -> dict[tuple[str, str], frozenset[str]]:
    """``(language, class)`` -> folded words."""
    table: dict[tuple[str, str], set[str]] = {}
    for langs, class_, words in rows("openings.tsv"):
        for lang in langs.split(","):
            table.setdefault((lang, class_), set()).update(fold(w) for w in words.split("|"))
    return {k: frozenset(v) for k, v in table.items()}


@lru_cache(maxsize=1 << 14)
def is_everyday(word: str, lang: str | None) -> bool:
    """Whether a name is an everyday word of a language that likes to open sentences (``Rijeka``, ``Kowal``).

    >>> is_everyday("Rijeka", "hr"), is_everyday("Zagreb", "hr")
    (True, False)
    """
    return lang is not None and fold(word) in _table().get((lang, "word"), frozenset())


@lru_cache(maxsize=1)
def _words() -> OrdinaryWords:
    return OrdinaryWords.load()


class Openings:
    """The words of one text that open a sentence and may be everyday words."""

    def __init__(self, tokens: Sequence[Token], lang: str | None, word: Callable[[str, str | None], Word]) -> None:
        self._tokens, self._lang, self._word = tokens, lang, word
        self._inner: set[str] | None = None

    def doubted(self, i: int) -> bool:
        """Whether nothing but a capital says that word ``i`` is a name, and everyday words look the same there."""
        token = self._tokens[i]
        if not token.cased or (len(token.text) > 1 and token.text.isupper()):
            return False
        if not (is_everyday(token.text, self._lang) or is_ordinary(token.text, self._lang)):
            return False
        return self._bare(i) and not self._elsewhere(i)

    def small(self, i: int) -> bool:
        """Whether word ``i`` opens a sentence and a dictionary has it in small letters."""
        token = self._tokens[i]
        return token.opens and self._bare(i) and _words().small(token.text, self._lang or "") and not self._elsewhere(i)

    def _bare(self, i: int) -> bool:
        """Whether word ``i`` opens a sentence that goes on with a word in small letters, or follows an article."""
        token = self._tokens[i]
        after = self._tokens[i + 1] if i + 1 < len(self._tokens) else None
        if token.opens:
            return after is not None and after.gap == " " and not after.capital
        if self._lang not in CAPITAL_NOUNS or token.gap != " ":
            return False
        articles = _table().get((self._lang or "", "article"), frozenset())
        return fold(self._tokens[i - 1].text) in articles

    def _elsewhere(self, i: int) -> bool:
        """Whether the word has a capital inside a sentence of the text too, where only names have one."""
        if self._lang in CAPITAL_NOUNS:
            return False
        if self._inner is None:
            inner = [t.text for t in self._tokens if t.capital and not t.opens]
            self._inner = {option for text in inner for option in self._options(text)}
        return any(option in self._inner for option in self._options(self._tokens[i].text))

    def _options(self, text: str) -> tuple[str, ...]:
        word = self._word(text, self._lang)
        return tuple(o for o in (word.key, *word.bases[:2]) if len(o) >= _SHORTEST_BASE)
