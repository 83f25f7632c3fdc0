"""The build of the places: cleaning, choosing, hand corrections and GeoNames' own dumps, on made-up rows."""

from __future__ import annotations

import doctest
import importlib
import pickle
from pathlib import Path

import pytest

from fetch import FetchError, fetch, read_sources, sha256
from places import (
    alternates,
    archives,
    borrowed,
    canonical,
    cldr,
    clean,
    config,
    dumps,
    geonames,
    output,
    overrides,
    regions,
)
from places.model import Flag, NameEntry, Place

MODULES = [
    "alternates",
    "archives",
    "borrowed",
    "canonical",
    "cldr",
    "clean",
    "divisions",
    "output",
    "overrides",
    "regions",
]


@pytest.mark.parametrize("name", MODULES)
def test_examples_of_the_tools_run(name: str) -> None:
    assert doctest.testmod(importlib.import_module(f"places.{name}")).failed == 0


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ("Kyiv", "Kyiv"),
        ("ku er si ke", ""),
        ("IEV", ""),
        ("日本語", ""),
        ("https://example.org", ""),
        ("Ко́ростень", "Коростень"),
        ("Île-de-France²", "Île-de-France"),
        ("مُحَافَظَة", "محافظة"),
        ("Donetsk (tỉnh)", "Donetsk"),
        ("کیروفسک، اوبلاست مورمانسک", "کیروفسک"),
        ("12345", ""),
        ("K", ""),
        ("'s-Hertogenbosch", "'s-Hertogenbosch"),
    ],
)
def test_what_is_kept_as_a_name(raw: str, kept: str) -> None:
    assert clean.NameFilter(["日本語"]).accept(raw, "Main", tagged=False) == kept


def test_the_main_name_is_kept_even_when_it_looks_like_rubbish() -> None:
    assert clean.NameFilter([]).accept("les", "les", tagged=False) == "les"


def test_machine_transliterations_of_cyrillic_are_recognised() -> None:
    assert clean.loose("Ehskal'des-Ehndzhordani") in clean.machine_forms("Эскальдес-Энджордани")
    assert clean.loose("Kharkiv") not in clean.machine_forms("Киев")


def test_the_unpickler_refuses_classes_and_reads_plain_data() -> None:
    assert archives.unpickle_data(pickle.dumps([["Kyiv", 1, 2.5]])) == [["Kyiv", 1, 2.5]]
    with pytest.raises(pickle.UnpicklingError):
        archives.unpickle_data(pickle.dumps(Path("x")))


def test_rows_of_the_alternate_names_table() -> None:
    rows = [
        b"1\t7\tde\tKiew\t1\t\t\t\t\t\n",
        b"2\t7\tiata\tIEV\t\t\t\t\t\t\n",
        b"3\t7\twkdt\tQ1899\t\t\t\t\t\t\n",
        b"4\t7\tlink\thttps://en.wikipedia.org/wiki/Kyiv\t\t\t\t\t\t\n",
        b"5\t8\tde\tAnderswo\t\t\t\t\t\t\n",
        b"6\t7\tru\tOld\t1\t\t\t1\t\t\n",
        b"7\t7\ten\tEarlier\t\t\t\t\t1900\t1950\n",
    ]
    found: dict[int, alternates.PlaceAlternates] = {}
    alternates.collect_rows(rows, {b"7"}, found)
    place = found[7]
    assert set(found) == {7}
    assert place.qid == "Q1899"
    assert place.codes == {"IEV"}
    assert place.title("Kyiv") == "Kyiv"
    assert [(row.name, row.flags) for row in place.names] == [
        ("Kiew", Flag.PREFERRED),
        ("Old", Flag.PREFERRED | Flag.HISTORIC),
        ("Earlier", Flag.HISTORIC),
    ]


def test_two_wikidata_ids_are_no_id() -> None:
    assert alternates.PlaceAlternates(qids=["Q1", "Q2"]).qid == ""


def score(flags: Flag, *, is_main: bool = False, division: bool = False) -> int:
    return canonical.rank(flags, is_main=is_main, division=division)


def test_the_order_of_canonical_names() -> None:
    order = [
        Flag.OVERRIDE,
        Flag.TITLE,
        Flag.CLDR,
        Flag.RENAMED,
        Flag.PREFERRED,
        Flag.SHORT,
        Flag.NONE,
        Flag.INFERRED,
        Flag.VARIANT,
        Flag.GENERATED,
    ]
    scores = [score(flags) for flags in order]
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == len(scores)
    assert score(Flag.PREFERRED | Flag.HISTORIC) == 0
    assert score(Flag.NONE, is_main=True) > score(Flag.PREFERRED)
    assert score(Flag.SHORT, division=True) < score(Flag.NONE, division=True)


