"""PHPCMS: addresses with m=content&c=index&a=show or a=lists, files under /statics/ and /uploadfile/ (cms-families.md §3.9).

Its counter is a script that counts and fills #hits and, beside it, the downloads of the day, week and month, which are no views.
May import: model, family.py, counting.py, written.py, the standard library.
"""

from __future__ import annotations

import re
from urllib.parse import urljoin

from govnews.families import counting
from govnews.families.family import Family, Mark
from govnews.families.written import addresses
from govnews.model import CounterCall

_ARTICLE = re.compile(r"[?&]id=\d")


def counter(html: str, url: str) -> CounterCall | None:
    """The page's own api.php?op=count call of an article."""
    for call in addresses(html, "api.php?op=count"):
        if url and _ARTICLE.search(call) and "modelid=" in call:
            return CounterCall("phpcms", urljoin(url, call), raises=True)
    return None


def read_counter(reply: str) -> int | None:
    """`$('#todaydowns').html('2'); … $('#hits').html('370');`: what goes into #hits."""
    return counting.filled(reply, "hits")


FAMILY = Family(
    name="phpcms",
    title="PHPCMS",
    counts="api.php?op=count, a script that fills #hits; rises when asked",
    lists="index.php?m=content&c=index&a=lists&catid=C&page=N or as the site rewrites it, by the page's own link",
    marks=(
        Mark("url", r"[?&]m=content&c=index&a=(?:show|lists)\b", 3),
        Mark("url", r"/show-\d+-\d+-\d+\.html$", 2),
        Mark("html", "api.php?op=count", 3),
        Mark("html", r"m=content&(?:amp;)?c=index&(?:amp;)?a=(?:show|lists)", 3, "m=content&"),
        Mark("html", "m=search&c=index", 2),
        Mark("html", "phpcms", 2),
        Mark("html", r"uploadfile/20\d\d/\d{4}/", 1, "uploadfile/20"),
        Mark("html", r"/show-\d+-\d+-1\.html", 1, "/show-"),
        Mark("html", "statics/js/", 1),
    ),
    counter=counter,
    read_counter=read_counter,
)
