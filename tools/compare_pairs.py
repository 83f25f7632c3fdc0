"""Pairs of names for fitting the comparison: one bearer written twice, or two bearers who are easily confused.

Bearers are made up from the name groups (``data/gazetteers/names``) or listed (``data/gazetteers/people``). Every name
is written with the same noise, whether the pair is a match or not: another order, words dropped or shortened, variants,
titles, typing and reading errors; so only what differs between the bearers can tell them apart.
"""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from rapidfuzz import fuzz, process
from rapidfuzz.distance import Levenshtein

from entnorm.evaluate.made_up import typo
from entnorm.gazetteer.names import NameLexicon
from entnorm.gazetteer.names_compile import read_rows
from entnorm.match.pairing import other_vowels
from entnorm.text.inflect import forms
from entnorm.text.keys import key, skeletons, sounds
from entnorm.text.scripts import UNSPACED, script_of

ROOT = Path(__file__).resolve().parents[1]
NAMES = ROOT / "data/gazetteers/names"
TITLES = ("Mr.", "Dr.", "President", "Sir", "Prof.", "Herr", "Sheikh", "Gen.", "Senator", "Ms.")
PARTICLES = ("de", "van", "bin", "al", "von", "da", "del", "di", "ben", "El", "van der", "de la")
GENERATIONS = ("Jr.", "Sr.", "II", "III", "Jr", "filho")
#: What a reader of print, or a finger on a keyboard, takes for what.
CONFUSED = (
    ("rn", "m"), ("m", "rn"), ("cl", "d"), ("vv", "w"), ("w", "vv"), ("l", "1"), ("o", "0"), ("e", "c"), ("i", "l"),
    ("u", "v"), ("h", "b"), ("b", "h"), ("n", "u"), ("s", "5"), ("ck", "k"), ("ph", "f"), ("i", "y"), ("y", "i"),
)  # fmt: skip
#: Endings of men's and women's Slavic surnames: a woman may be written down with either abroad.
FEMININE = (("ov", "ova"), ("ev", "eva"), ("in", "ina"), ("sky", "skaya"), ("ski", "ska"), ("ák", "áková"))


def misspelt(word: str, rng: random.Random) -> str:
    """A word with one error, or two, or a letter misread."""
    options = [(old, new) for old, new in CONFUSED if old in word[1:]]
    if options and rng.random() < 0.4:
        old, new = rng.choice(options)
        return word[0] + word[1:].replace(old, new, 1)
    if rng.random() < 0.2:
        at = rng.randrange(len(word))
        return word[:at] + word[at] + word[at:]
    once = typo(word, rng)
    return typo(once, rng) if len(word) > 5 and rng.random() < 0.25 else once


@dataclass
class Bearer:
    """Somebody with names, each a group number and a fixed form in every script he is written in."""

    given: list[int]
    family: list[int]
    patronymic: str = ""
    particle: str = ""
    generation: str = ""
    chain: str = ""
    nickname: bool = False
    woman: bool = False
    forms: dict[tuple[str, int, str], str] = field(default_factory=dict)


