"""Inflection of names: case forms of a nominative, and nominatives of a case form.

Both directions come from one rule table per language (``tables/inflect``): :func:`forms` declines a word by
the first class that fits it, :func:`undo` reads the same rows backwards and proposes nominatives, likeliest
first. A proposal is only a spelling that the rules allow; whoever asks checks it against the names they know.
:func:`full_forms`, :func:`phrase_forms` and :func:`undo_phrase` do the same for names of several words, in
agreement; :func:`nominative` weighs the latter with what else is known. Source: the declension classes of standard
school grammars, named at the head of each table.
"""

from __future__ import annotations

from entnorm.text._inflect_base import governed_cases, nominative, options
from entnorm.text._inflect_phrase import UndoPhrase, full_forms, phrase_forms, undo_phrase
from entnorm.text._inflect_word import Form, Undo, agreement, agrees, forms, languages, paradigm, undo

__all__ = [
    "Form",
    "Undo",
    "UndoPhrase",
    "agreement",
    "agrees",
    "forms",
    "full_forms",
    "governed_cases",
    "languages",
    "nominative",
    "options",
    "paradigm",
    "phrase_forms",
    "undo",
    "undo_phrase",
]
