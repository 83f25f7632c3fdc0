"""Chinese and Korean names as different romanizations spell them: Zedong and Tse-tung, Geun-hye and Kun-hye."""

from __future__ import annotations

import re
from functools import lru_cache

# Pinyin and Wade-Giles, Revised Romanization and McCune-Reischauer, apostrophes dropped as the press does. They
# disagree on voicing and on how affricates and a few vowels are written; the rest they have in common.
_INITIALS = {"tz": "j", "ts": "j", "zh": "j", "ch": "j", "q": "j", "z": "j", "c": "j", "hs": "s", "sh": "s", "x": "s"}
_VOICED = {"p": "b", "t": "d", "k": "g", "r": "l"}
_VOWELS = {"ieh": "ie", "ien": "ian", "ih": "i", "eh": "e", "ee": "i", "ae": "e", "eo": "o", "eu": "o", "oo": "o"}
_RULES = _INITIALS | _VOICED | _VOWELS | {"u": "o"}
_PATTERN = re.compile("|".join(sorted(_RULES, key=len, reverse=True)))
_SYLLABLES = re.compile(r"(?:[bdfghjlmnswy]{0,2}[aeioy]+(?:ng|[nmlgbd](?![aeioy]))?){2,3}")
_LONGEST = 11


@lru_cache(maxsize=1 << 14)
def syllables(word: str) -> str:
    """What a word of a key has in common with other romanizations of the same two or three syllables.

    Empty for words that are not built like a Chinese or Korean given name.

    >>> syllables("tsetung") == syllables("zedong"), syllables("kunhye") == syllables("geunhye")
    (True, True)
    >>> syllables("jinping") == syllables("enlai"), syllables("schwarz")
    (False, '')
    """
    if not 4 < len(word) <= _LONGEST:
        return ""
    code = _PATTERN.sub(lambda found: _RULES[found.group()], word)
    return code if _SYLLABLES.fullmatch(code) else ""
