"""Build the name tables of data/gazetteers/names from the fetched packages.

    python tools/names/build.py INPUTS [--out data/gazetteers/names]

Writes groups.tsv, uk_ru.tsv, roles.tsv, nicknames.tsv and gazetteer.toml beside counterparts.tsv, which is
written by hand. The same inputs give the same bytes.
"""

from __future__ import annotations

import argparse
import csv
import io
import re
import tarfile
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import russian
from clean import clean_form, kept_script

from fetch import digest, sources

MAX_WORDS = 3
HIDDEN_IDS = frozenset({"KHUYLO"})
_QUALIFIER = re.compile(r"\s*\(.*\)")


def read_groups(archive: Path) -> Iterator[tuple[str, list[str]]]:
    """Wikidata id (or the source's own X id) and cleaned forms of every group worth keeping."""
    with tarfile.open(archive) as tar:
        member = next(m for m in tar.getmembers() if m.name.endswith("/data/names/person_names.txt"))
        stream = tar.extractfile(member)
        assert stream is not None
        for line in io.TextIOWrapper(stream, encoding="utf-8"):
            forms, _, identifier = line.rstrip("\n").rpartition(" => ")
            kept = {clean_form(form) for form in forms.split(", ")}
            kept = {form for form in kept if form and kept_script(form) and len(form.split()) <= MAX_WORDS}
            if len(kept) > 1 and identifier not in HIDDEN_IDS:
                yield identifier, sorted(kept)


def group_order(row: Sequence[object]) -> tuple[str, int]:
    """Sort key: Q ids by number, then X ids by number."""
    identifier = str(row[0])
    return identifier[0], int(identifier[1:])


def read_nicknames(wheel: Path) -> list[tuple[str, str]]:
    """English name and nickname pairs."""
    with zipfile.ZipFile(wheel) as archive:
        text = archive.read("nicknames/names.csv").decode("utf-8")
    rows = csv.DictReader(io.StringIO(text))
    return sorted({(row["name1"], row["name2"]) for row in rows if row["relationship"] == "has_nickname"})


def read_latin_roles(archive: Path) -> Iterator[tuple[str, str, str, int]]:
    """Role rows of Latin names: given with gender, and family; counts are not known and given as 1."""
    with tarfile.open(archive) as tar:
        stream = tar.extractfile("package/index.mjs")
        assert stream is not None
        text = stream.read().decode("utf-8")
    for role, gender, variable in (
        ("given", "m", "MALE"),
        ("given", "f", "FEMALE"),
        ("given", "u", "UNISEX"),
        ("family", "", "FAMILY"),
    ):
        found = re.search(rf"\b{variable} = \[(.*?)\];", text, re.DOTALL)
        assert found is not None, variable
        for name in re.findall(r'"((?:[^"\\]|\\.)*)"', found.group(1)):
            form = clean_form(_QUALIFIER.sub("", name))
            if form and len(form) > 1 and kept_script(form) == "Latn" and len(form.split()) <= MAX_WORDS:
                yield form, role, gender, 1


def write_tsv(path: Path, header: str, rows: Iterable[Sequence[object]]) -> int:
    """Write commented rows; returns how many."""
    count = 0
    with path.open("w", encoding="utf-8", newline="\n") as out:
        for line in header.strip().splitlines():
            out.write(f"# {line}\n")
        for row in rows:
            out.write("\t".join(map(str, row)) + "\n")
            count += 1
    return count


def write_manifest(out: Path, counts: dict[str, int], inputs: dict[str, Path]) -> None:
    """Provenance and licences of the folder."""
    lines = [
        'name = "names"',
        'version = "1"',
        'kind = "name-knowledge"',
        'licence = "CC0-1.0 AND MIT AND BSD-3-Clause AND Apache-2.0"',
        'attribution = "Names: Wikidata (CC0) by way of rigour, copyright OpenSanctions Datenbanken GmbH '
        "(MIT), and wikidata-person-names (MIT); Ukrainian to Russian pairs: names-translator, Dmitry "
        "Chaplinsky (MIT); roles and counts: russiannames, copyright 2018 Ivan Begtin (BSD-3-Clause); "
        'nicknames: nicknames (Apache-2.0)"',
        'command = "python tools/names/build.py INPUTS"',
        "",
        "[counts]",
        *(f"{name} = {count}" for name, count in sorted(counts.items())),
    ]
    for source in sources():
        lines += ["", "[[sources]]"]
        lines += [f'{field} = "{source[field]}"' for field in ("name", "version", "licence", "file")]
        lines.append(f'sha256 = "{digest(inputs[source["name"]])}"')
    (out / "gazetteer.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    """Read every input, write every table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("inputs", type=Path)
    parser.add_argument("--out", type=Path, default=Path("data/gazetteers/names"))
    arguments = parser.parse_args()
    inputs = {source["name"]: arguments.inputs / source["file"] for source in sources()}
    out: Path = arguments.out
    out.mkdir(parents=True, exist_ok=True)

    pairs = russian.read_pairs(inputs["names-translator"])
    counts = {}
    counts["groups"] = write_tsv(
        out / "groups.tsv",
        "Forms of one given or family name: group id (Wikidata, or X and a number), forms separated by |.\n"
        "Source: rigour 2.6.1 (MIT), data of Wikidata (CC0).",
        ((i, "|".join(forms)) for i, forms in sorted(read_groups(inputs["rigour"]), key=group_order)),
    )
    counts["uk_ru"] = write_tsv(
        out / "uk_ru.tsv",
        "Ukrainian name, Russian name, role: only pairs that letter correspondences do not yield.\n"
        "Source: names-translator 2.1.0 (MIT).",
        sorted((uk, ru, role) for uk, ru, role in pairs if not russian.regular(uk, ru)),
    )
    roles = russian.read_roles(inputs["russiannames"], pairs)
    roles.update({row[:3]: row[3] for row in read_latin_roles(inputs["wikidata-person-names"])})
    counts["roles"] = write_tsv(
        out / "roles.tsv",
        "Name, role (given, family or patronymic), gender (m, f, u either, empty unknown), bearers in the\n"
        "source. Sources: russiannames 2.0.0 (BSD-3-Clause) for Russian, names-translator 2.1.0 (MIT) for\n"
        "Ukrainian given names, wikidata-person-names 1.3.0 (MIT, CC0 data) for Latin names, counted as 1.",
        sorted((*row, count) for row, count in roles.items()),
    )
    counts["nicknames"] = write_tsv(
        out / "nicknames.tsv",
        "English given name, nickname. Source: nicknames 1.0.1 (Apache-2.0).",
        read_nicknames(inputs["nicknames"]),
    )
    counts["counterparts"] = sum(not line.startswith("#") for line in (out / "counterparts.tsv").open(encoding="utf-8"))
    write_manifest(out, counts, inputs)
    print(counts)


if __name__ == "__main__":
    main()
