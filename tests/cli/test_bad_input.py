"""Damaged, foreign or odd input and indexes: a clear error or a correct answer, never a lost neighbour."""

import json
import shutil
import sqlite3
from pathlib import Path

import pytest

GOOD = {"text": "Wladimir Putin", "lang": "de"}


def lines_of(*rows: object) -> bytes:
    return b"".join((r if isinstance(r, bytes) else json.dumps(r).encode()) + b"\n" for r in rows)


def run(entnorm, index, data, *args):
    return entnorm("run", "--input", "jsonl", "--format", "jsonl", "--index", index, *args, stdin=data)


BAD = [
    (b'{"id": 1, "text": "Genf', "not JSON: Unterminated string starting at column 19"),
    (b"{'id': 1}", "not JSON: Expecting property name enclosed in double quotes at column 2"),
    (b'{"id": NaN, "text": "Genf"}', "not JSON: NaN, Infinity or a number of thousands of digits"),
    (
        b'{"text": "Genf", "n": ' + b"9" * 5000 + b"}",
        "not JSON: NaN, Infinity or a number of thousands of digits",
    ),
    (b'{"text": "Genf", "n": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "not JSON: nested too deeply"),
    (b"[1, 2]", "a JSON array, not an object"),
    (b"null", "a JSON null, not an object"),
    (b'{"id": 1}', "no 'text' in this line"),
    (b'{"id": 1, "text": null}', "no 'text' in this line"),
    (b'{"id": 1, "text": 5}', "'text' is a JSON number, not a string"),
    (b'{"id": 1, "text": "Genf", "lang": ["de"]}', "'lang' is a JSON array, not a string"),
    (b'{"id": 1, "text": "Genf", "lang": "12"}', "'lang' is '12', not a language code"),
    (b'{"id": 1, "text": "Genf \xff"}', "not UTF-8: byte 0xff at position 25"),
]


def test_bad_lines_are_reported_and_their_neighbours_answered(entnorm, index):
    data = lines_of(GOOD, *(line for bad, _ in BAD for line in (bad, GOOD)))
    done = run(entnorm, index, data, "--on-error", "skip", "--strict")
    answers = [json.loads(line) for line in done.lines]
    assert [a["mentions"][0]["entity_id"] for a in answers[::2]] == ["t:putin"] * (len(BAD) + 1)
    assert [(a["mentions"], a["error"]["line"], a["error"]["message"]) for a in answers[1::2]] == [
        ([], 2 * n + 2, message) for n, (_, message) in enumerate(BAD)
    ]
    reports = [f"error: stdin:{2 * n + 2}: {message}" for n, (_, message) in enumerate(BAD)]
    assert done.err.splitlines() == [*reports, f"{len(BAD) + 1} answered, {len(BAD)} skipped"]
    assert done.code == 4


def test_a_bad_line_stops_the_run_unless_skipped(entnorm, index):
    stopped = run(entnorm, index, lines_of(GOOD, b'{"id": 1}', GOOD))
    assert (stopped.code, len(stopped.lines)) == (4, 1)
    assert stopped.err == (
        "error: stdin:2: no 'text' in this line\n"
        """hint: every line needs "text": "…"; --on-error skip passes over such lines\n"""
    )


def test_the_id_of_a_bad_row_is_kept(entnorm, index):
    done = run(entnorm, index, lines_of({"id": "x-1", "text": 5, "url": "u"}), "--on-error", "skip")
    assert list(json.loads(done.out)) == ["id", "lang", "mentions", "error", "url"]
    assert (json.loads(done.out)["id"], done.code) == ("x-1", 1)


def test_one_broken_line_in_ten_thousand(entnorm, index):
    rows: list[object] = [
        {"id": n, "text": "Wladimir Putin" if n % 100 == 0 else "", "lang": "de"} for n in range(10_000)
    ]
    rows[4321] = b'{"id": 4321, "text": "Gen'
    done = run(entnorm, index, lines_of(*rows), "--on-error", "skip")
    answers = [json.loads(line) for line in done.lines]
    assert len(answers) == 10_000
    assert [n for n, a in enumerate(answers) if "error" in a] == [4321]
    assert [a["id"] for n, a in enumerate(answers) if n != 4321] == [n for n in range(10_000) if n != 4321]
    assert sum(bool(a["mentions"]) for a in answers) == 100
    assert done.err.count("error: ") == 1
    assert done.err.endswith("9,999 answered, 1 skipped\n")


def test_json_output_stays_whole_when_the_run_stops(entnorm, index):
    done = entnorm("run", "--input", "jsonl", "--format", "json", "--index", index, stdin=lines_of(GOOD, b"{"))
    assert done.code == 4
    assert len(json.loads(done.out)) == 1


def test_odd_characters(entnorm, index):
    texts = {
        "surrogate": "Wladimir Putin \ud800 in Tallinn",
        "nul": "Wladimir Putin\0 in Tallinn\0",
        "marks": "\u200fWladimir Putin\u200e in \u202eTallinn\u202c",
        "combining": "Vladimír Putin (o\u0308) in Tallinn",
        "emoji": "👩‍👩‍👧 Wladimir Putin 🇨🇭 in Tallinn",
    }
    rows = [{"id": k, "text": t, "lang": "de", "extra": "\udc00"} for k, t in texts.items()]
    done = run(entnorm, index, lines_of(*rows))
    assert (done.code, done.err) == (0, "")
    answers = {a["id"]: a for a in map(json.loads, done.lines)}
    for name, text in texts.items():
        mentions = answers[name]["mentions"]
        assert [m["entity_id"] for m in mentions] == ["t:putin", "t:tallinn"]
        assert all(text[m["start"] : m["end"]] == m["text"] for m in mentions)
        assert answers[name]["extra"] == "\udc00"


def test_a_lone_surrogate_in_plain_text_output_becomes_a_replacement_character(entnorm, index):
    done = entnorm(
        "run",
        "--input",
        "jsonl",
        "--format",
        "tsv",
        "--index",
        index,
        stdin=lines_of({**GOOD, "id": "\ud800"}),
    )
    assert done.lines[1].startswith("\ufffd\t0\t14\tWladimir Putin\t")


def test_a_line_of_five_megabytes(entnorm, index):
    text = "x" * 80 + " "
    row = {"id": 1, "text": text * (5_000_000 // len(text)) + "Wladimir Putin", "lang": "de"}
    done = run(entnorm, index, lines_of(row, {**GOOD, "id": 2}))
    first, second = map(json.loads, done.lines)
    assert first["mentions"][-1]["entity_id"] == "t:putin"
    assert row["text"][first["mentions"][-1]["start"] :] == "Wladimir Putin"
    assert second["mentions"][0]["entity_id"] == "t:putin"


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("latin1.txt", "Zürich".encode("latin-1"), "not UTF-8: byte 0xfc at position 2"),
        ("utf16.txt", "Genf".encode("utf-16"), "not UTF-8: byte 0xff at position 1"),
        ("nothing.txt", None, "there is no such file"),
    ],
)
def test_files_that_cannot_be_read(entnorm, index, tmp_path, name, content, message):
    (tmp_path / "ok.txt").write_text("Wladimir Putin", encoding="utf-8")
    if content is not None:
        (tmp_path / name).write_bytes(content)
    args = ("run", name, "ok.txt", "--lang", "de", "--format", "jsonl", "--index", index)
    stopped = entnorm(*args, cwd=tmp_path)
    assert (stopped.code, stopped.out) == (4, "")
    assert stopped.err.startswith(f"error: {name}: {message}\nhint: ")
    done = entnorm(*args, "--on-error", "skip", cwd=tmp_path)
    bad, good = map(json.loads, done.lines)
    assert (done.code, bad["id"], bad["error"]["message"], good["id"]) == (0, name, message, "ok.txt")


def test_a_folder_is_no_text(entnorm, index, tmp_path):
    done = entnorm("run", tmp_path, "--index", index)
    assert (done.code, done.err.splitlines()[0]) == (4, f"error: {tmp_path}: is a folder")


def test_an_unknown_language_is_warned_of_and_refused_when_strict(entnorm, index):
    args = ("lookup", "Kiew", "--lang", "tlh", "--format", "jsonl", "--index", index)
    done = entnorm(*args)
    message = "--lang tlh: no index has names in this language\n"
    assert (done.code, done.err) == (0, "warning: " + message)
    strict = entnorm(*args, "--strict")
    assert (strict.code, strict.out) == (2, "")
    assert strict.err.startswith("error: " + message)
    row = run(entnorm, index, lines_of({"text": "Kiew", "lang": "tlh"}), "--strict")
    assert (row.code, row.err.splitlines()[0]) == (4, "error: stdin:1: 'lang' is 'tlh', an unknown language")


def copy(index: Path, folder: Path) -> Path:
    shutil.copytree(index, folder / "copy")
    return folder / "copy"


def truncate(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


@pytest.mark.parametrize("name", ["exact_keys.npy", "name_blob.npy", "entity_kind.npy"])
def test_a_truncated_array(entnorm, index, tmp_path, name):
    damaged = copy(index, tmp_path)
    truncate(damaged / name)
    done = entnorm("lookup", "Kiew", "--index", damaged)
    assert (done.code, done.out) == (3, "")
    assert done.err.startswith(f"error: {damaged / name} ")
    assert "\nhint: build the index again\n" in done.err


@pytest.mark.parametrize("name", ["entities.sqlite", "trigram_gaps.npy", "manifest.json"])
def test_a_missing_or_cut_file_never_passes(entnorm, index, tmp_path, name):
    damaged = copy(index, tmp_path)
    truncate(damaged / name)
    assert entnorm("index", "verify", damaged).code == 3
    assert entnorm("lookup", "Kiew", "--index", damaged).code == 3
    (damaged / name).unlink()
    done = entnorm("lookup", "Kiew", "--index", damaged)
    assert (done.code, done.out) == (3, "")
    assert done.err.startswith("error: ")


def test_a_changed_file_is_found_by_verify(entnorm, index, tmp_path):
    damaged = copy(index, tmp_path)
    with sqlite3.connect(damaged / "entities.sqlite") as database:
        database.execute("UPDATE entity SET id = 'x:1' WHERE id = 't:kyiv'")
    database.close()
    done = entnorm("index", "verify", damaged)
    assert (done.code, done.out) == (3, "entities.sqlite: contents differ from the manifest\n")
    assert done.err.startswith(f"error: {damaged} is damaged: 1 file differs\n")


def test_other_keys_are_refused(entnorm, index, tmp_path):
    other = copy(index, tmp_path)
    manifest = json.loads((other / "manifest.json").read_text(encoding="utf-8"))
    manifest.update(dict.fromkeys(("key_environment", "key_fingerprint"), "0" * 16))
    (other / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    done = entnorm("run", "--index", other, stdin="Genf")
    assert (done.code, done.out) == (3, "")
    assert done.err.startswith(f"error: {other} was compiled with other key or Unicode tables")
    assert "entnorm index build" in done.err


def test_what_is_no_index(entnorm, tmp_path):
    (tmp_path / "file.txt").write_text("x", encoding="utf-8")
    foreign = entnorm("lookup", "Kiew", "--index", tmp_path)
    assert (foreign.code, foreign.err.splitlines()[0]) == (
        3,
        f"error: {tmp_path} is not an index: it has no manifest.json",
    )
    missing = entnorm("lookup", "Kiew", "--index", tmp_path / "none")
    assert (missing.code, missing.err.splitlines()[0]) == (
        3,
        f"error: there is no index at {tmp_path / 'none'}",
    )
    assert missing.err.splitlines()[1] == f"hint: build one: entnorm index build SOURCE -o {tmp_path / 'none'}"
