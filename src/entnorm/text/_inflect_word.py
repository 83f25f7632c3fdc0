"""Declining one word, and undoing its ending, with the compiled rule tables."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from entnorm.text._inflect_rules import Entry, Rule, Table, settings, table, table_name, union

_APOSTROPHES = str.maketrans({"’": "'", "ʼ": "'", "‘": "'", "`": "'", "´": "'", "İ": "i"})
_ODD_FINAL = 0.3
#: What speaks for endings in both pieces of a hyphenated word, where only the last could have one.
_BOTH_PIECES = 0.2
_DOTLESS = str.maketrans({"I": "ı"})


class Form(NamedTuple):
    """An inflected form of a name: its text, its case (``gen``, ``dat``, ...) and the rule that made it."""

    text: str
    case: str
    rule: str


class Undo(NamedTuple):
    """A proposed nominative. ``cost`` orders proposals, lower is likelier; it is not a probability."""

    base: str
    rule: str
    case: str
    lang: str
    cost: float


def languages() -> tuple[str, ...]:
    """Languages with a rule table.

    >>> "uk" in languages(), "zh" in languages()
    (True, False)
    """
    return tuple(settings()["language"])


def forms(name: str, lang: str, *, part: str = "family", gender: str | None = None) -> tuple[Form, ...]:
    """Case forms of a one-word name that differ from the name itself; empty for an indeclinable one.

    ``part`` is ``given``, ``family``, ``place`` or ``adj`` (the attribute in a place name); ``gender`` is
    ``m`` or ``f``, and with None both are tried. Source of the classes: the table of the language.

    >>> [f.text for f in forms("Зеленський", "uk", part="family", gender="m")][:3]
    ['Зеленського', 'Зеленському', 'Зеленського']
    >>> forms("Шойгу", "ru", part="family", gender="m")
    ()
    """
    found: dict[tuple[str, str], Form] = {}
    for choice in (gender,) if gender or part in ("place", "adj") else ("m", "f"):
        rule, cases = paradigm(name, lang, part, choice)
        for case, texts in cases.items():
            for text in texts:
                if text != name:
                    found.setdefault((text, case), Form(text, case, rule))
    return tuple(found.values())


def paradigm(name: str, lang: str, part: str, gender: str | None) -> tuple[str, dict[str, tuple[str, ...]]]:
    """Rule and all case forms of a word, those equal to the nominative included; ("", {}) when no rule fits.

    A hyphenated word declines in each piece that can, or only in its first when small words follow
    (Rostov-na-Donu). Parameters are those of :func:`forms`.

    >>> paradigm("Kijów", "pl", "place", None)[1]["loc"]
    ('Kijowie',)
    >>> paradigm("Kosiniak-Kamysz", "pl", "family", "m")[1]["ins"]
    ('Kosiniakiem-Kamyszem',)
    """
    name = unicodedata.normalize("NFC", name)
    key = table_name(lang, _script(name))
    if key is None or len(name) < 2:
        return "", {}
    rules = table(key)
    head, dash, tail = name.partition("-")
    if dash and rules.agreement == "all" and len(head) > 1:
        if tail[:1].islower():
            rule, cases = _simple(head, rules, part, gender)
            return rule, {case: tuple(text + dash + tail for text in texts) for case, texts in cases.items()}
        rule, cases = paradigm(tail, lang, part, gender)
        first = {} if part == "given" else _simple(head, rules, part, gender)[1]
        return rule, {
            case: tuple(f"{start}-{end}" for start in first.get(case, (head,))[:2] for end in ends)
            for case, ends in cases.items()
        }
    return _simple(name, rules, part, gender)


def _simple(name: str, rules: Table, part: str, gender: str | None) -> tuple[str, dict[str, tuple[str, ...]]]:
    lower = _lower(name, rules.lang)
    rule, cut = _class_of(lower, rules, part, gender)
    if rule is None:
        return "", {}
    stem = name[: len(name) - cut]
    last = lower[len(stem) - 1 : len(stem)]
    shout = _shouts(name)
    return rule.rule, {
        case: tuple(_attach(stem, ending.replace("*", last), shout) for ending in endings)
        for case, endings in rule.cells
    }


def agreement(lang: str, script: str) -> str | None:
    """Which words of a name decline in a language: ``all`` in agreement, or the ``last``; None without rules.

    >>> agreement("pl", "Latn"), agreement("de", "Latn"), agreement("zh", "Hani")
    ('all', 'last', None)
    """
    name = table_name(lang, script)
    return None if name is None else table(name).agreement


def undo(
    token: str, lang: str | None = None, *, script: str | None = None, max_candidates: int = 12
) -> tuple[Undo, ...]:
    """Nominatives that one inflected word may come from, the likeliest first; never the word itself.

    Without ``lang`` every language of the script is tried. ``script`` is an ISO 15924 code, found from the
    letters when it is not given. Languages without rules give an empty answer.

    >>> undo("Зеленського", "uk")[0].base, undo("Ankara'da", "tr")[0].base, undo("Kijowie", "pl")[0].base
    ('Зеленський', 'Ankara', 'Kijów')
    """
    if not unicodedata.is_normalized("NFC", token):
        token = unicodedata.normalize("NFC", token)
    rules = _table_for(lang, script or _script(token))
    if rules is None or len(token) < 3:
        return ()
    result = _read_back(token, rules, max_candidates)
    if "-" in token and rules.agreement == "all":
        result = sorted(_undo_pieces(token, rules) + result, key=lambda u: u.cost)[:max_candidates]
    return tuple(result)


def agrees(form: str, base: str, lang: str | None = None) -> str | None:
    """Rule by which ``form`` is an inflected form of ``base``, or None.

    Names of several words are compared word by word.

    >>> agrees("Зеленським", "Зеленський", "uk"), agrees("Зеленським", "Залужний", "uk")
    ('uk-adj', None)
    >>> agrees("Андрія Єрмака", "Андрій Єрмак", "uk")
    'uk-m-ij+uk-m-cons'
    """
    if form == base or len(form) < 3:
        return None
    if " " in form:
        pairs = list(zip(form.split(), base.split(), strict=False))
        rules = [agrees(a, b, lang) for a, b in pairs if a != b]
        matched = len(form.split()) == len(base.split()) and all(rules)
        return "+".join(filter(None, rules)) if matched else None
    for candidate in undo(form, lang, max_candidates=60):
        if candidate.base == base:
            return candidate.rule
    if lang is not None:
        for part in ("family", "given", "place", "adj"):
            for made in forms(base, lang, part=part):
                if made.text == form:
                    return made.rule
    return None


def _undo_pieces(token: str, rules: Table) -> list[Undo]:
    """Nominatives of a hyphenated word whose first piece carries an ending as well."""
    head, _, tail = token.partition("-")
    if len(head) < 3 or not tail:
        return []
    starts = _read_back(head, rules, 8)
    if tail[:1].islower():
        return [u._replace(base=f"{u.base}-{tail}", cost=u.cost - _BOTH_PIECES) for u in starts[:6]]
    found = [
        Undo(f"{u.base}-{v.base}", v.rule, v.case, v.lang, (u.cost + v.cost) / 2 - _BOTH_PIECES)
        for u in starts for v in _read_back(tail, rules, 8) if u.case == v.case
    ]  # fmt: skip
    return sorted(found, key=lambda u: u.cost)[:8]


def _read_back(token: str, rules: Table, limit: int) -> list[Undo]:
    """Proposals of a compiled table for an NFC token, each nominative once."""
    seen = {token}
    result: list[Undo] = []
    for base, entry in readings(token, rules):
        if base not in seen:
            seen.add(base)
            result.append(Undo(base, entry[4], entry[5], entry[6], entry[0]))
            if len(result) == limit:
                break
    return result


def readings(token: str, rules: Table) -> Iterator[tuple[str, Entry]]:
    """Nominatives of an NFC token with the entry behind each, by ascending cost, repetitions included."""
    lower = _lower(token, rules.lang)
    size = len(lower)
    found: list[Entry] = list(rules.words.get(lower, ()))
    suffixes = rules.suffixes
    for length in range(min(rules.longest, size), 0, -1):
        entries = suffixes.get(lower[-length:])
        if entries:
            before = lower[-length - 1] if length < size else " "
            found += [entry for entry in entries if not entry[3] or before in entry[3]]
    found += [entry for entry in suffixes.get("", ()) if lower[-1] in entry[3]]
    odd = [cut for cut in range(min(5, size - 1)) if lower[size - cut - 2 : size - cut] in rules.odd]
    if odd:
        found = [
            entry._replace(cost=entry[0] + _ODD_FINAL) if not entry[2] and entry[1] in odd else entry for entry in found
        ]
    if rules.apostrophe is not None and "'" in lower:
        found = list(_across_apostrophe(token, lower, found, rules.apostrophe))
    found.sort()
    shout = _shouts(token)
    for entry in found:
        keep = size - entry[1]
        base = token[:keep] + (entry[2].upper() if shout else entry[2])
        if len(base) > 1 and (keep > 1 or (keep and len(base) > 2)):
            yield base, entry


def _across_apostrophe(token: str, lower: str, found: list[Entry], whole: Entry) -> Iterator[Entry]:
    """Entries that leave no bare ending behind an apostrophe, and the one that drops all from it on."""
    size = len(lower)
    mark = lower.rindex("'")
    for entry in found:
        if not mark < size - entry.cut <= mark + 3:
            yield entry
    if mark > 1 and size - mark < 7 and (token[mark + 1 :].islower() or _shouts(token)):
        yield whole._replace(cut=size - mark)


def _class_of(lower: str, rules: Table, part: str, gender: str | None) -> tuple[Rule | None, int]:
    for rule in rules.rules:
        if part not in rule.parts and ("any" not in rule.parts or part == "adj"):
            continue
        if gender and rule.gender not in ("-", gender) and part != "place":
            continue
        cut = rule.replaced(lower)
        if cut >= 0 and len(lower) - cut > 0:
            return rule, cut
    return None, 0


def _table_for(lang: str | None, script: str) -> Table | None:
    if lang is None:
        return union(script) if script in settings()["scripts"] else None
    key = table_name(lang, script)
    return None if key is None else table(key)


def _lower(text: str, lang: str) -> str:
    """Lower case without a change of length, apostrophes made alike."""
    text = text.translate(_APOSTROPHES)
    return (text.translate(_DOTLESS) if lang in ("tr", "az") else text).lower()


def _shouts(name: str) -> bool:
    return len(name) > 3 and name.isupper()


def _attach(stem: str, ending: str, shout: bool) -> str:
    return stem + (ending.upper() if shout else ending)


@lru_cache(maxsize=1024)
def _script_of_letter(letter: str) -> str:
    name = unicodedata.name(letter, "")
    for prefix, code in (("LATIN", "Latn"), ("CYRILLIC", "Cyrl"), ("GREEK", "Grek")):
        if name.startswith(prefix):
            return code
    return "Zyyy"


def _script(text: str) -> str:
    """Script of the first letter, which is enough for one word."""
    for letter in text:
        if letter.isalpha():
            return _script_of_letter(letter)
    return "Zyyy"
