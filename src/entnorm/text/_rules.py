"""Context rules for respelling a name, read from tables.

A table is a TSV file of rules ``source  target  left  right  langs  when``; trailing columns may be
missing. Of two rules that fit at a position the longer source wins, then the one with a context, then the
one that stands first. A context is a list of alternatives separated by spaces: literal letters, ``{NAME}``
(one letter of a class), ``#`` (edge of a word); ``!`` in front negates the whole list. ``langs`` and
``when`` are words separated by spaces, one of which must be a tag of the load (``a+b``: both); ``!`` in
front negates the list, and a rule without them always applies.
A target of ``-`` is empty, ``_`` in source or target stands for a space.

Directives: ``@class NAME letters``, ``@include table`` (its rules follow the including ones), ``@pass``
(the rules below work on the output of the rules above).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from itertools import pairwise

_EDGE = r"[\w'’ʼ]"
_CAPITALS = re.compile(r"[^\W\d_](?:[^\W\d_]|['’ʼ](?=[^\W\d_]))+")


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of a table; contexts are still text."""

    source: str
    target: str
    left: str = ""
    right: str = ""


@dataclass(slots=True)
class _Section:
    """Rules between two ``@pass`` lines, with the classes known there."""

    rules: list[Rule] = field(default_factory=list)
    classes: dict[str, str] = field(default_factory=dict)


def table_text(name: str) -> str:
    """Return the text of a packaged table, named by its path below ``text/tables`` without suffix.

    >>> table_text("romanize/generic").startswith("#")
    True
    """
    return resources.files("entnorm.text").joinpath(f"tables/{name}.tsv").read_text(encoding="utf-8")


def table_exists(name: str) -> bool:
    """Tell whether a packaged table of that name exists."""
    return resources.files("entnorm.text").joinpath(f"tables/{name}.tsv").is_file()


def rows(name: str) -> Iterator[list[str]]:
    """Yield the rows of a packaged table as lists of cells, comments and empty lines left out."""
    for line in table_text(name).splitlines():
        if line.strip() and not line.startswith("#"):
            yield line.split("\t")


def _fits(cell: str, tags: frozenset[str]) -> bool:
    """Tell whether a ``langs`` or ``when`` cell lets a rule through for these tags."""
    if not cell:
        return True
    found = any(tags.issuperset(word.split("+")) for word in cell.removeprefix("!").split(" "))
    return found != cell.startswith("!")


def _unescape(cell: str) -> str:
    return "" if cell == "-" else cell.replace("_", " ")


def _read(name: str, tags: frozenset[str]) -> list[_Section]:
    """Read a table and its includes; an include without ``@pass`` joins the section it stands in."""
    sections = [_Section()]
    for cells in rows(name):
        head = cells[0]
        if head.startswith("@class"):
            _, label, letters = head.split(" ", 2)
            sections[-1].classes[label] = letters.replace(" ", "")
        elif head.startswith("@include"):
            first, *others = _read(head.split(" ")[1], tags)
            sections[-1].rules += first.rules
            sections[-1].classes = first.classes | sections[-1].classes
            sections += others
        elif head.startswith("@pass"):
            sections.append(_Section(classes=dict(sections[-1].classes)))
        else:
            source, target, left, right, langs, when = (*cells, "", "", "", "", "")[:6]
            if _fits(langs, tags) and _fits(when, tags):
                sections[-1].rules.append(Rule(_unescape(source), _unescape(target), left, right))
    return sections


def _cased(text: str) -> list[str]:
    """Return the lower-case and the title-case form, once where they do not differ."""
    title = text[:1].upper() + text[1:]
    return [text] if title == text or len(title) != len(text) else [text, title]


def _capitalize(text: str) -> str:
    return text[:1].upper() + text[1:]


def _alternatives(context: str, classes: dict[str, str]) -> tuple[list[str], bool]:
    """Return regular expressions for the alternatives of a context, and whether an edge is one of them."""
    found: list[str] = []
    edge = False
    for word in context.split(" "):
        if word == "#":
            edge = True
            continue
        parts = re.split(r"\{(\w+)\}", word)
        expression = ""
        for index, part in enumerate(parts):
            if index % 2:
                letters = classes[part]
                expression += "[" + re.escape("".join(dict.fromkeys(letters + letters.upper()))) + "]"
            else:
                expression += "".join(_letter(letter) for letter in part)
        found.append(expression)
    return found, edge


def _letter(letter: str) -> str:
    upper = letter.upper()
    return re.escape(letter) if upper == letter or len(upper) > 1 else f"[{letter}{upper}]"


