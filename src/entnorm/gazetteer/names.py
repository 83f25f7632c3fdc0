"""Name knowledge: which spellings are one given or family name, and what part of a name a word is.

Three relations, from strong to weak, none of them transitive:

``same``
    the two words are forms of one name (Sergei, Сергій, Szergej), after Wikidata by way of rigour;
``related``
    names of two groups that share a Cyrillic form (Volodymyr and Vladimir), that Ukrainian and Russian
    official documents put for one another (Микола and Николай), or that languages have from one origin
    (Johannes and Giovanni); one hop;
``nickname``
    an English given name and its short form (William, Bill).

The tables are compiled by :func:`entnorm.gazetteer.names_compile.compile_names` into sorted hashes, so that opening
costs milliseconds and a look-up microseconds. Sources: data/gazetteers/names.
"""

from __future__ import annotations

import json
import zlib
from bisect import bisect_left
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from entnorm.errors import IndexCorrupt, IndexIncompatible, IndexNotFound
from entnorm.gazetteer.planes import Planes, from_planes, to_planes
from entnorm.text.fold import fold
from entnorm.text.keys import KEY_VERSION, key
from entnorm.text.scripts import script_of

#: Version of the compiled files.
FORMAT_VERSION = 2
MANIFEST = "names.json"
ARRAYS = ("form_hash", "form_group", "bridge_group", "bridge_id", "role_hash", "role_info", "group_role")
#: Ascending, stored as differences; these and _PLANES by bytes.
_GAPS = ("form_hash", "role_hash")
_PLANES = ("form_group", "bridge_id")

Relation = Literal["same", "related", "nickname"]
Role = Literal["given", "family", "both", "patronymic", ""]
Gender = Literal["m", "f", "u", ""]
Groups = npt.NDArray[np.uint32]

_ROLES: tuple[Role, ...] = (
    "",
    "given",
    "family",
    "both",
    "patronymic",
    "patronymic",
    "patronymic",
    "patronymic",
)
_GENDERS: tuple[Gender, ...] = ("", "m", "f", "u")
_CACHED = 1 << 15


class NameRole(NamedTuple):
    """What part of a name a word is.

    ``role`` is ``""`` where unknown, ``"both"`` for words that are given and family names; ``gender`` is
    ``"m"``, ``"f"``, ``"u"`` (either) or ``""``; ``log_frequency`` is log10(1 + bearers in the source), 0 to
    6, and tells common from rare within Russian and Ukrainian names only.
    """

    role: Role
    gender: Gender
    log_frequency: float


class _Entry(NamedTuple):
    same: frozenset[int]
    related: frozenset[int]
    nickname: frozenset[int]
    bridges: frozenset[int]


def lexicon_form(name: str) -> str:
    """The form a name is looked up by: its key in Latin script, its folded form in any other.

    >>> lexicon_form("Željko"), lexicon_form("Володи́мир")
    ('zeljko', 'володимир')
    """
    if name.isascii() and name.isalpha():
        return name.lower()  # what key() makes of it, at a tenth of the cost
    return key(name) if script_of(name) in ("Latn", "Zyyy") else fold(name)


def form_hash(form: str) -> int:
    """CRC-32 of a lexicon form; the compiled tables are sorted by it."""
    return zlib.crc32(form.encode("utf-8"))


def pack_role(roles: int, gender: int, count: int) -> int:
    """Role bits (1 given, 2 family, 4 patronymic), gender number and a count in 16 bits."""
    level = min(255, round(12 * float(np.log2(1 + count))))
    return roles | gender << 3 | level << 8


def unpack_role(packed: int) -> NameRole:
    """Undo :func:`pack_role`; the count comes back as its base-10 logarithm.

    >>> unpack_role(pack_role(1, 2, 999))
    NameRole(role='given', gender='f', log_frequency=3.01)
    """
    level = (packed >> 8) / 12 * 0.30103
    return NameRole(_ROLES[packed & 7], _GENDERS[packed >> 3 & 3], round(level, 2))


def _range(hashes: memoryview, value: int) -> slice:
    start = stop = bisect_left(hashes, value)
    while stop < len(hashes) and hashes[stop] == value:
        stop += 1
    return slice(start, stop)


