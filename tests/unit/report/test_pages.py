"""Web pages: escaping, links, marks, and what a reader needs."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entnorm.evaluate.figures import Figure, Result
from entnorm.evaluate.reliability import Bin
from entnorm.models import Document, Match, Mention
from entnorm.pipeline import Normalizer
from entnorm.report.documents import document_page
from entnorm.report.figures import diagram, figures_page
from entnorm.report.html import Markup, address, esc, linked, table, tag

VOID = {"meta", "rect", "line", "circle"}


class Page(HTMLParser):
    """A page read back: its text, its elements, and whether they nest."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(source)
        self.close()
        assert not self.open

    def handle_starttag(self, name: str, attributes: list[tuple[str, str | None]]) -> None:
        self.elements.append((name, dict(attributes)))
        if name != "meta":
            self.open.append(name)

    def handle_endtag(self, name: str) -> None:
        assert self.open.pop() == name

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.text += data

    def all(self, name: str) -> list[dict[str, str | None]]:
        return [attributes for n, attributes in self.elements if n == name]


def nasty(text: str) -> Document:
    match = Match(
        entity_id=text, kind="place", name=text, matched_name=text, score=1.0, confidence=0.5, same_as=(text,)
    )
    at = {"start": 0, "end": len(text), "text": text, "kind": "place", "base": text, "name": text}
    mention = Mention(**at, status="resolved", cluster=0, matches=(match,))  # type: ignore[arg-type]
    return Document(text=text, id=text, lang=text, mentions=(mention,), provenance={"index": text})


def test_everything_is_escaped() -> None:
    bad = """<script>alert('1')</script>"onload=x&amp;<b>"""
    source = document_page([nasty(bad)], [{"name": bad, "attribution": bad, "licence": bad}], bad, bad)
    page = Page(source)
    assert "<script" not in source
    assert not page.all("script") + page.all("b")
    assert page.text.count(bad) >= 6
    assert all(not key.startswith("on") for _, attributes in page.elements for key in attributes)


@given(st.text(st.characters(codec=None), min_size=1, max_size=40))
def test_any_text_makes_a_page(text: str) -> None:
    page = Page(document_page([nasty(text)], [], "1"))
    assert all((a["href"] or "").startswith(("https://", "#")) for a in page.all("a"))
    assert not {"\x00", "\ud800", "\u202e"} & set(page.text)


def test_only_https_is_linked() -> None:
    assert address("http://example.org/") is None
    assert address("javascript:alert(1)") is None
    assert address("https:javascript") is None
    assert address('https://x/" onclick="y') is None
    assert address("geonames:1/../2") is None
    assert address("wikidata:Q42") == "https://www.wikidata.org/wiki/Q42"
    assert address("enwiki:A<b>/c?d#e") == "https://en.wikipedia.org/wiki/A%3Cb%3E%2Fc%3Fd%23e"
    assert linked("desk:<1>") == "desk:&lt;1&gt;"


def test_elements() -> None:
    assert (
        tag("p", "a<", tag("b", "c"), 5, class_="x", data_head='"', lang=None)
        == '<p class="x" data-head="&quot;">a&lt;<b>c</b>5</p>'
    )
    assert esc(Markup("<b>")) == "<b>"
    assert 'id="e1"' in table([], [[]], ids=["e1"])


