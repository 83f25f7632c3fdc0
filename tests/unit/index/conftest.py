"""A handful of records and the index compiled from them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from entnorm.gazetteer.records import NameRow, Record
from entnorm.index.build import build_index
from entnorm.index.store import Index


def made() -> Iterator[Record]:
    yield Record("t:ua", "place", "Ukraine", type="country", country="UA", prominence=0.95)
    yield Record(
        "t:kyiv", "place", "Kyiv", type="city", country="UA", parent="t:kyiv-oblast", lat=50.4547, lon=30.5238,
        prominence=0.9, same_as=("wikidata:Q1899", "enwiki:Kyiv"), description="capital",
        names=[
            NameRow("Kyiv", ("en",), "canonical", ("en",)), NameRow("Kiew", ("de",), "exonym", ("de",)),
            NameRow("Київ", ("uk",), "native", ("uk",)), NameRow("Kijów", ("pl",), "exonym", ("pl",)),
            NameRow("Kiev", ("en",), "former"), NameRow("Kiev", ("fr",), "exonym", ("fr", "es")),
        ],
    )  # fmt: skip
    yield Record("t:kyiv-oblast", "place", "Kyiv Oblast", type="admin1", country="UA", prominence=0.7)
    yield Record(
        "t:zelenskyy", "person", "Volodymyr Zelenskyy", country="UA", prominence=0.95, gender="m",
        given="Volodymyr", family="Zelenskyy", same_as=("enwiki:Zelensky",),
        names=[NameRow("Володимир Зеленський", ("uk",), "native", ("uk",)), NameRow("Selenskyj", ("de",))],
    )  # fmt: skip
    yield Record("t:olena", "person", "Olena Zelenska", prominence=0.8, given="Olena", family="Zelenska")
    yield Record("t:oleksandr", "person", "Oleksandr Zelenskyy", prominence=0.3, family="Zelenskyy")


@pytest.fixture
def records() -> list[Record]:
    """Fresh records: a compiler may not change them, and a test that does harms nobody."""
    return list(made())


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The compiled index; do not change it."""
    return build_index(made(), tmp_path_factory.mktemp("index") / "small")


@pytest.fixture(scope="session")
def index(folder: Path) -> Index:
    return Index.open(folder)
