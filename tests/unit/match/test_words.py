"""Words of queries against words of listed names, with the name knowledge that ships."""

from __future__ import annotations

import pytest

from entnorm.gazetteer.records import NameRow, Record
from entnorm.index.build import build_index
from entnorm.index.store import Index
from entnorm.match.matcher import Matcher
from entnorm.match.query import Query, readings
from entnorm.match.shipped import shipped_lexicon
from entnorm.match.words import Channel, WordTable

NAMES = [
    "Joe Biden", "Joseph Bowden", "Jo Boden", "John Kerry", "John Kerr", "Kate Brown", "Keith Brown", "Theresa May",
    "Theresa Gerova", "Asia Bibi", "Vladimir Putin", "Antony Blinken", "Don Blankenship", "Edward L. Wright", "Ted Lieu",
    "Michael McFaul", "Piotr Zieliński", "Carlos Mazón", "Robert T. Matsui", "Kim Yong Chon", "Phillip Lee", "Philip Levy",
    "Saint Thomas", "Seth Thomas", "Queen Elizabeth II", "Alexander the Great", "Jordan Rochester", "Nicola Sturgeon",
    "Kayleigh McEnany", "Hoermann", "Hermann Emil Fischer", "Brad Raffensperger", "Dmytro Kuleba", "Dmitry Kuleba",
]  # fmt: skip


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> Matcher:
    folder = build_index((Record(n, "person", n) for n in NAMES), tmp_path_factory.mktemp("words") / "x")
    return Matcher([Index.open(folder)], lexicon=shipped_lexicon())


@pytest.mark.parametrize(
    ("query", "lang", "expected"),
    [
        ("Джо Байден", "ru", "Joe Biden"), ("Джо Байдену", "ru", "Joe Biden"), ("Байден Джо", "uk", "Joe Biden"),
        ("Джон Керри", "ru", "John Kerry"), ("Кейт Браун", "ru", "Kate Brown"), ("Theresa Mayová", "cs", "Theresa May"),
        ("Theresou Mayovou", "cs", "Theresa May"), ("А. Биби", "bg", "Asia Bibi"), ("В.В. Путина", "ru", "Vladimir Putin"),
        ("W. W. Putin", "pl", "Vladimir Putin"), ("Тед Лью", "uk", "Ted Lieu"),
        ("Майкла Макфола", "ru", "Michael McFaul"),
        ("ジョー・バイデン", "ja", "Joe Biden"), ("Philip Lee", "pl", "Phillip Lee"), ("Joe Bidden", None, "Joe Biden"),
        ("świętego Tomasza", "pl", "Saint Thomas"), ("Елизабет Втора", "bg", "Queen Elizabeth II"),
        ("Aleksandra Velikega", "sl", "Alexander the Great"), ("Тони Блинкен", "ru", "Antony Blinken"),
        ("Джордана Рочестера (Jordan Rochester)", "ru", "Jordan Rochester"), ("Джоузеф Байдън", "bg", "Joe Biden"),
        ("Никола Стърджън", "bg", "Nicola Sturgeon"), ("Кейли Макенани", "bg", "Kayleigh McEnany"),
        ("Josepha Bidna", "sl", "Joe Biden"), ("F. Hoermann", None, "Hoermann"),
        ("Брад Рафенс-Пъргър", "bg", "Brad Raffensperger"), ("Дмитрий Кулеба", "ru", "Dmitry Kuleba"),
    ],
)  # fmt: skip
def test_a_name_is_found_through_what_is_known_of_its_words(
    people: Matcher, query: str, lang: str | None, expected: str
) -> None:
    assert people.lookup(query, lang=lang)[0].name == expected


@pytest.mark.parametrize(
    ("query", "other", "most"),
    [
        ("Robert Trump", "Robert T. Matsui", 0.6), ("Karl Macron", "Carlos Mazón", 0.85), ("Тед Лью", "Edward L. Wright", 0.6),
        ("Kim Jong Park", "Kim Yong Chon", 0.9), ("F. Hoermann", "Hermann Emil Fischer", 0.7), ("Джо Байден", "Joseph Bowden", 0.9),
    ],
)  # fmt: skip
def test_another_name_stays_far(people: Matcher, query: str, other: str, most: float) -> None:
    assert all(m.score < most for m in people.lookup(query, limit=20) if m.name == other)


