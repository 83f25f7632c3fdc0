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


def compare_places(matcher: Matcher, a: str, b: str, lang_a: str | None, lang_b: str | None) -> Comparison:
    """The probability that two names can denote the same place.

    Two names of one listed place can, as surely as they are names of it; homonyms do not matter. For names that no
    gazetteer lists, spelling and sound alone decide. ``score`` is the similarity of the spellings.

    >>> import entnorm
    >>> entnorm.load().compare("Lemberg", "Львів", kind="place").same
    True
    """
    spelled = word_similarity(key(a).replace(" ", ""), key(b).replace(" ", ""))
    meant_a, meant_b = _meant(matcher, a, lang_a), _meant(matcher, b, lang_b)
    both = {e: min(p, meant_b[e]) for e, p in meant_a.items() if e in meant_b}
    evidence = [Evidence(feature="spelling", value=round(spelled, 4))]
    if meant_a and meant_b:
        likeness = max(both.values(), default=0.0)
        for entity, value in sorted(both.items(), key=lambda x: -x[1])[:3]:
            evidence.append(Evidence(feature="both are names of", value=entity, weight=round(value, 4)))
    else:
        likeness = spelled
        evidence.append(Evidence(feature="not listed, spelling decides", weight=round(spelled, 4)))
    confidence = logistic(_STEEP * (likeness - _EVEN))
    confidence = round(confidence, 4)
    return Comparison(
        a=a, b=b, score=round(spelled, 4), confidence=confidence, same=confidence >= 0.5, evidence=tuple(evidence)
    )


def _meant(matcher: Matcher, name: str, lang: str | None) -> dict[str, float]:
    """Listed places a name may mean, with the score of each; empty when none comes close."""
    ranked = matcher.rank(Query.of(name, lang=lang, kind="place"))
    return {s.index.facts(s.entity).id: s.score for s in ranked[:20] if s.score >= matcher.config.accept}
