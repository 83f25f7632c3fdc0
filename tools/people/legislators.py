"""Members of the United States Congress born in 1940 or later, with the ids their source states."""

from __future__ import annotations

import json
import re
import tarfile
from functools import cache
from pathlib import Path
from typing import Any

from people import rows
from people.match import Known

SOURCE = "congress-legislators"
BORN_FROM = "1940"
#: Last day the source covers; a term that ends later was still running then.
SNAPSHOT = "2017-07"
_FILES = ("legislators-current.json", "legislators-historical.json")
#: The United States and the territories that send delegates.
_COUNTRIES = ("US", "AS", "GU", "MP", "PR", "VI")
_STATES = Path(__file__).with_name("states.tsv")
_SUFFIX = re.compile(r",? (Jr\.?|Sr\.?|II|III|IV)$")
_CHAMBERS = {"sen": "senator", "rep": "representative"}


@cache
def states() -> dict[str, str]:
    """Names of states by postal code."""
    lines = _STATES.read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t") for line in lines if not line.startswith("#"))


def read(package: Path) -> list[dict[str, Any]]:
    """Legislators of the package born in 1940 or later."""
    found: list[dict[str, Any]] = []
    with tarfile.open(package) as archive:
        for name in _FILES:
            member = archive.extractfile(f"package/congress-legislators/{name}")
            if member is None:
                raise FileNotFoundError(name)
            found += json.load(member)
    return [x for x in found if x["bio"].get("birthday", "") >= BORN_FROM]


def build(package: Path, known: Known) -> list[rows.Row]:
    """Rows of the legislators who are not listed yet."""
    made = [_row(person) for person in read(package)]
    return [r for r in made if listed_as(r, known) is None]


def listed_as(legislator: rows.Row, known: Known) -> rows.Row | None:
    """The listed row of the same person: by id, by Wikipedia title, or by name, country and year of birth."""
    for found in (known.by_wikidata.get(legislator["wikidata"]), known.by_title.get(legislator["enwiki"])):
        if found:
            return found
    for name in rows.names(legislator):
        for country in _COUNTRIES:
            found = known.exact(name, country)
            if found and found["born"] in ("", legislator["born"]):
                return found
    return None


def _row(person: dict[str, Any]) -> rows.Row:
    title = person["id"]["wikipedia"]
    name = re.sub(r",? (Jr|Sr)\.?$", r" \1.", rows.without_note(title).replace(", ", " "))
    given, family, suffix = split(name, person["name"]["last"])
    terms = person["terms"]
    last = terms[-1]
    running = last["end"] > SNAPSHOT
    return rows.row(
        name=name,
        given=given,
        family=family,
        native_lang="en",
        native_given=given,
        native_family=f"{family} {suffix}".strip(),
        gender={"M": "m", "F": "f"}[person["bio"]["gender"]],
        country="US",
        role=f"US {_CHAMBERS[last['type']]} from {states()[last['state']]}",
        born=person["bio"]["birthday"][:4],
        since=terms[0]["start"][:4],
        until="" if running else last["end"][:4],
        enwiki=title,
        wikidata=person["id"]["wikidata"],
        rank="2" if last["end"] >= "2010" else "1",
        aliases="|".join(aliases(person["name"], name)),
    )


def split(name: str, last: str) -> tuple[str, str, str]:
    """Given name, family name and generational suffix of a name whose surname is known.

    >>> split("Bob Casey Jr.", "Casey"), split("Beto O'Rourke", "O’Rourke")
    (('Bob', 'Casey', 'Jr.'), ('Beto', "O'Rourke", ''))
    """
    found = _SUFFIX.search(name)
    words = _SUFFIX.sub("", name).split()
    tail = [rows.slug(w) for w in last.split()]
    size = len(tail) if [rows.slug(w) for w in words[-len(tail) :]] == tail else 1
    return " ".join(words[:-size]), " ".join(words[-size:]), found[1] if found else ""


def aliases(name: dict[str, str], main: str) -> list[str]:
    """Fuller and official forms of a name that its main form does not already spell.

    >>> name = {"first": "Robert", "middle": "P.", "last": "Casey", "nickname": "Bob", "suffix": "Jr."}
    >>> aliases(name, "Bob Casey Jr.")
    ['Robert P. Casey Jr.', 'Robert Casey']
    """
    suffix = name.get("suffix", "")
    middle = name.get("middle", "")
    forms = [name["official_full"]] if "official_full" in name else []
    if middle:
        forms.append(" ".join(filter(None, (name["first"], middle, name["last"], suffix))))
    forms.append(f"{name['first']} {name['last']}")
    if "nickname" in name:
        forms.append(f"{name['nickname']} {name['last']}")
    kept, seen = [], {rows.slug(main), rows.slug(_SUFFIX.sub("", main))}
    for form in forms:
        form = re.sub(r" *[\"“][^\"”]*[\"”]", "", form).replace(", ", " ")
        if rows.slug(form) not in seen and not _initial_only(form):
            seen.add(rows.slug(form))
            kept.append(form)
    return kept


def _initial_only(form: str) -> bool:
    """Whether the given name is one initial, such as "J. Doe": that names too many people."""
    return bool(re.match(r"[A-Z]\.? [^ ]+$", form))
