"""Linter of people gazetteers: the rows of every file together."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import cache
from importlib import resources
from pathlib import Path

from entnorm.gazetteer.findings import Findings, Seen, rows
from entnorm.gazetteer.lint_text import (
    check_country,
    check_id,
    check_language,
    check_name,
    check_number,
    check_script,
    check_text,
)
from entnorm.gazetteer.people import PEOPLE_COLUMNS
from entnorm.text.keys import key

_NAMES = ("name", "native_given", "native_middle", "native_family")
_SUFFIX = re.compile(r" (?:Jr\.?|Sr\.?|I{1,3}|IV)$")
_QID = re.compile(r"Q[1-9]\d*")
#: More people than this under one name, with no fact that tells them apart, are reported.
_NAMESAKES = 3
#: A name that so many listed people are given is nobody's alone.
_COMMON_GIVEN = 3
#: From this rank on a person should have a role and a gender.
_KNOWN_RANK = 1

Row = dict[str, str]


def lint_people(files: Iterable[Path], out: Findings) -> int:
    """Report the faults of people files; return the number of rows."""
    linter = _People(out)
    for path in files:
        linter.read(path)
    linter.compare()
    return linter.count


@cache
def ordinary_words() -> frozenset[str]:
    """Words of the languages' vocabularies that the mention finder holds back, folded."""
    table = resources.files("entnorm").joinpath("mentions/tables/ordinary.tsv")
    lines = table.read_text(encoding="utf-8").splitlines() if table.is_file() else []
    return frozenset(line.split("\t")[0] for line in lines if line and not line.startswith("#"))


class _People:
    """The rows read so far and what is compared across them."""

    def __init__(self, out: Findings) -> None:
        self.out, self.count = out, 0
        self._ids = Seen(out, "duplicate-id", "id")
        self._titles = Seen(out, "duplicate-reference", "Wikipedia title")
        self._qids = Seen(out, "duplicate-reference", "Wikidata id")
        self._by_key: dict[str, list[tuple[Path, int, Row]]] = defaultdict(list)
        self._aliases: list[tuple[Path, int, str, str]] = []
        self._surnames: set[str] = set()
        self._givens: Counter[str] = Counter()

    def read(self, path: Path) -> None:
        """Check the rows of one file."""
        last = ""
        for line, row in rows(path, PEOPLE_COLUMNS, self.out):
            self.count += 1
            self._row(row, path, line)
            if row["id"] < last:
                self.out.add(path, line, "unsorted", f"{row['id']} stands after {last}")
            last = row["id"]

    def _row(self, row: Row, path: Path, line: int) -> None:
        out = self.out
        check_id(row["id"], path, line, out)
        self._ids.check(row["id"], path, line)
        if not row["name"].strip():
            out.add(path, line, "missing-field", f"{row['id']} has no name")
        for column in _NAMES:
            check_name(row[column], path, line, out)
        check_text(row["role"], path, line, out, "role")
        _values(row, path, line, out)
        _parts(row, path, line, out)
        if row["enwiki"]:
            self._titles.check(row["enwiki"].replace("_", " "), path, line)
        if row["wikidata"]:
            self._qids.check(row["wikidata"], path, line)
        _spellings(row, path, line, out)
        self._alias_cell(row, path, line)
        if row["given"] != row["name"]:
            self._givens[key(row["given"])] += 1
        self._by_key[key(row["name"])].append((path, line, row))
        if row["family"] and row["family"] != row["name"]:
            self._surnames.add(key(row["family"]))

    def _alias_cell(self, row: Row, path: Path, line: int) -> None:
        seen = {("", row["name"])}
        for item in filter(None, row["aliases"].split("|")):
            lang, mark, text = item.partition(":")
            if not mark:
                lang, text = "", item
            if not text.strip() or (mark and not check_language(lang, path, line, self.out)):
                self.out.add(path, line, "bad-alias", f"alias {item!r} of {row['name']}")
                continue
            check_name(text, path, line, self.out)
            if lang:
                check_script(text, lang, path, line, self.out, "alias")
            if (lang, text) in seen:
                self.out.add(path, line, "alias-redundant", f"alias {item!r} of {row['name']}")
            seen.add((lang, text))
            self._aliases.append((path, line, row["id"], text))

    def compare(self) -> None:
        """Report faults that show only across rows."""
        for same in self._by_key.values():
            if len(same) > 1:
                self._namesakes(same)
        for path, line, ident, text in self._aliases:
            self._alias(path, line, ident, text)

    def _namesakes(self, same: list[tuple[Path, int, Row]]) -> None:
        facts: dict[tuple[str, ...], tuple[Path, int]] = {}
        for path, line, row in same:
            told_by = (row["name"], row["country"], row["born"], row["role"])
            if told_by in facts:
                first = facts[told_by]
                self.out.add(path, line, "duplicate", f"{row['name']} stands in {first[0].name}:{first[1]} already")
            facts.setdefault(told_by, (path, line))
        bare = [x for x in same if not (x[2]["born"] or x[2]["role"])]
        if len(bare) > _NAMESAKES:
            path, line, row = bare[0]
            self.out.add(path, line, "namesakes", f"{len(bare)} records without year or role are called {row['name']}")

    def _alias(self, path: Path, line: int, ident: str, text: str) -> None:
        folded = key(text)
        others = [x for x in self._by_key.get(folded, ()) if x[2]["id"] != ident and x[2]["name"] == text]
        if others:
            where = f"{others[0][0].name}:{others[0][1]}"
            self.out.add(path, line, "alias-clash", f"alias {text!r} of {ident} is the name of {where}")
        elif text.isascii() and " " not in folded:
            if folded in ordinary_words():
                self.out.add(path, line, "alias-danger", f"alias {text!r} of {ident} is an ordinary word")
            elif folded in self._surnames:
                self.out.add(path, line, "alias-danger", f"alias {text!r} of {ident} is somebody's surname")
            elif self._givens[folded] >= _COMMON_GIVEN:
                self.out.add(path, line, "alias-danger", f"alias {text!r} of {ident} is a common given name")
            elif len(folded) < 3:
                self.out.add(path, line, "alias-danger", f"alias {text!r} of {ident} is too short")


