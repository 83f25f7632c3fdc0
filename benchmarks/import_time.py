"""What starting costs: ``import entnorm``, opening the shipped index, and the memory of one lookup.

Import time is given as a ratio to importing numpy, pydantic and rapidfuzz, each measured in fresh
interpreters taken in turn, so that a busy machine slows both sides alike. Targets: ratio at most 2, opening
at most 50 ms, peak resident memory of ``entnorm lookup`` under 200 MB.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from statistics import median

TIMED = "import time; t = time.perf_counter(); {code}; print(time.perf_counter() - t)"
BASE = ("numpy", "pydantic", "rapidfuzz")
# Compiled modules are what an installation has, so they may be written here too.
ENV = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
OPEN = """
import time, entnorm
from entnorm.match.shipped import shipped_path
t = time.perf_counter()
entnorm.Index.open(shipped_path())
print(time.perf_counter() - t)
"""


def seconds(code: str) -> float:
    """What a snippet prints when run in a fresh interpreter."""
    done = subprocess.run([sys.executable, "-c", code], env=ENV, capture_output=True, text=True, check=True)
    return float(done.stdout)


def peak_megabytes(arguments: list[str]) -> float:
    """Peak resident memory of one ``entnorm`` call, in 10^6 bytes."""
    command = [sys.executable, "-m", "entnorm", *arguments]
    process = subprocess.Popen(command, env=ENV, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} failed with status {process.returncode}")
    return usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024) / 1e6


def main() -> None:
    """Measure and print one figure a line, tab-separated."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--runs", type=int, default=11, metavar="N", help="fresh interpreters for each figure")
    runs = parser.parse_args().runs
    one_by_one = {name: TIMED.format(code=f"import {name}") for name in BASE}
    snippets = {
        **one_by_one,
        "together": TIMED.format(code=f"import {', '.join(BASE)}"),
        "entnorm": TIMED.format(code="import entnorm"),
        "open": OPEN,
    }
    times: dict[str, list[float]] = {name: [] for name in snippets}
    seconds(snippets["open"])
    for _ in range(runs):
        for name, code in snippets.items():
            times[name].append(seconds(code))
    middle = {name: median(values) * 1000 for name, values in times.items()}
    total = sum(middle[name] for name in BASE)
    for name in BASE:
        print(f"import {name}\t{middle[name]:.0f} ms")
    print(f"import entnorm\t{middle['entnorm']:.0f} ms")
    print(f"ratio to the sum of the three\t{middle['entnorm'] / total:.2f}\ttarget 2.00")
    print(f"ratio to the three in one process\t{middle['entnorm'] / middle['together']:.2f}")
    print(f"open the shipped index\t{middle['open']:.1f} ms\ttarget 50")
    print(f"peak memory of entnorm lookup Kiew\t{peak_megabytes(['lookup', 'Kiew']):.0f} MB\ttarget 200")


if __name__ == "__main__":
    main()
