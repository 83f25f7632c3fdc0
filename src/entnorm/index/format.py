"""The index on disk: a folder with a manifest, flat arrays and one SQLite file; data only, no code.

``manifest.json`` holds the format and key versions, a *key fingerprint*, the gazetteers with their hashes and
licences, and for each segment its sha256, dtype and shape. The fingerprint is a hash over the keys of a fixed
probe list: an index compiled with Unicode or Unidecode tables that make other keys would silently miss names, so it
is refused.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from entnorm.errors import IndexCorrupt, IndexIncompatible, IndexNotFound
from entnorm.gazetteer.planes import from_planes, to_planes
from entnorm.text.keys import KEY_VERSION, key, sounds

FORMAT_VERSION = 2
MANIFEST = "manifest.json"
ENTITIES = "entities.sqlite"

#: CSR tables: ``<stem>_counts`` on disk holds the length of each list, ``<stem>_starts`` is summed up when opened.
TABLES: dict[str, str] = {
    "key": "key_blob",  # key id -> its ASCII text; keys are sorted
    "exact": "exact_keys",  # hash bucket of a key -> key ids
    "sound": "sound_keys",  # hash bucket of a sound key -> key ids
    "trigram": "trigram_gaps",  # trigram -> gap-coded key ids
    "keynames": "keynames_rows",  # key id -> name rows written so
    "tokens": "tokens_rows",  # key id -> rows of people's names with that word
    "surnames": "surnames_people",  # key id -> people with that word as family name, the most prominent first
    "name": "name_blob",  # name row -> its UTF-8 text; rows are grouped by entity, the main name first
    "entity": "",  # entity -> its name rows, which are numbered in order
}
#: The other segments.
ARRAYS: tuple[str, ...] = (
    "name_langs",  # bit i: tagged with manifest["languages"][i]
    "name_canonical",  # bit i: canonical in manifest["languages"][i]
    "name_role",  # index into manifest["roles"]
    "entity_kind",  # 0 person, 1 place
    "entity_prominence",  # float32
    "entity_country",  # index into manifest["countries"]
    "entity_type",  # index into manifest["types"]
    "entity_lat",  # see DEGREES
    "entity_lon",
    "entity_parent",  # entity number of the first-order division, or NO_PARENT
    "id_order",  # entity numbers in the order of their ids (see id_rank), each less the one before, mod 2 ** 32
    "heads",  # 1 in the hash bucket of every word that begins a key of several words
)
SEGMENTS: tuple[str, ...] = (*(f"{t}_counts" for t in TABLES), *filter(None, TABLES.values()), *ARRAYS)
#: Stored by bytes (:mod:`~entnorm.gazetteer.planes`), read as uint32. So is ``trigram_gaps``, but joined list by list.
PLANES: tuple[str, ...] = ("exact_keys", "sound_keys", "keynames_rows", "tokens_rows")
#: Read as degrees in float32, NaN when unknown. Stored by bytes as ten thousandths of a degree (11 m) from the South
#: Pole or the date line, plus one; 0 when unknown. The values are the most degrees either way.
DEGREES: dict[str, int] = {"entity_lat": 90, "entity_lon": 180}
_MADE = (*PLANES, *DEGREES, "id_order")
_STEPS = 10_000
_MANIFEST_KEYS = ("segments", "languages", "countries", "types", "roles", "counts", "gazetteers", "entities_sha256")
NO_PARENT = 0xFFFFFFFF
ROLES = ("canonical", "native", "exonym", "alias", "former", "short", "generated")
KINDS = ("person", "place")
_KEY_MODULES = ("fold", "scripts", "keys", "romanize", "_rules", "_han", "_hangul")

_PROBES = (
    "Volodymyr Zelenskyy", "Володимир Зеленський", "Владимир Путин", "Kyïv", "Łódź", "Müller-Straße", "İstanbul",
    "Αθήνα", "القاهرة", "ירושלים", "北京", "東京", "キーウ", "서울", "თბილისი", "Երևան", "กรุงเทพ", "मुंबई", "J. D. Vance",
    "Đà Nẵng", "Þórður", "Ñuñoa", "Šojgu", "Пётр Порошенко", "ﬁancé", "Saint-Étienne", "d’Odessa", "²³ Ⅷ", "ঢাকা", "አዲስ",
)  # fmt: skip


def key_fingerprint() -> str:
    """Hash over the keys and sound keys of a fixed list of names in twenty scripts.

    >>> len(key_fingerprint())
    16
    """
    parts = [f"{KEY_VERSION}"]
    for probe in _PROBES:
        k = key(probe)
        parts.append(k + "|" + ",".join(s for word in k.split() for s in sounds(word)))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def key_environment() -> str:
    """Hash over what keys are made by: our rules and tables, the Unicode version, the Unidecode version.

    Where it is unchanged keys are too, and the slower fingerprint need not be taken.
    """
    digest = hashlib.sha256(f"{KEY_VERSION}|{unicodedata.unidata_version}|{version('unidecode')}".encode())
    folder = Path(__file__).parents[1] / "text"
    sources = [folder / f"{name}.py" for name in _KEY_MODULES]
    for path in [*sources, folder / "tables/sound.tsv", *sorted(folder.glob("tables/romanize/*.tsv"))]:
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def sha256_of(path: Path) -> str:
    """Hex sha256 of a file's bytes."""
    digest = hashlib.sha256()
    with path.open("rb") as handle:
        while chunk := handle.read(1 << 20):
            digest.update(chunk)
    return digest.hexdigest()


