"""南方网 NFCMS, the news pages of Guangdong's portals: posts named post_<id>, script globals NFCMS_… (cms-families.md §3.6).

The count is asked as JSONP of the province's statistics host, in a call of its own beside the one that counts the visit; it is
asked when the site file names that host. The call that counts is a beacon. May import: model, family.py, counting.py, written.py.
"""

from __future__ import annotations

import re
from urllib.parse import urljoin

from govnews.families import counting
from govnews.families.family import Family, Mark
from govnews.families.written import addresses
from govnews.model import CounterCall

_PHONE = re.compile(r"^(https?://[^/?#]+/(?:[^?#]*/)?content/(?:[^?#]*/)?)mpost_(\d+\.html)$")


def counter(html: str, url: str) -> CounterCall | None:
    """The sum that the page's script asks for, without the random number at its end."""
    call = next(addresses(html, "/jsonp/post/sum?"), None)
    return CounterCall("nfcms", urljoin(url, call.removesuffix("&t=")), raises=False) if call and url else None


def read_counter(reply: str) -> int | None:
    """`NFCMS_CB_POST_VISIT_1({"count": 12})`."""
    return counting.member(reply, "count")


def canonical(url: str) -> str | None:
    """…/content/mpost_N.html is the page for phones of …/content/post_N.html."""
    found = _PHONE.match(url)
    return f"{found[1]}post_{found[2]}" if found else None


FAMILY = Family(
    name="nfcms",
    title="广东 NFCMS",
    counts="JSONP of statistics.gd.gov.cn, asked when the site file names that host; the visit counter is a beacon",
    lists="static, index_2.html, by the page's own link",
    marks=(
        Mark("url", r"/content/m?post_\d+\.html$", 3),
        Mark("html", "nfcms_site_id", 3),
        Mark("html", "nfcms_post_id", 2),
        Mark("html", "nfcms_cat_id", 1),
        Mark("html", "statistics.gd.gov.cn", 2),
        Mark("html", r"/content/m?post_\d{3,10}\.html", 2, "/content/"),
    ),
    containers=("#zoomcon", ".news_cont_d_wrap", ".tyxxy_main"),
    counter=counter,
    read_counter=read_counter,
    canonical=canonical,
    beacons=("statistics.gd.gov.cn/visit/",),
)
