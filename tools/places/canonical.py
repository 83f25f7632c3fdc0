"""Choosing the canonical name of every place in every language, and the role of every name."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from entnorm.text.scripts import script_of
from entnorm.text.transcribe import supports, transcribe

from .borrowed import DivisionWords
from .clean import is_machine
from .model import Flag, NameEntry, Place
from .names import Collector

_UNUSED = Flag.HISTORIC | Flag.COLLOQUIAL

Transcriber = Callable[[str, str, str], str]


def rank(flags: Flag, *, is_main: bool, division: bool) -> int:
    """Return how good a name is as the canonical one of a language; 0 means never, higher is better.

    The order is that of the design: by hand, then (for English divisions) the usual title, CLDR, the new
    name of a renamed place, names tagged preferred, the main name, short, others, inferred, generated.
    """
    if flags & Flag.OVERRIDE:
        return 1000
    if flags & Flag.TITLE and not flags & Flag.HISTORIC:
        return 950
    if flags & Flag.CLDR:
        return 900
    if flags & Flag.RENAMED:
        return 800
    if flags & _UNUSED:
        return 0
    if flags & Flag.GENERATED:
        return 10
    if flags & Flag.INFERRED:
        return 100
    if flags & Flag.VARIANT:
        return 20
    score = 300 + (250 if is_main else 0)
    if flags & Flag.PREFERRED:
        score += 200
    if flags & Flag.SHORT:
        score += -50 if division else 100
    return score


def load_transcriber() -> Transcriber:
    """Return the library's press transcription of place names; '' for pairs without rules."""

    @cache
    def made(name: str, source: str, target: str) -> str:
        return transcribe(name, source, target, part="place") if supports(source, target) else ""

    return made


class Chooser:
    """Chooses canonical names; fills the gaps with names transcribed from the native ones."""

    def __init__(self, collector: Collector, transcriber: Transcriber) -> None:
        self.collector = collector
        self.config = collector.config
        self.transcriber = transcriber
        self.words = DivisionWords(self.config.division_words)

    def best(self, place: Place, language: str) -> str:
        """Return the best tagged name of a language, or ''.

        A town's name that is its division's counts only where there is no other name in the language's script.
        """
        # An English main name beats 'preferred' only in the languages of the country and in English.
        mains = {"en", *self.collector.official(place)[:1]}
        division = place.type != "city"
        winner, top, divisional = "", 0, ""
        for name, entry in place.names.items():
            if language in entry.langs:
                is_main = name == place.name and language in mains
                score = rank(entry.langs[language], is_main=is_main, division=division)
                if self._is_divisional(place, name, entry):
                    divisional = divisional or (name if score else "")
                elif score > top:
                    winner, top = name, score
        return winner or ("" if self._fits(place.name, language) else divisional)

    def _is_divisional(self, place: Place, name: str, entry: NameEntry) -> bool:
        return "x" not in entry.sources and self.words.names_division(name, place)

    def role(self, place: Place, name: str, official: list[str]) -> str:
        """Return the role of a name of the place; a town's name that is its division's is an alias."""
        entry = place.names[name]
        role = role_of(entry, official, is_main=name == place.name)
        return "alias" if role in ("native", "exonym") and self._is_divisional(place, name, entry) else role

    def _is_transcribed(self, place: Place) -> bool:
        coverage = self.config.coverage
        focus = place.country in coverage.focus
        return place.population >= (coverage.generated_population_focus if focus else coverage.generated_population)

    def native(self, place: Place) -> tuple[str, str]:
        """Return name and language to transcribe from: the native name in Cyrillic or Greek, or ('', '')."""
        language = self.config.languages.transcribe.get(place.country, "")
        name = self.best(place, language) if language else ""
        return (name, language) if name else ("", "")

    def choose(self, place: Place) -> dict[str, str]:
        """Return language → canonical name, for the languages that have one besides the main name."""
        chosen = {}
        for language in self.config.languages.canonical:
            name = self.best(place, language)
            if name:
                chosen[language] = name
        if "zh" not in chosen and "zh-Hant" in chosen:
            chosen["zh"] = chosen["zh-Hant"].translate(str.maketrans(self.collector.cldr.simplified))
            place.add(chosen["zh"], "zh", Flag.GENERATED, "t")
        if place.type == "city" and self._is_transcribed(place):
            self._transcribe(place, chosen)
        return chosen

    def _transcribe(self, place: Place, chosen: dict[str, str]) -> None:
        name, source = self.native(place)
        if not name:
            return
        for language in self.config.languages.transcribe_to:
            if language in chosen or language in ("en", source):
                continue
            made = self.transcriber(name, source, language)
            usable = made not in ("", place.name) and not is_machine(made)
            if usable and self._fits(made, language):
                chosen[language] = made
                place.add(made, language, Flag.GENERATED, "t")

    def _fits(self, name: str, language: str) -> bool:
        return self.config.languages.writes(language, script_of(name))


def role_of(entry: NameEntry, official: list[str], *, is_main: bool) -> str:
    """Return the role of a name: native, exonym, alias, former or short.

    A name is former when every language that has it calls it historic, native when an official language of
    the country uses it now, exonym when only others do.
    """
    if entry.role:
        return entry.role
    if not entry.langs:
        return "former" if entry.untagged and entry.untagged & Flag.HISTORIC and not is_main else "alias"
    current = {
        lang: flags
        for lang, flags in entry.langs.items()
        if not flags & Flag.HISTORIC or flags & (Flag.CLDR | Flag.OVERRIDE)
    }
    if not current:
        return "former"
    if all(flags & Flag.SHORT and not flags & (Flag.PREFERRED | Flag.CLDR) for flags in current.values()):
        return "short"
    if any(language in official for language in current):
        return "native"
    if all(flags & Flag.COLLOQUIAL for flags in current.values()):
        return "alias"
    return "exonym"
