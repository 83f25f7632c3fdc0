"""The compiler: records in, an index folder out.

Records are streamed; what stays in memory is one entry per distinct key and a few numbers per name. The same
records in the same order give byte-identical files.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from entnorm.errors import ConfigError, GazetteerError
from entnorm.gazetteer.records import NameRow, Record
from entnorm.index import format as fmt
from entnorm.index.postings import TRIGRAMS, bucket, bucket_bits, bucket_table, csr, encode_gaps, trigram_pairs
from entnorm.text.keys import key, sounds

_ALIAS = fmt.ROLES.index("alias")
_MAX_LANGUAGES = 64
_SCHEMA = """
CREATE TABLE entity (
  num INTEGER PRIMARY KEY, id TEXT NOT NULL, same_as TEXT NOT NULL,
  description TEXT NOT NULL, gender TEXT NOT NULL, given TEXT NOT NULL, family TEXT NOT NULL
) STRICT;
"""


class _Codes:
    """Numbers for strings, in order of first appearance."""

    def __init__(self, first: Iterable[str] = (), limit: int | None = None) -> None:
        self.table = {s: i for i, s in enumerate(first)}
        self.limit = limit

    def __getitem__(self, text: str) -> int:
        code = self.table.get(text)
        if code is None:
            if self.limit is not None and len(self.table) >= self.limit:
                return -1
            code = self.table[text] = len(self.table)
        return code


class _Compiler:
    """Collects records, then writes the segments."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.ids: dict[str, int] = {}
        self.parents: list[str] = []
        self.keys: dict[str, int] = {}
        self.languages = _Codes(limit=_MAX_LANGUAGES)
        self.countries = _Codes([""])
        self.types = _Codes([""])
        self.names = bytearray()
        self.name_sizes = array("I")
        self.name_entity, self.name_key = array("I"), array("I")
        self.name_langs, self.name_canonical = array("Q"), array("Q")
        self.name_role = array("B")
        self.entity_names = array("I")
        self.kind, self.type = array("B"), array("B")
        self.prominence, self.lat, self.lon = array("f"), array("d"), array("d")
        self.country = array("H")
        self.families: dict[int, str] = {}
        self.counts: Counter[str] = Counter()
        self.db = sqlite3.connect(folder / fmt.ENTITIES, isolation_level=None)
        self.db.executescript("PRAGMA page_size=4096; PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;" + _SCHEMA)
        self.db.execute("BEGIN")

    def add(self, record: Record) -> None:
        """Take one record in."""
        if record.id in self.ids:
            raise GazetteerError(
                f"the id {record.id!r} is listed twice", "give one record per entity, with its other names as aliases"
            )
        if abs(record.lat or 0) > fmt.DEGREES["entity_lat"] or abs(record.lon or 0) > fmt.DEGREES["entity_lon"]:
            where = f"lat {record.lat}, lon {record.lon}"
            raise GazetteerError(
                f"{record.id!r} lies at {where}", "give degrees (WGS 84), or leave both empty if unknown"
            )
        num = len(self.ids)
        self.ids[record.id] = num
        before = len(self.name_entity)
        settled: set[str] = set()
        for row in merged_names(record):
            self._add_name(num, row, settled)
        self.entity_names.append(len(self.name_entity) - before)
        self.kind.append(fmt.KINDS.index(record.kind))
        self.type.append(self.types[record.type])
        self.prominence.append(record.prominence)
        self.country.append(self.countries[record.country])
        self.lat.append(float("nan") if record.lat is None else record.lat)
        self.lon.append(float("nan") if record.lon is None else record.lon)
        self.parents.append(record.parent)
        if record.kind == "person":
            self.families[num] = record.family
        self.counts[record.kind] += 1
        same_as = "|".join("enwiki:" if s == _enwiki(record.name) else s for s in record.same_as)
        values = (num, record.id, same_as, record.description, record.gender, record.given, record.family)
        self.db.execute("INSERT INTO entity VALUES (?,?,?,?,?,?,?)", values)

    def _add_name(self, num: int, row: NameRow, settled: set[str]) -> None:
        k = key(row.text)
        self.name_key.append(self.keys.setdefault(k, len(self.keys)))
        raw = row.text.encode()
        self.names += raw
        self.name_sizes.append(len(raw))
        self.name_entity.append(num)
        self.name_langs.append(self._mask(row.langs))
        self.name_canonical.append(self._mask(lang for lang in row.canonical if lang not in settled))
        settled.update(row.canonical)
        self.name_role.append(fmt.ROLES.index(row.role))

    def _mask(self, langs: Iterable[str]) -> int:
        mask = 0
        for lang in langs:
            code = self.languages[lang]
            if code >= 0:
                mask |= 1 << code
        return mask

    def finish(self, gazetteers: list[dict[str, Any]]) -> None:
        """Write everything and the manifest."""
        if not self.ids:
            raise GazetteerError("no records: there is nothing to index", "check that the sources are not empty")
        self.db.execute("COMMIT")
        self.db.close()
        person = np.frombuffer(self.kind, dtype=np.uint8)[np.frombuffer(self.name_entity, dtype=np.uint32)] == 0
        temporary = list(self.keys)
        person_rows = np.flatnonzero(person).astype(np.uint32)
        tokens = [(t, int(r)) for r in person_rows for t in dict.fromkeys(temporary[self.name_key[r]].split())]
        for token, _ in tokens:
            self.keys.setdefault(token, len(self.keys))
        ordered = sorted(self.keys)
        rank = np.empty(len(ordered), dtype=np.uint32)
        for new, text in enumerate(ordered):
            rank[self.keys[text]] = new
        self._write_keys(ordered)
        self._write_postings(ordered, rank, tokens)
        self._write_names_and_entities()
        facts = {
            "gazetteers": gazetteers,
            "languages": list(self.languages.table),
            "countries": list(self.countries.table),
            "types": list(self.types.table),
            "roles": list(fmt.ROLES),
            "counts": {"entities": len(self.ids), "names": len(self.name_entity), "keys": len(ordered), **self.counts},
        }
        fmt.write_manifest(self.folder, facts)

    def _save(self, name: str, values: Any) -> None:
        fmt.write_segment(self.folder, name, np.asarray(values))

    def _write_keys(self, ordered: list[str]) -> None:
        lengths = np.array([len(k) for k in ordered], dtype=np.int64)
        starts = np.zeros(len(ordered) + 1, dtype=np.uint32)
        np.cumsum(lengths, out=starts[1:])
        blob = np.frombuffer("".join(ordered).encode("ascii"), dtype=np.uint8)
        self._save("key_blob", blob)
        self._save("key_counts", lengths)
        pairs = trigram_pairs(blob, starts)
        tri_starts, tri_ids = csr(pairs, TRIGRAMS)
        gap_starts, gaps = encode_gaps(tri_starts, tri_ids)
        self._save("trigram_counts", np.diff(gap_starts))
        self._save("trigram_gaps", gaps)

    def _write_postings(self, ordered: list[str], rank: NDArray[np.uint32], tokens: list[tuple[str, int]]) -> None:
        for stem, items in (
            ("exact", ((k, i) for i, k in enumerate(ordered))),
            ("sound", _sound_items(ordered)),
        ):
            starts, values = bucket_table(items)
            self._save(f"{stem}_counts", np.diff(starts))
            self._save(f"{stem}_keys", values)
        heads = sorted({k.partition(" ")[0] for k in ordered if " " in k})
        bits = bucket_bits(8 * len(heads))
        flags = np.zeros(1 << bits, dtype=np.uint8)
        flags[[bucket(h, bits) for h in heads]] = 1
        self._save("heads", flags)
        rows = np.arange(len(self.name_key), dtype=np.uint64)
        key_of_row = rank[np.frombuffer(self.name_key, dtype=np.uint32)].astype(np.uint64)
        starts, values = csr(np.sort(key_of_row << np.uint64(32) | rows), len(ordered))
        self._save("keynames_counts", np.diff(starts))
        self._save("keynames_rows", values)
        pairs = np.array([int(rank[self.keys[t]]) << 32 | row for t, row in tokens], dtype=np.uint64)
        starts, values = csr(np.unique(pairs), len(ordered))
        self._save("tokens_counts", np.diff(starts))
        self._save("tokens_rows", values)
        self._write_surnames(ordered, rank, tokens)

    def _write_surnames(self, ordered: list[str], rank: NDArray[np.uint32], tokens: list[tuple[str, int]]) -> None:
        words_of_row: dict[int, list[str]] = {}
        for token, row in tokens:
            words_of_row.setdefault(row, []).append(token)
        bearers: dict[int, set[int]] = {}
        for row, words in words_of_row.items():
            person = self.name_entity[row]
            guess = len(words) == 1 or self.name_role[row] != _ALIAS
            for word in family_words(words, self.families[person], guess=guess):
                bearers.setdefault(int(rank[self.keys[word]]), set()).add(person)
        counts = np.zeros(len(ordered), dtype=np.uint32)
        people: list[int] = []
        for k in sorted(bearers):
            found = sorted(bearers[k], key=lambda e: (-self.prominence[e], e))
            counts[k] = len(found)
            people.extend(found)
        self._save("surnames_counts", counts)
        self._save("surnames_people", np.array(people, dtype=np.uint32))

    def _write_names_and_entities(self) -> None:
        self._save("name_blob", np.frombuffer(bytes(self.names), dtype=np.uint8))
        parents = [self.ids.get(p, fmt.NO_PARENT) if p else fmt.NO_PARENT for p in self.parents]
        by_id = np.array([self.ids[i] for i in sorted(self.ids, key=fmt.id_rank)], dtype=np.uint32)
        for name, values in (
            ("id_order", np.diff(by_id, prepend=np.uint32(0))),
            ("name_counts", self.name_sizes), ("name_langs", self.name_langs), ("name_canonical", self.name_canonical),
            ("name_role", self.name_role), ("entity_kind", self.kind), ("entity_prominence", self.prominence),
            ("entity_country", self.country), ("entity_type", self.type), ("entity_counts", self.entity_names),
            ("entity_lat", self.lat), ("entity_lon", self.lon), ("entity_parent", np.array(parents, dtype=np.uint32)),
        ):  # fmt: skip
            self._save(name, values)


