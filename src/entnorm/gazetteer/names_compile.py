"""Compile the name tables of a gazetteer folder into the arrays that ``NameLexicon`` maps into memory."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt

from entnorm.errors import GazetteerError
from entnorm.gazetteer.names import FORMAT_VERSION, MANIFEST, form_hash, lexicon_form, pack, pack_role
from entnorm.text.keys import KEY_VERSION, key

#: A Cyrillic form this short (Ли, Ян, Ким) says too little to relate the names that share it.
MIN_BRIDGE_LENGTH = 4

_ROLE_BITS = {"given": 1, "family": 2, "patronymic": 4}
_GENDER_NUMBERS = {"": 0, "m": 1, "f": 2, "u": 3}
# A role of fewer than one bearer in this many is taken for noise.
_ROLE_RATIO = 10
_RoleCounts = dict[tuple[int, int], int]


def read_rows(path: Path, columns: int) -> Iterator[list[str]]:
    """Rows of a commented TSV; ``GazetteerError`` names file and line of a wrong number of columns."""
    try:
        with path.open(encoding="utf-8") as stream:
            for number, line in enumerate(stream, 1):
                if line.startswith("#"):
                    continue
                row = line.rstrip("\n").split("\t")
                if len(row) != columns:
                    raise GazetteerError(f"{path.name}:{number}: {len(row)} columns, {columns} expected")
                yield row
    except FileNotFoundError:
        raise GazetteerError(f"{path.name} is missing", f"it belongs into {path.parent}") from None


def _read_roles(path: Path) -> dict[str, _RoleCounts]:
    roles: dict[str, _RoleCounts] = defaultdict(lambda: defaultdict(int))
    for name, role, gender, count in read_rows(path, 4):
        roles[lexicon_form(name)][_ROLE_BITS[role], _GENDER_NUMBERS[gender]] += int(count)
    return roles


def _pack(counts: _RoleCounts) -> int:
    if not counts:
        return 0
    by_role: dict[int, int] = defaultdict(int)
    by_gender: dict[int, int] = defaultdict(int)
    for (role, gender), count in counts.items():
        by_role[role] += count
        by_gender[gender] += count
    most = max(by_role.values())
    bits = sum(role for role, count in by_role.items() if count * _ROLE_RATIO >= most)
    if bits & 4:
        bits = 4 if by_role[4] == most else bits & 3
    genders = {g for g in (1, 2) if by_gender.get(g, 0) * _ROLE_RATIO >= max(by_gender.values())}
    if by_gender.get(3, 0) * _ROLE_RATIO >= max(by_gender.values()) or len(genders) == 2:
        gender = 3
    else:
        gender = next(iter(genders), 0)
    return pack_role(bits, gender, sum(by_role.values()))


def _merge(all_counts: list[_RoleCounts]) -> _RoleCounts:
    merged: _RoleCounts = defaultdict(int)
    for counts in all_counts:
        for kind, count in counts.items():
            merged[kind] += count
    return merged


class _Compiler:
    def __init__(self) -> None:
        self.slots: set[tuple[int, int]] = set()
        self.group_roles: list[int] = []
        self.bridges: dict[str, list[int]] = defaultdict(list)
        self.groups = 0

    def add(self, forms: set[str]) -> None:
        hashes = {form_hash(form) for form in forms if form}
        if len(hashes) > 1:
            self.slots.update((value, self.groups) for value in hashes)
        self.groups += 1

    def add_groups(self, path: Path, roles: dict[str, _RoleCounts]) -> None:
        for _, listed in read_rows(path, 2):
            forms = {lexicon_form(name) for name in listed.split("|")}
            for form in forms:
                if len(form) >= MIN_BRIDGE_LENGTH and "\u0400" <= form[0] <= "\u04ff":
                    self.bridges[form].append(self.groups)
            packed = _pack(_merge([roles[form] for form in forms if form in roles]))
            self.group_roles.append(packed)
            self.add(forms)

    def add_pairs(self, pairs: Iterator[list[str]]) -> None:
        for pair in pairs:
            self.add({form for name in pair[:2] for form in (lexicon_form(name), key(name))})


def _columns(pairs: list[tuple[int, int]]) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.uint32]]:
    table = np.array(pairs, dtype=np.uint32).reshape(-1, 2)
    return np.ascontiguousarray(table[:, 0]), np.ascontiguousarray(table[:, 1])


def compile_names(source: str | Path, out: str | Path) -> dict[str, int]:
    """Compile the tables in the folder ``source`` into ``out``; returns the number of rows of each array.

    The same tables give the same bytes. Raises ``GazetteerError`` for a missing table or a malformed row.
    """
    source, out = Path(source), Path(out)
    roles = _read_roles(source / "roles.tsv")
    compiler = _Compiler()
    compiler.add_groups(source / "groups.tsv", roles)
    uk_ru = list(read_rows(source / "uk_ru.tsv", 3))
    compiler.add_pairs(row for row in uk_ru if row[2] != "given")
    compiler.group_roles += [0] * (compiler.groups - len(compiler.group_roles))
    first_related = compiler.groups
    compiler.add_pairs(row for row in uk_ru if row[2] == "given")
    for _, listed in read_rows(source / "counterparts.tsv", 2):
        compiler.add({lexicon_form(name) for name in listed.split("|")})
    first_nickname = compiler.groups
    compiler.add_pairs(read_rows(source / "nicknames.tsv", 2))

    arrays: dict[str, npt.NDArray[np.generic]] = {}
    arrays["form_hash"], arrays["form_group"] = _columns(sorted(compiler.slots))
    shared = [groups for _, groups in sorted(compiler.bridges.items()) if len(groups) > 1]
    links = sorted((group, number) for number, groups in enumerate(shared) for group in groups)
    arrays["bridge_group"], arrays["bridge_id"] = _columns(links)
    packed = sorted((form_hash(form), _pack(counts)) for form, counts in roles.items() if form)
    role_hash, role_info = _columns(packed)
    arrays["role_hash"], arrays["role_info"] = role_hash, role_info.astype(np.uint16)
    arrays["group_role"] = np.array(compiler.group_roles, dtype=np.uint16)

    out.mkdir(parents=True, exist_ok=True)
    for name, array in arrays.items():
        np.save(out / f"{name}.npy", pack(name, array), allow_pickle=False)
    rows = {name: len(array) for name, array in arrays.items()}
    manifest = {
        "format": FORMAT_VERSION,
        "key_version": KEY_VERSION,
        "first_related": first_related,
        "first_nickname": first_nickname,
        "rows": rows,
    }
    (out / MANIFEST).write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
    return rows
