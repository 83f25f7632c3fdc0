"""Places whose article has run together with the preposition before it: au Caire, du Mans, dell'Aquila, al Cairo."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

from entnorm.index.store import Index
from entnorm.mentions.phrase import Phrase
from entnorm.mentions.tokens import Token
from entnorm.mentions.words import rows

#: Words after the article that are looked at, and what may stand between them.
_LONGEST, _GAPS = 4, (" ", "-", "")
#: Prominence from which a name with its article is looked for: the Cher is no Le Cher.
_KNOWN = 0.45


@lru_cache(maxsize=1)
def _table() -> dict[str, dict[str, str]]:
    """Language -> word -> what the name after it begins with."""
    table: dict[str, dict[str, str]] = {}
    for lang, article, words in rows("contracted.tsv"):
        table.setdefault(lang, {}).update(dict.fromkeys(words.split("|"), article.replace("_", " ")))
    return table


def article_before(word: str, lang: str | None) -> str:
    """What a name after a word begins with, empty if the word holds no article.

    >>> article_before("au", "fr"), article_before("dell’", "it"), article_before("au", "ro")
    ('Le ', "L'", '')
    """
    return _table().get(lang or "", {}).get(word.lower().replace("’", "'"), "")


class ContractedReader:
    """Reads the names of an index that have their article in the word before.

    ``listed`` gives the place rows of a name as it is written, but for accents.
    """

    def __init__(self, index: Index, listed: Callable[[str], tuple[int, ...]]) -> None:
        self._index, self._listed = index, listed
        self._places = lru_cache(maxsize=1 << 12)(self._rows)

    def complete(self, tokens: Sequence[Token], found: list[Phrase], lang: str | None) -> list[Phrase]:
        """The phrases, with places named with their article instead of less known ones that are called so without."""
        if lang not in _table():
            return found
        added = []
        for i in range(1, len(tokens)):
            article = article_before(tokens[i - 1].text, lang) if tokens[i].capital else ""
            if article and tokens[i].gap == ("" if article[-1] == "'" else " "):
                added += self._with_article(tokens, i, article)
        for phrase in added:
            words = (phrase.first, phrase.last)
            same = [p for p in found if (p.first, p.last) == words and p.places]
            if all(self._prominence(p.places) <= self._prominence(phrase.places) for p in same):
                others = [p._replace(places=()) for p in same if p.people]
                found = [p for p in found if p not in same] + others + [phrase]
        return found

    def _with_article(self, tokens: Sequence[Token], i: int, article: str) -> list[Phrase]:
        """The longest listed place that begins with an article and the words from ``i`` on."""
        last = i + 1
        while last < len(tokens) and last - i < _LONGEST and tokens[last].gap in _GAPS:
            last += 1
        for end in range(last, i, -1):
            words = tokens[i].text + "".join(t.gap + t.text for t in tokens[i + 1 : end])
            if places := self._places(article + words):
                return [Phrase(i, end, tokens[i].start, tokens[end - 1].end, places, (), False, reads=article + words)]
        return []

    def _rows(self, name: str) -> tuple[int, ...]:
        """The place rows of a name, if one of the places is known."""
        places = self._listed(name)
        return places if self._prominence(places) >= _KNOWN else ()

    def _prominence(self, places: tuple[int, ...]) -> float:
        entity = self._index.arrays["name_entity"]
        return max((self._index.prominence(int(entity[r])) for r in places), default=0.0)
