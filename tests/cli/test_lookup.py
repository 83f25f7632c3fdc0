"""``entnorm lookup``."""

import json

ROW = ["query", "matches"]
MATCH = [
    "entity_id", "kind", "name", "matched_name", "score", "confidence",
    "type", "country", "lat", "lon", "same_as",
]  # fmt: skip


def test_jsonl_has_the_fields_in_order(entnorm, index):
    done = entnorm("lookup", "Kiew", "--format", "jsonl", "--index", index)
    assert (done.code, done.err, len(done.lines)) == (0, "", 1)
    row = json.loads(done.out)
    assert list(row) == ROW
    best = row["matches"][0]
    assert list(best) == MATCH
    assert {k: best[k] for k in ("entity_id", "kind", "name", "matched_name", "country")} == {
        "entity_id": "t:kyiv", "kind": "place", "name": "Kyiv", "matched_name": "Kiew", "country": "UA",
    }  # fmt: skip
    assert (best["score"], best["lat"], best["lon"]) == (1.0, 50.4547, 30.5238)


def test_tsv_is_exact(entnorm, index):
    done = entnorm("lookup", "Lemberg", "基辅", "--limit", "1", "--kind", "place", "--format", "tsv", "--index", index)
    rows = [line.split("\t") for line in done.lines]
    confidence = rows[0].index("confidence")
    for row in rows:
        del row[confidence]
    assert rows == [
        ["query", "rank", *(f for f in MATCH if f != "confidence")],
        ["Lemberg", "1", "t:lviv", "place", "Lviv", "Lemberg", "1.0", "", "UA", "49.8383", "24.0232", ""],
        [
            "基辅",
            "1",
            "t:kyiv",
            "place",
            "Kyiv",
            "基辅",
            "1.0",
            "city",
            "UA",
            "50.4547",
            "30.5238",
            "wikidata:Q1899",
        ],
    ]


def test_json_is_one_array(entnorm, index):
    done = entnorm("lookup", "Kiew", "Genf", "--limit", "1", "--format", "json", "--index", index)
    assert [(r["query"], r["matches"][0]["entity_id"]) for r in json.loads(done.out)] == [
        ("Kiew", "t:kyiv"),
        ("Genf", "t:geneva"),
    ]


def test_table_lines_up_wide_characters_at_80_columns(entnorm, index):
    from entnorm.cli.tables import text_width

    names = ["Kiew", "基辅", "Maximiliana Featherstonehaugh-Cholmondeley of Wigtownshire", "חיפה"]
    done = entnorm("lookup", *names, "--limit", "1", "--index", index)
    head, *rows = done.lines
    assert head.split()[:3] == ["query", "name", "kind"]
    assert max(map(text_width, done.lines)) <= 80
    at = head.index("name")
    for row, name in zip(rows, ["Kyiv", "Kyiv", "Maximiliana", "Haifa"], strict=True):
        cut = next(i for i in range(len(row) + 1) if text_width(row[:i]) == at)
        assert row[cut:].startswith(name[:8])
    assert "…" in rows[2]
    assert not any("\x1b" in line for line in done.lines)


def test_nothing_found_is_an_answer_with_code_1(entnorm, index):
    done = entnorm("lookup", "Ŋŋŋqx 12345", "--format", "jsonl", "--index", index)
    assert (done.code, done.err) == (1, "")
    assert json.loads(done.out) == {"query": "Ŋŋŋqx 12345", "matches": []}
    table = entnorm("lookup", "Ŋŋŋqx 12345", "--index", index)
    assert (table.code, table.lines[-1].split()) == (1, ["Ŋŋŋqx", "12345", "nothing", "found"])


def test_kind_lang_and_options_between_names(entnorm, index):
    done = entnorm("lookup", "Kiew", "--kind", "place", "Genf", "--format", "jsonl", "--index", index)
    rows = [json.loads(line) for line in done.lines]
    assert [r["query"] for r in rows] == ["Kiew", "Genf"]
    assert {m["kind"] for r in rows for m in r["matches"]} == {"place"}


