"""How alike the words of a query are to words of listed names: by letters, by sound, by name knowledge, by ear.

The answers for one query are kept in a table, so that finding candidates and scoring them ask once, and the learned
channel is asked about many words in one call, which costs little more than one word does.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from zlib import crc32

from entnorm.gazetteer.names import NameLexicon
from entnorm.match.align import INITIAL, RELATED, heard_similarity, word_similarity
from entnorm.match.epithets import translations
from entnorm.match.query import Query, Reading, respelled
from entnorm.text import translit_model
from entnorm.text.keys import key

_CHANNEL_CACHE = 1 << 17
#: So alike words are one word, and nothing else is asked.
_SAME = 0.96
#: What an undone ending costs. More than another form of the name as written: Джон Керри is John Kerry, not Kerr.
_UNDONE = 0.04
#: What undoing costs where the base is a name of the other gender: Petra, Petr.
_OTHER_GENDER = 0.15
#: Part of what the name groups say that is left to the ear: Кейт is Kate before it is Keith.
_BY_EAR = 0.02
#: Words less alike are no forms of one name that two groups share: Kim and Chon are both 金.
_UNLIKE = 0.45
#: Log likelihood by the channel of words that have nothing in common.
_RULED_OUT = -2.5
#: Undone forms of a word that the name groups are asked about.
_KNOWN_BASES = 6
#: A listed initial that a whole word of the query begins with: Lieu is not the L. of Edward L. Wright.
_LISTED_INITIAL = 0.7


def _hash(word_key: str) -> int:
    return crc32(word_key.encode("ascii"))


class Channel:
    """Similarities by the learned channel, asked for in batches: one call for many words costs what one word does."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], float] = {}

    def values(self, native: str, words: Iterable[str]) -> list[float]:
        """What the channel says of Latin words, as log likelihoods; ``nan`` without a model. Remembers it."""
        asked = list(words)
        found = {w: self._known.get((native, w)) for w in asked}
        missing = [w for w, value in found.items() if value is None]
        if missing:
            fresh = dict(zip(missing, translit_model.scores(native, missing).tolist(), strict=True))
            if len(self._known) > _CHANNEL_CACHE:
                self._known.clear()
            self._known.update(((native, w), value) for w, value in fresh.items())
            found.update(fresh)
        return [value for w in asked if (value := found[w]) is not None]

    def similarity(self, native: str, latin: str, spelled: float) -> float:
        """The channel's similarity tempered by ``spelled``, that of the keys, which stands alone without a model."""
        value = self._known.get((native, latin))
        if value is None:
            value = self.values(native, (latin,))[0]
        if math.isnan(value):
            return spelled
        heard = heard_similarity(value)
        return max(0.2 * spelled + 0.8 * heard, 0.6 * spelled + 0.4 * heard)


