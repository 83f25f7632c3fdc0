"""Mentions and answers without a normalizer behind them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pytest

from entnorm.models import Comparison, Document, Match, Mention

MakeMention = Callable[..., Mention]


def make_match(entity_id: str = "t:1", **facts: Any) -> Match:
    base = {"kind": "place", "name": "Kyiv", "matched_name": "Kiew", "score": 1.0}
    return Match(entity_id=entity_id, **(base | facts))


def make_mention(start: int, end: int, kind: str = "place", *, confidence: float | None = None, base: str = "b",
                 match: Match | None = None, name: str = "Kyiv") -> Mention:  # fmt: skip
    return Mention(
        start=start, end=end, text="x" * (end - start), kind=kind, status="resolved" if match else "unknown",  # type: ignore[arg-type]
        base=base, name=name, cluster=0, confidence=confidence, matches=(match,) if match else (),
    )  # fmt: skip


class Scripted:
    """Answers as it was told to."""

    def __init__(
        self,
        mentions: Sequence[Mention] = (),
        matches: Mapping[str, Sequence[Match]] | None = None,
        confidences: Mapping[str, float] | None = None,
    ) -> None:
        self.mentions, self.matches, self.confidences = tuple(mentions), matches or {}, confidences or {}

    def __call__(self, text: str, *, lang: str | None = None) -> Document:
        return Document(text=text, lang=lang, mentions=self.mentions)

    def lookup(self, name: str, *, kind: str | None = None, lang: str | None = None) -> list[Match]:
        return list(self.matches.get(name, ()))

    def compare(
        self, a: str, b: str, *, kind: str = "person", lang_a: str | None = None, lang_b: str | None = None
    ) -> Comparison:
        p = self.confidences[a]
        return Comparison(a=a, b=b, score=p, confidence=p, same=p >= 0.5)


@pytest.fixture
def mention() -> MakeMention:
    return make_mention


@pytest.fixture
def match() -> Callable[..., Match]:
    return make_match


@pytest.fixture
def scripted() -> type[Scripted]:
    return Scripted
