"""What the model of name comparison sees of a pairing, as numbers, and what each number is called in the evidence.

A feature is 0 where there is nothing to say, and about 0 to 3 elsewhere. Features of links are counts over the words
that are linked; the others speak of the names as wholes.
"""

from __future__ import annotations

import math
from operator import attrgetter

from rapidfuzz.distance import Levenshtein

from entnorm.match.pairing import LINKED, UNCLEAR, Pairer, Pairing, plausibility, word_weight
from entnorm.text.personname import PersonName, patronymic_stem
from entnorm.text.scripts import UNSPACED

#: Words that order a chain of fathers, so that swapping the names around them makes another person.
_CHAIN = frozenset({"bin", "ibn", "ben", "bint", "binti", "ould", "walad"})
#: Features of the names as wholes, in order, with the group of evidence each belongs to.
WHOLE = {
    "mean": "agreement",
    "mean_high": "agreement",
    "least": "agreement",
    "least_low": "agreement",
    "least_high": "agreement",
    "joined": "agreement",
    "joined_high": "agreement",
    "exact": "agreement",
    "few_edits": "agreement",
    "heard_mean": "agreement",
    "heard_least": "agreement",
    "heard_low": "agreement",
    "heard_whole": "agreement",
    "clash": "clash",
    "clash_more": "clash",
    "clash_like": "clash",
    "clash_initial": "clash",
    "clash_initials": "clash",
    "clash_short": "clash",
    "clash_genders": "clash",
    "left": "left",
    "left_more": "left",
    "left_patronymic": "left",
    "single_left": "left",
    "single_given": "left",
    "single": "words",
    "single_unalike": "words",
    "words": "words",
    "unheard": "words",
    "characters": "words",
    "swapped": "order",
    "swapped_given": "order",
    "swapped_inside": "order",
    "swapped_chain": "order",
    "suffix": "suffix",
    "suffix_clash": "suffix",
}
#: All features, in the order of :func:`pair_features`.
FEATURES = (*LINKED, *WHOLE)
_place = attrgetter("a")


def pair_features(p: Pairing, pairer: Pairer) -> list[float]:
    """The features of a pairing, in the order of :data:`FEATURES`."""
    found = [0.0] * len(LINKED)
    for pair in p.words:
        for at in pair.traits:
            found[at] = min(3.0, found[at] + 1.0)
    weights = [pair.weight for pair in p.words]
    left_a, left_b = sum(map(word_weight, p.left_a)), sum(map(word_weight, p.left_b))
    reordered = _reordered(p)
    found += _agreement(p, weights, min(left_a, left_b), reordered)
    found += _across_scripts(p, pairer.hears)
    found += _clash(p)
    found += _left(p, pairer, left_a - left_b, weights)
    found += _order(p, pairer) if reordered else _IN_ORDER
    different = p.a.suffix != p.b.suffix
    both = bool(p.a.suffix and p.b.suffix)
    found += (float(different and not both), float(different and both))
    return found


def _agreement(p: Pairing, weights: list[float], left: float, reordered: bool) -> tuple[float, ...]:
    """How far the words agree: on average, in the worst of them, and all letters in a row."""
    total = sum(weights) + left
    mean = sum([x.similarity * w for x, w in zip(p.links, weights, strict=True)]) / total if total else 0.0
    least = min([x.similarity for x, w in zip(p.links, weights, strict=True) if w >= 0.5], default=0.0)
    a, b = p.a.joined, p.b.joined
    if reordered:
        a, b = _in_order(p)
    edits = Levenshtein.distance(a, b)
    joined = 1.0 - edits / max(len(a), len(b), 1)
    return (
        mean,
        max(0.0, mean - 0.9),
        least,
        max(0.0, 0.8 - least),
        max(0.0, least - 0.92),
        joined,
        max(0.0, joined - 0.9),
        float(edits == 0),
        float(0 < edits < 3),
    )


def _reordered(p: Pairing) -> bool:
    """Whether the linked words stand in another order in the two names."""
    if len(p.links) < 2:
        return False
    places = [x.b for x in sorted(p.links, key=_place)]
    return places != sorted(places)


def _in_order(p: Pairing) -> tuple[str, str]:
    """The letters of both names, word by word as they are linked, the likest first, what is left over behind."""
    order = sorted(p.links, key=lambda x: (-x.similarity, sorted((p.a.words[x.a].key, p.b.words[x.b].key))))
    a = [p.a.words[x.a] for x in order]
    b = [p.b.words[x.b] for x in order]
    return "".join([w.key for w in (*a, *p.left_a)]), "".join([w.key for w in (*b, *p.left_b)])


