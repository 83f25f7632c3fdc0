"""Hand corrections of the places, each with its reason (``overrides.tsv``)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from .model import Flag, Place, Places

COLUMNS = ("id", "action", "name", "langs", "role", "reason")
ACTIONS = frozenset(["main", "canonical", "add", "drop", "former", "at"])


class OverrideError(ValueError):
    """A line of the overrides file cannot be applied; the message names it."""


@dataclass(frozen=True, slots=True)
class Override:
    """One correction.

    `main`: the main name, also canonical in English. `canonical`: the canonical name in `langs`.
    `add`: a name in `langs` with `role`. `drop`: the name is no name of the place (in `langs`, or at all).
    `former`: the name is historic. `at`: latitude and longitude of its middle, in the column of the name.
    """

    id: int
    action: str
    name: str
    langs: tuple[str, ...]
    role: str
    line: int


def read_overrides(path: Path) -> list[Override]:
    """Read the file: a header line, then tab-separated columns; `#` starts a comment line."""
    overrides = []
    rows = path.read_text(encoding="utf-8").splitlines()
    body = [(n, row) for n, row in enumerate(rows, 1) if row and not row.startswith("#")]
    if not body or tuple(body[0][1].split("\t")) != COLUMNS:
        raise OverrideError(f"{path.name}: the columns must be {' '.join(COLUMNS)}")
    for number, row in body[1:]:
        columns = row.split("\t")
        if len(columns) != len(COLUMNS) or columns[1] not in ACTIONS or not columns[5].strip():
            raise OverrideError(f"{path.name}:{number}: not six columns with a known action and a reason")
        id_, action, name, langs, role, _ = columns
        overrides.append(
            Override(
                int(id_.removeprefix("geonames:")),
                action,
                name,
                tuple(filter(None, langs.split(","))),
                role,
                number,
            )
        )
    return overrides


def rename_mains(places: Places, overrides: list[Override]) -> None:
    """Apply the corrections of main names; the source's own main name stays as an alias."""
    for override in overrides:
        if override.action == "main":
            place = _place(places, override)
            if place.name != override.name:
                place.add(place.name, "", Flag.NONE, "m")
                place.name = override.name
            place.add(override.name, "en", Flag.OVERRIDE, "x")


def apply_overrides(places: Places, overrides: list[Override]) -> None:
    """Apply all other corrections, in the order of the file."""
    for override in overrides:
        if override.action != "main":
            _apply(_place(places, override), override)


def _place(places: Places, override: Override) -> Place:
    place = places.get(override.id)
    if place is None:
        raise OverrideError(f"overrides:{override.line}: no place geonames:{override.id}")
    return place


def _apply(place: Place, override: Override) -> None:
    if override.action == "drop":
        _drop(place, override)
        return
    if override.action == "at":
        place.lat, place.lon = map(float, override.name.split(", "))
        return
    flags = {"canonical": Flag.OVERRIDE, "former": Flag.HISTORIC}.get(override.action, Flag.NONE)
    if override.action == "add" and override.role == "short":
        flags = Flag.SHORT
    for language in override.langs or ("",):
        place.add(override.name, language, flags, "x")
    entry = place.entry(override.name)
    if override.action == "former":
        entry.role = "former"
        entry.langs = {language: flags | Flag.HISTORIC for language, flags in entry.langs.items()}
    elif override.role:
        entry.role = override.role


def _drop(place: Place, override: Override) -> None:
    entry = place.names.get(override.name)
    if entry is None:
        raise OverrideError(f"overrides:{override.line}: {override.name} is no name of geonames:{override.id}")
    for language in override.langs:
        entry.langs.pop(language, None)
    if not override.langs or not entry.langs:
        del place.names[override.name]
