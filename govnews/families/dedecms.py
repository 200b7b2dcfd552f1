"""DedeCMS 织梦: templates under /templets/, actions under /plus/, lists named list_<column>_<page>.html (cms-families.md §3.9).

count.php counts and writes the number (with view=yes; without it it only counts). Templates may leave an old number behind the
script's tag: that one is read from the page, with a doubt. May import: model, family.py, counting.py, written.py.
"""

from __future__ import annotations

from urllib.parse import urljoin

from govnews.families import counting
from govnews.families.family import Family, Mark
from govnews.families.written import addresses
from govnews.model import CounterCall


def counter(html: str, url: str) -> CounterCall | None:
    """The page's own count.php call, if it is one that shows the number."""
    for call in addresses(html, "/plus/count.php?"):
        if url and "view=yes" in call and "aid=" in call:
            return CounterCall("dedecms", urljoin(url, call), raises=True)
    return None


def read_counter(reply: str) -> int | None:
    """`document.write('370');`."""
    return counting.written(reply)


FAMILY = Family(
    name="dedecms",
    title="织梦 DedeCMS",
    counts="/plus/count.php?view=yes, document.write; rises when asked",
    lists="static, list_2_3.html, or /plus/list.php?tid=T&PageNo=N, by the page's own link",
    marks=(
        Mark("url", r"/plus/(?:view|list)\.php\?", 3),
        Mark("url", r"/list_\d+_\d+\.html$", 2),
        Mark("html", "/plus/count.php?", 3),
        Mark(
            "html", r"/plus/(?:search|list|view|stow|feedback|feedback_ajax|carbuyaction|digg_ajax)\.php", 2, "/plus/"
        ),
        Mark("html", "templets/", 2),
        Mark("html", "dedecms", 1),
        Mark("html", "dede_pages", 2),
        Mark("html", "dedeajax", 2),
        Mark("html", "/uploads/allimg/", 1),
    ),
    counter=counter,
    read_counter=read_counter,
    beacons=("/plus/count.php?aid=",),
)
