"""Numbers by bytes, and back."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from entnorm.gazetteer.planes import from_planes, to_planes

numbers = st.lists(st.one_of(st.integers(0, 300), st.integers(0, 2**32 - 1)), max_size=8)


@given(numbers, st.integers(0, 8), st.integers(0, 8))
def test_numbers_and_slices_come_back(values: list[int], start: int, stop: int) -> None:
    planes = to_planes(np.array(values, dtype=np.uint64))
    assert planes.dtype == np.uint8
    assert from_planes(planes).tolist() == values
    assert from_planes(planes[:, start:stop]).tolist() == values[start:stop]


def test_as_many_planes_as_the_largest_number_needs() -> None:
    sizes = [len(to_planes(np.array([5, most]))) for most in (0, 255, 256, 65_535, 65_536, 2**24, 2**32 - 1)]
    assert sizes == [1, 1, 2, 2, 3, 4, 4]
