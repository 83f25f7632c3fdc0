"""The linter: one small bad gazetteer per code, clean ones of every kind, and what it cannot read."""

from __future__ import annotations

from pathlib import Path

import pytest

from entnorm.errors import GazetteerError
from entnorm.gazetteer.findings import Finding, codes
from entnorm.gazetteer.lint import errors, lint

DATA = Path(__file__).parent / "data" / "lint"
CASES = [
    line.split("\t")
    for line in (DATA / "expected.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
][1:]


@pytest.mark.parametrize(("code", "source", "line"), CASES)
def test_finds_the_fault_and_nothing_else(code: str, source: str, line: str) -> None:
    found = lint(DATA / source)
    assert {f.code for f in found} == {code}
    assert found[0].line == int(line)
    assert found[0].level == codes()[code][0]


def test_every_code_has_a_case() -> None:
    assert {code for code, _, _ in CASES} == set(codes())


@pytest.mark.parametrize("name", ["people.tsv", "list.csv", "list.jsonl", "places", "regions"])
def test_clean_gazetteers_have_no_findings(name: str) -> None:
    assert lint(DATA / "clean" / name) == []


def test_a_finding_names_file_line_level_and_code() -> None:
    found = lint(DATA / "duplicate-id.tsv")[0]
    message = "the id 'my:bob-sample' stands in duplicate-id.tsv:2 already"
    assert str(found) == f"duplicate-id.tsv:3: error: {message} [duplicate-id]"
    assert found.advice == "give every record its own id"


def test_goes_on_after_a_line_it_cannot_read(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("id,kind,name\nmy:1,place\nmy:2,planet,Kyiv\n", encoding="utf-8")
    assert [(f.line, f.code) for f in lint(path)] == [(2, "unreadable"), (3, "bad-value")]


def test_ids_are_compared_across_the_files_of_a_folder(tmp_path: Path) -> None:
    clean = (DATA / "clean" / "people.tsv").read_text(encoding="utf-8")
    for name in ("a.tsv", "b.tsv"):
        (tmp_path / name).write_text(clean, encoding="utf-8")
    (tmp_path / "gazetteer.toml").write_bytes((DATA / "clean" / "places" / "gazetteer.toml").read_bytes())
    found = lint(tmp_path)
    assert {f.code for f in found} == {"duplicate", "duplicate-id"}
    assert {f.file for f in found} == {"b.tsv"}


def test_errors_leaves_warnings_out() -> None:
    findings = [Finding("a", 1, "warning", "missing-fact", "m"), Finding("a", 2, "error", "spaces", "m")]
    assert [f.line for f in errors(findings)] == [2]


@pytest.mark.parametrize("name", ["nowhere.tsv", "notes.txt"])
def test_what_is_no_gazetteer_is_an_error(tmp_path: Path, name: str) -> None:
    (tmp_path / "notes.txt").write_text("notes", encoding="utf-8")
    with pytest.raises(GazetteerError):
        lint(tmp_path / name)


@pytest.mark.parametrize(("alias", "reported"), [("Enrique", True), ("Zubin", False), ("Enrique the Great", False)])
def test_a_common_given_name_is_no_alias(alias: str, reported: bool, tmp_path: Path) -> None:
    header, *_ = (DATA / "alias-danger.tsv").read_text(encoding="utf-8").splitlines()
    people = [("Ada", "Example", alias), *(("Enrique", family, "") for family in ("Sample", "Specimen", "Pattern"))]
    lines = [
        f"my:{given}-{family}\t{given} {family}\t{given}\t{family}\t\t\t\t\t\tGB\tengineer\t1970\t\t\t\t\t2\t{other}\t"
        for given, family, other in people
    ]
    path = tmp_path / "people.tsv"
    path.write_text("\n".join([header, *sorted(lines)]) + "\n", encoding="utf-8")
    assert [f.code for f in lint(path)] == ["alias-danger"] * reported
