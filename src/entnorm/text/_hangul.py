"""Hangul syllables to Revised Romanization, by arithmetic on the code point and one table."""

from __future__ import annotations

from functools import cache

from entnorm.text._rules import rows

FIRST, LAST = 0xAC00, 0xD7A3
SILENT = 11  # the initial that stands for "no consonant"


@cache
def _letters() -> dict[str, list[str]]:
    return {kind: ["" if cell == "-" else cell for cell in cells.split(" ")]
            for kind, cells in rows("romanize/hang")}


def split(run: str) -> list[tuple[int, int, int]]:
    """Return the indices of initial, vowel and final of each syllable.

    >>> split("한")
    [(18, 0, 4)]
    """
    numbers = [ord(letter) - FIRST for letter in run]
    return [(number // 588, number // 28 % 21, number % 28) for number in numbers]


def romanize_hangul(run: str) -> str:
    """Return Hangul in Revised Romanization, lower case, without assimilation across syllables but for liaison.

    A final consonant is read with a following vowel (정은, jeongeun), and l with l; names are printed so.

    >>> romanize_hangul("김정은"), romanize_hangul("신라"), romanize_hangul("백악관"), romanize_hangul("윤석열")
    ('gimjeongeun', 'silla', 'baegakgwan', 'yunseogyeol')
    """
    table = _letters()
    parts = split(run)
    found: list[str] = []
    for index, (initial, vowel, final) in enumerate(parts):
        following = parts[index + 1][0] if index + 1 < len(parts) else None
        before = parts[index - 1][2] if index else 0
        start = table["initial"][initial]
        if initial == 5 and before in (4, 8):  # rieul after nieun or rieul
            start = "l"
        elif initial == 2 and before == 8:  # nieun after rieul
            start = "l"
        end = table["liaison" if following == SILENT else "final"][final]
        if final == 4 and following == 5:
            end = "l"
        found.append(start + table["vowel"][vowel] + end)
    return "".join(found)