class Pool:
    """Given and family names by group, with lookalikes."""

    def __init__(self, rng: random.Random, lexicon: NameLexicon) -> None:
        self.rng, self.lexicon = rng, lexicon
        rows = list(read_rows(NAMES / "roles.tsv", 4))
        roles = {row[0]: row[1] for row in rows}
        self.gender = {row[0]: row[2] for row in rows if row[1] != "family"}
        self.patronymics = [row[0] for row in rows if row[1] == "patronymic"]
        self.nicknames: dict[str, list[str]] = defaultdict(list)
        for name, nick in read_rows(NAMES / "nicknames.tsv", 2):
            self.nicknames[name].append(nick)
        self.groups: dict[str, list[list[str]]] = {"given": [], "family": []}
        self.by_script: dict[tuple[str, str], list[int]] = defaultdict(list)
        for _, listed in read_rows(NAMES / "groups.tsv", 2):
            words = [w for w in listed.split("|") if " " not in w and len(w) > 1]
            role = next((roles[w] for w in words if w in roles), "")
            scripts = {script_of(w) for w in words}
            if role in self.groups and "Latn" in scripts:
                for script in scripts:
                    self.by_script[role, script].append(len(self.groups[role]))
                self.groups[role].append(words)
        self.latin = {
            r: [next(key(w) for w in g if script_of(w) == "Latn") for g in gs] for r, gs in self.groups.items()
        }
        self.alike: dict[tuple[str, str], list[int]] = defaultdict(list)
        self.homophones: dict[tuple[str, str], list[int]] = defaultdict(list)
        for role, names in self.latin.items():
            for i, name in enumerate(names):
                for sound in skeletons(name)[:1]:
                    self.homophones[role, sound].append(i)
                for sound in sounds(name)[:1]:
                    self.alike[role, sound[:2]].append(i)

    def pick(self, role: str, fold: int, folds: int, script: str = "Latn") -> int:
        """A random group of a fold that has a form in a script."""
        options = self.by_script[role, script]
        for _ in range(200):
            group = self.rng.choice(options)
            if group % folds == fold:
                return group
        return options[0]

    def lookalike(self, role: str, group: int, script: str = "Latn", spared: float = 0.85) -> int:
        """Another group that looks or sounds alike.

        Groups one letter apart are mostly spared: as often as not they are one name that the source keeps twice.
        """
        mine = self.latin[role][group]
        options = [i for s in sounds(mine)[:1] for i in self.alike[role, s[:2]] if i != group]
        if not options:
            return self.rng.randrange(len(self.latin[role]))
        if self.rng.random() < 0.25:
            return self.rng.choice(options)
        sample = self.rng.sample(options, min(self.rng.choice((25, 100, 400)), len(options)))
        if script != "Latn":
            mine = key(self.form(role, group, script))
        names = [self.latin[role][i] for i in sample]
        close = [sample[i] for _, _, i in process.extract(mine, names, scorer=fuzz.ratio, limit=6)]
        for i in close:
            edits = Levenshtein.distance(self.latin[role][group], self.latin[role][i])
            if edits == 0 or self.one_name(role, group, i):
                continue
            if edits == 1 and self._one_gender(role, group, i) and self.rng.random() < spared:
                continue
            return i
        return close[-1] if not self.one_name(role, group, close[-1]) else self.rng.choice(options)

    def one_name(self, role: str, one: int, two: int) -> bool:
        """Whether two groups are one name after all: related, or spellings that the source lists apart."""
        a, b = self.latin[role][one], self.latin[role][two]
        if self.lexicon.relation(a, b):
            return True
        alike = len(a) > 4 < len(b) and Levenshtein.distance(a, b) < 3 and self._one_gender(role, one, two)
        return alike and not set(skeletons(a)).isdisjoint(skeletons(b)) and not other_vowels(a, b)

    def counterpart(self, group: int) -> int | None:
        """A woman's name that looks like a man's, or the other way round; ``None`` where there is none."""
        mine = self.latin["given"][group]
        for i in (i for s in sounds(mine)[:1] for i in self.alike["given", s[:2]]):
            other = self.latin["given"][i]
            if Levenshtein.distance(mine, other) < 3 and not self._one_gender("given", group, i):
                return i
        return None

    def variant(self, role: str, group: int) -> int:
        """A group that is another spelling of one, or a related name; the group itself where there is none."""
        mine = self.latin[role][group]
        options = [i for s in skeletons(mine)[:1] for i in self.homophones[role, s] if i != group]
        options += [i for s in sounds(mine)[:1] for i in self.alike[role, s[:2]][:200] if i != group]
        self.rng.shuffle(options)
        return next((i for i in options[:60] if self.one_name(role, group, i)), group)

    def _one_gender(self, role: str, one: int, two: int) -> bool:
        genders = {self.gender.get(self.latin[role][one]), self.gender.get(self.latin[role][two])}
        return role == "family" or genders != {"m", "f"}

    def form(self, role: str, group: int, script: str) -> str:
        """A random form of a group in a script if it has one, else any."""
        words = self.groups[role][group]
        chosen = [w for w in words if script_of(w) == script]
        if not chosen:
            chosen = [w for w in words if script_of(w) == "Latn"]
        return self.rng.choice(chosen).title()

    def chosen(self, bearer: Bearer, role: str, group: int, script: str, variant: float) -> str:
        """How this bearer's name is written in a script: always the same form, but for some variants."""
        form = bearer.forms.setdefault((role, group, script), self.form(role, group, script))
        if script != "Cyrl" and self.rng.random() < 0.3 * variant:
            return self.form(role, self.variant(role, group), script)
        return self.form(role, group, script) if self.rng.random() < variant else form


