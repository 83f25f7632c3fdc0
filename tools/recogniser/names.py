"""Names of people for the templates: listed ones in the press spelling of a language, and random combinations."""

from __future__ import annotations

import csv
import random
import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from entnorm.gazetteer.people import FAMILY_FIRST, PEOPLE_COLUMNS, Person, press_spelling, spellings
from entnorm.gazetteer.places import tsv_rows
from entnorm.text.inflect import forms, full_forms
from entnorm.text.scripts import script_of

HERE = Path(__file__).resolve().parent
SCRIPTS = {"ru": "Cyrl", "uk": "Cyrl", "be": "Cyrl", "bg": "Cyrl", "mk": "Cyrl", "sr": "Cyrl", "el": "Grek"}
#: Shares: listed people, then of the others those with a family name of the language, one nobody bears, foreign.
LISTED, OWN, INVENTED = 0.3, 0.65, 0.35


def table(name: str) -> list[list[str]]:
    """Rows of a table of this folder."""
    text = (HERE / "tables" / name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]


@dataclass(frozen=True, slots=True)
class Name:
    """Given name, family name (with particles) and gender of a person."""

    given: str
    family: str
    gender: str


@dataclass
class Words:
    """Name words of one script."""

    given: dict[str, list[str]] = field(default_factory=lambda: {"m": [], "f": []})
    family: list[str] = field(default_factory=list)


def title(word: str) -> str:
    """A lower-case lexicon form with its capitals."""
    return re.sub(r"(^|[\s'’-])(\w)", lambda m: m[1] + m[2].upper(), unicodedata.normalize("NFC", word))


def lexicon_words(folder: Path) -> dict[str, Words]:
    """Given and family names of the name tables, by script."""
    roles: dict[str, tuple[str, str]] = {}
    for cells in csv.reader((folder / "roles.tsv").open(encoding="utf-8"), delimiter="\t", quoting=csv.QUOTE_NONE):
        if not cells[0].startswith("#") and len(cells) >= 3:
            roles[cells[0]] = (cells[1], cells[2])
    out: dict[str, Words] = defaultdict(Words)
    for line in (folder / "groups.tsv").open(encoding="utf-8"):
        if line.startswith("#"):
            continue
        members = line.rstrip("\n").split("\t")[1].split("|")
        known = [roles[m] for m in members if m in roles]
        role = next((r for r, _ in known if r in ("given", "family")), "")
        if role:
            gender = next((g for _, g in known if g), "")
            for member in members:
                _add(out, member, role, gender)
    for word, (role, gender) in roles.items():
        _add(out, word, role, gender)
    for words in out.values():
        words.family = sorted(set(words.family))
        words.given = {g: sorted(set(names)) for g, names in words.given.items()}
    return dict(out)


def _add(out: dict[str, Words], word: str, role: str, gender: str) -> None:
    if not 3 <= len(word) <= 16 or not word[0].isalpha() or " " in word:
        return
    script = script_of(word)
    if role == "family":
        out[script].family.append(title(word))
    elif role == "given" and gender in ("m", "f"):
        out[script].given[gender].append(title(word))


def read_people(folder: Path) -> list[Person]:
    """Every row of the people gazetteer but the machine-made Arabic pairs."""
    files = sorted(f for f in folder.rglob("*.tsv") if f.parent.name != "arabic")
    return [Person(*cells) for file in files for _, cells in tsv_rows(file, PEOPLE_COLUMNS)]


