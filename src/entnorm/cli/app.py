"""Picks the command, runs it, and turns whatever goes wrong into a message, a hint and an exit code."""

from __future__ import annotations

import argparse
import contextlib
import importlib
import os
import re
import signal
import sys
import textwrap
import traceback
from collections.abc import Sequence
from typing import NoReturn

from entnorm.errors import ConfigError, EntnormError

#: Command words -> module that has ``SUMMARY``, ``EPILOG``, ``add_arguments(parser)`` and ``main(args)``.
COMMANDS: dict[tuple[str, ...], str] = {
    ("run",): "run",
    ("lookup",): "lookup",
    ("compare",): "compare",
    ("report",): "report",
    ("eval",): "evaluate",
    ("eval", "fit"): "evaluate_fit",
    ("index", "build"): "index_build",
    ("index", "info"): "index_info",
    ("index", "verify"): "index_verify",
    ("gazetteer", "lint"): "gazetteer_lint",
    ("gazetteer", "licences"): "gazetteer_licences",
}
#: Exit code for a fault of entnorm itself (EX_SOFTWARE of sysexits.h).
BUG = 70
INTERRUPTED = 130

_ABOUT = "Find people and places in news text and give each one canonical name, offline."
_OUTRO = """\
Answers go to standard output, everything else to standard error.
Exit codes: 0 done, 1 nothing matched or a check failed, 2 wrong usage,
            3 unusable index or gazetteer, 4 unreadable input.

`entnorm COMMAND --help` shows options and examples."""


class Parser(argparse.ArgumentParser):
    """An argument parser that reports errors the way every other error is reported."""

    def error(self, message: str) -> NoReturn:
        """Raise the usage error as a :class:`ConfigError`."""
        raise ConfigError(message, f"see {self.prog} --help")


def run(argv: Sequence[str] | None = None) -> int:
    """Run the command in ``argv`` (by default the process's own) and return the exit code."""
    words = list(sys.argv[1:] if argv is None else argv)
    debug = "--debug" in words
    try:
        code = _dispatch(words)
        sys.stdout.flush()
        return code
    except BrokenPipeError:
        _silence(sys.stdout)
        return 0
    except KeyboardInterrupt:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        _silence(sys.stdout)
        return INTERRUPTED
    except EntnormError as error:
        report(error)
        _trace(debug)
        return error.exit_code
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        report(ConfigError(f"{where}{error.strerror or error}"))
        _trace(debug)
        return 3
    except Exception as error:
        hint = "this is a fault in entnorm, please report it; --debug shows where it happened"
        report(EntnormError(f"{type(error).__name__}: {error}", hint))
        _trace(debug)
        return BUG


def report(error: EntnormError, where: str = "") -> None:
    """Write an error and its hint to standard error; a closed standard error is no reason to fail."""
    place = f"{where}: " if where else ""
    say(f"error: {place}{error.message}" + (f"\nhint: {error.hint}" if error.hint else ""))


def say(line: str) -> None:
    """Write one line of talk to standard error."""
    with contextlib.suppress(OSError, ValueError):
        encoding = getattr(sys.stderr, "encoding", None) or "utf-8"
        print(line.encode(encoding, "backslashreplace").decode(encoding), file=sys.stderr, flush=True)


def _trace(debug: bool) -> None:
    if debug:
        say(traceback.format_exc().rstrip())


def _silence(stream: object) -> None:
    """Point a closed stream at nothing, so that the interpreter does not complain about it on its way out."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())  # type: ignore[attr-defined]
        os.close(nowhere)


def _dispatch(words: list[str]) -> int:
    if not words:
        say(_overview())
        return ConfigError.exit_code
    if words[0] in ("-h", "--help", "help"):
        print(_overview())
        return 0
    if words[0] in ("-V", "--version"):
        from entnorm import __version__

        print(f"entnorm {__version__}")
        return 0
    command = _command(words)
    if command is None:
        return 0
    module = importlib.import_module(f"entnorm.cli.{COMMANDS[command]}")
    parser = make_parser(command)
    rest = words[len(command) :]
    try:
        # Only the intermixed parser takes options between names, only the plain one knows what "--" means.
        args = parser.parse_args(rest) if "--" in rest else parser.parse_intermixed_args(rest)
    except SystemExit:  # --help has been printed
        return 0
    code: int = module.main(args)
    return code


def _command(words: list[str]) -> tuple[str, ...] | None:
    """The command that ``words`` begin with; ``None`` when the help of a group was printed."""
    group = [c for c in COMMANDS if c[0] == words[0]]
    if not group:
        names = ", ".join(dict.fromkeys(c[0] for c in COMMANDS))
        raise ConfigError(f"there is no command {words[0]!r}", f"one of {names}; see entnorm --help")
    second = words[1] if len(words) > 1 else ""
    if len(group[0]) == 1:
        return (words[0], second) if (words[0], second) in group else group[0]
    if second in ("-h", "--help"):
        print(_listing(f"usage: entnorm {words[0]} COMMAND …\n\ncommands:", group))
        return None
    if (words[0], second) not in COMMANDS:
        names = ", ".join(c[1] for c in group)
        said = f"there is no command '{words[0]} {second}'" if second else f"{words[0]} needs a command"
        raise ConfigError(said, f"one of {names}; see entnorm {words[0]} --help")
    return words[0], second


def make_parser(command: tuple[str, ...]) -> Parser:
    """The parser of one command."""
    module = importlib.import_module(f"entnorm.cli.{COMMANDS[command]}")
    parser = Parser(
        prog="entnorm " + " ".join(command),
        description=textwrap.fill(module.SUMMARY, 78),
        epilog=module.EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    module.add_arguments(parser)
    parser.add_argument("--debug", action="store_true", help="show where an error arose")
    return parser


def _overview() -> str:
    return _listing(f"usage: entnorm COMMAND …\n\n{_ABOUT}\n\ncommands:", list(COMMANDS)) + "\n\n" + _OUTRO


def _listing(head: str, commands: list[tuple[str, ...]]) -> str:
    lines = [head]
    for command in commands:
        summary = importlib.import_module(f"entnorm.cli.{COMMANDS[command]}").SUMMARY
        short = re.split(r"[.:] ", summary)[0].rstrip(".")
        lines.append(f"  {' '.join(command):<20}{short}")
    return "\n".join(lines)
