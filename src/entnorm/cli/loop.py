"""The loop every command shares: items in, rows out, in order, with errors reported or stopping the run."""

from __future__ import annotations

import contextlib
import sys
import traceback
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from entnorm.cli.app import report, say
from entnorm.cli.inputs import Item
from entnorm.cli.outputs import Row, Writer
from entnorm.cli.progress import Progress
from entnorm.errors import EntnormError, InputError

Answer = Callable[[Item], Row]


@dataclass(frozen=True, slots=True)
class Policy:
    """What to do with items that cannot be answered."""

    skip: bool = False
    strict: bool = False


def attempt(answer: Answer, item: Item) -> Row | InputError:
    """The answer to an item, or what is wrong with the item.

    Errors of options or data are raised: they would hit every item. Anything unforeseen is held against this
    item only, so that its neighbours are answered.
    """
    if item.error is not None:
        return item.error
    try:
        return answer(item)
    except InputError as error:
        return error
    except EntnormError:
        raise
    except Exception as error:
        if "--debug" in sys.argv:
            say(traceback.format_exc().rstrip())
        return InputError(
            f"cannot be processed ({type(error).__name__}: {error})",
            "a damaged index (see entnorm index verify) or a fault in entnorm: please report it",
        )


def in_order(answer: Answer, items: Iterable[Item]) -> Iterator[tuple[Item, Row | InputError]]:
    """Items with their answers, one after the other."""
    for item in items:
        yield item, attempt(answer, item)


def answer_all(
    pairs: Iterable[tuple[Item, Row | InputError]],
    writer: Writer,
    *,
    policy: Policy,
    blank: Callable[[Item], Row],
    matched: Callable[[Row], bool],
    progress: Progress,
) -> int:
    """Write every answer as it comes and return the exit code.

    ``blank`` makes the empty answer that carries an error, ``matched`` tells whether an answer has a match.
    """
    answered = skipped = found = 0
    try:
        with progress, contextlib.closing(_generator(pairs)) as stream:
            for item, result in stream:
                if isinstance(result, InputError):
                    if not policy.skip:
                        raise _placed(result, item)
                    skipped += 1
                    progress.clear()
                    report(InputError(result.message), item.where)
                    writer.row(_with_error(blank(item), item, result))
                else:
                    answered += 1
                    found += matched(result)
                    writer.row(_with_extra(result, item))
                progress.step()
    except BrokenPipeError:
        raise
    except BaseException:
        writer.close()
        raise
    writer.close()
    if skipped:
        say(f"{answered:,} answered, {skipped:,} skipped")
    if skipped and policy.strict:
        return InputError.exit_code
    return 0 if found else 1


def _generator(pairs: Iterable[Any]) -> Generator[Any, None, None]:
    yield from pairs


def _placed(error: InputError, item: Item) -> InputError:
    hint = error.hint
    if item.line:
        hint = (hint + "; " if hint else "") + "--on-error skip passes over such lines"
    return InputError(f"{item.where}: {error.message}", hint)


def _with_error(row: Row, item: Item, error: InputError) -> Row:
    row["error"] = {"message": error.message, "hint": error.hint, "line": item.line or None}
    return _with_extra(row, item)


def _with_extra(row: Row, item: Item) -> Row:
    """The row with the fields passed through; ``error`` is ours alone, it tells errors from answers."""
    row.update((k, v) for k, v in item.extra.items() if k not in row and k != "error")
    return row
