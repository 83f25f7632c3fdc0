"""Build the table of listed names that are ordinary words too: ``python tools/build_ordinary.py``.

Crosses the single-word names of the gazetteers with the full-form dictionaries of the package ``simplemma``
(``pip install simplemma==2.0.0``, MIT; needed here only) and writes
``src/entnorm/mentions/tables/ordinary.tsv``. A name is an ordinary word of a language when its folded form is
that of a lower-case word of the language. German writes its nouns with a capital, so there a capitalised
word counts if it behaves like a common noun: it has a plural, or ends compounds whose first part is a word.
What the dictionaries get wrong is put right by ``ordinary_overrides.tsv``. ``--check`` compares with the
committed table and writes nothing (exit status 1 when it differs).
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import simplemma
from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

from entnorm.text.fold import fold

ROOT = Path(__file__).resolve().parent.parent
GAZETTEERS = ROOT / "data" / "gazetteers"
OVERRIDES = Path(__file__).resolve().parent / "ordinary_overrides.tsv"
OUTPUT = ROOT / "src" / "entnorm" / "mentions" / "tables" / "ordinary.tsv"

#: simplemma's dictionary -> the languages of ours that it serves.
LANGUAGES: dict[str, tuple[str, ...]] = {
    **{code: (code,) for code in ("ar", "bg", "ca", "cs", "da", "de", "el", "en", "es", "et", "fa", "fi")},
    **{code: (code,) for code in ("fr", "he", "hu", "hy", "it", "lt", "lv", "mk", "nl", "pl", "pt", "ro")},
    **{code: (code,) for code in ("ru", "sk", "sl", "sv", "tr", "uk")},
    "hbs": ("bs", "hr", "sr"),
    "nb": ("no",),
}
#: Scripts without capitals: a proper name looks like a word, so a word must have this many forms.
MIN_FORMS = {"ar": 4, "he": 3, "fa": 2}
#: In these languages proper names are listed in lower case, with apostrophes before their endings.
APOSTROPHE_NAMES = frozenset({"tr"})
#: What a language itself calls a country, or a place with this many people, is no ordinary word of it.
BIG_CITY = 400_000
#: From this many people on, a city that the dictionary knows by name is no ordinary word, nor is one that is
#: written like an inflected form (Київ, genitive plural of кий); German capitals prove nothing either.
#: Overrides name those that are words all the same.
CITY = 100_000
#: People of this rank are named by their surname alone every day.
TOP_RANK = 5
#: Where a surname is written like a rare plural of a trade (Резников), the surname is meant.
SLAVIC = frozenset({"be", "bg", "cs", "hbs", "mk", "pl", "ru", "sk", "sl", "uk"})
#: Compounds that a German noun must end to count as a common noun by that alone.
MIN_COMPOUNDS = 3


@dataclass
class Names:
    """Folded single-word names; ``own[lang]`` is the population of the largest place called so."""

    all: set[str] = field(default_factory=set)
    own: dict[str, dict[str, int]] = field(default_factory=lambda: defaultdict(dict))
    top: set[str] = field(default_factory=set)
    surnames: set[str] = field(default_factory=set)

    def add(self, name: str, langs: Iterable[str] = (), people: int = 0) -> None:
        """Take a place name in."""
        word = fold(name)
        if len(word) < 2 or " " in word:
            return
        self.all.add(word)
        for lang in langs:
            self.own[lang][word] = max(self.own[lang].get(word, 0), people)


@dataclass
class Words:
    """What a dictionary says about the names: the words that fold to each, with lemma and number of forms."""

    lower: dict[str, list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))
    upper: dict[str, list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))
    forms: Counter[str] = field(default_factory=Counter)
    apostrophes: Counter[str] = field(default_factory=Counter)


def rows(path: Path) -> Iterator[list[str]]:
    """Yield the lines of a TSV file, comments left out."""
    with path.open(encoding="utf-8", newline="") as file:
        plain = (line for line in file if not line.startswith("#"))
        yield from csv.reader(plain, delimiter="\t", quoting=csv.QUOTE_NONE)


def table(path: Path) -> Iterator[dict[str, str]]:
    """Yield the rows of a TSV file with a header."""
    lines = rows(path)
    head = next(lines)
    for row in lines:
        yield dict(zip(head, row, strict=False))


def read_places(names: Names, folder: Path) -> None:
    """Collect the names of a gazetteer of places. Countries and regions count as big whoever lives there."""
    people: dict[str, int] = {}
    for row in table(folder / "entities.tsv"):
        vast = row["type"] in ("country", "continent", "region")
        people[row["id"]] = BIG_CITY if vast else int(row["population"] or 0)
        names.add(row["name"])
    for row in table(folder / "names.tsv"):
        langs = set(row["langs"].split(",")) | set(row["canonical"].split(",")) - {""}
        names.add(row["name"], langs, people.get(row["id"], 0))


def read_people(names: Names) -> None:
    """Collect the words of people's names; surnames of the best known are kept apart."""
    for path in sorted((GAZETTEERS / "people" / "core").glob("*.tsv")):
        for row in table(path):
            spelled = [s.partition("=")[2] for s in row["spellings"].split("|")]
            for text in (row["given"], row["family"], row["native_given"], row["native_family"], *spelled):
                names.all.update(w for w in fold(text).split() if len(w) > 1)
            for text in (row["family"], row["native_family"], *(s.split()[-1] for s in spelled if s)):
                names.surnames.add(fold(text))
            if int(row["rank"] or 0) >= TOP_RANK:
                names.top.update(fold(text) for text in (row["family"], row["native_family"]))
                names.top.update(fold(text).split()[-1] for text in spelled if fold(text))