def test_names_after_two_dashes_may_begin_with_a_dash(entnorm, index):
    done = entnorm("lookup", "--format", "jsonl", "--index", index, "--", "--kiew", "Kiew")
    assert [json.loads(line)["query"] for line in done.lines] == ["--kiew", "Kiew"]


def test_explain(entnorm, index):
    done = entnorm("lookup", "Kiew", "--limit", "1", "--explain", "--format", "json", "--index", index)
    evidence = json.loads(done.out)[0]["matches"][0]["evidence"]
    assert {"feature": "spelling", "value": "identical", "weight": 1.0} in evidence
    table = entnorm("lookup", "Kiew", "--limit", "1", "--explain", "--index", index)
    assert table.lines[2:4] == ["  listed as Kiew", "  +1.00  spelling: identical"]


def test_limit(entnorm, index):
    done = entnorm("lookup", "Paris", "--limit", "1", "--format", "jsonl", "--index", index)
    assert [m["entity_id"] for m in json.loads(done.out)["matches"]] == ["t:paris-fr"]


def test_plain_batch_answers_every_line_even_an_empty_one(entnorm, index):
    done = entnorm("lookup", "--batch", "-", "--format", "jsonl", "--index", index, stdin="Kiew\r\n\nGenf")
    rows = [json.loads(line) for line in done.lines]
    assert [(r["query"], [m["entity_id"] for m in r["matches"]][:1]) for r in rows] == [
        ("Kiew", ["t:kyiv"]),
        ("", []),
        ("Genf", ["t:geneva"]),
    ]


def test_json_lines_batch_by_its_first_line_passes_fields_through(entnorm, index):
    batch = '\n{"name": "Paris", "kind": "place", "lang": "fr", "row": 7, "tags": ["x", null]}\n'
    done = entnorm("lookup", "--batch", "-", "--limit", "1", "--format", "jsonl", "--index", index, stdin=batch)
    row = json.loads(done.out)
    assert list(row) == [*ROW, "row", "tags"]
    assert (row["row"], row["tags"], row["matches"][0]["entity_id"]) == (7, ["x", None], "t:paris-fr")


def test_json_lines_batch_by_extension_answers_in_json_lines(entnorm, index, tmp_path):
    (tmp_path / "names.jsonl").write_text('{"name": "Kiew"}\n{"name": "Genf"}\n', encoding="utf-8")
    done = entnorm("lookup", "--batch", tmp_path / "names.jsonl", "--index", index)
    assert [json.loads(line)["query"] for line in done.lines] == ["Kiew", "Genf"]


def test_batch_table_streams_under_one_heading(entnorm, index):
    done = entnorm("lookup", "--batch", "-", "--limit", "1", "--index", index, stdin="Kiew\nGenf\n")
    assert [line.split()[:2] for line in done.lines] == [
        ["query", "name"],
        ["Kiew", "Kyiv"],
        ["Genf", "Geneva"],
    ]
    assert max(map(len, done.lines)) <= 80


def test_bad_lines_of_a_batch(entnorm, index):
    batch = '{"name": "Kiew"}\n{"nom": 1}\n{"name": "Genf", "kind": "river"}\n{"name": "Genf"}\n'
    args = ("lookup", "--batch", "-", "--format", "jsonl", "--index", index)
    stopped = entnorm(*args, stdin=batch)
    assert (stopped.code, len(stopped.lines)) == (4, 1)
    assert stopped.err.startswith("error: stdin:2: no 'name' in this line\nhint: ")
    done = entnorm(*args, "--on-error", "skip", stdin=batch)
    rows = [json.loads(line) for line in done.lines]
    assert done.code == 0
    assert [(r["query"], r.get("error", {}).get("line")) for r in rows] == [
        ("Kiew", None),
        (None, 2),
        ("Genf", 3),
        ("Genf", None),
    ]
    assert rows[1] == {
        "query": None,
        "matches": [],
        "error": {"message": "no 'name' in this line", "hint": 'every line needs "name": "…"', "line": 2},
        "nom": 1,
    }
    assert done.err.splitlines() == [
        "error: stdin:2: no 'name' in this line",
        "error: stdin:3: 'kind' is 'river'",
        "2 answered, 2 skipped",
    ]
