"""Write training sentences from the templates: ``python tools/recogniser/generate.py OUT.jsonl [--per-template N]``.

Each line is ``{"text", "ents": [[start, end, "PER"|"LOC"|"ORG"|"MISC"], …], "lang", "src": "template"}`` with
code-point offsets. The same seed gives the same file.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path.insert(0, str(HERE))

from names import People, lexicon_words, read_people, table  # noqa: E402
from places import Gazetteer, Places  # noqa: E402

_SLOT = re.compile(r"\{([A-Z_]+)((?::[a-z0-9]+)*)\}")
#: German: Halle + er Straße is Hallesche or Haller, but never Halleer.
_JOINED = re.compile(r"e(er)(?= [A-ZÄÖÜ])")
_CONFUSED = {"l": "1", "i": "l", "e": "c", "o": "0", "m": "rn", "h": "b", "u": "n", "s": "5"}
#: Shares of places and organisations that are put together from parts (``tables/made.tsv``) where a language has them.
PLACES_MADE, ORGANISATIONS_MADE = 0.2, 0.45
Piece = tuple[str, str]


def read_templates(path: Path) -> tuple[list[str], dict[str, list[str]]]:
    """Templates and word lists of a language."""
    templates: list[str] = []
    lists = {name: entries.split("|") for lang, name, entries in table("made.tsv") if lang == path.stem}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("@"):
            name, _, rest = line[1:].partition(" ")
            lists.setdefault(name, []).extend(w.strip() for w in rest.split("|") if w.strip())
        elif line.strip() and not line.startswith("#"):
            templates.append(line)
    return templates, lists


class Filler:
    """Fills the slots of templates of one language."""

    def __init__(self, people: People, places: Places, lists: dict[str, list[str]], rng: random.Random) -> None:
        self._people, self._places, self._lists, self._rng = people, places, lists, rng

    def fill(self, template: str) -> list[Piece]:
        """Text pieces with their labels, the label empty for plain text."""
        pieces: list[Piece] = []
        last = 0
        for match in _SLOT.finditer(template):
            pieces.append((template[last : match.start()], ""))
            last = match.end()
            pieces.append(self._slot(match[1], match[2].split(":")[1:]))
        pieces.append((template[last:], ""))
        if pieces[0][0] == "" and len(pieces) > 1 and pieces[1][0][:1].islower():
            pieces[1] = (pieces[1][0][0].upper() + pieces[1][0][1:], pieces[1][1])
        return [p for p in pieces if p[0]]

    def _slot(self, name: str, args: list[str]) -> Piece:
        if name == "PER":
            case, form, gender = [*args, "", "", ""][:3]
            return self._people.write(case or "nom", form or "full", gender), "PER"
        if name == "LOC":
            case, kind = [*args, "", ""][:2]
            if case == "nom" and kind in ("city", "any", "") and self._made("LOC", PLACES_MADE):
                return self._composed("LOC_MADE"), "LOC"
            return self._places.write(case or "nom", kind or "any"), "LOC"
        if name == "ORG" and self._made(name, ORGANISATIONS_MADE):
            return self._composed("ORG_MADE"), "ORG"
        options = self._lists.get(name) or self._lists.get(name.partition("_")[0]) or ["7"]
        text = self._rng.choice(options)
        if name in ("ORG", "MISC") and text[0] in '«„“"' and text[-1] in '»“”"' and len(text) > 2:
            return text, name
        return text, name if name in ("ORG", "MISC") else ""

    def _made(self, name: str, share: float) -> bool:
        return f"{name}_MADE" in self._lists and self._rng.random() < share

    def _composed(self, name: str) -> str:
        """A random entry of a list of names made of parts, its slots filled."""
        lists, self._lists = self._lists, {k: v for k, v in self._lists.items() if not k.endswith("_MADE")}
        entry = self._rng.choice(lists[name])
        text = _SLOT.sub(self._part, entry)
        self._lists = lists
        return _JOINED.sub(r"\1", text) if self._places.lang == "de" else text

    def _part(self, match: re.Match[str]) -> str:
        args = match[2].split(":")[1:]
        text = self._slot(match[1], args)[0]
        return text.lower() if "low" in args else text


def noisy(pieces: list[Piece], rng: random.Random) -> list[Piece]:
    """The pieces, one time in eight with the noise of headlines, keyboards, scanners and translation machines."""
    draw = rng.random()
    if draw < 0.03:
        return [(t.lower(), k) for t, k in pieces]
    if draw < 0.06:
        return [(t.upper(), k) for t, k in pieces]
    if draw < 0.10:
        return [(_stripped(t), k) for t, k in pieces]
    if draw < 0.115:
        return [("".join(_CONFUSED.get(c, c) if rng.random() < 0.04 else c for c in t), k) for t, k in pieces]
    if draw < 0.13:
        return [(re.sub(r"(\w)([-,])(\w| )", r"\1 \2\3", t), k) for t, k in pieces]
    return pieces


def _stripped(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def record(pieces: list[Piece], lang: str) -> dict:
    """The sentence with its spans."""
    text, ents = "", []
    for piece, label in pieces:
        if label:
            start = len(text) + len(piece) - len(piece.lstrip('«„“"'))
            ents.append([start, len(text) + len(piece.rstrip('»“”"')), label])
        text += piece
    return {"text": text, "ents": ents, "lang": lang, "src": "template"}


def sentences(lang: str, filler: Filler, templates: list[str], times: int, rng: random.Random) -> Iterator[dict]:
    """Every template ``times`` times, shuffled; two neighbours are sometimes joined into one text."""
    order = templates * times
    rng.shuffle(order)
    for template in order:
        yield record(noisy(filler.fill(template), rng), lang)


def write(path: Path, per_template: int, seed: int) -> None:
    """Write the sentences of every language to a file; the same seed gives the same file."""
    files = sorted((HERE / "templates").glob("*.txt"))
    langs = tuple(f.stem for f in files)
    gazetteer = Gazetteer(ROOT / "data/gazetteers", langs)
    people, words = read_people(ROOT / "data/gazetteers/people"), lexicon_words(ROOT / "data/gazetteers/names")
    with path.open("w", encoding="utf-8") as out:
        for file in files:
            lang, rng = file.stem, random.Random(f"{seed} {file.stem}")
            templates, lists = read_templates(file)
            named = gazetteer.by_lang[lang] or gazetteer.by_lang["sr"]  # Macedonian names of places are not listed
            filler = Filler(People(lang, people, words, rng), Places(lang, named, rng), lists, rng)
            for row in sentences(lang, filler, templates, per_template, rng):
                out.write(json.dumps(row, ensure_ascii=False) + "\n")


def main() -> None:
    """Read the arguments and write the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--per-template", type=int, default=8)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    write(args.out, args.per_template, args.seed)


if __name__ == "__main__":
    main()
