"""新点 Epoint WebBuilder: numbered folders and GUID file names, lists static or from the builder's REST actions (§4).

Its count is filled into #infoViewCount by pageView.js, whose call stands on no page: a number printed there is kept, an empty one
is null, and nothing is asked. May import: model, family.py, turning.py, the standard library.
"""

from __future__ import annotations

import re
from urllib.parse import urlencode, urljoin, urlsplit

from govnews.families.family import Family, ListPage, Mark
from govnews.families.turning import asked, compact, parsed, values, whole, with_values
from govnews.model import ListRequest

SIZE = 15

_ACTION = re.compile(r"""["']([^"'\s]{0,200}/rest/\w{1,60}/get\w{0,20}List\w{0,20})["']""")
_SITE = re.compile(r"""siteGuid["']?\s*[:=]\s*["']([0-9a-fA-F-]{36})["']""")
_CATEGORY = re.compile(r"""categoryNum["']?\s*[:=]\s*["'](\d{3,24})["']""", re.IGNORECASE)
_SIZE = re.compile(r"""pageSize["']?\s*[:=]\s*["']?(\d{1,3})\b""")
_FOLDER = re.compile(r"/(\d{3,24})/[\w-]+\.html$")


def next_page(page: ListPage) -> ListRequest | None:
    """The next page of the action behind a list; its pages are numbered from 0."""
    return _following(page) if page.root is None else _first(page)


def _following(page: ListPage) -> ListRequest | None:
    request = asked(page)
    said = values(request, "params")
    here, size = whole(said.get("pageIndex")), whole(said.get("pageSize"))
    if here is None or not size or not page.rows:
        return None
    total = _total(page.html)
    if (here + 1) * size >= total if total is not None else page.rows < size:
        return None
    return with_values(request, "params", {**said, "pageIndex": here + 1})


def _total(reply: str) -> int | None:
    value = parsed(reply)
    custom = value.get("custom") if isinstance(value, dict) else None
    if not isinstance(custom, dict):
        return None
    return next((n for name in ("count", "total") if (n := whole(custom.get(name))) is not None), None)


def _first(page: ListPage) -> ListRequest | None:
    """The call of a list page's script, when the page shows all of it: action, site and category."""
    action, site = _ACTION.search(page.html), _SITE.search(page.html)
    category = _CATEGORY.search(page.html) or _FOLDER.search(urlsplit(page.url).path)
    if not action or not site or not category:
        return None
    size = _SIZE.search(page.html)
    params = {
        "siteGuid": site[1],
        "categoryNum": category[1],
        "pageIndex": 1 if page.rows else 0,
        "pageSize": int(size[1]) if size else page.rows or SIZE,
    }
    return ListRequest("POST", urljoin(page.url, action[1]), urlencode({"params": compact(params)}))


FAMILY = Family(
    name="epoint",
    title="新点 Epoint WebBuilder",
    counts="printed or filled in by a call that stands on no page",
    lists="static, or JSON, rest/…/getPageInfoListNew with pageIndex from 0",
    marks=(
        Mark(
            "url",
            r"/\d{3}(?:/\d{6,24})*/(?:19|20)\d{6}/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\.html$",
            3,
        ),
        Mark("url", r"/(\d{3})/\1\d{3}/(?:about|moreinfo|second[pP]age|\d+)\.html$", 2),
        Mark("url", r"/rest/\w*[aA]ction/getPageInfoList", 3),
        Mark("html", "/epointwebbuilder", 3),
        Mark("html", "webbuildercommon", 3),
        Mark("html", 'id="infoviewcount"', 2),
        Mark("html", 'id="viewguid"', 2),
        Mark("html", 'id="souceinfoid"', 2),
        Mark("html", "siteguid", 1),
        Mark("html", "categorynum", 1),
        Mark("html", "eptoken", 1),
        Mark("html", 'class="ewb-', 1),
    ),
    containers=(".ewb-article-info", ".ewb-article-detail"),
    next_page=next_page,
)
