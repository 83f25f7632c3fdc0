"""An open index: names, entities and their facts by number, memory-mapped and read only."""

from __future__ import annotations

import hashlib
import math
import os
import sqlite3
import threading
from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from entnorm.errors import IndexCorrupt
from entnorm.index import format as fmt
from entnorm.models import Entity, Kind, Name
from entnorm.text.fold import fold
from entnorm.text.scripts import script_of

_FACTS = "SELECT num, id, same_as, description, gender, given, family FROM entity WHERE num = ?"
_ID = "SELECT id FROM entity WHERE num = ?"


@dataclass(frozen=True, slots=True)
class Facts:
    """What the index keeps of one entity beside its names; of those, the ``canonical`` ones with their languages."""

    num: int
    id: str
    name: str
    canonical: tuple[tuple[tuple[str, ...], str], ...]
    same_as: tuple[str, ...]
    description: str
    gender: str
    given: str
    family: str
    kind: Kind
    type: str
    country: str
    location: tuple[float | None, float | None]

    def name_in(self, lang: str) -> str:
        """Canonical name in a language; the main name where the gazetteer has no other."""
        for langs, name in self.canonical:
            if lang in langs:
                return name
        return self.name


class Index:
    """A compiled index, opened from its folder in milliseconds.

    Pickles as its path. Safe to use from several threads and after a fork.

    >>> from entnorm.index.build import build_index
    >>> from entnorm.gazetteer.records import Record
    >>> import tempfile, pathlib
    >>> folder = pathlib.Path(tempfile.mkdtemp()) / "demo"
    >>> index = Index.open(build_index([Record("my:1", "place", "Kyiv")], folder))
    >>> index.entity("my:1").names[0].text, len(index)
    ('Kyiv', 1)
    """

    def __init__(self, path: Path, manifest: dict[str, Any]) -> None:
        self.path = path
        self.manifest = manifest
        self.arrays = fmt.open_segments(path, manifest)
        self.languages: list[str] = manifest["languages"]
        self.countries: list[str] = manifest["countries"]
        self.types: list[str] = manifest["types"]
        self.roles: list[str] = manifest["roles"]
        self._lang_bit = {lang: 1 << i for i, lang in enumerate(self.languages)}
        if not (path / fmt.ENTITIES).is_file():
            raise IndexCorrupt(f"{path / fmt.ENTITIES} is missing", "build the index again")
        # Plain views: one value out of an array costs several times as much.
        self._name_starts, self._name_blob, self._langs_of_name, self._canonical, self._entity_starts = (
            memoryview(self.arrays[n].data)
            for n in ("name_starts", "name_blob", "name_langs", "name_canonical", "entity_starts")
        )
        self._kind, self._type, self._country, self._prominence, self._lat, self._lon = (
            memoryview(self.arrays[f"entity_{n}"].data) for n in ("kind", "type", "country", "prominence", "lat", "lon")
        )
        self._connections: dict[int, sqlite3.Connection] = {}
        self.facts = lru_cache(maxsize=1 << 15)(self._facts)
        self._id = lru_cache(maxsize=1 << 13)(self._read_id)
        self.name_text = lru_cache(maxsize=1 << 16)(self._name_text)
        self._langs = lru_cache(maxsize=1 << 12)(self._langs_of)

    @classmethod
    def open(cls, path: str | Path) -> Index:
        """Open the index in a folder.

        Raises :class:`~entnorm.errors.IndexNotFound`, :class:`~entnorm.errors.IndexCorrupt` or
        :class:`~entnorm.errors.IndexIncompatible`.
        """
        folder = Path(path)
        return cls(folder, fmt.read_manifest(folder))

    def __reduce__(self) -> tuple[Any, tuple[Path]]:
        return Index.open, (self.path,)

    def __len__(self) -> int:
        return int(self.manifest["counts"]["entities"])

    def __repr__(self) -> str:
        counts = self.manifest["counts"]
        return f"<Index {self.path.name}: {counts['entities']:,} entities, {counts['names']:,} names>"

    @property
    def id(self) -> str:
        """Short hash that identifies the contents of this index."""
        names = "".join(s["sha256"] for _, s in sorted(self.manifest["segments"].items()))
        return hashlib.sha256((names + self.manifest["entities_sha256"]).encode()).hexdigest()[:12]

    def _db(self) -> sqlite3.Connection:
        slot = hash((os.getpid(), threading.get_ident()))
        connection = self._connections.get(slot)
        if connection is None:
            uri = (self.path / fmt.ENTITIES).resolve().as_uri() + "?mode=ro&immutable=1"
            connection = sqlite3.connect(uri, uri=True, check_same_thread=False)
            self._connections[slot] = connection
        return connection

    def _row(self, select: str, num: int) -> tuple[Any, ...]:
        try:
            row: tuple[Any, ...] | None = self._db().execute(select, (int(num),)).fetchone()
        except sqlite3.DatabaseError as error:
            raise IndexCorrupt(f"{self.path / fmt.ENTITIES}: {error}", "build the index again") from error
        if row is None:
            raise IndexCorrupt(f"{self.path} has no entity number {num}", "build the index again")
        return row

    def _facts(self, num: int) -> Facts:
        number, entity_id, same, description, gender, given, family = self._row(_FACTS, num)
        rows = self.name_rows(num)
        name = self.name_text(rows[0])
        canonical = tuple([(self._langs(mask), self.name_text(i)) for i in rows if (mask := self._canonical[i])])
        title = "enwiki:" + name.replace(" ", "_")
        same_as = tuple(title if s == "enwiki:" else s for s in same.split("|") if s)
        where = self.kind(num), self.type(num), self.country(num), self.location(num)
        return Facts(number, entity_id, name, canonical, same_as, description, gender, given, family, *where)

    def _name_text(self, row: int) -> str:
        starts = self._name_starts
        return str(self._name_blob[starts[row] : starts[row + 1]], "utf-8")

    @cached_property
    def given_names(self) -> dict[str, bool]:
        """Given names of the listed people, folded, and whether nobody has them as family name."""
        rows = self._db().execute("SELECT given, family FROM entity WHERE given != '' OR family != ''").fetchall()
        families = {fold(word) for _, names in rows for word in (names, *names.split())}
        return {w: w not in families for names, _ in rows for word in (names, *names.split()) if (w := fold(word))}

    def number(self, entity_id: str) -> int | None:
        """Entity number of an id, ``None`` if the index does not list it."""
        order = memoryview(self.arrays["id_order"].data)
        at = bisect_left(order, fmt.id_rank(entity_id), key=lambda num: fmt.id_rank(self._id(num)))
        return order[at] if at < len(order) and self._id(order[at]) == entity_id else None

    def _read_id(self, num: int) -> str:
        found: str = self._row(_ID, num)[0]
        return found

    def lang_bit(self, lang: str | None) -> int:
        """Bit of a language in ``name_langs``; 0 when no name is tagged with it."""
        return self._lang_bit.get(lang or "", 0)

    def kind(self, num: int) -> Kind:
        """``"person"`` or ``"place"``."""
        return "person" if self._kind[num] == 0 else "place"

    def type(self, num: int) -> str:
        """The entity's type within its kind: ``country``, ``admin1``, ``city``, …; empty when none is given."""
        return self.types[self._type[num]]

    def country(self, num: int) -> str:
        """ISO 3166-1 alpha-2 code, empty when unknown."""
        return self.countries[self._country[num]]

    def prominence(self, num: int) -> float:
        """How well known an entity is, 0 to 1."""
        found: float = self._prominence[num]
        return found

    def location(self, num: int) -> tuple[float | None, float | None]:
        """Latitude and longitude in degrees (WGS 84), ``None`` when unknown."""
        lat, lon = self._lat[num], self._lon[num]
        return (None, None) if math.isnan(lat) else (round(lat, 4), round(lon, 4))

    def name_rows(self, num: int) -> range:
        """Rows of the names of an entity."""
        return range(self._entity_starts[num], self._entity_starts[num + 1])

    def name_langs(self, row: int) -> tuple[str, ...]:
        """Languages a name row is tagged with."""
        return self._langs(self._langs_of_name[row])

    def listed_for(self, row: int, lang: str | None) -> bool:
        """Whether a name row is tagged with a language, or with none at all."""
        mask = self._langs_of_name[row]
        return not mask or bool(mask & self.lang_bit(lang))

    def _langs_of(self, mask: int) -> tuple[str, ...]:
        return tuple([lang for lang, bit in self._lang_bit.items() if mask & bit])

    def entity(self, entity_id: str) -> Entity | None:
        """The entity with an id and all its names, or ``None``."""
        num = self.number(entity_id)
        if num is None:
            return None
        facts = self.facts(num)
        names = []
        for row in self.name_rows(num):
            text = self.name_text(row)
            role = self.roles[self.arrays["name_role"][row]]
            for lang in self.name_langs(row) or (None,):
                names.append(Name.model_validate({"text": text, "lang": lang, "script": script_of(text), "role": role}))
        lat, lon = self.location(num)
        return Entity(
            id=facts.id,
            kind=self.kind(num),
            type=self.type(num),
            names=tuple(names),
            same_as=facts.same_as,
            country=self.country(num) or None,
            lat=lat,
            lon=lon,
            prominence=min(1.0, max(0.0, self.prominence(num))),
            description=facts.description,
        )

    def verify(self) -> list[str]:
        """Faults found by comparing every file with the manifest's hashes; empty when whole."""
        faults = []
        for name, expected in self.manifest["segments"].items():
            if fmt.sha256_of(self.path / f"{name}.npy") != expected["sha256"]:
                faults.append(f"{name}.npy: contents differ from the manifest")
        if fmt.sha256_of(self.path / fmt.ENTITIES) != self.manifest["entities_sha256"]:
            faults.append(f"{fmt.ENTITIES}: contents differ from the manifest")
        return faults
