"""Language codes, and the language a text is in when nobody says.

Identification is py3langid's, restricted to languages of the press; scripts used by one language need no model.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from entnorm.errors import ConfigError
from entnorm.text.scripts import script_of

_CODE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
#: Languages that a text may be identified as (ISO 639-1).
IDENTIFIED = (
    "ar", "be", "bg", "bs", "ca", "cs", "da", "de", "el", "en", "es", "et", "fa", "fi", "fr", "he",
    "hi", "hr", "hu", "hy", "id", "it", "ja", "ka", "ko", "lt", "lv", "mk", "nl", "no", "pl", "pt",
    "ro", "ru", "sk", "sl", "sq", "sr", "sv", "th", "tr", "uk", "ur", "vi", "zh",
)  # fmt: skip
_ONE_LANGUAGE = {
    "Grek": "el",
    "Hebr": "he",
    "Geor": "ka",
    "Armn": "hy",
    "Hang": "ko",
    "Jpan": "ja",
    "Hani": "zh",
    "Thai": "th",
}
_SAMPLE = 3000


def check_lang(lang: str | None) -> str | None:
    """The language part of a BCP 47 tag, lower case; :class:`~entnorm.errors.ConfigError` for what is no tag.

    ``"source"`` passes, for settings that allow it. ``nb`` and ``nn`` are ``no``; ``sh`` is ``sr``.

    >>> check_lang("de-AT"), check_lang("nb"), check_lang(None)
    ('de', 'no', None)
    """
    if lang is None or lang == "source":
        return lang
    if not isinstance(lang, str) or not _CODE.fullmatch(lang.strip().replace("_", "-").lower()):
        raise ConfigError(f"{lang!r} is not a language code", "use ISO 639-1 such as de, uk or zh")
    code = lang.strip().replace("_", "-").lower().partition("-")[0]
    return {"nb": "no", "nn": "no", "sh": "sr", "iw": "he"}.get(code, code)


@lru_cache(maxsize=1)
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    known = set(identifier.nb_classes)
    identifier.set_languages([code for code in IDENTIFIED if code in known])
    return identifier


def identify(text: str) -> str | None:
    """Language of a text (ISO 639-1), ``None`` for text without letters.

    Looks at the first 3,000 characters. Reliable from a sentence on, a guess below.

    >>> identify("Der Kreml wies die Idee zurück."), identify("Αθήνα"), identify("12:30")
    ('de', 'el', None)
    """
    sample = text[:_SAMPLE]
    script = script_of(sample)
    if script == "Zyyy":
        return None
    if script in _ONE_LANGUAGE:
        return _ONE_LANGUAGE[script]
    clean = sample.encode("utf-8", "ignore").decode("utf-8")
    language: str = _identifier().classify(clean)[0]
    return "no" if language in ("nb", "nn") else language
