"""Chinese, Japanese and Korean names for the press: readings, name order, each language's system."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from entnorm.errors import InputError
from entnorm.text import _han, _hangul, _rules
from entnorm.text.romanize import romanize_kana

SOURCES = frozenset({"zh", "ja", "ko"})
_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U000323af]+")
_KANA = re.compile(r"[\u3041-\u30ff\s]+")
_HANGUL = re.compile(r"[\uac00-\ud7a3\s]+")
_DOTS = "·•‧・＝="
_HYPHENATED = frozenset({"cs", "sk", "hu"})
_CYRILLIC_SIGN = frozenset("аеёиоуэюяєії")
_FAMILY_FIRST = frozenset({"hu"})


def transcribe(name: str, source: str, target: str, part: str) -> str:
    """Return a Chinese, Japanese (in kana) or Korean name as newspapers in ``target`` print it.

    >>> transcribe("欧阳修", "zh", "en", "full"), transcribe("いしば しげる", "ja", "cs", "full")
    ('Ouyang Xiu', 'Šigeru Išiba')
    """
    writer = {"zh": _chinese, "ja": _japanese, "ko": _korean}[source]
    return writer(name.strip(), target, part)


def split_han_name(name: str) -> tuple[str, str]:
    """Split a Chinese name into family and given name; a space or the compound surnames decide.

    >>> split_han_name("欧阳修"), split_han_name("习近平"), split_han_name("习 近平")
    (('欧阳', '修'), ('习', '近平'), ('习', '近平'))
    """
    family, space, given = name.partition(" ")
    if space:
        return family, given.replace(" ", "")
    length = 2 if len(name) > 2 and name[:2] in _compound_surnames() else 1
    return name[:length], name[length:]


@cache
def _compound_surnames() -> frozenset[str]:
    return frozenset(surname for (surname,) in _rules.rows("transcribe/han-surnames"))


@cache
def pinyin_systems() -> dict[str, dict[str, str]]:
    """Return, by system (``wg``, ``cs``, ``ru``, …), what each pinyin syllable is there."""
    (_, *systems), *table = _rules.rows("transcribe/pinyin")
    return {system: {row[0]: row[column] for row in table} for column, system in enumerate(systems, start=1)}


def _chinese(name: str, target: str, part: str) -> str:
    if not _HAN.search(name):
        return name
    if any(dot in name for dot in _DOTS):
        return " ".join(_HAN.sub(lambda m: _chinese_word(m.group(), target, False), word) for word in _words(name))
    if part != "full":
        return _HAN.sub(lambda match: _chinese_word(match.group(), target, part == "family"), name)
    family, given = split_han_name(name)
    family = _HAN.sub(lambda match: _chinese_word(match.group(), target, True), family)
    given = _HAN.sub(lambda match: _chinese_word(match.group(), target, False), given)
    return f"{family} {given}".strip()


def _chinese_word(run: str, target: str, surname: bool) -> str:
    syllables = [part for part in _han.syllables(run, surname=surname) if part]
    words = [syllable for word in syllables for syllable in split_pinyin(word)]
    if not words:
        return run
    system = pinyin_systems().get("cs" if target == "sk" else target)
    if system is None:
        word = _han.join(words)
    else:
        parts = [system.get(syllable, syllable) for syllable in words]
        word = "-".join(parts) if target in _HYPHENATED else _cyrillic_joined(parts)
    return word[:1].upper() + word[1:]


def _cyrillic_joined(parts: list[str]) -> str:
    """Join syllables; a hard sign keeps a final н apart from a vowel that follows."""
    word = parts[0]
    for part in parts[1:]:
        word += ("ъ" if word[-1:] == "н" and part[:1] in _CYRILLIC_SIGN else "") + part
    return word


def split_pinyin(word: str) -> list[str]:
    """Split a reading of several characters into syllables, longest first."""
    table = pinyin_systems()["wg"]
    if word in table:
        return [word]
    for size in range(min(6, len(word) - 1), 0, -1):
        if word[:size] in table:
            rest = split_pinyin(word[size:])
            if all(part in table for part in rest):
                return [word[:size], *rest]
    return [word]


def _japanese(name: str, target: str, part: str) -> str:
    if any(dot in name for dot in _DOTS):
        return " ".join(_japanese(word, target, "given") for word in _words(name))
    if not _KANA.fullmatch(name):
        raise InputError(f"the reading of {name!r} is not known", hint="give Japanese names in kana, family name first")
    words = [romanize_kana(word, macrons=True) for word in name.split()]
    table = f"transcribe/hepburn-{target}"
    if _rules.table_exists(table):
        words = [_rules.load(table)(word) for word in words]
    else:
        words = [_without_macrons(word) for word in words]
    words = [word[:1].upper() + word[1:] for word in words]
    if part == "full" and target not in _FAMILY_FIRST:
        words = words[1:] + words[:1]
    return " ".join(words)


def _words(name: str) -> list[str]:
    """Words of a foreign name that dots hold together, in their order."""
    return [word for word in re.split(f"[{_DOTS}]", name) if word]


def _without_macrons(word: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFD", word) if letter not in "\u0304'")


@cache
def _korean_table(kind: str) -> dict[str, str]:
    return {hangul: latin for row_kind, hangul, latin in _rules.rows("transcribe/korean") if row_kind == kind}


def _korean(name: str, target: str, part: str) -> str:
    if not _HANGUL.fullmatch(name):
        return name
    if part == "place":
        words = [_hangul.romanize_hangul(word) for word in name.split()]
        return " ".join(word[:1].upper() + word[1:] for word in words)
    family, given = _split_korean(name, part)
    if target in ("ru", "uk"):
        word = _korean_cyrillic(family, given)
        return word.replace("ы", "и").replace("э", "е") if target == "uk" else word
    parts = [_korean_table("given").get(letter) or _hangul.romanize_hangul(letter) for letter in given]
    latin = "-".join(parts)
    surname = _korean_table("family").get(family) or _hangul.romanize_hangul(family).capitalize()
    return " ".join(word for word in (surname if family else "", latin[:1].upper() + latin[1:]) if word)


def _split_korean(name: str, part: str) -> tuple[str, str]:
    """Split a Korean name into family and given name; a space or the compound surnames decide."""
    if part != "full":
        letters = name.replace(" ", "")
        return (letters, "") if part == "family" else ("", letters)
    family, space, given = name.partition(" ")
    if space:
        return family, given.replace(" ", "")
    length = 2 if len(name) > 3 and name[:2] in _korean_table("family") else 1
    return name[:length], name[length:]


@cache
def _kontsevich() -> dict[str, list[str]]:
    return {
        kind: ["" if cell == "-" else cell for cell in cells.split(" ")]
        for kind, cells, *rest in _rules.rows("transcribe/korean-ru")
        if not rest
    }


@cache
def _kontsevich_families() -> dict[str, str]:
    return {row[1]: row[2] for row in _rules.rows("transcribe/korean-ru") if row[0] == "family"}


def _korean_cyrillic(family: str, given: str) -> str:
    """Return a Korean name in Cyrillic, a word for each syllable (Мун Чжэ Ин)."""
    table = _kontsevich()

    def word(letter: str, initials: str) -> str:
        ((initial, vowel, final),) = _hangul.split(letter)
        return (table[initials][initial] + table["vowel"][vowel] + table["final"][final]).capitalize()

    words = [_kontsevich_families().get(family) or "".join(word(letter, "initial") for letter in family)]
    words += [word(letter, "initial-given") for letter in given]
    return " ".join(part for part in words if part)