class Writer:
    """Writes bearers down as somebody might."""

    def __init__(self, pool: Pool) -> None:
        self.pool, self.rng = pool, pool.rng

    def write(
        self, bearer: Bearer, script: str, *, variant: float = 0.2, noise: float = 1.0, initials: bool = False
    ) -> str:
        """One way to write a name in a script; with ``initials`` for all given names."""
        rng = self.rng
        given = [self.pool.chosen(bearer, "given", g, script, variant) for g in bearer.given]
        family = [self.pool.chosen(bearer, "family", f, script, variant) for f in bearer.family]
        if bearer.woman and script == "Latn" and rng.random() < 0.7:
            family = [_feminine(f) for f in family]
        if bearer.chain:
            return self._chain(bearer, given, family)
        if initials and family and script not in UNSPACED:
            formal = [bearer.forms["given", g, script] for g in bearer.given]
            given = [name[0] + "." for name in formal]
        else:
            if script == "Latn" and bearer.nickname and given and rng.random() < 0.5:
                given[0] = rng.choice(self.pool.nicknames.get(given[0].lower(), [given[0]])).title()
            given, family = self._shortened(given, family, noise)
            if bearer.patronymic and rng.random() < (0.75 if len(given) == 1 else 0.3):
                given.append(_patronymic(bearer.patronymic, script, rng))
        if bearer.particle and family and rng.random() < 0.9:
            family = [bearer.particle, *family]
        words = self._ordered(given, family, noise)
        words = [self._damaged(w, script, noise) for w in words]
        return self._dressed(words, bearer, script, noise)

    def _shortened(self, given: list[str], family: list[str], noise: float) -> tuple[list[str], list[str]]:
        rng = self.rng
        while len(given) > 1 and rng.random() < 0.25 * noise:
            given = given[:-1]
        if len(family) > 1 and rng.random() < 0.25 * noise:
            family = family[:1]
        if given and family and script_of(given[0]) not in UNSPACED:
            if len(given) > 1 and rng.random() < 0.15 * noise:
                given = [given[0], *(g[0] + "." for g in given[1:])]
            elif rng.random() < 0.04 * noise:
                given, family = ([], family) if rng.random() < 0.6 else (given[:1], [])
        return given, family

    def _ordered(self, given: list[str], family: list[str], noise: float) -> list[str]:
        rng = self.rng
        if not given or not family or rng.random() > 0.14 * noise:
            return [*given, *family]
        if rng.random() < 0.1:
            return rng.sample([*given, *family], len(given) + len(family))
        if script_of(family[0]) == "Latn" and rng.random() < 0.4:
            return [family[0].upper() + ",", *given] if len(family) == 1 else [*family[:-1], family[-1] + ",", *given]
        return [*family, *given]

    def _damaged(self, word: str, script: str, noise: float) -> str:
        if script in ("Latn", "Cyrl", "Grek") and len(word) > 3 and word[-1] not in ".," and " " not in word:
            if self.rng.random() < 0.09 * noise:
                return misspelt(word, self.rng)
            if script == "Cyrl" and self.rng.random() < 0.05 * noise:
                cases = list(forms(word, self.rng.choice(("ru", "uk"))))
                return self.rng.choice(cases).text if cases else word
        return word

    def _dressed(self, words: list[str], bearer: Bearer, script: str, noise: float) -> str:
        rng = self.rng
        if script in ("Hani", "Jpan"):
            return "·".join(words)
        text = " ".join(words)
        if bearer.generation and script == "Latn" and rng.random() < 0.97:
            text = f"{text}{rng.choice((' ', ', '))}{bearer.generation}"
        if script == "Latn" and rng.random() < 0.06 * noise:
            text = f"{rng.choice(TITLES)} {text}"
        if rng.random() < 0.06 * noise:
            text = text.upper()
        elif rng.random() < 0.02 * noise:
            text = text.lower()
        elif rng.random() < 0.02 * noise and "," not in text:
            text = text.replace(" ", rng.choice(("", "-")), 1)
        return text

    def _chain(self, bearer: Bearer, given: list[str], family: list[str]) -> str:
        rng = self.rng
        link = bearer.chain if rng.random() < 0.8 else rng.choice(("bin", "ibn", "ben", " "))
        text = f" {link} ".join(given).replace("   ", " ") + "".join(
            f" {rng.choice(('al-', 'Al ', 'el-'))}{f}" for f in family
        )
        return text.upper() if rng.random() < 0.1 else text


def _feminine(family: str) -> str:
    return next((family[: -len(m)] + f for m, f in FEMININE if family.endswith(m)), family)


def _patronymic(word: str, script: str, rng: random.Random) -> str:
    if script == "Cyrl":
        return word.title()
    latin = key(word).title()
    if rng.random() < 0.2:
        latin = latin.replace("ovich", "ovych") if latin.endswith("ovich") else latin.replace("vich", "witsch")
    return latin if rng.random() < 0.85 else latin[0] + "."