def id_rank(entity_id: str) -> tuple[int, str]:
    """What ids are ordered by: numbers of one scheme by value.

    >>> sorted(["geonames:10", "geonames:9"], key=id_rank)
    ['geonames:9', 'geonames:10']
    """
    return len(entity_id), entity_id


def _from_degrees(degrees: NDArray[np.float64], most: int) -> NDArray[np.uint32]:
    known = ~np.isnan(degrees)
    steps = np.rint(degrees[known] * _STEPS)
    numbers = np.zeros(len(degrees), dtype=np.uint32)
    numbers[known] = steps + (most * _STEPS + 1)
    return numbers


def _to_degrees(numbers: NDArray[np.uint32], most: int) -> NDArray[np.float32]:
    degrees = ((numbers.astype(np.int64) - (most * _STEPS + 1)) / _STEPS).astype(np.float32)
    degrees[numbers == 0] = np.nan
    return degrees


def write_segment(folder: Path, name: str, array: NDArray[Any]) -> None:
    """Store one array under its segment name, packed as the format says.

    Whole numbers that are not stored by bytes take the smallest unsigned type that holds them.
    """
    if name in DEGREES:
        array = to_planes(_from_degrees(array, DEGREES[name]))
    elif name in PLANES or name == "trigram_gaps":
        array = to_planes(array)
    elif array.dtype.kind in "iu":
        largest = int(array.max()) if len(array) else 0
        array = array.astype(np.min_scalar_type(largest))
    np.save(folder / f"{name}.npy", np.ascontiguousarray(array), allow_pickle=False)


