"""GeoNames' own dump files as base records, instead of the packages that carry them.

A folder with ``allCountries.txt`` or one or more ``cities*.txt`` (19 tab-separated columns),
``alternateNamesV2.txt`` (10 columns) and ``admin1CodesASCII.txt``. All files are read as streams.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from .alternates import PlaceAlternates, collect_rows, read_us_rows
from .clean import tidy
from .config import Coverage
from .geonames import coordinate, parse_admin1, wanted
from .model import Place, Places

COLUMNS = 19
# Populated places that are gone or that are parts without a life of their own.
_NO_TOWN = frozenset(["PPLH", "PPLQ", "PPLW", "PPLCH"])
# Seats of administration are kept whatever their size.
_SEATS = frozenset(["PPLC", "PPLA"])


class DumpError(ValueError):
    """A dump file is missing or has another number of columns than GeoNames documents."""


def town_files(folder: Path) -> list[Path]:
    """Return the files with populated places: all countries in one, else the ``cities`` extracts."""
    whole = folder / "allCountries.txt"
    files = [whole] if whole.is_file() else sorted(folder.glob("cities*.txt"))
    if not files:
        raise DumpError(f"{folder}: neither allCountries.txt nor cities*.txt")
    return files


def _rows(path: Path) -> Iterator[list[str]]:
    with path.open(encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            columns = line.rstrip("\r\n").split("\t")
            if len(columns) != COLUMNS:
                raise DumpError(f"{path.name}:{number}: {len(columns)} columns instead of {COLUMNS}")
            yield columns


def load_cities(folder: Path, coverage: Coverage) -> tuple[Places, dict[int, list[str]]]:
    """Return the covered populated places and their untagged alternates."""
    places: Places = {}
    alternates: dict[int, list[str]] = {}
    for path in town_files(folder):
        for row in _rows(path):
            id_, code, country = int(row[0]), row[7], row[8]
            population = int(row[14] or 0)
            if row[6] != "P" or code in _NO_TOWN or id_ in places:
                continue
            if wanted(population, country, coverage) or code in _SEATS:
                places[id_] = Place(
                    id=id_,
                    type="city",
                    name=tidy(row[1]),
                    country=country,
                    lat=coordinate(row[4]),
                    lon=coordinate(row[5]),
                    population=population,
                    code=row[10],
                    timezone=row[17],
                )
                alternates[id_] = [name for name in row[3].split(",") if name]
    return places, alternates


def load_admin1(folder: Path) -> Places:
    """Return the first-level divisions."""
    with (folder / "admin1CodesASCII.txt").open(encoding="utf-8") as file:
        return parse_admin1(file)


def read_alternates(
    folder: Path, ids: Collection[int], counties: dict[str, str]
) -> tuple[dict[int, PlaceAlternates], dict[int, str]]:
    """Read the alternates of the wanted ids, and the ids of the US counties by their Wikipedia titles.

    The table is read twice: a county's id is known only when its title has been met.
    """
    path = folder / "alternateNamesV2.txt"
    with path.open("rb") as file:
        county_ids = read_us_rows(file, counties)
    found: dict[int, PlaceAlternates] = {}
    keys = {str(id_).encode() for id_ in (*ids, *county_ids)}
    with path.open("rb") as file:
        collect_rows(file, keys, found)
    return found, county_ids
