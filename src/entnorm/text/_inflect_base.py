"""The nominative of a whole name: its words undone together, in one case and gender, weighed by outside evidence."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from entnorm.text._inflect_rules import longest_suffix, settings
from entnorm.text._inflect_word import _lower, _script, _table_for, paradigm, readings

#: What the ending itself says: costs of undoing are around this where nothing else speaks for or against it.
_USUAL = 0.6
#: A word that stays as it is although its own declension would change it in this case, or may; and one without any.
_WOULD_CHANGE, _MAY_STAY, _NO_CLASS = 0.9, 0.4, 0.25
#: Women are named less often in the news than men, plural and neuter places less often than others.
_GENDER = {"f": 0.1, "n": 0.1, "p": 0.25}
#: A declension of family names for another word than the last, or of given names for the last.
_OTHER_PART = 0.4
#: An ending this rare is none of a nominative, unless evidence as strong as this says so.
_NEVER, _STRONG = 0.5, -1.0
#: A man whose family name only women bear (Nováková).
_WOMANS_NAME = 0.6
#: For each further word that has an ending of the same case.
_AGREES = -0.3
_MOST = 24
_PARTS = {"person": frozenset({"given", "family", "any", "poss"}), "place": frozenset({"place", "adj", "any"})}
_GENDERS = {"person": ("m", "f"), "place": ("m", "f", "n", "p")}

#: Cost of a nominative behind a word that governs another case, and of a case that it does not govern.
_NOT_GOVERNED = 1.2

#: What else is known about a word of a name: its number, a proposed nominative, a gender; lower is likelier.
Weigh = Callable[[int, str, str], float]


class Option(NamedTuple):
    """A nominative that a word may come from, and in which cases, parts of a name and genders it may do so."""

    base: str
    cost: float
    cases: frozenset[str]
    parts: frozenset[str]
    genders: frozenset[str]


@lru_cache(maxsize=1 << 15)
def options(word: str, lang: str, kind: str) -> tuple[Option, ...]:
    """Nominatives of one word of a person's or a place's name, likeliest first; never the word itself.

    >>> [o.base for o in options("Bibiové", "cs", "person")]
    ['Bibiová']
    """
    rules = _table_for(lang, _script(word))
    if rules is None or len(word) < 3:
        return ()
    found: dict[str, Option] = {}
    for base, entry in readings(word, rules):
        if base == word or entry.parts.isdisjoint(_PARTS[kind]):
            continue
        old = found.get(base)
        if old is None:
            if len(found) == _MOST:
                break
            ending = _rare(base, lang) - _rare(base[-1:], lang)  # the cost knows the last letter, seldom more
            found[base] = Option(base, entry.cost + ending, entry.cases, entry.parts, entry.genders)
        else:
            found[base] = old._replace(
                cases=old.cases | entry.cases, parts=old.parts | entry.parts, genders=old.genders | entry.genders
            )
    return tuple(sorted(found.values(), key=lambda o: o.cost))


@lru_cache(maxsize=1 << 15)
def _staying(word: str, lang: str, part: str, gender: str) -> dict[str, float]:
    """What it costs a nominative to look like itself in each case; "" is for a case that the table leaves out."""
    rule, cases = paradigm(word, lang, part, None if part in ("place", "adj") else gender)
    if not rule or not cases:
        return {"": _NO_CLASS}
    return {"": 0.0} | {
        case: _MAY_STAY if word in texts else _WOULD_CHANGE for case, texts in cases.items() if word != texts[0]
    }


@lru_cache(maxsize=1 << 15)
def _rare(word: str, lang: str) -> float:
    """How rare the ending of a word is among nominatives of its language."""
    rules = _table_for(lang, _script(word))
    if rules is None:
        return 0.0
    return longest_suffix(settings()["language"][rules.lang].get("nominative_cost", {}), _lower(word, lang))


@lru_cache(maxsize=1 << 14)
def _womans(word: str, lang: str) -> bool:
    """Whether a word is a family name that only women bear."""
    return bool(paradigm(word, lang, "family", "f")[0]) and not paradigm(word, lang, "family", "m")[0]


def _unchanged(word: str, lang: str, evidence: float) -> float:
    """Cost of a word as a nominative. Weak evidence cannot speak for an ending that no nominative has."""
    rare = _rare(word, lang)
    return rare + (max(evidence, 0.0) if rare >= _NEVER and evidence > _STRONG else evidence)


def nominative(
    words: Sequence[str],
    lang: str,
    kind: str,
    weigh: Weigh = lambda i, base, gender: 0.0,
    *,
    gender: str | None = None,
    governed: frozenset[str] | None = None,
) -> tuple[str, ...]:
    """The words of a name in the nominative, undone in agreement; as they are where that is likelier.

    ``kind`` is ``person`` or ``place``; ``gender`` is ``m`` or ``f`` if known. ``governed`` are the cases that the word
    before the name asks for, if any. ``weigh`` adds evidence from outside the language. Languages without rules
    leave every word as it is.

    >>> nominative(["Asii", "Bibiové"], "cs", "person", lambda i, b, g: -1.0 if b == "Asia" else 0.0)
    ('Asia', 'Bibiová')
    """
    rules = _table_for(lang, _script("".join(words)))
    if rules is None:
        return tuple(words)
    moving = range(len(words)) if rules.agreement == "all" else range(len(words) - 1, len(words))
    if not any(options(words[i], lang, kind) for i in moving):
        return tuple(words)
    lead = settings()["language"][rules.lang].get("nominative_lead", 0.0)
    best = (float("inf"), tuple(words))
    for chosen in (gender,) if gender else _GENDERS[kind]:
        cost = sum(_unchanged(w, lang, weigh(i, w, chosen)) for i, w in enumerate(words))
        clash = _WOMANS_NAME if kind == "person" and chosen == "m" and _womans(words[-1], lang) else 0.0
        best = min(best, (cost + clash - lead + (_NOT_GOVERNED if governed else 0.0), tuple(words)))
        for case, picks in _obliques(words, moving, lang, kind, chosen, weigh):
            cost = sum(c for c, _ in picks) + (clash if picks[-1][1] == words[-1] else 0.0)
            changed = sum(base != word for (_, base), word in zip(picks, words, strict=True))
            cost += _GENDER.get(chosen, 0.0) + _AGREES * (changed - 1)
            if governed and case not in governed and case != "obl":
                cost += _NOT_GOVERNED
            best = min(best, (cost, tuple(base for _, base in picks)))
    return best[1]


@lru_cache(maxsize=1)
def _prepositions() -> dict[tuple[str, str], frozenset[str]]:
    found: dict[tuple[str, str], frozenset[str]] = {}
    table = (files("entnorm.text") / "tables" / "prepositions.tsv").read_text(encoding="utf-8")
    for lang, cases, words in (line.split("\t") for line in table.splitlines() if line[:1] != "#"):
        for word in words.split():
            found[lang, word] = found.get((lang, word), frozenset()) | frozenset(cases.split(","))
    return found


def governed_cases(word: str, lang: str) -> frozenset[str]:
    """Cases that a preposition or article asks of the name after it; empty for other words.

    >>> sorted(governed_cases("od", "cs")), governed_cases("Praha", "cs")
    (['gen'], frozenset())
    """
    rules = _table_for(lang, _script(word))
    return frozenset() if rules is None else _prepositions().get((rules.lang, word.lower()), frozenset())


def _obliques(
    words: Sequence[str], moving: range, lang: str, kind: str, gender: str, weigh: Weigh
) -> Iterator[tuple[str, list[tuple[float, str]]]]:
    """For each case that some word can be in, the best pick of every word, as ``(cost, nominative)``."""
    found = [
        [o for o in options(w, lang, kind) if _fits(o, gender, i, len(words), kind)] if i in moving else []
        for i, w in enumerate(words)
    ]
    for case in {c for some in found for o in some for c in o.cases}:
        picks = []
        for i, word in enumerate(words):
            staying = 0.0
            if i in moving and not word[:1].islower():
                part = "place" if kind == "place" else "family" if i == len(words) - 1 else "given"
                costs = _staying(word, lang, part, gender)
                staying = costs.get(case, costs[""])
            choices = [(staying + _unchanged(word, lang, weigh(i, word, gender)), word)]
            choices += [
                (o.cost - _USUAL + _misplaced(o, i, len(words)) + weigh(i, o.base, gender), o.base)
                for o in found[i]
                if case in o.cases
            ]
            picks.append(min(choices))
        yield case, picks


def _misplaced(option: Option, number: int, count: int) -> float:
    """What it costs a declension to be that of another part of the name than word ``number`` is."""
    if count == 1 or not option.parts.isdisjoint(("any", "place")):
        return 0.0
    return 0.0 if ("family" if number == count - 1 else "given") in option.parts else _OTHER_PART


def _fits(option: Option, gender: str, number: int, count: int, kind: str) -> bool:
    """Whether an option can be word ``number`` of a name of ``count`` words of this gender."""
    if kind == "place":
        if count == 1:
            return not option.parts.isdisjoint(("place", "any"))
        return "adj" not in option.parts or "place" in option.parts or gender in option.genders or "-" in option.genders
    if "poss" in option.parts and option.parts.isdisjoint(("given", "family", "any")):
        return count == 1
    return gender in option.genders or "-" in option.genders
