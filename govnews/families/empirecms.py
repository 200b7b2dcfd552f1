"""EmpireCMS 帝国: everything of its own stands under /e/ (cms-families.md §3.9).

ViewClick gives the number; with addclick=1 it counts too, so that is taken off and the call only reads. With `down` the same
action gives comments or votes, which are no views. May import: model, family.py, counting.py, written.py, the standard library.
"""

from __future__ import annotations

import re
from urllib.parse import urljoin

from govnews.families import counting
from govnews.families.family import Family, Mark
from govnews.families.written import addresses
from govnews.model import CounterCall

_COUNTS = re.compile(r"&addclick=\d|(?<=\?)addclick=\d&")
_OTHER = re.compile(r"[?&]down=[1-9]")
_PAIR = re.compile(r"[?&]classid=\d+.*&id=\d+|[?&]id=\d+.*&classid=\d+")


def counter(html: str, url: str) -> CounterCall | None:
    """The page's own ViewClick call of views, without what makes it count."""
    for call in addresses(html, "/e/public/ViewClick"):
        if url and _PAIR.search(call) and not _OTHER.search(call):
            return CounterCall("empirecms", urljoin(url, _COUNTS.sub("", call)))
    return None


def read_counter(reply: str) -> int | None:
    """A plain number or a script that writes it."""
    return counting.written(reply)


FAMILY = Family(
    name="empirecms",
    title="帝国 EmpireCMS",
    counts="/e/public/ViewClick without addclick: plain or document.write, only reads",
    lists="static, index_2.html, or /e/action/ListInfo/?classid=C&page=N, by the page's own link",
    marks=(
        Mark("url", r"/e/action/ListInfo", 3),
        Mark("html", "/e/public/viewclick", 3),
        Mark("html", "/e/public/digg", 2),
        Mark("html", "/e/action/listinfo", 2),
        Mark("html", "/e/data/js/", 2),
        Mark("html", "/e/member/", 1),
        Mark("html", "/e/search/", 1),
        Mark("html", "/e/tags/", 1),
        Mark("html", "/e/pl/", 1),
    ),
    counter=counter,
    read_counter=read_counter,
)
