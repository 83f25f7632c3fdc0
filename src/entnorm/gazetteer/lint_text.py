"""Checks of single names, ids and values, shared by the linters of every kind of gazetteer."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from entnorm.gazetteer.findings import Findings
from entnorm.text.keys import key
from entnorm.text.scripts import SCRIPTS_OF_LANGUAGE, script_of_char

_ID = re.compile(r"[A-Za-z][A-Za-z0-9.+_-]*:[^\s|,]+")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*", re.I)
_COUNTRY = re.compile(r"[A-Z]{2}")
#: Zero-width joiner and non-joiner are part of the spelling in Persian and the scripts of India.
_JOINERS = "\u200c\u200d"
_LATIN_LETTER = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
_CYRILLIC_OR_GREEK = re.compile(r"[\u0370-\u052f\u1f00-\u1fff]")
_REACHABLE = re.compile(r"[A-Za-z0-9]")
_ALIKE = frozenset({"Latn", "Cyrl", "Grek"})
_WORD = re.compile(r"[^\W\d_]+")
#: Languages of the press that are printed in Latin script.
_LATIN = frozenset({
    "az", "ca", "cs", "da", "de", "en", "es", "et", "eu", "fi", "fr", "ga", "gl", "hr", "hu", "id", "is",
    "it", "lt", "lv", "ms", "mt", "nb", "nl", "no", "pl", "pt", "ro", "sk", "sl", "sq", "sv", "sw", "tr",
    "uz", "vi",
})  # fmt: skip


def check_text(text: str, path: Path, line: int, out: Findings, what: str = "name") -> None:
    """Report what is wrong with the characters of one cell."""
    if text != " ".join(text.split()):
        out.add(path, line, "spaces", f"{what} {text!r} has outer or double spaces")
    if text.isascii() and text.isprintable():
        return
    if not unicodedata.is_normalized("NFC", text):
        out.add(path, line, "not-nfc", f"{what} {text!r} is not in Unicode form NFC")
    hidden = [c for c in text if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Co", "Cn") and c not in _JOINERS]
    if hidden:
        out.add(path, line, "control-character", f"{what} {text!r} holds U+{ord(hidden[0]):04X}")
    for word in _WORD.findall(text) if _LATIN_LETTER.search(text) and _CYRILLIC_OR_GREEK.search(text) else ():
        scripts = {script_of_char(c) for c in word} & _ALIKE
        if len(scripts) > 1:
            out.add(path, line, "mixed-script", f"{what} {text!r}: {word!r} mixes {' and '.join(sorted(scripts))}")


def check_name(text: str, path: Path, line: int, out: Findings) -> None:
    """Report what is wrong with a name: its characters, or that it has no key."""
    check_text(text, path, line, out)
    if text.strip() and not _REACHABLE.search(text) and not key(text):
        out.add(path, line, "unreachable", f"name {text!r} has no key")


def check_script(text: str, lang: str, path: Path, line: int, out: Findings, what: str) -> None:
    """Report a text without one letter of the script its language is printed in."""
    base = lang.partition("-")[0]
    expected = SCRIPTS_OF_LANGUAGE.get(base) or (("Latn",) if base in _LATIN else ())
    scripts = {script_of_char(c) for c in text} - {"Zyyy"}
    if "Jpan" in expected:
        expected = (*expected, "Hira", "Kana")
    if expected and scripts and not scripts & set(expected):
        code = "latin-script" if scripts == {"Latn"} else "script"
        out.add(path, line, code, f"{what} {text!r} is in {'/'.join(sorted(scripts))}, not as {lang} is printed")


def check_id(ident: str, path: Path, line: int, out: Findings) -> None:
    """Report an id that is empty or no ``scheme:local``."""
    if not ident:
        out.add(path, line, "missing-field", "the id is empty")
    elif not _ID.fullmatch(ident):
        out.add(path, line, "bad-id", f"the id is {ident!r}")


def check_language(lang: str, path: Path, line: int, out: Findings) -> bool:
    """Report a language that is no BCP 47 tag; say whether it is one."""
    if _LANGUAGE.fullmatch(lang):
        return True
    out.add(path, line, "bad-language", f"the language is {lang!r}")
    return False


def check_country(country: str, path: Path, line: int, out: Findings) -> None:
    """Report a country that is no ISO 3166-1 alpha-2 code in capitals."""
    if country and not _COUNTRY.fullmatch(country):
        out.add(path, line, "bad-value", f"country is {country!r}, not an ISO 3166-1 alpha-2 code such as UA")


def check_number(text: str, low: float, high: float, path: Path, line: int, out: Findings, what: str) -> None:
    """Report a text that is no number between ``low`` and ``high``."""
    if not text:
        return
    try:
        value = float(text)
    except ValueError:
        value = float("nan")
    if not low <= value <= high:
        out.add(path, line, "bad-value", f"{what} is {text!r}, not a number from {low:g} to {high:g}")


def check_coordinates(lat: str, lon: str, path: Path, line: int, out: Findings) -> None:
    """Report coordinates that are out of range, or of which one is missing."""
    check_number(lat, -90, 90, path, line, out, "lat")
    check_number(lon, -180, 180, path, line, out, "lon")
    if bool(lat) != bool(lon):
        out.add(path, line, "bad-value", "only one of lat and lon is given")
