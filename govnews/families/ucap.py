"""开普云 Ucap: values in tags of its own (UCAPTITLE, PUBLISHTIME, UCAPCONTENT), lists static or from a JSON search (§3.5).

A split article stands whole in the page, between page-break marks. Its only counter call is a beacon that writes: no number is
asked for. May import: model, family.py, turning.py, the standard library.
"""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import urljoin

from govnews.families.family import Family, ListPage, Mark
from govnews.families.turning import asked, number, parsed, turned, whole
from govnews.model import ListRequest

_SEARCH = re.compile(r"/(?:common/search|searchList)/[0-9a-f]{32}\?[^\"'\s<>]{0,400}")
_SEARCH_BASE = re.compile(r"[\"'](/(?:common/search|searchList)/)[\"']\s*\+")
_CHANNEL = re.compile(r"<meta\s[^>]*\bname=[\"']channelid[\"'][^>]*\bcontent=[\"']([0-9a-f]{32})[\"']", re.IGNORECASE)
_QUERY = "?page=1&_pageSize=15&_isAgg=true&_isJson=true&_template=index&_rangeTimeGte=&_channelName="


def next_page(page: ListPage) -> ListRequest | None:
    """The next page of the JSON search behind a list: of a reply by its numbers, of a page from the call its script makes."""
    if page.root is None:
        return _following(page)
    request = _search(page)
    if request is None or number(request, "page") is None:
        return None
    return turned(request, "page", 2 if page.rows else 1)


def _following(page: ListPage) -> ListRequest | None:
    request = asked(page)
    for name in ("page", "currpage"):
        if (here := number(request, name)) is not None:
            data = _data(page.html)
            total, size = whole(data.get("total")), whole(data.get("rows")) or number(request, "_pageSize")
            more = here * size < total if total is not None and size else page.rows > 0
            return turned(request, name, here + 1) if more else None
    return None


def _data(reply: str) -> dict[str, object]:
    value = parsed(reply)
    data = value.get("data") if isinstance(value, dict) else None
    return data if isinstance(data, dict) else {}


def _search(page: ListPage) -> ListRequest | None:
    """The search a list page's script asks, written out or built from the page's channelid."""
    if found := _SEARCH.search(page.html):
        return ListRequest("GET", urljoin(page.url, unescape(found[0])))
    base, channel = _SEARCH_BASE.search(page.html), _CHANNEL.search(page.html)
    return ListRequest("GET", urljoin(page.url, base[1] + channel[1] + _QUERY)) if base and channel else None


FAMILY = Family(
    name="ucap",
    title="开普云 Ucap",
    counts="none can be read; addViewRecord is a beacon",
    lists="static, list_2.shtml, or JSON, /common/search/C?page=N",
    marks=(
        Mark("url", r"/c\d{5,8}/\d{6}/[0-9a-f]{32}\.s?html$", 3),
        Mark("url", r"/c\d{5,8}/(?:\w+_)?list\.shtml", 3),
        Mark("url", r"/(?:common/search|searchList)/[0-9a-f]{32}", 3),
        Mark("html", r"/c\d{5,8}/\d{6}/[0-9a-f]{32}\.shtml", 2, ".shtml"),
        Mark("html", r"createpagehtml\(\s*[\"'][\w-]{1,40}[\"']\s*,\s*\d", 2, "createpagehtml("),
        Mark("html", "<ucaptitle", 3),
        Mark("html", "<ucapcontent", 3),
        Mark("html", "ucap-content", 2),
        Mark("html", "<publishtime", 2),
        Mark("html", "ucap manuscript", 3),
        Mark("html", "addviewrecord(", 2),
        Mark("html", "manuscriptid", 1),
        Mark("html", 'name="channelid"', 1),
        Mark("html", "&_isagg=true&_isjson=", 2),
        Mark("html", 'content="页面生成时间', 3),
    ),
    containers=("ucapcontent",),
    next_page=next_page,
    beacons=("manuscript_id=",),
)
