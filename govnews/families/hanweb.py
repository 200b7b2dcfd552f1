"""大汉 JCMS, the classic Hanweb system: field comments around values, lists in CDATA, pages from dataproxy.jsp (§3.2).

May import: model, family.py, counting.py, written.py, the standard library.
"""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import parse_qs, parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from govnews.families import counting
from govnews.families.family import Family, ListPage, Mark
from govnews.families.written import addresses
from govnews.model import CounterCall, ListRequest

_ARTICLE = re.compile(r"/art_(\d+)_(\d+)\.html$")
_DISPLAYS = ("/artcount/artcount.jsp?", "/artcount/artcount.html?", "/visitcount/articlehits.jsp?")
_NEXT_GROUP = re.compile(r"""<nextgroup>\s*(?:<!\[CDATA\[)?\s*<a\s+href=["']([^"']+)["']""", re.IGNORECASE)
_TOTAL = re.compile(r"<totalrecord>\s*(\d+)|totalRecord\s*[:=]\s*[\"']?(\d+)", re.IGNORECASE)
_PARAMETER = re.compile(
    r"""["']?(col|appid|webid|path|columnid|sourceContentType|unitid|webname|permissiontype)["']?\s*:\s*["']?([^,"'}\s]*)["']?"""
)
_PER_PAGE = re.compile(r"perPage\s*[:=]\s*[\"']?(\d{1,3})")


def counter(html: str, url: str) -> CounterCall | None:
    """The display call the page itself makes. The pair of column and article must match, and asking probably counts: a wrong pair
    makes a new counter at 1 (§3.2), so nothing is guessed from the address."""
    calls = (call for piece in _DISPLAYS for call in addresses(html, piece))
    call = next(calls, None)
    return CounterCall("hanweb", urljoin(url, call), raises=True) if call and url else None


def read_counter(reply: str) -> int | None:
    """A plain number or a script that writes it."""
    return counting.written(reply)


def next_page(page: ListPage) -> str | ListRequest | None:
    """The next window of dataproxy.jsp: of a window request by its numbers, else the link in <nextgroup>, else from the list's
    own script."""
    if page.request is not None or "startrecord=" in page.url:
        return _next_window(page)
    if group := _NEXT_GROUP.search(page.html):
        return urljoin(page.url, unescape(group[1]))
    return _first_window(page)


def _next_window(page: ListPage) -> ListRequest | None:
    method, url, form = (
        (page.request.method, page.request.url, page.request.form) if page.request else ("GET", page.url, None)
    )
    parts = urlsplit(url)
    values = dict(parse_qsl(form if form else parts.query, keep_blank_values=True)) | (
        {} if not form else dict(parse_qsl(parts.query))
    )
    try:
        start, end = int(values["startrecord"]), int(values["endrecord"])
    except (KeyError, ValueError):
        return None
    total = _TOTAL.search(page.html)
    if total and end >= int(total[1] or total[2]):
        return None
    size = end - start + 1
    window = {"startrecord": str(end + 1), "endrecord": str(end + size)}
    if form and "startrecord" in parse_qs(form):
        return ListRequest(method, url, urlencode({**dict(parse_qsl(form, keep_blank_values=True)), **window}))
    query = {**dict(parse_qsl(parts.query, keep_blank_values=True)), **window}
    return ListRequest(method, urlunsplit(parts._replace(query=urlencode(query))), form)


def _first_window(page: ListPage) -> ListRequest | None:
    """The second page of a list whose first stands in the HTML: a record range after those shown."""
    shown = page.html.count("<record>")
    total = _TOTAL.search(page.html)
    if not shown or "columnid" not in page.html or (total and int(total[1] or total[2]) <= shown):
        return None
    values = dict(_PARAMETER.findall(page.html))
    if not {"columnid", "unitid"} <= values.keys():
        return None
    per_page = _PER_PAGE.search(page.html)
    size = int(per_page[1]) if per_page else 15
    path = "/module/web/jpage/dataproxy.jsp" if "/module/jpage/" not in page.html else "/module/jpage/dataproxy.jsp"
    query = urlencode({"startrecord": shown + 1, "endrecord": shown + 3 * size, "perpage": size})
    return ListRequest(
        "POST",
        urljoin(page.url, f"{path}?{query}"),
        urlencode({"col": "1", "appid": "1", "webid": "1", "path": "/", **values}),
    )


FAMILY = Family(
    name="hanweb",
    title="大汉 JCMS",
    counts="artcount.jsp or articlehits.jsp, plain or document.write; rises when asked; visit.jsp is a beacon",
    lists="records in CDATA, then windows of dataproxy.jsp or the address its nextgroup gives",
    marks=(
        Mark("url", r"/art/\d{4}/\d{1,2}/\d{1,2}/art_\d+_\d+\.html$", 3),
        Mark("url", r"/col/col\d+/index\.html$", 2),
        Mark("url", r"/module/(?:web/)?jpage/", 3),
        Mark("html", "<!--zjeg_rss.content.begin-->", 3),
        Mark("html", "<!--<$[信息", 3),
        Mark("html", "/module/web/jpage/", 3),
        Mark("html", "/module/jpage/dataproxy", 3),
        Mark("html", 'name="maketime"', 2),
        Mark("html", "i_articleid", 2),
        Mark("html", "/module/visitcount/", 2),
        Mark("html", "大汉版通", 3),
        Mark("html", "<datastore>", 3),
    ),
    comments=(
        ("source", "<!--<$[信息来源]>begin-->", "<!--<$[信息来源]>end-->"),
        ("title", "<!--<$[标题名称(html)]>begin-->", "<!--<$[标题名称(html)]>end-->"),
        ("title", "<!--<$[标题名称]>begin-->", "<!--<$[标题名称]>end-->"),
        ("publish_time", "<!--<$[信息时间]>begin-->", "<!--<$[信息时间]>end-->"),
    ),
    counter=counter,
    read_counter=read_counter,
    next_page=next_page,
    beacons=("/module/visitcount/visit.jsp", "/vc/vc/interface/visit.jsp"),
)
