"""广东 gkmlpt, the province-wide platform of disclosed documents: /gkmlpt/ pages, lists from a JSON API (cms-families.md §3.6).

A column is /gkmlpt/index#<category>; its page is a shell whose _CONFIG names the site, its rows come from the API a hundred at a
time. Category 0 is everything; pages 0 and 1 are the same. Rows may lead to other hosts. No count is shown.
May import: model, family.py, turning.py, the standard library.
"""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

from govnews.families.family import Family, ListPage, Mark
from govnews.families.turning import asked, number, parsed, turned, whole
from govnews.model import ListItem, ListRequest

SIZE = 100

_SITE = re.compile(r"""\bSID["']?\s*:\s*["']?(\d{1,10})\b""")


def rows(page: ListPage) -> list[ListItem] | None:
    """None on the shell: what links it has are its navigation. A reply is read the generic way."""
    return [] if page.root is not None and _SITE.search(page.html) else None


def next_page(page: ListPage) -> ListRequest | None:
    """The next page of the API: of a reply by its total, of a column's shell its first."""
    if page.root is None:
        return _following(page)
    site, parts = _SITE.search(page.html), urlsplit(page.url)
    if not site or "/gkmlpt/" not in parts.path:
        return None
    folder = parts.path.partition("/gkmlpt/")[0]
    category = parts.fragment if parts.fragment.isdecimal() else "0"
    return ListRequest("GET", urljoin(page.url, f"{folder}/gkmlpt/api/all/{category}?page=1&sid={site[1]}"))


def _following(page: ListPage) -> ListRequest | None:
    request, value = asked(page), parsed(page.html)
    here = number(request, "page")
    if here is None or not isinstance(value, dict):
        return None
    classify = value.get("classify")
    total = whole(value.get("total"))
    if total is None and isinstance(classify, dict):
        total = whole(classify.get("post_count"))
    here = max(here, 1)
    if here * SIZE >= total if total is not None else page.rows < SIZE:
        return None
    return turned(request, "page", here + 1)


FAMILY = Family(
    name="gkmlpt",
    title="广东省政府信息公开平台 gkmlpt",
    counts="none is shown",
    lists="JSON, /gkmlpt/api/all/C?page=N&sid=S, a hundred rows a page",
    marks=(
        Mark("url", r"/gkmlpt/(?:content/|index|api/|policy|guide)", 5),
        Mark("html", r"window\._config\s*=", 2, "window._config"),
        Mark("html", "/gkmlpt/gkml/", 2),
        Mark("html", "/gkmlpt/", 1),
    ),
    containers=(".article-content",),
    rows=rows,
    next_page=next_page,
)
