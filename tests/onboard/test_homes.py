"""Homes of all kinds, from the address alone: what is found, what is turned down, and where a person is asked."""

from __future__ import annotations

import pytest
from invented import FOOT, HOST, TITLES, articles, column, home, proposed, rows, visitor

from govnews.model import Failure, ListRequest, Page
from govnews.onboard import Visitor, Wish, propose, site_file, skeleton
from govnews.onboard.proposal import Proposal
from govnews.onboard.write import Reach
from govnews.sites import directory

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
        ("script with a variable", {"/": '<script>var to = "/a.htm"; if(1){ location.href = to; }</script>', "/a.htm": home(LINK)}),
        ("a page to click away", {"/": '<a href="/a.htm"><img src="x.jpg" alt="进入网站"></a>', "/a.htm": home(LINK)}),
        ("a picture with a title", {"/": home('<a href="/xw/"><img src="a.png" title="维西要闻"></a>')}),
        ("an area of a picture", {"/": home('<img usemap="#m"><map name="m"><area href="/xw/" alt="维西要闻"></map>')}),
        ("a choice of a box", {"/": home('<select onchange="go(this)"><option value="/xw/">维西要闻</option></select>')}),
        ("a menu of data", {"/": home('<script>var menu=[{"name":"维西要闻","url":"/xw/"}];</script>')}),
        ("a menu of pairs", {"/": home('<script>var menu=[["首页","/"],["维西要闻","/xw/"]];</script>')}),
        ("a click that an attribute names", {"/": home('<ul><li data-href="/">首页</li><li data-url="/xw/">维西要闻</li></ul>')}),
        ("headlines alone", {"/": home(f"<div>{rows()}</div>")}),
        ("a menu that a script writes", {"/": home("<script>document.write('<a href=\"/xw/\">维西要闻</a>')</script>")}),
        ("更多 beside a text", {"/": home('<table><tr><td><img src="d.gif">维西要闻</td><td><a href="/xw/">more...</a></td></tr></table>')}),
        ("更多 far from its heading", {"/": home(f'<p>维西要闻 | 专题</p><div><div><ul>{rows()}</ul><a href="/xw/">更多</a></div></div>')}),
        ("a script for phones", {"/": home("<script>if(navigator.userAgent.match(/iphone/)){location.href='/m/';}</script>" + LINK)}),
    ],
)  # fmt: skip
def test_the_column_is_found(name: str, pages: dict[str, str | bytes | int]) -> None:
    found = proposed({**OWN, **pages})
    assert (_names(found), _asks(found)) == (["维西要闻"], []), found.steps
    assert found.owner is not None and (found.owner.code, found.owner.name) == ("533423", "维西县")
    assert [read.article.title for read in found.articles] == list(TITLES[:3])


def _answers_only(
    host: str, scheme: str, pages: dict[str, str | bytes | int], url: str = f"http://{HOST}/"
) -> Proposal:
    """What is proposed where only one way to write the host answers."""
    answered = visitor(pages, host)

    def fetch(request: ListRequest) -> Page:
        if not request.url.startswith(f"{scheme}://"):
            raise Failure("cannot_fetch", "nobody is there")
        return answered.fetch(request)

    return propose(Wish(url), Visitor(fetch, 0), directory())


@pytest.mark.parametrize(
    ("host", "scheme"), [(HOST, "https"), ("weixi.gov.cn", "http"), ("weixi.gov.cn", "https"), (HOST, "http")]
)
def test_an_address_that_does_not_answer_is_written_otherwise(host: str, scheme: str) -> None:
    found = _answers_only(host, scheme, {**OWN, "/": home(LINK)})
    assert (_names(found), found.home, found.hosts, _asks(found)) == (["维西要闻"], f"{scheme}://{host}/", [host], [])


