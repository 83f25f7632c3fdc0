"""Any script to readable Latin.

`romanize` is for people and for output, `ascii_key` for index keys. Without a language both are pure
functions of the text, chosen so that spellings of one name in several languages come out alike; the choices
are written down at the head of each table in ``tables/romanize``. Unidecode reads what no table covers.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache

from unidecode import unidecode_expect_nonascii

from entnorm.text import _rules
from entnorm.text._han import romanize_han
from entnorm.text._hangul import romanize_hangul

_LATIN = r"\u0000-\u02af\u1e00-\u1eff\u2c60-\u2c7f\ua722-\ua7ff\uab30-\uab6f"
_CYRILLIC = r"\u0400-\u052f\u1c80-\u1c8f\u2de0-\u2dff\ua640-\ua69f"
_NOT_ASCII = re.compile(r"[^\u0000-\u007f]")
_NOT_LATIN = re.compile(f"[^{_LATIN}]")
_NOT_PLAIN = re.compile(f"[^{_LATIN}\u0400-\u052f]|[јљњђћџѓќѕЈЉЊЂЋЏЃЌЅ]")
_SOUTH_SLAVIC = re.compile(r"[јљњђћџѓќѕЈЉЊЂЋЏЃЌЅ]")
_MARKS = re.compile(r"[\u0300-\u036f]+")
_COMPATIBLE = re.compile(r"[\uf900-\ufdff\ufe70-\ufeff\uff00-\uffef\U0002f800-\U0002fa1f]+")
_RUNS = re.compile(
    rf"(?P<cyrl>[{_CYRILLIC}]+)|"
    r"(?P<grek>[\u0370-\u03ff\u1f00-\u1fff]+)"
    r"|(?P<armn>[\u0530-\u058f]+)"
    r"|(?P<geor>[\u10a0-\u10ff\u1c90-\u1cbf\u2d00-\u2d2f]+)"
    r"|(?P<hebr>[\u0590-\u05ff]+(?:['’][\u05d0-\u05ea\u05b0-\u05c7]+)*['’]?)"
    r"|(?P<arab>[\u0620-\u065f\u066e-\u06d3\u06d5-\u06ed\u06fa-\u06ff\u200c\u200d]+)"
    r"|(?P<kana>[\u3041-\u3096\u309d\u309e\u30a1-\u30fa\u30fc-\u30fe]+)"
    r"|(?P<hang>[\uac00-\ud7a3]+)"
    r"|(?P<han>[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U000323af々]+)"
    rf"|(?P<other>[^{_LATIN}{_CYRILLIC}\u0300-\u03ff\u0530-\u06ff\u10a0-\u10ff\u1f00-\u206f\u3000-\u9fff"
    r"\uac00-\ud7a3\U00020000-\U000323af\s]+)"
    rf"|(?P<rest>[^{_LATIN}{_CYRILLIC}\u0300-\u036f\s])"
)
_ARTICLE = re.compile(r"\bal-")
_NOT_KEY = re.compile(r"[^a-z0-9 ]+")
_SPACE = re.compile(r"[\s\u00b7\u2010-\u2015\u2027\u30fb\uff65]")
_KATAKANA = {code: code - 0x60 for code in (*range(0x30A1, 0x30F7), 0x30FD, 0x30FE)}
_DEFAULT_SCHEME = {
    "uk": "kmu2010", "ru": "press-ru", "be": "press-be", "bg": "bg-streamlined", "mk": "plain-sr",
    "sr": "plain-sr", "bs": "plain-sr", "sh": "plain-sr", "hr": "plain-sr", "cnr": "plain-sr",
}  # fmt: skip


def romanize(text: str, lang: str | None = None) -> str:
    """Return ``text`` with every letter that is not Latin written in Latin letters.

    Latin letters keep their marks, case is kept (words of scripts without case get a capital), punctuation
    stays. ``lang`` is an ISO 639-1 code; with it, the usual English-press spelling of that language is used
    where there is one (uk: KMU 2010, bg: the law of 2009, el: ELOT 743, …). Without it the result depends on
    the text alone. Any text is accepted; lone surrogates are dropped.

    >>> romanize("Володимир Зеленський"), romanize("Володимир Зеленський", "uk")
    ('Volodimir Zelenskiy', 'Volodymyr Zelenskyi')
    >>> romanize("Александар Вучић"), romanize("Μητσοτάκης"), romanize("საქართველო")
    ('Aleksandar Vucic', 'Mitsotakis', 'Sakartvelo')
    >>> romanize("بنيامين نتنياهو"), romanize("יאיר לפיד"), romanize("习近平"), romanize("ゼレンスキー")
    ('Bnyamin Ntnyahu', 'Yair Lfid', 'Xijinping', 'Zerensuki')
    """
    if text.isascii() or not _NOT_LATIN.search(text):
        return text
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    if lang in _DEFAULT_SCHEME:
        text = _table(_DEFAULT_SCHEME[lang])(text)
    if _NOT_PLAIN.search(text):
        text = _by_runs(text, lang or "")
        if text.isascii():
            return text
        text = _MARKS.sub("", text)
    text = _table("generic")(text)
    return text if text.isascii() else _NOT_LATIN.sub(lambda match: _decode(match.group()), text)


def romanize_ascii(text: str, lang: str | None = None) -> str:
    """Return `romanize` reduced to ASCII letters and marks: diacritics dropped, ß as ss, ø as o.

    >>> romanize_ascii("Łukasz Żółć"), romanize_ascii("Erdoğan'ın")
    ('Lukasz Zolc', "Erdogan'in")
    """
    text = romanize(text, lang)
    if text.isascii():
        return text
    text = _strip_marks(_rules.keep_capitals(text, lambda word: word.translate(_latin(title=True))))
    return text if text.isascii() else _NOT_ASCII.sub(lambda match: _decode(match.group()), text)


def ascii_key(folded: str) -> str:
    """Return the ASCII key of folded text: only ``[a-z0-9 ]``, anything unknown dropped.

    Spaces stay where they are; dashes and middle dots become spaces, and so does the hyphen of the Arabic
    article. Deterministic, blind to case, and the identity on its own output.

    >>> ascii_key("зеленський"), ascii_key("łódź"), ascii_key("القدس"), ascii_key("straße 5")
    ('zelenskiy', 'lodz', 'al qds', 'strasse 5')
    """
    text = folded.casefold()
    if not text.isascii():
        if _NOT_PLAIN.search(text):
            text = romanize(_SPACE.sub(" ", unicodedata.normalize("NFKC", text)).casefold()).casefold()
            text = _ARTICLE.sub("al ", text) if "al-" in text else text
        else:
            text = _table("generic")(text)
        if not text.isascii():
            text = _strip_marks(text.translate(_latin()))
            text = text if text.isascii() else _decode(text).casefold()
    return _NOT_KEY.sub("", text) if _NOT_KEY.search(text) else text


def romanize_kana(text: str, *, macrons: bool = False) -> str:
    """Return kana in Hepburn, in lower case; long vowels are marked only with ``macrons``.

    >>> romanize_kana("とうきょう"), romanize_kana("とうきょう", macrons=True), romanize_kana("ハッチ")
    ('tokyo', 'tōkyō', 'hatchi')
    """
    text = _rules.load("romanize/kana", frozenset({"macrons"} if macrons else ()))(text.translate(_KATAKANA))
    return unicodedata.normalize("NFC", text) if macrons else text


@cache
def _table(name: str, tag: str = "") -> _rules.Rules:
    """Return the rules of one romanization table, for a language where it reads some letters apart."""
    return _rules.load(f"romanize/{name}", frozenset({tag} if tag else ()))


def _by_runs(text: str, tag: str) -> str:
    """Romanize the runs of the scripts that one letter table cannot read; the rest stays as it is."""
    if _COMPATIBLE.search(text):
        text = _COMPATIBLE.sub(lambda match: unicodedata.normalize("NFKC", match.group()), text)
    return _RUNS.sub(lambda match: _RUN_ROUTINES[match.lastgroup or "rest"](match.group(), tag), text)


def _south_slavic(word: str, tag: str) -> str:
    """Read a Cyrillic word by the Serbian table if it has a letter that only Serbian and Macedonian use."""
    return _table("plain-sr")(word) if _SOUTH_SLAVIC.search(word) else word


def _greek(run: str, tag: str) -> str:
    return _table("grek", "el" if tag == "el" else "")(run.translate(_greek_bases()))


def _arabic(run: str, tag: str) -> str:
    latin = _table("arab", "fa" if tag == "fa" else "")(run)
    return latin[:3] + _capitalized(latin[3:]) if latin.startswith("al-") else _capitalized(latin)


_RUN_ROUTINES: dict[str, Callable[[str, str], str]] = {
    "cyrl": _south_slavic,
    "grek": _greek,
    "armn": lambda run, tag: _table("armn")(run),
    "geor": lambda run, tag: _capitalized(_table("geor")(run)),
    "hebr": lambda run, tag: _capitalized(_table("hebr")(run)),
    "arab": _arabic,
    "kana": lambda run, tag: _capitalized(romanize_kana(run)),
    "hang": lambda run, tag: _capitalized(romanize_hangul(run)),
    "han": lambda run, tag: _capitalized(romanize_han(run)),
    "other": lambda run, tag: _capitalized(_decode(run)),
    "rest": lambda run, tag: _decode(run),
}


def _capitalized(text: str) -> str:
    return text[:1].upper() + text[1:]


def _decode(text: str) -> str:
    """Return letters, marks and numbers as Unidecode reads them; other symbols stay, surrogates go."""
    return "".join(_decode_letter(letter) for letter in text)


def _decode_letter(letter: str) -> str:
    category = unicodedata.category(letter)
    if category == "Nd":
        return str(unicodedata.decimal(letter))
    if category[0] in "LMN":
        return unidecode_expect_nonascii(letter, errors="ignore").strip()
    return "" if category == "Cs" else letter


def _strip_marks(text: str) -> str:
    if text.isascii():
        return text
    return "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))


@cache
def _greek_bases() -> dict[int, str]:
    """Map accented Greek letters to plain ones; a diaeresis stays, it takes a digraph apart."""
    table = {}
    for code in (*range(0x370, 0x400), *range(0x1F00, 0x2000)):
        parts = unicodedata.normalize("NFD", chr(code))
        if len(parts) > 1:
            diaeresis = "\u0308" if "\u0308" in parts else ""
            table[code] = unicodedata.normalize("NFC", parts[0] + diaeresis)
    return table


@cache
def _latin(*, title: bool = False) -> dict[int, str]:
    """Map Latin letters without decomposition to ASCII, with ``title`` also their capitals."""
    table: dict[int, str] = {}
    for letter, ascii_letters in _rules.rows("romanize/latin"):
        ascii_letters = "" if ascii_letters == "-" else ascii_letters
        if title and len(letter.upper()) == 1:
            table[ord(letter.upper())] = _capitalized(ascii_letters)
        table[ord(letter)] = ascii_letters
    return table