def _across_scripts(p: Pairing, hears: bool) -> tuple[float, ...]:
    """What the learned channel (or, where it cannot tell, the spelling) says of two scripts; all 0 within one."""
    if p.a.script == p.b.script:
        return 0.0, 0.0, 0.0, 0.0
    heard = [
        (w.similarity if w.heard is None else w.heard, len(p.a.words[x.a].key) + len(p.b.words[x.b].key))
        for x, w in zip(p.links, p.words, strict=True)
    ]
    letters = sum([n for _, n in heard]) or 1
    least = min([h for h, _ in heard], default=0.0)
    mean = sum([h * n for h, n in heard]) / letters
    return mean, least, max(0.0, 0.75 - least) if heard else 0.0, _heard_whole(p, mean) if hears else mean


def _heard_whole(p: Pairing, mean: float) -> float:
    """The learned channel's view of the whole names, 0..1."""
    latin, other = (p.a, p.b) if p.a.script == "Latn" else (p.b, p.a)
    if latin.script != "Latn" or other.script == "Latn" or not latin.words:
        return 0.0
    if len(latin.words) == 1 == len(other.words) and other.text == other.words[0].text:
        return mean
    if other.script not in UNCLEAR and not p.left_a and not p.left_b:
        return mean
    value = plausibility(other.text, " ".join([w.key for w in latin.words]))
    return mean if math.isnan(value) else value


_NO_CLASH = (0.0,) * 7


def _clash(p: Pairing) -> tuple[float, ...]:
    """Words on either side that stand for nothing on the other."""
    if p.clash is None:
        return _NO_CLASH
    one = [w for w in p.left_a if w.kind != "particle"]
    two = [w for w in p.left_b if w.kind != "particle"]
    both = min(len(one), len(two))
    if not both:
        return _NO_CLASH
    initials = int(all(w.kind == "initial" for w in one)) + int(all(w.kind == "initial" for w in two))
    short = min([len(w.key) for w in (*one, *two)]) <= 3
    return (
        1.0,
        float(both > 1),
        p.clash.similarity,
        float(initials == 1),
        float(initials == 2),
        float(short and not initials),
        float(p.clash.genders),
    )


def _left(p: Pairing, pairer: Pairer, more_in_a: float, weights: list[float]) -> tuple[float, ...]:
    """Words that one name has and the other does not, and names of a single word."""
    extra = abs(more_in_a)
    longer = p.left_a if more_in_a > 0 else p.left_b
    fathers = any(patronymic_stem(w.key) for w in longer)
    single = min(_full_words(p.a), _full_words(p.b)) <= 1
    unspaced = p.a.script in UNSPACED or p.b.script in UNSPACED
    given = unalike = 0.0
    if single and not unspaced:
        word = next((w for w in (p.b if more_in_a > 0 else p.a).words if w.kind == "name"), None)
        given = float(extra > 0.5 and word is not None and pairer.given([word]))
        unalike = max(0.0, 0.95 - p.links[0].similarity) if len(p.links) == 1 else 0.0
    one_word = float(single and not unspaced)
    return (
        min(1.0, extra),
        max(0.0, min(3.0, extra) - 1.0),
        float(fathers),
        one_word * min(1.0, extra),
        given,
        one_word,
        unalike,
        min(4.0, sum(weights)) / 4,
        float(p.a.script != p.b.script and all(w.heard is None for w in p.words)),
        float(p.a.script == p.b.script and p.a.script in ("Hani", "Jpan", "Hang")),
    )


def _full_words(name: PersonName) -> int:
    return sum([w.kind == "name" for w in name.words])


_IN_ORDER = (0.0,) * 4


def _order(p: Pairing, pairer: Pairer) -> tuple[float, ...]:
    """Whether the words stand in another order, and whether that makes another person.

    A family name put first turns the whole row (``swapped_inside`` is 0); names that change places within it are
    those of another person.
    """
    full = [x for x in p.links if word_weight(p.a.words[x.a]) > 0.1 < word_weight(p.b.words[x.b])]
    full.sort(key=_place)
    places = [x.b for x in full]
    falls = sum([x > y for x, y in zip(places, places[1:], strict=False)])
    turned = falls == 1 and places[-1] < places[0]
    moved = [p.a.words[x.a] for x in full if p.a.words[x.a].kind == "name"]
    given = falls > 0 and len(moved) > 1 and not (turned and len(moved) > 2) and pairer.given(moved)
    return float(falls > 0), float(given), float(falls > 0 and not turned), float(_fathers_swapped(p))


def _fathers_swapped(p: Pairing) -> bool:
    """Whether the names on either side of a "bin" have changed places: Salman bin Muhammad, Muhammad bin Salman."""
    partner = {x.a: x.b for x in p.links}
    for i in range(1, len(p.a.words) - 1):
        if p.a.words[i].key in _CHAIN:
            for j in range(1, len(p.b.words) - 1):
                if p.b.words[j].key in _CHAIN and partner.get(i - 1) == j + 1 and partner.get(i + 1) == j - 1:
                    return True
    return False