def write_manifest(folder: Path, facts: dict[str, Any]) -> None:
    """Write the manifest for the segments lying in ``folder``, with ``facts`` beside them."""
    segments = {}
    for name in SEGMENTS:
        path = folder / f"{name}.npy"
        array = np.load(path, mmap_mode="r", allow_pickle=False).view(np.ndarray)
        segments[name] = {"sha256": sha256_of(path), "dtype": str(array.dtype), "shape": list(array.shape)}
    manifest = {
        "format": FORMAT_VERSION,
        "key_version": KEY_VERSION,
        "key_fingerprint": key_fingerprint(),
        "key_environment": key_environment(),
        **facts,
        "entities_sha256": sha256_of(folder / ENTITIES),
        "segments": segments,
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    (folder / MANIFEST).write_text(text, encoding="utf-8")


def read_manifest(folder: Path) -> dict[str, Any]:
    """Read and check the manifest of an index folder.

    Raises :class:`IndexNotFound`, :class:`IndexCorrupt` or :class:`IndexIncompatible`.
    """
    path = folder / MANIFEST
    if not path.is_file():
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise IndexCorrupt(
                f"{folder} is not an index: it has no {MANIFEST}", "give the folder that `entnorm index build` wrote"
            )
        raise IndexNotFound(f"there is no index at {folder}", f"build one: entnorm index build SOURCE -o {folder}")
    try:
        manifest: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        version = manifest["format"]
        fingerprint = manifest["key_fingerprint"]
        key_version = manifest["key_version"]
        environment = manifest["key_environment"]
        missing = [k for k in _MANIFEST_KEYS if k not in manifest]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise IndexCorrupt(f"{path} cannot be read: {error}", "build the index again") from error
    if missing:
        raise IndexCorrupt(f"{path} lacks {', '.join(missing)}", "build the index again")
    if version != FORMAT_VERSION:
        raise IndexIncompatible(
            f"{folder} has index format {version}, this entnorm reads {FORMAT_VERSION}",
            "build it again: entnorm index build SOURCE -o DIR",
        )
    if key_version != KEY_VERSION or (environment != key_environment() and fingerprint != key_fingerprint()):
        raise IndexIncompatible(
            f"{folder} was compiled with other key or Unicode tables; names would be missed",
            "build it again: entnorm index build SOURCE -o DIR",
        )
    return manifest


def open_segments(folder: Path, manifest: dict[str, Any]) -> Segments:
    """Memory-map every segment, read only. Raises :class:`IndexCorrupt` when one is missing or misshapen."""
    arrays: dict[str, NDArray[Any]] = {}
    for name in SEGMENTS:
        path = folder / f"{name}.npy"
        try:
            expected = manifest["segments"][name]
            if 0 in expected["shape"]:
                arrays[name] = np.load(path, allow_pickle=False)
            else:
                arrays[name] = np.load(path, mmap_mode="r", allow_pickle=False).view(np.ndarray)
        except (OSError, EOFError, ValueError, KeyError, TypeError) as error:
            raise IndexCorrupt(f"{path} cannot be opened: {error}", "build the index again") from error
        if str(arrays[name].dtype) != expected["dtype"] or list(arrays[name].shape) != expected["shape"]:
            raise IndexCorrupt(f"{path} does not match the manifest", "build the index again")
    return Segments(arrays)


class Segments(dict[str, NDArray[Any]]):
    """The arrays of an index by name, read only; what is stored otherwise than it is read is made on first use."""

    def __init__(self, stored: dict[str, NDArray[Any]]) -> None:
        self._stored = stored
        super().__init__((name, array) for name, array in stored.items() if name not in _MADE)
        for table in TABLES:
            counts = self.pop(f"{table}_counts")
            starts = np.zeros(len(counts) + 1, dtype=np.uint32)
            np.cumsum(counts, out=starts[1:])
            starts.flags.writeable = False
            self[f"{table}_starts"] = starts

    def __missing__(self, name: str) -> NDArray[Any]:
        made: NDArray[Any]
        if name in PLANES:
            made = from_planes(self._stored[name])
        elif name in DEGREES:
            made = _to_degrees(from_planes(self._stored[name]), DEGREES[name])
        elif name == "id_order":
            made = np.cumsum(self._stored[name], dtype=np.uint32)
        elif name == "name_entity":
            names_of = np.diff(self["entity_starts"])
            made = np.repeat(np.arange(len(names_of), dtype=np.uint32), names_of)
        else:
            raise KeyError(name)
        made.flags.writeable = False
        self[name] = made
        return made
