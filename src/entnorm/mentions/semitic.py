"""Arabic, Persian and Hebrew text: people on no list, by given names, titles before them and verbs of saying."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from entnorm.gazetteer.names import NameLexicon
from entnorm.mentions.korean import Guess
from entnorm.mentions.lexicon import classes
from entnorm.mentions.tokens import Token
from entnorm.mentions.words import common_words, is_word, rows
from entnorm.text.fold import fold

_GAPS = frozenset({" ", "-", "\u200c", "\u00a0", "־", "–"})
_LONGEST = 6
#: How many words back a title may stand: minister (of) defence (the) British NAME.
_TITLE_REACH = 4
_STOPS = frozenset({"title", "role", "say", "org", "facility", "not_name", "place_prep", "place_prep_weak"})
_ACCEPT, _ACCEPT_ALONE = 1.5, 1.6
_TITLED, _NEAR_TITLE, _SAID, _PLACED, _ORGANISED = 1.2, 0.9, 0.7, -1.0, -0.8
_PROCLITICS = {"ar": ("و", "ف", "ب", "ل", "ك"), "he": ("ו", "ב", "ל", "מ", "ש", "כ", "ה"), "fa": ()}
_BEFORE_WORDS = {
    "ar": ("ال", "وال", "بال", "لل", "فال", "و", "ف", "س", "ب", "ل", "ك"),
    "he": tuple("והבלמשכ"),
    "fa": (),
}
_AFTER_WORDS = {
    "ar": ("ها", "هم", "ه", "نا", "ات", "ين", "ون", "ة"),
    "he": ("ים", "ות", "ו", "ה"),
    "fa": ("ها", "های", "ی", "ان", "تر", "ترین", "اند", "ند", "ش", "م"),
}
_PARTICLES = frozenset(
    [
        "بن",
        "ابن",
        "بنت",
        "أبو",
        "ابو",
        "أبي",
        "أبا",
        "آل",
        "عبد",
        "عبدال",
        "بو",
        "ولد",
        "אבו",
        "בן",
        "בת",
        "אבן",
        "אל",
        "דה",
        "ואן",
        "פון",
        "פן",
    ]
)
#: Endings that make a Persian word a family name.
_FAMILY_ENDINGS = ("زاده", "نژاد", "پور", "نیا", "فر", "وند", "منش", "دوست", "خواه", "لو", "یان", "چی", "گر", "بخش")


@dataclass(frozen=True, slots=True)
class Look:
    """What a word looks like: points for a name, whether it is known as a given name, as any name, as a word, and
    as a usual given name."""

    points: float
    given: bool
    known: bool
    word: bool
    usual: bool


@lru_cache(maxsize=4)
def usual_names(lang: str) -> dict[str, str]:
    """Folded names that are usual in a language, with their role: ``given`` or ``family``.

    >>> usual_names("fa")["محسن"], usual_names("he")["כהן"]
    ('given', 'family')
    """
    table: dict[str, str] = {}
    for tongue, role, names in rows("uncased_names.tsv"):
        if tongue == lang:
            for name in names.split("|"):
                table.setdefault(fold(name), role)
    return table


def language(tokens: Sequence[Token], lang: str | None) -> str:
    """Which of ``ar``, ``fa`` and ``he`` to read a text as: the language if it is one, else by its letters."""
    if lang in ("ar", "he", "fa"):
        return lang
    text = " ".join(t.text for t in tokens[:200])
    if any("\u05d0" <= c <= "\u05ea" for c in text):
        return "he"
    return "fa" if any(c in "پچژگکی" for c in text) else "ar"


@dataclass(frozen=True, slots=True)
class Taken:
    """Words that are names already: of ``listed`` people, of known ``places``; a title before ``past`` is another's."""

    listed: set[int]
    places: set[int]
    past: int


