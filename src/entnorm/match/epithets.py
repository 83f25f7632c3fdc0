"""Words of names that are translated and not transcribed: Saint and святой, the Great and Wielki, II and втора."""

from __future__ import annotations

from functools import lru_cache
from importlib import resources

from entnorm.text.keys import key
from entnorm.text.personname import is_title


@lru_cache(maxsize=1)
def _table() -> dict[str, frozenset[str]]:
    text = resources.files("entnorm.match").joinpath("tables/epithets.tsv").read_text(encoding="utf-8")
    found: dict[str, frozenset[str]] = {}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            forms = frozenset(key(form) for form in line.split("\t")[1].split("|"))
            for form in forms:
                found[form] = found.get(form, frozenset()) | forms
    return found


def translations(word_key: str) -> frozenset[str]:
    """Keys of the words that say the same in other languages, the word itself among them; empty for names.

    >>> "ii" in translations("vtora"), "saint" in translations("swiety"), translations("putin")
    (True, True, frozenset())
    """
    return _table().get(word_key, frozenset())


def is_epithet(word_key: str) -> bool:
    """Whether a word is a title or one of those that are translated, so that a name may do without it.

    >>> is_epithet("lord"), is_epithet("kralj"), is_epithet("putin")
    (True, True, False)
    """
    return word_key in _table() or is_title(word_key)
