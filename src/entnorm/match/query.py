"""A name to be looked up, and the readings of it that are tried."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import islice, product
from typing import NamedTuple

from entnorm.text.inflect import undo
from entnorm.text.keys import key
from entnorm.text.scripts import UNSPACED, script_of
from entnorm.text.typewords import type_of_word

_WORD = re.compile(r"[^\s\-‐‑–—/·・]+")
_APART = re.compile(r"(\b\w\.)\s+(?=\w\.)")
_INITIALS = re.compile(r"(\w\.){2,3}")
#: Bulgarian ъ between consonants or last; Russian has it before я, ю, е and ё alone.
_SCHWA = re.compile("ъ(?![еёюя])", re.IGNORECASE)
_BRACKETED = re.compile(r"([^()\[\]]+?)\s*[(\[]([^()\[\]]+)[)\]]\s*([^()\[\]]*)")
_MAX_READINGS = 24
_READINGS_PER_WORD = 6
_NATIVE_BASES = 12
#: Czech and Slovak give a foreign woman's surname an ending: Mayová is May, Merkelovou Merkelová and Merkel.
FEMININE, _FEMININE_COST = "cs-ova", 0.5


@lru_cache(maxsize=1 << 15)
def undone(word: str, lang: str | None) -> tuple[tuple[str, str, float], ...]:
    """Nominatives a word may come from, as ``(text, rule, cost)``, likeliest first."""
    most = _READINGS_PER_WORD if lang else 2 * _READINGS_PER_WORD
    found = [(u.base, u.rule, u.cost) for u in undo(word, lang, max_candidates=most)]
    if lang in (None, "cs", "sk"):
        feminine = [(b, cost) for b, _, cost in [(word, "", 0.0), *found] if b.endswith("ová") and len(b) > 4]
        found += [(b[:-3], FEMININE, cost + _FEMININE_COST) for b, cost in feminine[:1]]
    return tuple(found)


def respelled(word: str) -> tuple[str, ...]:
    """A foreign name in Cyrillic as it is more often spelled: ъ for the vowel of *Biden* or *Rudd*, оу for a long o.

    >>> respelled("Байдън"), respelled("Джоузеф"), respelled("Объедков")
    (('Байден', 'Байдан'), ('Джозеф',), ())
    """
    plain = word.replace("оу", "о")
    found = [_SCHWA.sub(vowel, plain) for vowel in "еа"] if _SCHWA.search(plain) else [plain]
    return tuple(form for form in found if form != word)


def without_brackets(text: str) -> tuple[str, ...]:
    """The name before and after a bracket, and the one in it if that is a whole name too; empty without a bracket.

    >>> without_brackets("Джордан Рочестер (Jordan Rochester)"), without_brackets("Рон (Роналд) Клейн")
    (('Джордан Рочестер', 'Jordan Rochester'), ('Рон Клейн',))
    """
    found = _BRACKETED.fullmatch(text.strip())
    if not found:
        return ()
    before, inside, after = found.groups()
    outside = f"{before} {after}".strip()
    return (outside, inside) if len(inside.split()) >= len(outside.split()) else (outside,)


class Reading(NamedTuple):
    """One way to read a query: a nominative, or the name without its type word.

    ``cost`` (0 for the query as written) is taken off the score; ``rule`` names the inflection rule undone;
    ``wants`` is the place type a stripped type word asks for; ``via`` the entity of another index whose name it is.
    """

    text: str
    key: str
    cost: float = 0.0
    rule: str = ""
    wants: str = ""
    via: str = ""
    shown: str = ""

    @property
    def base(self) -> str:
        """The reading as the language of the query writes it: Mayovou is read as May, its nominative is Mayová."""
        return self.shown or self.text


@dataclass(frozen=True)
class Query:
    """A name with its key, script and (if known) language.

    ``words`` are the words of the key; ``bases[i]`` the keys of nominatives that word ``i`` may come from;
    ``natives[i]`` the word as written and those nominatives in its own script, among which other spellings of its
    sounds count (:func:`respelled`); ``initials`` are the words that are several initials.
    """

    text: str
    key: str
    script: str
    lang: str | None
    kind: str | None
    words: tuple[str, ...]

    @classmethod
    def of(cls, text: str, *, lang: str | None = None, kind: str | None = None) -> Query:
        """Prepare a name for lookup.

        >>> Query.of("Курская область", lang="ru").key
        'kurskaya oblast'
        """
        name_key = key(text)
        return cls(text, name_key, script_of(text), lang, kind, tuple(name_key.split()))

    @cached_property
    def _forms(self) -> tuple[tuple[tuple[str, ...], ...], tuple[tuple[str, ...], ...]]:
        written = _WORD.findall(_APART.sub(r"\1", self.text))
        if len(written) != len(self.words):
            return ((),) * len(self.words), ((),) * len(self.words)
        found = [[*respelled(w), *(b for b, _, _ in undone(w, self.lang))] for w in written]
        bases = tuple(tuple(b for b in dict.fromkeys(map(key, f)) if len(b) > 1) for f in found)
        return bases, tuple((w, *f[:_NATIVE_BASES]) for w, f in zip(written, found, strict=True))

    @property
    def bases(self) -> tuple[tuple[str, ...], ...]:
        """For each word the keys of nominatives that it may come from."""
        return self._forms[0]

    @property
    def natives(self) -> tuple[tuple[str, ...], ...]:
        """For each word how it is written and what it may come from, in its own script."""
        return self._forms[1]

    @cached_property
    def initials(self) -> frozenset[int]:
        """The words that are several initials."""
        return frozenset(i for i, n in enumerate(self.natives) if n and _INITIALS.fullmatch(n[0]))


def strip_type_word(text: str) -> tuple[str, str] | None:
    """The name without a leading or trailing type word, and the type asked for.

    >>> strip_type_word("Region Kursk"), strip_type_word("Kursk Region"), strip_type_word("Kursk")
    (('Kursk', 'admin1'), ('Kursk', 'admin1'), None)
    """
    words = text.split()
    if len(words) < 2:
        return None
    for word, rest in ((words[0], words[1:]), (words[-1], words[:-1])):
        wants = type_of_word(word)
        if wants:
            return " ".join(rest), wants
    return None


def readings(query: Query, *, inflected: bool = True) -> list[Reading]:
    """The readings of a query, the plainest first, without repeats; ``inflected`` tries nominatives too.

    >>> [r.text for r in readings(Query.of("Region Kursk", kind="place"), inflected=False)]
    ['Region Kursk', 'Kursk']
    """
    found = [Reading(query.text, query.key)]
    if inflected:
        found.extend(_inflected(query.text, query.lang, query.script, 0.0, ""))
    if query.kind != "person":
        stripped = strip_type_word(query.text)
        if stripped:
            name, wants = stripped
            found.append(Reading(name, key(name), 0.02, "", wants))
            if inflected:
                found.extend(_inflected(name, query.lang, query.script, 0.02, wants))
    seen: set[tuple[str, str]] = set()
    unique = []
    for reading in found:
        mark = (reading.text, reading.wants)
        if reading.key and mark not in seen:
            seen.add(mark)
            unique.append(reading)
    return unique[:_MAX_READINGS]


def _inflected(text: str, lang: str | None, script: str, base_cost: float, wants: str) -> list[Reading]:
    if script in UNSPACED:
        return []
    words = _WORD.findall(text)
    if not words or len(words) > 4:
        return []
    choices = [((w, "", 0.0), *undone(w, lang)) for w in words]
    combos = islice(product(*(range(len(c)) for c in choices)), 400)
    ranked = sorted((combo for combo in combos if any(combo)), key=lambda c: (sum(c), c))
    made = []
    for combo in ranked[:_MAX_READINGS]:
        picked = [choices[i][j] for i, j in enumerate(combo)]
        out = shown = text
        for word, (base, rule, _) in zip(reversed(words), reversed(picked), strict=True):
            out = _put(out, word, base)
            shown = _put(shown, word, base + "ová" if rule == FEMININE else base)
        rules = dict.fromkeys(rule for _, rule, _ in picked if rule)
        cost = base_cost + 0.02 + 0.004 * sum(combo)
        made.append(Reading(out, key(out), cost, "+".join(rules), wants, shown="" if shown == out else shown))
    return made


def _put(text: str, word: str, base: str) -> str:
    at = text.rfind(word)
    return text[:at] + base + text[at + len(word) :]
