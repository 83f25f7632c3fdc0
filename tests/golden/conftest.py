"""The index that ships: compiled by installing the project, or by ``python hatch_build.py``."""

import pytest

from entnorm.index.store import Index
from entnorm.pipeline import Normalizer, load, shipped_path


@pytest.fixture(scope="session")
def norm() -> Normalizer:
    """The normalizer over the shipped index."""
    assert (shipped_path() / "manifest.json").is_file(), "the shipped index is not compiled: python hatch_build.py"
    return load()


@pytest.fixture(scope="session")
def index(norm: Normalizer) -> Index:
    return norm.indexes[0]
