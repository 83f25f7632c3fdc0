"""Reads sentences whose mentions are marked ``[[text|kind|canonical English name|entity id]]``.

The name is empty for somebody or some place that no gazetteer lists; the id is given only where the name does not say
which entity is meant.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

from entnorm.models import Mention

DATA = Path(__file__).parents[1] / "data"
MARK = re.compile(r"\[\[([^|\]]+)\|(person|place)\|([^|\]]*)(?:\|([^|\]]+))?\]\]")


class Marked(NamedTuple):
    """A mention as a reader marked it; ``name`` is empty for the unlisted, ``id`` where the name is enough."""

    start: int
    end: int
    text: str
    kind: str
    name: str
    id: str

    def overlaps(self, mention: Mention) -> bool:
        return mention.start < self.end and self.start < mention.end


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (DATA / name).read_text(encoding="utf-8").splitlines()]


def unmarked(marked: str) -> tuple[str, list[Marked]]:
    """The text without its marks, and its mentions."""
    text, mentions, last = "", [], 0
    for mark in MARK.finditer(marked):
        text += marked[last : mark.start()]
        mentions.append(Marked(len(text), len(text) + len(mark[1]), mark[1], mark[2], mark[3], mark[4] or ""))
        text += mark[1]
        last = mark.end()
    return text + marked[last:], mentions


def table(title: str, counts: dict[str, Counter[str]], columns: tuple[str, ...]) -> str:
    """Counts per group as lines of text, the last line their sum."""
    total: Counter[str] = sum(counts.values(), Counter())
    lines = [f"{title:<26}" + "".join(f"{column:>11}" for column in columns)]
    for group, row in [*sorted(counts.items()), ("all", total)]:
        lines.append(f"{group:<26}" + "".join(f"{row[column]:>11}" for column in columns))
    return "\n".join(lines)
