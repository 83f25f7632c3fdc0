"""The normalizer: settings, errors, languages and several indexes."""

from __future__ import annotations

import pickle
import threading
from pathlib import Path

import pytest

import entnorm
from entnorm.config import Config
from entnorm.errors import ConfigError, IndexNotFound, InputError
from entnorm.gazetteer.catalog import read_source
from entnorm.gazetteer.records import NameRow, Record
from entnorm.index.build import build_index
from entnorm.index.store import Index
from entnorm.pipeline import Normalizer, load

DATA = Path(__file__).parents[2] / "data" / "cli"
TEXT = "Präsident Wolodymyr Selenskyj reist nach München. Selenskyj will dort Olaf Scholz treffen."


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    records = [r for name in ("entities.csv", "places.jsonl") for r in read_source(DATA / name)]
    return build_index(records, tmp_path_factory.mktemp("pipeline") / "small")


@pytest.fixture(scope="module")
def norm(folder: Path) -> Normalizer:
    return load(folder)


def test_mentions_of_one_entity_share_a_cluster(norm: Normalizer) -> None:
    document = norm(TEXT, lang="de")
    assert [(m.text, m.entity_id) for m in document.mentions] == [
        ("Wolodymyr Selenskyj", "t:selenskyj"), ("München", "t:munich"), ("Selenskyj", "t:selenskyj"), ("Olaf Scholz", "t:scholz"),
    ]  # fmt: skip
    clusters = [m.cluster for m in document.mentions]
    assert clusters[0] == clusters[2]
    assert len(set(clusters)) == 3


def test_a_document_carries_what_it_was_made_with(norm: Normalizer) -> None:
    document = norm(TEXT, lang="de-AT", to="pl", id="a7")
    assert (document.text, document.id, document.lang, document.to) == (TEXT, "a7", "de", "pl")
    assert document.provenance["index"] == norm.indexes[0].id
    assert "key_version" in document.provenance


def test_the_language_is_identified_when_not_given(norm: Normalizer) -> None:
    assert norm(TEXT).lang == "de"
    assert norm("").lang is None
    assert norm("12:30 !").mentions == ()


@pytest.mark.parametrize(
    ("to", "name"), [("en", "Kyiv"), ("de", "Kiew"), ("pl", "Kijów"), ("source", "Київ"), ("xx", "Kyiv")]
)
def test_names_in_the_language_asked_for(norm: Normalizer, to: str, name: str) -> None:
    assert norm("Вибухи в Києві.", lang="uk", to=to).mentions[0].name == name


def test_replace_in_other_languages(norm: Normalizer) -> None:
    document = norm("Der Zug von München nach Kiew.", lang="de")
    assert document.replace() == "Der Zug von Munich nach Kyiv."
    assert document.replace("pl") == "Der Zug von Munich nach Kijów."


@pytest.mark.parametrize("text", [None, b"Kiew", 7, ["Kiew"]])
def test_what_is_no_string_is_refused(norm: Normalizer, text: object) -> None:
    with pytest.raises(InputError, match="must be a string"):
        norm(text)


def test_a_text_beyond_the_limit_is_refused(folder: Path) -> None:
    short = load(folder, max_chars=1000)
    assert short("x" * 1000).mentions == ()
    with pytest.raises(InputError, match="1,001 characters"):
        short("x" * 1001)


@pytest.mark.parametrize(
    "call", [lambda n: n("Kiew", lang="deutsch!"), lambda n: n("Kiew", to="1"), lambda n: n.lookup("Kiew", lang="?")]
)
def test_a_malformed_language_is_refused(norm: Normalizer, call) -> None:
    with pytest.raises(ConfigError, match="is not a language code"):
        call(norm)


def test_settings(folder: Path) -> None:
    assert len(load(folder, limit=1).lookup("Paris")) == 1
    assert load(folder, config=Config(limit=2)).config.limit == 2
    assert load(folder, to="de")("Nach Kyiv.", lang="de").mentions[0].name == "Kiew"
    with pytest.raises(ValueError, match="limits"):
        load(folder, limits=1)


