"""A normalizer over thirty entities."""

from pathlib import Path

import pytest

from entnorm.gazetteer.catalog import read_source
from entnorm.index.build import build_index
from entnorm.index.store import Index
from entnorm.pipeline import Normalizer

DATA = Path(__file__).parents[1] / "data" / "cli"


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The compiled index; do not change it."""
    records = [r for name in ("entities.csv", "places.jsonl") for r in read_source(DATA / name)]
    return build_index(records, tmp_path_factory.mktemp("laws") / "small")


@pytest.fixture(scope="session")
def norm(small: Path) -> Normalizer:
    return Normalizer(Index.open(small))
