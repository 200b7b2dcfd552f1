"""What was seen of addresses, as proposed rows and lines."""

import csv
from dataclasses import replace
from pathlib import Path

import pytest

from govnews.sites import data_dir, directory, read_site_file
from govnews.sites.drift import Seen, proposals

AT = "2026-11-20T03:00:00Z"


def of(code: str, *ways: tuple[str, str]) -> list[tuple[str, str, str]]:
    """(what, old, new) of the proposals for a site of the directory."""
    site = directory().site(code)
    assert site is not None
    return [(p.what, p.old, p.new) for p in proposals(site, [Seen(a, b, AT) for a, b in ways])]


def test_https_is_a_change_of_one_row_and_the_row_stands_on_its_line() -> None:
    site = directory().site("110102")
    assert site is not None and site.home == "http://www.bjxch.gov.cn/"
    [found] = proposals(site, [Seen(site.home, "https://www.bjxch.gov.cn/index.html", AT)])
    assert (found.what, found.file) == ("scheme", "gov_sites.csv")
    assert (data_dir() / "directory" / found.file).read_text("utf-8").splitlines()[found.line - 1] == found.old
    assert found.new == found.old.replace("http://www.bjxch", "https://www.bjxch")
    assert found.why == "http://www.bjxch.gov.cn/ led to https://www.bjxch.gov.cn/index.html on 2026-11-20"


def test_a_new_host_keeps_the_old_one_as_another() -> None:
    [(what, old, new)] = of("110102", ("http://www.bjxch.gov.cn/", "https://www.xicheng-new.gov.cn/cms/"))
    rows = [next(csv.reader([line])) for line in (old, new)]
    changed = [(a, b) for a, b in zip(*rows, strict=True) if a != b]
    assert what == "host"
    assert changed == [("http://www.bjxch.gov.cn/", "https://www.xicheng-new.gov.cn/"), ("", "www.bjxch.gov.cn")]


def test_a_home_nobody_asked_for_follows_its_column() -> None:
    site = directory().site("110106")
    assert site is not None
    column = site.columns[0].url
    found = of("110106", (column, column.replace("http:", "https:")))
    assert [what for what, _, _ in found] == ["scheme", "scheme"]
    assert (
        of("110106", (column, "//www.xicheng-new.gov.cn/"))[0][0] == "host"
    )  # of the column only the host is known: left
    assert len(of("110106", (column, "//www.xicheng-new.gov.cn/"))) == 1


@pytest.mark.parametrize(
    "ended", ["http://www.bjxch.gov.cn", "http://www.bjxch.gov.cn/index.htm", "https://www.bjdch.gov.cn/"]
)
def test_what_is_the_same_a_front_page_or_another_county_proposes_nothing(ended: str) -> None:
    assert of("110102", ("http://www.bjxch.gov.cn/", ended)) == []


def test_the_newest_sight_counts() -> None:
    site = directory().site("110102")
    assert site is not None
    moved = Seen(site.home, "https://www.bjxch.gov.cn/", AT)
    assert proposals(site, [moved, replace(moved, ended=site.home, at="2026-11-21T03:00:00Z")]) == []


def test_a_site_file_is_changed_by_its_line(tmp_path: Path) -> None:
    path = tmp_path / "990101.toml"
    head = (
        '# of "http://www.lantang.test/"\nid = "990101"\nname = "澜塘县"\nhome = "http://www.lantang.test/"  # once\n'
    )
    path.write_text(head + '[[columns]]\nurl = "http://www.lantang.test/xw/"\n', "utf-8")
    seen = [Seen("http://www.lantang.test/xw/", "https://www.lantang.test/xwzx/", AT)]
    found = [(p.what, p.file, p.line, p.new) for p in proposals(read_site_file(path), seen)]
    assert found == [
        ("scheme", str(path), 4, 'home = "https://www.lantang.test/"  # once'),
        ("path", str(path), 6, 'url = "https://www.lantang.test/xwzx/"'),
    ]
