"""Korean text: people and places on no list, by family names, syllables of given names, titles and particles."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from entnorm.mentions.tokens import Token
from entnorm.mentions.words import is_korean_name, is_word, rows
from entnorm.models import Kind

_AREAS = ("지구", "지역")
_TYPES = ("시", "군", "구", "도", "주", "성", "현", "섬", "강")
#: Longest particle, in syllables.
_LONGEST_PARTICLE = 4
_HANGUL = re.compile("[가-힣]+")
# Syllables with which inflected words and words with a particle end.
_ENDINGS = frozenset("의기는은을를면고지게던에서로도만까다나니며적이가와과한할된될인일하되시스러")
_AGE_OR_HAN = re.compile(r"\d{1,3}$|[\u3400-\u9fff]+$")
_FORMER = frozenset({"전", "현", "신임", "부", "총괄", "수석"})
_ACCEPT = 0.5
_USUAL_FAMILIES, _FAMILIES = 20, 70
_USUAL_SYLLABLES = 75
_LONGEST_FOREIGN = 4


@dataclass(frozen=True, slots=True)
class Guess:
    """A name on no list, at tokens ``first:last`` and characters ``start:end``; ``belief`` is 0..1."""

    first: int
    last: int
    start: int
    end: int
    kind: Kind
    belief: float


@lru_cache(maxsize=1)
def _names() -> dict[str, list[str]]:
    return {role: letters.split("|") if "|" in letters else list(letters) for role, letters in rows("korean.tsv")}


@lru_cache(maxsize=4)
def _particles(role: str) -> frozenset[str]:
    return frozenset(_names()[role])


@lru_cache(maxsize=1)
def _around() -> dict[str, frozenset[str]]:
    table: dict[str, set[str]] = {}
    for lang, class_, words in rows("unspaced.tsv"):
        if lang == "ko":
            table.setdefault(class_, set()).update(words.split("|"))
    return {class_: frozenset(words) for class_, words in table.items()}


def _closed(syllable: str) -> bool:
    """Whether a syllable ends in a consonant."""
    return (ord(syllable) - 0xAC00) % 28 > 0


@lru_cache(maxsize=1 << 15)
def stems(word: str) -> tuple[tuple[str, str], ...]:
    """Ways to part a word from a particle, as ``(stem, particle)``; the word itself comes first.

    >>> stems("김민수는"), stems("박정훈은")[1:], stems("서울")
    ((('김민수는', ''), ('김민수', '는')), (('박정훈', '은'),), (('서울', ''),))
    """
    found = [(word, "")]
    for n in range(1, min(_LONGEST_PARTICLE, len(word) - 2) + 1):
        stem, particle = word[:-n], word[-n:]
        fitting = _particles("after_consonant" if _closed(stem[-1]) else "after_vowel")
        if particle in _particles("either") or particle in fitting or (particle == "로" and stem[-1] in "을를일월"):
            found.append((stem, particle))
    return tuple(found)


def bare(word: str) -> str:
    """A word without its particle, when that leaves a word or a listed name; else as it is."""
    return next((s for s, _ in stems(word) if is_word(s, "ko")), word)


@lru_cache(maxsize=1 << 15)
def native_points(name: str) -> float | None:
    """How much a word looks like a Korean full name, family name first; ``None`` when it cannot be one.

    >>> native_points("김민수") > 1 > native_points("고르기"), native_points("블라디미르")
    (True, None)
    """
    names = _names()
    size = 2 if name[:2] in names["double"] and len(name) > 2 else 1
    family, given = name[:size], name[size:]
    if not 1 <= len(given) <= 2 or (size == 1 and family not in names["single"]):
        return None
    points = 0.0
    if size == 1:
        rank = names["single"].index(family)
        points += 0.5 if rank < _USUAL_FAMILIES else 0.2 if rank < _FAMILIES else -0.5
    for syllable, role in zip(given if len(given) == 2 else given[-1:], ("first", "last")[-len(given) :], strict=True):
        usual = names[role]
        points += 0.4 if syllable in usual[:_USUAL_SYLLABLES] else 0.0 if syllable in usual else -0.9
    if len(given) == 1:
        points -= 1.0
    if is_korean_name(name):
        points += 0.6
    if is_word(name, "ko"):
        points -= 2.5
    elif name[-1] in _ENDINGS and is_word(name[:-1], "ko"):
        points -= 1.5
    return points


class KoreanReader:
    """Finds people and places on no list among the words of a Korean text."""

    def read(self, tokens: Sequence[Token], listed: set[int], places: set[int]) -> list[Guess]:
        """Names on no list. ``listed`` are the words that listed names cover, ``places`` those that places do."""
        found = []
        sure: dict[str, float] = {}
        for i, token in enumerate(tokens):
            if not _HANGUL.match(token.text):
                continue
            guess = self._native(tokens, i) or (None if i in listed else self._foreign(tokens, i, listed))
            if guess is None and i not in listed and i - 1 in places:
                guess = self._place(tokens, i)
            if guess is not None:
                found.append(guess)
                if guess.kind == "person" and guess.belief >= 0.8 and guess.last - guess.first == 1:
                    sure[token.text[: guess.end - guess.start]] = guess.belief
        taken = {g.first for g in found}
        for i, token in enumerate(tokens):
            if i not in taken and sure:
                name = next((s for s, _ in stems(token.text) if s in sure), "")
                if name:
                    found.append(Guess(i, i + 1, token.start, token.start + len(name), "person", sure[name]))
        return found

    def _native(self, tokens: Sequence[Token], i: int) -> Guess | None:
        token = tokens[i]
        best: tuple[float, str] = (_ACCEPT, "")
        for stem, particle in self._with_title_cut(token.text):
            look = native_points(stem)
            if look is None or (not particle and is_word(token.text, "ko")):
                continue
            titled = particle in _around()["title"]
            points = look - 0.7 + (0.3 if particle and not titled else 0.0) + (2.0 if titled else 0.0)
            points += self._beside(tokens, i, plain=not particle)
            if points > best[0]:
                best = (points, stem)
        points, stem = best
        if not stem:
            return None
        return Guess(i, i + 1, token.start, token.start + len(stem), "person", _belief(points))

    @staticmethod
    def _with_title_cut(word: str) -> list[tuple[str, str]]:
        """The word's stems, and those from which a title is cut off: 김민수씨는."""
        found = list(stems(word))
        for stem, _ in stems(word):
            for n in range(1, min(4, len(stem) - 3) + 1):
                if stem[-n:] in _around()["title"]:
                    found.append((stem[:-n], stem[-n:]))
        return found

    @staticmethod
    def _beside(tokens: Sequence[Token], i: int, *, plain: bool) -> float:
        points = 0.0
        around = _around()
        if plain and i + 1 < len(tokens):
            after = tokens[i + 1]
            if after.gap == " " and (_is_title(after.text) or _former_title(tokens, i + 1)):
                points += 2.0
            elif after.gap.strip() == "(" and _AGE_OR_HAN.match(after.text):
                points += 1.5
            elif after.gap != " ":
                points += 0.3
        if i and tokens[i].gap == " ":
            before = tokens[i - 1].text
            if (
                before in around["before"]
                or before in around["title"]
                or any(s in around["before"] for s, _ in stems(before)[1:])
            ):
                points += 1.0
        return points

    @staticmethod
    def _foreign(tokens: Sequence[Token], i: int, listed: set[int]) -> Guess | None:
        """Unknown words right before a title: 볼로디미르 젤렌스키 대통령."""
        after = tokens[i + 1] if i + 1 < len(tokens) else None
        if after is None or after.gap != " " or not (_is_title(after.text) or _former_title(tokens, i + 1)):
            return None
        if not _unknown(tokens[i].text) or _is_title(tokens[i].text):
            return None
        first = i
        while first and i - first < _LONGEST_FOREIGN - 1 and tokens[first].gap in (" ", "-"):
            word = tokens[first - 1].text
            if first - 1 in listed or not (_unknown(word) or is_korean_name(word)) or len(stems(word)) > 1:
                break
            first -= 1
        return Guess(first, i + 1, tokens[first].start, tokens[i].end, "person", 0.85)

    @staticmethod
    def _place(tokens: Sequence[Token], i: int) -> Guess | None:
        """An unknown name with a type word, after a place: 수원시 팔달구 화서동."""
        for stem, _ in stems(tokens[i].text):
            if len(stem) > 2 and stem[-1] in _around()["unlisted_place"] and not is_word(stem, "ko"):
                start = tokens[i].start
                return Guess(i, i + 1, start, start + len(stem), "place", 0.85)
        return None


