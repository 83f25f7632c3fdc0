"""``entnorm run`` on texts that can be read."""

import json
import signal
import subprocess
import sys
import threading

import pytest

MENTION = [
    "start", "end", "text", "kind", "status", "entity_id", "name", "base",
    "score", "confidence", "cluster", "matches",
]  # fmt: skip
TEXT = "Angela Merkel war in Genf. Dann reiste Merkel nach München."
FOUND = [("Angela Merkel", "t:merkel"), ("Genf", "t:geneva"), ("Merkel", "t:merkel"), ("München", "t:munich")]


def jsonl(*rows: object) -> str:
    return "".join(json.dumps(r) + "\n" for r in rows)


def found(row: dict) -> list[tuple[str, str]]:
    return [(m["text"], m["entity_id"]) for m in row["mentions"]]


def test_jsonl_has_the_fields_in_order_and_true_offsets(entnorm, index):
    done = entnorm("run", "--lang", "de", "--format", "jsonl", "--index", index, stdin=TEXT)
    assert (done.code, done.err, len(done.lines)) == (0, "", 1)
    row = json.loads(done.out)
    assert list(row) == ["id", "lang", "mentions"]
    assert (row["id"], row["lang"], found(row)) == (None, "de", FOUND)
    for mention in row["mentions"]:
        assert list(mention) == MENTION
        assert TEXT[mention["start"] : mention["end"]] == mention["text"]
        assert 0.0 <= mention["score"] <= 1.0
        assert {
            "entity_id",
            "name",
            "matched_name",
            "score",
            "confidence",
            "country",
            "lat",
            "lon",
            "same_as",
        } <= set(mention["matches"][0])
    clusters = [m["cluster"] for m in row["mentions"]]
    assert clusters[0] == clusters[2]
    assert len(set(clusters)) == 3


def test_replace_gives_back_everything_else_untouched(entnorm, index):
    text = "\tWladimir Putin\u00a0– so,\r\n  in Genf.\n\n"
    done = entnorm("run", "--lang", "de", "--replace", "--index", index, stdin=text)
    assert (done.code, done.out) == (0, "\tVladimir Putin\u00a0– so,\r\n  in Geneva.\n\n")


def test_replace_in_json_lines_stands_beside_the_mentions(entnorm, index):
    done = entnorm(
        "run",
        "--input",
        "jsonl",
        "--replace",
        "--index",
        index,
        stdin=jsonl({"text": "In Genf.", "lang": "de"}),
    )
    row = json.loads(done.out)
    assert list(row) == ["id", "lang", "mentions", "replaced"]
    assert row["replaced"] == "In Geneva."


def test_to_names_the_language_of_the_answer(entnorm, index):
    args = ("run", "--lang", "de", "--replace", "--index", index)
    assert entnorm(*args, stdin="In Kiew.").out == "In Kyiv."
    assert entnorm(*args, "--to", "de", stdin="In Kyiv.").out == "In Kiew."
    assert entnorm(*args, "--to", "source", stdin="In Kyiv.").out == "In Kiew."


def test_files_are_answered_in_order_under_their_names(entnorm, index, tmp_path):
    (tmp_path / "b.txt").write_text("Wladimir Putin", encoding="utf-8")
    (tmp_path / "a.txt").write_text("\ufeffAngela Merkel", encoding="utf-8")
    done = entnorm("run", "b.txt", "a.txt", "--lang", "de", "--format", "tsv", "--index", index, cwd=tmp_path)
    rows = [line.split("\t") for line in done.lines]
    assert rows[0] == ["id", *MENTION[:-1]]
    assert [row[:7] for row in rows[1:]] == [
        ["b.txt", "0", "14", "Wladimir Putin", "person", "resolved", "t:putin"],
        ["a.txt", "0", "13", "Angela Merkel", "person", "resolved", "t:merkel"],
    ]


def test_replaced_files_do_not_run_into_one_another(entnorm, index, tmp_path):
    for name in ("1.txt", "2.txt"):
        (tmp_path / name).write_text("Wladimir Putin", encoding="utf-8")
    done = entnorm("run", tmp_path / "1.txt", tmp_path / "2.txt", "--lang", "de", "--replace", "--index", index)
    assert done.out == "Vladimir Putin\nVladimir Putin"


def test_table_per_text(entnorm, index, tmp_path):
    (tmp_path / "a.txt").write_text("Angela Merkel in Genf", encoding="utf-8")
    (tmp_path / "b.txt").write_text("…", encoding="utf-8")
    done = entnorm("run", "a.txt", "b.txt", "--lang", "de", "--index", index, cwd=tmp_path)
    lines = [line.split() for line in done.lines]
    assert done.lines[0] == "a.txt: 2 mentions, text in de"
    assert lines[1][:4] == ["at", "text", "kind", "name"]
    assert lines[2][:6] == ["0", "Angela", "Merkel", "person", "Angela", "Merkel"]
    assert lines[3][:4] == ["17", "Genf", "place", "Geneva"]
    assert (lines[3][-1], done.lines[4:]) == ("t:geneva", ["", "b.txt: 0 mentions, text in de"])


