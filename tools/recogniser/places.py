"""Names of places for the templates: in the language of the text, big places more often than small ones."""

from __future__ import annotations

import random
from collections import defaultdict
from pathlib import Path

from entnorm.gazetteer.places import ENTITY_COLUMNS, NAME_COLUMNS, tsv_rows
from entnorm.text.inflect import phrase_forms
from entnorm.text.scripts import script_of
from names import SCRIPTS, inflected

_KINDS = {"city": "city", "country": "country", "admin1": "region", "admin2": "region", "region": "region",
          "continent": "region", "water": "water", "mountain": "region"}  # fmt: skip
#: Countries where a language is spoken, whose small places its press names.
HOME = {
    "de": "DE AT CH", "en": "GB US IE AU", "fr": "FR BE", "es": "ES MX AR CO", "it": "IT", "nl": "NL BE", "pt": "PT BR",
    "pl": "PL", "cs": "CZ", "sk": "SK", "sl": "SI", "hr": "HR BA", "ro": "RO MD", "sv": "SE", "da": "DK", "no": "NO",
    "hu": "HU", "tr": "TR", "lt": "LT", "lv": "LV", "et": "EE", "fi": "FI", "ru": "RU BY", "uk": "UA", "be": "BY",
    "bg": "BG", "mk": "MK", "sr": "RS BA", "el": "GR CY",
}  # fmt: skip


class Gazetteer:
    """Names of places in several languages: ``by_lang[lang][kind]`` lists ``(name, country, population)``."""

    def __init__(self, root: Path, langs: tuple[str, ...]) -> None:
        self.by_lang: dict[str, dict[str, list[tuple[str, str, int]]]] = {lang: defaultdict(list) for lang in langs}
        wanted = set(langs)
        for folder in ("regions", "places"):
            facts = {
                cells[0]: (_KINDS.get(cells[1], ""), cells[3], int(float(cells[7] or 0)), cells[2])
                for _, cells in tsv_rows(root / folder / "entities.tsv", ENTITY_COLUMNS)
            }
            named: dict[str, set[str]] = defaultdict(set)
            for _, (ident, text, _, _, canonical, _) in tsv_rows(root / folder / "names.tsv", NAME_COLUMNS):
                for lang in wanted.intersection(canonical.split(",")):
                    self._add(lang, text, facts[ident])
                    named[lang].add(ident)
            for ident, fact in facts.items():
                for lang in langs:
                    if ident not in named[lang] and script_of(fact[3]) == "Latn":
                        self._add(lang, fact[3], fact)

    def _add(self, lang: str, text: str, fact: tuple[str, str, int, str]) -> None:
        kind, country, people, _ = fact
        if kind and len(text) <= 28 and script_of(text) == SCRIPTS.get(lang, "Latn"):
            self.by_lang[lang][kind].append((text, country, people))


class Places:
    """Places of the press of one language."""

    def __init__(self, lang: str, named: dict[str, list[tuple[str, str, int]]], rng: random.Random) -> None:
        self.lang, self.rng = lang, rng
        home = set(HOME.get(lang, "").split())
        self._pools: dict[str, list[tuple[list[str], list[float]]]] = {}
        for kind, rows in named.items():
            own = [r for r in rows if r[1] in home]
            pools = [
                _weighted(rows, 0.6),
                _weighted(rows, 0.6),
                _weighted(own or rows, 0.6),
                _weighted(own or rows, 0.1),
            ]
            self._pools[kind] = pools if kind == "city" else pools[:1] + pools[2:3]

    def write(self, case: str, kind: str) -> str:
        """The name of a random place of a kind, in a case."""
        if kind == "any" or kind not in self._pools:
            kind = self.rng.choice([k for k in ("city", "city", "country", "region") if k in self._pools])
        names, weights = self.rng.choice(self._pools[kind])
        name = self.rng.choices(names, cum_weights=weights)[0]
        if case == "nom":
            return name
        return inflected(phrase_forms(name, self.lang, "place"), case, name, self.rng)


def _weighted(rows: list[tuple[str, str, int]], power: float) -> tuple[list[str], list[float]]:
    total, weights = 0.0, []
    for _, _, people in rows:
        total += max(people, 500) ** power
        weights.append(total)
    return [name for name, _, _ in rows], weights
