"""Reader of a people gazetteer: one row a person; press spellings are generated from the native name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from entnorm.errors import GazetteerError, InputError
from entnorm.gazetteer.places import tsv_rows
from entnorm.gazetteer.records import NameRow, Record, checked
from entnorm.text.scripts import fits_language, script_of
from entnorm.text.transcribe import respell, transcribe

PEOPLE_COLUMNS = (
    "id", "name", "given", "family", "native_lang", "native_given", "native_middle", "native_family", "gender",
    "country", "role", "born", "since", "until", "enwiki", "wikidata", "rank", "aliases", "spellings",
)  # fmt: skip

#: Languages press spellings are generated in.
PRESS_LANGUAGES = (
    "en", "de", "fr", "es", "it", "nl", "pl", "cs", "sk", "hu", "ro", "pt", "sv", "da", "no", "fi", "tr", "hr", "sl",
    "lt", "lv", "et", "uk", "ru", "be", "bg", "mk", "sr",
)  # fmt: skip
#: Rank from which spellings are generated: marginal people are rarely named abroad, and every spelling costs room.
GENERATE_FROM_RANK = 2
#: Languages that print the family name first, and those that write the parts together.
FAMILY_FIRST = frozenset({"zh", "ja", "ko", "hu", "vi"})
_VOWELLESS = frozenset({"ar", "fa", "he", "ur"})
_JOINED = frozenset({"zh", "ja", "ko"})


@dataclass(frozen=True, slots=True)
class Person:
    """One row of a people gazetteer, by column."""

    id: str
    name: str
    given: str
    family: str
    native_lang: str
    native_given: str
    native_middle: str
    native_family: str
    gender: str
    country: str
    role: str
    born: str
    since: str
    until: str
    enwiki: str
    wikidata: str
    rank: str
    aliases: str
    spellings: str

    @property
    def native(self) -> str:
        """The name as its own language prints it, without the patronymic.

        >>> Person(*["x:1", "Xi Jinping", "Jinping", "Xi", "zh", "近平", "", "习", *[""] * 11]).native
        '习近平'
        """
        return join_name(self.native_given, self.native_family, self.native_lang)


def join_name(given: str, family: str, lang: str) -> str:
    """Given and family name in the order, and with the spacing, of a language."""
    parts = [p for p in ((family, given) if lang in FAMILY_FIRST else (given, family)) if p]
    return ("" if lang in _JOINED else " ").join(parts)


def read_people(path: Path) -> Iterator[Record]:
    """Records of one people file."""
    for number, cells in tsv_rows(path, PEOPLE_COLUMNS):
        yield checked(person_record(Person(*cells), f"{path}:{number}"), f"{path}:{number}")


def person_record(person: Person, where: str = "") -> Record:
    """The record of a person, with listed and generated spellings."""
    try:
        rank = int(person.rank or 1)
    except ValueError:
        raise GazetteerError(f"{where}: rank is {person.rank!r}", "use 1 (marginal) to 5 (daily world news)") from None
    same_as = []
    if person.wikidata:
        same_as.append(f"wikidata:{person.wikidata}")
    if person.enwiki:
        same_as.append(f"enwiki:{person.enwiki.replace(' ', '_')}")
    return Record(
        id=person.id,
        kind="person",
        name=person.name,
        type="human",
        names=[*_listed(person), *_generated(person)],
        same_as=tuple(same_as),
        country=person.country,
        prominence=0.45 + 0.1 * rank,
        description=person.role,
        gender=person.gender,
        given=person.given,
        family=person.family,
    )


def _tagged(cell: str, separator: str) -> Iterator[tuple[str, str]]:
    """``(lang, text)`` of a ``|``-separated cell; the language is empty where an item has none."""
    for item in filter(None, cell.split("|")):
        head, found, tail = item.partition(separator)
        if found and head.replace("-", "").isalpha() and head.islower() and len(head) <= 7:
            yield head, tail
        else:
            yield "", item


def spellings(person: Person) -> dict[str, str]:
    """Press spellings that the row lists, by language."""
    return {lang: text for lang, text in _tagged(person.spellings, "=") if lang}


def _listed(person: Person) -> list[NameRow]:
    rows = [NameRow(person.name, ("en",), "canonical", ("en",))]
    lang, native = person.native_lang, person.native
    if native:
        rows.append(NameRow(native, (lang,), "native", (lang,)))
        if person.native_middle:
            rows.append(
                NameRow(f"{person.native_given} {person.native_middle} {person.native_family}", (lang,), "alias")
            )
    for lang, text in spellings(person).items():
        rows.append(NameRow(text, (lang,), "exonym", (lang,)))
    for lang, text in _tagged(person.aliases, ":"):
        rows.append(NameRow(text, (lang.removesuffix("-kana"),) if lang else (), "alias"))
    return rows


def _generated(person: Person) -> Iterator[NameRow]:
    """Spellings made by each press language's transcription of the native name."""
    if (
        not person.native_family
        or script_of(person.native_family) == "Latn"
        or int(person.rank or 1) < GENERATE_FROM_RANK
    ):
        return
    listed = spellings(person)
    for lang in PRESS_LANGUAGES:
        if lang in ("en", person.native_lang) or lang in listed:
            continue
        text = press_spelling(person, lang)
        if text and fits_language(text, lang):
            yield NameRow(text, (lang,), "generated", (lang,))


def press_spelling(person: Person, lang: str) -> str | None:
    """The person's name as the press of ``lang`` transcribes it from the native form, ``None`` without a rule.

    Arabic, Persian and Hebrew leave vowels out, so there the English press spelling is respelled instead.
    """
    if person.native_lang in _VOWELLESS:
        try:
            return respell(person.name, person.native_lang, lang)
        except InputError:
            return None
    parts = []
    for text, part in ((person.native_given, "given"), (person.native_family, "family")):
        if text:
            try:
                made = transcribe(text, person.native_lang, lang, part=part, gender=person.gender or None)
            except InputError:
                return None
            parts.append(made)
    if person.native_lang in FAMILY_FIRST:
        parts.reverse()
    return " ".join(parts)
