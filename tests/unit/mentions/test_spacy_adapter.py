"""A spaCy pipeline of the user's own beside entnorm's finders."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
import spacy
from spacy.language import Language

import entnorm
from entnorm.errors import ConfigError, InputError, MissingExtra
from entnorm.mentions.spacy_adapter import SpacyAdapter
from entnorm.pipeline import Normalizer

TEXT = "Nach dem Besuch in Kiew lobte Präsident Quirx Blomm, der gern Kaffee trinkt, die Firma Siemens."
PATTERNS = [
    {"label": "PER", "pattern": "Präsident Quirx Blomm,"}, {"label": "GPE", "pattern": "Kaffee"},
    {"label": "ORG", "pattern": "Siemens"}, {"label": "LOC", "pattern": "Kiew"},
]  # fmt: skip


def ruler(lang: str = "de", patterns: list[dict[str, str]] = PATTERNS, factory: str = "entity_ruler") -> Language:
    nlp = spacy.blank(lang)
    nlp.add_pipe(factory).add_patterns(patterns)  # type: ignore[attr-defined]
    return nlp


def found(norm: Normalizer, text: str = TEXT) -> dict[str, tuple[str, str | None]]:
    document = norm(text, lang="de")
    assert all(text[m.start : m.end] == m.text for m in document.mentions)
    return {m.text: (m.kind, m.entity_id) for m in document.mentions}


def test_names_of_the_pipeline_are_added(norm: Normalizer) -> None:
    assert "Kaffee" not in found(norm)
    mine = found(entnorm.load(nlp=ruler()))
    assert mine == found(norm) | {"Quirx Blomm": ("person", None), "Kaffee": ("place", None)}
    assert mine["Kiew"] == ("place", "geonames:703448")


def test_span_groups_count_as_entities_do() -> None:
    assert "Kaffee" in found(entnorm.load(nlp=ruler(factory="span_ruler")))


def test_trust_decides_what_a_trained_pipeline_alone_sees() -> None:
    text = "das alte Kaffee"
    start = text.index("Kaffee")

    def mentions(trust: float, kind: str = "GPE") -> list[str]:
        marked = [(start, len(text), kind)]
        return [
            m.text for m in entnorm.load(trust=trust)("der und die", lang="de", entities=[(0, 3, "PER")]).mentions
        ] + [m.text for m in entnorm.load(trust=trust)(text, lang="de", entities=marked).mentions]

    assert mentions(1.0) == ["der", "Kaffee"]
    assert mentions(0.5) == []


def test_rules_are_trusted_and_unknown_makes_are_not() -> None:
    assert SpacyAdapter(ruler()).by_rules
    mixed = ruler()
    mixed.add_pipe("entnorm_test_failing")
    assert not SpacyAdapter(mixed).by_rules


def test_it_works_without_the_recogniser() -> None:
    alone = found(entnorm.load(recogniser=False))
    mine = found(entnorm.load(nlp=ruler(), recogniser=False))
    assert mine == alone | {"Quirx Blomm": ("person", None), "Kaffee": ("place", None)}


def test_a_pipeline_that_sees_nothing_changes_nothing(norm: Normalizer) -> None:
    silent = entnorm.load(nlp=ruler(patterns=[{"label": "PER", "pattern": "Nobody At All"}]))
    assert silent(TEXT, lang="de").mentions == norm(TEXT, lang="de").mentions


def test_a_listed_name_gains_when_the_pipeline_confirms_it(norm: Normalizer) -> None:
    text = "Kiew und mehr."

    def belief(normalizer: Normalizer) -> float:
        return next((m.confidence or 0.0 for m in normalizer(text, lang="de").mentions if m.text == "Kiew"), 0.0)

    assert belief(entnorm.load(nlp=ruler())) > belief(norm)


def test_what_only_the_pipeline_sees_has_no_confidence() -> None:
    by_text = {m.text: m.confidence for m in entnorm.load(nlp=ruler())(TEXT, lang="de").mentions}
    assert by_text["Kaffee"] is None
    assert by_text["Kiew"] is not None


def test_provenance_names_the_pipeline() -> None:
    nlp = ruler()
    nlp.meta.update(name="desk", version="2.1.0")
    assert entnorm.load(nlp=nlp)("Kiew", lang="de").provenance["model"] == "de-desk-2.1.0"


def test_a_pipeline_by_its_folder(tmp_path: Path) -> None:
    ruler().to_disk(tmp_path / "mine")
    for path in (tmp_path / "mine", str(tmp_path / "mine")):
        assert "Kaffee" in found(entnorm.load(nlp=path))


def test_names_that_others_have_found_are_taken_as_tuples() -> None:
    norm = entnorm.load(trust=1.0)
    start = TEXT.index("Kaffee")
    mentions = norm(TEXT, lang="de", entities=[(start, start + len("Kaffee"), "placeName"), (0, 4, "ORG")]).mentions
    assert ("Kaffee", "place", "unknown") in [(m.text, m.kind, m.status) for m in mentions]


def test_scripts_without_spaces() -> None:
    nlp = ruler("xx", [{"label": "PERSON", "pattern": "甲乙丙丁戊己庚辛"}])
    document = entnorm.load(nlp=nlp)("甲乙丙丁戊己庚辛", lang="zh")
    assert [(m.text, m.kind) for m in document.mentions] == [("甲乙丙丁戊己庚辛", "person")]


def test_a_long_text_is_read_in_pieces() -> None:
    nlp = ruler()
    nlp.max_length = 60
    text = "Er kam nach Kaffee.\n\nSie blieb noch lange zu Hause. " * 5
    marked = list(SpacyAdapter(nlp).entities(text))
    assert [text[e.start : e.end] for e in marked] == ["Kaffee"] * 5
    nlp.max_length = 5
    assert list(SpacyAdapter(nlp).entities("x" * 23)) == []


def test_no_such_pipeline(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="there is no spaCy pipeline 'no_such_pipeline'") as caught:
        entnorm.load(nlp="no_such_pipeline")
    assert "folder" in caught.value.hint
    (tmp_path / "empty").mkdir()
    with pytest.raises(ConfigError, match="cannot be read"):
        entnorm.load(nlp=tmp_path / "empty")


def test_a_pipeline_that_finds_no_names() -> None:
    with pytest.raises(ConfigError, match=r"finds no names \(its components: none\)"):
        SpacyAdapter(spacy.blank("de"))
    nlp = spacy.blank("de")
    nlp.add_pipe("sentencizer")
    with pytest.raises(ConfigError, match="its components: sentencizer"):
        SpacyAdapter(nlp)


def test_what_is_no_pipeline() -> None:
    with pytest.raises(ConfigError, match="nlp is a dict"):
        SpacyAdapter({})  # type: ignore[arg-type]


@Language.component("entnorm_test_failing", assigns=["doc.ents"])
def _fail(doc: object) -> object:
    raise RuntimeError("out of order\nlater lines")


def test_a_failing_pipeline_is_named() -> None:
    nlp = spacy.blank("de")
    nlp.add_pipe("entnorm_test_failing")
    with pytest.raises(
        InputError, match=r"pipeline de-pipeline-0.0.0 fails on this text \(RuntimeError: out of order\)"
    ):
        entnorm.load(nlp=nlp)("Kiew", lang="de")


def test_without_spacy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "spacy", None)
    with pytest.raises(MissingExtra, match="spaCy cannot be imported") as caught:
        SpacyAdapter("some_pipeline")
    assert caught.value.hint == "install it: pip install spacy"
