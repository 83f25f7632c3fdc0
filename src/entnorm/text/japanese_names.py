"""Japanese personal names: how usual a family or given name is, and how it is read.

Table: ``tables/ja_names.tsv``, from IPADIC, built by ``tools/build_words.py``.
"""

from __future__ import annotations

from functools import lru_cache
from importlib import resources


@lru_cache(maxsize=1)
def _names() -> dict[str, dict[str, tuple[str, float]]]:
    text = resources.files("entnorm.text").joinpath("tables/ja_names.tsv").read_text(encoding="utf-8")
    table: dict[str, dict[str, tuple[str, float]]] = {"family": {}, "given": {}}
    for line in text.splitlines():
        if line[0] != "#":
            role, name, reading, cost = line.split("\t")
            table[role][name] = (reading, int(cost) / 1000)
    return table


@lru_cache(maxsize=2)
def costs(role: str) -> dict[str, float]:
    """Names of a role (``family`` or ``given``) with their cost: about 4 for the most usual, 9 for rare ones.

    >>> costs("family")["佐藤"] < costs("family")["富澤"]
    True
    """
    return {name: cost for name, (_, cost) in _names()[role].items()}


def reading(name: str) -> str:
    """A full name in hiragana, family name first, as it is most likely read; empty when a part is not known.

    >>> reading("石川健一"), reading("佐藤"), reading("ソウル")
    ('いしかわ けんいち', 'さとう', '')
    """
    family, given = _names()["family"], _names()["given"]
    cuts = [n for n in range(1, len(name)) if name[:n] in family and name[n:] in given]
    if cuts:
        cut = min(cuts, key=lambda n: family[name[:n]][1] + given[name[n:]][1])
        return f"{family[name[:cut]][0]} {given[name[cut:]][0]}"
    return family[name][0] if name in family else ""
