"""A site file's selectors stand before everything else, hold until their day, and say so in `via`; a bad one is an issue."""

from __future__ import annotations

import pytest

from govnews import extract
from govnews.extraction.article import read_page
from govnews.model import Layout, Page, Site

PAGE = """<html><head><title>松溪县人民政府</title></head><body><h1>松溪县人民政府门户网站</h1>
<div class=hd><h3 id=t>县里修通了第三座桥</h3><em id=d>日期：2024-05-06</em><em id=s>供稿：县交通局</em><em id=v>32</em></div>
<section><p>边栏里有一段很长很长的介绍文字，讲的是松溪县的历史沿革、自然地理、行政区划和风景名胜，比正文还要长得多，引人误会。</p></section>
<section><div id=txt>桥修好了，群众出行方便了。</div></section></body></html>"""
LAYOUT = Layout(
    title="css:#t", publish_time="css:#d", source="xpath://em[@id='s']", view_count="css:#v", body="css:#txt"
)


def _site(*layouts: Layout) -> Site:
    return Site(id="990901", name="松溪县", home="http://www.songxi.test/", hosts=("www.songxi.test",), layouts=layouts)


def test_selectors_rule() -> None:
    article = extract(PAGE, fetched_at="2024-06-01T00:00:00Z", site=_site(LAYOUT))
    assert article.title == "县里修通了第三座桥"
    assert article.publish_time == "2024-05-06"
    assert article.view_count == 32
    assert article.body == "桥修好了，群众出行方便了。"
    assert article.via["title"] == "site:css:#t"
    assert article.via["body"] == "site"


@pytest.mark.parametrize(("day", "title"), [("2024-05-31", "县里修通了第三座桥"), ("2024-06-01", None)])
def test_a_layout_holds_until_its_day(day: str, title: str | None) -> None:
    old = Layout(until="2024-05-31", title="css:#t")
    article = extract(PAGE, fetched_at=f"{day}T00:00:00Z", site=_site(old))
    assert (article.title if article.via.get("title") == "site:css:#t" else None) == title


def test_a_selector_that_is_none_is_an_issue_and_the_rest_is_read() -> None:
    page = Page("http://www.songxi.test/a.html", PAGE.encode(), "2024-06-01T00:00:00Z")
    reading = read_page(page, _site(Layout(title="css:h3[", body="css:#txt")))
    assert [i.code for i in reading.issues if i.code == "layout_selector"] == ["layout_selector"]
    assert reading.article.body == "桥修好了，群众出行方便了。"
