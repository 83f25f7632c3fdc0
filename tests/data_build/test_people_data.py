"""The committed people gazetteer, and the tools that build its parts from packages."""

from __future__ import annotations

import sys
import tomllib
from functools import cache
from pathlib import Path

import pytest

from entnorm.gazetteer.lint import errors, lint
from entnorm.gazetteer.people import PEOPLE_COLUMNS

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))

import build_people  # noqa: E402
import fetch  # noqa: E402
from people import arabic, leaders, legislators, rows  # noqa: E402
from people.match import Known, drop_clashes, same_name  # noqa: E402

PEOPLE = ROOT / "data" / "gazetteers" / "people"
PINS = fetch.read_sources(build_people.PINS)
TEXTS = [
    line.split("\t")
    for line in (Path(__file__).parent / "data" / "leaders.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
][1:]


@cache
def read_all() -> list[rows.Row]:
    return [row for path in sorted(PEOPLE.rglob("*.tsv")) for row in rows.read(path)]


def source(name: str) -> Path:
    path = fetch.DEFAULT_FOLDER / PINS[name]["file"]
    if not path.is_file():
        pytest.skip(f"{path.name} is not fetched: python tools/build_people.py")
    return path


def test_the_committed_gazetteer_lints_without_errors() -> None:
    assert [str(f) for f in errors(lint(PEOPLE))] == []


def test_counts_are_those_of_the_manifest() -> None:
    counts = tomllib.loads((PEOPLE / "gazetteer.toml").read_text(encoding="utf-8"))["counts"]
    found = {
        folder.name: sum(len(rows.read(path)) for path in folder.glob("*.tsv"))
        for folder in PEOPLE.iterdir()
        if folder.is_dir()
    }
    assert found == counts
    assert counts["core"] >= 5000


def test_every_part_states_licence_and_source() -> None:
    for part in build_people.PARTS:
        facts = tomllib.loads((PEOPLE / part.folder / "gazetteer.toml").read_text(encoding="utf-8"))
        assert facts["licence"] == part.licence
        assert facts["sources"][0]["sha256"] == PINS[part.source]["sha256"]


def test_columns_are_those_of_the_reader() -> None:
    assert rows.COLUMNS == PEOPLE_COLUMNS


@pytest.mark.parametrize(
    ("name", "country", "native"),
    [
        ("Volodymyr Zelenskyy", "UA", "Володимир Зеленський"),
        ("Xi Jinping", "CN", "近平 习"),
        ("Mohammed bin Salman", "SA", "محمد بن سلمان"),
        ("Salman bin Abdulaziz", "SA", "سلمان بن عبد العزيز"),
        ("Donald Trump Jr.", "US", "Donald Trump Jr."),
        ("Benjamin Netanyahu", "IL", "בנימין נתניהו"),
    ],
)
def test_people_of_the_core(name: str, country: str, native: str) -> None:
    found = [r for r in read_all() if r["name"] == name and r["country"] == country]
    assert [f"{r['native_given']} {r['native_family']}".strip() for r in found] == [native]


@pytest.mark.parametrize(("text", "title", "name", "family", "since"), TEXTS)
def test_names_in_factbook_texts(text: str, title: str, name: str, family: str, since: str) -> None:
    found = list(leaders.people_in(leaders.plain(text)))
    assert (title, name, family, since) in found if name else found == []


def test_every_leader_is_listed() -> None:
    known = Known(read_all())
    named = [x for x in leaders.read(source(leaders.SOURCE)) if leaders.spellings().get(x.name) != ""]
    listed = {x.name for x in named if leaders.listed_as(x, known)}
    assert len(listed) >= 334
    assert {x.name for x in named} - listed == set()


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Muhammad bin Rashid Al Maktum", "Mohammed bin Rashid Al Maktoum", True),
        ("Yoweri Kaguta Museveni", "Yoweri Museveni", True),
        ("Obiang Nguema Mbasogo", "Teodoro Obiang Nguema Mbasogo", True),
        ("Andrej Babis", "Andrej Plenkovic", False),
        ("Charles III", "Charles Michel", False),
        ("Kim Jong Un", "Kim Jong Nam", False),
    ],
)
def test_same_name(one: str, other: str, expected: bool) -> None:
    assert same_name(one, other) is expected


