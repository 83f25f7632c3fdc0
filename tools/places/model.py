"""The records that the build passes from stage to stage."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntFlag


class Flag(IntFlag):
    """What a source says of a name in one language."""

    NONE = 0
    PREFERRED = 1
    SHORT = 2
    COLLOQUIAL = 4
    HISTORIC = 8
    CLDR = 16  # CLDR's own name of the place
    VARIANT = 32  # CLDR's alt forms, Natural Earth's forms without the type word
    RENAMED = 64  # the current main name, where it replaced an older one
    OVERRIDE = 128  # canonical by hand
    GENERATED = 256  # transcribed
    TITLE = 512  # title of the English Wikipedia article
    INFERRED = 1024  # language told by script and letters, not by the source


@dataclass(slots=True)
class NameEntry:
    """One spelling of one place: what each language says of it, and who said so."""

    langs: dict[str, Flag] = field(default_factory=dict)
    untagged: Flag | None = None
    sources: set[str] = field(default_factory=set)
    role: str = ""

    def tag(self, language: str, flags: Flag, source: str) -> None:
        """Note that the name is used in `language`, with `flags`."""
        if language:
            self.langs[language] = self.langs.get(language, Flag.NONE) | flags
        else:
            self.untagged = (self.untagged or Flag.NONE) | flags
        self.sources.add(source)


@dataclass(slots=True)
class Place:
    """One place. `admin1` is the GeoNames id of the first-level division it lies in, 0 for none."""

    id: int
    type: str
    name: str
    country: str = ""
    admin1: int = 0
    lat: float | None = None
    lon: float | None = None
    population: int = 0
    code: str = ""
    timezone: str = ""
    iso: str = ""
    qid: str = ""
    title: str = ""
    key: str = ""
    names: dict[str, NameEntry] = field(default_factory=dict)

    @property
    def ident(self) -> str:
        """The id as written: `key` where the place is not GeoNames'."""
        return self.key or f"geonames:{self.id}"

    def entry(self, name: str) -> NameEntry:
        """Return the entry of a spelling, made when it is new."""
        found = self.names.get(name)
        if found is None:
            found = self.names[name] = NameEntry()
        return found

    def add(self, name: str, language: str, flags: Flag, source: str) -> None:
        """Add a name in a language ('' for unknown)."""
        if name:
            self.entry(name).tag(language, flags, source)


Places = dict[int, Place]