def test_ids_and_unknown_fields_pass_through(entnorm, index):
    rows = [
        {"id": 7, "text": "Wladimir Putin", "lang": "de", "url": "x", "n": {"a": [1.5, None, True]}},
        {"text": "Wladimir Putin", "lang": "de", "mentions": "mine", "error": "mine"},
        {"id": {"k": 1}, "text": "Angela Merkel", "lang": "de"},
    ]
    done = entnorm("run", "--input", "jsonl", "--index", index, stdin=jsonl(*rows))
    answers = [json.loads(line) for line in done.lines]
    assert [list(a) for a in answers] == [
        ["id", "lang", "mentions", "url", "n"],
        *[["id", "lang", "mentions"]] * 2,
    ]
    assert [a["id"] for a in answers] == [7, None, {"k": 1}]
    assert (answers[0]["url"], answers[0]["n"]) == ("x", {"a": [1.5, None, True]})
    assert [found(a)[0][1] for a in answers] == ["t:putin", "t:putin", "t:merkel"]


def test_nothing_matched_is_code_1(entnorm, index):
    done = entnorm("run", "--format", "jsonl", "--index", index, stdin="")
    assert (done.code, done.out, done.err) == (1, '{"id": null, "lang": null, "mentions": []}\n', "")


def test_no_documents_at_all(entnorm, index):
    outs = {
        f: entnorm("run", "--input", "jsonl", "--format", f, "--index", index).out for f in ("json", "jsonl", "tsv")
    }
    assert outs == {"json": "[]\n", "jsonl": "", "tsv": "id\t" + "\t".join(MENTION[:-1]) + "\n"}


def test_several_indexes(entnorm, index, tmp_path):
    (tmp_path / "more.csv").write_text("id,kind,name\nm:1,person,Hildegard Hintertupfer\n", encoding="utf-8")
    assert entnorm("index", "build", tmp_path / "more.csv", "-o", tmp_path / "more").code == 0
    args = ("run", "--lang", "de", "--format", "jsonl", "--index", index, "--index", tmp_path / "more")
    row = json.loads(entnorm(*args, stdin="Hildegard Hintertupfer reist nach Genf").out)
    assert found(row) == [("Hildegard Hintertupfer", "m:1"), ("Genf", "t:geneva")]


def test_workers_give_the_same_answers_in_the_same_order(entnorm, index):
    rows = [{"id": n, "text": f"{TEXT} {'Genf ' * (n % 7)}", "lang": "de"} for n in range(60)]
    rows[31] = {"id": 31, "text": 5}
    args = ("run", "--input", "jsonl", "--on-error", "skip", "--replace", "--index", index)
    one = entnorm(*args, stdin=jsonl(*rows))
    two = entnorm(*args, "--workers", "2", stdin=jsonl(*rows))
    assert [json.loads(line)["id"] for line in one.lines] == list(range(60))
    assert one == two


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_line_is_answered_before_the_next_one_comes(index, workers, environment):
    command = [
        sys.executable,
        "-m",
        "entnorm",
        "run",
        "--input",
        "jsonl",
        "--index",
        str(index),
        "--workers",
        workers,
    ]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment) as process:
        guard = threading.Timer(240, process.kill)
        guard.start()
        for name in ("Genf", "München"):
            process.stdin.write(jsonl({"id": name, "text": name, "lang": "de"}).encode())
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["id"] == name
        process.stdin.close()
        assert process.wait() == 0
        guard.cancel()


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_closed_pipe_ends_quietly(index, workers, environment):
    command = [
        sys.executable,
        "-m",
        "entnorm",
        "run",
        "--input",
        "jsonl",
        "--index",
        str(index),
        "--workers",
        workers,
    ]
    rows = jsonl(*({"id": n, "text": TEXT, "lang": "de"} for n in range(2000))).encode()
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment
    ) as process:
        feeder = threading.Thread(target=feed, args=(process.stdin, rows))
        feeder.start()
        assert json.loads(process.stdout.readline())["id"] == 0
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(240) == 0
        feeder.join()


@pytest.mark.parametrize("workers", ["1", "2"])
def test_an_interrupt_ends_quietly(index, workers, environment):
    command = [
        sys.executable,
        "-m",
        "entnorm",
        "run",
        "--input",
        "jsonl",
        "--index",
        str(index),
        "--workers",
        workers,
    ]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment
    ) as process:
        process.stdin.write(jsonl({"id": 1, "text": TEXT, "lang": "de"}).encode())
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["id"] == 1
        process.send_signal(signal.SIGINT)
        assert process.wait(240) == 130
        assert process.stderr.read() == b""


def feed(stream, data: bytes) -> None:
    try:
        stream.write(data)
        stream.close()
    except BrokenPipeError:
        pass
