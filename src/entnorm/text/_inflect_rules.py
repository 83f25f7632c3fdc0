"""Rule tables of inflection: reading them, and compiling them in both directions.

A rule table is a TSV file per language in ``tables/inflect``. A row is one declension class:

``part  gender  nom  rule  [when]  [w]  <case> <case> ...``

- ``part``: ``given``, ``family``, ``place``, ``adj`` (an attribute in a place name), several of them with
  commas, or ``any``; ``poss`` rows hold possessive adjectives (Trumpov) and serve undoing only; ``gender``: ``m``,
  ``f``, ``n``, ``p`` (plural) or ``-``.
- ``nom``: the end of the nominative as ``kept-replaced``: what stands before the hyphen stays, what stands
  after it gives way to the ending in a case column. ``[abc]`` is one of these letters, ``<X>`` a class of
  letters in ``languages.toml``, ``^`` the start of the word; a comma separates alternatives.
- ``when``: a regular expression that the nominative must match (vowel harmony).
- ``w``: added to the cost of undoing the rule.
- a case cell: endings separated by ``/``; ``0`` is the empty ending, ``*`` the last kept letter once more,
  ``=gen`` the cell of another column, ``-`` nothing.

The first row that fits a name declines it; a row without endings declares the class indeclinable.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

_PLAIN_COLUMNS = frozenset({"part", "gender", "nom", "rule", "when", "w", "note"})
_WHOLE_WORD = 0.5
_KNOWN_CLASS = 0.05
_ALTERNATIVE = 0.08
_LETTER = 0.13
_SHARED = 0.03
_BARE_APOSTROPHE = 0.9
_TO_CYRILLIC = (
    ("dž", "џ"), ("lj", "љ"), ("nj", "њ"),
    *zip("abvgdđežzijklmnoprstćufhcčš", "абвгдђежзијклмнопрстћуфхцчш", strict=True),
)  # fmt: skip


class Entry(NamedTuple):
    """One way to undo an ending: drop ``cut`` letters, append ``add``, if the letter before is in ``before``.

    ``case`` is the likeliest of ``cases``, those in which the ending stands for this nominative; ``parts`` are the
    parts of a name that decline so, and ``genders`` theirs.
    """

    cost: float
    cut: int
    add: str
    before: str
    rule: str
    case: str
    lang: str
    gender: str
    cases: frozenset[str]
    parts: frozenset[str] = frozenset({"any"})
    genders: frozenset[str] = frozenset({"-"})

    def joined(self, other: Entry) -> Entry:
        """The cheaper of two ways to undo an ending alike, with the cases, parts and genders of both."""
        return min(self, other)._replace(
            cases=self.cases | other.cases, parts=self.parts | other.parts, genders=self.genders | other.genders
        )


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of a rule table, ready to decline a name."""

    rule: str
    parts: frozenset[str]
    gender: str
    patterns: tuple[tuple[re.Pattern[str], str, str], ...]
    when: re.Pattern[str] | None
    weight: float
    cells: tuple[tuple[str, tuple[str, ...]], ...]

    def replaced(self, lower: str) -> int:
        """Letters that the endings replace when ``lower`` belongs to this class, else -1."""
        for pattern, _, ending in self.patterns:
            if pattern.search(lower) and (self.when is None or self.when.search(lower)):
                return len(ending)
        return -1


@dataclass(slots=True)
class Table:
    """The rules of one language, forward and inverted."""

    lang: str
    agreement: str
    rules: list[Rule] = field(default_factory=list)
    suffixes: dict[str, tuple[Entry, ...]] = field(default_factory=dict)
    words: dict[str, tuple[Entry, ...]] = field(default_factory=dict)
    longest: int = 0
    odd: frozenset[str] = frozenset()
    apostrophe: Entry | None = None


@lru_cache(maxsize=1)
def settings() -> dict[str, Any]:
    """Contents of ``languages.toml``: per language its table, script, letter classes and agreement."""
    return tomllib.loads(_read("languages.toml"))


