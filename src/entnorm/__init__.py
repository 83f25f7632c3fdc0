"""entnorm: the people and places of news text under one canonical name each, offline.

>>> import entnorm
>>> doc = entnorm.normalize("Kiew meldet: Volodmy Zelenskyy sprach mit Wladimir Putin.", lang="de")
>>> [(m.text, m.name) for m in doc.mentions]
[('Kiew', 'Kyiv'), ('Volodmy Zelenskyy', 'Volodymyr Zelenskyy'), ('Wladimir Putin', 'Vladimir Putin')]
"""

import logging

from entnorm.config import Config
from entnorm.errors import EntnormError
from entnorm.index.store import Index
from entnorm.models import Document, Entity, Match, Mention, Name
from entnorm.pipeline import Normalizer, load

__version__ = "0.1.0"
__all__ = [
    "Config",
    "Document",
    "Entity",
    "EntnormError",
    "Index",
    "Match",
    "Mention",
    "Name",
    "Normalizer",
    "load",
    "normalize",
]

logging.getLogger("entnorm").addHandler(logging.NullHandler())


def normalize(text: str, lang: str | None = None, to: str = "en") -> Document:
    """Normalise one text with the shipped index.

    ``lang`` is the language of the text (ISO 639-1), identified when not given; ``to`` the language of the names.

    >>> normalize("Путина ждут в Киеве", to="de").mentions[0].name
    'Wladimir Putin'
    """
    return load()(text, lang=lang, to=to)
