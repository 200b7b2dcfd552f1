"""One page of the families' counties: a pure function of host, target, form and day. No clock, no network, no state.

May import: its neighbours, the demo's Response and home pages.
"""

from __future__ import annotations

from functools import cache

from govnews.demo.families import by_host
from govnews.demo.families.county import Ask, County, fill
from govnews.demo.families.stories import Story
from govnews.demo.home import Head, Home, home_page
from govnews.demo.pages import ROBOTS, Response

_MISSING = (
    '<!DOCTYPE html><html><head><meta charset="{{charset}}"><title>页面不存在</title></head><body>'
    '<div class="tip"><h2>抱歉，您访问的页面不存在或已被删除</h2><p><a href="/">返回首页</a></p></div></body></html>'
)
_TYPES = (("{", "application/json"), ("[", "application/json"), ("<?xml", "text/xml"), ("<datastore", "text/xml"))


def page(host: str, target: str, form: str = "", day: int = 1) -> Response:
    """What a county answers on a day."""
    known = by_host(host)
    if known is None:
        return Response(404, b"no such host", "text/plain")
    county = known.on_day(day)
    if target == "/robots.txt":
        return Response(200, ROBOTS, "text/plain")
    if (front := home_page(_home(county), target)) is not None:
        return _html(county, front)
    if (here := list_paths(county).get(target)) is not None:
        return _html(county, county.list_page(here))
    if (story := _stories(county).get(target)) is not None:
        gone = story.kind == "soft_404"
        return _html(county, fill(_MISSING, **county.chrome()) if gone else county.article_page(story))
    if (reply := county.answer(county, Ask.of(target, form))) is not None:
        kind = next((kind for start, kind in _TYPES if reply.startswith(start)), county.content_type)
        return Response(200, reply.encode(county.charset), kind)
    return _html(county, fill(_MISSING, **county.chrome()), 404)


@cache
def _home(county: County) -> Home:
    heads = [Head(s.title, county.href(s), s.time[:10]) for s in county.stories]
    columns = (("要闻动态", county.column, heads),)
    full_name = f"{county.name}人民政府"
    return Home(
        county.name, full_name, county.charset, f"{county.id[:6]}0001", "湖ICP备99000001号", columns, county.way
    )


@cache
def _stories(county: County) -> dict[str, Story]:
    return {county.address(story): story for story in county.stories if not story.url}


@cache
def list_paths(county: County) -> dict[str, int]:
    """Path → number of the list pages that are pages; what an endpoint gives is not among them."""
    further = {county.sheet(n): n for n in range(2, county.pages + 1)} if county.sheet else {}
    return ({county.column.partition("#")[0]: 1} if county.page else {}) | further


def _html(county: County, text: str, status: int = 200) -> Response:
    return Response(status, text.encode(county.charset), county.content_type)