@lru_cache(maxsize=512)
def table_name(lang: str | None, script: str) -> str | None:
    """Key of the table for a BCP 47 tag and a script, or None.

    >>> table_name("sr", "Cyrl"), table_name("sr", "Latn"), table_name("de-AT", "Latn")
    ('sr', 'hr', 'de')
    >>> table_name("zh", "Hani")
    """
    known = settings()["language"]
    if lang is None:
        return None
    base = re.split("[-_]", lang.lower())[0]
    alias = settings()["alias"]
    for name in (base, alias.get(f"{base}-{script}"), alias.get(base)):
        if name in known and known[name]["script"] == script:
            return str(name)
    return None


@lru_cache(maxsize=64)
def table(name: str) -> Table:
    """The compiled table of a language key of ``languages.toml``."""
    spec = settings()["language"][name]
    result = Table(name, spec["agreement"])
    if spec.get("apostrophe"):
        result.apostrophe = _apostrophe(name)
    cyrillic = spec.get("transliterate") == "Cyrl"
    avoided = spec.get("odd_final", {})
    result.odd = frozenset(first + last for last, before in avoided.items() for first in before)
    for row in _rows(_read(spec.get("table", name) + ".tsv")):
        result.rules.append(_rule(row, spec.get("classes", {}), cyrillic))
    _invert(result, spec)
    return result


@lru_cache(maxsize=8)
def union(script: str) -> Table:
    """The inverted tables of every language written in ``script``, as one; it has no forward rules."""
    result = Table("", "all")
    if script == "Latn":
        result.apostrophe = _apostrophe("")
    spec = settings()["language"]
    for source, target in (("suffixes", result.suffixes), ("words", result.words)):
        merged: dict[str, dict[tuple[int, str], Entry]] = {}
        for name in (n for n in spec if spec[n]["script"] == script):
            result.odd |= table(name).odd if script != "Latn" else frozenset()
            for key, entries in getattr(table(name), source).items():
                slot = merged.setdefault(key, {})
                for entry in entries:
                    slot[entry.cut, entry.add] = _joined(slot.get((entry.cut, entry.add)), entry)
        target.update((key, tuple(sorted(slot.values()))) for key, slot in merged.items())
    result.longest = max(map(len, result.suffixes), default=0)
    return result


def _joined(old: Entry | None, new: Entry) -> Entry:
    """Two languages that share an ending: the cheaper rule, a little cheaper for being shared."""
    if old is None:
        return new
    best = old.joined(new)
    before = "".join(sorted(set(old.before + new.before))) if old.before and new.before else ""
    return best._replace(before=before, cost=round(best.cost - _SHARED, 3))


def _read(name: str) -> str:
    return (files("entnorm.text") / "tables" / "inflect" / name).read_text(encoding="utf-8")


def _rows(text: str) -> Iterator[dict[str, str]]:
    header: list[str] = []
    for line in text.splitlines():
        if not line or line.startswith("#"):
            continue
        cells = line.split("\t")
        if cells[0] == "part":
            header = cells
        else:
            yield dict(zip(header, cells, strict=False))


def _cyrillic(text: str) -> str:
    for latin, cyrillic in _TO_CYRILLIC:
        text = text.replace(latin, cyrillic)
    return text


def _rule(row: dict[str, str], classes: dict[str, str], cyrillic: bool) -> Rule:
    convert = _cyrillic if cyrillic else str
    cells = []
    for case, cell in row.items():
        if case in _PLAIN_COLUMNS:
            continue
        endings = convert(re.sub("=([a-z]+)", lambda m: row[m[1]], cell))
        if endings not in ("", "-"):
            cells.append((case, tuple("" if e == "0" else e for e in endings.split("/"))))
    classes = {name: convert(letters) for name, letters in classes.items()}
    patterns = []
    for nom in re.split(r",(?![^\[]*\])", row["nom"]):
        nom = re.sub("<(.)>", lambda m: f"[{classes[m[1]]}]", nom if "<" in nom else convert(nom))
        kept, _, ending = nom.rpartition("-")
        patterns.append((re.compile(kept + ending + r"\Z"), kept, ending))
    when = row.get("when", "-")
    weight = row.get("w", "-")
    return Rule(
        rule=row["rule"],
        parts=frozenset(row["part"].split(",")),
        gender=row["gender"],
        patterns=tuple(patterns),
        when=None if when in ("-", "") else re.compile(when),
        weight=0.0 if weight in ("-", "") else float(weight),
        cells=tuple(cells),
    )


