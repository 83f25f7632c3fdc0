"""Declining a name of several words, and undoing its endings in agreement."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice, product
from typing import NamedTuple

from entnorm.text._inflect_rules import Entry, Table
from entnorm.text._inflect_word import Form, _script, _table_for, paradigm, readings, undo

_Part = tuple[str, str, dict[str, tuple[str, ...]]]
_PER_CASE = 6
_PER_WORD = 5
_UNCHANGED = 1.1
_COULD_MOVE = 0.6
_GENDER_CLASH = 0.4


class UndoPhrase(NamedTuple):
    """Proposed nominatives of the words of one name. ``cost`` orders proposals, lower is likelier."""

    bases: tuple[str, ...]
    rules: tuple[str, ...]
    case: str
    lang: str
    cost: float

    @property
    def text(self) -> str:
        """The words joined by blanks."""
        return " ".join(self.bases)


def full_forms(given: str, middle: str, family: str, lang: str, gender: str | None = None) -> tuple[Form, ...]:
    """Case forms of a person's full name, its parts in agreement; parts may be empty, indeclinable ones stay.

    >>> [f.text for f in full_forms("Сергій", "", "Шойгу", "uk", "m")][:2]
    ['Сергія Шойгу', 'Сергію Шойгу']
    >>> [f.text for f in full_forms("Angela", "", "Merkel", "de", "f")]
    ['Angela Merkels', "Angela Merkel's"]
    """
    words = [(word, part) for name, part in ((given, "given"), (middle, "given"), (family, "family"))
             for word in name.split()]  # fmt: skip
    return _agreeing(words, lang, gender)


def phrase_forms(name: str, lang: str, kind: str, gender: str | None = None) -> tuple[Form, ...]:
    """Case forms of a name of one or more words; ``kind`` is ``person`` or ``place``.

    A person's last word is taken as the family name. In a place name the attributes around the noun agree
    with it, and the other words after it stay.

    >>> [f.text for f in phrase_forms("Нижний Новгород", "ru", "place")][0]
    'Нижнего Новгорода'
    """
    words = name.split()
    if kind != "place":
        return full_forms(" ".join(words[:-1]), "", words[-1] if words else "", lang, gender)
    if not words:
        return ()
    rules = _table_for(lang, _script(name))
    if rules is None:
        return ()
    if rules.agreement != "all":
        return _agreeing([(word, "place") for word in words], lang, None)
    roles, noun = _roles(words, lang, rules)
    return _agreeing(list(zip(words, roles, strict=True)), lang, noun)


def undo_phrase(tokens: Sequence[str], lang: str | None = None, *, max_candidates: int = 12) -> tuple[UndoPhrase, ...]:
    """Joint nominatives of the words of one name, the endings undone in the same case, the likeliest first.

    >>> undo_phrase(["Володимира", "Зеленського"], "uk")[0].text
    'Володимир Зеленський'
    >>> undo_phrase(["Angela", "Merkels"], "de")[0].text
    'Angela Merkel'
    """
    words = list(tokens)
    if not words:
        return ()
    rules = _table_for(lang, _script("".join(words)))
    if rules is None:
        return ()
    if rules.agreement != "all":
        stay = tuple(words[:-1])
        return tuple(
            UndoPhrase((*stay, u.base), (*("",) * len(stay), u.rule), u.case, u.lang, u.cost)
            for u in undo(words[-1], lang, max_candidates=max_candidates)
        )
    options = [list(islice(readings(word, rules), 40)) for word in words]
    best: dict[tuple[str, ...], UndoPhrase] = {}
    for case in {case for found in options for _, entry in found for case in entry.cases}:
        for candidate in _joint(words, options, case):
            old = best.get(candidate.bases)
            if old is None or candidate.cost < old.cost:
                best[candidate.bases] = candidate
    return tuple(sorted(best.values(), key=lambda u: u.cost)[:max_candidates])


def _joint(words: list[str], options: Sequence[list[tuple[str, Entry]]], case: str) -> Iterable[UndoPhrase]:
    """Every combination of undone and unchanged words for one case, the unchanged name excepted."""
    choices: list[list[tuple[str, Entry | None]]] = []
    for word, found in zip(words, options, strict=True):
        same: dict[str, Entry | None] = {}
        for base, entry in found:
            if case in entry.cases and base != word and len(same) < _PER_WORD:
                same.setdefault(base, entry)
        choices.append([*same.items(), (word, None)])
    for picked in product(*choices):
        moved = [entry for _, entry in picked if entry is not None]
        if not moved:
            continue
        cost = sum(entry.cost for entry in moved)
        cost += sum(
            _UNCHANGED + (_COULD_MOVE if len(choice) > 1 else 0.0)
            for (_, entry), choice in zip(picked, choices, strict=True)
            if entry is None
        )
        if len({entry.gender for entry in moved} - {"-"}) > 1:
            cost += _GENDER_CLASH
        rules = tuple(entry.rule if entry else "" for _, entry in picked)
        yield UndoPhrase(tuple(base for base, _ in picked), rules, case, moved[0].lang, round(cost, 3))


def _roles(words: list[str], lang: str, rules: Table) -> tuple[list[str], str]:
    """Part of each word of a place name, and the gender of its noun.

    The noun is the word that most others can agree with as attributes, the last one of several.
    """
    best: tuple[int, list[str], str] = (-1, ["place"] + [""] * (len(words) - 1), "")
    genders = {rule.rule: rule.gender for rule in rules.rules}
    for head, word in reversed(list(enumerate(words))):
        rule, cases = paradigm(word, lang, "place", None)
        gender = genders.get(rule.partition("+")[0], "-").replace("-", "f")
        fits = [bool(paradigm(other, lang, "adj", gender)[1]) for other in words]
        if cases and all(fits[:head]):
            roles = ["adj" if fit else "" for fit in fits]
            roles[head] = "place"
            best = max(best, (sum(map(bool, roles)), roles, gender), key=lambda found: found[0])
    return best[1], best[2]


def _agreeing(words: list[tuple[str, str]], lang: str, gender: str | None) -> tuple[Form, ...]:
    """Forms of a phrase; each word is (text, part), an empty part stays as it is."""
    if not words:
        return ()
    rules = _table_for(lang, _script(words[-1][0]))
    if rules is None:
        return ()
    parts: list[_Part] = []
    for index, (word, part) in enumerate(words):
        moves = part and (rules.agreement == "all" or index == len(words) - 1)
        rule, cases = paradigm(word, lang, part, gender) if moves else ("", {})
        parts.append((word, rule, cases))
    name = " ".join(word for word, _, _ in parts)
    label = "+".join(rule for _, rule, _ in parts if rule)
    found: dict[tuple[str, str], Form] = {}
    for case in dict.fromkeys(case for _, _, cases in parts for case in cases):
        texts = [cases.get(case, (word,)) for word, _, cases in parts]
        for picked in islice(product(*texts), _PER_CASE):
            text = " ".join(picked)
            if text != name:
                found.setdefault((text, case), Form(text, case, label))
    return tuple(found.values())
