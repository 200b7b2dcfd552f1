"""Further pages of a list that names none, found by trying the usual addresses. Pure but for the visitor it is given.

May import: visit.py, links.py, proposal.py, extraction, model, the standard library.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urlsplit, urlunsplit

from govnews.extraction import listing, url_key
from govnews.extraction.numbered import PLACE, numbered
from govnews.model import Failure, Listing
from govnews.onboard.links import read_front
from govnews.onboard.proposal import Tried
from govnews.onboard.visit import Visitor
from govnews.text.folding import fold

FULL = 8
"""Rows from which a first page may well have a second."""
NEW = 0.7
"""Share of rows that must be new on a second page."""
_NAMES = ("{0}_{{n-1}}", "{0}_{{n}}", "{0}-{{n}}")
_PARAMETERS = ("page", "pageIndex", "p")
_DIGITS = re.compile(r"\d+")


def usual(url: str) -> list[str]:
    """Addresses that further pages of a list may have, likeliest first: `index_{n-1}.html`, `?page={n}` and their like."""
    parts = urlsplit(url)
    folder, _, name = parts.path.rpartition("/")
    bare = url.partition("#")[0]
    sign = "&" if parts.query else "?"
    asked = [f"{bare}{sign}{name}={{n}}" for name in _PARAMETERS]
    if "{" in url or parts.query or (name and "." not in name):
        return [] if "{" in url else asked
    stem, _, ending = (name or "index.html").rpartition(".")
    names = [shape.format(stem) for shape in _NAMES] + (["list_{n}", "{n}"] if stem == "index" else [])
    return [urlunsplit(parts._replace(path=f"{folder}/{one}.{ending}", fragment="")) for one in names] + asked[:1]


def find_pages(visitor: Visitor, tried: Tried, likely: Sequence[str] = ()) -> str:
    """The address of a column's further pages with its number left open, or "". likely: shapes (last part of an address) that
    another list of the site has; when there are any, only these are tried. Raises Failure `too_many_requests`."""
    if len(tried.listing.items) < FULL:
        return ""
    url = tried.page.url or tried.candidate.url
    for pages in usual(url):
        if likely and shape_of(pages) not in likely:
            continue
        try:
            page = visitor.get(numbered(pages, 2))
        except Failure as failure:
            if failure.code == "too_many_requests":
                raise
            continue
        rows = listing(page.body, url=page.url or "")
        if (
            page.response_class == "ok"
            and _goes_on(tried.listing, rows)
            and _title(tried.page.body) == _title(page.body)
        ):
            return pages
    return ""


def shape_of(pages: str) -> str:
    """What two lists of a site have in common: how the number stands, without the name of the list."""
    found = PLACE.search(pages)
    return pages[found.start() - 1 :] if found else ""


def _goes_on(first: Listing, second: Listing) -> bool:
    """Whether the rows of a page are further ones of the list."""
    known = {url_key(item.url) for item in first.items}
    new = [item for item in second.items if url_key(item.url) not in known]
    return bool(new) and len(new) >= NEW * len(second.items)


def _title(body: bytes) -> str:
    return _DIGITS.sub("", fold(read_front(body, "http://x/").title))
