"""A progress line on standard error, for people who wait."""

from __future__ import annotations

import contextlib
import sys
import time
from types import TracebackType

from entnorm.cli.inputs import Meter

_PATIENCE = 1.5
_EVERY = 0.2
_BAR = 24


class Progress:
    """Counts answers; shows a line once the run has taken 1.5 s, if standard error is a terminal.

    Nothing is shown while standard output is a terminal too: the answers themselves are the progress.
    """

    def __init__(self, meter: Meter, noun: str) -> None:
        self._meter, self._noun = meter, noun
        self._count, self._shown = 0, False
        self._begin = self._last = time.monotonic()
        self._on = _is_terminal(sys.stderr) and not _is_terminal(sys.stdout)

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.clear()

    def step(self) -> None:
        """Count one answer and show the line if it is time."""
        self._count += 1
        if not self._on:
            return
        now = time.monotonic()
        if now - self._begin >= _PATIENCE and now - self._last >= _EVERY:
            self._last = now
            self._show(now - self._begin)

    def clear(self) -> None:
        """Take the line away."""
        if self._shown:
            self._write("\r\x1b[K")
            self._shown = False

    def _show(self, seconds: float) -> None:
        text = f"{self._count:,} {self._noun}, {self._count / seconds:,.0f}/s"
        if self._meter.total:
            share = min(1.0, self._meter.done / self._meter.total)
            text = f"[{'#' * int(_BAR * share):<{_BAR}}] {share:4.0%}  {text}"
        self._write(f"\r\x1b[K{text}")
        self._shown = True

    @staticmethod
    def _write(text: str) -> None:
        with contextlib.suppress(OSError, ValueError):
            sys.stderr.write(text)
            sys.stderr.flush()


def _is_terminal(stream: object) -> bool:
    try:
        return bool(stream.isatty())  # type: ignore[attr-defined]
    except (AttributeError, ValueError):
        return False