def test_no_index(tmp_path: Path) -> None:
    with pytest.raises(IndexNotFound):
        load(tmp_path / "nothing")
    with pytest.raises(ConfigError, match="needs an index"):
        Normalizer([])


def test_several_indexes_keep_their_ids(folder: Path, tmp_path: Path) -> None:
    mine = [
        Record("mine:1", "person", "Rosalind Quillfeather", prominence=0.6),
        Record("mine:2", "place", "Kyiv", prominence=0.2),
    ]
    both = load(folder, build_index(mine, tmp_path / "mine"))
    found = {m.text: m.entity_id for m in both("Rosalind Quillfeather came to Warsaw.", lang="en").mentions}
    assert found == {"Rosalind Quillfeather": "mine:1", "Warsaw": "t:warsaw"}
    assert {"t:kyiv", "mine:2"} <= {m.entity_id for m in both.lookup("Kyiv")}
    assert both.name("mine:1", "de") == "Rosalind Quillfeather"
    assert both.name("t:kyiv", "de") == "Kiew"
    assert both.name("x:nobody", "de") is None


def test_pipe_keeps_the_order(norm: Normalizer) -> None:
    texts = ["Nach Kiew.", "", "Nach Lemberg."]
    assert [d.text for d in norm.pipe(iter(texts), lang="de")] == texts
    assert [len(d.mentions) for d in norm.pipe(texts, lang="de")] == [1, 0, 1]


def test_an_index_survives_the_way_to_another_process(norm: Normalizer) -> None:
    twin = Normalizer(pickle.loads(pickle.dumps(norm.indexes[0])))
    assert twin(TEXT, lang="de").to_json() == norm(TEXT, lang="de").to_json()


def test_threads_get_the_same_answers(norm: Normalizer) -> None:
    expected, found = norm(TEXT, lang="de").to_json(), []

    def work() -> None:
        found.append(norm(TEXT, lang="de").to_json())

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [expected] * 6


def test_the_document_prefers_its_own_country(tmp_path: Path) -> None:
    def city(ident: str, name: str, country: str, prominence: float) -> Record:
        return Record(ident, "place", name, type="city", country=country, prominence=prominence)

    records = [
        city("us:moscow", "Moscow", "US", 0.78), city("ru:moscow", "Moscow", "RU", 0.8), city("us:boise", "Boise", "US", 0.9),
        city("us:pullman", "Pullman", "US", 0.85), city("ru:omsk", "Omsk", "RU", 0.9), city("ru:tomsk", "Tomsk", "RU", 0.9),
    ]  # fmt: skip
    norm = Normalizer(Index.open(build_index(records, tmp_path / "x")))

    def moscow(text: str) -> str:
        return next(m.best.entity_id for m in norm(text, lang="en").mentions if m.text == "Moscow")

    assert moscow("He drove from Boise to Moscow and then to Pullman.") == "us:moscow"
    assert moscow("He drove from Omsk to Moscow and then to Tomsk.") == "ru:moscow"


def test_a_division_named_in_full_explains_its_short_name(tmp_path: Path) -> None:
    records = [
        Record("c:kursk", "place", "Kursk", type="city", country="RU", prominence=0.68),
        Record(
            "r:kursk",
            "place",
            "Kursk Oblast",
            type="admin1",
            country="RU",
            prominence=0.7,
            names=[NameRow("Kursk", (), "short")],
        ),
    ]
    norm = Normalizer(Index.open(build_index(records, tmp_path / "x")))
    assert [m.best.entity_id for m in norm("Fighting in Kursk goes on.", lang="en").mentions] == ["c:kursk"]
    both = norm("Fighting in the Kursk Region goes on. Drones fell on Kursk.", lang="en").mentions
    assert [(m.text, m.best.entity_id) for m in both] == [("Kursk Region", "r:kursk"), ("Kursk", "r:kursk")]


def test_the_convenience_is_the_shipped_normalizer() -> None:
    document = entnorm.normalize("Путина ждут в Киеве", to="de")
    assert [(m.text, m.name) for m in document.mentions] == [("Путина", "Wladimir Putin"), ("Киеве", "Kiew")]
    assert load() is load()
    assert load(limit=2) is not load()
