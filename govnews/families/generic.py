"""No family: everything is done the generic way. Always last, never detected.

May import: model, text, family.py, turning.py, the standard library.
"""

from __future__ import annotations

import re

from govnews.families.family import Family, ListPage
from govnews.families.turning import asked, number, turned
from govnews.model import ListRequest

_NUMBERS = "page pageNo pageNum pageNumber pageIndex currentPage curPage current pn p".split()
_SIZES = "pageSize size rows limit perPage _pageSize".split()
_PAGES = re.compile(r"""["'](?:pages|pageCount|totalPages?)["']\s*:\s*["']?(\d{1,5})\b""", re.IGNORECASE)
_TOTAL = re.compile(r"""["'](?:total|totalCount|totalElements|recordCount)["']\s*:\s*["']?(\d{1,7})\b""", re.IGNORECASE)


def next_page(page: ListPage) -> ListRequest | None:
    """Of an endpoint's reply that has rows: its request with the next number, unless pages or total say that this was the last."""
    if page.root is not None or not page.rows:
        return None
    request = asked(page)
    name = next((n for n in _NUMBERS if number(request, n) is not None), None)
    if name is None:
        return None
    here = number(request, name) or 0
    size = next((n for s in _SIZES if (n := number(request, s))), None)
    pages, total = _PAGES.search(page.html), _TOTAL.search(page.html)
    if pages:
        more = here < int(pages[1])
    else:
        more = not total or not size or here * size < int(total[1])
    return turned(request, name, here + 1) if more else None


FAMILY = Family(
    name="generic",
    title="未知（通用规则）",
    counts="a number printed behind a label",
    lists="the page's own 下一页, its scripts, its numbers; rows a script asks for, as it asks; of an endpoint the page number in its address",
    next_page=next_page,
    open_ended=True,
)
