"""What the words around a name, and its own spelling, add to the belief that it is one."""

from __future__ import annotations

from entnorm.mentions.lexicon import classes, is_ordinary
from entnorm.mentions.tokens import Token
from entnorm.text.typewords import type_of_word

#: "And" in the languages that have capitals.
_AND = frozenset(
    ["a", "und", "and", "et", "y", "e", "i", "и", "і", "та", "й", "en", "och", "og", "ve", "ja", "és", "și", "in", "ir"]
)


def context_points(tokens: list[Token], first: int, last: int, kind: str, lang: str | None) -> float:
    """What the neighbouring words add to (or take from) the belief that words ``first:last`` name a ``kind``."""
    points = 0.0
    before = tokens[first - 1] if first and tokens[first].gap.strip(" -\u00a0") == "" else None
    after = tokens[last] if last < len(tokens) and tokens[last].gap.strip(" -\u00a0") == "" else None
    before_classes = classes(before.text, lang) if before else frozenset()
    after_classes = classes(after.text, lang) if after else frozenset()
    if kind == "place":
        if "place_prep" in before_classes:
            points += 0.8
        elif "place_prep_weak" in before_classes:
            points += 0.35
        elif before is not None and _joins_places(tokens, first, lang):
            points += 0.5
        if (before and type_of_word(before.text)) or (after and type_of_word(after.text)):
            points += 0.5
        if before_classes & {"title", "given"}:
            points -= 0.7
        if "org" in after_classes and after and after.gap == " ":
            points -= 0.6
        if "say" in after_classes:
            points -= 0.1
    else:
        if before_classes & {"title", "role"}:
            points += 0.7
        if "say" in after_classes or "say" in before_classes:
            points += 0.4
        if "place_prep" in before_classes and "title" not in before_classes:
            points -= 0.4
        if "org" in after_classes:
            points -= 0.5
    return points


def _joins_places(tokens: list[Token], first: int, lang: str | None) -> bool:
    """Whether word ``first`` goes on with what a preposition of place has begun: do Lvova a Charkova."""
    if first < 3 or tokens[first - 1].text.lower() not in _AND or not tokens[first - 2].capital:
        return False
    return tokens[first - 1].gap == " " and "place_prep" in classes(tokens[first - 3].text, lang)


def shape_points(
    tokens: list[Token], first: int, last: int, lang: str | None, capital_nouns: bool, *, weighed: bool = False
) -> float:
    """What the spelling of the words themselves takes from the belief that they are a name.

    ``weighed`` says that the name is so well known that also being an ordinary word tells nothing against it.
    """
    token = tokens[first]
    if last - first > 1:
        return 0.6
    points = 0.0
    word = token.text
    if "not_name" in classes(word, lang):
        points -= 2.0
    if not weighed and is_ordinary(word, lang):
        # Inside a sentence a capital says name, unless the language gives every noun one or the script has none.
        points -= 1.0 if token.opens or capital_nouns or not token.cased else 0.45
    if token.cased and not token.opens and not capital_nouns:
        points += 0.2
    elif token.cased and token.opens and not weighed:
        points -= 0.15
    if capital_nouns and token.cased and not weighed:
        points -= 0.2
    if len(word) <= 3 and token.cased and not word.isupper():
        points -= 0.8
    return points
