"""entnorm as components of a spaCy pipeline."""

from __future__ import annotations

import pickle
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from entnorm import spacy_component
from entnorm.models import Document, Mention

ROOT = Path(__file__).resolve().parents[3]
TEXT = "Nach dem Kiew-Besuch lobte Präsident Selenskyj den Schreiner Quirx Blomm."


def component(lang: str = "de", /, **config: object) -> Language:
    assert spacy_component.component
    nlp = spacy.blank(lang)
    nlp.add_pipe("entnorm", config=config)
    return nlp


@pytest.fixture(scope="module")
def nlp() -> Language:
    return component()


@pytest.fixture(scope="module")
def doc(nlp: Language) -> Doc:
    return nlp(TEXT)


def test_mentions_are_spans_of_tokens_with_the_exact_mention_beside(doc: Doc) -> None:
    spans = doc.spans["entnorm"]
    assert [(s.text, s.label_, s.kb_id_) for s in spans] == [
        ("Kiew-Besuch", "LOC", "geonames:703448"), ("Selenskyj", "PER", "entnorm:volodymyr-zelenskyy"), ("Quirx Blomm", "PER", ""),
    ]  # fmt: skip
    mentions = [s._.entnorm for s in spans]
    assert all(isinstance(m, Mention) and doc.text[m.start : m.end] == m.text for m in mentions)
    assert [m.text for m in mentions] == ["Kiew", "Selenskyj", "Quirx Blomm"]
    assert doc[0:1]._.entnorm is None
    assert list(doc.ents) == []


def test_the_document_is_there_as_an_object(doc: Doc) -> None:
    document = doc._.entnorm
    assert isinstance(document, Document)
    assert document.model_dump() == spacy_component.pipeline.load()(TEXT, lang="de").model_dump()
    assert spacy.blank("de")("Kiew")._.entnorm is None


def test_only_plain_data_is_kept(doc: Doc) -> None:
    def plain(value: object) -> bool:
        if isinstance(value, dict):
            return all(isinstance(k, str) and plain(v) for k, v in value.items())
        if isinstance(value, list):
            return all(map(plain, value))
        return value is None or type(value) in (str, int, float, bool)

    assert plain(doc.user_data["entnorm"])


def test_documents_survive_bytes_and_pickle(nlp: Language, doc: Doc) -> None:
    for twin in (Doc(nlp.vocab).from_bytes(doc.to_bytes()), pickle.loads(pickle.dumps(doc))):
        assert twin._.entnorm == doc._.entnorm
        assert [s._.entnorm for s in twin.spans["entnorm"]] == [s._.entnorm for s in doc.spans["entnorm"]]


def test_pipelines_survive_the_disk_and_other_processes(nlp: Language, doc: Doc, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path / "nlp")
    assert spacy.load(tmp_path / "nlp")(TEXT)._.entnorm == doc._.entnorm
    assert pickle.loads(pickle.dumps(nlp))(TEXT)._.entnorm == doc._.entnorm
    assert [d._.entnorm for d in nlp.pipe([TEXT, TEXT], n_process=2)] == [doc._.entnorm] * 2


def test_options() -> None:
    nlp = component("xx", to="pl", lang="de", set_ents=True, settings={"limit": 1})
    doc = nlp(TEXT)
    assert [(e.text, e.label_) for e in doc.ents] == [
        ("Kiew", "LOC"),
        ("Selenskyj", "PER"),
        ("Quirx Blomm", "PER"),
    ]
    assert doc.ents[1]._.entnorm.name == "Wołodymyr Zełenski"
    assert all(len(m.matches) <= 1 for m in doc._.entnorm.mentions)


def test_the_language_is_identified_in_a_multilingual_pipeline() -> None:
    assert component("xx")("Der Kreml wies die Idee am Montag zurück.")._.entnorm.lang == "de"


@pytest.mark.parametrize(("use_ents", "expected"), [(True, ["Hinterknuffing"]), (False, [])])
def test_entities_of_earlier_components_count(use_ents: bool, expected: list[str]) -> None:
    nlp = component(use_ents=use_ents, settings={"trust": 1.0})
    nlp.add_pipe("entity_ruler", first=True).add_patterns([{"label": "GPE", "pattern": "Hinterknuffing"}])  # type: ignore[attr-defined]
    doc = nlp("das alte hinterknuffing und Hinterknuffing")
    assert [m.text for m in doc._.entnorm.mentions] == expected
    assert [e.text for e in doc.ents] == ["Hinterknuffing"]


