"""Cutting text without spaces."""

from __future__ import annotations

from entnorm.mentions.lattice import Around, Piece, Stretches, cheapest


def test_the_cheapest_cut_wins_and_covers_everything() -> None:
    def pieces(start: int) -> list[Piece]:
        single = Piece(start, start + 1, "word", 4.0)
        return [single, Piece(1, 4, "name", 7.0)] if start == 1 else [single]

    cut = cheapest(5, pieces)
    assert [(p.start, p.end, p.label) for p in cut] == [(0, 1, "word"), (1, 4, "name"), (4, 5, "word")]


def test_a_dear_name_is_no_name() -> None:
    cut = cheapest(2, lambda i: [Piece(i, i + 1, "word", 2.0), *([Piece(0, 2, "name", 5.0)] if i == 0 else [])])
    assert [p.label for p in cut] == ["word", "word"]


def test_nothing_to_cut() -> None:
    assert cheapest(0, lambda i: []) == []


def test_stretches_end_within_the_text() -> None:
    names = Stretches(["北京", "北京市", "京"])
    assert list(names.at("北京", 0)) == [2]
    assert list(names.at("去北京市", 1)) == [3, 4]
    assert "京" not in names
    assert names.ending(("市",)) == ["北京市"]


def test_around_looks_at_ends_only() -> None:
    titles = Around(["总统", "外长"])
    assert titles.ends("乌克兰总统")
    assert not titles.ends("总统府")
    assert titles.begins("外长说")
    assert not titles.begins("说外长")
