"""Names on no list: their base form, their name in the language asked for, and which of them are one."""

from __future__ import annotations

from collections.abc import Sequence

from entnorm.errors import InputError
from entnorm.gazetteer.names import NameLexicon
from entnorm.match.align import word_similarity
from entnorm.match.query import FEMININE, undone
from entnorm.mentions.merge import UnlistedSpan
from entnorm.text.keys import key, sounds
from entnorm.text.romanize import romanize
from entnorm.text.scripts import script_of
from entnorm.text.transcribe import supports, transcribe

_SAME_WORD = 0.85
_MOST_ALIKE = 200


def base_form(text: str, lang: str | None, lexicon: NameLexicon) -> str:
    """The name with each word's case ending undone where that gives a word known as a name and the word itself is none.

    Words that the name lexicon does not settle stay as they are.
    """
    made = text
    for word in dict.fromkeys(text.split()):
        if lexicon.roles(word).role or not word[:1].isupper():
            continue
        base = next((b for b, rule, _ in undone(word, lang) if rule != FEMININE and lexicon.roles(b).role), None)
        if base:
            made = made.replace(word, base)
    return made


def name_in(base: str, lang: str | None, target: str, kind: str) -> str:
    """An unlisted name written for readers of ``target``: transcribed where the press has rules, else romanized.

    >>> name_in("Марія Стебленко", "uk", "de", "person"), name_in("Jens Öblarn", "de", "en", "person")
    ('Maria Steblenko', 'Jens Öblarn')
    """
    if script_of(base) == "Latn" or not lang or lang == target:
        return base
    if supports(lang, target):
        try:
            return transcribe(base, lang, target, part="place" if kind == "place" else "full")
        except InputError:
            pass
    return romanize(base, lang)


def clusters(spans: Sequence[UnlistedSpan], bases: Sequence[str]) -> list[int]:
    """For each unlisted span the number of the first one it is the same name as; surnames join the full name before.

    Kinds never mix. Words are compared by letters and sound, so that a case ending left in place does not part them;
    only names whose last words begin with the same sounds are compared.
    """
    keys = [key(b).split() for b in bases]
    found: list[int] = []
    firsts: dict[tuple[str, str], list[int]] = {}
    for i, words in enumerate(keys):
        mark = (spans[i].kind, next(iter(sounds(words[-1])), "")[:2] if words else "")
        same = next((j for j in firsts.get(mark, ())[:_MOST_ALIKE] if _one_name(keys[j], words)), i)
        if same == i:
            firsts.setdefault(mark, []).append(i)
        found.append(same)
    return found


def _one_name(longer: list[str], words: list[str]) -> bool:
    if not longer or not words:
        return False
    if len(words) == len(longer):
        return all(word_similarity(a, b) >= _SAME_WORD for a, b in zip(longer, words, strict=True))
    short, long = sorted((words, longer), key=len)
    return len(short) == 1 and word_similarity(short[0], long[-1]) >= _SAME_WORD
