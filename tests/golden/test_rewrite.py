"""Rewriting: hand-written texts, and the laws that hold for all of them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from entnorm.models import Document
from entnorm.pipeline import Normalizer

_MARKED = re.compile(r"\[\[([^|\]]*)\|[^\]]*\]\]")
DATA = Path(__file__).parents[1] / "data"


def rows() -> list[list[str]]:
    lines = (DATA / "rewrite.tsv").read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line[:1] != "#"][1:]


def texts() -> list[tuple[str, str]]:
    golden = [json.loads(line) for line in (DATA / "golden_text.jsonl").read_text(encoding="utf-8").splitlines()]
    plain = [(r["lang"], _MARKED.sub(r"\1", r["text"])) for r in golden]
    return plain + [(lang, text) for lang, _, text, _ in rows()]


def check_offsets(document: Document, to: str) -> None:
    """Text outside mentions is untouched, and every offset finds its way there and back."""
    new = document.rewrite(to)
    assert len(new.spans) == len(document.mentions)
    last = new_last = 0
    for mention, span in zip(document.mentions, new.spans, strict=True):
        assert (span.start, span.end) == (mention.start, mention.end)
        assert document.text[last : span.start] == new.text[new_last : span.new_start]
        last, new_last = span.end, span.new_end
    assert document.text[last:] == new.text[new_last:]
    inside = {i for m in document.mentions for i in range(m.start + 1, m.end)}
    mapped = [new.new_offset(i) for i in range(len(document.text) + 1)]
    assert mapped == sorted(mapped)
    assert all(new.old_offset(n) == i for i, n in enumerate(mapped) if i not in inside)


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row[0]}-{row[1]}: {row[2]}")
def test_hand_written_texts(norm: Normalizer, row: list[str]) -> None:
    lang, to, text, expected = row
    assert norm(text, lang=lang).replace(to) == expected


def test_the_table_is_broad() -> None:
    assert len(rows()) >= 60
    assert len({lang for lang, *_ in rows()}) >= 10


@pytest.mark.parametrize("to", ["de", "en", "source"])
def test_offsets_map_both_ways_and_rewriting_twice_changes_nothing_more(norm: Normalizer, to: str) -> None:
    changed = []
    for lang, text in texts():
        target = lang if to == "source" else to
        document = norm(text, lang=lang)
        check_offsets(document, target)
        once = document.replace(target)
        twice = norm(once, lang=lang).replace(target)
        if twice != once:
            changed.append((lang, text, once, twice))
    assert changed == []
