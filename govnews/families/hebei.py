"""The provincial platform of 河北: columns and articles named by UUIDs, lists from blocks of a template (cms-families.md §4).

A column's page names the block that shows its rows; the same block with a page number gives an HTML fragment. Its vendor is
unknown, a counter too. May import: model, family.py, turning.py, written.py, the standard library.
"""

from __future__ import annotations

import re
from urllib.parse import urljoin

from govnews.families.family import Family, ListPage, Mark
from govnews.families.turning import asked, number, turned
from govnews.families.written import addresses
from govnews.model import ListRequest

_UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_BLOCK = re.compile(rf"(?:https?://[^/]+)?/columns/{_UUID}/templates/{_UUID}/blocks/{_UUID}")


def next_page(page: ListPage) -> ListRequest | None:
    """The next page of the block: of a fragment until one has no rows, of a column's page from the one block it names."""
    request = asked(page)
    if _BLOCK.match(request.url):
        here = number(request, "page")
        return turned(request, "page", here + 1) if here is not None and page.rows else None
    calls = {found[0]: call for call in addresses(page.html, "/blocks/") if (found := _BLOCK.match(call))}
    if len(calls) != 1:
        return None
    ((block, call),) = calls.items()
    call = call if re.search(r"[?&]page=\d", call) else f"{block}?page=1&fix=0"
    return turned(ListRequest("GET", urljoin(page.url, call)), "page", 2 if page.rows else 1)


FAMILY = Family(
    name="hebei",
    title="河北省政府网站平台",
    counts="none is known",
    lists="HTML fragments, /columns/UUID/templates/UUID/blocks/UUID?page=N",
    marks=(
        Mark("url", rf"/columns/{_UUID}/(?:(?:19|20)\d{{4}}/\d\d/{_UUID}|index)\.html$", 4),
        Mark("url", rf"/columns/{_UUID}/(?:templates/|$)", 4),
        Mark("html", rf"/columns/{_UUID}/templates/", 3, "/templates/"),
        Mark("html", rf"/columns/{_UUID}/(?:19|20)\d{{4}}/\d\d/{_UUID}\.html", 3, "/columns/"),
    ),
    containers=(".incontent", ".xxgk_gfxwjk-xqy-neir"),
    next_page=next_page,
    open_ended=True,
)