def _apostrophe(lang: str) -> Entry:
    rule = f"{lang}-apostrophe".lstrip("-")
    return Entry(_BARE_APOSTROPHE, 0, "", "", rule, "obl", lang, "-", frozenset(("obl",)))


def _invert(result: Table, spec: dict[str, Any]) -> None:
    """Fill ``suffixes`` and ``words`` of a table from its rules."""
    suffixes: dict[str, dict[tuple[int, str, str], Entry]] = {}
    words: dict[str, dict[tuple[int, str, str], Entry]] = {}
    for rule in result.rules:
        for _, kept, nominative in rule.patterns:
            whole = kept.startswith("^")
            for tail, entry in _entries(rule, kept, nominative, result.lang, spec):
                slot = (words if whole else suffixes).setdefault(tail, {})
                key = (entry.cut, entry.add, entry.before)
                slot[key] = slot.get(key, entry).joined(entry)
    result.suffixes.update((key, tuple(sorted(slot.values()))) for key, slot in suffixes.items())
    result.words.update((key, tuple(sorted(slot.values()))) for key, slot in words.items())
    result.longest = max(map(len, suffixes), default=0)


def _entries(rule: Rule, kept: str, nominative: str, lang: str, spec: dict[str, Any]) -> Iterator[tuple[str, Entry]]:
    """What each ending of a rule ends a form with, and how to undo it.

    The cost falls with every letter that the form must show, is lower for a whole word, and rises with the
    rarity of the case, of the nominative's shape, of the rule (its ``w``) and of the ending among its
    alternatives.
    """
    literal, before = _context(kept)
    fixed = 1.0 + rule.weight
    if kept.startswith("^"):
        fixed -= _WHOLE_WORD
    else:
        fixed += longest_suffix(spec.get("nominative_cost", {}), literal + nominative)
    if before:
        fixed -= _KNOWN_CLASS
    for case, endings in rule.cells:
        for rank, ending in enumerate(endings):
            for last, form in _doubled(ending, literal, before or spec.get("letters", "")):
                tail = literal + form
                if tail == literal + nominative or not (tail or before):
                    continue
                cost = fixed + settings()["case_cost"].get(case, 0.3)
                cost += (0.0 if "poss" in rule.parts else _ALTERNATIVE * rank) - _LETTER * min(len(tail), 6)
                left = before if literal else last or before
                yield tail, Entry(round(cost, 3), len(form), nominative, left, rule.rule, case, lang, rule.gender,
                                  frozenset((case,)), rule.parts, frozenset((rule.gender,)))  # fmt: skip


def longest_suffix(costs: dict[str, float], text: str) -> float:
    """Value of the longest end of ``text`` that the table of costs has; 0 where it has none."""
    for start in range(len(text)):
        if text[start:] in costs:
            return costs[text[start:]]
    return 0.0


def _context(kept: str) -> tuple[str, str]:
    """Split what stays of a nominative into the letters before the ending and the class before those."""
    if kept.startswith("^"):
        return kept[1:], ""
    literal = kept.rpartition("]")[2]
    return literal, kept[: len(kept) - len(literal)].rpartition("[")[2].rstrip("]")


def _doubled(ending: str, literal: str, before: str) -> Iterator[tuple[str, str]]:
    """Readings of an ending whose ``*`` repeats the last kept letter."""
    if "*" not in ending:
        yield "", ending
        return
    for letter in literal[-1:] or before:
        yield letter, ending.replace("*", letter)
