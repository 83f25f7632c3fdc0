"""What is known of Chinese and of Japanese: words, parts of names, and what stands around names."""

from __future__ import annotations

import math
import re
from abc import ABC, abstractmethod
from collections.abc import Iterator
from functools import lru_cache

from entnorm.mentions.lattice import Around, Piece, Stretches
from entnorm.mentions.words import rows
from entnorm.text.japanese_names import costs

_PUNCTUATION = frozenset("，。、；：！？“”「」『』（）()《》〈〉,.;:!?\"' \n\t…—-·•‧・＝=【】／/")
_DOTS = frozenset("·•‧・＝=")
_UNKNOWN = 13.0
#: What being a word of the language costs a listed name that is not well known, and a person on no list.
_ORDINARY, _WELL_KNOWN = 3.0, 0.75
_A_WORD = 6.0
_MOST_BESIDE = 6.0
#: Cost of the characters of foreign names from which a character is no sign of one.
_RARE_LETTER = 5.3
#: What another character costs after a middle dot.
_NO_LETTER = 7.5
_LONGEST_PART = 9
_TITLED, _SAID, _EDGE, _LINKED, _BARE = 4.0, 2.5, 1.2, 1.0, -1.5
_CONTEXT = 6
#: Characters with which hardly a given name ends.
_FUNCTION = frozenset("在是的和与及等将已说称也还就被把对向了以着过们你我他她它这那不没有并但而或则从到让使得")


class Tables(ABC):
    """The tables of one language; subclasses know its words and its names."""

    lang = ""

    def __init__(self) -> None:
        around: dict[str, list[str]] = {}
        for lang, class_, words in rows("unspaced.tsv"):
            if lang == self.lang:
                around.setdefault(class_, []).extend(words.split("|"))
        self.title, self.say, self.before, self.org = (Around(around[c]) for c in ("title", "say", "before", "org"))
        self.title_after = Around(around.get("title_after", around["title"]))
        self.place_before, self.place_after = Around(around["place_before"]), Around(around["place_after"])
        self.place_types = frozenset(around["unlisted_place"])

    def plain(self, text: str) -> str:
        """The text as the words of the tables are written; of the same length."""
        return text

    @abstractmethod
    def words(self, text: str, start: int) -> Iterator[Piece]:
        """Words that begin at ``start``; at least one character."""

    @abstractmethod
    def unlisted(self, text: str, start: int, whole: str, shift: int) -> Iterator[Piece]:
        """People and places on no list that may begin at ``start``."""

    def short_forms(self, name: str, label: str) -> tuple[str, ...]:
        """Under which strings a person is found again in the document."""
        return (name,)

    def katakana(self, text: str, at: int) -> bool:
        """Whether a katakana letter stands at ``at``."""
        return 0 <= at < len(text) and "ァ" <= text[at] <= "ー"

    def inside_katakana(self, text: str, start: int, end: int) -> bool:
        """Whether a stretch breaks a word of katakana."""
        return False

    def compound(self, text: str, start: int, end: int) -> bool:
        """Whether a stretch is one part of a compound of katakana whose other part is a word."""
        return False

    @abstractmethod
    def is_word(self, text: str) -> bool:
        """Whether a stretch is a word of the language that is no place."""

    def ordinary(self, text: str, prominence: float) -> float:
        """How much dearer a listed name is for being a word too."""
        return _ORDINARY if prominence < _WELL_KNOWN and self.is_word(text) else 0.0

    def ends_phrase(self, word: str) -> bool:
        """Whether a word ends the noun phrase that a name began."""
        return False

    def sides(self, whole: str, start: int, end: int) -> tuple[float, float]:
        """How well a person's name goes with what stands before it and after it."""
        before, after = whole[max(0, start - _CONTEXT) : start], whole[end : end + _CONTEXT]
        if (before and before[-1] in _DOTS) or (after and after[0] in _DOTS):
            return _TITLED, _SAID
        left = right = _BARE
        if self.title.ends(before):
            left = _TITLED
        elif not before or before[-1] in _PUNCTUATION:
            left = _EDGE
        elif self.before.ends(before):
            left = _LINKED
        if self.title_after.begins(after):
            right = _TITLED
        elif self.say.begins(after):
            right = _SAID
        elif not after or after[0] in _PUNCTUATION:
            right = _EDGE
        return left, right

    def beside(self, whole: str, start: int, end: int) -> float:
        """How much cheaper a person's name is for what stands beside it."""
        return min(_MOST_BESIDE, sum(self.sides(whole, start, end)))

    def beside_place(self, whole: str, start: int, end: int) -> float:
        """How much cheaper a place's name is for what stands beside it."""
        bonus = 0.0
        if self.place_before.ends(whole[max(0, start - _CONTEXT) : start]):
            bonus += 2.0
        after = whole[end : end + _CONTEXT]
        if self.place_after.begins(after):
            bonus += 2.0 if not "ぁ" <= after[0] <= "ゖ" else 1.0
        if after[:1] in _DOTS or whole[:start][-1:] in _DOTS:
            bonus -= 8.0
        return bonus