class WordTable:
    """Similarities (0..1) of the words of one query to words of keys.

    While ``known_only`` is set, words across scripts are compared by name knowledge alone, which is quick.
    ``group_cost`` is taken off what the name groups say: that two names are forms of one is less than the same name.
    """

    def __init__(
        self, query: Query, channel: Channel, lexicon: NameLexicon | None = None, group_cost: float = 0.1
    ) -> None:
        self.query = query
        self.known_only = False
        self.scored: set[tuple[int, Reading]] = set()
        self._channel = channel
        self._lexicon = lexicon
        self._group_cost = group_cost
        self._spelled: list[dict[str, float]] = [{} for _ in query.words]
        self._heard: list[dict[str, float]] = [{} for _ in query.words]
        self._kin: list[dict[int, float] | None] = [None] * len(query.words)
        self._natives: list[tuple[str, ...] | None] = [None] * len(query.words)

    def kin(self, i: int) -> dict[int, float]:
        """Similarity of word ``i`` to the words that the name groups relate it to, by their CRC-32."""
        found = self._kin[i]
        if found is None:
            found = {}
            natives = self.query.natives[i] or (self.query.words[i],)
            for written in natives[: 1 + _KNOWN_BASES]:
                if written is not natives[0] and self._is_of_other_gender(i, written):
                    continue
                cost = self._group_cost + (_UNDONE if written is not natives[0] else 0.0)
                for form in map(_hash, translations(key(written))):
                    found[form] = max(found.get(form, 0.0), RELATED["same"] - cost)
                if self._lexicon is not None and len(self.query.words[i]) > 2:
                    for form, relation in self._lexicon.kin(written).items():
                        found[form] = max(found.get(form, 0.0), RELATED[relation] - cost)
            self._kin[i] = found
        return found

    def natives(self, i: int) -> tuple[str, ...]:
        """Word ``i`` in its own script, and the nominative it most likely comes from: a listed name if there is one."""
        found = self._natives[i]
        if found is None:
            written = self.query.natives[i]
            bases = written[1:]
            listed = (b for b in bases if self._lexicon is not None and len(self._lexicon.groups(b)))
            likely = next(listed, bases[0] if bases else "")
            also = respelled(written[0]) if written else ()
            found = tuple(dict.fromkeys(w for w in (*written[:1], *also, likely) if w))
            self._natives[i] = found
        return found

    def best_heard(self, i: int, words: dict[str, int], limit: int) -> dict[str, int]:
        """Of ``words``, the ``limit`` that sound most like word ``i``; all of them where there is no model."""
        natives = self.natives(i)
        if len(words) <= limit or not natives:
            return words
        heard = zip(*(self._channel.values(native, words) for native in natives), strict=True)
        ranked = sorted(zip(map(max, heard), words, strict=True), reverse=True)
        return {w: words[w] for _, w in ranked[:limit]}

    def prepare(self, i: int, words: Sequence[str]) -> None:
        """Ask the channel about words before :meth:`similarity` does."""
        heard = self._heard[i]
        asked = [w for w in words if w not in heard]
        if asked:
            for native in self.natives(i):
                self._channel.values(native, asked)

    def spelled(self, i: int, word: str) -> float:
        """Similarity of word ``i`` to a word by letters, sound and name groups."""
        known = self._spelled[i]
        value = known.get(word)
        if value is None:
            value = self._as_spelled(i, word)
            if value < _SAME and len(word) > 1:
                value = max(value, self._known_as(i, word, value))
            known[word] = value
        return value

    def _as_spelled(self, i: int, word: str) -> float:
        mine = self.query.words[i]
        if len(word) == 1 < len(mine):
            middle = i < len(self.query.words) - 1
            return _LISTED_INITIAL if middle and word == mine[0] else 0.0
        value = word_similarity(mine, word)
        if i in self.query.initials and (word[0] == mine[0] or {word[0], mine[0]} == {"v", "w"}):
            value = max(value, INITIAL)
        for base in self.query.bases[i] if value < _SAME else ():
            cost = _OTHER_GENDER if self._is_of_other_gender(i, base) else _UNDONE
            value = max(value, word_similarity(base, word) - cost)
        return value

    def _is_of_other_gender(self, i: int, base: str) -> bool:
        """Whether word ``i`` is listed as a name of one gender, and a base of it as one of the other: Petra is no Petr.

        Only where no language says that names have cases; in Latin letters most have none.
        """
        if self._lexicon is None or self.query.lang or self.query.script != "Latn":
            return False
        written = self.query.natives[i][0] if self.query.natives[i] else self.query.words[i]
        return {self._lexicon.roles(written).gender, self._lexicon.roles(base).gender} == {"f", "m"}

    def _known_as(self, i: int, word: str, value: float) -> float:
        """What the name groups say of words that are ``value`` alike; one hop is a hint, to be borne out by letters."""
        related = self.kin(i).get(_hash(word), 0.0)
        hop = RELATED["related"] - self._group_cost
        return 0.0 if value < _UNLIKE and hop - _UNDONE <= related <= hop else related

    def known(self, i: int, word: str) -> float:
        """Similarity of word ``i`` to a word that is listed as the same name or a form of it, 0 for all others."""
        if word == self.query.words[i]:
            return 1.0
        return 1.0 - _UNDONE if word in self.query.bases[i] else self.kin(i).get(_hash(word), 0.0)

    def listed(self, i: int) -> bool:
        """Whether word ``i`` as written is listed as a name."""
        written = self.query.natives[i][0] if self.query.natives[i] else self.query.words[i]
        return self._lexicon is not None and bool(len(self._lexicon.groups(written)))

    def related(self, i: int, word: str) -> bool:
        """Whether the name groups know word ``i`` and another word as one name."""
        return _hash(word) in self.kin(i)

    def heard(self, i: int, word: str) -> float:
        """Similarity of word ``i``, written in another script, to a word in Latin letters."""
        known = self._heard[i]
        value = known.get(word)
        if value is None:
            value = 0.0 if self._unheard(i, word) else self.spelled(i, word)
            if 0.0 < value < _SAME and value != INITIAL and len(word) > 1:
                tempered = max((self._channel.similarity(n, word, value) for n in self.natives(i)), default=value)
                value = max(tempered, self._known_as(i, word, value) - _BY_EAR * (1.0 - tempered))
            known[word] = value
        return value

    def _unheard(self, i: int, word: str) -> bool:
        """Whether the channel and the first letter rule a word out, so that its letters need not be compared."""
        mine = self.query.words[i]
        if min(len(mine), len(word)) < 2 or word[0] == mine[0] or word in self._spelled[i]:
            return False
        values = [self._channel.values(n, (word,))[0] for n in self.natives(i)]
        return bool(values) and max(values) < _RULED_OUT and not self.related(i, word)
