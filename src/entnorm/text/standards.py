"""Library and official romanization standards, by name (``tables/romanize/schemes.tsv``)."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from entnorm.errors import InputError
from entnorm.text import _cjk, _han, _hangul, _rules
from entnorm.text.romanize import romanize, romanize_kana

_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U000323af]+")
_KANA = re.compile(r"[\u3041-\u3096\u309d\u309e\u30a1-\u30fa\u30fc-\u30fe]+")
_HANGUL = re.compile(r"[\uac00-\ud7a3]+")
_LATIN_WORD = re.compile(r"[^\W\d_]+(?:['’ʻ-][^\W\d_]+)*['’ʻ]?")


@dataclass(frozen=True, slots=True)
class Scheme:
    """A standard: its name, the ISO 639-1 codes it is for, and its title."""

    name: str
    langs: tuple[str, ...]
    how: str
    title: str


@cache
def schemes() -> dict[str, Scheme]:
    """Return every standard that `transliterate` knows, by name.

    >>> schemes()["iso9"].title, schemes()["rr"].langs
    ('ISO 9:1995', ('ko',))
    """
    found = (
        Scheme(name, tuple(langs.split()), how, title) for name, langs, how, title in _rules.rows("romanize/schemes")
    )
    return {scheme.name: scheme for scheme in found}


def transliterate(text: str, scheme: str, lang: str | None = None) -> str:
    """Return ``text`` romanized by a library or official standard.

    ``lang`` is needed where a standard differs by language (`schemes` lists them) and it has more than one.
    Letters that the standard does not cover stay. Raises `InputError` for an unknown standard or language.

    >>> transliterate("Щедрін Їжак", "iso9"), transliterate("Юлія", "ala-lc", "uk")
    ('Ŝedrìn Ïžak', 'I͡Ulii͡a')
    >>> transliterate("毛 泽东", "wade-giles"), transliterate("Mao Tse-tung", "pinyin")
    ('Mao Tsê-tung', 'Mao Zedong')
    """
    known = schemes().get(scheme)
    if known is None:
        raise InputError(f"unknown standard {scheme!r}", hint="use one of: " + ", ".join(schemes()))
    lang = lang or (known.langs[0] if len(known.langs) == 1 or scheme == "iso9" else None)
    if lang not in known.langs:
        raise InputError(f"{known.title} needs a language it is for", hint="lang is one of: " + ", ".join(known.langs))
    text = unicodedata.normalize("NFC", text)
    kind, _, table = known.how.partition(" ")
    if kind == "table":
        return unicodedata.normalize("NFC", _rules.load(f"romanize/{table}", frozenset({lang}))(text))
    if kind == "romanize":
        return romanize(text, lang)
    return _ROUTINES[kind](text)


def _capitalized(text: str) -> str:
    return text[:1].upper() + text[1:]


def _pinyin(text: str) -> str:
    """Han characters and Wade-Giles words to pinyin; a Latin word that is not Wade-Giles stays."""
    text = _LATIN_WORD.sub(lambda match: _from_wade_giles(match.group()), text)
    return _HAN.sub(lambda match: _capitalized(_han.romanize_han(match.group())), text)


def _wade_giles(text: str) -> str:
    """Han characters and pinyin words to Wade-Giles, syllables joined by hyphens; other words stay."""
    text = _LATIN_WORD.sub(lambda match: _to_wade_giles(match.group()), text)
    return _HAN.sub(lambda match: _capitalized(_joined(_han.syllables(match.group()))), text)


def _joined(syllables: list[str]) -> str:
    table = _cjk.pinyin_systems()["wg"]
    parts = [part for word in syllables for part in _cjk.split_pinyin(word)]
    return "-".join(table.get(part, part) for part in parts)


def _to_wade_giles(word: str) -> str:
    table = _cjk.pinyin_systems()["wg"]
    parts = [part for piece in re.split(r"['’-]", word.lower()) for part in _cjk.split_pinyin(piece)]
    if not all(part in table for part in parts):
        return word
    latin = "-".join(table[part] for part in parts)
    return _capitalized(latin) if word[0].isupper() else latin


@cache
def _wade_giles_table() -> dict[str, str]:
    """Map Wade-Giles to pinyin, with and without the breve and circumflex that newspapers drop."""
    found: dict[str, str] = {}
    for pinyin, wade_giles in _cjk.pinyin_systems()["wg"].items():
        found.setdefault(wade_giles, pinyin)
        found.setdefault(wade_giles.replace("ê", "e").replace("ŭ", "u"), pinyin)
    found |= {"tse": "ze", "ts'e": "ce", "szu": "si", "ssu": "si"}
    return found


def _from_wade_giles(word: str) -> str:
    table = _wade_giles_table()
    parts = word.lower().replace("’", "'").replace("ʻ", "'").split("-")
    if not all(part in table for part in parts):
        return word
    pinyin = _han.join([table[part] for part in parts])
    return _capitalized(pinyin) if word[0].isupper() else pinyin


def _hepburn(text: str) -> str:
    return _KANA.sub(lambda match: _capitalized(romanize_kana(match.group(), macrons=True)), text)


def _kunrei(text: str) -> str:
    rules = _rules.load("romanize/kunrei")
    return _KANA.sub(lambda match: _capitalized(rules(romanize_kana(match.group(), macrons=True))), text)


def _revised(text: str) -> str:
    return _HANGUL.sub(lambda match: _capitalized(_hangul.standard(match.group(), "rr")), text)


def _mccune_reischauer(text: str) -> str:
    return _HANGUL.sub(lambda match: _capitalized(_hangul.standard(match.group(), "mr")), text)


_ROUTINES = {
    "pinyin": _pinyin,
    "wade_giles": _wade_giles,
    "hepburn": _hepburn,
    "kunrei": _kunrei,
    "revised": _revised,
    "mccune_reischauer": _mccune_reischauer,
}