@pytest.mark.parametrize(
    ("langs", "role"),
    [
        ({"uk": Flag.NONE}, "native"),
        ({"de": Flag.NONE}, "exonym"),
        ({"uk": Flag.HISTORIC}, "former"),
        ({"en": Flag.HISTORIC, "da": Flag.NONE}, "exonym"),
        ({"de": Flag.SHORT}, "short"),
        ({"de": Flag.COLLOQUIAL}, "alias"),
    ],
)
def test_roles(langs: dict[str, Flag], role: str) -> None:
    assert canonical.role_of(NameEntry(langs=langs), ["uk"], is_main=False) == role


def test_settings_say_which_script_a_language_writes() -> None:
    languages = config.load_config().languages
    assert languages.tag("nb") == "no"
    assert languages.tag("zh-TW") == "zh-Hant"
    assert languages.tag("xx") is None
    assert not languages.writes("uk", "Latn")
    assert languages.writes("sr", "Latn")
    assert set(languages.canonical) <= set(languages.core)


def test_subdivision_ranges_of_cldr() -> None:
    assert cldr._expand("ad02~4") == ["ad02", "ad03", "ad04"]
    assert cldr._expand("usca") == ["usca"]


CITY = "7\tKyiv\tKyiv\tIEV,Kiew\t50.45466\t30.5238\tP\tPPLC\tUA\t\t12\t\t\t\t2797553\t\t187\tEurope/Kyiv\t2024-01-01\n"


def write_dumps(folder: Path) -> None:
    hamlet = CITY.replace("7\tKyiv", "9\tHamlet").replace("PPLC", "PPL").replace("2797553", "40")
    river = CITY.replace("7\t", "10\t").replace("\tP\t", "\tH\t")
    (folder / "cities500.txt").write_text(CITY + hamlet + river, encoding="utf-8")
    (folder / "admin1CodesASCII.txt").write_text("UA.12\tKyiv City\tKyiv City\t8\n", encoding="utf-8")
    rows = "1\t7\tde\tKiew\t\t\t\t\t\t\n2\t5\tlink\thttps://en.wikipedia.org/wiki/A_County,_B\t\t\t\t\t\t\n"
    (folder / "alternateNamesV2.txt").write_text(rows, encoding="utf-8")


def test_geonames_own_dumps_are_read(tmp_path: Path) -> None:
    write_dumps(tmp_path)
    places, untagged = dumps.load_cities(tmp_path, config.load_config().coverage)
    places |= dumps.load_admin1(tmp_path)
    geonames.link_admin1(places)
    assert sorted(places) == [7, 8]
    assert places[7].admin1 == 8
    assert (places[7].lat, places[7].population) == (50.4547, 2797553)
    assert untagged[7] == ["IEV", "Kiew"]
    found, counties = dumps.read_alternates(tmp_path, [7], {"A County, B": "A County"})
    assert [row.name for row in found[7].names] == ["Kiew"]
    assert counties == {5: "A County, B"}


def test_a_dump_with_other_columns_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "cities500.txt").write_text("7\tKyiv\n", encoding="utf-8")
    with pytest.raises(dumps.DumpError, match=r"cities500\.txt:1"):
        dumps.load_cities(tmp_path, config.load_config().coverage)
    with pytest.raises(dumps.DumpError, match="neither"):
        dumps.town_files(tmp_path / "elsewhere")


def corrections(path: Path, *lines: str) -> list[overrides.Override]:
    path.write_text("\t".join(overrides.COLUMNS) + "\n" + "".join(f"{line}\n" for line in lines), encoding="utf-8")
    return overrides.read_overrides(path)


def test_hand_corrections(tmp_path: Path) -> None:
    place = Place(id=7, type="city", name="Kiev", country="UA")
    place.add("Hayeren", "", Flag.NONE, "g")
    lines = [
        "geonames:7\tmain\tKyiv\t\t\tnew name",
        "geonames:7\tcanonical\tKiew\tde\t\tusual",
        "geonames:7\tdrop\tHayeren\t\t\tautonym",
        "geonames:7\tadd\tKyïv\tfr\talias\tpress",
        "geonames:7\tformer\tKiev\t\t\tolder",
    ]
    found = corrections(tmp_path / "overrides.tsv", *lines)
    overrides.rename_mains({7: place}, found)
    overrides.apply_overrides({7: place}, found)
    assert place.name == "Kyiv"
    assert set(place.names) == {"Kyiv", "Kiev", "Kiew", "Kyïv"}
    assert place.names["Kiew"].langs["de"] == Flag.OVERRIDE
    assert place.names["Kyïv"].role == "alias"
    assert place.names["Kiev"].role == "former"


@pytest.mark.parametrize(
    "line",
    [
        "geonames:7\tmain\tKyiv\t\t\t",
        "geonames:7\tguess\tKyiv\t\t\treason",
        "geonames:7\tmain\tKyiv",
    ],
)
def test_a_correction_without_reason_or_action_is_an_error(tmp_path: Path, line: str) -> None:
    with pytest.raises(overrides.OverrideError, match=r"overrides\.tsv:2"):
        corrections(tmp_path / "overrides.tsv", line)


