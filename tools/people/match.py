"""Whether two records name one person: token by token, tolerant of transcription."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from people import rows

_VOWELS = str.maketrans("", "", "aeiouyhw")
_SOUNDS = (
    ("ch", "c"),
    ("sh", "s"),
    ("kh", "k"),
    ("gh", "g"),
    ("zh", "z"),
    ("dj", "j"),
    ("ph", "f"),
    ("q", "k"),
)
_SMALL = frozenset("al el bin ibn bint ben ould abd de da do dos van von der la le jr sr ii iii".split())  # noqa: SIM905


@lru_cache(maxsize=65536)
def tokens(name: str) -> tuple[str, ...]:
    """Words of a name that carry it: no particles, no initials.

    >>> tokens("Mohammed bin Rashid Al Maktoum")
    ('mohammed', 'rashid', 'maktoum')
    """
    words = rows.slug(name).split("-")
    return tuple(w for w in words if len(w) > 1 and w not in _SMALL) or tuple(words)


@lru_cache(maxsize=65536)
def skeleton(word: str) -> str:
    """Consonants of a word with the digraphs of transcription joined."""
    for long, short in _SOUNDS:
        word = word.replace(long, short)
    bare = word.translate(_VOWELS)
    return "".join(c for i, c in enumerate(bare) if i == 0 or bare[i - 1] != c)


def close(a: str, b: str) -> bool:
    """Whether two words can be transcriptions of one name.

    >>> close("muhammad", "mohamed"), close("aliyev", "asadov"), close("maktum", "maktoum")
    (True, False, True)
    """
    if a == b or Levenshtein.normalized_similarity(a, b) >= 0.78:
        return True
    return len(skeleton(a)) > 1 and skeleton(a) == skeleton(b)


def same_name(a: str, b: str, *, least: int = 2) -> bool:
    """Whether every word of the shorter name has a partner in the longer, and at least ``least`` words do.

    >>> same_name("Muhammad bin Rashid Al Maktum", "Mohammed bin Rashid Al Maktoum")
    True
    >>> same_name("Andrej Babis", "Andrej Plenkovic")
    False
    """
    short, long = sorted((tokens(a), tokens(b)), key=len)
    if len(short) < min(least, len(long)):
        return False
    left = list(long)
    for word in short:
        partner = next((w for w in left if close(word, w)), None)
        if partner is None:
            return False
        left.remove(partner)
    return True


class Known:
    """People already listed, looked up by name and country."""

    def __init__(self, people: list[rows.Row]) -> None:
        self.people = people
        self._by_country: dict[str, list[rows.Row]] = defaultdict(list)
        self._by_slug: dict[str, list[rows.Row]] = defaultdict(list)
        self.by_title = {r["enwiki"]: r for r in people if r["enwiki"]}
        self.by_wikidata = {r["wikidata"]: r for r in people if r["wikidata"]}
        for r in people:
            self._by_country[r["country"]].append(r)
            for name in rows.names(r):
                self._by_slug[rows.slug(name)].append(r)

    def exact(self, name: str, country: str = "") -> rows.Row | None:
        """Who is listed under this very name (in the country, if one is given)."""
        return next(
            (r for r in self._by_slug.get(rows.slug(name), ()) if not country or r["country"] == country),
            None,
        )

    def similar(self, name: str, country: str) -> list[rows.Row]:
        """Who of the country can be meant by a differently transcribed name."""
        return [r for r in self._by_country.get(country, ()) if any(same_name(name, n) for n in rows.names(r))]


def drop_clashes(made: list[rows.Row], known: Known) -> None:
    """Take from new rows the aliases that name somebody listed, or are the main name of another."""
    main = {rows.slug(r["name"]) for r in made}
    for r in made:
        kept = [a for a in r["aliases"].split("|") if a and rows.slug(a) not in main and known.exact(a) is None]
        r["aliases"] = "|".join(kept)
