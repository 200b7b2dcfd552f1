"""Homes of all kinds, from the address alone: what is found, what is turned down, and where a person is asked."""

from __future__ import annotations

import pytest
from invented import FOOT, HOST, TITLES, articles, column, home, proposed, rows

from govnews.onboard import skeleton
from govnews.onboard.proposal import Proposal

OWN = {"/xw/": column("维西要闻"), **articles()}
LINK = '<a href="/xw/">维西要闻</a>'
UPPER = (
    "国务院部署夏粮收购工作会议",
    "国务院常务会议研究有关工作",
    "全国人大常委会第十次会议",
    "国新办举行新闻发布会介绍",
    "省委召开理论学习会议通报",
)


def _names(found: Proposal) -> list[str]:
    return [c.name for c in found.columns]


def _asks(found: Proposal) -> list[str]:
    return [step.name for step in found.asks]


@pytest.mark.parametrize(
    ("name", "pages"),
    [
        ("plain", {"/": home(LINK)}),
        ("redirect", {"/": "-> /zh/index.html", "/zh/index.html": home(LINK)}),
        ("refresh", {"/": '<meta http-equiv="Refresh" content="1;URL=\'zh/a.htm\'">', "/zh/a.htm": home(LINK)}),
        ("script", {"/": '<script>self.location="zh/a.htm"</script>', "/zh/a.htm": home(LINK)}),
        ("replace", {"/": "<script>if(1){location.replace('/zh/a.htm')}</script>", "/zh/a.htm": home(LINK)}),
        ("onload", {"/": "<body onload=\"window.location.href='/a.htm'\"></body>", "/a.htm": home(LINK)}),
        ("frames", {"/": '<frameset><frame src="t.htm"><frame src="f.htm"></frameset>', "/t.htm": home(LINK), "/f.htm": FOOT}),
        ("frame in a frame", {"/": '<iframe src="a.htm"></iframe>', "/a.htm": '<iframe src="b.htm"></iframe>', "/b.htm": home(LINK)}),
        ("base", {"/": home(f'<base href="http://{HOST}/xw/"><a href="./">维西要闻</a>')}),
        ("gbk", {"/": home(f'<meta charset="gbk">{LINK}').encode("gbk")}),
        ("blanks in the name", {"/": home('<a href="/xw/">【维 西 要 闻】 &gt;&gt;</a>')}),
        ("a picture", {"/": home('<a href="/xw/"><img src="a.png" alt="维西要闻"></a>')}),
        ("更多 beside a heading", {"/": home('<div><h3>维西要闻</h3><a href="/xw/">更多&gt;&gt;</a></div>')}),
        ("更多 below the rows", {"/": home(f'<div><ul>{rows()}</ul><a href="/xw/">更多</a></div>')}),
        ("a channel", {"/": home('<a href="/c/">新闻中心</a>'), "/c/": home(LINK)}),
    ],
)  # fmt: skip
def test_the_column_is_found(name: str, pages: dict[str, str | bytes | int]) -> None:
    found = proposed({**OWN, **pages})
    assert (_names(found), _asks(found)) == (["维西要闻"], []), found.steps
    assert found.owner is not None and (found.owner.code, found.owner.name) == ("533423", "维西县")
    assert [read.article.title for read in found.articles] == list(TITLES[:3])


@pytest.mark.parametrize(
    "nav",
    [
        '<a href="/t/">国务院要闻</a>',
        '<a href="/t/">省内要闻</a>',
        '<a href="/t/">云南要闻</a>',
        '<a href="/t/">迪庆动态</a>',
        '<a href="/t/">德钦县要闻</a>',
        '<a href="/t/">通知公告</a>',
        '<a href="/t/">政策动态</a>',
        '<a href="/t/">视频新闻</a>',
        '<a href="http://www.yn.gov.cn/">要闻动态</a>',
    ],
)
def test_what_is_not_its_own_is_left(nav: str) -> None:
    pages = {**OWN, "/": home(nav + LINK), "/t/": column("别处", "/t"), **articles("/t")}
    assert _names(proposed(pages)) == ["维西要闻"]


