"""Words a second through the normalizer on German news, against spaCy's blank tokenizer in the same run.

The text is ``examples/news.de.txt`` and sentences put together from patterns, a word list and names drawn from the
index, so that no sentence comes twice and names are as frequent as in news. *Cold* is a new normalizer's first pass,
*warm* its second over other sentences from the same generator. One process, CPU time; a word is a run of characters
between spaces. Targets: 30,000 words a second for listed names only, 20,000 with the recogniser.

A warm pass is also cut in three: finding and matching (from the text to spans with ranked candidates), resolution
(what ``entnorm.resolve`` does with them) and answering (confidence, and the objects that the caller gets). Resolution
should add at most a quarter to the time of finding and matching.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import entnorm
from entnorm import pipeline
from entnorm.config import Config
from entnorm.index.store import Index
from entnorm.match.shipped import shipped_path
from entnorm.pipeline import Normalizer

EXAMPLES = Path(__file__).parents[1] / "examples"
WORDS = Path(__file__).with_name("words.de.txt")
Run = Callable[[str], object]


def vocabulary() -> dict[str, list[str]]:
    """Words by class: nouns, verbs, adjectives, patterns; see the head of the list."""
    classes: dict[str, list[str]] = {}
    for line in WORDS.read_text(encoding="utf-8").splitlines():
        if line and line[0] != "#":
            class_, words = line.split("\t")
            classes.setdefault(class_, []).extend(words.split("|"))
    return classes


def names(index: Index) -> dict[str, list[str]]:
    """German names of prominent people and places."""
    found: dict[str, list[str]] = {"person": [], "place": []}
    prominence = index.arrays["entity_prominence"].tolist()
    for entity, value in enumerate(prominence):
        kind = index.kind(entity)
        if value >= 0.7:
            found[kind].append(index.facts(entity).name_in("de"))
    return found


def articles(number: int, rng: random.Random, listed: dict[str, list[str]]) -> list[str]:
    """Articles of five sentences; each full name comes back as a surname, as it does in news."""
    words = vocabulary()
    made = []
    for _ in range(number // 5):
        person, place = rng.choice(listed["person"]), rng.choice(listed["place"])
        sentences = []
        for i in range(5):
            here = place if i % 2 else rng.choice(listed["place"])
            facts = {"person": person if i == 0 else person.split()[-1], "place": here}
            text = rng.choice(words["pattern"])
            for slot in ("person", "place"):
                text = text.replace(f"<{slot}>", facts[slot])
            while "<" in text:
                head, _, tail = text.partition("<")
                slot, _, rest = tail.partition(">")
                text = head + rng.choice(words[slot]) + rest
            sentences.append(text)
        made.append(" ".join(sentences))
    return made


def rate(run: Run, texts: Sequence[str]) -> float:
    """Words a CPU second."""
    start = time.process_time()
    for text in texts:
        run(text)
    return sum(len(text.split()) for text in texts) / (time.process_time() - start)


class Stopwatch:
    """CPU seconds spent in each part of the work; functions that are watched do not call each other."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = {}

    def watch(self, owner: object, name: str, part: str) -> None:
        """Replace a function or method by one that counts for a part."""
        call = getattr(owner, name)

        def watched(*args: Any, **named: Any) -> Any:
            start = time.process_time()
            found = call(*args, **named)
            self.spent[part] = self.spent.get(part, 0.0) + time.process_time() - start
            return found

        setattr(owner, name, watched)


def parts(config: Config, first: Sequence[str], second: Sequence[str]) -> dict[str, float]:
    """CPU seconds of each part of the work over ``second``, once ``first`` has warmed the caches."""
    norm, clock = Normalizer(Index.open(shipped_path()), config), Stopwatch()
    for text in first:
        norm(text, lang="de")
    clock.watch(norm, "_read", "finding and matching")
    clock.watch(norm._base_forms, "of", "resolution")
    plain = {name: getattr(pipeline, name) for name in ("decided", "clusters", "name_in")}
    for name in plain:
        clock.watch(pipeline, name, "resolution")
    start = time.process_time()
    for text in second:
        norm(text, lang="de")
    clock.spent["answering"] = time.process_time() - start - sum(clock.spent.values())
    for name, call in plain.items():
        setattr(pipeline, name, call)
    return clock.spent


def main() -> None:
    """Measure and print one figure a line, tab-separated."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--sentences", type=int, default=200, metavar="N", help="sentences of each pass")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    import spacy

    blank = spacy.blank("de")
    index = Index.open(shipped_path())
    listed = names(index)
    rng = random.Random(options.seed)
    example = [(EXAMPLES / "news.de.txt").read_text(encoding="utf-8")]
    first, second = (articles(options.sentences, rng, listed) for _ in range(2))
    blank("Guten Tag.")
    base = rate(blank, example + first + second)
    print(f"words\t{sum(len(t.split()) for t in second)} in the warm pass")
    print(f"spaCy blank tokenizer\t{base:,.0f} words a second")
    for label, config in (("listed names only", Config(recogniser=False)), ("with the recogniser", Config())):
        norm = Normalizer(Index.open(shipped_path()), config)
        norm("Guten Tag.", lang="de")

        def run(text: str, norm: Normalizer = norm) -> entnorm.Document:
            return norm(text, lang="de")

        figures = {"cold": rate(run, example + first), "warm": rate(run, second), "warm, again": rate(run, second)}
        mentions = sum(len(run(text).mentions) for text in second)
        for name, value in figures.items():
            print(f"{label}, {name}\t{value:,.0f} words a second\t{value / base:.3f} of spaCy's")
        print(f"{label}\t{mentions} mentions")
        spent = parts(config, example + first, second)
        for part, seconds in spent.items():
            share = seconds / spent["finding and matching"]
            print(f"{label}, {part}\t{seconds:.2f} s\t{share:.3f} of finding and matching")


if __name__ == "__main__":
    main()
