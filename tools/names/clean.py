"""Cleaning of name forms as the sources print them."""

from __future__ import annotations

import unicodedata

from entnorm.text.scripts import script_of

SCRIPTS = frozenset({"Latn", "Cyrl", "Arab", "Hebr", "Grek", "Geor", "Armn", "Hang", "Jpan", "Hani"})
_LOOSE_MARKS = frozenset({"Cyrl", "Arab", "Hebr"})
_NOT_IN_NAMES = frozenset('|,;:()[]{}<>/\\"«»“”=+*&%#@!?_~^')


def clean_form(form: str) -> str:
    """Lower-case NFC form without stress marks, harakat and niqqud; empty where it is no name.

    Marks that are part of a letter (й, ї, ў, é) are composed and stay.

    >>> clean_form("Влади́мир"), clean_form("Юрій"), clean_form("Zoë"), clean_form("R2D2")
    ('владимир', 'юрій', 'zoë', '')
    """
    text = " ".join(unicodedata.normalize("NFC", form).lower().split())
    text = unicodedata.normalize("NFC", text)
    if script_of(text) in _LOOSE_MARKS:
        text = "".join(c for c in text if not unicodedata.combining(c))
    if any(c in _NOT_IN_NAMES or c.isdigit() or unicodedata.category(c)[0] == "C" for c in text):
        return ""
    return text.strip(" .-'’·・")


def kept_script(form: str) -> str:
    """ISO 15924 code of the form's script, empty unless entnorm keeps names of that script."""
    script = script_of(form)
    return script if script in SCRIPTS else ""
