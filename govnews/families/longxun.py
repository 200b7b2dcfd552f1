"""龙讯, the platform of Anhui and some neighbours: /public/ and /content/ pages, lists from /site/label/8888 (cms-families.md §3.7).

Every value of the request is copied from the page: `file` names a template on the server, and `length` cuts the titles (the title
attribute has them whole). HtmlGenerateTime is no publish time. No counter is known.
May import: model, family.py, turning.py, written.py, the standard library.
"""

from __future__ import annotations

import re
from urllib.parse import urlencode, urljoin

from govnews.families.family import Family, ListPage, Mark
from govnews.families.turning import asked, number, parsed, turned, whole
from govnews.families.written import addresses
from govnews.model import ListRequest

LABEL = "/site/label/8888"

_LISTS = ("publicInfoList", "articleList", "searchDataList", "maYaService")
"""Labels whose reply is a list; others draw trees and menus."""
_OBJECT = re.compile(r"\{([^{}]{20,2000})\}")
_PAIR = re.compile(
    r"""["']?([A-Za-z_]\w{0,30})["']?\s*:\s*(?:"([^"\n]{0,300})"|'([^'\n]{0,300})'|(\d{1,12}|true|false))"""
)
_PAGES = re.compile(r"""pageCount["']?\s*[:=]\s*["']?(\d{1,5})""")
_TOTAL = re.compile(r"""\btotal["']?\s*[:=]\s*["']?(\d{1,7})""")


def next_page(page: ListPage) -> ListRequest | None:
    """The next page of the label: of a reply by its request, of a page from the call its script makes."""
    if LABEL in asked(page).url and number(asked(page), "pageIndex") is not None:
        return _following(page)
    request = _written(page)
    if request is None or ((pages := _PAGES.search(page.html)) and page.rows and int(pages[1]) <= 1):
        return None
    return turned(request, "pageIndex", 2 if page.rows else 1)


def _following(page: ListPage) -> ListRequest | None:
    request = asked(page)
    here, size = number(request, "pageIndex") or 1, number(request, "pageSize")
    pages = _PAGES.search(page.html)
    total = _total(page.html)
    if pages:
        more = here < int(pages[1])
    elif total is not None and size:
        more = here * size < total
    else:
        more = page.rows >= (size or 1)
    return turned(request, "pageIndex", here + 1) if more and page.rows else None


def _total(reply: str) -> int | None:
    value = parsed(reply)
    data = value.get("data") if isinstance(value, dict) else None
    if isinstance(data, dict):
        return whole(data.get("total"))
    found = _TOTAL.search(reply)
    return int(found[1]) if found else None


def _written(page: ListPage) -> ListRequest | None:
    """The call of a list that a page's script makes: its address written out, or the object of its values."""
    for call in addresses(page.html, LABEL + "?"):
        if any(f"labelName={name}" in call for name in _LISTS):
            address = call if "pageIndex=" in call else f"{call}&pageIndex=1"
            return ListRequest("GET", urljoin(page.url, address))
    if LABEL not in page.html:
        return None
    for found in _OBJECT.finditer(page.html):
        values = {name: double or single or bare for name, double, single, bare in _PAIR.findall(found[1])}
        if values.get("labelName") in _LISTS:
            query = urlencode({**values, "pageIndex": 1})
            return ListRequest("GET", urljoin(page.url, f"{LABEL}?{query}"))
    return None


def _fetchable(page: ListPage) -> ListRequest | None:
    """The next page, if what the page writes is an address."""
    following = next_page(page)
    return following if following is not None and following.url.startswith("http") else None


FAMILY = Family(
    name="longxun",
    title="龙讯",
    counts="none is known",
    lists="HTML fragments or JSON, /site/label/8888?labelName=…&pageIndex=N; news columns static, by the page's own link",
    marks=(
        Mark("url", r"/site/label/8888", 4),
        Mark("url", r"/public/column/\d+", 3),
        Mark("url", r"/public/\d+/\d+\.html$", 3),
        Mark("url", r"/content/(?:article|column)/\d+(?:$|\?)", 3),
        Mark("html", "/site/label/8888", 3),
        Mark("html", "/site/tpl/", 2),
        Mark("html", "j-fontcontent", 2),
        Mark("html", r"/group\d{1,2}/m00/", 1, "/m00/"),
        Mark("html", "htmlgeneratetime", 1),
        Mark("html", "xxgk_navli", 2),
        Mark("html", r"/public/column/\d+\?type=", 2, "/public/column/"),
        Mark("html", r"/content/article/\d{4,}[\"']", 2, "/content/article/"),
    ),
    containers=(".j-fontcontent", ".wzcon", ".gzk-article", ".articlecon"),
    next_page=_fetchable,
)
