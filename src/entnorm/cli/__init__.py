"""The command line. ``entnorm --help`` tells more; the package does the work."""

from __future__ import annotations

from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code.

    0 done, 1 nothing matched or a gate failed, 2 usage or config, 3 data, 4 input.

    >>> main(["--version"])  # doctest: +ELLIPSIS
    entnorm ...
    0
    """
    from entnorm.cli.app import run

    return run(argv)
