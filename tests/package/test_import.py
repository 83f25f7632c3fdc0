"""What ``import entnorm`` must not do, each in a process of its own."""

from __future__ import annotations

import subprocess
import sys

import pytest

BLOCK_NETWORK = """
import socket
def refuse(*args, **kwargs):
    raise AssertionError("network used")
socket.socket.connect = socket.socket.connect_ex = socket.getaddrinfo = socket.create_connection = refuse
"""


def run(code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", code],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return done.stdout.strip()


@pytest.mark.parametrize("module", ["spacy", "thinc", "py3langid", "argparse", "requests", "multiprocessing.pool"])
def test_import_leaves_out(module: str) -> None:
    assert run(f"import sys, entnorm; print({module!r} in sys.modules)") == "False"


def test_lookup_leaves_out_spacy() -> None:
    code = "import sys, entnorm; print(entnorm.load().lookup('Kiew')[0].name, 'spacy' in sys.modules)"
    assert run(code) == "Kyiv False"


def test_the_network_block_works() -> None:
    code = (
        BLOCK_NETWORK
        + "\ntry:\n    socket.create_connection(('127.0.0.1', 9))\nexcept AssertionError as e:\n    print(e)"
    )
    assert run(code) == "network used"


def test_neither_import_nor_use_touches_the_network() -> None:
    code = BLOCK_NETWORK + "import entnorm; print(entnorm.normalize('Reise nach Kiew.', lang='de').mentions[0].name)"
    assert run(code) == "Kyiv"


def test_import_leaves_logging_alone() -> None:
    code = """
import logging, warnings
import numpy  # which adds filters of its own
def state():
    root = logging.root
    return root.level, list(root.handlers), root.manager.disable, list(warnings.filters)
before = state()
import entnorm
print(state() == before, [type(h).__name__ for h in logging.getLogger("entnorm").handlers])
"""
    assert run(code) == "True ['NullHandler']"


def test_import_leaves_locale_and_environment_alone() -> None:
    code = """
import locale, os
before = (locale.setlocale(locale.LC_ALL), dict(os.environ), os.getcwd())
import entnorm
print(before == (locale.setlocale(locale.LC_ALL), dict(os.environ), os.getcwd()))
"""
    assert run(code) == "True"


def test_public_names() -> None:
    public = "Config Document Entity EntnormError Index Match Mention Name Normalizer load normalize"
    assert run("import entnorm; print(*sorted(entnorm.__all__))") == public
    assert run("import entnorm; print([n for n in entnorm.__all__ if not hasattr(entnorm, n)])") == "[]"
