"""The compiled name lexicon: relations, roles, failures."""

from __future__ import annotations

import pickle
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from entnorm.errors import GazetteerError, IndexCorrupt, IndexIncompatible, IndexNotFound
from entnorm.gazetteer.names import NameLexicon, form_hash, lexicon_form, pack_role, unpack_role
from entnorm.gazetteer.names_compile import compile_names
from entnorm.text.keys import key

HERE = Path(__file__).parent
TABLES = HERE.parents[2] / "data" / "gazetteers" / "names"


def rows(name: str) -> list[list[str]]:
    lines = (HERE / "data" / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")]


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("names")
    compile_names(TABLES, out)
    return out


@pytest.fixture(scope="session")
def lexicon(compiled: Path) -> NameLexicon:
    return NameLexicon.open(compiled)


@pytest.fixture
def small(tmp_path: Path) -> Path:
    source = tmp_path / "source"
    source.mkdir()
    (source / "groups.tsv").write_text("Q1\tandrei|андрей\nQ2\tandrzej|андрей\nQ3\tonly|лик\n", encoding="utf-8")
    (source / "uk_ru.tsv").write_text("микола\tниколай\tgiven\nковалів\tковалев\tfamily\n", encoding="utf-8")
    (source / "roles.tsv").write_text("андрей\tgiven\tm\t999\n", encoding="utf-8")
    (source / "nicknames.tsv").write_text("william\tbill\nwilliam\twill\n", encoding="utf-8")
    (source / "counterparts.tsv").write_text("john\tjohn|ivan\n", encoding="utf-8")
    return source


@pytest.mark.parametrize(("a", "b", "expected"), rows("pairs.tsv"))
def test_pairs(lexicon: NameLexicon, a: str, b: str, expected: str) -> None:
    assert (lexicon.relation(a, b) is not None) == (expected in ("yes", "listed"))
    assert lexicon.relation(a, b) == lexicon.relation(b, a)


@pytest.mark.parametrize(("name", "role", "gender"), rows("roles.tsv"))
def test_roles(lexicon: NameLexicon, name: str, role: str, gender: str) -> None:
    known = lexicon.roles(name)
    assert (known.role, known.gender) == (role, gender)
    assert known.log_frequency > 0


def test_unknown_word_has_no_role_and_no_relation_but_to_itself(lexicon: NameLexicon) -> None:
    assert lexicon.roles("qqxxqq") == ("", "", 0.0)
    assert lexicon.relation("qqxxqq", "xxqqxx") is None
    assert lexicon.same("Qqxxqq", "qqxxqq")
    assert not len(lexicon.groups(""))
    assert lexicon.relation("", "ivan") is None
    assert lexicon.relation("!", "?") is None


def test_hidden_id_is_nowhere_in_the_tables() -> None:
    for path in TABLES.iterdir():
        assert "khuylo" not in path.read_text(encoding="utf-8").lower(), path.name


def test_relations_are_levels_and_one_hop(small: Path, tmp_path: Path) -> None:
    compile_names(small, tmp_path / "out")
    lexicon = NameLexicon.open(tmp_path / "out")
    assert lexicon.relation("Andrei", "Андрей") == "same"
    assert lexicon.relation("Andrei", "Andrzej") == "related"
    assert lexicon.relation("Микола", "Николай") == "related"
    assert lexicon.relation(key("Микола"), key("Николай")) == "related"
    assert lexicon.relation("Ковалів", "Ковалев") == "same"
    assert lexicon.relation("John", "Ivan") == "related"
    assert lexicon.relation("William", "Bill") == "nickname"
    assert lexicon.relation("Bill", "Will") is None
    assert lexicon.relation("Andrei", "Only") is None
    assert lexicon.roles("Andrzej") == ("given", "m", 3.01)
    assert lexicon.groups("Андрей").dtype == np.uint32
    assert list(lexicon.groups("Андрей")) == [0, 1]


def test_short_cyrillic_forms_relate_nothing(small: Path, tmp_path: Path) -> None:
    (small / "groups.tsv").write_text("Q1\tli|ли\nQ2\tlee|ли\n", encoding="utf-8")
    compile_names(small, tmp_path / "out")
    lexicon = NameLexicon.open(tmp_path / "out")
    assert lexicon.relation("Li", "Lee") is None
    assert lexicon.relation("Ли", "Lee") == "same"


def test_compiling_is_deterministic(small: Path, tmp_path: Path) -> None:
    compile_names(small, tmp_path / "one")
    compile_names(small, tmp_path / "two")
    for path in sorted((tmp_path / "one").iterdir()):
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes()


def test_open_failures(small: Path, tmp_path: Path) -> None:
    with pytest.raises(IndexNotFound):
        NameLexicon.open(tmp_path / "nowhere")
    out = tmp_path / "out"
    compile_names(small, out)
    manifest = out / "names.json"
    text = manifest.read_text(encoding="utf-8")
    manifest.write_text(text.replace('"format": 2', '"format": 99'), encoding="utf-8")
    with pytest.raises(IndexIncompatible):
        NameLexicon.open(out)
    manifest.write_text(text, encoding="utf-8")
    array = out / "form_hash.npy"
    array.write_bytes(array.read_bytes()[:-4])
    with pytest.raises(IndexCorrupt):
        NameLexicon.open(out)
    manifest.write_text("[]", encoding="utf-8")
    with pytest.raises(IndexCorrupt):
        NameLexicon.open(out)


def test_malformed_rows_are_named(small: Path, tmp_path: Path) -> None:
    (small / "nicknames.tsv").write_text("# fine\nwilliam\n", encoding="utf-8")
    with pytest.raises(GazetteerError, match=r"nicknames\.tsv:2"):
        compile_names(small, tmp_path / "out")
    (small / "nicknames.tsv").unlink()
    with pytest.raises(GazetteerError, match="missing"):
        compile_names(small, tmp_path / "out")


def test_pickles_as_its_path(lexicon: NameLexicon) -> None:
    stored = pickle.dumps(lexicon)
    assert len(stored) < 1000
    assert pickle.loads(stored).relation("Sergej", "Сергій") == "same"


@given(st.text(alphabet="abcxyzABCXYZ", min_size=1, max_size=12))
def test_plain_latin_forms_are_their_keys(name: str) -> None:
    assert lexicon_form(name) == key(name)


@pytest.mark.parametrize(("roles", "gender", "count"), [(1, 2, 999), (4, 1, 0), (3, 3, 128_108)])
def test_packing_roles(roles: int, gender: int, count: int) -> None:
    known = unpack_role(pack_role(roles, gender, count))
    assert abs(known.log_frequency - np.log10(1 + count)) < 0.02


KIN = [
    ("Джо", "joe", "same"), ("Джозеф", "joseph", "same"), ("Джозеф", "joe", "nickname"), ("Тони", "anthony", "nickname"),
    ("Volodymyr", "vladimir", "related"), ("Байден", "biden", "same"), ("Sergei", "serhiy", "related"), ("Putin", "putin", "same"), ("Qqxzv", "qqxzv", None),
    ("Джо", "biden", None), ("Petra", "zelenskyy", None), ("Qqxzv", "joe", None), ("", "joe", None),
]  # fmt: skip


@pytest.mark.parametrize(("name", "form", "expected"), KIN)
def test_kin_are_the_forms_a_name_is_related_to(
    lexicon: NameLexicon, name: str, form: str, expected: str | None
) -> None:
    assert lexicon.kin(name).get(form_hash(form)) == expected


@pytest.mark.parametrize(("a", "b", "expected"), rows("pairs.tsv"))
def test_kin_never_know_less_than_the_relation(lexicon: NameLexicon, a: str, b: str, expected: str) -> None:
    closer = ["same", "related", "nickname", None]
    relation = lexicon.relation(a, b)
    if relation is not None and len(lexicon.groups(a)) and len(lexicon.groups(b)):
        found = {lexicon.kin(a).get(form_hash(lexicon_form(b))), lexicon.kin(a).get(form_hash(key(b)))}
        assert min(map(closer.index, found)) <= closer.index(relation)
