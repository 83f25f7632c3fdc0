"""Han characters to pinyin without tones, by table; Unidecode is asked for what the table lacks."""

from __future__ import annotations

from functools import cache

from entnorm.text._rules import rows


@cache
def _syllables() -> dict[str, str]:
    return {letter: syllable for syllable, letters in rows("romanize/han") for letter in letters}


@cache
def _readings(kind: str) -> dict[str, str]:
    table = rows("romanize/han-readings")
    return {letters: reading for row_kind, letters, reading in table if row_kind == kind}


def syllables(run: str, *, surname: bool | None = None) -> list[str]:
    """Return the pinyin syllables of a run of Han characters, ``""`` for one without a known reading.

    With ``surname`` the first character is read as a surname; ``None`` does so for runs as long as a name.

    >>> syllables("曾庆红"), syllables("单"), syllables("单", surname=True), syllables("重庆")
    (['zeng', 'qing', 'hong'], ['dan'], ['shan'], ['chongqing'])
    """
    if surname is None:
        surname = 1 < len(run) < 4
    words, names, table = _readings("word"), _readings("name"), _syllables()
    found: list[str] = []
    position = 0
    while position < len(run):
        for length in (3, 2):
            word = words.get(run[position : position + length])
            if word is not None:
                found.append(word)
                position += length
                break
        else:
            letter = run[position]
            first = _readings("surname").get(letter) if surname and position == 0 else None
            found.append(first or names.get(letter) or table.get(letter, ""))
            position += 1
    return found


def join(parts: list[str]) -> str:
    """Join syllables, with an apostrophe before one that starts with a, e or o.

    >>> join(["xi", "an"]), join(["jin", "ping"])
    ("xi'an", 'jinping')
    """
    return "".join("'" + part if index and part[:1] and part[0] in "aeo" else part for index, part in enumerate(parts))


def romanize_han(run: str) -> str:
    """Return a run of Han characters as one lower-case word of pinyin.

    >>> romanize_han("习近平"), romanize_han("西安")
    ('xijinping', "xi'an")
    """
    return join([part or run_letter for part, run_letter in _paired(run)])


def _paired(run: str) -> list[tuple[str, str]]:
    parts = syllables(run)
    letters = run if len(parts) == len(run) else " " * len(parts)
    return list(zip(parts, letters, strict=True))
