"""Streaming GeoNames' table of alternate names: language tags, flags, Wikidata ids, Wikipedia titles."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote

from .archives import tar_members
from .geonames import TARBALL
from .model import Flag

# Pseudo-languages of GeoNames that carry codes, links or transcriptions, never names.
PSEUDO = frozenset(
    "wkdt link post unlc lauc iata icao faac uicn uic tcid abbr phon piny nuts fr_1793".split()  # noqa: SIM905
)
_CODES = frozenset(["iata", "icao", "faac", "unlc", "lauc", "tcid"])
_WIKI = re.compile(r"https?://en\.(?:m\.)?wikipedia\.org/wiki/([^?#]+)")
_QID = re.compile(r"Q[1-9]\d*")


@dataclass(slots=True)
class Alternate:
    """One row of the table: a name of a place in a language ('' for unknown)."""

    name: str
    language: str
    flags: Flag


@dataclass(slots=True)
class PlaceAlternates:
    """All that the table says of one place, in the table's order."""

    names: list[Alternate] = field(default_factory=list)
    codes: set[str] = field(default_factory=set)
    qids: list[str] = field(default_factory=list)
    titles: list[tuple[bool, str]] = field(default_factory=list)

    @property
    def qid(self) -> str:
        """The Wikidata id where the table states exactly one, else ''."""
        return self.qids[0] if len(set(self.qids)) == 1 else ""

    def title(self, main: str) -> str:
        """The English Wikipedia title: preferred, else equal to the main name, else the first."""
        ranked = [title for preferred, title in self.titles if preferred]
        ranked += [title for _, title in self.titles if title == main]
        ranked += [title for _, title in self.titles]
        return ranked[0] if ranked else ""


def parse_title(link: str) -> str:
    """Return the title of an English Wikipedia link, or ''.

    >>> parse_title("https://en.wikipedia.org/wiki/Kursk_Oblast")
    'Kursk Oblast'
    """
    match = _WIKI.match(link)
    return unquote(match[1]).replace("_", " ").strip() if match else ""


def parse_flags(columns: list[str]) -> Flag:
    """Return the flags of the columns isPreferred, isShort, isColloquial, isHistoric."""
    order = (Flag.PREFERRED, Flag.SHORT, Flag.COLLOQUIAL, Flag.HISTORIC)
    flags = Flag.NONE
    for column, flag in zip(columns, order, strict=False):
        if column == "1":
            flags |= flag
    return flags


def add_row(found: dict[int, PlaceAlternates], id_: int, columns: list[str]) -> None:
    """Sort a row (alternateNameId, geonameid, lang, name, flags, from, to) into what is known of `id_`."""
    place = found.get(id_)
    if place is None:
        place = found[id_] = PlaceAlternates()
    language, name = columns[2], columns[3]
    flags = parse_flags(columns[4:8])
    if language == "link":
        title = parse_title(name)
        if title:
            place.titles.append((bool(flags & Flag.PREFERRED), title))
    elif language == "wkdt":
        if _QID.fullmatch(name):
            place.qids.append(name)
    elif language in _CODES:
        place.codes.add(name)
    elif language not in PSEUDO:
        if len(columns) > 9 and columns[9].strip():
            flags |= Flag.HISTORIC
        place.names.append(Alternate(name, language, flags))


def read_tarball(
    tarball: Path, wanted: Collection[int], counties: dict[str, str]
) -> tuple[dict[int, PlaceAlternates], dict[int, str]]:
    """Read the alternates of the wanted ids, and the ids of the US counties by their Wikipedia titles.

    The archive is streamed, 15.7 million rows; only the file of the US is held, because a county's id is
    known when its title is met.
    """
    keys = {str(id_).encode() for id_ in wanted}
    found: dict[int, PlaceAlternates] = {}
    county_ids: dict[int, str] = {}
    for name, lines in tar_members(tarball, TARBALL + "alternatenames/", ".txt"):
        if name.endswith("/US.txt"):
            rows = list(lines)
            county_ids = read_us_rows(rows, counties)
            collect_rows(rows, keys | {str(id_).encode() for id_ in county_ids}, found)
        else:
            collect_rows(lines, keys, found)
    return found, county_ids


def collect_rows(lines: Iterable[bytes], keys: set[bytes], found: dict[int, PlaceAlternates]) -> None:
    """Sort the rows whose geonameid is among `keys` into `found`; every other row is dropped undecoded."""
    for line in lines:
        start = line.index(b"\t") + 1
        id_ = line[start : line.index(b"\t", start)]
        if id_ in keys:
            add_row(found, int(id_), line.decode("utf-8").rstrip("\r\n").split("\t"))


def read_us_rows(lines: Iterable[bytes], counties: dict[str, str]) -> dict[int, str]:
    """Return geonameid → title of the US counties whose Wikipedia title the rows link to."""
    county_ids: dict[int, str] = {}
    for line in lines:
        if b"\tlink\t" in line:
            columns = line.decode("utf-8").split("\t")
            title = parse_title(columns[3])
            if title in counties:
                county_ids.setdefault(int(columns[1]), title)
    return county_ids