def locative(word: str, name: str) -> bool:
    """Whether what follows a name within a word is a particle of place or a type word: 서울에서, 수원시.

    >>> locative("서울에서", "서울"), locative("서울이", "서울")
    (True, False)
    """
    rest = word[len(name) :]
    return rest in _particles("locative") or rest[:1] in _around()["unlisted_place"]


def typed(word: str, name: str) -> bool:
    """Whether a type word follows a name within a word: 경기도.

    >>> typed("경기도의", "경기"), typed("경기에서", "경기")
    (True, False)
    """
    rest = word[len(name) :]
    return rest[:1] in _around()["unlisted_place"] or rest.startswith(_AREAS)


def without_type(word: str) -> str:
    """A place's name before the type word and particle written onto it, empty where there is none.

    >>> without_type("캘리포니아주의"), without_type("서울")
    ('캘리포니아', '')
    """
    found = (stem[: -len(t)] for stem, _ in stems(word) for t in (*_AREAS, *_TYPES) if stem.endswith(t))
    return next((name for name in found if len(name) > 1), "")


def _unknown(word: str) -> bool:
    if len(word) < 2 or not _HANGUL.fullmatch(word) or is_word(word, "ko"):
        return False
    if any(word.endswith(org) for org in _around()["org"] if len(org) > 1):
        return False
    return not any(is_word(stem, "ko") for stem, _ in stems(word)[1:])


def _is_title(word: str) -> bool:
    titles = _around()["title"]
    return word in titles or any(s in titles for s, _ in stems(word)) or (word[:1] == "씨" and len(word) < 4)


def _former_title(tokens: Sequence[Token], i: int) -> bool:
    after = tokens[i + 1] if i + 1 < len(tokens) else None
    return tokens[i].text in _FORMER and after is not None and after.gap == " " and _is_title(after.text)


def _belief(points: float) -> float:
    return min(0.95, 0.7 + 0.08 * points)
