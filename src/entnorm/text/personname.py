"""A person's name taken apart: its words, without titles, with particles, initials and generations marked."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib import resources

from entnorm.text.keys import key
from entnorm.text.scripts import UNSPACED, script_of

_GLUED = re.compile(r"(?<=[a-zа-яёіїєґ])(?=[A-ZА-ЯЁІЇЄҐ])")
_INNER_CAPITAL = re.compile(r"^(?:Mc|Mac|Mac|De|Di|Da|La|Le|Van|Von|O|D|Fitz|Al|El|Ul|Ash|As|An|Ad|Ar|At|Az)(?=[A-Z])")
_SPLIT = re.compile(r"[\s\-‐‑–—/·・_]+")
_DIGITS = str.maketrans("0134579", "oleastg")
_LETTER_DIGIT = re.compile(r"(?=\w*[^\W\d_])(?=\w*\d)[\w]+")
_BRACKETS = re.compile(r"[(\[{«\"“„][^)\]}»\"”“]*[)\]}»\"”“]")


@dataclass(frozen=True, slots=True)
class NameWord:
    """One word of a person's name: as written, its key, and what it is.

    ``kind`` is ``name``, ``initial`` or ``particle``.
    """

    text: str
    key: str
    kind: str


@dataclass(frozen=True, slots=True)
class PersonName:
    """A parsed name. ``suffix`` is a generation (``jr``, ``ii``) or empty; ``script`` an ISO 15924 code."""

    text: str
    words: tuple[NameWord, ...]
    suffix: str
    script: str
    joined: str


@lru_cache(maxsize=1)
def _classes() -> dict[str, frozenset[str]]:
    text = resources.files("entnorm.text").joinpath("tables/person_words.tsv").read_text(encoding="utf-8")
    found: dict[str, set[str]] = {}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            class_, words = line.split("\t")
            found.setdefault(class_, set()).update(words.split("|"))
    return {class_: frozenset(words) for class_, words in found.items()}


_SAME_SUFFIX = {
    "junior": "jr",
    "jun": "jr",
    "filho": "jr",
    "fils": "jr",
    "syn": "jr",
    "senior": "sr",
    "sen": "sr",
    "pere": "sr",
    "2nd": "ii",
    "3rd": "iii",
    "neto": "iii",
}
_GENERATIONS = frozenset({"jr", "sr", "ii", "iii", "iv", "v", "vi"})


def _pieces(text: str) -> list[str]:
    words = []
    for raw in _SPLIT.split(text):
        piece = raw.strip(".,;:")
        if not piece:
            continue
        if _LETTER_DIGIT.fullmatch(piece) and key(piece) not in _classes()["suffix"]:
            piece = piece.translate(_DIGITS)
        prefix = _INNER_CAPITAL.match(piece)
        if prefix:
            words.append(piece)
        elif "." in piece:
            words.extend(p for p in piece.split(".") if p)
        else:
            words.extend(p for p in _GLUED.split(piece) if p)
    return words


def split_family(name: PersonName) -> PersonName:
    """Cut an East Asian name of two to four characters after the family name: one character, or a listed pair.

    Other names come back as they are.

    >>> [w.key for w in split_family(parse_name("习近平")).words]
    ['xi', 'jinping']
    """
    if name.script not in ("Hani", "Hang") or len(name.words) != 1 or not 2 <= len(name.words[0].text) <= 4:
        return name
    text = name.words[0].text
    cut = 2 if len(text) > 2 and text[:2] in _classes()["family2"] else 1
    words = tuple(NameWord(t, key(t).replace(" ", ""), "name") for t in (text[:cut], text[cut:]))
    return replace(name, words=words)


@lru_cache(maxsize=1 << 15)
def parse_name(text: str) -> PersonName:
    """Take a name apart. Titles in front go, a generation behind is kept apart, "Family, Given" is turned round.

    >>> [w.key for w in parse_name("LAVROV, Sergey Viktorovich").words]
    ['sergey', 'viktorovich', 'lavrov']
    >>> [(w.key, w.kind) for w in parse_name("Mr. J. de la Cruz Jr.").words], parse_name("Mr. J. de la Cruz Jr.").suffix
    ([('j', 'initial'), ('de', 'particle'), ('la', 'particle'), ('cruz', 'name')], 'jr')
    """
    script = script_of(text)
    plain = _BRACKETS.sub(" ", text).strip() or text
    head, comma, tail = plain.partition(",")
    if comma and tail.strip() and key(tail) not in _classes()["suffix"]:
        plain = f"{tail} {head}"
    pieces = _pieces(plain) if script not in UNSPACED else [p for p in _SPLIT.split(plain) if p]
    words = []
    for piece in pieces:
        k = key(piece)
        if k:
            words.append((piece, k.replace(" ", "")))
    suffix = ""
    while len(words) > 1 and words[-1][1] in _classes()["suffix"]:
        last = words.pop()[1]
        last = _SAME_SUFFIX.get(last, last)
        suffix = last if last in _GENERATIONS else suffix
    while len(words) > 1 and words[0][1] in _classes()["title"] and not (len(words) == 2 and len(words[0][1]) == 1):
        words.pop(0)
    made = tuple(NameWord(t, k, _kind(k)) for t, k in words)
    if all(w.kind == "particle" for w in made):
        made = tuple(NameWord(w.text, w.key, "name") for w in made)
    return PersonName(text, made, suffix, script, "".join(k for _, k in words))


def _kind(word: str) -> str:
    if word in _classes()["particle"]:
        return "particle"
    return "initial" if len(word) == 1 else "name"
