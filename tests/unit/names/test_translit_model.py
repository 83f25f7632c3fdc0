"""The learned transliteration channel."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from entnorm.text import _translit_channel as channels
from entnorm.text import translit_model as model
from entnorm.text.keys import key

HERE = Path(__file__).parent
RUN = st.text(alphabet="abcdefghijklmnopqrstuvwxyz ", max_size=channels.MAX_RUN)
LATIN = st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=14)
SOURCE = st.text(alphabet="абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґў", min_size=1, max_size=8)


def rows() -> list[list[str]]:
    lines = (HERE / "data" / "transliteration.tsv").read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")]


@pytest.mark.parametrize(("source", "right", "wrong", "expected"), rows())
def test_right_name_scores_best(source: str, right: str, wrong: str, expected: str) -> None:
    found = model.scores(source, [right, *wrong.split(",")])
    assert (found[0] > found[1:].max()) == (expected == "right")
    assert found[0] > found[1:].max() - 0.5


def test_hypotheses_hold_the_usual_spellings() -> None:
    spellings = {name for source in ("Путин", "プーチン", "بوتين", "푸틴") for name, _ in model.hypotheses(source, 10)}
    assert "putin" in spellings


@given(SOURCE)
def test_hypotheses_are_ordered_distinct_keys(source: str) -> None:
    found = model.hypotheses(source, 5)
    names = [name for name, _ in found]
    assert 1 <= len(found) <= 5
    assert len(set(names)) == len(names)
    assert [p for _, p in found] == sorted((p for _, p in found), reverse=True)
    assert all(p <= 0 for _, p in found)
    assert all(name == "" or key(name).replace(" ", "") == name.replace(" ", "") for name in names)


@given(SOURCE, st.lists(LATIN, min_size=1, max_size=5))
def test_scores_do_not_depend_on_company(source: str, names: list[str]) -> None:
    together = model.scores(source, names)
    alone = [model.scores(source, [name, *["anna"] * 9])[0] for name in names]
    np.testing.assert_allclose(together, alone, rtol=1e-4, atol=1e-4)


@given(SOURCE)
def test_alignment_agrees_with_a_slow_oracle(source: str) -> None:
    channel = model.shipped().channel("Cyrl")
    assert channel is not None
    characters = model.units(source)[1]
    name = "shostakow"
    best = [0.0] + [-1e4] * len(name)
    for runs, probability in channel.emissions(characters):
        known = {channel.run_texts[r]: p for r, p in zip(runs, probability, strict=True)}
        after = []
        for end in range(len(name) + 1):
            options = []
            for length in range(min(end, channels.MAX_RUN) + 1):
                floor = channels.FLOOR + channels.FLOOR_LETTER * length
                seen = known.get(name[end - length : end], 0.0)
                options.append(best[end - length] + max(floor, float(np.log(max(seen, 1e-9)))))
            after.append(max(options))
        best = after
    assert channel.log_likelihoods(characters, [name])[0] == pytest.approx(best[-1], abs=1e-2)


@given(RUN)
def test_run_codes_round_trip(run: str) -> None:
    assert channels.run_text(channels.run_code(run)) == run


@pytest.mark.parametrize(("source", "right", "wrong", "expected"), rows())
def test_plausibility_parts_right_from_unrelated(source: str, right: str, wrong: str, expected: str) -> None:
    assert model.plausibility(source, right) > 0.5
    assert model.plausibility(source, "bartholomew") < 0.05


def test_texts_without_a_model() -> None:
    assert np.isnan(model.plausibility("Merkel", "Merkel"))
    assert model.hypotheses("Merkel") == []
    assert model.hypotheses("") == []
    assert np.isnan(model.scores("Merkel", ["merkel"])).all()
    assert len(model.scores("Меркель", [])) == 0
    assert np.isfinite(model.scores("Меркель", [""])).all()


def test_words_and_unlisted_characters() -> None:
    assert model.score("Ангела Меркель", "Angela Merkel") > model.score("Ангела Меркель", "Angelina Markle")
    assert model.hypotheses("Ангела Меркель", 1)[0][0] == "angela merkel"
    assert model.score("ア・イ", "ai") > model.score("ア・イ", "zu")
    assert np.isfinite(model.score("ҨѪҨ", "oo"))
    assert model.hypotheses("Ивꙮн", 1)[0][0]


def test_every_script_is_listed_and_small() -> None:
    folder = Path(model.__file__).parent / "tables" / "translit"
    assert model.shipped().scripts == {"Cyrl", "Arab", "Hebr", "Grek", "Geor", "Armn", "Hang", "Jpan", "Hani"}
    assert sum(path.stat().st_size for path in folder.iterdir()) < 2_000_000


def test_letters_ignore_what_is_no_key() -> None:
    assert channels.letters(["a z", "é1"]).tolist() == [[1, 27, 26], [27, 27, 0]]
