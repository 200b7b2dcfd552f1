"""Further pages of a list that names none: a site file gives their address with its number left open.

`{n}` is the number of the page (the second is 2), `{n-1}` one less, for sites that count from nought. May import: model, identity.py,
the standard library.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from govnews.extraction.identity import url_key
from govnews.model import Column

PLACE = re.compile(r"\{n(-1)?\}")
"""Where the number stands."""


def numbered(pages: str, n: int) -> str:
    """The address of page `n`."""
    return PLACE.sub(lambda found: str(n - 1 if found[1] else n), pages)


def number_of(column: Column, url: str) -> int | None:
    """Which page of a column an address is, 1 for its first; null for none of them, and where the site file says nothing."""
    if not column.pages:
        return None
    if url_key(url) == url_key(column.url):
        return 1
    head, less, tail = PLACE.split(column.pages, maxsplit=1)
    middle = url.removeprefix(head).removesuffix(tail)
    if not middle.isdecimal() or len(middle) > 5 or numbered(column.pages, int(middle) + bool(less)) != url:
        return None
    return int(middle) + bool(less)


def next_numbered(columns: Iterable[Column], url: str) -> str | None:
    """The page after this one, by the site file; null where it says nothing of this list."""
    for column in columns:
        if (here := number_of(column, url)) is not None:
            return numbered(column.pages, here + 1)
    return None
