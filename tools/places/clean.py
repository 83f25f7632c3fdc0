"""Cleaning of names: what is a name at all, and in which form it is kept."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from entnorm.text.scripts import CASED, script_of

LONGEST_NAME = 80
_CODE = re.compile(r"[A-Z0-9]{2,4}")
_FOOTNOTE = re.compile("[\u00b9\u00b2\u00b3\u2070-\u207f*†‡]+$")
_NOT_A_NAME = re.compile(r"[\t\n\r;|<>{}\[\]=_@#№$+¬±²%\\^~\"?!:/()]|https?:|\d{3,}")
# What tells namesakes apart: in brackets, or behind a comma in Arabic script.
_AFTER = re.compile(r"\s*(?:\([^()]*\)|،\s.*)$")
_SPACES = re.compile(r"\s+")
_STRESS = str.maketrans({"\u0301": None, "\u0300": None})
# Arabic vowel signs and the stretching stroke, which the press does not print.
_VOWEL_SIGNS = dict.fromkeys([*range(0x64B, 0x653), 0x670, 0x640])
_KEPT_FORMAT = {"Arab": "\u200c", "Deva": "\u200c\u200d"}
_LOOSE_DROP = re.compile(r"[\W_]+")
# GeoNames' own machine transliteration of Cyrillic letters into ASCII.
_GEONAMES_CYRILLIC = str.maketrans(
    dict(zip("абвгдезийклмнопрстуфъыьґіїєў", "abvgdezijklmnoprstuf\"y'giiew", strict=True))
    | {
        "ё": "jo",
        "ж": "zh",
        "х": "kh",
        "ц": "ts",
        "ч": "ch",
        "ш": "sh",
        "щ": "shch",
        "э": "eh",
        "ю": "ju",
        "я": "ja",
    }
)
_GEONAMES_VARIANTS = (
    ("ts", "c"),
    ("kh", "h"),
    ("shch", "shh"),
    ("ij", "iy"),
    ("ja", "ya"),
    ("ju", "yu"),
    ("eh", "e"),
)


def tidy(name: str) -> str:
    """Return the form in which a name is kept: NFC, single spaces, without stress and footnote marks.

    >>> tidy("Île-de-France²"), tidy("Моско\u0301вский  район"), tidy("\u200eCairo ")
    ('Île-de-France', 'Московский район', 'Cairo')
    """
    name = unicodedata.normalize("NFC", name)
    script = script_of(name)
    if script == "Cyrl":
        name = unicodedata.normalize("NFC", name.translate(_STRESS))
    elif script == "Arab":
        name = name.translate(_VOWEL_SIGNS)
    kept = _KEPT_FORMAT.get(script, "")
    name = "".join(c for c in name if c in kept or unicodedata.category(c) not in ("Cf", "Cc", "Co", "Cn"))
    name = _FOOTNOTE.sub("", name)
    return _SPACES.sub(" ", name).strip(" ,.-–—") if not name.endswith(".") else _SPACES.sub(" ", name).strip()


def is_name(name: str) -> bool:
    """Say whether a string can be a place name: some letters, no markup, not a code, not too long.

    >>> [is_name(n) for n in ("Kyiv", "https://x", "12345", "A;B", "")]
    [True, False, False, False, False]
    """
    if not name or len(name) > LONGEST_NAME or _NOT_A_NAME.search(name):
        return False
    return script_of(name) != "Zyyy"


def is_machine(name: str) -> bool:
    """Say whether a name in a script with capitals has none, the mark of machine transliterations.

    >>> is_machine("ku er si ke"), is_machine("'s-Hertogenbosch"), is_machine("Київ")
    (True, False, False)
    """
    return script_of(name) in CASED and not any(c.isupper() for c in name)


def is_code(name: str) -> bool:
    """Say whether a string is two to four capitals or digits, like an airport code.

    >>> is_code("IEV"), is_code("Kyiv")
    (True, False)
    """
    return _CODE.fullmatch(name) is not None


def loose(name: str) -> str:
    """Return a key for comparing spellings: caseless, Latin and Greek accents and all punctuation dropped.

    >>> loose("Donets’ka Oblast’"), loose("Київ") == loose("Киів")
    ('donetskaoblast', False)
    """
    name = name.casefold()
    if not name.isascii() and script_of(name) in ("Latn", "Grek"):
        name = "".join(c for c in unicodedata.normalize("NFKD", name) if unicodedata.category(c) != "Mn")
    return _LOOSE_DROP.sub("", name)


def machine_forms(name: str) -> set[str]:
    """Return the loose keys of GeoNames' machine transliterations of a Cyrillic name."""
    if script_of(name) != "Cyrl":
        return set()
    plain = name.casefold().translate(_GEONAMES_CYRILLIC)
    forms = {plain}
    for long, short in _GEONAMES_VARIANTS:
        forms |= {form.replace(long, short) for form in forms}
    return {loose(form) for form in forms}


class NameFilter:
    """Decides which raw strings of the sources are kept as names."""

    def __init__(self, autonyms: Iterable[str]) -> None:
        self._autonyms = {name.casefold() for name in autonyms}

    def is_autonym(self, name: str) -> bool:
        """Say whether the string is a language's name for itself, such as `日本語`."""
        return name.casefold() in self._autonyms

    def accept(self, raw: str, main: str, *, tagged: bool, upper_ok: bool = False) -> str:
        """Return the tidy name, or '' when the string is no name of a place whose main name is `main`."""
        name = tidy(raw)
        if name == main:
            return name
        name = _AFTER.sub("", name)
        if not is_name(name) or is_machine(name) or self.is_autonym(name):
            return ""
        if not tagged and not upper_ok and is_code(name):
            return ""
        if len(name) == 1 or (len(name) == 2 and not tagged and name.isascii()):
            return ""
        return name
