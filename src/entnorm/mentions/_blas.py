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
_limit: Any = None


@lru_cache(maxsize=1)
def _controller() -> Any:
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()


@contextmanager
def one_blas_thread() -> Iterator[None]:
    """Keep BLAS to one thread inside the ``with`` block; blocks of several threads may overlap.

    >>> with one_blas_thread():
    ...     pass
    """
    global _inside, _limit
    with _lock:
        _inside += 1
        if _inside == 1:
            _limit = _controller().limit(limits=1, user_api="blas")
    try:
        yield
    finally:
        with _lock:
            _inside -= 1
            if _inside == 0:
                _limit.restore_original_limits()