def read_lexicon(names: Names) -> None:
    """Collect given names and surnames of people nobody has listed."""
    for row in rows(GAZETTEERS / "names" / "roles.tsv"):
        word = fold(row[0])
        if row[1] != "patronymic" and len(word) > 1 and " " not in word:
            names.all.add(word)


def read_dictionary(code: str, names: Names, also: set[str]) -> Words:
    """Go through a dictionary once, keeping the words that fold to a name or to one of ``also``."""
    words = Words()
    for form, lemma in DefaultDictionaryFactory(cache_max_size=1).get_dictionary(code).items():
        if "'" in form or "’" in form:
            words.apostrophes[lemma] += 1
            continue
        capital = form[0] != form[0].lower()
        words.forms[lemma] += not capital
        if not form.isalpha():
            continue
        folded = fold(form)
        if folded in names.all or folded in also:
            (words.upper if capital else words.lower)[folded].append((form, lemma))
    return words


def is_word(code: str, folded: str, words: Words, own: dict[str, int], surname: bool) -> bool:
    """Whether the lower-case words that fold so are words of the language rather than names in lower case."""
    size = own.get(folded, 0)
    proper = {form.lower() for form, lemma in words.upper.get(folded, ()) if form == lemma}
    for form, lemma in words.lower.get(folded, ()):
        count = words.forms[lemma]
        if lemma[0] != lemma[0].lower() or own.get(fold(lemma), 0) >= BIG_CITY:
            continue
        if count < MIN_FORMS.get(code, 1):
            continue
        if form != lemma and surname and code in SLAVIC:
            continue
        if code in APOSTROPHE_NAMES and words.apostrophes[lemma] >= 3:
            continue
        if form in proper and count == 1:
            continue
        if size >= CITY and (form in proper or (proper and form != lemma)):
            continue
        return True
    return False


