"""Comparing two names of places: by what the gazetteers say they denote, not by how they are spelled."""

from __future__ import annotations

from entnorm.match.align import word_similarity
from entnorm.match.calibrate import logistic
from entnorm.match.matcher import Matcher
from entnorm.match.query import Query
from entnorm.models import Comparison, Evidence
from entnorm.text.keys import key

#: Where spelling alone decides: similarity at which two unlisted names are as likely one place as two, and steepness.
_EVEN, _STEEP = 0.86, 24.0


def compare_places(matcher: Matcher, a: str, b: str, lang_a: str | None, lang_b: str | None) -> Comparison:
    """The probability that two names can denote the same place.

    It is the chance that both mean one and the same listed place; for names that no gazetteer lists, spelling and
    sound alone decide. ``score`` is the similarity of the spellings.

    >>> import entnorm
    >>> entnorm.load().compare("Lemberg", "Львів", kind="place").same
    True
    """
    spelled = word_similarity(key(a).replace(" ", ""), key(b).replace(" ", ""))
    meant_a, meant_b = _meant(matcher, a, lang_a), _meant(matcher, b, lang_b)
    both = {e: (p, meant_b[e]) for e, p in meant_a.items() if e in meant_b}
    evidence = [Evidence(feature="spelling", value=round(spelled, 4))]
    if meant_a and meant_b:
        confidence = min(1.0, sum(min(p, q) for p, q in both.values()))
        for entity, (p, q) in sorted(both.items(), key=lambda x: -min(x[1]))[:3]:
            evidence.append(Evidence(feature="both may mean", value=entity, weight=round(min(p, q), 4)))
    else:
        confidence = logistic(_STEEP * (spelled - _EVEN))
        evidence.append(Evidence(feature="not listed, spelling decides", weight=round(confidence, 4)))
    confidence = round(confidence, 4)
    return Comparison(
        a=a, b=b, score=round(spelled, 4), confidence=confidence, same=confidence >= 0.5, evidence=tuple(evidence)
    )


def _meant(matcher: Matcher, name: str, lang: str | None) -> dict[str, float]:
    """Listed places a name may mean, with how likely each is; empty when none comes close."""
    ranked = [s for s in matcher.rank(Query.of(name, lang=lang, kind="place")) if s.score >= matcher.config.accept][:8]
    if matcher.calibration:
        chances = matcher.calibration.lookup(ranked)
    else:
        total = sum(s.score for s in ranked)
        chances = [s.score / total for s in ranked]
    return {s.index.facts(s.entity).id: p for s, p in zip(ranked, chances, strict=True)}
