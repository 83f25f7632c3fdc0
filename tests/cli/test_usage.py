"""Help, version, and what is said when the command line is wrong."""

import subprocess
import sys

import pytest

import entnorm as package
from entnorm.cli.app import COMMANDS

WORDS = sorted(COMMANDS)


def test_version(entnorm):
    done = entnorm("--version")
    assert (done.code, done.out, done.err) == (0, f"entnorm {package.__version__}\n", "")


def test_overview_names_every_command(call):
    done = call("--help")
    assert (done.code, done.err) == (0, "")
    assert [line[2:22].strip() for line in done.lines if line.startswith("  ") and line[2] in "rlceig"] == [
        " ".join(c) for c in COMMANDS
    ]
    assert max(map(len, done.lines)) <= 80


def test_no_command_shows_the_overview_as_an_error(entnorm):
    done = entnorm()
    assert (done.code, done.out) == (2, "")
    assert done.err == entnorm("--help").out


@pytest.mark.parametrize("words", WORDS, ids=" ".join)
def test_help_has_examples_and_fits_80_columns(call, words, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    done = call(*words, "--help")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("usage: entnorm " + " ".join(words))
    assert "\nexamples:\n  entnorm " in done.out
    assert max(map(len, done.lines)) <= 80


def test_help_of_a_group(call):
    done = call("index", "--help")
    assert done.code == 0
    assert [line.split()[:2] for line in done.lines[3:]] == [
        ["index", "build"],
        ["index", "info"],
        ["index", "verify"],
    ]


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["frobnicate"], "there is no command 'frobnicate'"),
        (["index"], "index needs a command"),
        (["index", "burn"], "there is no command 'index burn'"),
        (["lookup"], "no name given"),
        (["lookup", "Kiew", "--limit", "0"], "argument --limit: '0' is not a whole number from 1 on"),
        (["lookup", "Kiew", "--kind", "river"], "argument --kind: invalid choice: 'river' "),
        (["lookup", "Kiew", "--lang", "12"], "argument --lang: '12' is not a language code"),
        (["lookup", "Kiew", "--lang", "source"], "argument --lang: 'source' is not a language code"),
        (["lookup", "--form", "json", "x"], "unrecognized arguments: --form"),
        (["run", "--to", "??"], "argument --to: '??' is not a language code"),
        (["run", "--min-confidence", "2"], "argument --min-confidence: '2' is not a number from 0 to 1"),
        (["run", "--min-confidence", "nan"], "argument --min-confidence: 'nan' is not a number from 0 to 1"),
        (["run", "--workers", "-1"], "argument --workers: "),
        (["run", "--replace", "--format", "tsv"], "--replace writes text, not tsv"),
        (["compare", "Kiew"], "compare takes two names, not 1"),
        (["compare", "a", "b", "--pairs", "x.tsv"], "give either two names or --pairs FILE"),
        (["index", "build", "x.csv"], "the following arguments are required: -o/--output"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_wrong_usage(call, args, message):
    done = call(*args)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(f"error: {message}")


def test_usage_errors_come_with_a_hint(call):
    done = call("lookup", "Kiew", "--limit", "x")
    assert done.err.splitlines()[1] == "hint: see entnorm lookup --help"


def test_debug_shows_where(index):
    command = [
        sys.executable,
        "-m",
        "entnorm",
        "run",
        "--debug",
        "--index",
        str(index),
        str(index / "nothing.txt"),
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert done.returncode == 4
    assert done.stderr.splitlines()[2].startswith("Traceback")
