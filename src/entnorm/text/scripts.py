"""Which writing system a character or a name belongs to, as ISO 15924 codes."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# First word of a character's Unicode name -> ISO 15924 code (Unicode Character Database).
_BY_NAME = {
    "LATIN": "Latn",
    "FULLWIDTH": "Latn",
    "CYRILLIC": "Cyrl",
    "GREEK": "Grek",
    "ARABIC": "Arab",
    "HEBREW": "Hebr",
    "CJK": "Hani",
    "HIRAGANA": "Hira",
    "KATAKANA": "Kana",
    "KATAKANA-HIRAGANA": "Kana",
    "HALFWIDTH": "Kana",
    "HANGUL": "Hang",
    "GEORGIAN": "Geor",
    "ARMENIAN": "Armn",
    "DEVANAGARI": "Deva",
    "BENGALI": "Beng",
    "THAI": "Thai",
    "TAMIL": "Taml",
    "TELUGU": "Telu",
    "KANNADA": "Knda",
    "MALAYALAM": "Mlym",
    "GUJARATI": "Gujr",
    "GURMUKHI": "Guru",
    "SINHALA": "Sinh",
    "MYANMAR": "Mymr",
    "KHMER": "Khmr",
    "LAO": "Laoo",
    "ETHIOPIC": "Ethi",
    "TIBETAN": "Tibt",
    "MONGOLIAN": "Mong",
    "THAANA": "Thaa",
    "SYRIAC": "Syrc",
    "BOPOMOFO": "Bopo",
}

# ASCII and Latin letters with accents, nothing else: most names that are not ASCII.
_LATIN = re.compile(r"[\x00-\x7f\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f]+")

#: Scripts in which words are written without spaces between them.
UNSPACED = frozenset({"Hani", "Jpan", "Hira", "Kana", "Thai", "Laoo", "Khmr", "Mymr"})

#: Scripts that distinguish capital letters.
CASED = frozenset({"Latn", "Cyrl", "Grek", "Armn"})


@lru_cache(maxsize=65536)
def script_of_char(char: str) -> str:
    """ISO 15924 code of one character; ``"Zyyy"`` for digits, punctuation and anything shared.

    >>> script_of_char("Ж"), script_of_char("7"), script_of_char("基")
    ('Cyrl', 'Zyyy', 'Hani')
    """
    if char < "\x80":
        return "Latn" if char.isalpha() else "Zyyy"
    if not char.isalpha() and unicodedata.category(char)[0] not in "LM":
        return "Zyyy"
    name = unicodedata.name(char, "")
    if name.startswith(("COMBINING", "MODIFIER")):
        return "Zyyy"
    return _BY_NAME.get(name.partition(" ")[0], "Zyyy")


def script_of(text: str) -> str:
    """ISO 15924 code of the script most letters of ``text`` are written in.

    Text with any kana is ``"Jpan"``, whatever Han characters it holds. Ties go to the script seen first;
    text without letters is ``"Zyyy"``.

    >>> script_of("Зеленський"), script_of("キーウ"), script_of("安倍しんぞう"), script_of("1984")
    ('Cyrl', 'Jpan', 'Jpan', 'Zyyy')
    """
    if text.isascii():
        return "Latn" if text.isalpha() or any(map(str.isalpha, text)) else "Zyyy"
    if _LATIN.fullmatch(text):
        return "Latn"
    scripts = {*map(script_of_char, text)} - {"Zyyy"}
    if "Hira" in scripts or "Kana" in scripts:
        return "Jpan"
    if len(scripts) < 2:
        return scripts.pop() if scripts else "Zyyy"
    found = [script for script in map(script_of_char, text) if script != "Zyyy"]
    return max(dict.fromkeys(found), key=found.count)


#: Scripts a language of ours is written in in the press; several where both are printed.
SCRIPTS_OF_LANGUAGE: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("uk", "ru", "be", "bg", "mk", "kk", "ky", "tg", "mn"), ("Cyrl",)),
    "sr": ("Cyrl", "Latn"),
    **dict.fromkeys(("ar", "fa", "ur", "ps"), ("Arab",)),
    "he": ("Hebr",),
    "yi": ("Hebr",),
    "el": ("Grek",),
    "ka": ("Geor",),
    "hy": ("Armn",),
    "zh": ("Hani",),
    "ja": ("Jpan", "Hani"),
    "ko": ("Hang",),
    "hi": ("Deva",),
    "th": ("Thai",),
    "bn": ("Beng",),
    "ta": ("Taml",),
}


def fits_language(text: str, lang: str) -> bool:
    """Whether ``text`` is in a script its language ``lang`` (ISO 639-1) is printed in; Latin by default.

    >>> fits_language("Київ", "uk"), fits_language("Bakhmut", "uk"), fits_language("München", "de")
    (True, False, True)
    """
    script = script_of(text)
    return script == "Zyyy" or script in SCRIPTS_OF_LANGUAGE.get(lang.partition("-")[0], ("Latn",))
