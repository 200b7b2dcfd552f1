"""JEECMS: pages end in .jhtml, actions in .jspx, files stand under /r/cms/ (cms-families.md §3.8).

Its count is asked of content_view.jspx, and asking counts (the server's method is viewAndGet). Lists are index.jhtml, index_2.jhtml,
linked from a script in the pager. May import: model, family.py, counting.py, the standard library.
"""

from __future__ import annotations

import re
from urllib.parse import urljoin

from govnews.families import counting
from govnews.families.family import Family, Mark
from govnews.model import CounterCall

_VIEWS = re.compile(r"""Cms\.viewCount\(\s*["']([^"'\s<>$]{0,200})["']\s*,\s*["']?(\d{1,10})""")


def counter(html: str, url: str) -> CounterCall | None:
    """The call that `Cms.viewCount(base, contentId)` makes."""
    found = _VIEWS.search(html)
    if not found or not url:
        return None
    return CounterCall("jeecms", urljoin(url, f"{found[1]}/content_view.jspx?contentId={found[2]}"), raises=True)


def read_counter(reply: str) -> int | None:
    """`[views, comments, downloads, ups, downs]`; `[]` for an article the counter does not know."""
    return counting.item(reply, 0)


FAMILY = Family(
    name="jeecms",
    title="JEECMS",
    counts="content_view.jspx, a JSON array; rises when asked",
    lists="static, index_2.jhtml, by the page's own link, often in a script of the pager",
    marks=(
        Mark("url", r"/\d+\.jhtml$", 3),
        Mark("url", r"\.jhtml(?:$|\?)", 2),
        Mark("html", "cms.viewcount(", 3),
        Mark("html", "content_view.jspx", 2),
        Mark("html", "/r/cms/", 2),
        Mark("html", r"\.jhtml[\"'?]", 2, ".jhtml"),
        Mark("html", r"\.jspx[\"'?]", 1, ".jspx"),
    ),
    counter=counter,
    read_counter=read_counter,
)
