"""Full names in Arabic script with a Latin form, from Wikidata by way of a romanizer's training data.

A row is a name, not an identified person: the source states neither an id nor a role. It gives the country,
the name in (folded) Arabic script and one or more Latin forms.
"""

from __future__ import annotations

import hashlib
import re
import sqlite3
import tempfile
import tomllib
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from rapidfuzz.distance import Levenshtein

from people import rows
from people.match import Known

SOURCE = "arabic-name-romanizer"
SETTINGS = Path(__file__).with_name("arabic.toml")
WORDS = Path(__file__).with_name("arabic-words.tsv")
_DATABASE = "arabic_name_romanizer/resources/names.sqlite3"
_QUERY = """
    SELECT arabic_key, country, latin, latin_lang, sum(count) FROM full_names
    WHERE source = 'wikidata' GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
"""
_LATIN = re.compile(r"[A-Za-zÀ-ɏḀ-ỿ'’ʻʼʿʾ‘.\- ]+")
_ARABIC = re.compile(r"[\u0621-\u064a\u0671-\u06d3 ]+")
_ROMAN = re.compile(r"[IVX]{2,}")
_JOINED = frozenset("ابو أبو ابن بن بنت عبد ال ام أم ولد سيد آل".split())  # noqa: SIM905
_JOINED_LATIN = frozenset(
    "abu abou bu ben bin ibn abd abdel abdul abdol al el ould ol ul al- el- aal".split()  # noqa: SIM905
)
_FOLDED = str.maketrans("أإآىیةکٱ", "اااييهكا")
_PERSIAN = str.maketrans("يك", "یک")
_URDU = str.maketrans("يكه", "یکہ")
_SOUNDS = {
    **dict.fromkeys("بپ", "B"), **dict.fromkeys("تطةثدضذ", "T"), **dict.fromkeys("سصشزظژچ", "S"),
    **dict.fromkeys("جغقكگخک", "K"), "ف": "F", "م": "M", "ن": "N", "ر": "R", "ل": "L", "ٹ": "T", "ڈ": "T",
    "ڑ": "R", "ں": "N",
}  # fmt: skip
_DIGRAPHS = (
    ("sh", "s"),
    ("ch", "s"),
    ("zh", "s"),
    ("kh", "k"),
    ("gh", "k"),
    ("th", "t"),
    ("dh", "t"),
    ("ph", "f"),
)
_LATIN_SOUNDS = {
    **dict.fromkeys("bp", "B"), **dict.fromkeys("td", "T"), **dict.fromkeys("sz", "S"),
    **dict.fromkeys("jgqkc", "K"), "f": "F", "m": "M", "n": "N", "r": "R", "l": "L", "x": "KS",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Name:
    """A name with its Latin forms, the best one first, and how much it weighs in the selection."""

    arabic: str
    country: str
    latin: tuple[str, ...]
    forms: int

    @property
    def order(self) -> tuple[int, str]:
        """Sort key within a country: names with many Latin forms first (five are many), then a hash."""
        return -min(self.forms, 5), hashlib.sha256(f"{self.arabic} {self.country}".encode()).hexdigest()


@cache
def settings() -> dict[str, Any]:
    """The selection rule."""
    with SETTINGS.open("rb") as file:
        return tomllib.load(file)


@cache
def _words(kind: str) -> dict[str, str]:
    lines = WORDS.read_text(encoding="utf-8").splitlines()
    table = [line.split("\t") for line in lines if not line.startswith("#")]
    return {cells[1]: cells[-1] for cells in table[1:] if cells[0] == kind}


def read(wheel: Path) -> list[tuple[str, str, str, str, int]]:
    """Wikidata's rows of the source: folded Arabic form, country, Latin form, its kind, bearers."""
    with tempfile.TemporaryDirectory() as scratch, zipfile.ZipFile(wheel) as archive:
        path = archive.extract(_DATABASE, scratch)
        with sqlite3.connect(path) as connection:
            found: list[tuple[str, str, str, str, int]] = connection.execute(_QUERY).fetchall()
        connection.close()
    return found


def names(found: list[tuple[str, str, str, str, int]]) -> list[Name]:
    """Usable names: two words or more, both forms one name, not shared by many."""
    groups: dict[tuple[str, str], list[tuple[str, str, int]]] = defaultdict(list)
    for arabic, country, latin, kind, count in found:
        if country in settings()["countries"]:
            groups[arabic, country].append((latin, kind, count))
    made = []
    for (arabic, country), forms in groups.items():
        fitting = [f for f in forms if is_name(arabic, f[0])]
        labels = [f for f in fitting if f[1] in ("en", "fr")]
        bearers = max((f[2] for f in labels), default=0)
        if not labels or bearers > settings()["namesakes"]:
            continue
        labels.sort(key=lambda f: (f[1] != "en", -f[2], -alike(arabic, f[0]), f[0]))
        distinct: dict[str, str] = {}
        for form in labels:
            distinct.setdefault(rows.slug(form[0]), _tidy(form[0]))
        forms_listed = len({rows.slug(f[0]) for f in fitting})
        made.append(Name(arabic, country, tuple(distinct.values())[:3], forms_listed))
    return made


def is_name(arabic: str, latin: str) -> bool:
    """Whether the two forms are a full name and spell the same one.

    >>> is_name("خالد مشعل", "Khaled Mashal"), is_name("مانع البارود", "Manea Khadoum")
    (True, False)
    """
    words = latin.split()
    if not (2 <= len(arabic.split()) <= 5 and 2 <= len(words) <= 5):
        return False
    if not _ARABIC.fullmatch(arabic) or not _LATIN.fullmatch(latin):
        return False
    if any(w.lower() in _words("not") or _ROMAN.fullmatch(w) or len(w.strip(".-'")) < 2 for w in words):
        return False
    if not words[0][0].isupper() or not re.search(r"[A-ZÀ-Þ]", words[-1]):
        return False
    if any(w[1:].isupper() for w in words if len(w) > 2):
        return False
    return alike(arabic, latin) >= float(settings()["similarity"])


def alike(arabic: str, latin: str) -> float:
    """Similarity of the consonants of an Arabic and a Latin form, 0 to 1."""
    text = rows.slug(latin)
    for pair, single in _DIGRAPHS:
        text = text.replace(pair, single)
    left = _squeezed("".join(_SOUNDS.get(c, "") for c in arabic))
    right = _squeezed("".join(_LATIN_SOUNDS.get(c, "") for c in text))
    return Levenshtein.normalized_similarity(left, right) if left and right else 0.0


def _squeezed(text: str) -> str:
    return re.sub(r"(.)\1+", r"\1", text)


def _tidy(latin: str) -> str:
    """One apostrophe for the many that stand for hamza and ayn."""
    return re.sub("[’ʻʼʿʾ‘]", "'", latin)


def written(arabic: str, latin: str, lang: str) -> str:
    """The name as it is written, from the source's folded form.

    >>> written("احمد يحيي فاطمه", "Ahmed Yahya Fatima", "ar"), written("علي كريمي", "Ali Karimi", "fa")
    ('أحمد يحيى فاطمة', 'علی کریمی')
    """
    if lang != "ar":
        return arabic.translate(_URDU if lang == "ur" else _PERSIAN)
    words, sounds = arabic.split(), rows.slug(latin).split("-")
    latin_of = sounds if len(sounds) == len(words) else [""] * len(words)
    return " ".join(_written_word(w, s) for w, s in zip(words, latin_of, strict=True))


def _written_word(word: str, sound: str) -> str:
    known = _words("ar").get(word)
    if known:
        return known
    if word.endswith("ه") and re.search(r"(?:[aeé]|ah|eh)$", sound) and not word.endswith(("الله", "طه")):
        return word[:-1] + "ة"
    if word.endswith("ي") and sound.endswith("a"):
        return word[:-1] + "ى"
    return word


def split(words: list[str], joined: frozenset[str]) -> tuple[str, str]:
    """Given name and family name; particles belong to the word after them.

    >>> split("Mohamed Abdel Aziz Abu Zaid".split(), _JOINED_LATIN)
    ('Mohamed Abdel Aziz', 'Abu Zaid')
    """
    at = len(words) - 1
    while at > 1 and words[at - 1].lower() in joined:
        at -= 1
    return " ".join(words[:at]), " ".join(words[at:])


def folded(text: str) -> str:
    """A name in Arabic script as the source folds it.

    >>> folded("أحمد یحیی فاطمة") == folded("احمد يحيي فاطمه")
    True
    """
    return " ".join(text.translate(_FOLDED).split())


def build(wheel: Path, known: Known, limit: int | None = None) -> list[rows.Row]:
    """Rows of the ``limit`` names that weigh most and are not listed yet."""
    size = settings()["limit"] if limit is None else limit
    natives = {folded(f"{r['native_given']} {r['native_family']}") for r in known.people}
    fresh = [n for n in names(read(wheel)) if n.arabic not in natives and not any(map(known.exact, n.latin))]
    unique: dict[tuple[str, str], Name] = {}
    for name in sorted(fresh, key=lambda n: n.order):
        unique.setdefault((rows.slug(name.latin[0]), name.country), name)
    ordered = spread(unique.values(), settings()["countries"])
    chosen = select(ordered, size, settings()["share"])
    return [_row(n) for n in sorted(chosen, key=lambda n: (rows.slug(n.latin[0]), n.country, n.arabic))]


def spread(names: Iterable[Name], weights: dict[str, int]) -> list[Name]:
    """The names so ordered that any beginning takes of each country a part that grows with its weight."""
    countries: dict[str, list[Name]] = defaultdict(list)
    for name in names:
        countries[name.country].append(name)
    placed = [
        ((at + 1) / (len(group) * weights[country]), country, name)
        for country, group in countries.items()
        for at, name in enumerate(sorted(group, key=lambda n: n.order))
    ]
    return [name for _, _, name in sorted(placed, key=lambda x: x[:2])]


def select(ordered: list[Name], size: int, share: float) -> list[Name]:
    """The first ``size`` names, no country taking more than ``share`` of them."""
    taken: Counter[str] = Counter()
    chosen: list[Name] = []
    for name in ordered:
        if len(chosen) < size and taken[name.country] < share * size:
            taken[name.country] += 1
            chosen.append(name)
    return chosen


def _row(name: Name) -> rows.Row:
    lang = settings()["languages"].get(name.country, "ar")
    given, family = split(name.latin[0].split(), _JOINED_LATIN)
    native_given, native_family = split(written(name.arabic, name.latin[0], lang).split(), _JOINED)
    return rows.row(
        name=name.latin[0],
        given=given,
        family=family,
        native_lang=lang,
        native_given=native_given,
        native_family=native_family,
        country=name.country,
        rank="0",
        aliases="|".join(name.latin[1:]),
    )
