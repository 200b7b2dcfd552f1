"""The lint of the directory: each contradiction is found in a copy that was spoilt, and the shipped tables have known doubts only."""

import csv
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from govnews.sites import data_dir, load_site_files
from govnews.sites.lint import COLUMNS, lint
from govnews.sites.scope import scope_of

Row = dict[str, str]
KNOWN = {"upper_level": 181, "other_host": 25, "headline": 4, "no_home": 7, "upper_by_name": 10}
"""The doubts of the shipped tables. A number that grows wants a look at the new rows; one that falls is set down here."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the tables, to be spoilt."""
    for name in COLUMNS:
        shutil.copy(data_dir() / "directory" / name, tmp_path)
    return tmp_path


def spoil(path: Path, code: str, change: Callable[[Row], Row]) -> Row:
    """Changes the row of a code in a table; gives the row that was."""
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        rows, names = list(reader), reader.fieldnames or ()
    key = "code" if "code" in names else "division_code"
    n = next(n for n, row in enumerate(rows) if row[key] == code)
    before, rows[n] = rows[n], change(dict(rows[n]))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return before


def errors(folder: Path) -> list[tuple[str, str, str]]:
    return [(f.file, f.code, f.detail) for f in lint(folder, {}) if f.severity == "error"]


def test_the_shipped_directory_has_no_error_and_only_the_known_doubts() -> None:
    found = lint(data_dir() / "directory", load_site_files())
    assert [f for f in found if f.severity == "error"] == []
    assert Counter(f.code for f in found) == KNOWN


SPOILT: dict[str, tuple[str, str, Row, str]] = {
    "shared home": ("gov_sites.csv", "533423", {"homepage": "https://www.bjdch.gov.cn"}, "shared_home"),
    "host of another": ("gov_sites.csv", "533423", {"alt_hosts": "bjdch.gov.cn"}, "shared_host"),
    "no address": ("gov_sites.csv", "533423", {"homepage": "www.weixi.gov.cn"}, "bad_address"),
    "no division": ("gov_sites.csv", "533423", {"division_code": "533499"}, "bad_code"),
    "other name": ("gov_sites.csv", "533423", {"division_name": "德钦县"}, "other_name"),
    "two rows": ("gov_sites.csv", "533423", {"division_code": "533422", "division_name": "德钦县"}, "twice"),
    "column of another": (
        "news_columns.csv",
        "110102",
        {"url": "https://www.bjdch.gov.cn/ywdt/dcyw/"},
        "shared_column",
    ),
    "column off the site": ("news_columns.csv", "110101", {"url": "https://news.example.cn/"}, "off_host"),
    "column without an address": ("news_columns.csv", "110101", {"url": "/ywdt/"}, "bad_address"),
    "short code": ("divisions.csv", "533423", {"code": "53342"}, "bad_code"),
    "no parent": ("divisions.csv", "533423", {"parent_code": "533499"}, "bad_code"),
    "wrong parent": ("divisions.csv", "533423", {"parent_code": "530100"}, "bad_place"),
    "wrong province": ("divisions.csv", "533423", {"province": "四川省"}, "bad_place"),
    "wrong prefecture": ("divisions.csv", "533423", {"prefecture": "昆明市"}, "bad_place"),
    "no successor": ("divisions_history.csv", "110103", {"successor_code": "110199"}, "bad_code"),
}


@pytest.mark.parametrize(("file", "code", "change", "said"), SPOILT.values(), ids=SPOILT)
def test_a_contradiction_is_found_where_it_stands(folder: Path, file: str, code: str, change: Row, said: str) -> None:
    spoil(folder / file, code, lambda row: row | change)
    found = [f for f in lint(folder, {}) if f.severity == "error"]
    assert said in {f.code for f in found if f.file == file}, found
    [one, *_] = [f for f in found if f.code == said]
    line = (folder / file).read_text("utf-8").splitlines()[one.line - 1]
    assert all(value in line for value in change.values())


def test_a_lost_column_and_a_broken_row_are_said_and_the_rest_is_still_read(folder: Path) -> None:
    path = folder / "news_columns.csv"
    text = path.read_text("utf-8").splitlines()
    path.write_text("\n".join([*text, "533423,维西傈僳族自治县,维西要闻"]) + "\n", "utf-8")
    assert [(f, c) for f, c, _ in errors(folder)] == [("news_columns.csv", "bad_table")]
    path.write_text("\n".join([text[0].replace("scope", "scop"), *text[1:]]) + "\n", "utf-8")
    assert errors(folder) == [("news_columns.csv", "bad_table", "no column scope")]


def test_site_files_of_two_counties_share_neither_home_nor_column(tmp_path: Path) -> None:
    text = 'id = "{}"\nname = "{}"\nhome = "http://{}/"\n[[columns]]\nname = "要闻"\nurl = "http://{}/xw/"\n'
    for id, name, host in (
        ("990101", "澜塘县", "www.lantang.test"),
        ("990101-rmt", "澜塘融媒", "lantang.test"),
        ("990102", "青杉县", "lantang.test"),
        ("339901", "无此县", "www.none.test"),
    ):
        (tmp_path / f"{id}.toml").write_text(text.format(id, name, host, host), "utf-8")
    found = lint(data_dir() / "directory", load_site_files(tmp_path))
    mine = [(Path(f.file).name, f.code) for f in found if f.file.endswith(".toml")]
    assert mine == [
        ("990102.toml", "shared_column"),
        ("990102.toml", "shared_home"),
        ("339901.toml", "outside"),
    ]


@pytest.mark.parametrize(
    ("name", "places", "rank", "scope"),
    [
        ("市政府要闻", (), "县", "upper"),
        ("市内要闻", (), "区", "upper"),
        ("市政府要闻", (), "市", ""),
        ("市政府要闻", (), "", ""),
        ("州内新闻", (), "县", "upper"),
        ("区内要闻", (), "旗", "upper"),
        ("区内要闻", (), "区", ""),
        ("兵团要闻", (), "市", "upper"),
        ("龙江要闻", (), "市", "upper"),
        ("龙江要闻", ("龙江",), "县", "own"),
        ("县内要闻", (), "县", "own"),
        ("市场动态", (), "县", ""),
    ],
)
def test_a_rank_above_the_countys_own_is_an_upper_levels(
    name: str, places: tuple[str, ...], rank: str, scope: str
) -> None:
    assert scope_of(name, places, rank) == scope