def test_entities_set_before_stay_where_nothing_overlaps() -> None:
    nlp = component(set_ents=True)
    patterns = [{"label": "ORG", "pattern": "Selenskyj"}, {"label": "MISC", "pattern": "Schreiner"}]
    nlp.add_pipe("entity_ruler", first=True).add_patterns(patterns)  # type: ignore[attr-defined]
    labels = {e.text: e.label_ for e in nlp(TEXT).ents}
    assert labels == {"Kiew-Besuch": "LOC", "Selenskyj": "PER", "Schreiner": "MISC", "Quirx Blomm": "PER"}


def test_the_recogniser_by_itself() -> None:
    assert spacy_component.recogniser
    nlp = spacy.blank("de")
    nlp.add_pipe("entnorm_ner")
    doc = nlp("Jens Öblarn sprach am Montag in Berlin mit der Siemens AG.")
    assert [(e.text, e.label_) for e in doc.ents][:2] == [("Jens Öblarn", "PER"), ("Berlin", "LOC")]
    assert pickle.loads(pickle.dumps(nlp))("Jens Öblarn sprach.").ents[0].text == "Jens Öblarn"


def test_the_pipeline_takes_the_arguments_of_spacy_load(tmp_path: Path) -> None:
    nlp = spacy_component.load(config={"components.entnorm.to": "fr"})
    assert (nlp.lang, nlp.pipe_names, nlp.meta["name"]) == ("xx", ["entnorm_ner", "entnorm"], "entnorm")
    assert nlp("Er reist nach Kiew.")._.entnorm.to == "fr"
    assert spacy_component.load(exclude=["entnorm"]).pipe_names == ["entnorm_ner"]
    nlp.to_disk(tmp_path / "xx")
    assert spacy.load(tmp_path / "xx")("Er reist nach Kiew.")._.entnorm.mentions[0].name == "Kiev"


def test_empty_and_odd_documents(nlp: Language) -> None:
    for text in ("", " ", "\n", "🙂", "a\x00b"):
        assert nlp(text)._.entnorm.text == text


def test_the_module_has_no_other_attributes() -> None:
    with pytest.raises(AttributeError, match="nothing_of_the_kind"):
        spacy_component.nothing_of_the_kind  # noqa: B018


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], str]:
    """Runs code where the entry points of this tree's ``pyproject.toml`` are installed."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    site = tmp_path_factory.mktemp("site")
    info = site / f"entnorm-{project['version']}.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: entnorm\nVersion: {project['version']}\n")
    groups = project["entry-points"].items()
    lines = [line for group, points in groups for line in (f"[{group}]", *(f"{k} = {v}" for k, v in points.items()))]
    (info / "entry_points.txt").write_text("\n".join(lines) + "\n")

    def run(code: str) -> str:
        paths = f"import sys; sys.path[:0] = [{str(site)!r}, {str(ROOT / 'src')!r}]\n"
        done = subprocess.run([sys.executable, "-c", paths + code], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    return run


def test_add_pipe_needs_no_import(installed: Callable[[str], str]) -> None:
    code = """
import spacy
nlp = spacy.blank("de")
nlp.add_pipe("entnorm_ner")
nlp.add_pipe("entnorm")
doc = nlp("Reise nach Kiew.")
print([s._.entnorm.name for s in doc.spans["entnorm"]])
"""
    assert installed(code) == "['Kyiv']"


def test_the_pipeline_is_listed(installed: Callable[[str], str]) -> None:
    code = """
import spacy.util
print(spacy.util.get_installed_models(), spacy.util.registry.models.get("xx_entnorm").load().pipe_names)
"""
    assert installed(code) == "['xx_entnorm'] ['entnorm_ner', 'entnorm']"


def test_the_module_does_not_import_spacy() -> None:
    code = "import sys, entnorm.spacy_component; print('spacy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
