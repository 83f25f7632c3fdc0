"""A person's name taken apart: its words, without titles, with particles, initials and generations marked."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib import resources
from typing import NamedTuple

from entnorm.text.keys import key
from entnorm.text.scripts import UNSPACED, script_of

_GLUED = re.compile(r"(?<=[a-zа-яёіїєґ])(?=[A-ZА-ЯЁІЇЄҐ])")
_INNER_CAPITAL = re.compile(r"^(?:Mc|Mac|Mac|De|Di|Da|La|Le|Van|Von|O|D|Fitz|Al|El|Ul|Ash|As|An|Ad|Ar|At|Az)(?=[A-Z])")
_SPLIT = re.compile(r"[\s\-‐‑–—/·・_]+")
_DIGITS = str.maketrans("0134579", "oleastg")
_LETTER_DIGIT = re.compile(r"(?=\w*[^\W\d_])(?=\w*\d)[\w]+")
_BRACKETS = re.compile(r"[(\[{«\"“„][^)\]}»\"”“]*[)\]}»\"”“]")


class NameWord(NamedTuple):
    """One word of a person's name: as written, its key, and what it is.

    ``kind`` is ``name``, ``initial`` or ``particle``; ``script`` the ISO 15924 code of the name it stands in.
    """

    text: str
    key: str
    kind: str
    script: str = "Latn"


@dataclass(frozen=True, slots=True)
class PersonName:
    """A parsed name. ``suffix`` is a generation (``jr``, ``ii``) or empty; ``script`` an ISO 15924 code.

    ``joined`` is the keys of all words in a row, ``keys`` the set of them.
    """

    text: str
    words: tuple[NameWord, ...]
    suffix: str
    script: str
    joined: str
    keys: frozenset[str]

    def with_words(self, words: tuple[NameWord, ...]) -> PersonName:
        """The name cut into other words."""
        return replace(self, words=words, keys=frozenset([w.key for w in words]))


@lru_cache(maxsize=1)
def _classes() -> dict[str, frozenset[str]]:
    text = resources.files("entnorm.text").joinpath("tables/person_words.tsv").read_text(encoding="utf-8")
    found: dict[str, set[str]] = {}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            class_, words = line.split("\t")
            found.setdefault(class_, set()).update(words.split("|"))
    return {class_: frozenset(words) for class_, words in found.items()}


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
    words = tuple(NameWord(t, key(t).replace(" ", ""), "name", name.script) for t in (text[:cut], text[cut:]))
    return name.with_words(words)


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
    if comma and tail.strip() and (key(tail) not in _classes()["suffix"] or _is_initial(tail)):
        plain = f"{tail} {head}"
    pieces = _pieces(plain) if script not in UNSPACED else [p for p in _SPLIT.split(plain) if p]
    words = [(piece, k.replace(" ", "")) for piece in pieces if (k := key(piece))]
    words, suffix = _without_suffix(words, plain)
    words = _without_titles(words)
    made = tuple(NameWord(t, k, _kind(k), script) for t, k in words)
    if all(w.kind == "particle" for w in made):
        made = tuple(w._replace(kind="name") for w in made)
    joined = "".join([k for _, k in words])
    return PersonName(text, made, suffix, script, joined, frozenset([k for _, k in words]))


def _is_initial(text: str) -> bool:
    return len(text.strip(" .")) == 1 and "." in text


def _without_suffix(words: list[tuple[str, str]], plain: str) -> tuple[list[tuple[str, str]], str]:
    """The words before generations and degrees, and the generation, if any."""
    suffix = ""
    known = _classes()["suffix"] | _classes()["suffix_or_name"]
    while len(words) > 1 and words[-1][1] in known:
        written, last = words[-1]
        if last in _classes()["suffix_or_name"] and not _abbreviated(written, plain):
            break  # Amartya Sen is nobody's father
        if len(last) == 1 and f"{written}." in plain:
            break  # "Putin V." is a man with an initial, not the fifth of his name
        words = words[:-1]
        last = _pairs("same_suffix").get(last, last)
        suffix = last if last in _GENERATIONS else suffix
    return words, suffix


def _abbreviated(word: str, text: str) -> bool:
    return re.search(rf",\s*{re.escape(word)}\b|\b{re.escape(word)}\.", text) is not None


def _without_titles(words: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The words after titles; what is a name as often as a title goes only where a full name is left."""
    while len(words) > 1 and not (len(words) == 2 and len(words[0][1]) == 1):
        first = words[0][1]
        if first not in _classes()["title"] and not (len(words) > 2 and first in _classes()["title_or_name"]):
            break
        words = words[1:]
    return words


def is_title(word_key: str) -> bool:
    """Whether a word (its key) is a title that is no name, such as ``lord``.

    >>> is_title("lord"), is_title("general"), is_title("putin")
    (True, False, False)
    """
    return word_key in _classes()["title"]


def _kind(word: str) -> str:
    if word in _classes()["particle"]:
        return "particle"
    return "initial" if len(word) == 1 else "name"


@lru_cache(maxsize=8)
def _pairs(class_: str) -> dict[str, str]:
    return dict(pair.split(">") for pair in sorted(_classes()[class_]))


@lru_cache(maxsize=1 << 14)
def patronymic_stem(word: str) -> str:
    """The father's name in an East Slavic patronymic (its key), empty for other words.

    >>> patronymic_stem("viktorovich"), patronymic_stem("ivanivna"), patronymic_stem("kovalchuk")
    ('viktor', 'ivan', '')
    """
    for length in (7, 6, 5, 4):
        if len(word) > length + 1 and word[-length:] in _classes()["patronymic"]:
            return word[:-length]
    return ""


def feminine_of(woman: str, man: str) -> bool:
    """Whether one surname (a key) is what the women of a family named as the other are called.

    >>> feminine_of("ivanova", "ivanov"), feminine_of("navratilova", "navratil"), feminine_of("petrova", "ivanov")
    (True, True, False)
    """
    return _formed(woman, man, "feminine")


def woman_named_as(woman: str, man: str) -> bool:
    """Whether one given name (a key) is formed from the other as women's names are from men's.

    >>> woman_named_as("danielle", "daniel"), woman_named_as("maria", "mario"), woman_named_as("anna", "ahmed")
    (True, True, False)
    """
    return _formed(woman, man, "woman")


def _formed(woman: str, man: str, class_: str) -> bool:
    if woman == man or len(man) < 4 or woman[:3] != man[:3]:
        return False
    return any(
        woman.endswith(feminine)
        and man.endswith(masculine)
        and woman[: -len(feminine)] == man[: len(man) - len(masculine)]
        for feminine, masculine in _endings(class_)
    )


@lru_cache(maxsize=4)
def _endings(class_: str) -> tuple[tuple[str, str], ...]:
    pairs = (pair.partition(">") for pair in sorted(_classes()[class_]))
    return tuple((feminine, masculine) for feminine, _, masculine in pairs)