def belief(left: float, right: float) -> float:
    """Belief that a person is named, from what stands on either side."""
    strong = max(left, right)
    return 0.92 if strong >= _TITLED else 0.85 if strong >= _SAID else 0.75


class Chinese(Tables):
    """Chinese in either kind of characters; words are compared in the simplified ones."""

    lang = "zh"

    def __init__(self) -> None:
        super().__init__()
        self._simple = {ord(a): b for a, b in rows("han_simplified.tsv")}
        self._cost: dict[str, float] = {}
        self._places: set[str] = set()
        for word, cost, place in (r if len(r) > 2 else [*r, ""] for r in rows("words_zh.tsv")):
            self._cost[word] = int(cost) / 10
            if place:
                self._places.add(word)
        self._words = Stretches(self._cost)
        singles, doubles = (row[1] for row in rows("han_surnames.tsv"))
        self._family = {name: 2.6 + math.log(1 + i / 4) for i, name in enumerate(singles)}
        self._family |= dict.fromkeys(doubles.split("|"), 7.5)
        self._japanese = {self.plain(n): c for n, c in costs("family").items() if len(n) > 1}
        self._japanese_given = {self.plain(n): c for n, c in costs("given").items() if n > "\u3400"}
        self._japanese_families = Stretches(self._japanese)
        self._letters: dict[str, dict[str, float]] = {}
        for role, letter, cost in rows("han_names.tsv"):
            self._letters.setdefault(role, {})[letter] = int(cost) / 10

    def plain(self, text: str) -> str:
        """See :class:`Tables`."""
        return text.translate(self._simple)

    def words(self, text: str, start: int) -> Iterator[Piece]:
        """See :class:`Tables`."""
        letter = text[start]
        yield Piece(start, start + 1, "word", self._cost.get(letter, _UNKNOWN if letter > "\u3000" else 3.0))
        for end in self._words.at(text, start):
            yield Piece(
                start, end, "word", self._cost[text[start:end]] + (3.0 if text[start:end] in self._places else 0.0)
            )

    def is_word(self, text: str) -> bool:
        """See :class:`Tables`."""
        return text in self._cost and text not in self._places

    def unlisted(self, text: str, start: int, whole: str, shift: int) -> Iterator[Piece]:
        """See :class:`Tables`."""
        yield from self._native(text, start, whole, shift)
        yield from self._foreign(text, start, whole, shift)
        for end in self._words.at(text, start):
            if text[start:end] in self._places:
                bonus = self.beside_place(whole, start + shift, end + shift)
                if bonus >= 2.0:
                    yield Piece(start, end, "where", self._cost[text[start:end]] + 3.0 - bonus, 0.8)
        for middle in self._japanese_families.at(text, start):
            for end in range(middle + 1, min(len(text), middle + 3) + 1):
                given = self._japanese_given.get(text[middle:end])
                if given is not None:
                    left, right = self.sides(whole, start + shift, end + shift)
                    cost = 9.0 + self._japanese[text[start:middle]] + given - left - right
                    yield Piece(start, end, "name", cost, belief(left, right))

    def _native(self, text: str, start: int, whole: str, shift: int) -> Iterator[Piece]:
        single, first, last = (self._letters[r] for r in ("single", "first", "last"))
        for size in (1, 2):
            family = self._family.get(text[start : start + size])
            if family is None or start + size >= len(text):
                continue
            at = start + size
            options = [(at + 1, single.get(text[at], 9.5) + 1.5)]
            if at + 1 < len(text):
                options.append((at + 2, first.get(text[at], 9.5) + last.get(text[at + 1], 9.5)))
            for end, given in options:
                left, right = self.sides(whole, start + shift, end + shift)
                cost = 4.5 + family + given - min(_MOST_BESIDE, left + right)
                cost += _A_WORD if self.is_word(text[start:end]) else 0.0
                cost += _A_WORD if text[end - 1] in _FUNCTION else 0.0
                yield Piece(start, end, "name", cost, belief(left, right))

    def _foreign(self, text: str, start: int, whole: str, shift: int) -> Iterator[Piece]:
        letters = self._letters["foreign"]
        dotted = whole[: start + shift][-1:] in _DOTS
        to_dot = whole[shift + len(text) :][:1] in _DOTS and len(text) - start < _LONGEST_PART
        cost = 0.0
        for end in range(start + 1, min(len(text), start + 9) + 1):
            letter = letters.get(text[end - 1])
            if (dotted or to_dot) and text[end - 1] > "\u3400":
                letter = min(letter or _NO_LETTER, _NO_LETTER)
            elif letter is None or letter > _RARE_LETTER:
                return
            cost += letter
            if end - start < 2 or (to_dot and not dotted and end < len(text)):
                continue
            left, right = self.sides(whole, start + shift, end + shift)
            if end - start == 2 and not (dotted or to_dot) and (cost > 9.0 or self.is_word(text[start:end])):
                continue
            if max(left, right) >= _SAID or (end - start > 2 and min(left, right) > _BARE):
                total = 6.0 + cost - min(_MOST_BESIDE, left + right)
                total += _A_WORD if self.is_word(text[start:end]) else 0.0
                yield Piece(start, end, "name", total, belief(left, right))
            if text[end : end + 1] in self.place_types and end - start > 1:
                bonus = self.beside_place(whole, start + shift, end + 1 + shift)
                yield Piece(start, end + 1, "where", 8.0 + cost - bonus, 0.8)

    def short_forms(self, name: str, label: str) -> tuple[str, ...]:
        """See :class:`Tables`."""
        parts = [p for p in re.split("[·•‧]", name) if len(p) > 1]
        return (name, parts[-1]) if len(parts) > 1 else (name,)

    def ends_phrase(self, word: str) -> bool:
        """See :class:`Tables`."""
        return self._cost.get(word, _UNKNOWN) < 6.0 or word in "的在和与是将"


