"""Counters of the families: which call a page makes, whether asking changes it, and what a reply says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from govnews.extraction import read_page
from govnews.families import by_name, families
from govnews.ingest import find, make_unit, settle
from govnews.model import Page, Site, Task

GOLDEN = Path(__file__).resolve().parents[1] / "golden" / "articles"

CALLS = {
    "case11-all-empty-but-date.html": (
        "http://www.caishan.gov.cn/system/resource/code/news/click/dynclicks.jsp"
        "?clickid=20935&owner=1480273921&clicktype=wbnews",
        False,
    ),
    "hanweb-comment-markers.html": (
        "http://www.mulan-xian.gov.cn/module/visitcount/articlehits.jsp?colid=7731&artid=1644120",
        True,
    ),
    "case19-header-over-table.html": (
        "http://www.jinglan.gov.cn/module/visitcount/articlehits.jsp?colid=1229355&artid=5071",
        True,
    ),
    "nfcms-jsonp-count.html": (
        "http://statistics.gd.gov.cn/jsonp/post/sum?post=4410277&site=660177&callback=NFCMS_CB_POST_VISIT_1",
        False,
    ),
    "nfcms-wzades.html": None,
    "gkmlpt-department.html": None,
    "jeecms-views.html": ("http://www.xiaozhou.gov.cn/content_view.jspx?contentId=20931", True),
    "jeecms-context-path.html": ("http://www.maiping.gov.cn/content_view.jspx?contentId=48112", True),
    "empire-addclick.html": ("http://www.hongshi-xian.gov.cn/e/public/ViewClick/?classid=12&id=5521", False),
    "empire-read-only.html": ("http://www.qingtan.gov.cn/e/public/ViewClick/?classid=5&id=2311", False),
    "dede-stale-number.html": ("http://www.baixi.gov.cn/plus/count.php?view=yes&aid=412&mid=1", True),
    "dede-news-column.html": ("http://www.shiqiao-zhen.gov.cn/plus/count.php?view=yes&aid=2093&mid=4", True),
    "phpcms-hits.html": ("http://www.langdu.gov.cn/api.php?op=count&id=7720&modelid=1", True),
    "phpcms-static.html": None,
    "longxun-news.html": None,
    "webplus-arti.html": ("http://xcb.lanxi-xy.edu.cn/_visitcountdisplay?siteId=64&type=3&articleId=48213", False),
    "webplus-empty-count.html": (
        "https://dx.hubin-xian.gov.cn/_visitcountdisplay?siteId=12&type=3&articleId=20871",
        False,
    ),
    "siteserver-dynamic-count.html": None,
    "epoint-empty-count.html": None,
    "ucap-generated-meta.html": None,
}
"""Golden page → (call, whether it rises when asked), or null."""

REPLIES = [
    ("vsb", "\r\n 1849 \r\n", 1849),
    ("vsb", "1849,1850", None),
    ("hanweb", "28069", 28069),
    ("hanweb", 'document.write("28069");', 28069),
    ("hanweb", "document.write('找不到 28069 号文件')", None),
    ("jeecms", "[370,0,0,2,0]", 370),
    ("jeecms", '["370",0,0,2,0]', 370),
    ("jeecms", "[0,12,0,0,0]", None),
    ("jeecms", '{"views":370}', None),
    ("empirecms", "1046", 1046),
    ("empirecms", "document.write('1046');", 1046),
    ("empirecms", "document.write('1046');document.write('3');", None),
    ("dedecms", "document.write('370');\r\n", 370),
    ("dedecms", "\ufeffdocument.write(370)", 370),
    ("dedecms", "DedeCMS Error: id 370 is not set", None),
    ("phpcms", "$('#todaydowns').html('2');$('#weekdowns').html('9');$('#hits').html('370');", 370),
    ("phpcms", "document.getElementById('hits').innerHTML = 370;", 370),
    ("phpcms", "$('#todaydowns').html('2');$('#weekdowns').html('9');", None),
    ("phpcms", "$('#hits').html('0');", None),
    ("webplus", "527", 527),
    ("webplus", "<span>527</span>", 527),
    ("webplus", "<span>0</span>", None),
    ("webplus", "非法请求", None),
    ("nfcms", 'NFCMS_CB_POST_VISIT_1({"count":1203});', 1203),
    ("nfcms", '/**/ typeof NFCMS_CB === "function" && NFCMS_CB({"count":"1203"})', 1203),
    ("nfcms", '{"count":"1203","post":4410277}', 1203),
    ("nfcms", 'NFCMS_CB_POST_VISIT_1({"count":0,"post":4410277})', None),
    ("nfcms", 'NFCMS_CB_POST_VISIT_1({"code":404,"post":4410277})', None),
]

NO_COUNTS = (
    "",
    "   ",
    "0",
    "[]",
    "null",
    "undefined",
    "document.write('0');",
    "<html><head><title>404 Not Found</title></head><body>404</body></html>",
    "<!DOCTYPE html><p>您的请求已被拦截，事件编号 1849</p><script>$('#hits').html('1')</script>",
    "502 Bad Gateway",
    '{"success":false,"code":500,"message":"1849"}',
    "1849次",
    "12345678901234",
    "[" * 50_000,
)


def _url(page: str) -> str:
    url: str = json.loads((GOLDEN / f"{page}.json").read_text("utf-8"))["url"]
    return url


@pytest.mark.parametrize("page", CALLS)
def test_call_a_page_makes(page: str) -> None:
    reading = read_page(Page(_url(page), (GOLDEN / page).read_bytes(), "2024-06-30T02:00:00Z"))
    call = reading.counter
    assert (call and (call.url, call.raises)) == CALLS[page]
    assert call is None or call.family == reading.family


@pytest.mark.parametrize(("family", "reply", "count"), REPLIES)
def test_what_a_reply_says(family: str, reply: str, count: int | None) -> None:
    read = by_name(family).read_counter
    assert read is not None
    assert read(reply) == count


@pytest.mark.parametrize("reply", NO_COUNTS, ids=lambda r: r[:20])
@pytest.mark.parametrize("family", [f.name for f in families() if f.read_counter])
def test_errors_and_zeros_are_no_counts(family: str, reply: str) -> None:
    read = by_name(family).read_counter
    assert read is not None
    assert read(reply) is None


def test_every_counter_that_is_asked_has_replies_here() -> None:
    asked = {f.name for f in families() if f.counter}
    assert asked == {f.name for f in families() if f.read_counter} == {family for family, _, _ in REPLIES}


@pytest.mark.parametrize(
    ("page", "hosts", "counters", "asked"),
    [
        ("nfcms-jsonp-count.html", ("www.gangkou-qu.gov.cn",), "safe", False),
        ("nfcms-jsonp-count.html", ("www.gangkou-qu.gov.cn", "statistics.gd.gov.cn"), "safe", True),
        ("jeecms-views.html", ("www.xiaozhou.gov.cn",), "safe", False),
        ("jeecms-views.html", ("www.xiaozhou.gov.cn",), "all", True),
        ("empire-addclick.html", ("hongshi-xian.gov.cn",), "safe", True),
        ("empire-addclick.html", ("hongshi-xian.gov.cn",), "none", False),
        ("webplus-arti.html", ("xcb.lanxi-xy.edu.cn",), "safe", True),
    ],
)
def test_who_is_asked(page: str, hosts: tuple[str, ...], counters: str, asked: bool) -> None:
    """Only hosts of the site; what rises when asked only when that is wanted."""
    url = _url(page)
    site = Site("990901", "某县", url, hosts=hosts)
    fetched = Page(
        url, (GOLDEN / page).read_bytes(), "2024-06-30T02:00:00Z", site=site.id, task=Task("article", url, site.id)
    )
    find(fetched, site)
    settle(fetched)
    unit = make_unit(fetched, site, counters=counters)
    assert [task.kind for task in unit.tasks] == (["counter"] if asked else [])