def _values(row: Row, path: Path, line: int, out: Findings) -> None:
    check_country(row["country"], path, line, out)
    if row["gender"] not in ("", "m", "f", "x"):
        out.add(path, line, "bad-value", f"gender is {row['gender']!r}; use m, f, x or nothing")
    if row["wikidata"] and not _QID.fullmatch(row["wikidata"]):
        out.add(path, line, "bad-value", f"wikidata is {row['wikidata']!r}, not Q and digits")
    if row["rank"] not in ("", "0", "1", "2", "3", "4", "5"):
        out.add(path, line, "bad-value", f"rank is {row['rank']!r}; use 0 (marginal) to 5 (daily world news)")
    for column in ("born", "since", "until"):
        check_number(row[column], 1000, 2100, path, line, out, column)
    if row["since"] and row["until"] and row["since"] > row["until"]:
        out.add(path, line, "bad-value", f"{row['name']}: since {row['since']} is after until {row['until']}")
    if row["rank"].isdigit() and int(row["rank"]) >= _KNOWN_RANK:
        missing = [c for c in ("role", "country") if not row[c]]
        if missing:
            out.add(path, line, "missing-fact", f"{row['name']} has no {' and no '.join(missing)}")


def _parts(row: Row, path: Path, line: int, out: Findings) -> None:
    if not row["family"]:
        out.add(path, line, "name-parts", f"{row['name']} has no family name")
        return
    given, family = row["given"], row["family"]
    fitting = {f"{given} {family}".strip(), f"{family} {given}".strip()}
    if row["name"] not in fitting and _SUFFIX.sub("", row["name"]) not in fitting:
        out.add(path, line, "composition", f"{row['name']!r} is not {given!r} and {family!r}")
    if any(row[c] for c in _NAMES[1:]):
        if not row["native_lang"]:
            out.add(path, line, "missing-field", f"{row['name']} has a native name without its language")
        elif check_language(row["native_lang"], path, line, out):
            for column in _NAMES[1:]:
                check_script(row[column], row["native_lang"], path, line, out, column)


def _spellings(row: Row, path: Path, line: int, out: Findings) -> None:
    seen: set[str] = set()
    for item in filter(None, row["spellings"].split("|")):
        lang, mark, text = item.partition("=")
        if not mark or not text.strip() or lang in seen:
            out.add(path, line, "bad-spelling", f"spelling {item!r} of {row['name']}")
        elif check_language(lang, path, line, out):
            seen.add(lang)
            check_name(text, path, line, out)
            check_script(text, lang, path, line, out, "spelling")
