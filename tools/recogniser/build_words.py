"""The sets of words that are no names, built by ``train.py``.

German writes every noun with a capital, other languages the first word of a sentence, so that telling a name from
a word takes the words. They come from the full-form dictionaries of the package ``simplemma``
(``pip install simplemma==2.0.0``, MIT; needed here only). German nouns are capitalised words with a
plural, none of whose endings is such a word already (Streitkräfte is not kept because Kräfte is); of other words the
first six letters are kept. Written as Bloom filters,
``src/entnorm/mentions/model/nouns_de.npy`` and ``words.npy``; see :mod:`entnorm.mentions._recogniser_words`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from entnorm.mentions._recogniser_words import (
    NOUN_BITS,
    NOUN_HASHES,
    SHORTEST_TAIL,
    WORD_BITS,
    WORD_HASHES,
    bits_of,
    word_key,
)

#: simplemma's dictionaries, and our codes where they differ.
LANGUAGES = (
    "bg",
    "cs",
    "da",
    "de",
    "el",
    "en",
    "es",
    "fr",
    "hbs",
    "it",
    "nb",
    "nl",
    "pl",
    "pt",
    "ro",
    "ru",
    "sk",
    "sl",
    "sv",
    "tr",
    "uk",
)
_OURS = {"hbs": "hr", "nb": "no"}
_GENITIVE = {"s", "es", "ens"}
_TRADES = ("er", "el", "en", "ar")
_VERBS = ("en", "eln", "ern")


def common_nouns(dictionary: dict[str, str]) -> set[str]:
    """Lower-case forms of German nouns that have a plural; nouns made of adjectives are left out.

    A noun may be written like a form of a verb (Besuch, Kreis, Gebiet).
    """
    forms: dict[str, set[str]] = defaultdict(set)
    for form, lemma in dictionary.items():
        small = dictionary.get(form.lower())
        if form[0].isupper() and lemma[0].isupper() and form.isalpha() and (not small or small.endswith(_VERBS)):
            forms[lemma].add(form)
    nouns: set[str] = set()
    for lemma, found in forms.items():
        endings = {form.removeprefix(lemma) for form in found if form != lemma} - _GENITIVE
        if lemma.endswith(_TRADES):
            endings.discard("n")
        if endings:
            nouns.update(f.lower() for f in (*found, lemma) if 3 < len(f) < 25)
    return nouns


def without_compounds(nouns: set[str]) -> list[str]:
    """The nouns no ending of which is a noun, in order."""
    kept: set[str] = set()
    for noun in sorted(nouns, key=lambda n: (len(n), n)):
        if not any(noun[i:] in kept for i in range(3, len(noun) - SHORTEST_TAIL + 1)):
            kept.add(noun)
    return sorted(kept)


def write(path: Path, words: Iterable[str], size: int, hashes: int) -> None:
    """Write a filter."""
    bits = np.zeros(size, dtype=bool)
    count = 0
    for word in words:
        bits[list(bits_of(word, size, hashes))] = True
        count += 1
    np.save(path, np.packbits(bits, bitorder="little"))
    print(f"{path.name}: {count:,} words, {bits.mean():.2f} of the bits set")


def build(folder: Path) -> None:
    """Write both filters into a folder."""
    from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

    folder.mkdir(parents=True, exist_ok=True)
    factory = DefaultDictionaryFactory(cache_max_size=1)
    nouns = without_compounds(common_nouns(factory.get_dictionary("de")))
    write(folder / "nouns_de.npy", nouns, NOUN_BITS, NOUN_HASHES)
    keys: set[str] = set()
    for code in LANGUAGES:
        for form in factory.get_dictionary(code):
            if form.isalpha() and form.islower() and len(form) > 1:
                keys.add(word_key(form, _OURS.get(code, code)))
    write(folder / "words.npy", keys, WORD_BITS, WORD_HASHES)
