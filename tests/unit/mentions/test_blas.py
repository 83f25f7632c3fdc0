"""BLAS threads are limited around our own calls, and given back."""

from __future__ import annotations

import threading

from threadpoolctl import ThreadpoolController

from entnorm.mentions._blas import one_blas_thread


def blas_threads() -> list[int]:
    return [lib["num_threads"] for lib in ThreadpoolController().info() if lib["user_api"] == "blas"]


def test_one_thread_inside_and_as_before_outside() -> None:
    before = blas_threads()
    with one_blas_thread():
        assert all(n == 1 for n in blas_threads())
        with one_blas_thread():
            pass
        assert all(n == 1 for n in blas_threads())
    assert blas_threads() == before


def test_given_back_when_the_last_of_several_threads_is_done() -> None:
    before = blas_threads()
    first_in, second_out = threading.Event(), threading.Event()

    def first() -> None:
        with one_blas_thread():
            first_in.set()
            second_out.wait(10)

    def second() -> None:
        first_in.wait(10)
        with one_blas_thread():
            pass
        second_out.set()

    threads = [threading.Thread(target=run) for run in (first, second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert blas_threads() == before


def test_given_back_after_an_error() -> None:
    before = blas_threads()
    try:
        with one_blas_thread():
            raise ValueError
    except ValueError:
        pass
    assert blas_threads() == before