def _left(context: str, source: str, classes: dict[str, str]) -> str:
    """Return a look-behind that stands after the source, so that every branch starts with a letter."""
    if not context:
        return ""
    negated = context.startswith("!")
    found, edge = _alternatives(context.removeprefix("!"), classes)
    tail = re.escape(source)
    if negated:
        parts = [f"(?<!{item}{tail})" for item in found] + ([f"(?<={_EDGE}{tail})"] if edge else [])
        return "".join(parts)
    parts = [f"(?<={item}{tail})" for item in found] + ([f"(?<!{_EDGE}{tail})"] if edge else [])
    return "(?:" + "|".join(parts) + ")"


def _right(context: str, classes: dict[str, str]) -> str:
    if not context:
        return ""
    negated = context.startswith("!")
    found, edge = _alternatives(context.removeprefix("!"), classes)
    found += [f"(?!{_EDGE})"] if edge else []
    return f"({'?!' if negated else '?='}{'|'.join(found)})"


class Pass:
    """One sweep of rules over a text: rules with contexts by regular expression, the rest by table.

    Every branch of the expression starts with a letter, so that the engine skips most of them at a glance,
    and ends in an empty group, whose number tells which rule fitted.
    """

    __slots__ = ("_expression", "_simple", "_targets")

    def __init__(self, rules: Iterable[Rule], classes: dict[str, str]) -> None:
        ordered = sorted(rules, key=lambda rule: (-len(rule.source), not (rule.left or rule.right)))
        contextual = {rule.source for rule in ordered if rule.left or rule.right}
        simple: dict[int, str] = {}
        branches: list[str] = []
        targets: list[str] = [""]
        seen: set[str] = set()
        for rule in ordered:
            plain = not rule.left and not rule.right
            if plain and rule.source in seen:
                continue
            if plain:
                seen.add(rule.source)
            for index, source in enumerate(_cased(rule.source)):
                target = _capitalize(rule.target) if index else rule.target
                if plain and len(source) == 1 and rule.source not in contextual:
                    simple[ord(source)] = target
                    continue
                left, right = _left(rule.left, source, classes), _right(rule.right, classes)
                branches.append(f"{re.escape(source)}{left}{right}()")
                targets.append(target)
        written = "".join(targets)
        if branches and any(chr(code) in written for code in simple):
            # The sweep would read its own output: all rules go into the expression.
            branches += [f"{re.escape(chr(code))}()" for code in simple]
            targets += simple.values()
            simple = {}
        self._simple = simple
        self._targets = targets
        self._expression = re.compile("|".join(branches)) if branches else None

    def _target(self, match: re.Match[str]) -> str:
        return self._targets[match.lastindex or 0]

    def __call__(self, text: str) -> str:
        if self._expression is not None:
            text = self._expression.sub(self._target, text)
        return text.translate(self._simple) if self._simple else text


class Rules:
    """The compiled rules of one table.

    >>> Rules("romanize/generic")("Щербак")
    'Shcherbak'
    """

    __slots__ = ("_passes",)

    def __init__(self, name: str, tags: Iterable[str] = ()) -> None:
        sections = _read(name, frozenset(tags))
        self._passes = [Pass(section.rules, section.classes) for section in sections if section.rules]

    def __call__(self, text: str) -> str:
        """Return the text respelled; words in capitals stay in capitals."""
        return keep_capitals(text, self._sweep)

    def _sweep(self, text: str) -> str:
        for sweep in self._passes:
            text = sweep(text)
        return text


def keep_capitals(text: str, respell: Callable[[str], str]) -> str:
    """Apply ``respell``, with words written in capitals respelled in title case and raised again.

    >>> keep_capitals("ЩУР", Rules("romanize/generic"))
    'SHCHUR'
    """
    if not _two_capitals(text):
        return respell(text)

    def raised(match: re.Match[str]) -> str:
        word = match.group()
        return respell(_capitalize(word.lower())).upper() if word.isupper() else word

    return respell(_CAPITALS.sub(raised, text))


def _two_capitals(text: str) -> bool:
    """Tell cheaply whether two capitals stand side by side."""
    if text.istitle() or text.islower():
        return False
    return any(first.isupper() and second.isupper() for first, second in pairwise(text))


@cache
def load(name: str, tags: frozenset[str] = frozenset()) -> Rules:
    """Return the rules of a table for a set of tags, compiled once per process."""
    return Rules(name, tags)
