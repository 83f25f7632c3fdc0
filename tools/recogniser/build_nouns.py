"""Build the set of German common nouns: ``python tools/recogniser/build_nouns.py``.

German writes every noun with a capital, so that telling a name from a noun takes the nouns. They come from the full-form
dictionary of the package ``simplemma`` (``pip install simplemma==2.0.0``, MIT; needed here only): capitalised words with a
plural, none of whose endings is such a word already (Streitkräfte is not kept because Kräfte is). Written as a Bloom
filter, ``src/entnorm/mentions/model/nouns_de.npy``: bits, of which :func:`~entnorm.mentions._recogniser_nouns.bits_of` says
which must be set.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import numpy as np
from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

from entnorm.mentions._recogniser_nouns import BITS, SHORTEST_TAIL, bits_of

OUTPUT = Path(__file__).resolve().parents[2] / "src/entnorm/mentions/model/nouns_de.npy"
_GENITIVE = {"s", "es", "ens"}
_TRADES = ("er", "el", "en", "ar")


def common_nouns(dictionary: dict[str, str]) -> set[str]:
    """Lower-case forms of nouns that have a plural; nouns made of adjectives and participles are left out."""
    forms: dict[str, set[str]] = defaultdict(set)
    small = {form for form in dictionary if form[0].islower()}
    for form, lemma in dictionary.items():
        if form[0].isupper() and lemma[0].isupper() and form.isalpha() and form.lower() not in small:
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


def main() -> None:
    """Write the filter."""
    nouns = without_compounds(common_nouns(DefaultDictionaryFactory(cache_max_size=1).get_dictionary("de")))
    field = np.zeros(BITS // 8, dtype=np.uint8)
    for noun in nouns:
        for bit in bits_of(noun):
            field[bit >> 3] |= 1 << (bit & 7)
    OUTPUT.parent.mkdir(parents=True, exist_ok=True)
    np.save(OUTPUT, field)
    print(f"{len(nouns):,} nouns, {np.unpackbits(field).mean():.2f} of the bits set")


if __name__ == "__main__":
    main()
