"""What ships with entnorm: its index, its name knowledge, its calibration; and what stands in for them.

``pipeline`` gives them to a normalizer; nothing here is opened before it is asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from entnorm.errors import ConfigError, IndexNotFound
from entnorm.gazetteer.names import NameLexicon
from entnorm.index.store import Index
from entnorm.match.calibrate import Calibration, shipped_calibration


def shipped_path() -> Path:
    """Folder of the index that ships with entnorm."""
    return Path(__file__).parents[1] / "_index" / "core"


@lru_cache(maxsize=1)
def shipped_lexicon() -> NameLexicon:
    """The name knowledge that ships with entnorm."""
    try:
        return NameLexicon.open(shipped_path().with_name("names"))
    except IndexNotFound:
        raise IndexNotFound("the name tables that ship with entnorm are missing", "install entnorm again") from None


def calibration_for(indexes: Sequence[Index], given: Calibration | str | Path | None = None) -> Calibration | None:
    """The calibration ``given``, or in a file given, else the shipped one where it holds for all indexes.

    Raises :class:`~entnorm.errors.ConfigError` when the one given was fitted on gazetteers that no index has.
    """
    if given is None:
        shipped = shipped_calibration()
        return shipped if shipped.holds_for(indexes) else None
    chosen = given if isinstance(given, Calibration) else Calibration.read(given)
    if not chosen.fits(indexes):
        said = ", ".join(sorted(chosen.gazetteers))
        raise ConfigError(
            f"the calibration {chosen.id} was fitted on other gazetteers ({said})",
            "give the index it was made with, or make one for this index: entnorm eval fit GOLD --index INDEX -o FILE",
        )
    return chosen


def spellings_for(indexes: Sequence[Index]) -> Index | None:
    """The shipped index, whose names in many languages help indexes without them; ``None`` where it is among them."""
    if any(index.path.resolve() == shipped_path().resolve() for index in indexes):
        return None
    try:
        return Index.open(shipped_path())
    except IndexNotFound:
        return None