def test_the_page_of_a_text(norm: Normalizer) -> None:
    text = "Kiew: Wladimir Putin und Jens Öblarn.\n\nPutin reiste nach Springfield und Kiew."
    document = norm(text, lang="de", id="a.txt")
    source = document_page([document], norm.indexes[0].manifest["gazetteers"], "1.2", "Titel")
    page = Page(source)
    marks = page.all("mark")[3:]  # after those of the legend
    assert len(marks) == len(document.mentions)
    assert marks[0]["class"] == "place resolved"
    assert "place, resolved: Kyiv" in (marks[0]["title"] or "")
    assert {"e1", "e2"} <= {a.get("id") for a in page.all("tr")}
    anchors = {f"#{a['id']}" for a in page.all("tr") if "id" in a}
    assert {a["href"] for a in page.all("a") if (a["href"] or "").startswith("#")} <= anchors
    assert "●" in page.text
    assert "▲" in page.text
    assert text in Page(re.sub(r'<a class="ref".*?</a>', "", source)).text
    assert "On no list" in page.text
    assert "Ambiguous" in page.text
    assert "GeoNames" in page.text
    assert norm.indexes[0].id in page.text
    assert [a["dir"] for a in page.all("div") if a.get("class") == "text"] == ["auto"]
    assert [a["lang"] for a in page.all("div") if a.get("class") == "text"] == ["de"]


def test_the_page_needs_nothing_else(norm: Normalizer) -> None:
    page = Page(document_page([norm("Kiew", lang="de")], norm.indexes[0].manifest["gazetteers"], "1"))
    assert not page.all("script") + page.all("link") + page.all("img") + page.all("iframe")
    assert all("src" not in attributes for _, attributes in page.elements)
    style = document_page([], [], "1").split("<style>")[1].split("</style>")[0]
    assert "url(" not in style
    assert "@import" not in style
    assert "@media print" in style
    assert "dashed" in style


def test_surfaces_counts_and_ranges() -> None:
    def mention(start: int, text: str, confidence: float | None) -> Mention:
        match = Match(entity_id="geonames:1", kind="place", name="Kyiv", matched_name="Kiew", score=1.0)
        return Mention(
            start=start,
            end=start + 4,
            text=text,
            kind="place",
            status="resolved",
            base=text,
            name="Kyiv",
            cluster=0,
            confidence=confidence,
            matches=(match,),
        )

    document = Document(
        text="Kiew Kyiv Kiew", mentions=(mention(0, "Kiew", 0.5), mention(5, "Kyiv", 0.75), mention(10, "Kiew", None))
    )
    page = Page(document_page([document], [], "1"))
    assert "Kiew ×2, Kyiv" in page.text
    assert "0.50 to 0.75" in page.text
    assert "3 mentions, 1 entity." in page.text


def test_the_page_of_figures() -> None:
    result = Result(
        [Figure("f1", 0.5, 10), Figure("ece", None, 0), Figure("f1", 0.25, 4, "de"), Figure("f1", 0.75, 6, "fr")],
        {"mentions": [Bin(0.9, 1.0, 12_345, 0.95, 0.8)]},
        {"documents": 3},
    )
    page = Page(figures_page(result, ["<gold>.jsonl"], {"index": "abc"}, [], "1"))
    assert "3 documents" in page.text
    assert "<gold>.jsonl" in page.text
    assert "harmonic mean" in page.text
    assert "0.750" in page.text
    (svg,) = page.all("svg")
    assert svg["role"] == "img"
    assert "12,345 answers, expected calibration error 0.150" in (svg["aria-label"] or "")


def test_the_diagram_draws_every_bin_within_its_frame() -> None:
    bins = [Bin(i / 10, (i + 1) / 10, 10 ** (i % 7), i / 10 + 0.05, i / 9) for i in range(10)]
    page = Page(diagram("mentions", bins))
    bars, rings = page.all("rect"), page.all("circle")
    assert len(bars) == len(rings) == 10
    _, _, width, height = map(float, (page.all("svg")[0]["viewbox"] or "").split())
    for bar in bars:
        x, y, w, h = (float(bar[k] or "") for k in ("x", "y", "width", "height"))
        assert 0 <= x < x + w <= width
        assert 0 <= y <= y + h <= height
    assert "1M" in page.text


@pytest.mark.parametrize("bins", [[], [Bin(0.0, 0.1, 1, 0.0, 0.0)], [Bin(0.9, 1.0, 1, 1.0, 1.0)]])
def test_the_diagram_of_little(bins: list[Bin]) -> None:
    assert Page(diagram("pairs", bins)).all("svg")