def _enwiki(name: str) -> str:
    """The id most English Wikipedia articles have; stored as a bare ``enwiki:`` to keep the index small."""
    return "enwiki:" + name.replace(" ", "_")


def merged_names(record: Record) -> list[NameRow]:
    """The record's spellings without repeats: languages joined, the first role kept, the main name first."""
    merged: dict[str, NameRow] = {}
    for row in (NameRow(record.name, (), "canonical"), *record.names):
        known = merged.get(row.text)
        if known is None:
            merged[row.text] = NameRow(row.text, tuple(row.langs), row.role, tuple(row.canonical))
        else:
            known.langs = tuple(dict.fromkeys((*known.langs, *row.langs)))
            known.canonical = tuple(dict.fromkeys((*known.canonical, *row.canonical)))
    return list(merged.values())


def family_words(words: list[str], family: str, *, guess: bool = True) -> list[str]:
    """The words of a person's name that are (the last word of) the family name, in whatever transcription.

    If none is, the last word, unless a family name is known and not to ``guess``: Pasha Mercedes is no Mercedes.
    Part of a double name, such as Lvova of Lvova-Belova, names nobody.

    >>> family_words(["wladimir", "putin"], "Putin"), family_words(["si", "tin", "pching"], "Xi")
    (['putin'], ['si'])
    >>> family_words(["pasha", "mercedes"], "Lebid", guess=False)
    []
    """
    wanted = [w for w in key(family).split() if len(w) > 1][-1:]
    heard = {s for w in wanted for s in sounds(w)}
    found = [w for w in words if w in wanted or not heard.isdisjoint(sounds(w))]
    return found or (words[-1:] if guess or not wanted else [])