class Japanese(Tables):
    """Japanese; only runs of kanji and of katakana are cut, hiragana stands between them."""

    lang = "ja"

    def __init__(self) -> None:
        super().__init__()
        self._cost = {word: int(cost) / 1000 + 3.0 for word, cost in rows("words_ja.tsv")}
        self._words = Stretches(self._cost)
        self._family, self._given = costs("family"), costs("given")
        self._families, self._givens = Stretches(self._family), Stretches(self._given)

    def words(self, text: str, start: int) -> Iterator[Piece]:
        """See :class:`Tables`."""
        letter = text[start]
        if "ぁ" <= letter <= "ゖ" or letter < "\u3000":
            yield Piece(start, start + 1, "word", 2.0)
            return
        unknown = 6.0 if self.katakana(text, start) else _UNKNOWN
        yield Piece(start, start + 1, "word", min(unknown, self._cost.get(letter, unknown)))
        for end in self._words.at(text, start):
            if (
                not self.inside_katakana(text, start, end)
                or self.compound(text, start, end)
                or self._follows(text, start)
            ):
                yield Piece(start, end, "word", self._cost[text[start:end]])

    def inside_katakana(self, text: str, start: int, end: int) -> bool:
        """See :class:`Tables`."""
        if self.katakana(text, start) and self.katakana(text, start - 1):
            return True
        return self.katakana(text, end - 1) and self.katakana(text, end)

    def _follows(self, text: str, start: int) -> bool:
        return self.katakana(text, start) and self.katakana(text, start - 1)

    def compound(self, text: str, start: int, end: int) -> bool:
        """See :class:`Tables`."""
        first, last = start, end
        while self.katakana(text, first - 1):
            first -= 1
        while self.katakana(text, last):
            last += 1
        parts = [p for p in (text[first:start], text[end:last]) if p]
        return end - start > 2 and len(parts) == 1 and len(parts[0]) > 2 and parts[0] in self._cost

    def is_word(self, text: str) -> bool:
        """See :class:`Tables`."""
        return text in self._cost

    def unlisted(self, text: str, start: int, whole: str, shift: int) -> Iterator[Piece]:
        """See :class:`Tables`."""
        if self.katakana(text, start):
            if not self.katakana(text, start - 1):
                yield from self._foreign(text, start, whole, shift)
            return
        yield from self._native(text, start, whole, shift)
        yield from self._unlisted_place(text, start, whole, shift)

    def _native(self, text: str, start: int, whole: str, shift: int) -> Iterator[Piece]:
        ends = set(self._families.at(text, start))
        if text[start] in self._family:
            ends.add(start + 1)
        for middle in ends:
            family = self._family[text[start:middle]]
            left, right = self.sides(whole, start + shift, middle + shift)
            if right >= _TITLED:
                yield Piece(start, middle, "name", family + 5.0 - left - right, belief(left, right))
            givens = set(self._givens.at(text, middle))
            if text[middle : middle + 1] in self._given:
                givens.add(middle + 1)
            for end in givens:
                left, right = self.sides(whole, start + shift, end + shift)
                cost = family + self._given[text[middle:end]] + 2.0 - left - right
                yield Piece(start, end, "name", cost, belief(left, right))
            for end in (middle + 1, middle + 2):
                if end <= len(text) and end not in givens and _is_kanji(text[middle:end]):
                    left, right = self.sides(whole, start + shift, end + shift)
                    if right >= _TITLED or left >= _TITLED:
                        yield Piece(start, end, "name", family + 14.0 - left - right, belief(left, right))

    def _foreign(self, text: str, start: int, whole: str, shift: int) -> Iterator[Piece]:
        end = start
        while self.katakana(text, end):
            end += 1
        if end - start < 2:
            return
        after = whole[end + shift : end + shift + _CONTEXT]
        before = whole[max(0, start + shift - 1) : start + shift]
        word = text[start:end] in self._cost
        if after[:1] in _DOTS or before in _DOTS:
            if not word:
                yield Piece(start, end, "name", 5.0, 0.85)
        elif self.title_after.begins(after):
            yield Piece(start, end, "name", 16.0 if word else 5.0, 0.9)
        if after[:1] in self.place_types and not word:
            yield Piece(start, end + 1, "where", 6.0, 0.8)

    def _unlisted_place(self, text: str, start: int, whole: str, shift: int) -> Iterator[Piece]:
        if whole[: start + shift][-1:] not in ("県", "市", "都", "府", "道", "州", "郡", "区"):
            return
        for end in (start + 2, start + 3, start + 4):
            if text[end : end + 1] in self.place_types and _is_kanji(text[start:end]):
                yield Piece(start, end + 1, "where", 9.0 + 2.0 * (end - start), 0.85)

    def sides(self, whole: str, start: int, end: int) -> tuple[float, float]:
        """See :class:`Tables`."""
        before = whole[max(0, start - _CONTEXT) : start]
        left, right = super().sides(whole, start, end)
        if left == _BARE and before and "ぁ" <= before[-1] <= "ゖ":
            left = 0.0
        return left, right

    def short_forms(self, name: str, label: str) -> tuple[str, ...]:
        """See :class:`Tables`."""
        parts = [p for p in re.split("[・＝=]", name) if len(p) > 1]
        if len(parts) > 1:
            return name, parts[-1]
        family = next((name[:n] for n in (3, 2) if name[:n] in self._family and name[n:] in self._given), "")
        return (name, family) if family else (name,)

    def ends_phrase(self, word: str) -> bool:
        """See :class:`Tables`."""
        return "ぁ" <= word[-1] <= "ゖ"


def _is_kanji(text: str) -> bool:
    return bool(text) and all("\u4e00" <= c <= "\u9fff" or c == "々" for c in text)


@lru_cache(maxsize=1)
def chinese() -> Chinese:
    """The tables of Chinese."""
    return Chinese()


@lru_cache(maxsize=1)
def japanese() -> Japanese:
    """The tables of Japanese."""
    return Japanese()
