"""Settings of the places build, read from ``config.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CONFIG = Path(__file__).with_name("config.toml")


@dataclass(frozen=True, slots=True)
class Coverage:
    """Which places and names are kept; populations are numbers of people, inclusive."""

    min_population: int
    min_population_focus: int
    untagged_population: int
    admin2_population: int
    region_min_languages: int
    focus: frozenset[str]
    admin2_skip: frozenset[str]
    admin3_as_admin2: frozenset[str]
    region_skip: frozenset[int]
    generated_population: int
    generated_population_focus: int


@dataclass(frozen=True, slots=True)
class Languages:
    """Which languages are kept, how sources tag them, and in which scripts they are written."""

    core: tuple[str, ...]
    canonical: tuple[str, ...]
    alias: dict[str, str]
    locale: dict[str, list[str]]
    script: dict[str, frozenset[str]]
    transcribe: dict[str, str]
    transcribe_to: tuple[str, ...]

    def tag(self, raw: str) -> str | None:
        """Return the core language that a source's tag stands for, or None."""
        language = self.alias.get(raw, raw)
        return language if language in self.script else None

    def writes(self, language: str, script: str) -> bool:
        """Say whether `language` writes place names in `script` (ISO 15924)."""
        return script in self.script[language]

    def locales(self, language: str) -> list[str]:
        """Return the CLDR locale files of a language, the canonical one first."""
        return self.locale.get(language, [language])


@dataclass(frozen=True, slots=True)
class BuildConfig:
    """The whole configuration."""

    coverage: Coverage
    languages: Languages
    division_words: frozenset[str]
    subdivisions_last: frozenset[str]
    short_territories: frozenset[str]
    iso: dict[int, str]


def _languages(table: dict[str, Any]) -> Languages:
    latin = frozenset(["Latn"])
    given = {language: frozenset(scripts) for language, scripts in table["script"].items()}
    script = {language: given.get(language, latin) for language in table["core"]}
    return Languages(
        core=tuple(table["core"]),
        canonical=tuple(table["canonical"]),
        alias=table["alias"],
        locale=table["locale"],
        script=script,
        transcribe=table["transcribe"],
        transcribe_to=tuple(table["transcribe_to"]["targets"]),
    )


def load_config(path: Path = CONFIG) -> BuildConfig:
    """Read the configuration file."""
    with path.open("rb") as file:
        table = tomllib.load(file)
    coverage = {key: frozenset(value) if isinstance(value, list) else value for key, value in table["coverage"].items()}
    return BuildConfig(
        coverage=Coverage(**coverage),
        languages=_languages(table["languages"]),
        division_words=frozenset(table["canonical"]["division_words"]),
        subdivisions_last=frozenset(table["cldr"]["subdivisions_last"]),
        short_territories=frozenset(table["cldr"]["short_territories"]),
        iso={int(id_): code for id_, code in table["iso"].items()},
    )
