"""A small index in which names compete."""

from collections.abc import Iterator

import pytest

from entnorm.gazetteer.records import NameRow, Record
from entnorm.index.build import build_index
from entnorm.index.store import Index
from entnorm.match.matcher import Matcher


def person(ident: str, name: str, prominence: float, *aliases: str) -> Record:
    given, _, family = name.rpartition(" ")
    names = [NameRow(a) for a in aliases]
    return Record(ident, "person", name, names=names, prominence=prominence, given=given, family=family)


def made() -> Iterator[Record]:
    yield Record("p:kursk", "place", "Kursk", type="city", country="RU", prominence=0.68,
                 names=[NameRow("Курск", ("ru",), "native", ("ru",))])  # fmt: skip
    yield Record("p:kursk-oblast", "place", "Kursk Oblast", type="admin1", country="RU", prominence=0.7,
                 names=[NameRow("Курская область", ("ru",), "native", ("ru",)), NameRow("Kursk", (), "short")])  # fmt: skip
    yield Record("p:paris", "place", "Paris", type="city", country="FR", lat=48.85, lon=2.35, prominence=0.92)
    yield Record("p:paris-tx", "place", "Paris", type="city", country="US", prominence=0.5)
    yield Record("p:kyiv", "place", "Kyiv", type="city", country="UA", prominence=0.9, names=[
        NameRow("Kiew", ("de",), "exonym", ("de",)), NameRow("Київ", ("uk",), "native", ("uk",)), NameRow("Kiev", (), "former"),
    ])  # fmt: skip
    yield person("h:zelenskyy", "Volodymyr Zelenskyy", 0.95, "Володимир Зеленський", "Wolodymyr Selenskyj")
    yield person("h:putin", "Vladimir Putin", 0.95, "Владимир Путин", "Wladimir Putin")
    yield person("h:merkel", "Angela Merkel", 0.9)
    yield person("h:macron", "Emmanuel Macron", 0.95)
    yield person("h:brigitte", "Brigitte Macron", 0.65)
    yield person("h:vance", "JD Vance", 0.9)


@pytest.fixture(scope="session")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    return Index.open(build_index(made(), tmp_path_factory.mktemp("match") / "x"))


@pytest.fixture(scope="session")
def matcher(index: Index) -> Matcher:
    return Matcher([index])
