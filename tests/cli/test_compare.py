"""``entnorm compare``."""

import json

FIELDS = ["a", "b", "score", "confidence", "same", "evidence"]


def test_a_pair_in_json_lines(entnorm, index):
    done = entnorm("compare", "Angela Merkel", "Ангела Меркель", "--format", "jsonl", "--index", index)
    row = json.loads(done.out)
    assert (done.code, done.err, list(row)) == (0, "", FIELDS)
    assert (row["a"], row["b"], row["same"]) == ("Angela Merkel", "Ангела Меркель", True)
    assert 0.5 <= row["confidence"] <= 1.0
    assert 0.0 < row["score"] <= 1.0
    assert set(row["evidence"][0]) == {"feature", "value", "weight"}


def test_different_people_are_code_1(entnorm, index):
    done = entnorm("compare", "Angela Merkel", "Fumio Kishida", "--format", "tsv", "--index", index)
    head, row = (line.split("\t") for line in done.lines)
    assert (done.code, head) == (1, FIELDS[:-1])
    assert (row[0], row[1], row[4]) == ("Angela Merkel", "Fumio Kishida", "no")


def test_table_gives_the_evidence_of_a_single_pair(entnorm, index):
    done = entnorm("compare", "Angela Merkel", "Angela Merkel", "--index", index)
    assert done.lines[0].split() == ["a", "b", "score", "conf", "same"]
    assert done.lines[1].startswith("Angela Merkel  Angela Merkel  ")
    assert done.lines[1].endswith("  yes")
    assert len(done.lines) > 2
    assert all(line.startswith("  ") for line in done.lines[2:])


def test_pairs_of_two_columns(entnorm, index):
    pairs = "Angela Merkel\tАнгела Меркель\r\nAngela Merkel\tFumio Kishida\n"
    done = entnorm("compare", "--pairs", "-", "--format", "jsonl", "--index", index, stdin=pairs)
    rows = [json.loads(line) for line in done.lines]
    assert done.code == 0
    assert [(r["b"], r["same"]) for r in rows] == [("Ангела Меркель", True), ("Fumio Kishida", False)]


def test_pairs_in_json_lines_pass_fields_through(entnorm, index, tmp_path):
    row = {
        "id": 4,
        "a": "Angela Merkel",
        "b": "Ангела Меркель",
        "lang_a": "de",
        "lang_b": "ru",
        "kind": "person",
    }
    (tmp_path / "pairs.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    done = entnorm("compare", "--pairs", tmp_path / "pairs.jsonl", "--index", index)
    assert list(json.loads(done.out)) == [*FIELDS, "id"]


def test_bad_pairs_never_have_null_scores(entnorm, index):
    pairs = "one\nAngela Merkel\tAngela Merkel\nx\ty\tz\n"
    args = ("compare", "--pairs", "-", "--format", "jsonl", "--index", index)
    done = entnorm(*args, "--on-error", "skip", stdin=pairs)
    rows = [json.loads(line) for line in done.lines]
    assert [r.get("error", {}).get("message") for r in rows] == ["1 column, not 2", None, "3 columns, not 2"]
    assert (rows[0]["score"], rows[0]["confidence"], rows[0]["same"]) == (0.0, 0.0, False)
    assert done.code == 0
    stopped = entnorm(*args, stdin=pairs)
    assert (stopped.code, stopped.out) == (4, "")
    assert stopped.err.startswith("error: stdin:1: 1 column, not 2\n")


def test_table_of_many_pairs_fits_80_columns(entnorm, index):
    from entnorm.cli.tables import text_width

    pairs = f"{'基辅' * 40}\t{'x' * 100}\n"
    done = entnorm("compare", "--pairs", "-", "--index", index, stdin=pairs)
    assert max(map(text_width, done.lines)) <= 80
    assert done.lines[1].count("…") == 2