def _sound_items(ordered: list[str]) -> Iterator[tuple[str, int]]:
    for i, k in enumerate(ordered):
        joined = k.replace(" ", "")
        if len(joined) > 2:
            for sound in sounds(joined)[:2]:
                if len(sound) > 1:
                    yield sound, i


def build_index(
    records: Iterable[Record], folder: str | Path, *, gazetteers: list[dict[str, Any]] | None = None
) -> Path:
    """Compile ``records`` into an index at ``folder`` and return the folder.

    The folder must not exist or be an index (which is replaced); a failed build leaves the old one in place.
    ``gazetteers`` are facts about the sources (name, version, licence, sha256) for the manifest. Raises
    :class:`~entnorm.errors.GazetteerError` for a bad record.
    """
    target = Path(folder)
    if target.exists() and (not target.is_dir() or (any(target.iterdir()) and not (target / fmt.MANIFEST).is_file())):
        raise ConfigError(f"{target} exists and is not an index", "choose another folder")
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".entnorm-", dir=target.parent) as scratch:
        fresh = Path(scratch) / "index"
        fresh.mkdir()
        compiler = _Compiler(fresh)
        try:
            for record in records:
                compiler.add(record)
            compiler.finish(gazetteers or [])
        finally:
            compiler.db.close()
        if target.exists():
            shutil.rmtree(target)
        fresh.rename(target)
    return target