class SemiticReader:
    """Finds people on no list among the words of an Arabic, Persian or Hebrew text."""

    def __init__(self, lexicon: NameLexicon) -> None:
        self._lexicon = lexicon
        self.look = lru_cache(maxsize=1 << 15)(self._look)

    def _look(self, word: str, lang: str) -> Look:
        role = self._lexicon.roles(word)
        known = self._lexicon.lists(word)
        given = known and role.role in ("given", "both")
        usual = usual_names(lang).get(fold(word), "")
        common = fold(word) in common_words(lang) if usual else is_word(word, lang)
        if usual == "given":
            return Look(1.5 if not common else 1.2, True, True, common, True)
        points = 0.0
        if usual == "family":
            points, known = 0.9, True
        elif given:
            points = 1.0 + 0.2 * min(role.log_frequency, 3.0)
        elif known:
            points = 0.6
        elif lang == "fa" and word.endswith(_FAMILY_ENDINGS) and not common:
            points, known = 0.6, True
        elif not common and not _is_wordlike(word, lang):
            points = 0.2
        else:
            points = -1.0
        return Look(points - (0.6 if common and known else 0.0), given, known, common, False)

    def read(self, tokens: Sequence[Token], listed: set[int], places: set[int], lang: str | None) -> list[Guess]:
        """People on no list. ``listed`` are the words of people found already, ``places`` those of known places."""
        tongue = language(tokens, lang)
        found: list[Guess] = []
        i = past = 0
        while i < len(tokens):
            guess = None if i in listed else self._run(tokens, i, Taken(listed, places, past), tongue)
            if guess is not None:
                found.append(guess)
            past = guess.last if guess is not None else i + 1 if i in listed else past
            i = guess.last if guess is not None else i + 1
        return found + list(self._again(tokens, found, listed, places, tongue))

    def _run(self, tokens: Sequence[Token], i: int, taken: Taken, lang: str) -> Guess | None:
        best: Guess | None = None
        for cut in self._cuts(tokens[i].text, lang):
            word = tokens[i].text[cut:]
            if word.isascii() or _stops(word, lang):
                continue
            look = self.look(word, lang)
            titled = _title_before(tokens, i, lang, taken.past)
            if i in taken.places and not cut and not (look.usual or (look.given and titled == 1)):
                continue
            if look.points < 0.0 and word not in _PARTICLES:
                continue
            last, more, solid = self._extend(tokens, i, look, taken, lang)
            start = tokens[i].start + cut
            points = (
                look.points + more + _before(tokens, i, titled, lang) + _after(tokens, last, lang) - 0.3 * (cut > 0)
            )
            alone = last - i == 1
            if (alone and not (look.known or not word.startswith("ال"))) or (cut and not look.given):
                continue
            context = points - look.points - more
            heard = context >= _SAID and (lang == "ar" or titled > 0)
            if (not look.known and not heard) or (look.word and context <= 0.0 and not solid):
                continue
            sure = (
                (titled == 1 and _titled(tokens, i, lang, common=look.word))
                or (look.usual and not alone)
                or (look.usual and not look.word and context > 0.0)
            )
            if points >= (_ACCEPT_ALONE if alone and not look.usual else _ACCEPT) and (not alone or sure):
                guess = Guess(i, last, start, tokens[last - 1].end, "person", min(0.95, 0.5 + 0.15 * points))
                if best is None or guess.belief > best.belief:
                    best = guess
        return best

    def _cuts(self, word: str, lang: str) -> Iterator[int]:
        """Lengths of the letters before a name that may not belong to it; 0 first."""
        yield 0
        look = self.look(word, lang)
        if len(word) > 3 and word[0] in _PROCLITICS[lang] and not (look.known or look.word):
            yield 1
            if len(word) > 4 and word[1] in _PROCLITICS[lang]:
                yield 2

    def _extend(self, tokens: Sequence[Token], i: int, first: Look, taken: Taken, lang: str) -> tuple[int, float, bool]:
        """The end of the run of name words that starts at ``i``, the points that the words after the first add, and
        whether one of them is known as a name and is no other word."""
        last, points, solid = i + 1, 0.0, False
        j = i + 1
        particle = False
        while j < min(len(tokens), i + _LONGEST) and tokens[j].gap in _GAPS:
            word = tokens[j].text
            if word in _PARTICLES:
                particle, j = True, j + 1
                continue
            more = self._more(word, first, particle, j - i, lang)
            if (
                (j in taken.listed or j in taken.places)
                and not particle
                and not (first.usual and self.look(word, lang).known)
            ):
                more = 0.0
            if not more:
                break
            points += more + (0.4 if particle else 0.0)
            look = self.look(word, lang)
            solid = solid or particle or (look.known and not look.word) or (look.usual and first.usual)
            particle = False
            last = j = j + 1
        return last, min(points, 1.5), solid

    def _more(self, word: str, first: Look, particle: bool, nth: int, lang: str) -> float:
        """Points that a word adds to the name before it; 0 when it is no part of it."""
        article = lang == "ar" and word.startswith("ال")
        if particle and article:
            return 0.5
        if len(word) < 2 or word.isascii() or _stops(word, lang):
            return 0.0
        look = self.look(word, lang)
        if look.known:
            return (0.8 if look.usual or not look.word else 0.6) if first.given else 0.5
        if look.points > 0.0:
            return 0.4
        if first.given and article and len(word) > 4 and (word.endswith("ي") or not look.word):
            return 0.4
        if first.usual and lang == "fa" and nth == 1 and word.endswith("ی"):
            return 0.5
        return 0.0

    def _again(
        self, tokens: Sequence[Token], found: list[Guess], listed: set[int], places: set[int], lang: str
    ) -> Iterator[Guess]:
        """Later words that are the last word of a name found in full."""
        names = {tokens[g.last - 1].text: g for g in found if g.last - g.first > 1 and g.belief >= 0.75}
        taken = {i for g in found for i in range(g.first, g.last)} | listed | places
        for i, token in enumerate(tokens):
            for cut in self._cuts(token.text, lang) if i not in taken and names else ():
                word = token.text[cut:]
                if word not in names or i <= names[word].first or _stops(word, lang):
                    continue
                if not self.look(word, lang).word or _titled(tokens, i, lang) or _said(tokens, i, lang):
                    yield Guess(i, i + 1, token.start + cut, token.end, "person", 0.75)
                    break


