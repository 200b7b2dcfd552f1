"""The directory: read fast, complete, and turned into Sites only as far as it can be trusted."""

import csv
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from govnews.model import Failure
from govnews.sites import all_sites, data_dir, directory, load_site_files, resolve, search
from govnews.sites.directory import LEVELS, Division, _read, netloc, stem
from govnews.sites.resolve import candidates, of_host

ROOT = Path(__file__).resolve().parents[2]


def counties() -> list[str]:
    return [d.code for d in directory().divisions.values() if d.level == "county"]


def test_every_county_is_there_and_all_but_seven_have_a_home() -> None:
    assert len(counties()) == 2847
    assert sum(code in directory().homes for code in counties()) == 2840


def test_only_columns_on_the_same_host_and_of_the_county_itself_are_used() -> None:
    sites = [site for code in counties() if (site := directory().site(code))]
    assert sum(bool(site.columns) for site in sites) == 2152
    for site in sites:
        hosts = {host.removeprefix("www.") for host in site.hosts}
        assert bool(site.columns) != bool(site.note), site
        assert all(netloc(column.url).removeprefix("www.") in hosts for column in site.columns), site


@pytest.mark.parametrize(
    ("word", "said"),
    [("upper-level", "an upper level's"), ("other-host", "on another host"), ("", "knows no news column")],
)
def test_a_county_without_a_usable_column_says_why(word: str, said: str) -> None:
    rows = directory().columns
    code = next(
        c
        for c in counties()
        if c in directory().homes
        and (word in (rows[c]["scope"], rows[c]["host"]) and rows[c]["scope"] != "own" if c in rows else not word)
    )
    site = directory().site(code)
    assert site is not None
    assert site.columns == ()
    assert said in site.note
    assert site.home.startswith("http")


def test_the_other_government_host_of_a_county_belongs_to_its_site() -> None:
    code, row = next((c, r) for c, r in directory().homes.items() if r["alt_hosts"])
    site = directory().site(code)
    assert site is not None
    assert site.hosts == (netloc(row["homepage"]), *map(netloc, row["alt_hosts"].split("|")))


def test_every_division_names_its_province_and_its_parent() -> None:
    known = directory().divisions
    for division in known.values():
        assert division.level in LEVELS
        assert division.province
        assert division.level == "province" or division.parent_code in known


def test_no_name_is_lost_and_former_names_never_hide_one_in_use() -> None:
    known = directory()
    for division in known.divisions.values():
        assert all(division.code in known.names[name] for name in division.names)
    assert not known.former.keys() & (known.names.keys() | known.divisions.keys())
    assert "延庆县" in known.former_names("110119")


@pytest.mark.parametrize(
    ("name", "rest"),
    [
        ("维西傈僳族自治县", "维西傈僳族"),
        ("维西县", "维西"),
        ("通县", "通县"),
        ("神农架林区", "神农架"),
        ("六枝特区", "六枝"),
        ("朝阳区", "朝阳"),
        ("云南", "云南"),
    ],
)
def test_stem(name: str, rest: str) -> None:
    assert stem(name) == rest


def test_every_county_with_a_usable_column_resolves_to_a_site_with_columns() -> None:
    """What it costs is measured by bench/directory.py."""
    crawlable = [site for site in all_sites() if site.columns]
    assert len(crawlable) >= 2149
    assert all(resolve(site.id) == site for site in crawlable)


def test_the_rows_for_the_archive_are_what_its_table_takes() -> None:
    rows = list(directory().rows())
    assert len(rows) == len(directory().divisions)
    weixi = ("533423", "维西傈僳族自治县", "county", "533400", "云南省", "迪庆藏族自治州", "维西县", "自治县")
    assert weixi in rows


def ways_to_name(division: Division) -> Iterator[str]:
    """Every full way: codes, and names with all that stands above them."""
    above = [division.province, division.prefecture] if division.prefecture else [division.province]
    yield division.code
    for name in division.names:
        yield "".join([*above, name])
        yield " ".join([*above, name])
        yield above[-1] + name
        yield "/".join([above[-1], name])


