"""Answering with several processes: same answers, same order, bounded memory, no waiting for a full batch."""

from __future__ import annotations

import multiprocessing
import queue
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any

from entnorm.cli.inputs import Item
from entnorm.cli.loop import Answer, attempt
from entnorm.cli.outputs import Row
from entnorm.errors import EntnormError, InputError

#: Items under way per worker: enough to keep each busy while another takes long.
_AHEAD = 8
_answer: Answer | None = None

Slot = tuple[Item, "Future[Row | InputError] | None"]


def _start(setup: Callable[[Any], Answer], options: Any) -> None:
    global _answer
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _answer = setup(options)


def _work(item: Item) -> Row | InputError:
    assert _answer is not None
    return attempt(_answer, item)


def _feed(
    items: Iterable[Item],
    pool: ProcessPoolExecutor,
    slots: queue.SimpleQueue[Slot | BaseException | None],
    free: threading.Semaphore,
    stop: threading.Event,
) -> None:
    """Hand items to the pool as room frees, and the slots for their answers on; ends with ``None`` or the error."""
    end: BaseException | None = None
    if hasattr(signal, "pthread_sigmask"):  # inherited by the workers, which start from this thread
        signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        for item in items:
            free.acquire()
            if stop.is_set():
                return
            slots.put((item, None if item.error is not None else pool.submit(_work, item)))
    except BaseException as error:
        end = error
    finally:
        slots.put(end)


def spread(
    setup: Callable[[Any], Answer], options: Any, items: Iterable[Item], workers: int
) -> Iterator[tuple[Item, Row | InputError]]:
    """Items with their answers, in order, by ``workers`` processes that each call ``setup(options)`` once.

    ``setup`` must be importable and ``options`` picklable. A thread reads ahead a few items per worker; an
    answer is given out as soon as it and all before it are there.
    """
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(workers, mp_context=context, initializer=_start, initargs=(setup, options))
    slots: queue.SimpleQueue[Slot | BaseException | None] = queue.SimpleQueue()
    free = threading.Semaphore(workers * _AHEAD)
    stop = threading.Event()

    others = set(multiprocessing.active_children())
    feeding = (items, pool, slots, free, stop)
    threading.Thread(target=_feed, args=feeding, name="entnorm-reader", daemon=True).start()
    finished = False
    try:
        while (slot := slots.get()) is not None:
            if isinstance(slot, BaseException):
                raise slot
            item, future = slot
            yield item, item.error if future is None else future.result()  # type: ignore[misc]
            free.release()
        finished = True
    except BrokenProcessPool:
        raise EntnormError(
            "a worker process ended unexpectedly", "memory may have run out: use fewer --workers"
        ) from None
    finally:
        stop.set()
        free.release()
        if not finished:
            for worker in set(multiprocessing.active_children()) - others:
                worker.terminate()
        pool.shutdown(wait=finished, cancel_futures=True)