def test_a_list_of_upper_headlines_or_of_notices_is_turned_down() -> None:
    notices = tuple(f"{t}招标公告" for t in TITLES)
    nav = '<a href="/s/">政务要闻</a><a href="/n/">工作动态</a>'
    traps = {"/s/": column("政务要闻", "/s", UPPER), "/n/": column("工作动态", "/n", notices)}
    found = proposed({**OWN, **traps, "/": home(nav + LINK), **articles("/s", UPPER), **articles("/n", notices)})
    assert _names(found) == ["维西要闻"]
    reasons = {c.name: c.reason for c in found.turned_down}
    assert "upper level" in reasons["政务要闻"] and "notices" in reasons["工作动态"]


def test_several_columns_and_none_twice() -> None:
    other = tuple(f"乡镇{t}" for t in TITLES)
    nav = f'{LINK}<a href="/b/">部门动态</a><a href="/same.html">政务要闻</a>'
    pages = {**OWN, "/": home(nav), "/b/": column("部门动态", "/b", other), "/same.html": column("政务要闻")}
    found = proposed({**pages, **articles("/b", other)})
    assert _names(found) == ["维西要闻", "部门动态"]
    assert any("its rows are those of 维西要闻" in c.reason for c in found.turned_down)


def test_without_a_name_that_says_news_rows_with_dates_are_found_and_a_person_is_asked() -> None:
    nav = '<a href="/a/">县情简介</a><a href="/xw/">雪山来信</a>'
    found = proposed({**OWN, "/": home(nav), "/a/": "<p>一座小城</p>"})
    assert (_names(found), _asks(found)) == (["雪山来信"], ["columns"])


@pytest.mark.parametrize("url", [f"http://{HOST}/xw/", f"http://{HOST}/xw/2.html"])
def test_a_column_or_an_article_is_as_good_an_address(url: str) -> None:
    found = proposed({**OWN, "/": home(LINK)}, url=url)
    assert (_names(found), found.home, _asks(found)) == (["维西要闻"], f"http://{HOST}/", [])


def test_a_column_that_is_given_needs_no_name() -> None:
    found = proposed({"/x/": column("雪山来信"), **articles(), "/": home("")}, url=f"http://{HOST}/x/")
    assert _names(found)[0] == "雪山来信"


@pytest.mark.parametrize("status", [403, 412, 503])
def test_a_wall_leaves_a_file_to_fill_in(status: int) -> None:
    found = proposed({"/": status})
    assert [s.name for s in found.stops] == ["site"] and f"status {status}" in found.steps[0].said
    assert 'id = "533423"' in skeleton(found)  # the directory knows the host


def test_robots_txt_is_obeyed() -> None:
    found = proposed({**OWN, "/": home(LINK), "/robots.txt": "User-agent: *\nDisallow: /"})
    assert [s.name for s in found.stops] == ["site"] and "robots.txt" in found.steps[0].said and found.requests == 1


def test_a_home_without_any_list_asks_for_a_column() -> None:
    found = proposed({"/": home("<p>网站建设中</p>")})
    assert [s.name for s in found.stops] == ["columns"]
    assert "FILL IN" in skeleton(found)


def test_two_families_that_are_close_are_both_shown_and_nothing_is_written() -> None:
    both = '<meta name="generator" content="x"><script src="/plus/count.php?view=yes&aid=1"></script><link href="/templets/a.css">'
    both += '<script src="/system/resource/js/counter.js"></script><script>_showDynClicks("wbnews", 1, 2)</script>'
    pages = {**OWN, "/": home(LINK), "/xw/": column("维西要闻", more=both), **articles(more=both)}
    found = proposed(pages)
    step = next(s for s in found.steps if s.name == "family")
    assert step.stops and "dedecms" in step.said and "vsb" in step.said
    assert 'family = "FILL IN"' in skeleton(found)


def test_a_page_of_columns_is_none_beside_them() -> None:
    """新闻中心 shows the newest rows of its columns and turns nowhere."""
    other = tuple(f"乡镇{t}" for t in TITLES)
    mixed = f"{home(LINK)}<ul>{rows('/xw', TITLES[:3])}{rows('/b', other[:3])}</ul>"
    nav = '<a href="/c/">新闻中心</a><a href="/xw/">政务要闻</a><a href="/b/">部门动态</a>'
    pages = {"/": home(nav), "/c/": mixed, "/xw/": column("政务要闻"), "/b/": column("部门动态", "/b", other)}
    found = proposed({**pages, **articles(), **articles("/b", other)})
    assert _names(found) == ["政务要闻", "部门动态"]
