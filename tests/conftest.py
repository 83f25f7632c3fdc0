"""Settings shared by all tests."""

import os

import pytest
from hypothesis import HealthCheck, settings

from entnorm.index.store import Index
from entnorm.match.shipped import shipped_path
from entnorm.pipeline import Normalizer, load

# Examples are not timed; under CI they are the same in every run.
settings.register_profile("default", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("default"), derandomize=True, database=None)
settings.load_profile("ci" if os.environ.get("CI") else "default")


@pytest.fixture(scope="session")
def norm() -> Normalizer:
    """The normalizer over the shipped index, compiled by installing the project or by ``python hatch_build.py``."""
    assert (shipped_path() / "manifest.json").is_file(), "the shipped index is not compiled: python hatch_build.py"
    return load()


@pytest.fixture(scope="session")
def index(norm: Normalizer) -> Index:
    """The shipped index."""
    return norm.indexes[0]
