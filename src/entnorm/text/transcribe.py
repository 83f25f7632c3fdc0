"""Press transcription: a name in its own script to what newspapers of another language print.

The rules are tables, one per target (``tables/transcribe``); ``routes.tsv`` there says which tables a pair of
languages needs. What rules cannot know (exonyms, personal spellings such as Klitschko) is data elsewhere.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from entnorm.errors import InputError
from entnorm.text import _cjk, _rules
from entnorm.text.romanize import romanize

_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ׳״\u200c][^\W\d_]+)*[׳']?")
_APOSTROPHES = str.maketrans("’ʼ`´", "''''")
_PATRONYMIC = re.compile(r"(?:[ое]в[иы]ч|ович|йович|ьич|[ое]вна|івна|ївна|ична|аўна|еўна|авіч|евіч)$", re.I)
_FEMININE_FAMILY = re.compile(r"(?:[оеёє]ва|[иіыї]на|ая|яя|ська|цька|зька)$", re.I)
_EASTERN = frozenset({"uk", "ru", "be", "bg"})
_PARTS = ("full", "given", "family", "place")


def transcribe(name: str, source: str, target: str, *, part: str = "full", gender: str | None = None) -> str:
    """Return ``name``, written in the language ``source``, as newspapers in ``target`` print it.

    ``source`` and ``target`` are ISO 639-1 codes, ``part`` is ``full`` (given name first, family name last),
    ``given``, ``family`` or ``place``, ``gender`` is ``"f"``, ``"m"`` or ``None`` (guessed from the endings).
    Words of other scripts stay as they are. `supports` tells which pairs have rules; for others, and for
    Japanese names not given in kana, `InputError` is raised. Names of Chinese, Japanese and Korean people
    are written family name first; a space sets the parts apart where a name is unusual.

    >>> [transcribe("Володимир Зеленський", "uk", target) for target in ("de", "fr", "pl", "cs")]
    ['Wolodymyr Selenskyj', 'Volodymyr Zelensky', 'Wołodymyr Zełenski', 'Volodymyr Zelenskyj']
    >>> transcribe("Мария Захарова", "ru", "cs"), transcribe("Часів Яр", "uk", "de", part="place")
    ('Marija Zacharovová', 'Tschassiw Jar')
    >>> transcribe("习近平", "zh", "en"), transcribe("习近平", "zh", "cs"), transcribe("习近平", "zh", "ru")
    ('Xi Jinping', 'Si Ťin-pching', 'Си Цзиньпин')
    """
    if part not in _PARTS:
        raise InputError(f"unknown part {part!r}", hint="use one of: " + ", ".join(_PARTS))
    if source == target:
        return name
    steps = _steps(source, target)
    if steps is None:
        raise InputError(
            f"no transcription from {source!r} to {target!r}",
            hint="supports(source, target) tells which pairs exist",
        )
    name = unicodedata.normalize("NFC", name).translate(_APOSTROPHES)
    if source in _cjk.SOURCES:
        return _cjk.transcribe(name, source, target, part)
    gender = gender or _gender(name, source, part)
    return _spell(name, source, steps, part, gender)


def supports(source: str, target: str) -> bool:
    """Tell whether `transcribe` knows how to write ``source`` for readers of ``target``.

    >>> supports("uk", "de"), supports("uk", "ja")
    (True, False)
    """
    return source == target or _steps(source, target) is not None


def respell(name: str, source: str, target: str) -> str:
    """Return an English press spelling of a name from ``source`` in the habits of ``target``.

    For names whose own script does not write the vowels (Arabic, Persian, Hebrew), or whose English spelling
    is the one known: ``sh`` is ``sch`` in German, ``ch`` in French, ``sz`` in Polish. A target or source
    without such a table gives the name back as it is.

    >>> [respell("Khamenei", "fa", target) for target in ("de", "pl", "cs", "sv", "ru")]
    ['Chamenei', 'Chamenei', 'Chamenei', 'Khamenei', 'Хаменеи']
    """
    table = f"transcribe/respell-{target}"
    if target == source or not _rules.table_exists(table):
        return name
    return _rules.load(table, frozenset({source, "respell"}))(unicodedata.normalize("NFC", name))


@cache
def _routes() -> dict[tuple[str, str], tuple[str, ...]]:
    """Return the steps of every pair of languages that has a route."""
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for sources, targets, steps in _rules.rows("transcribe/routes"):
        for source in sources.split():
            for target in targets.split():
                words = tuple(step.replace("{target}", target) for step in steps.split())
                found.setdefault((source, target), words)
    return found


def _steps(source: str, target: str) -> tuple[str, ...] | None:
    return _routes().get((source, target))


def _spell(name: str, source: str, steps: tuple[str, ...], part: str, gender: str) -> str:
    """Send every word of a name through the steps, each as the part of the name it is."""
    words = _WORD.findall(name)
    family = _family_index(words, part)
    index = -1

    def spell(match: re.Match[str]) -> str:
        nonlocal index
        index += 1
        role = part if part != "full" else ("family" if index == family else "given")
        # Only the last word of a place takes the ending of the target language.
        ending = "n" if part == "place" and index + 1 < len(words) else gender
        return _word(match.group(), source, steps, role, ending)

    return _WORD.sub(spell, name)


def _family_index(words: list[str], part: str) -> int:
    """Return which word is the family name: the last, or the first where a patronymic stands last."""
    if part != "full":
        return -1
    if len(words) == 3 and _PATRONYMIC.search(words[2]) and not _PATRONYMIC.search(words[1]):
        return 0
    return len(words) - 1


@lru_cache(maxsize=65536)
def _word(word: str, source: str, steps: tuple[str, ...], part: str, gender: str) -> str:
    for step in steps:
        if step == "romanize":
            word = romanize(word, source)
        elif step == "given-names":
            known = _given_names(source, steps[-1][-2:]).get(word.lower()) if part == "given" else None
            if known is not None:
                return known
        else:
            word = _rules.load(f"transcribe/{step}", frozenset({source, part, gender}))(word)
    return word


@cache
def _given_names(source: str, target: str) -> dict[str, str]:
    """Return given names that the press translates: Володимир in Ukrainian is Владимир in Russian."""
    head, *table = _rules.rows("transcribe/given-names")
    here, there = head.index(source), head.index(target)
    found: dict[str, str] = {}
    for row in table:
        found.setdefault(row[here].lower(), row[there])
    return found


def _gender(name: str, source: str, part: str) -> str:
    """Guess from the endings whose name it is; a man's where nothing speaks against it."""
    words = _WORD.findall(name)
    if source not in _EASTERN or not words or part == "place":
        return "m"
    if part in ("full", "family") and _FEMININE_FAMILY.search(words[-1]):
        return "f"
    if part == "family" or (part == "full" and len(words) < 2):
        return "m"
    given = words[0].lower()
    return "f" if given[-1:] in "ая" and given not in _masculine_in_a() else "m"


@cache
def _masculine_in_a() -> frozenset[str]:
    return frozenset(name for (name,) in _rules.rows("transcribe/masculine-in-a"))