class People:
    """People of the press of one language."""

    def __init__(self, lang: str, people: list[Person], words: dict[str, Words], rng: random.Random) -> None:
        self.lang, self.rng = lang, rng
        self.script = SCRIPTS.get(lang, "Latn")
        self._words = words.get(self.script, Words())
        flavour = {row[0]: row for row in table("flavours.tsv")}.get(lang, [lang, "$", ""])
        self._particles = [p for p in (flavour[2] if len(flavour) > 2 else "").split("|") if p]
        self._feminine = [(a, b) for code, a, b in table("feminine.tsv") if code == lang]
        ending = re.compile(flavour[1])
        self._own = [w for w in self._words.family if ending.search(w)]
        self._native_given: dict[str, list[str]] = {"m": [], "f": []}
        self._listed: dict[str, list[Name]] = {"m": [], "f": []}
        weights: dict[str, list[float]] = {"m": [], "f": []}
        for person in people:
            name = self._spelled(person)
            gender = person.gender or "m"
            if name is None or gender not in ("m", "f"):
                continue
            self._listed[gender].append(name)
            weights[gender].append(2.0 ** float(person.rank or 1))
            if person.native_lang == lang:
                self._native_given[gender].append(name.given)
                self._own += [name.family] * 3 if gender == "m" else []
        self._weights = weights

    def _spelled(self, person: Person) -> Name | None:
        if person.native_lang == self.lang:
            given, family = person.native_given, person.native_family
        else:
            text = spellings(person).get(self.lang)
            if text is None and person.native_family and script_of(person.native_family) != "Latn":
                text = press_spelling(person, self.lang)
            if text is None:
                given, family = person.given, person.family
            elif person.native_lang in FAMILY_FIRST:
                family, _, given = text.partition(" ")
            else:
                given, _, family = text.rpartition(" ")
        if not given or not family or script_of(family) != self.script:
            return None
        return Name(given, family, person.gender or "m")

    def name(self, gender: str) -> Name:
        """A random person."""
        rng = self.rng
        if self._listed[gender] and rng.random() < LISTED:
            return rng.choices(self._listed[gender], self._weights[gender])[0]
        return Name(self._given(gender), self._family(gender), gender)

    def _given(self, gender: str) -> str:
        own, other = self._native_given[gender], self._words.given[gender]
        pool = own if own and (not other or self.rng.random() < 0.6) else other
        given = self.rng.choice(pool)
        if self.rng.random() < 0.04:
            given += self.rng.choice("- ") + self.rng.choice(pool)
        return given

    def _family(self, gender: str) -> str:
        rng = self.rng
        family = rng.choice(self._own if self._own and rng.random() < OWN else self._words.family)
        if rng.random() < INVENTED and len(family) > 4:
            other = rng.choice(self._own or self._words.family)
            cut = rng.randint(2, len(family) - 2)
            family = family[:cut] + other[-min(len(other) - 1, rng.randint(3, 5)) :].lower()
        if gender == "f":
            family = self._of_a_woman(family)
        if rng.random() < 0.03:
            family += "-" + rng.choice(self._own or self._words.family)
        elif self._particles and rng.random() < 0.08:
            particle = rng.choice(self._particles)
            family = particle + ("" if particle[-1] in "'c" else " ") + family
        return family

    def _of_a_woman(self, family: str) -> str:
        for masculine, feminine in self._feminine:
            if family.endswith(masculine) and not family.endswith(("ová", "ova", "ska")):
                return family[: len(family) - len(masculine)] + feminine
        return family

    def write(self, case: str, form: str, gender: str) -> str:
        """The name of a random person in a case and form of the templates."""
        gender = gender or self.rng.choice("mmf")
        name = self.name(gender)
        if form == "given":
            return inflected(forms(name.given, self.lang, part="given", gender=gender), case, name.given, self.rng)
        if form in ("family", "initial"):
            family = inflected(forms(name.family, self.lang, part="family", gender=gender), case, name.family, self.rng)
            return family if form == "family" else f"{name.given[0]}. {family}"
        if form == "rev":
            return f"{name.family} {name.given}"
        options = full_forms(name.given, "", name.family, self.lang, gender)
        full = inflected(options, case, f"{name.given} {name.family}", self.rng)
        if self.lang == "en" and self.rng.random() < 0.05:
            return full.replace(" ", f" {self.rng.choice('ABCDEFGHJKLMPRSTW')}. ", 1)
        return full


def inflected(options: tuple, case: str, nominative: str, rng: random.Random) -> str:
    """One of the forms of a case, the nominative where there is none."""
    found = [f.text for f in options if f.case == case]
    if case == "nom" or not found:
        return nominative
    return found[0] if rng.random() < 0.8 else rng.choice(found)
