"""One BLAS thread while the recogniser multiplies its small matrices.

A BLAS library that spreads a product of 30 rows over all cores spends its time on waking threads: on a busy machine a
hundred times what the product costs. The setting is the whole process's, so it is changed around our own calls only and
put back when the last of them ends.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

_lock = threading.Lock()
_inside = 0
_limited: list[tuple[Any, int]] = []


@lru_cache(maxsize=1)
def _libraries() -> list[Any]:
    """The BLAS libraries of the process, asked one by one: threadpoolctl's own limiter costs ten times as much."""
    from threadpoolctl import ThreadpoolController

    return [lib for lib in ThreadpoolController().lib_controllers if lib.user_api == "blas"]


@contextmanager
def one_blas_thread() -> Iterator[None]:
    """Keep BLAS to one thread inside the ``with`` block; blocks of several threads may overlap.

    >>> with one_blas_thread():
    ...     pass
    """
    global _inside
    with _lock:
        _inside += 1
        if _inside == 1:
            _limited[:] = [(lib, number) for lib in _libraries() if (number := lib.get_num_threads()) != 1]
            for lib, _ in _limited:
                lib.set_num_threads(1)
    try:
        yield
    finally:
        with _lock:
            _inside -= 1
            if _inside == 0:
                for lib, number in _limited:
                    lib.set_num_threads(number)