def pack(name: str, array: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """The array of a name in :data:`ARRAYS` as it is stored."""
    if name in _GAPS:
        array = np.diff(array, prepend=array.dtype.type(0))
    return to_planes(array) if name in _GAPS + _PLANES else array


def _unpack(name: str, stored: Planes | npt.NDArray[Any]) -> npt.NDArray[Any]:
    array = from_planes(stored) if name in _GAPS + _PLANES else stored
    return np.cumsum(array, dtype=np.uint32) if name in _GAPS else array


def _map(path: Path) -> npt.NDArray[np.generic]:
    # A plain view of the map: indexing numpy's memmap class costs ten times as much.
    return np.load(path, mmap_mode="r", allow_pickle=False).view(np.ndarray)  # type: ignore[no-any-return]


class NameLexicon:
    """Compiled name knowledge, opened read-only.

    >>> NameLexicon.open("no/such/folder")
    Traceback (most recent call last):
    entnorm.errors.IndexNotFound: no name tables at 'no/such/folder' (compile them with compile_names)
    """

    def __init__(self, arrays: dict[str, npt.NDArray[np.generic]], levels: tuple[int, int], folder: Path) -> None:
        self._arrays = arrays
        self._first_related, self._first_nickname = levels
        self._folder = folder
        # Plain views of what is searched: a step of a search costs a tenth of one in an array.
        self._form_hash, self._role_hash, self._bridge_group = (
            memoryview(arrays[name].data) for name in ("form_hash", "role_hash", "bridge_group")
        )
        self._entry = lru_cache(maxsize=_CACHED)(self._read_entry)
        self._role = lru_cache(maxsize=_CACHED)(self._read_role)
        self.kin = lru_cache(maxsize=_CACHED)(self._kin)

    @classmethod
    def open(cls, path: str | Path) -> NameLexicon:
        """Open the tables in the folder ``path``.

        Raises ``IndexNotFound``, ``IndexCorrupt`` or ``IndexIncompatible``.
        """
        folder = Path(path)
        try:
            manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
            if manifest["format"] != FORMAT_VERSION or manifest["key_version"] != KEY_VERSION:
                raise IndexIncompatible(f"name tables at {str(folder)!r} are of another version", "compile them again")
            arrays = {name: _unpack(name, _map(folder / f"{name}.npy")) for name in ARRAYS}
            if any(len(array) != manifest["rows"][name] for name, array in arrays.items()):
                raise IndexCorrupt(f"name tables at {str(folder)!r} are incomplete", "compile them again")
            return cls(arrays, (manifest["first_related"], manifest["first_nickname"]), folder)
        except FileNotFoundError:
            raise IndexNotFound(f"no name tables at {str(path)!r}", "compile them with compile_names") from None
        except (OSError, ValueError, KeyError, TypeError, EOFError) as error:
            raise IndexCorrupt(
                f"name tables at {str(folder)!r} cannot be read: {error}", "compile them again"
            ) from None

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return NameLexicon.open, (str(self._folder),)

    def groups(self, name: str) -> Groups:
        """Ids of the groups ``name`` is a form of, ascending; empty where the name is not listed.

        A name in another script that is not listed as written is looked up by its key.
        """
        form = lexicon_form(name)
        found = self._slots(form)
        if len(found) or (other := key(name)) == form:
            return found
        return self._slots(other)

    def lists(self, name: str) -> bool:
        """Whether a name is listed as written; in scripts without vowels, equal keys prove little.

        >>> import entnorm
        >>> lexicon = entnorm.load().lexicon
        >>> lexicon.lists("محمود"), lexicon.lists("وعلى"), len(lexicon.groups("وعلى")) > 0
        (True, False, True)
        """
        return len(self._slots(lexicon_form(name))) > 0

    def _slots(self, form: str) -> Groups:
        if not form:
            return np.empty(0, dtype=np.uint32)
        found = _range(self._form_hash, form_hash(form))
        return np.asarray(self._arrays["form_group"][found], dtype=np.uint32)

    def _read_entry(self, name: str) -> _Entry:
        groups = [int(g) for g in self.groups(name)]
        same = frozenset(g for g in groups if g < self._first_related)
        related = frozenset(g for g in groups if self._first_related <= g < self._first_nickname)
        bridges: set[int] = set()
        for group in same:
            found = _range(self._bridge_group, group)
            bridges.update(int(b) for b in self._arrays["bridge_id"][found])
        return _Entry(same, related, frozenset(groups) - same - related, frozenset(bridges))

    def relation(self, a: str, b: str) -> Relation | None:
        """How two words are one name: ``"same"``, ``"related"``, ``"nickname"`` or ``None``.

        Symmetric. Words with one key are the same whether or not they are listed.
        """
        if a == b or key(a) == key(b) != "":
            return "same"
        one, two = self._entry(a), self._entry(b)
        if not one.same.isdisjoint(two.same):
            return "same"
        if not one.related.isdisjoint(two.related) or not one.bridges.isdisjoint(two.bridges):
            return "related"
        return None if one.nickname.isdisjoint(two.nickname) else "nickname"

    def _kin(self, name: str) -> dict[int, Relation]:
        """All forms that ``name`` is related to, by :func:`form_hash`, each with its closest relation.

        The way to ask about one name and many others. A short form of a name counts for all forms of that name
        (Джозеф, Joseph, Joe; Тони, Anthony, Antony), which :meth:`relation` does not follow.
        """
        entry = self._entry(name)
        forms = {group: self._forms_of(group) for group in entry.same | entry.related | entry.nickname}
        same = {form for group in entry.same for form in forms[group]} | {form_hash(lexicon_form(name))}
        found: dict[int, Relation] = {}
        if not forms:
            return found
        short = entry.nickname.union(*(self._short_forms.get(form, ()) for form in same))
        full = {form for group in short for form in self._forms_of(group)}
        for form in full - same:
            groups: list[int] = self._arrays["form_group"][_range(self._form_hash, form)].tolist()
            for group in groups:
                if group < self._first_nickname:
                    found.update((other, "nickname") for other in self._forms_of(group))
        found.update((form, "nickname") for form in full)
        bridged = {int(g) for b in entry.bridges for g in self._bridged(b)} - entry.same
        found.update((form, "related") for group in bridged | entry.related for form in self._forms_of(group))
        found.update((form, "same") for form in same)
        return found

    @cached_property
    def _by_group(self) -> tuple[Groups, Groups]:
        """Forms ordered by group, and where each group begins."""
        group = self._arrays["form_group"]
        order = np.argsort(group, kind="stable")
        starts = np.searchsorted(group[order], np.arange(int(group.max(initial=0)) + 2))
        return np.asarray(self._arrays["form_hash"][order], dtype=np.uint32), starts.astype(np.uint32)

    def _forms_of(self, group: int) -> list[int]:
        forms, starts = self._by_group
        found: list[int] = forms[starts[group] : starts[group + 1]].tolist()
        return found

    @cached_property
    def _short_forms(self) -> dict[int, list[int]]:
        """Groups of a full and a short form, by the hash of either."""
        found: dict[int, list[int]] = {}
        form, group = self._arrays["form_hash"], np.asarray(self._arrays["form_group"], dtype=np.uint32)
        for slot in np.flatnonzero(group >= self._first_nickname).tolist():
            found.setdefault(int(form[slot]), []).append(int(group[slot]))
        return found

    @cached_property
    def _by_bridge(self) -> tuple[memoryview, Groups]:
        order = np.argsort(self._arrays["bridge_id"], kind="stable")
        return memoryview(self._arrays["bridge_id"][order].data), np.asarray(
            self._arrays["bridge_group"][order], dtype=np.uint32
        )

    def _bridged(self, bridge: int) -> Groups:
        """Groups that share a form."""
        ids, groups = self._by_bridge
        return groups[_range(ids, bridge)]

    def same(self, a: str, b: str) -> bool:
        """Whether two words are forms of one name."""
        return self.relation(a, b) == "same"

    def roles(self, name: str) -> NameRole:
        """Role, gender and frequency of a word; unknown where neither it nor its groups are listed."""
        return self._role(name)

    def _read_role(self, name: str) -> NameRole:
        groups = self.groups(name)
        packed: list[int] = []
        if len(groups):
            packed = self._arrays["group_role"][groups[groups < self._first_related]].tolist()
        known = max(packed, key=lambda p: p >> 8, default=0)
        form = lexicon_form(name)
        found = _range(self._role_hash, form_hash(form))
        if form and found.start < found.stop:
            direct = int(self._arrays["role_info"][found.start])
            gender = direct >> 3 & 3 or known >> 3 & 3
            known = direct & 7 | gender << 3 | max(direct >> 8, known >> 8) << 8
        return unpack_role(known)
