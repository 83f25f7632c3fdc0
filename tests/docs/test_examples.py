"""Every example of the documentation prints what the page says, and every link leads somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import docs_examples

PAGES = [pytest.param(p, id=p.relative_to(docs_examples.ROOT).as_posix()) for p in docs_examples.pages()]
LINK = re.compile(r"\]\((?!https?:|#)([^)#\s]+)(?:#([^)\s]*))?\)")


@pytest.mark.parametrize("page", PAGES)
def test_examples_print_what_the_page_says(page: Path, tmp_path: Path) -> None:
    wrong = docs_examples.failures(page, tmp_path)
    assert not wrong, "\n".join([*wrong, "after a change that is meant: python tools/docs_examples.py --write"])


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    dead = [target for target, _ in LINK.findall(text) if not (page.parent / target).exists()]
    assert dead == []


def test_the_runner_notices_a_wrong_page(tmp_path: Path) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    page = tmp_path / "page.md"
    page.write_text(
        "```python\n>>> 1 + 1\n3\n>>> 2\n2\n```\n\n```console\n$ echo a; exit 3\nb\n```\n", encoding="utf-8"
    )
    steps = [step for _, block in docs_examples.run_page(page, scratch) for step in block]
    assert [(s.fits, s.got) for s in steps] == [(False, "2\n"), (True, "2\n"), (False, "a\n")]


def test_every_public_name_is_described() -> None:
    import entnorm

    text = (docs_examples.ROOT / "docs" / "python.md").read_text(encoding="utf-8")
    assert [n for n in entnorm.__all__ if f"`{n}" not in text and f"entnorm.{n}" not in text] == []


def test_every_option_is_described() -> None:
    from entnorm.cli.app import COMMANDS, make_parser

    text = (docs_examples.ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    options = {o for c in COMMANDS for a in make_parser(c)._actions for o in a.option_strings if o.startswith("--")}
    assert [o for o in sorted(options - {"--help"}) if f"`{o}" not in text] == []
    assert [c for c in COMMANDS if f"entnorm {' '.join(c)}" not in text] == []
