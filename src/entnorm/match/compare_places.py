"""Comparing two names of places: by what the gazetteers say they denote, not by how they are spelled."""

from __future__ import annotations

from entnorm.match.align import word_similarity
from entnorm.match.calibrate import logistic
from entnorm.match.matcher import Matcher
from entnorm.match.query import Query
from entnorm.models import Comparison, Evidence
from entnorm.text.keys import key

#: Similarity at which two names are as likely forms of one name as of two, and how steeply that changes.
_EVEN, _STEEP = 0.86, 24.0
#: No gazetteer lists every name of a place: names of different listed places are as alike as they are spelled, but
#: never more than this, and no two names are less alike than that.
_LEAST, _MOST_APART = 0.65, 0.74
#: A name listed as written has no need of an ending undone: Halle is no form of Hall.
_AS_WRITTEN = 0.995


def compare_places(matcher: Matcher, a: str, b: str, lang_a: str | None, lang_b: str | None) -> Comparison:
    """The probability that two names can denote the same place.

    Two names of one listed place can, as surely as they are names of it; homonyms do not matter. For names that no
    gazetteer lists, spelling and sound alone decide. ``score`` is the similarity of the spellings; the weights of the
    evidence add up to the log odds of the confidence.

    >>> import entnorm
    >>> entnorm.load().compare("Lemberg", "Львів", kind="place").same
    True
    """
    key_a, key_b = key(a).replace(" ", ""), key(b).replace(" ", "")
    spelled = word_similarity(key_a, key_b) if key_a and key_b else 0.0
    meant_a, meant_b = _meant(matcher, a, lang_a), _meant(matcher, b, lang_b)
    both = {e: min(p, meant_b[e]) for e, p in meant_a.items() if e in meant_b}
    value: str | float = round(spelled, 4)
    if both:
        likeness = max(both.values())
        reason = "both are names of"
        id_, name = max(both, key=both.__getitem__)
        value = f"{name} ({id_})"
    elif meant_a and meant_b:
        likeness = min(max(spelled, _LEAST), _MOST_APART)
        reason, value = "names of different places", f"{_first(meant_a)} / {_first(meant_b)}"
    else:
        likeness, reason = max(spelled, _LEAST), "not listed, the spelling decides"
    logit = _STEEP * (likeness - _EVEN)
    confidence = round(logistic(logit), 4)
    evidence = (
        Evidence(feature=reason, value=value, weight=round(logit, 4)),
        Evidence(feature="spelling, alike", value=round(spelled, 4)),
    )
    return Comparison(
        a=a, b=b, score=round(spelled, 4), confidence=confidence, same=confidence >= 0.5, evidence=evidence
    )


def _first(meant: dict[tuple[str, str], float]) -> str:
    return next(f"{name} ({id_})" for id_, name in meant)


def _meant(matcher: Matcher, name: str, lang: str | None) -> dict[tuple[str, str], float]:
    """Listed places a name may mean, id and main name, with the score of each; empty when none comes close."""
    ranked = matcher.rank(Query.of(name, lang=lang, kind="place"))[:20]
    if any(s.score >= _AS_WRITTEN and s.base == name for s in ranked):
        ranked = [s for s in ranked if s.base == name]
    facts = ((s.index.facts(s.entity), s.score) for s in ranked if s.score >= matcher.config.accept)
    return {(f.id, f.name): score for f, score in facts}