def test_each_county_is_found_by_its_full_name_and_its_code() -> None:
    known = directory()
    wrong = [
        (said, code)
        for code in counties()
        for said in ways_to_name(known.divisions[code])
        if [c for c, _ in candidates(said)] != [code]
    ]
    assert wrong == []


def test_each_county_is_found_by_its_hosts_and_its_home() -> None:
    known, files, wrong = directory(), load_site_files(), []
    for code in counties():
        row = known.homes.get(code)
        for said in (
            (row["homepage"], netloc(row["homepage"]), *filter(None, row["alt_hosts"].split("|"))) if row else ()
        ):
            site = of_host(said, files)
            if site is None or site.id != code:
                wrong.append((said, code, site))
    assert wrong == []


def test_an_old_name_leads_to_what_it_became_or_says_why_not() -> None:
    """Every former division: followed, or its name is in use today, or what became of it is told."""
    known = directory()
    with (data_dir() / "directory" / "divisions_history.csv").open(encoding="utf-8", newline="") as file:
        past = {row["name"] for row in csv.DictReader(file) if row["status"] != "statistical-unit"}
    assert past <= known.former.keys() | known.names.keys() | known.stems.keys() | known.vanished.keys()
    assert len(past & known.former.keys()) > 1000


def test_what_merged_is_shown_with_all_it_took_over() -> None:
    taken = {(row["code"], row["name"]) for row in directory().history["500157"]}
    assert taken >= {("500105", "江北区"), ("500112", "渝北区")}


def test_a_division_that_split_or_is_only_guessed_is_not_followed_but_told() -> None:
    with pytest.raises(Failure) as caught:
        resolve("燕山区")
    assert "is in no list after 1985; perhaps now 房山区 (110111)" in caught.value.hint


def test_namesakes_are_of_other_places() -> None:
    assert [d.code for d in directory().namesakes("110105")] == ["220104"]
    assert directory().namesakes("533423") == ()


def test_sites_of_a_province() -> None:
    sites = list(all_sites(province="云南"))
    assert len(sites) == 129
    assert {site.province for site in sites} == {"云南省"}
    assert (
        [s.id for s in all_sites(province="53")]
        == [s.id for s in all_sites(province="云南省")]
        == [s.id for s in sites]
    )


def test_search_finds_names_former_names_codes_and_hosts() -> None:
    assert "110119" in {d.code for d in search("延庆县")}
    assert {d.code for d in search("朝阳")} >= {"110105", "220104", "211321", "211300"}
    assert [d.code for d in search("www.weixi.gov.cn")] == ["533423"]
    assert [d.code for d in search("533423")] == ["533423"]
    assert search("") == search(" ") == search("不存在的地方") == []


def test_curated_site_files_stand_in_the_folder_of_their_province() -> None:
    files = load_site_files()
    assert "533423" in files
    for site in files.values():
        path = Path(site.origin)
        assert path.relative_to(data_dir() / "sites") == Path(site.id[:2]) / f"{site.id}.toml"


def test_addresses_of_the_directory_are_addresses() -> None:
    for row in (*directory().homes.values(), *directory().columns.values()):
        parts = urlsplit(row.get("homepage") or row["url"])
        assert parts.scheme in ("http", "https")
        assert parts.hostname


def test_an_empty_line_is_nothing_and_a_row_that_lacks_cells_is_named(tmp_path: Path) -> None:
    table = tmp_path / "divisions.csv"
    table.write_text("code,name\n\n533423,维西县\n\n", "utf-8")
    assert list(_read(tmp_path, table.name)) == [{"code": "533423", "name": "维西县"}]
    table.write_text("code,name\n533423\n", "utf-8")
    with pytest.raises(Failure, match=r"divisions\.csv, line 2: 1 cells under a header of 2"):
        list(_read(tmp_path, table.name))
