"""Names of the Unicode CLDR: territories, subdivisions, exemplar cities, autonyms, official languages."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from .archives import deb_members
from .clean import tidy

COMMON = "usr/share/unicode/cldr/common/"
_HAN_PAIR = re.compile(r"^(.)[↔←](.);$")
_OFFICIAL = frozenset(["official", "de_facto_official"])
REGIONAL_PERCENT = 5.0  # a regional language counts from this share of the population on


@dataclass(slots=True)
class Locale:
    """What one locale file says. Keys of `territories`: (code, alt), alt '' for the plain form."""

    territories: dict[tuple[str, str], str] = field(default_factory=dict)
    cities: dict[str, str] = field(default_factory=dict)
    subdivisions: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Cldr:
    """The parts of CLDR that the build uses."""

    locales: dict[str, Locale] = field(default_factory=dict)
    autonyms: set[str] = field(default_factory=set)
    official: dict[str, list[str]] = field(default_factory=dict)
    regular: set[str] = field(default_factory=set)
    zones: dict[str, str] = field(default_factory=dict)
    simplified: dict[str, str] = field(default_factory=dict)

    def locale(self, name: str) -> Locale:
        """Return a locale, made when it is new."""
        return self.locales.setdefault(name, Locale())


def iso_code(code: str) -> str:
    """Return the ISO 3166-2 form of CLDR's code.

    >>> iso_code("rukrs"), iso_code("ua30")
    ('RU-KRS', 'UA-30')
    """
    return f"{code[:2]}-{code[2:]}".upper()


def _parse(lines: Iterable[bytes]) -> ET.Element:
    return ET.fromstring(b"".join(lines))


def _text(element: ET.Element) -> str:
    text = tidy(element.text or "")
    return "" if "↑" in text else text


def _read_main(cldr: Cldr, name: str, root: ET.Element, wanted: set[str]) -> None:
    language = root.find("identity/language")
    own = language.get("type") if language is not None else ""
    for element in root.iterfind("localeDisplayNames/languages/language"):
        if element.get("type") == own and element.get("alt") is None:
            cldr.autonyms.add(_text(element))
    if name not in wanted:
        return
    locale = cldr.locale(name)
    for element in root.iterfind("localeDisplayNames/territories/territory"):
        text = _text(element)
        if text:
            locale.territories[(element.get("type", ""), element.get("alt", ""))] = text
    for zone in root.iterfind("dates/timeZoneNames/zone"):
        city = zone.find("exemplarCity")
        if city is not None and _text(city):
            locale.cities[zone.get("type", "")] = _text(city)


def _read_subdivisions(cldr: Cldr, name: str, root: ET.Element, wanted: set[str]) -> None:
    if name not in wanted:
        return
    locale = cldr.locale(name)
    for element in root.iter("subdivision"):
        text = _text(element)
        if text and element.get("alt") is None:
            locale.subdivisions[iso_code(element.get("type", ""))] = text


def _read_official(cldr: Cldr, root: ET.Element) -> None:
    for territory in root.iterfind("territoryInfo/territory"):
        languages = [
            population.get("type", "").partition("_")[0]
            for population in territory.iterfind("languagePopulation")
            if population.get("officialStatus") in _OFFICIAL
            or (
                population.get("officialStatus") == "official_regional"
                and float(population.get("populationPercent") or 0) >= REGIONAL_PERCENT
            )
        ]
        cldr.official[territory.get("type", "")] = languages


def _read_regular(cldr: Cldr, root: ET.Element) -> None:
    for element in root.iterfind("idValidity/id[@type='subdivision'][@idStatus='regular']"):
        for item in (element.text or "").split():
            cldr.regular |= {iso_code(code) for code in _expand(item)}


def _expand(item: str) -> list[str]:
    """Return the codes of a range such as ``ad02~8``."""
    first, _, last = item.partition("~")
    if not last:
        return [first]
    stem = first[: -len(last)]
    start = first[-len(last) :]
    return [stem + chr(code) for code in range(ord(start), ord(last) + 1)] if len(last) == 1 else [first]


def _read_zones(cldr: Cldr, root: ET.Element) -> None:
    for element in root.iter("type"):
        names = (element.get("alias") or "").split()
        for name in names:
            cldr.zones[name] = names[0]


def _read_han(cldr: Cldr, root: ET.Element) -> None:
    """Read Traditional → Simplified, for the characters that Simplified Chinese does not use itself."""
    pairs = [
        (pair[1], pair[2])
        for rule in root.iter("tRule")
        for line in (rule.text or "").splitlines()
        if (pair := _HAN_PAIR.match(line.strip()))
    ]
    simplified = {simple for simple, _ in pairs}
    for simple, traditional in pairs:
        if traditional not in simplified:
            cldr.simplified.setdefault(traditional, simple)


def load_cldr(package: Path, locales: Iterable[str]) -> Cldr:
    """Read the Debian package of CLDR, keeping names of the given locales (autonyms of all)."""
    cldr = Cldr()
    wanted = set(locales)
    singles = {
        "supplemental/supplementalData.xml": _read_official,
        "validity/subdivision.xml": _read_regular,
        "bcp47/timezone.xml": _read_zones,
        "transforms/Simplified-Traditional.xml": _read_han,
    }
    for path, lines in deb_members(package, COMMON, ".xml"):
        name = path.removeprefix(COMMON)
        folder, _, file = name.partition("/")
        stem = file.removesuffix(".xml")
        if folder == "main" and ("_" not in stem or stem in wanted):
            _read_main(cldr, stem, _parse(lines), wanted)
        elif folder == "subdivisions":
            _read_subdivisions(cldr, stem, _parse(lines), wanted)
        elif name in singles:
            singles[name](cldr, _parse(lines))
    return cldr
