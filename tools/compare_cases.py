"""The cases that name comparison is fitted on: who is compared with whom.

Half of all pairs are of one bearer. The others are of two who share some of their names, as relatives do, or whose
names look or sound alike.
"""

from __future__ import annotations

import random
import zlib
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace

from rapidfuzz import fuzz, process

from compare_pairs import GENERATIONS, PARTICLES, ROOT, Bearer, Pool, Writer
from entnorm.gazetteer.catalog import read_source
from entnorm.gazetteer.names import NameLexicon, NameRole
from entnorm.text.keys import key, sounds
from entnorm.text.personname import parse_name
from entnorm.text.scripts import script_of

#: Scripts of pairs within one script, and of the other side of pairs in two, by how often they are drawn.
ONE_SCRIPT = ("Latn",) * 22 + ("Cyrl",) * 4 + ("Grek", "Arab", "Hebr", "Jpan")
TWO_SCRIPTS = ("Cyrl", "Cyrl", "Cyrl", "Arab", "Arab", "Hebr", "Hebr", "Hang", "Hang", "Jpan", "Hani", "Hani", "Grek")
Pair = tuple[str, str]


class Cases:
    """Makes pairs, each of names of one fold."""

    def __init__(self, rng: random.Random, folds: int, lexicon: NameLexicon) -> None:
        self.rng, self.folds = rng, folds
        self.pool = Pool(rng, lexicon)
        self.writer = Writer(self.pool)
        self.listed = Listed(rng)

    def one_script(self, fold: int, match: bool) -> Pair:
        """Two names in one script."""
        if self.rng.random() < 0.2:
            return self.listed.pair(fold, self.folds, match, across=False)
        script = self.rng.choice(ONE_SCRIPT)
        bearer = self.bearer(fold, script)
        other = bearer if match else self.other(bearer, fold, script, script)
        noise = self.rng.choice((0.3, 1.0, 2.0))
        short = self.rng.random() < 0.12, self.rng.random() < 0.12
        if self.rng.random() < 0.06:
            short = True, True
        first = self.writer.write(bearer, script, noise=noise, initials=short[0])
        pair = first, self.writer.write(other, script, noise=noise, initials=short[1])
        if not match and self._no_difference(*pair) and self.rng.random() < 0.85:
            return self.one_script(fold, match)
        return pair

    @staticmethod
    def _no_difference(a: str, b: str) -> bool:
        """Whether one name has all words of the other in order: nothing is left by which to tell the bearers apart."""
        one, two = parse_name(a), parse_name(b)
        if one.suffix != two.suffix:
            return False
        longer, shorter = sorted(([w.key for w in one.words], [w.key for w in two.words]), key=len, reverse=True)
        rest = iter(longer)
        return all(word in rest for word in shorter)

    def two_scripts(self, fold: int, match: bool) -> Pair:
        """A name in Latin script and one in another."""
        kind = self.rng.random()
        if kind < 0.2:
            return self.listed.pair(fold, self.folds, match, across=True)
        script = self.rng.choice(TWO_SCRIPTS)
        if kind < 0.65:
            return self._single_words(fold, script, match)
        bearer = self.bearer(fold, script)
        other = bearer if match else self.other(bearer, fold, script, "Latn")
        short = self.rng.random() < 0.08, self.rng.random() < 0.08
        first = self.writer.write(bearer, script, noise=0.3, initials=short[0])
        return first, self.writer.write(other, "Latn", noise=self.rng.choice((0.2, 0.7)), initials=short[1])

    def _single_words(self, fold: int, script: str, match: bool) -> Pair:
        role = self.rng.choice(("given", "family", "family"))
        group = self.pool.pick(role, fold, self.folds, script)
        other = group if match else self.pool.lookalike(role, group, script, spared=1.0)
        return self.pool.form(role, group, script), self.pool.form(role, other, "Latn")

    def bearer(self, fold: int, script: str) -> Bearer:
        """Somebody whose names have forms in a script."""
        rng = self.rng
        kind = rng.random()
        given, family = rng.choice((1, 1, 1, 2, 2, 3)), 1
        if kind < 0.1:
            family = 2
        elif kind < 0.2 and script == "Latn":
            given, family = rng.randint(2, 5), rng.randint(1, 3)
        elif kind < 0.26:
            given, family = (1, 0) if rng.random() < 0.4 else (0, 1)
        elif kind < 0.31:
            given, family = 2, 0
        made = Bearer(
            [self.pool.pick("given", fold, self.folds, script) for _ in range(given)],
            [self.pool.pick("family", fold, self.folds, script) for _ in range(family)],
        )
        if 0.31 <= kind < 0.42 and script in ("Latn", "Cyrl") and given:
            made.given = made.given[:1]
            made.patronymic = rng.choice(self.pool.patronymics)
        elif 0.42 < kind < 0.5 and given:
            made.particle = rng.choice(PARTICLES) if script == "Latn" else ""
        elif 0.5 < kind < 0.56 and script == "Latn":
            made.given = [self.pool.pick("given", fold, self.folds, "Arab") for _ in range(rng.choice((2, 2, 3)))]
            made.chain = rng.choice(("bin", "ibn", "ben", " "))
        elif 0.56 < kind < 0.64 and given and family:
            made.generation = rng.choice(GENERATIONS)
        made.woman = rng.random() < 0.3
        made.nickname = rng.random() < 0.15
        return made

    def other(self, bearer: Bearer, fold: int, script: str, latin: str) -> Bearer:
        """Somebody else with some of a bearer's names, to be written in the second of two scripts."""
        ways: list[tuple[float, Callable[[], Bearer | None]]] = [
            (0.22, lambda: self._renamed(bearer, "given", 0, fold, script)),
            (0.24, lambda: self._renamed(bearer, "family", 0, fold, script)),
            (0.18, lambda: self._renamed(bearer, "given", -1, fold, script)),
            (0.06, lambda: self._renamed(bearer, "family", -1, fold, script)),
            (0.10, lambda: self._both_alike(bearer, fold, script)),
            (0.05, lambda: self._father(bearer)),
            (0.08, lambda: self._generation(bearer) if script == latin == "Latn" else None),
            (0.05, lambda: self._counterpart(bearer)),
            (0.07, lambda: self._turned(bearer)),
        ]
        while True:
            way = self.rng.choices([w for _, w in ways], [p for p, _ in ways])[0]
            other = way()
            if other is not None:
                return other

    def _renamed(self, bearer: Bearer, role: str, at: int, fold: int, script: str) -> Bearer | None:
        names = list(bearer.given if role == "given" else bearer.family)
        if not names:
            return None
        at = at if at == 0 else self.rng.randrange(len(names))
        if self.rng.random() < 0.5:
            names[at] = self.pool.lookalike(role, names[at], script)
        else:
            names[at] = self.pool.pick(role, fold, self.folds, script)
        return replace(bearer, given=names) if role == "given" else replace(bearer, family=names)

    def _both_alike(self, bearer: Bearer, fold: int, script: str) -> Bearer | None:
        if not bearer.given or not bearer.family:
            return None
        given = [self.pool.lookalike("given", bearer.given[0], script), *bearer.given[1:]]
        return replace(bearer, given=given, family=[self.pool.lookalike("family", bearer.family[0], script)])

    def _father(self, bearer: Bearer) -> Bearer | None:
        """A namesake with another patronymic."""
        return replace(bearer, patronymic=self.rng.choice(self.pool.patronymics)) if bearer.patronymic else None

    def _generation(self, bearer: Bearer) -> Bearer | None:
        """A father or a son of the same name."""
        if not bearer.given or not bearer.family or bearer.chain:
            return None
        others = [g for g in ("", *GENERATIONS) if g[:1] != bearer.generation[:1] and g != "filho"]
        return replace(bearer, generation=self.rng.choice(others))

    def _counterpart(self, bearer: Bearer) -> Bearer | None:
        """A brother or sister called Mario or Maria."""
        other = self.pool.counterpart(bearer.given[0]) if bearer.given else None
        return None if other is None else replace(bearer, given=[other, *bearer.given[1:]])

    def _turned(self, bearer: Bearer) -> Bearer | None:
        """Given names in another order: Hans Friedrich, Muhammad bin Salman and the other way round."""
        names = bearer.given
        if len(names) < 2 or (bearer.family and not bearer.chain and self.rng.random() < 0.4):
            return None
        return replace(bearer, given=[names[1], names[0], *names[2:]])


