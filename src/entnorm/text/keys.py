"""Keys: the strings an index is searched by.

A *key* is a name folded and romanized to ``[a-z0-9 ]``; equal keys are the cheapest evidence that two spellings
are one name. A *sound key* goes further and forgets what transcriptions disagree on: vowels, voicing of sibilants,
``w`` or ``v``, ``h`` or ``kh``, so that Selenskyj, Zelenskyy, Zełenski and Зеленський meet. Sound keys collide
often; they find candidates and never decide.
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib import resources

from entnorm.text.fold import fold
from entnorm.text.romanize import ascii_key

#: Bumped whenever a key of any text may change: indexes of another version are refused.
KEY_VERSION = 2

_INITIALS = re.compile(r"\b([a-z]) (?=[a-z]\b)")
_DOUBLE = re.compile(r"(.)\1+")
_VOWELS = "aeiouy"
_MAX_SOUNDS = 6


@lru_cache(maxsize=1 << 16)
def key(text: str) -> str:
    """The key of ``text``: lower-case ASCII letters and digits, words separated by one space, initials joined.

    Depends on nothing but the text. Empty when nothing of it can be romanized.

    >>> key("J. D. Vance"), key("München"), key("Кличко"), key("U.S.")
    ('jd vance', 'munchen', 'klichko', 'us')
    """
    plain = text.isascii() and text.replace(" ", "").isalnum()
    romanized = text.lower() if plain else ascii_key(fold(text))
    if " " in romanized:
        romanized = _INITIALS.sub(r"\1", " ".join(romanized.split()))
    return romanized


def _load_rules() -> tuple[re.Pattern[str], dict[str, tuple[str, ...]]]:
    table = resources.files("entnorm.text").joinpath("tables/sound.tsv").read_text(encoding="utf-8")
    rules: dict[str, tuple[str, ...]] = {}
    for line in table.splitlines():
        if line and not line.startswith("#"):
            spelling, sounds = line.split("\t")[:2]
            rules[spelling] = tuple("a" if s == "-" else s for s in sounds.split(","))
    longest_first = sorted(rules, key=lambda s: (-len(s), s))
    rules |= dict.fromkeys(_VOWELS, ("a",))
    return re.compile("|".join([f"[{_VOWELS}]", *map(re.escape, longest_first)])), rules


@lru_cache(maxsize=1)
def _rules() -> tuple[re.Pattern[str], dict[str, tuple[str, ...]]]:
    return _load_rules()


@lru_cache(maxsize=1 << 16)
def skeletons(token: str) -> tuple[str, ...]:
    """How one word of a key may sound: consonant classes in capitals, ``a`` for each run of vowels; at most six.

    More than one where a spelling is read differently across languages (``ch`` in Charkiw, Chirac, Michael).
    Classes: ``S`` sibilants and affricates, ``K`` velars and h, ``V`` v w f, and ``P B T D L M N R``; doubled sounds
    are one. Table: ``tables/sound.tsv``, our own.

    >>> skeletons("zelenskyy"), skeletons("selenskyj")[0]
    (('SaLaNSKa',), 'SaLaNSKa')
    """
    pattern, rules = _rules()
    if len(token) > 2 and token[-1] == "h" and token[-2] in _VOWELS:
        token = token[:-1]
    readings = [""]
    for spelling in pattern.findall(token):
        choices = rules[spelling]
        if len(choices) > 1 and len(readings) * len(choices) > _MAX_SOUNDS:
            choices = choices[:1]
        readings = [r + c for c in choices for r in readings]
    return tuple(dict.fromkeys([_DOUBLE.sub(r"\1", r) for r in readings if r]))


@lru_cache(maxsize=1 << 16)
def sounds(token: str) -> tuple[str, ...]:
    """Sound keys of one word of a key: its skeletons without vowels, an initial vowel as ``A``; likeliest first.

    >>> sounds("selenskyj")[0] == sounds("zelenskyy")[0] == sounds("zelenski")[0]
    True
    >>> set(sounds("schoigu")) & set(sounds("choigou")) & set(sounds("shoigu"))
    {'SK'}
    """
    found = [("A" if r[0] == "a" else "") + r.replace("a", "") for r in skeletons(token)]
    return tuple(dict.fromkeys([_DOUBLE.sub(r"\1", f) for f in found if f]))


def tokens(name_key: str) -> list[str]:
    """Words of a key.

    >>> tokens(key("Ursula von der Leyen"))
    ['ursula', 'von', 'der', 'leyen']
    """
    return name_key.split()
