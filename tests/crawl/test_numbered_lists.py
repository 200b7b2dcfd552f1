"""Columns as a site file gives them: lists that name no further page are turned by number, and the archive knows each column."""

from __future__ import annotations

from pathlib import Path

from crawl_run import Archive, crawl
from crawl_site import County, Server, Story, days, write_site

SITE = "990101"


class Silent(County):
    """Lists without a pager."""

    def list_html(self, column: str, page: int) -> str:
        return super().list_html(column, page).split('<div class="page">')[0]


def test_the_list_is_read_until_a_page_is_not_there(tmp_path: Path) -> None:
    county = Silent(stories=[Story(1000 - n, day) for n, day in enumerate(days(25))])
    with Server(county.answer) as server:
        write_site(tmp_path / "sites", SITE, county, via=server.address)
        path = tmp_path / "sites" / "99" / f"{SITE}.toml"
        path.write_text(path.read_text("utf-8") + f'\npages = "http://{county.host}/xw_{{n}}.htm"\n', "utf-8")
        done = crawl(tmp_path, [SITE])
        assert done.returncode == 0, done.stderr
        asked = server.asked()
    assert [p for p in asked if p.startswith("/xw")] == ["/xw.htm", "/xw_2.htm", "/xw_3.htm", "/xw_4.htm"]
    archive = Archive(tmp_path / "a.db")
    assert archive.one("SELECT count(*) FROM articles") == 25
    assert archive.column("SELECT code FROM issues") == ["list_ended"]
    assert archive.verdict(SITE) == "ok"


def test_a_crawl_says_which_columns_it_read_and_which_articles_stood_there(tmp_path: Path) -> None:
    county = County(stories=[Story(1000 - n, day, columns=("xw", "bm")[n % 2 :]) for n, day in enumerate(days(6))])
    county.columns = ("xw", "bm")
    with Server(county.answer) as server:
        write_site(tmp_path / "sites", SITE, county, via=server.address)
        assert crawl(tmp_path, [SITE]).returncode == 0
    archive = Archive(tmp_path / "a.db")
    columns = archive.rows("SELECT site, url, name FROM site_columns ORDER BY url")
    addresses = [f"http://{county.host}{county.list_path(name)}" for name in ("bm", "xw")]
    assert [tuple(row) for row in columns] == [(SITE, url, f"新闻{url[-7:]}") for url in addresses]
    stood = archive.rows("SELECT column_url, count(*) FROM article_columns GROUP BY column_url ORDER BY column_url")
    assert [tuple(row) for row in stood] == list(zip(addresses, (6, 3), strict=True))
