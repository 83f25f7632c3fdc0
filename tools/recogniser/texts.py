"""Read the texts written for training: ``texts/LANG/*.txt``, one sentence a line, an empty line between articles.

Names are marked in the line, ``[P …]`` a person, ``[L …]`` a place, ``[O …]`` an organisation::

    Der Gemeinderat von [L Oberkleen] hat [P Petra Wollschläger] gewählt.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path

from generate import Piece, noisy, record

FOLDER = Path(__file__).resolve().parent / "texts"
_MARK = re.compile(r"\[([PLO]) ([^\[\]]+)\]")
_LABELS = {"P": "PER", "L": "LOC", "O": "ORG"}
#: Turkish case endings, which the texts leave outside the mark and a mention has inside: Ankara'da.
_ENDING = re.compile(r"\](['’][a-zçğıöşü]+)")


def pieces(line: str) -> list[Piece]:
    """Text pieces of a marked line with their labels, the label empty for plain text.

    >>> pieces("In [L Kiew] sprach [P Klitschko].")
    [('In ', ''), ('Kiew', 'LOC'), (' sprach ', ''), ('Klitschko', 'PER'), ('.', '')]
    """
    out: list[Piece] = []
    last = 0
    for mark in _MARK.finditer(line):
        out += [(line[last : mark.start()], ""), (mark[2], _LABELS[mark[1]])]
        last = mark.end()
    return [(text, label) for text, label in (*out, (line[last:], "")) if text]


def languages() -> list[str]:
    """Languages that have texts."""
    return sorted(folder.name for folder in FOLDER.iterdir() if folder.is_dir())


def read_texts(lang: str, rng: random.Random) -> Iterator[dict]:
    """Rows of the sentences of a language, with the number of their article; one in eight with noise."""
    article = 0
    for path in sorted((FOLDER / lang).glob("*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip():
                marked = _ENDING.sub(r"\1]", line) if lang == "tr" else line
                yield {**record(noisy(pieces(marked.strip()), rng), lang), "article": article}
            else:
                article += 1
        article += 1