def test_a_redirect_to_https_is_the_homes_address() -> None:
    pages = {**OWN, "/": home(LINK)}

    def fetch(request: ListRequest) -> Page:
        if request.url == f"http://{HOST}/":
            return Page(request.url, b"", "2024-06-01T00:00:00Z", 301, {"location": f"https://{HOST}/"})
        return visitor(pages).fetch(request)

    found = propose(Wish(f"http://{HOST}/"), Visitor(fetch, 0), directory())
    assert (found.home, _names(found), _asks(found)) == (f"https://{HOST}/", ["维西要闻"], [])


def test_a_host_that_nobody_can_name_otherwise_is_said_as_it_was_given() -> None:
    found = _answers_only("other.gov.cn", "http", {})
    assert found.steps[0].said == f"{HOST} does not exist"


def test_a_list_that_names_no_further_page_is_turned_by_trying() -> None:
    other = tuple(f"再说{t}" for t in TITLES)
    pages = {**OWN, "/": home(LINK), "/xw/index_1.html": column("维西要闻", "/x2", other), **articles("/x2", other)}
    ten = tuple(f"{t}（{n}）" for n in range(2) for t in TITLES)
    found = proposed({**pages, "/xw/": column("维西要闻", titles=ten), **articles(titles=ten)})
    assert [c.pages for c in found.columns] == [f"http://{HOST}/xw/index_{{n-1}}.html"]
    written = site_file(found, Reach())
    assert f'pages = "http://{HOST}/xw/index_{{n-1}}.html"' in written


@pytest.mark.parametrize("second", [column("维西要闻"), column("德钦要闻", "/x2"), 404, "<p>nothing</p>"])
def test_what_is_no_second_page_is_not_taken_for_one(second: str | int) -> None:
    ten = tuple(f"{t}（{n}）" for n in range(2) for t in TITLES)
    first = {"/xw/": column("维西要闻", titles=ten), **articles(titles=ten), "/": home(LINK)}
    found = proposed({**first, "/xw/index_1.html": second, "/xw/index_2.html": second})
    assert [c.pages for c in found.columns] == [""]


def test_an_article_of_two_columns_counts_once() -> None:
    nav = f'{LINK}<a href="/b/">部门动态</a>'
    both = f"<title>部门动态</title><ul>{rows(titles=TITLES[:2])}{rows('/b', tuple(f'乡镇{t}' for t in TITLES))}</ul>"
    found = proposed({**OWN, "/": home(nav), "/b/": both, **articles("/b")})
    read = [one.page.url for one in found.articles]
    assert len(read) == len(set(read)) == 4


def test_the_delay_that_robots_txt_asks_for_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []
    monkeypatch.setattr("govnews.onboard.visit.time.sleep", slept.append)
    found = proposed({**OWN, "/": home(LINK), "/robots.txt": "User-agent: *\nCrawl-delay: 7"})
    assert found.requests > 3 and len(slept) == found.requests - 1 and min(slept) > 5


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


def test_a_column_on_a_host_within_the_sites_own_is_its_own() -> None:
    """Its rows lead to a third one, which the site file names too."""
    news = {f"http://a.weixi.gov.cn{path}": page for path, page in articles().items()}
    pages = {
        f"http://{HOST}/": home(
            '<a href="http://xw.weixi.gov.cn/">维西要闻</a><a href="http://x.yn.gov.cn/">要闻动态</a>'
        ),
        "http://xw.weixi.gov.cn/": column("维西要闻", "http://a.weixi.gov.cn/xw"),
        **news,
    }

    def fetch(request: ListRequest) -> Page:
        body = pages.get(request.url)
        return Page(request.url, (body or "").encode(), "2024-06-01T00:00:00Z", 200 if body else 404)

    found = propose(Wish(f"http://{HOST}/"), Visitor(fetch, 0), directory())
    assert (_names(found), _asks(found)) == (["维西要闻"], [])
    assert found.hosts == [HOST, "xw.weixi.gov.cn", "a.weixi.gov.cn"]


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
