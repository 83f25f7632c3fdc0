"""Hangul syllables to Revised Romanization, by arithmetic on the code point and one table."""

from __future__ import annotations

from functools import cache

from entnorm.text._rules import rows

FIRST, LAST = 0xAC00, 0xD7A3
SILENT = 11  # the initial that stands for "no consonant"


@cache
def _letters() -> dict[str, list[str]]:
    return {kind: ["" if cell == "-" else cell for cell in cells.split(" ")] for kind, cells in rows("romanize/hang")}


def split(run: str) -> list[tuple[int, int, int]]:
    """Return the indices of initial, vowel and final of each syllable.

    >>> split("한")
    [(18, 0, 4)]
    """
    numbers = [ord(letter) - FIRST for letter in run]
    return [(number // 588, number // 28 % 21, number % 28) for number in numbers]


def romanize_hangul(run: str) -> str:
    """Return Hangul in Revised Romanization, lower case, without assimilation across syllables.

    Only a final consonant is read with a following vowel (정은, jeongeun), and l with l, as in printed names.

    >>> romanize_hangul("김정은"), romanize_hangul("신라"), romanize_hangul("백악관")
    ('gimjeongeun', 'silla', 'baegakgwan')
    """
    table = _letters()
    parts = split(run)
    found: list[str] = []
    for index, (initial, vowel, final) in enumerate(parts):
        following = parts[index + 1][0] if index + 1 < len(parts) else None
        before = parts[index - 1][2] if index else 0
        start = table["initial"][initial]
        # rieul after nieun or rieul, nieun after rieul
        if (initial, before) in {(5, 4), (5, 8), (2, 8)}:
            start = "l"
        end = table["liaison" if following == SILENT else "final"][final]
        if final == 4 and following == 5:
            end = "l"
        found.append(start + table["vowel"][vowel] + end)
    return "".join(found)


_INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_FINALS = " ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"
_VOICED_BEFORE = frozenset("ㄴㄹㅁㅇ")
_PALATAL = {"ㄷ": "ㅈ", "ㅌ": "ㅊ"}
_ASPIRATING = {"ㅎ": "", "ㄶ": "ㄴ", "ㅀ": "ㄹ"}
_ASPIRATED = {"ㄱ": "ㅋ", "ㄷ": "ㅌ", "ㅈ": "ㅊ"}


@cache
def _standard_rows(kind: str) -> dict[str, tuple[str, ...]]:
    """Return the rows of one kind, by their first cell (two cells for ``meet``)."""
    width = 2 if kind == "meet" else 1
    return {
        "".join(cells[:width]): tuple("" if cell == "-" else cell for cell in cells[width:])
        for row_kind, *cells in rows("romanize/hang-standards")
        if row_kind == kind
    }


def pronounced(run: str) -> list[tuple[str, int, str]]:
    """Return initial, vowel index and final of each syllable as pronounced: liaison and assimilation done.

    >>> pronounced("신라")
    [('ㅅ', 20, 'ㄹ'), ('ㄹ', 0, '')]
    """
    parts = split(run)
    initials = [_INITIALS[initial] for initial, _, _ in parts]
    finals = [_FINALS[final].strip() for _, _, final in parts]
    for index, final in enumerate(finals):
        following = initials[index + 1] if index + 1 < len(parts) else ""
        before_i = bool(following) and parts[index + 1][1] == 20
        if final:
            finals[index], moved = _meeting(final, following, before_i)
            if following:
                initials[index + 1] = moved
    return [(initials[index], vowel, finals[index]) for index, (_, vowel, _) in enumerate(parts)]


def _meeting(final: str, initial: str, before_i: bool) -> tuple[str, str]:
    """Return a final and the initial that follows (``""`` at the end) as they are pronounced together."""
    if initial == "ㅇ":
        stays, moves = _standard_rows("liaison")[final]
        if moves in _PALATAL and before_i:
            moves = _PALATAL[moves]
        return (_standard_rows("neutral")[stays][0] if stays else ""), moves
    if final in _ASPIRATING and initial in _ASPIRATED:
        return _ASPIRATING[final], _ASPIRATED[initial]
    neutral = _standard_rows("neutral")[final][0]
    met = _standard_rows("meet").get(neutral + initial)
    return (met[0], met[1]) if met is not None else (neutral, initial)


def standard(run: str, system: str) -> str:
    """Return Hangul by Revised Romanization (``rr``) or McCune-Reischauer (``mr``), in lower case.

    >>> standard("종로", "rr"), standard("독립문", "rr"), standard("평양", "mr"), standard("부산", "mr")
    ('jongno', 'dongnimmun', "p'yŏngyang", 'pusan')
    """
    table = _standard_rows(system)
    initials, vowels = table["initial"][0].split(" "), table["vowel"][0].split(" ")
    voiced = table["voiced"][0].split(" ") if "voiced" in table else initials
    finals = dict(cell.split(":") for cell in table["final"][0].split(" "))
    found = ""
    before: str | None = None
    for initial, vowel, final in pronounced(run):
        number = _INITIALS.index(initial)
        soft = before is not None and (before == "" or before in _VOICED_BEFORE)
        start = (voiced if soft else initials)[number]
        if initial == "ㄹ" and before == "ㄹ":
            start = "l"
        found += ("" if start == "-" else start) + vowels[vowel] + (finals[final] if final else "")
        before = final
    return found
