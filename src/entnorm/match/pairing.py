"""Pairing the words of two people's names: which word stands for which, and by what rule.

A rule says why two words are taken for one (or, where they only stand at the same place, how they differ):

``same``        spelled the same, marks and script apart
``initial``     a letter for the word
``name``        forms of one name, by the name groups (Sergei, Сергій)
``related``     names of one origin (Johannes, Giovanni)
``nickname``    a name and its short form
``abbreviated`` a name and its consonants (Md. for Mohammed, Wm. for William)
``inflected``   one is a case form of the other
``feminine``    a surname as men and as women bear it (Ivanov, Ivanova)
``heard``       one is the other in Latin letters, by the learned channel
``sound``       spelled apart, sounding alike
``apart``       alike, but listed as two different names
``alike``       alike to some degree, and nothing is known of them
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import attrgetter
from typing import NamedTuple

from rapidfuzz.distance import OSA, Levenshtein

from entnorm.gazetteer.names import NameLexicon
from entnorm.match.align import RELATED, Link, align, word_similarity
from entnorm.text import translit_model
from entnorm.text.inflect import agrees
from entnorm.text.keys import skeletons
from entnorm.text.personname import (
    NameWord,
    PersonName,
    feminine_of,
    parse_name,
    patronymic_stem,
    split_family,
    woman_named_as,
)
from entnorm.text.syllables import syllables

_BY_CHARACTER = frozenset({"Hani", "Jpan", "Hang"})
_similarity = attrgetter("similarity")
_VOWELS = frozenset("aeiouy")
_VOWEL_RUN = re.compile("([aeiouy])[aeiouyw]*")
_OTHER_VOWELS = frozenset({"ai", "ia", "ao", "oa", "au", "ua", "eo", "oe", "eu", "ue", "io", "oi", "iu", "ui"})
_SYLLABLES = frozenset({"Hani", "Hang"})
#: Scripts whose romanization says too little for the channel to be spared.
UNCLEAR = frozenset({"Hani", "Jpan", "Hang", "Arab", "Hebr"})
#: Romanizations less alike than this are of two words, whatever the channel would say.
_HOPELESS = 0.3
#: Words one letter apart are linked, however short: one of them may be a slip.
_ONE_EDIT = 0.7
#: Words less alike than this are never linked, so that it does not matter whether they are listed.
_HALF = 0.5
#: Two romanizations of the same Chinese or Korean syllables.
_ONE_SOUND = 0.93


#: Rules that only say how far two words are alike: their differing letters count.
_UNKNOWN = frozenset({"sound", "alike", "apart", "heard"})
_RULES = (
    "same",
    "initial",
    "name",
    "related",
    "nickname",
    "abbreviated",
    "inflected",
    "feminine",
    "heard",
    "sound",
    "apart",
    "alike",
)
_EDITS = ("edits_1", "edits_2", "edits_3", "edits_more")
#: Features of single links, in order: the rule, and how far unknown words differ.
LINKED = (*_RULES, *_EDITS, "short", "both_listed", "one_listed", "initial_sound", "vowels", "genders")
_AT = {name: i for i, name in enumerate(LINKED)}


class WordPair(NamedTuple):
    """How two words compare.

    ``similarity`` is 0..1, ``rule`` one of those above, ``edits`` the letters that differ, ``heard`` the learned
    channel's view (``None`` within a script or where it has none), ``listed`` how many of the two the lexicon knows,
    ``genders`` whether it knows one as a man's name and the other as a woman's. ``weight`` is how much the words tell
    people apart, 0..1, ``traits`` the places in :data:`LINKED` of what holds of them.
    """

    similarity: float
    rule: str
    edits: int = 0
    heard: float | None = None
    listed: int = 0
    genders: bool = False
    weight: float = 1.0
    traits: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Pairing:
    """Two parsed names, the links between their words with how each pair compares, and the words left over."""

    a: PersonName
    b: PersonName
    links: tuple[Link, ...]
    words: tuple[WordPair, ...]
    left_a: tuple[NameWord, ...]
    left_b: tuple[NameWord, ...]
    clash: WordPair | None


class Pairer:
    """Pairs words of names. ``lexicon`` is the compiled name knowledge; without it spelling and sound decide.

    ``hears`` is whether the learned channel is asked about words of two scripts.
    """

    def __init__(self, lexicon: NameLexicon | None = None, *, hears: bool = True) -> None:
        self.lexicon, self.hears = lexicon, hears
        self.word = lru_cache(maxsize=1 << 16)(self._pair_of_words)
        self._listed = lru_cache(maxsize=1 << 15)(self._is_listed)

    def pair(self, a: str, b: str) -> Pairing:
        """Align the words of two names."""
        one, two = parse_name(a), parse_name(b)
        if one.keys != two.keys or one.script != two.script:
            one, two = _respaced(one, two)
        cells = [[self.word(x, y) for y in two.words] for x in one.words]
        links = align(range(len(one.words)), range(len(two.words)), lambda i, j: cells[i][j].similarity)
        clash, left_a, left_b = None, one.words[:0], two.words[:0]
        if len(links) < len(one.words) or len(links) < len(two.words):
            rest_a = _left(len(one.words), {x.a for x in links})
            rest_b = _left(len(two.words), {x.b for x in links})
            left_a, left_b = tuple([one.words[i] for i in rest_a]), tuple([two.words[j] for j in rest_b])
            if rest_a and rest_b:
                clash = self._clash(left_a, left_b, [cells[i][j] for i in rest_a for j in rest_b])
        return Pairing(one, two, tuple(links), tuple([cells[x.a][x.b] for x in links]), left_a, left_b, clash)

    def _clash(self, a: tuple[NameWord, ...], b: tuple[NameWord, ...], cells: list[WordPair]) -> WordPair:
        """How the words left over on both sides compare: the best two of them, or all of them written together."""
        best = max(cells, key=_similarity)
        if len(cells) == 1:
            return best
        together = self.word(_together(a), _together(b))
        return best._replace(similarity=max(best.similarity, together.similarity))

    def given(self, words: Sequence[NameWord]) -> bool:
        """Whether all words are listed as given names, and one of them not as a family name as well."""
        roles = {self.lexicon.roles(w.text).role for w in words} if self.lexicon is not None else set()
        return "given" in roles and roles <= {"given", "both"}

    def _pair_of_words(self, a: NameWord, b: NameWord) -> WordPair:
        pair = self._word(a, b)
        return pair._replace(weight=max(word_weight(a), word_weight(b)), traits=_traits(pair, a, b))

    def _word(self, a: NameWord, b: NameWord) -> WordPair:
        """How two words of two names compare, with name knowledge."""
        same_script = a.script == b.script
        if same_script and a.script in _BY_CHARACTER:
            value = 1.0 if a.text == b.text else 0.9 * Levenshtein.normalized_similarity(a.text, b.text)
            return WordPair(value, "same" if value == 1.0 else "alike", OSA.distance(a.text, b.text))
        plain = word_similarity(a.key, b.key)
        if plain == 1.0:
            return WordPair(plain, "same")
        if "initial" in (a.kind, b.kind):
            return WordPair(plain, "initial")
        stems = patronymic_stem(a.key), patronymic_stem(b.key)
        if stems[0] and stems[1]:
            plain = word_similarity(*stems)  # the ending of all fathers' names says nothing
        edits = OSA.distance(a.key, b.key)
        heard = None if same_script or not self.hears else _heard(a, b, plain)
        genders = self._genders(a, b)
        found = self._known(a, b, plain, genders)
        if found:
            rule, value = found
            return WordPair(max(plain, value, heard or 0.0), rule, edits, heard, 2)
        listed = self._listed(a.text) + self._listed(b.text) if plain >= _HALF or heard else 0
        if heard is not None:
            best = max(plain, heard)
            return WordPair(best, "heard" if heard > 0.5 else "alike", edits, heard, listed)
        if edits == 1 and min(len(a.key), len(b.key)) > 2:
            plain = max(plain, _ONE_EDIT)
        if listed < 2 and (code := syllables(a.key)) and code == syllables(b.key):
            return WordPair(max(plain, _ONE_SOUND), "sound", edits, heard, listed)
        rule = "sound" if not set(skeletons(a.key)).isdisjoint(skeletons(b.key)) else "alike"
        if edits == 1 and len(a.key) == len(b.key) and sorted(a.key) == sorted(b.key):
            listed = 0  # two letters changed places: a slip, whatever is listed
        elif genders or (listed == 2 and same_script and rule == "alike"):
            rule = "apart"
        return WordPair(plain, rule, edits, heard, listed, genders)

    def _known(self, a: NameWord, b: NameWord, plain: float, genders: bool) -> tuple[str, float] | None:
        """The rule by which two differently spelled words are known to be one, and how alike that makes them.

        A man's name and a woman's are related at most (Carlo, Carla), and that does not make them one.
        """
        if plain > 0.5 and (feminine_of(a.key, b.key) or feminine_of(b.key, a.key)) and not genders:
            return "feminine", 0.94
        relation = self.lexicon.relation(a.text, b.text) if self.lexicon is not None and plain > 0.2 else None
        if relation is not None and not (genders and relation == "related"):
            return ("name" if relation == "same" else relation), RELATED[relation]
        if _abbreviates(a.key, b.key) or _abbreviates(b.key, a.key):
            return "abbreviated", 0.8
        if (
            plain > 0.5
            and a.script == b.script != "Latn"
            and (agrees(a.text, b.text, None) or agrees(b.text, a.text, None))
        ):
            return "inflected", 0.96
        return None

    def _is_listed(self, word: str) -> int:
        return int(self.lexicon is not None and len(self.lexicon.groups(word)) > 0)

    def _genders(self, a: NameWord, b: NameWord) -> bool:
        """Whether one is a man's name and the other a woman's: as listed, or by their endings (Daniel, Danielle)."""
        if self.lexicon is None:
            return False
        one, two = self.lexicon.roles(a.text), self.lexicon.roles(b.text)
        if "family" not in (one.role, two.role) and {one.gender, two.gender} == {"m", "f"}:
            return True
        for woman, man, listed in ((a, b, one), (b, a, two)):
            if listed.role == "given" and listed.gender != "m" and woman_named_as(woman.key, man.key):
                return self._listed(man.text) > 0
        return False


@lru_cache(maxsize=1 << 14)
def word_weight(word: NameWord) -> float:
    """How much a word tells people apart, 0..1."""
    if word.kind == "particle":
        return 0.1
    if word.kind == "initial":
        return 0.35
    return 0.7 if patronymic_stem(word.key) else 1.0


def _traits(pair: WordPair, a: NameWord, b: NameWord) -> tuple[int, ...]:
    """Places in :data:`LINKED` of the features that hold of two words, if they are linked."""
    if "particle" in (a.kind, b.kind):
        return ()
    held = [pair.rule]
    if pair.rule in _UNKNOWN and pair.heard is None:
        held.append(_EDITS[min(pair.edits, 4) - 1] if pair.edits else "same")
        if min(len(a.key), len(b.key)) <= 4:
            held.append("short")
        if pair.listed == 2:
            held.append("both_listed")
        elif pair.listed == 1:
            held.append("one_listed")
        if a.key[0] != b.key[0] and pair.rule != "sound":
            held.append("initial_sound")
        if pair.rule == "sound" and other_vowels(a.key, b.key):
            held.append("vowels")
    if pair.genders:
        held.append("genders")
    return tuple(_AT[name] for name in held)


def _left(size: int, linked: set[int]) -> list[int]:
    return [i for i in range(size) if i not in linked]


def _together(words: tuple[NameWord, ...]) -> NameWord:
    return NameWord("".join([w.text for w in words]), "".join([w.key for w in words]), "name", words[0].script)


def _respaced(one: PersonName, two: PersonName) -> tuple[PersonName, PersonName]:
    """Two names cut into words alike, as far as that makes words of the one words of the other."""
    if one.script in _SYLLABLES or two.script in _SYLLABLES:
        one, two = _family_cut(one, two), _family_cut(two, one)
    if missing := two.keys - one.keys:
        one = _joined_like(one, two, missing)
    if missing := one.keys - two.keys:
        two = _joined_like(two, one, missing)
    if one.script != two.script:
        one, two = _syllables_joined(one, two), _syllables_joined(two, one)
    return one, two


def _family_cut(name: PersonName, other: PersonName) -> PersonName:
    return split_family(name) if len(other.words) > 1 or other.script == name.script else name


def _joined_like(name: PersonName, other: PersonName, missing: frozenset[str]) -> PersonName:
    """The name with words joined or initials parted where that gives a word, or words, ``missing`` from it."""
    words = list(name.words)
    for i in range(len(words) - 1, 0, -1):
        one, two = words[i - 1], words[i]
        both = one.key + two.key
        parts_known = one.key in other.keys or two.key in other.keys
        if both in missing or (one.kind == "name" and not parts_known and _nearly(both, missing)):
            words[i - 1 : i + 1] = [one._replace(text=one.text + two.text, key=both, kind="name")]
            break
    if len(other.words) > 2:
        words = _initials_parted(words, other)
    return name if len(words) == len(name.words) else name.with_words(tuple(words))


def _initials_parted(words: list[NameWord], other: PersonName) -> list[NameWord]:
    """JD Vance as J D Vance, where the other is a James David Vance."""
    for i, word in enumerate(words):
        if 2 <= len(word.key) <= 3 and word.text.isupper() and word.key not in other.keys:
            firsts = "".join([w.key[0] for w in other.words])
            if word.key in firsts and len(other.words) > len(word.key):
                return [*words[:i], *(NameWord(c, c, "initial", word.script) for c in word.key), *words[i + 1 :]]
    return words


def _syllables_joined(name: PersonName, other: PersonName) -> PersonName:
    """A Latin name of three words with the given name in one, where the other is a Korean or Chinese name."""
    if len(name.words) != 3 or len(other.words) != 2 or name.script == other.script or other.script not in _SYLLABLES:
        return name
    one, two, three = name.words
    family = other.words[0].key
    if word_similarity(one.key, family) >= word_similarity(three.key, family):
        words = (one, NameWord(two.text + three.text, two.key + three.key, "name", name.script))
    else:
        words = (NameWord(one.text + two.text, one.key + two.key, "name", name.script), three)
    return name.with_words(words)


def _nearly(word: str, others: frozenset[str]) -> bool:
    """Whether a word is one of the others but for a letter or for how its sounds are written."""
    size = len(word)
    if size > 4:
        for other in others:
            if -2 < len(other) - size < 2 and (OSA.distance(word, other) < 2 or word_similarity(word, other) >= 0.88):
                return True
            if (code := syllables(word)) and code == syllables(other):
                return True
    return False


def _abbreviates(short: str, word: str) -> bool:
    """Whether a word of two or three consonants is what is left of a longer one: Md, Wm, Chr."""
    if not 1 < len(short) < 4 or len(word) < len(short) + 2 or short[0] != word[0] or not _VOWELS.isdisjoint(short):
        return False
    letters = iter(word)
    return all(c in letters for c in short)


def other_vowels(a: str, b: str) -> bool:
    """Whether two words of the same consonants have vowels that no transcription puts for one another.

    >>> other_vowels("marko", "mirko"), other_vowels("mohamed", "muhammad"), other_vowels("aleksei", "alexey")
    (True, False, False)
    """
    one, two = _VOWEL_RUN.findall(a), _VOWEL_RUN.findall(b)
    return len(one) == len(two) and any(x + y in _OTHER_VOWELS for x, y in zip(one, two, strict=True))


def _heard(a: NameWord, b: NameWord, plain: float) -> float | None:
    """Plausibility of two words of different scripts by the learned channel, 0..1; ``None`` where it cannot tell."""
    source, latin = (a, b) if b.script == "Latn" else (b, a)
    if latin.script != "Latn":
        return None
    if plain < _HOPELESS and source.script not in UNCLEAR:
        return 0.0
    value = plausibility(source.text, latin.key)
    return None if math.isnan(value) else value


@lru_cache(maxsize=1 << 15)
def plausibility(source: str, latin: str) -> float:
    """:func:`entnorm.text.translit_model.plausibility`, remembered."""
    return translit_model.plausibility(source, latin)
