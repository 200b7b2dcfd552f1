"""大汉 JPAAS, the newer Hanweb platform: blocks of a page named by a queryData attribute, lists from build/unit (§3.3).

Every value of the request is copied from queryData; the endpoint wants to be asked as the page's own script asks it. From some
networks it gives page 1 whatever is asked: whoever crawls stops when a page repeats. The address holds no day, the page prints it.
May import: model, family.py, turning.py, the standard library, lxml elements that are passed in.
"""

from __future__ import annotations

import re
from urllib.parse import urlencode, urljoin

from lxml.etree import _Element

from govnews.families.family import Family, ListPage, Mark
from govnews.families.turning import asked, compact, parsed, values, whole, with_values
from govnews.model import ListRequest

UNIT = "/api-gateway/jpaas-publish-server/front/page/build/unit"
SIZE = 15
"""Rows of a page where neither the page nor its request says how many."""

_PAIR = re.compile(r"""["'](\w{1,30})["']\s*:\s*["']([^"']{0,300})["']""")
_LIST = re.compile(r"list|列表|分页", re.IGNORECASE)
_COUNT = re.compile(r"""\scount\s*=\s*["']?(\d{1,7})""")
_ROWS = re.compile(r"""\srows\s*=\s*["']?(\d{1,3})""")


def next_page(page: ListPage) -> ListRequest | None:
    """The next page of the list block: of a reply by its request, of a page from the queryData of its list."""
    return _following(page) if page.root is None else _first(page)


def _following(page: ListPage) -> ListRequest | None:
    request = asked(page)
    said = values(request, "paramJson")
    here, size = whole(said.get("pageNo")), whole(said.get("pageSize"))
    if here is None or not page.rows:
        return None
    html = _fragment(page.html)
    count, rows = _number(_COUNT, html), _number(_ROWS, html) or size
    if here * rows >= count if count is not None and rows else page.rows < (size or 1):
        return None
    return with_values(request, "paramJson", {**said, "pageNo": here + 1})


def _first(page: ListPage) -> ListRequest | None:
    found = _unit(page.root) if page.root is not None else None
    if found is None:
        return None
    path, query = found
    size = _number(_ROWS, page.html) or page.rows or SIZE
    count = _number(_COUNT, page.html)
    if count is not None and page.rows and count <= page.rows:
        return None
    query["paramJson"] = compact({"pageNo": 2 if page.rows else 1, "pageSize": size})
    headers = (("Referer", page.url), ("X-Requested-With", "XMLHttpRequest"))
    return ListRequest("GET", urljoin(page.url, f"{path}?{urlencode(query)}"), headers=headers)


def _unit(root: _Element) -> tuple[str, dict[str, str]] | None:
    """(path, values) of the one block that is the column's list; null when several could be it."""
    found = []
    for element in root.iter():
        said = element.get("querydata") if isinstance(element.tag, str) else None
        if said and (query := dict(_PAIR.findall(said))).get("pageType") == "column":
            where = next((w for w in (element.get("url"), element.get("src")) if w and "build/unit" in w), UNIT)
            found.append((where.partition("?")[0], query))
    named = [unit for unit in found if _LIST.search(unit[1].get("tagId", ""))]
    left = named or found
    return left[0] if len(left) == 1 else None


def _fragment(reply: str) -> str:
    """The HTML within a reply."""
    value = parsed(reply)
    data = value.get("data") if isinstance(value, dict) else None
    html = data.get("html") if isinstance(data, dict) else None
    return html if isinstance(html, str) else ""


def _number(pattern: re.Pattern[str], html: str) -> int | None:
    found = pattern.search(html)
    return int(found[1]) if found else None


FAMILY = Family(
    name="jpaas",
    title="大汉 JPAAS",
    counts="none is known",
    lists="JSON with a fragment, build/unit, asked with the values of queryData",
    marks=(
        Mark("url", r"/art/\d{4}/art_[0-9a-f]{32}\.html$", 3),
        Mark("url", r"/jpaas-publish-server/", 3),
        Mark("html", "jpaas-publish-server", 3),
        Mark("html", "querydata=", 1),
        Mark("html", "/jpaas-", 1),
        Mark("html", r"/art/\d{4}/art_[0-9a-f]{32}\.html", 2, "/art_"),
    ),
    containers=("#con_con",),
    next_page=next_page,
)
