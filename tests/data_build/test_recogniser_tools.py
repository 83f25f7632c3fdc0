"""What the recogniser is trained with: the loss of the chain by its gradients, and the marks in the written texts."""

from __future__ import annotations

import importlib.util
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

TOOLS = Path(__file__).resolve().parents[2] / "tools/recogniser"
_MARK = re.compile(r"\[[PLO] ([^\[\]]+)\]")
_STEP = 1e-5


@pytest.fixture(scope="module")
def sequences() -> ModuleType:
    spec = importlib.util.spec_from_file_location("recogniser_sequences", TOOLS / "sequences.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("moved", ["scores", "follows", "begins"])
def test_gradients_are_those_of_the_loss(sequences: ModuleType, moved: str) -> None:
    rng = np.random.default_rng(3)
    lengths = np.array([3, 1, 5, 2])
    values = {"scores": rng.normal(size=(11, 7)), "follows": rng.normal(size=(7, 7)), "begins": rng.normal(size=7)}
    labels = rng.integers(0, 7, 11)

    def loss_and_gradients() -> tuple[float, dict[str, np.ndarray]]:
        loss, *grads = sequences.chain_gradients(values["scores"], lengths, labels, values["follows"], values["begins"])
        return loss, dict(zip(("scores", "follows", "begins"), grads, strict=True))

    before, grads = loss_and_gradients()
    for _ in range(8):
        at = tuple(rng.integers(0, n) for n in values[moved].shape)
        values[moved][at] += _STEP
        after, _ = loss_and_gradients()
        values[moved][at] -= _STEP
        assert (after - before) / _STEP == pytest.approx(grads[moved][at], abs=1e-4)


def _lines() -> Iterator[tuple[str, str]]:
    for path in sorted((TOOLS / "texts").glob("*/*.txt")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            yield f"{path.parent.name}/{path.name}:{number}", line


def test_marks_in_the_texts() -> None:
    """Every mark is one of three, holds a name without signs at its end, and is not in another."""
    wrong = []
    for place, line in _lines():
        rest = _MARK.sub("", line)
        names = [m[1] for m in _MARK.finditer(line)]
        odd = [n for n in names if n != n.strip() or n[-1] in ",;:" or not any(c.isalpha() for c in n)]
        if odd or "[" in rest or "]" in rest or not unicodedata.is_normalized("NFC", line):
            wrong.append(place)
    assert not wrong


def test_texts_repeat_little() -> None:
    lines = [line for _, line in _lines() if len(line) > 40]
    assert len(lines) > 10_000
    assert len(set(lines)) > 0.99 * len(lines)
