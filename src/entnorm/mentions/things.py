"""Things named after people and places: Hurricane Katrina, Lyme disease, der Bologna-Prozess, το βραβείο Όσκαρ.

``tables/things.tsv`` says which words make a thing of the name beside them, and where they stand. The name is no
mention then: nobody called Katrina is meant, and no town of Lyme.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from entnorm.mentions.lexicon import CAPITAL_NOUNS
from entnorm.mentions.tokens import Token, is_unspaced
from entnorm.mentions.words import rows
from entnorm.text.fold import fold

#: Names of so many capitalised words at most stand before or after a word of the table.
_LONGEST = 3
#: Words this short may be abbreviations: ul. Kopernika.
_ABBREVIATION = 4
#: Letters that an adjective, or what people of a place are called, has before its ending.
_STEM = 3
#: Words whose rules are kept.
_MOST_KNOWN = 1 << 14
_QUOTES = "«»„“”‟\"'‘’‚‹›"
_PLAIN = " -‐‑\u00a0"
#: Classes of the table that are no rules about the words beside.
_OTHER = frozenset({"people", "adjective", "possessive", "sport", "award"})
_APOSTROPHE = re.compile("['’]")
#: What introduces a name with a word that otherwise makes a thing of it: человек по имени, завод имени.
_BY_NAME = frozenset({("по", "имени"), ("на", "імя"), ("па", "імя"), ("па", "імені"), ("на", "імені")})
_NAMES = frozenset(name for _, name in _BY_NAME)
_POSSESSIVE = frozenset({"'s", "’s"})


class Thing(NamedTuple):
    """Words ``first:last`` that name a thing; names of a ``kind`` in them are none, of both kinds if it is empty."""

    first: int
    last: int
    kind: str = ""


class _Rule(NamedTuple):
    """Where a name stands beside a word: ``before`` it, ``after`` it, behind ``of``; with a possessive ``s``."""

    places: frozenset[str]
    kind: str
    capital: bool


@lru_cache(maxsize=1)
def _lines() -> dict[str, list[list[str]]]:
    table: dict[str, list[list[str]]] = {}
    for lang, *rest in rows("things.tsv"):
        for code in lang.split(","):
            table.setdefault(code, []).append(rest)
    return table


@lru_cache(maxsize=64)
def _rules(lang: str) -> tuple[dict[str, list[_Rule]], dict[str, list[_Rule]], frozenset[str]]:
    """Words, endings of compounds, and words that mean "of" in a language."""
    words: dict[str, list[_Rule]] = {}
    endings: dict[str, list[_Rule]] = {}
    links: set[str] = set()
    for where, kind, forms in _lines().get(lang, ()):
        if where in _OTHER:
            continue
        if where == "link":
            links.update(fold(f) for f in forms.split("|"))
            continue
        for form in forms.split("|"):
            capital = form[0].isupper() and lang not in CAPITAL_NOUNS
            rule = _Rule(frozenset(where.split("+")), "" if kind == "any" else kind, capital)
            table = endings if form.startswith("*") else words
            table.setdefault(fold(form.removeprefix("*")), []).append(rule)
    return words, endings, frozenset(links)


@lru_cache(maxsize=128)
def _forms(lang: str, class_: str) -> tuple[str, ...]:
    return tuple(f for where, _, forms in _lines().get(lang, ()) if where == class_ for f in forms.split("|"))


def _ends(word: str, lang: str | None, class_: str) -> bool:
    lower = word.lower()
    endings = _forms(lang, class_) if lang else ()
    return any(lower.endswith(e) and len(lower) - len(e) >= _STEM for e in endings)


def is_people(word: str, lang: str | None) -> bool:
    """Whether a word ends like the plural name of the people of a place.

    >>> is_people("Ljubljančani", "sl"), is_people("Ljubljana", "sl")
    (True, False)
    """
    return _ends(word, lang, "people")


def is_adjective(word: str, lang: str | None) -> bool:
    """Whether a word ends like an adjective that is made of the name of a place.

    >>> is_adjective("Мінські", "uk"), is_adjective("Мінськ", "uk")
    (True, False)
    """
    return _ends(word, lang, "adjective")


def _is_made_of_name(word: str, lang: str) -> bool:
    """Whether a word is an adjective or possessive, as languages with cases put before the thing."""
    return is_adjective(word, lang) or _ends(word, lang, "possessive")


def speaks_of(subject: str, word: str, lang: str | None) -> bool:
    """Whether a word is one of a ``subject``: ``sport`` (goal, coach, beat) or ``award`` (film, jury, won).

    >>> speaks_of("sport", "Overtime", "en"), speaks_of("sport", "Mayor", "en")
    (True, False)
    """
    return lang is not None and fold(word) in _subject(subject, lang)


@lru_cache(maxsize=128)
def _subject(subject: str, lang: str) -> frozenset[str]:
    return frozenset(fold(f) for f in _forms(lang, subject))


def _rules_of(word: str, lang: str) -> tuple[_Rule, ...]:
    """The rules that a word brings, those of its ending if it has none of its own."""
    words, endings, _ = _rules(lang)
    bare = _APOSTROPHE.split(word)[-1]  # l'ouragan
    folded = fold(word)
    found = words.get(folded) or words.get(folded if bare == word else fold(bare))
    if found is None and endings:
        found = next((endings[folded[i:]] for i in range(1, len(folded) - 2) if folded[i:] in endings), None)
    return tuple(dict.fromkeys(r for r in found or () if bare[:1].isupper() or not r.capital))


class _Known(dict[str, tuple[_Rule, ...]]):
    """The rules of the words met in a language: every word of every text is asked for."""

    def __init__(self, lang: str) -> None:
        self._lang = lang

    def __missing__(self, word: str) -> tuple[_Rule, ...]:
        if len(self) >= _MOST_KNOWN:
            self.clear()
        found = self[word] = _rules_of(word, self._lang)
        return found


@lru_cache(maxsize=64)
def _known(lang: str) -> _Known:
    return _Known(lang)


def things(tokens: Sequence[Token], lang: str | None) -> list[Thing]:
    """The things in a text that a word beside a name of a person or place makes one, in order.

    >>> from entnorm.mentions.tokens import tokenize
    >>> things(tokenize("Ticks can carry Lyme disease."), "en")
    [Thing(first=3, last=5, kind='')]
    """
    if lang is None or lang not in _lines():
        return []
    found: list[Thing] = []
    known = _known(lang)
    for i, rules in enumerate([known[t.text] for t in tokens]):
        if rules and not is_unspaced(tokens[i]) and not _introduces(tokens, i):
            for rule in rules:
                found.extend(_beside(tokens, i, rule, lang))
    return found


def _introduces(tokens: Sequence[Token], i: int) -> bool:
    word = fold(tokens[i].text)
    return i > 0 and word in _NAMES and (fold(tokens[i - 1].text), word) in _BY_NAME


def _beside(tokens: Sequence[Token], i: int, rule: _Rule, lang: str) -> Iterator[Thing]:
    """The things that word ``i`` makes of the names beside it."""
    if rule.places & {"before", "of", "quoted"} and tokens[i].gap != "-":
        last = _name_after(tokens, i, rule, lang)
        if last > i + 1:
            yield Thing(i, last, rule.kind)
    if rule.places & {"after", "s"} and i:
        first = _name_before(tokens, i, rule, lang)
        if first < i:
            yield Thing(first, i + 1, rule.kind)


def _name_after(tokens: Sequence[Token], i: int, rule: _Rule, lang: str) -> int:
    """End of the capitalised words after word ``i``, behind a word for "of" if that may stand there."""
    links = _rules(lang)[2]
    at = i + 1
    while "of" in rule.places and at < len(tokens) and at - i < 3 and fold(tokens[at].text) in links:
        if tokens[at].gap.strip(_PLAIN):
            return i
        at += 1
    if at >= len(tokens) or not tokens[at].capital or not _may_follow(tokens, i, at, rule):
        return i
    last = at + 1
    while last < len(tokens) and last - at < _LONGEST and _goes_on(tokens[last]):
        last += 1
    return last


def _may_follow(tokens: Sequence[Token], i: int, at: int, rule: _Rule) -> bool:
    """Whether the gap before word ``at`` lets it be the name that belongs to word ``i``."""
    gap = tokens[at].gap
    if at == i + 1 and len(tokens[i].text) <= _ABBREVIATION and gap == ". ":
        return "before" in rule.places
    if not gap or gap.strip(_PLAIN + _QUOTES):
        return False
    quoted = bool(gap.strip(_PLAIN))
    return at > i + 1 or "before" in rule.places or (quoted and "quoted" in rule.places)


def _goes_on(token: Token) -> bool:
    return token.capital and not token.gap.strip("-\u00a0 ")


def _name_before(tokens: Sequence[Token], i: int, rule: _Rule, lang: str) -> int:
    """Start of the name that word ``i`` follows: one word and those joined to it by hyphens, more for a person."""
    if tokens[i].gap.strip(_PLAIN + _QUOTES) or not tokens[i].gap:
        return i
    first = i - 1
    if tokens[first].text in _POSSESSIVE and first:
        if "s" not in rule.places:
            return i
        first -= 1
    elif "after" not in rule.places:
        return i
    if not tokens[first].capital or is_unspaced(tokens[first]):
        return i
    if tokens[i].gap == " " and _forms(lang, "adjective") and not _is_made_of_name(tokens[first].text, lang):
        return i
    while first and tokens[first].gap in ("-", "–") and tokens[first - 1].capital:
        if rule.kind == "place":
            return i  # a treaty between two places: the Lebanon-Syria Treaty
        first -= 1
    while rule.kind == "person" and first and i - first < _LONGEST and tokens[first].gap in (" ", ". "):
        if not tokens[first - 1].capital:
            break
        first -= 1
    return first