class CommonNouns:
    """German capitalised words that behave like common nouns."""

    def __init__(self, names: Names) -> None:
        self.plain: set[str] = set()
        self.forms: dict[str, set[str]] = defaultdict(set)
        self.compounds: Counter[str] = Counter()
        named: set[str] = set()
        for form, lemma in DefaultDictionaryFactory(cache_max_size=1).get_dictionary("de").items():
            self.plain.add(form)
            if form[0].isupper():
                self.forms[lemma].add(form)
                if fold(form) in names.all or fold(lemma) in names.all:
                    named.add(lemma)
        self.forms = defaultdict(set, {lemma: self.forms[lemma] for lemma in named})
        small = {lemma.lower() for lemma in self.forms if len(lemma) > 2}
        for word in self.plain:
            for i in range(3, len(word) - 2):
                if word[i:] in small and self._starts(word[:i]):
                    self.compounds[word[i:]] += 1

    def _starts(self, part: str) -> bool:
        """Whether a compound may start so: with a word, a linking s allowed."""
        parts = [p for p in (part, part.removesuffix("s")) if len(p) > 2]
        return any(p in self.plain or p.capitalize() in self.plain for p in parts)

    def __contains__(self, lemma: str) -> bool:
        endings = {form.removeprefix(lemma) for form in self.forms[lemma] if form != lemma}
        endings -= {"s", "es", "ens"} | ({"n"} if lemma.endswith(("er", "el", "en", "ar")) else set())
        return bool(endings) or self.compounds[lemma.lower()] >= MIN_COMPOUNDS


def ordinary(code: str, names: Names, forced: dict[str, bool]) -> Iterator[str]:
    """Yield the names that are ordinary words of the dictionary's language."""
    own: dict[str, int] = {}
    for lang in LANGUAGES[code]:
        for word, people in names.own[lang].items():
            own[word] = max(own.get(word, 0), people)
    words = read_dictionary(code, names, set(forced))
    nouns = CommonNouns(names) if code == "de" else frozenset()
    for folded in {*words.lower, *(words.upper if code == "de" else ()), *forced}:
        if folded in forced:
            if forced[folded]:
                yield folded
            continue
        if folded in names.top or own.get(folded, 0) >= BIG_CITY:
            continue
        capitals = words.upper.get(folded, ()) if own.get(folded, 0) < CITY else ()
        noun = any(lemma in nouns for _, lemma in capitals)
        if noun or is_word(code, folded, words, own, folded in names.surnames):
            yield folded


def build() -> str:
    """Return the text of the table."""
    names = Names()
    for folder in ("places", "regions"):
        read_places(names, GAZETTEERS / folder)
    read_people(names)
    read_lexicon(names)
    forced: dict[str, dict[str, bool]] = defaultdict(dict)
    for row in table(OVERRIDES):
        forced[row["lang"]][fold(row["word"])] = row["ordinary"] == "yes"
    found: dict[str, set[str]] = defaultdict(set)
    counts: Counter[str] = Counter()
    for code, langs in LANGUAGES.items():
        for word in ordinary(code, names, forced[langs[-1]]):
            found[word].update(langs)
            counts.update(langs)
    print(" ".join(f"{lang} {n}" for lang, n in sorted(counts.items())), file=sys.stderr)
    head = (
        "# Listed names (single words) that are ordinary words of a language too.\n"
        "# Columns: folded word, languages.\n"
        f"# Source: full forms of simplemma {simplemma.__version__} (MIT), crossed with the names of the\n"
        "# gazetteers by tools/build_ordinary.py; corrections in tools/ordinary_overrides.tsv.\n"
    )
    return head + "".join(f"{word}\t{','.join(sorted(langs))}\n" for word, langs in sorted(found.items()))


def main(argv: list[str] | None = None) -> int:
    """Build, or compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--output", type=Path, default=OUTPUT, metavar="FILE", help="the table")
    parser.add_argument("--check", action="store_true", help="compare with the table, write nothing")
    args = parser.parse_args(argv)
    text = build()
    if args.check:
        same = args.output.read_text(encoding="utf-8") == text
        print("unchanged" if same else f"{args.output.name} differs", file=sys.stderr)
        return 0 if same else 1
    args.output.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