def table(text: str, lang: str | None = None) -> WordTable:
    return WordTable(Query.of(text, lang=lang), Channel(), shipped_lexicon(), 0.02)


def test_what_is_known_needs_no_letters() -> None:
    of = table("Джо Байдену", "ru")
    assert of.known(0, "joe") > 0.9 > of.known(0, "zhao") == 0.0
    assert of.known(1, "biden") > 0.9 > of.known(1, "boden") == 0.0
    assert of.heard(1, "biden") > of.heard(1, "boden")


def test_one_hop_needs_like_letters() -> None:
    kim = table("Kim Jong Un")
    assert kim.related(0, "jin")
    assert kim.spelled(0, "chun") < 0.6 < table("Volodymyr Putin").spelled(0, "vladimir")


def test_an_initial_stands_for_a_word_and_a_listed_one_for_no_surname() -> None:
    assert table("V. Putin").spelled(0, "vladimir") > 0.8
    assert table("В.В. Путин").heard(0, "vladimir") > 0.8
    assert table("Vladimir Putin").spelled(1, "p") == 0.0
    assert 0.0 < table("Joseph Robinette Biden").spelled(1, "r") < 0.8


def test_the_channel_keeps_its_answers_while_its_cache_is_emptied(monkeypatch: pytest.MonkeyPatch) -> None:
    channel = Channel()
    first = channel.values("Путин", ["putin", "musin"])
    monkeypatch.setattr("entnorm.match.words._CHANNEL_CACHE", 1)
    assert channel.values("Путин", ["putin", "rasin", "musin"])[::2] == first
    assert len(channel.values("Путин", ["putin"])) == 1


@pytest.fixture(scope="module")
def bridged(tmp_path_factory: pytest.TempPathFactory) -> tuple[Matcher, Matcher]:
    """A gazetteer of English names alone, and with an index of many languages beside it."""
    folder = tmp_path_factory.mktemp("bridge")
    mine = [
        Record("x:de", "place", "Germany"),
        Record("x:west", "place", "West Germany"),
        Record("x:xi", "person", "Xi Jinping"),
    ]
    knows = [
        Record("g:1", "place", "Germany", prominence=0.9, names=[
            NameRow("Germany", ("en",), "canonical", ("en",)), NameRow("Niemcy", ("pl",), "canonical", ("pl",)),
            NameRow("West Germany", ("en",), "former"), NameRow("Німеччина", ("uk",), "canonical", ("uk",)),
        ]),
        Record("g:2", "person", "Xi Jinping", prominence=0.9, names=[NameRow("Si Ťin-pching", ("cs",), "generated")]),
        Record("g:3", "place", "Poland", names=[NameRow("Polska", ("pl",), "canonical", ("pl",))]),
    ]  # fmt: skip
    index = Index.open(build_index(mine, folder / "mine"))
    spellings = Index.open(build_index(knows, folder / "knows"))
    return Matcher([index]), Matcher([index], spellings=spellings)


@pytest.mark.parametrize(
    ("query", "lang", "expected"),
    [("Niemcy", "pl", "x:de"), ("Німеччини", "uk", "x:de"), ("Si Ťin-pching", "cs", "x:xi"), ("Germany", "en", "x:de")],
)
def test_names_of_another_index_stand_in(
    bridged: tuple[Matcher, Matcher], query: str, lang: str, expected: str
) -> None:
    match = bridged[1].lookup(query, lang=lang)[0]
    assert match.entity_id == expected
    assert ("another name of it" in {e.feature for e in match.evidence}) == (query != "Germany")


def test_the_other_index_is_no_answer(bridged: tuple[Matcher, Matcher]) -> None:
    assert all(m.entity_id.startswith("x:") for m in bridged[1].lookup("Polska", lang="pl"))
    assert not any(m.entity_id == "x:de" and m.score > 0.9 for m in bridged[0].lookup("Niemcy", lang="pl"))
    assert bridged[1].lookup("Germany")[0].score == 1.0


@pytest.mark.parametrize(
    ("query", "base"),
    [("Theresy Mayové", "Theresa Mayová"), ("Theresa Mayová", "Theresa Mayová"), ("Theresy Mayovej", None)],
)
def test_a_womans_surname_is_shown_with_its_ending(query: str, base: str | None) -> None:
    found = [r for r in readings(Query.of(query, lang="cs")) if r.key == "theresa may"]
    assert [r.base for r in found][:1] == ([base] if base else [])
