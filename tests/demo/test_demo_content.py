"""The demo counties by themselves: pages are pure, lists and truth agree, the server answers and misbehaves as told."""

from __future__ import annotations

import http.client
import re
from pathlib import Path

import pytest

from govnews import extract, listing
from govnews.demo.content import County, Story, counties
from govnews.demo.pages import list_paths, page
from govnews.demo.server import DemoServer, Trouble
from govnews.demo.sites import write_site_files
from govnews.demo.truth import Truth, truth
from govnews.model import Failure
from govnews.sites import directory

FIELDS = "title publish_time publish_time_precision publish_date source view_count_state body author editor".split()
STORIES = [pytest.param(c, s, id=f"{c.id}-{s.title}") for c in counties() for s in c.stories if s.kind != "off_site"]


def _truth(county: County, story: Story, day: int) -> Truth:
    return next(t for t in truth(day) if t.url == county.address(story))


@pytest.mark.parametrize("day", [1, 2])
@pytest.mark.parametrize(("county", "story"), STORIES)
def test_a_page_reads_as_its_truth(county: County, story: Story, day: int) -> None:
    right, response = _truth(county, story, day), page(county.host, story.path, day)
    got = extract(
        response.body,
        url=right.url,
        headers={"Content-Type": response.content_type},
        fetched_at="2024-07-01T00:00:00Z",
    )
    assert got.kind == right.kind
    if right.kind == "article":
        assert {f: getattr(got, f) for f in FIELDS} == {f: getattr(right, f) for f in FIELDS}
        assert tuple(i["url"] for i in got.images) == right.images
        assert tuple(a["url"] for a in got.attachments) == right.attachments
        shown = right.view_count if right.view_count_state == "shown" else None
        assert got.view_count == shown


@pytest.mark.parametrize("county", counties(), ids=lambda c: c.id)
def test_lists_read_as_printed(county: County) -> None:
    for column in county.columns:
        rows, following = [], []
        for path in list_paths(county, column):
            url = f"http://{county.host}{path}"
            got = listing(page(county.host, path).body, url=url)
            rows += [(item.url, item.title, item.date) for item in got.items]
            following.append(got.next_page)
        assert rows == [(county.address(s), s.title, _list_date(county, s)) for s in county.rows(column)]
        assert following == [*(f"http://{county.host}{p}" for p in list_paths(county, column)[1:]), None]


def _list_date(county: County, story: Story) -> str:
    """The unknown vendor prints month and day only."""
    return f"--{story.time[5:10]}" if county.cms == "yanbo" else story.time[:10]


def test_what_the_counties_have_to_show() -> None:
    first = truth()
    articles = [t for t in first if t.kind == "article"]
    assert len(articles) == 30
    assert {t.kind for t in first} == {"article", "not_found", "challenge", "off_site"}
    assert any(t.source is None for t in articles)
    assert any(t.images and not t.body for t in articles)
    assert any(t.attachments and not t.body for t in articles)
    assert any("\t" in t.body for t in articles)
    assert any(len(t.columns) == 2 for t in articles)
    assert {t.publish_time_precision for t in articles} == {"day", "minute", "second"}
    assert {t.view_count_state for t in articles} == {"shown", "label-without-number", "absent"}
    assert all(t.body == "" or 120 <= len(t.body) <= 1200 for t in articles)


def test_on_the_second_day_one_is_edited_and_one_is_gone() -> None:
    days = [{t.url: t for t in truth(day)} for day in (1, 2)]
    assert days[0].keys() == days[1].keys()
    edited = [url for url, t in days[1].items() if t.kind == "article" and t.body != days[0][url].body]
    gone = [url for url, t in days[1].items() if t.kind != days[0][url].kind]
    assert len(edited) == 1 and len(gone) == 1
    for url, now in days[1].items():
        if now.view_count is not None:
            assert now.view_count > (days[0][url].view_count or 0)


def test_no_such_county_exists() -> None:
    names = {division.name for division in directory().divisions.values()}
    assert names and not names & {c.name for c in counties()}


def test_the_unknown_vendor_lies_about_its_charset() -> None:
    body = page("www.yanbo.test", "/show.asp?id=2294").body
    assert b"charset=utf-8" in body
    with pytest.raises(UnicodeDecodeError):
        body.decode("utf-8")
    assert "牟䦃" in body.decode("gb18030")


def test_a_template_leaves_no_slot_open() -> None:
    for county in counties():
        for path in [p for c in county.columns for p in list_paths(county, c)] + [
            s.path for s in county.stories if s.path
        ]:
            text = page(county.host, path).body.decode("utf-8", "replace")
            assert not re.search(r"\{\{|\}\}|\{views\}", text), path


def test_site_files_name_the_server_and_nothing_else(tmp_path: Path) -> None:
    sites = write_site_files(tmp_path, "http://127.0.0.1:9")
    assert sorted(p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*.toml")) == [
        f"99/{c.id}.toml" for c in counties()
    ]
    for site, county in zip(sites, counties(), strict=True):
        assert (site.id, site.name, site.hosts) == (county.id, county.name, (county.host,))
        assert (site.via, site.private, site.delay) == ("http://127.0.0.1:9", True, 0)
        assert [(c.name, c.url) for c in site.columns] == [
            (c.name, f"http://{county.host}{c.path}") for c in county.columns
        ]


def _get(server: DemoServer, host: str, path: str) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", server.server_address[1], timeout=10)
    try:
        connection.request("GET", path, headers={"Host": host})
        response = connection.getresponse()
        return response.status, response.read()
    finally:
        connection.close()


def test_one_port_many_hosts() -> None:
    with DemoServer() as server:
        assert _get(server, "www.lantang.test", "/robots.txt") == (200, page("www.lantang.test", "/robots.txt").body)
        assert _get(server, "huaidu.test:80", "/xwzx/zwyw.htm")[0] == 200
        assert _get(server, "www.huaidu.test", "/nothing.htm")[0] == 404
        assert _get(server, "www.elsewhere.test", "/")[0] == 404
        call = "/system/resource/code/news/click/dynclicks.jsp?clickid=5721&owner=1733008412&clicktype=wbnews"
        assert _get(server, "www.huaidu.test", call)[1].strip() == b"389"
        server.day = 2
        assert int(_get(server, "www.huaidu.test", call)[1]) > 389
        assert [a.status for a in server.log] == [200, 200, 404, 404, 200, 200]


def test_troubles_strike_where_and_as_often_as_told() -> None:
    troubles = [Trouble.parse("error@990201*1"), Trouble.parse("wall@www.yanbo.test/show"), Trouble.parse("cut@990101")]
    with DemoServer(troubles=troubles) as server:
        assert [_get(server, "www.huaidu.test", "/xwzx/zwyw.htm")[0] for _ in range(2)] == [503, 200]
        assert _get(server, "www.yanbo.test", "/show.asp?id=2318")[0] == 403
        assert _get(server, "www.yanbo.test", "/list.asp?c=2")[0] == 200
        assert _get(server, "www.lantang.test", "/robots.txt")[0] == 200
        with pytest.raises(http.client.IncompleteRead):
            _get(server, "www.lantang.test", "/xwzx/ltxw.html")


def test_what_cannot_be_served_says_so() -> None:
    with DemoServer() as server, pytest.raises(Failure, match="cannot serve on port") as failed:
        DemoServer(server.server_address[1])
    assert failed.value.code == "port_in_use"
    with pytest.raises(Failure, match="no such trouble: flood"):
        Trouble.parse("flood@990101")