class Partial:
    """A lexicon that knows only a part of the names, as it does of the names in the news."""

    def __init__(self, lexicon: NameLexicon, hidden: float, salt: int) -> None:
        self._lexicon, self._hidden, self._salt = lexicon, hidden, salt

    def _knows(self, name: str) -> bool:
        return zlib.crc32(f"{self._salt} {key(name)}".encode()) >= self._hidden * 2**32

    def relation(self, a: str, b: str) -> str | None:
        """Only what the spelling says, if a word is hidden."""
        if self._knows(a) and self._knows(b):
            return self._lexicon.relation(a, b)
        return "same" if key(a) == key(b) != "" else None

    def groups(self, name: str) -> Sequence[int]:
        """None, if hidden."""
        return self._lexicon.groups(name) if self._knows(name) else ()  # type: ignore[return-value]

    def roles(self, name: str) -> NameRole:
        """Unknown, if hidden."""
        return self._lexicon.roles(name) if self._knows(name) else NameRole("", "", 0.0)


class Listed:
    """Pairs of spellings of listed people."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.people = [r for r in read_source(ROOT / "data/gazetteers/people") if r.given and r.family]
        self.by_family: dict[str, list[int]] = defaultdict(list)
        for i, person in enumerate(self.people):
            for sound in sounds(key(person.family).replace(" ", ""))[:1]:
                self.by_family[sound[:3]].append(i)

    def pair(self, fold: int, folds: int, match: bool, across: bool) -> Pair:
        """Two spellings of one person, or of two whose names are alike; in two scripts or in one."""
        rng = self.rng
        while True:
            i = rng.randrange(len(self.people) // folds) * folds + fold
            j = i if match else self._other(i, folds)
            one, two = self._spellings(i), self._spellings(j)
            first = rng.choice(one)
            script = script_of(first)
            fit = [n for n in two if n != first and (script_of(n) != script) == across]
            if across:
                fit = [n for n in fit if "Latn" in (script, script_of(n))]
            if fit:
                return first, rng.choice(fit)

    def _spellings(self, i: int) -> list[str]:
        person = self.people[i]
        names = [n.text for n in person.names if " " in n.text or script_of(n.text) not in ("Latn", "Cyrl")]
        return [*names, person.name]

    def _other(self, i: int, folds: int) -> int:
        sound = next(iter(sounds(key(self.people[i].family).replace(" ", ""))), "")[:3]
        options = [j for j in self.by_family[sound] if j != i and self.people[j].name != self.people[i].name]
        if not options:
            return (i + folds) % len(self.people)
        if self.rng.random() < 0.5:
            return self.rng.choice(options)
        sample = self.rng.sample(options, min(60, len(options)))
        names = [key(self.people[j].name) for j in sample]
        found = process.extract(key(self.people[i].name), names, scorer=fuzz.ratio, limit=3)
        return sample[self.rng.choice(found)[2]]
