"""博达 VSB ("webber", wbnews): the content management system of many counties and almost every university (cms-families.md §3.4).

May import: model, family.py, counting.py, the standard library.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urljoin, urlsplit

from govnews.families import counting
from govnews.families.family import Family, ListPage, Mark
from govnews.model import CounterCall

_CLICKS = re.compile(r"""_showDynClicks\(\s*["'](\w+)["']\s*,\s*["']?(\d+)["']?\s*,\s*["']?(\d+)["']?\s*\)""")
_PAGES = re.compile(r"""(?<![\d/])(\d{1,5})/(\d{1,5})(?:<|&nbsp;|\s*页)""")


def counter(html: str, url: str) -> CounterCall | None:
    """The read call of the page's own script; writing is a separate one (addclicktimes.jsp), so reading changes nothing."""
    found = _CLICKS.search(html)
    if not found or not url:
        return None
    kind, owner, click = found.groups()
    call = f"/system/resource/code/news/click/dynclicks.jsp?clickid={click}&owner={owner}&clicktype={kind}"
    return CounterCall("vsb", urljoin(url, call))


def read_counter(reply: str) -> int | None:
    """Plain text: the integer with blanks around it."""
    return counting.plain(reply)


def canonical(url: str) -> str | None:
    """content.jsp?urltype=news.NewsContentUrl&wbtreeid=T&wbnewsid=N is /info/T/N.htm."""
    parts = urlsplit(url)
    if not parts.path.endswith("/content.jsp"):
        return None
    query = parse_qs(parts.query)
    if query.get("urltype") != ["news.NewsContentUrl"] or not query.get("wbtreeid") or not query.get("wbnewsid"):
        return None
    folder = parts.path.removesuffix("/content.jsp")
    return f"{parts.scheme}://{parts.netloc}{folder}/info/{query['wbtreeid'][0]}/{query['wbnewsid'][0]}.htm"


def next_page(page: ListPage) -> str | None:
    """Numbers run backwards: with T pages, page 2 of x.htm is x/<T-1>.htm and the last is x/1.htm."""
    found = _PAGES.search(page.html)
    if not found:
        return None
    here, total = int(found[1]), int(found[2])
    if not 1 <= here < total:
        return None
    number = re.search(r"/(\d+)\.htm$", page.url)
    if here == 1:
        return page.url.removesuffix(".htm") + f"/{total - 1}.htm" if page.url.endswith(".htm") else None
    return page.url[: number.start()] + f"/{total - here}.htm" if number else None


FAMILY = Family(
    name="vsb",
    title="博达 VSB",
    counts="dynclicks.jsp, a plain number, only reads; addclicktimes.jsp is a beacon",
    lists="static, numbered backwards: page 2 of 11 of x.htm is x/10.htm",
    marks=(
        Mark("url", r"/info/\d+/\d+\.htm$", 3),
        Mark("url", r"urltype=(?:news|tree)\.", 3),
        Mark("html", "_showdynclicks(", 3),
        Mark("html", "vsb_content", 3),
        Mark("html", "v_news_content", 2),
        Mark("html", "_newscontent_fromname", 3),
        Mark("html", "/system/resource/", 2),
        Mark("html", "_sitegray/_sitegray", 2),
        Mark("html", r"/info/\d{3,5}/\d+\.htm\b", 2, "/info/"),
        Mark("html", "__local/", 1),
        Mark("html", "#begineditable", 1),
    ),
    containers=(".v_news_content", "#vsb_content_"),
    counter=counter,
    read_counter=read_counter,
    canonical=canonical,
    next_page=next_page,
    beacons=("addclicktimes.jsp",),
)