def test_a_correction_of_an_unknown_place_or_name_is_an_error(tmp_path: Path) -> None:
    found = corrections(tmp_path / "overrides.tsv", "geonames:7\tdrop\tKyiv\t\t\treason")
    with pytest.raises(overrides.OverrideError, match="no place"):
        overrides.apply_overrides({}, found)
    with pytest.raises(overrides.OverrideError, match="no name"):
        overrides.apply_overrides({7: Place(id=7, type="city", name="X")}, found)


def test_the_table_of_regions_is_checked(tmp_path: Path) -> None:
    table = tmp_path / "table.tsv"
    head = "id\ttype\tcountry\tlat\tlon\ten\tde\n"
    table.write_text(head + "geonames:1\tregion\t\t48.5\t38\tDonbas|Donbass\tDonbass\n", encoding="utf-8")
    (region,) = regions.read_regions(table)
    assert region.geonames_id == 1
    assert region.names == {"en": ["Donbas", "Donbass"], "de": ["Donbass"]}
    table.write_text(head + "geonames:1\tregion\t\t48.5\t38\t\tDonbass\n", encoding="utf-8")
    with pytest.raises(regions.RegionError, match="no English name"):
        regions.read_regions(table)
    table.write_text(head + "geonames:1\tregion\n", encoding="utf-8")
    with pytest.raises(regions.RegionError, match="columns"):
        regions.read_regions(table)


def test_differing_files_are_named(tmp_path: Path) -> None:
    built, committed = tmp_path / "a", tmp_path / "b"
    for folder in (built, committed):
        folder.mkdir()
        output.write_table(folder / "same.tsv", ("id",), [("1",)])
        output.write_table(folder / "other.tsv", ("id",), [(folder.name,)])
    assert output.differing(built, committed) == ["other.tsv"]


def test_pinned_sources_are_complete_and_name_no_address() -> None:
    sources = read_sources()
    keys = {"client", "package", "version", "file", "sha256", "snapshot", "licence", "attribution"}
    assert all(keys <= set(source) for source in sources.values())
    assert not any("://" in value for source in sources.values() for value in source.values())


def test_a_source_that_is_there_is_not_fetched_again(tmp_path: Path) -> None:
    (tmp_path / "x.whl").write_bytes(b"x")
    source = {
        "client": "none",
        "package": "x",
        "version": "1",
        "file": "x.whl",
        "sha256": sha256(tmp_path / "x.whl"),
    }
    assert fetch("x", source, tmp_path) is False


def test_a_file_with_another_sum_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(importlib.import_module("fetch").CLIENTS, "none", lambda source, folder: None)
    source = {"client": "none", "package": "x", "version": "1", "file": "x.whl", "sha256": "0" * 64}
    with pytest.raises(FetchError, match="pinned"):
        fetch("x", source, tmp_path)


def test_names_of_the_division_are_taken_from_its_towns() -> None:
    division = Place(id=1, type="admin1", name="California", country="US")
    capital = Place(id=2, type="city", name="Sacramento", admin1=1, population=500)
    town = Place(id=3, type="city", name="Hacienda Heights", admin1=1, population=50)
    namesake = Place(id=4, type="city", name="California", admin1=1, population=5)
    for place in (division, town, namesake):
        place.add("カリフォルニア州", "ja", Flag.NONE, "g")
        place.add("Provincia de California", "es", Flag.NONE, "g")
        place.add("Kalifornien", "de", Flag.NONE, "g")
    capital.add("Kalifornien", "de", Flag.NONE, "g")
    town.add("ハシエンダハイツ", "ja", Flag.NONE, "g")
    places = {place.id: place for place in (division, capital, town, namesake)}
    borrowed.drop_borrowed(places, borrowed.DivisionWords([]))
    assert set(town.names) == {"ハシエンダハイツ"}
    assert set(capital.names) == {"Kalifornien"}
    assert set(namesake.names) == {"カリフォルニア州", "Kalifornien"}
    assert len(division.names) == 3


@pytest.mark.parametrize(
    ("main", "name", "is_division"),
    [
        ("Tokat", "Tokat Province", True),
        ("Orla", "Gmina Orla", True),
        ("Huyện Lâm Hà", "Lam Ha District", False),
        ("Salt Lake City", "Salt Lake City", False),
        ("Guangzhou", "Kanton", False),
        ("Villarreal", "Ciudad Real", False),
    ],
)
def test_a_town_is_not_called_by_its_division(main: str, name: str, is_division: bool) -> None:
    words = borrowed.DivisionWords(config.load_config().division_words)
    assert words.names_division(name, Place(id=1, type="city", name=main)) is is_division