def test_a_legislator_row() -> None:
    person = {
        "id": {"wikipedia": "Bob Example Jr. (Ohio politician)", "wikidata": "Q0"},
        "name": {"first": "Robert", "middle": "P.", "last": "Example", "nickname": "Bob", "suffix": "Jr."},
        "bio": {"birthday": "1950-02-03", "gender": "M"},
        "terms": [
            {"type": "rep", "start": "1991-01-03", "end": "1993-01-03", "state": "OH"},
            {"type": "sen", "start": "2007-01-03", "end": "2019-01-03", "state": "OH"},
        ],
    }
    row = legislators._row(person)
    assert (row["name"], row["given"], row["family"]) == ("Bob Example Jr.", "Bob", "Example")
    assert row["native_family"] == "Example Jr."
    assert (row["role"], row["since"], row["until"]) == ("US senator from Ohio", "1991", "")
    assert row["rank"] == "2"
    assert row["aliases"] == "Robert P. Example Jr.|Robert Example"


@pytest.mark.parametrize(
    ("native", "latin", "expected"),
    [
        ("خالد مشعل", "Khaled Mashal", True),
        ("عبد الرحمن حطاب", "Abdulrahman Hattab", True),
        ("مانع البارود", "Manea Khadoum", False),
        ("كسري", "Kasra", False),
        ("شاه ركنالدين", "Shah of Rukn", False),
        ("حسن سعيد", "Hassan II", False),
    ],
)
def test_names_in_arabic_script(native: str, latin: str, expected: bool) -> None:
    assert arabic.is_name(native, latin) is expected


def test_selection_is_capped_by_country() -> None:
    names = [arabic.Name(f"{i}", "IR" if i < 8 else "SY", (f"N {i}",), 1) for i in range(12)]
    chosen = arabic.select(names, 8, 0.5)
    assert [n.country for n in chosen] == ["IR"] * 4 + ["SY"] * 4


def test_any_beginning_of_the_order_takes_more_of_heavier_countries() -> None:
    names = [arabic.Name(f"{i}", country, (f"N {i}",), 1) for country in ("MA", "SY") for i in range(30)]
    first = arabic.spread(names, {"MA": 1, "SY": 3})[:20]
    assert [n.country for n in first].count("SY") == 15


def test_namesakes_get_ids_of_their_own() -> None:
    made = [rows.row(name="Ada Example", born=born, country="GB") for born in ("1946", "1946", "1963", "")]
    rows.assign_ids(made, "x:", {"x:ada-example"})
    assert [r["id"] for r in made] == [
        "x:ada-example-1946",
        "x:ada-example-1946-2",
        "x:ada-example-1963",
        "x:ada-example-gb",
    ]


def test_aliases_that_name_somebody_else_are_dropped() -> None:
    known = Known([rows.row(id="x:1", name="Tommy Sample", country="GB")])
    made = [rows.row(name="Thomas Sample", aliases="Tommy Sample|Tom Sample"), rows.row(name="Tom Sample")]
    drop_clashes(made, known)
    assert [r["aliases"] for r in made] == ["", ""]


def test_committed_parts_are_what_the_sources_give() -> None:
    for name in PINS:
        source(name)
    assert build_people.main(["--no-fetch", "--check"]) == 0


def test_check_names_what_differs_and_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    built, committed = tmp_path / "built", tmp_path / "committed"
    for folder, text in ((built, "new"), (committed, "old")):
        (folder / "arabic").mkdir(parents=True)
        (folder / "arabic" / "arabic.tsv").write_text(text, encoding="utf-8")
    assert build_people.deliver(built, committed, check=True) == 1
    assert "differs: arabic/arabic.tsv" in capsys.readouterr().err
    assert (committed / "arabic" / "arabic.tsv").read_text(encoding="utf-8") == "old"
    assert build_people.deliver(built, committed, check=False) == 0
    assert build_people.deliver(built, committed, check=True) == 0


def test_a_missing_source_is_an_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert build_people.main(["--no-fetch", "--sources", str(tmp_path)]) == 3
    assert "is not in" in capsys.readouterr().err
