"""苏迪 Webplus (Sudy), at universities and their like: /2024/0520/c123a4567/page.htm, lists list2.htm, classes wp_ and arti_.

The element that shows the count names the call that fills it (_visitcountdisplay), which only reads: a visit is counted by
another, the picture _visitcount, a beacon. Seen on saved pages and in the vendor's script (docs/decisions, which families).
May import: model, family.py, counting.py, written.py, the standard library.
"""

from __future__ import annotations

from urllib.parse import urljoin

from govnews.families import counting
from govnews.families.family import Family, Mark
from govnews.families.written import addresses
from govnews.model import CounterCall


def counter(html: str, url: str) -> CounterCall | None:
    """The call of the element that shows the article's count; others show those of columns and of the site."""
    for call in addresses(html, "/_visitcountdisplay?"):
        if url and "type=3" in call and "articleId=" in call:
            return CounterCall("webplus", urljoin(url, call))
    return None


def read_counter(reply: str) -> int | None:
    """A plain number, or one in a `<span>`."""
    return counting.plain(reply)


FAMILY = Family(
    name="webplus",
    title="苏迪 Webplus",
    counts="_visitcountdisplay, a plain number or one in an element, only reads; the picture _visitcount is a beacon",
    lists="static, list2.htm or list2.psp, by the page's own link",
    marks=(
        Mark("url", r"/\d{4}/\d{4}/c\d+a\d+/page\.(?:htm|psp)$", 4),
        Mark("html", "sudy-wp-", 3),
        Mark("html", "wp_articlecontent", 3),
        Mark("html", "_visitcountdisplay", 2),
        Mark("html", "jquery.sudy.wp", 2),
        Mark("html", 'portletmode="simple', 2),
        Mark("html", "/_upload/tpl/", 1),
        Mark("html", "/_upload/article/", 1),
        Mark("html", "wp_news_w", 1),
        Mark("html", r"/c\d+a\d+/page\.(?:htm|psp)", 2, "/page."),
    ),
    containers=(".wp_articlecontent",),
    counter=counter,
    read_counter=read_counter,
    beacons=("/_visitcount?",),
)