def _is_wordlike(word: str, lang: str) -> bool:
    """Whether a word is one of the language once letters written onto it are taken off."""
    for prefix in _BEFORE_WORDS[lang]:
        rest = word.removeprefix(prefix)
        if rest != word and len(rest) > 3 - (len(prefix) > 1) and (is_word(rest, lang) or _stops(rest, lang)):
            return True
    for ending in _AFTER_WORDS[lang]:
        rest = word.removesuffix(ending)
        if rest != word and len(rest) > 2 and is_word(rest, lang):
            return True
    return lang == "ar" and len(word) > 3 and word[0] in "يتنس" and word[1] in "يتنس"


def _stops(word: str, lang: str) -> bool:
    if lang in ("ar", "fa") and usual_names(lang).get(fold(word)) == "given":
        return False
    return not _STOPS.isdisjoint(classes(word, lang)) or word.isdigit()


def _title_before(tokens: Sequence[Token], i: int, lang: str, past: int = 0) -> int:
    """How many words before word ``i``, from word ``past`` on, a title stands that may go with it, 0 for none."""
    commas = 0
    for back in range(1, min(_TITLE_REACH, i - past) + 1):
        gap = tokens[i - back + 1].gap
        commas += gap.strip() in ("،", ",")
        if (gap not in _GAPS and gap.strip() not in ("،", ",", '"', ".")) or commas > 1:
            return 0
        kinds = classes(tokens[i - back].text, lang)
        if kinds & {"title", "role"}:
            return back
        if kinds & {"say", "place_prep"} or (back > 1 and gap.strip() == "."):
            return 0
    return 0


def _titled(tokens: Sequence[Token], i: int, lang: str, *, common: bool = False) -> bool:
    """Whether a title stands right before a word; where the word is a common one, an office or form of address."""
    return _title_before(tokens, i, lang) == 1 and not (common and fold(tokens[i - 1].text) in common_words(lang))


def _said(tokens: Sequence[Token], i: int, lang: str) -> bool:
    near = [tokens[i - 1].text] if i and tokens[i].gap == " " else []
    near += [tokens[i + 1].text] if i + 1 < len(tokens) and tokens[i + 1].gap == " " else []
    return any("say" in classes(w, lang) or (lang == "ar" and "say" in classes(w[1:], lang)) for w in near)


def _before(tokens: Sequence[Token], i: int, distance: int, lang: str) -> float:
    points = _TITLED if distance == 1 else _NEAR_TITLE if distance else 0.0
    before = tokens[i - 1].text if i and tokens[i].gap == " " else ""
    kinds = classes(before, lang) if before else frozenset()
    if "say" in kinds or (lang == "ar" and before[:1] in "وف" and "say" in classes(before[1:], lang)):
        points += _SAID
    if "place_prep" in kinds and lang != "fa":
        points += _PLACED
    if kinds & {"org", "facility"} and not distance:
        points += _ORGANISED
    return points


def _after(tokens: Sequence[Token], last: int, lang: str) -> float:
    if last >= len(tokens):
        return 0.0
    gap, kinds = tokens[last].gap.strip(), classes(tokens[last].text, lang)
    if "say" in kinds and not gap:
        return 0.6
    if gap in ("،", ",") and kinds & {"title", "role"}:
        return 0.6
    return 0.2 if gap in ("،", ",", "(") else 0.0
