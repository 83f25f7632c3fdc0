"""Settings of a normalizer, with what each one trades."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Share = Annotated[float, Field(ge=0.0, le=1.0)]


class Config(BaseModel):
    """Settings of a :class:`~entnorm.pipeline.Normalizer`; frozen, every field has a default.

    >>> Config(limit=3).limit
    3
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    to: str = Field("en", description="Language of canonical names (ISO 639-1), or 'source' for the text's own.")
    limit: Annotated[int, Field(ge=1, le=100)] = Field(5, description="Matches kept per name.")
    min_score: Share = Field(
        0.50, description="Similarity below which a listed name is no candidate. Higher: fewer wrong, more missed."
    )
    accept: Share = Field(
        0.80, description="Similarity from which the best candidate may be taken as resolved. Higher: more unknown."
    )
    margin: Share = Field(
        0.04,
        description="Lead over the runner-up needed to be resolved rather than ambiguous. Higher: more ambiguous.",
    )
    min_named: Share = Field(
        0.4,
        description="Probability to be a name of its kind at all below which a mention is left out, where something "
        "calibrates it. Higher: fewer false alarms, more names missed; 0.4 to 0.5 is about best for F1.",
    )
    min_confidence: Share = Field(0.0, description="Mentions with a lower confidence are left out.")
    candidates: Annotated[int, Field(ge=10, le=1000)] = Field(
        100, description="Keys fetched by trigrams per name. More: better recall on bad typos, slower."
    )
    recogniser: bool = Field(
        True, description="Also find people and places on no list. False: listed names only, and faster."
    )
    trust: Annotated[float, Field(ge=0.5, le=1.0)] = Field(
        0.9,
        description="Trust in names marked by a spaCy pipeline. 1: all are taken. Lower: the recogniser has more say.",
    )
    max_chars: Annotated[int, Field(ge=1000)] = Field(
        10_000_000, description="Longest text accepted, in characters; longer ones raise InputError."
    )
