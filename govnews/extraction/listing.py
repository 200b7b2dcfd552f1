"""A list page or an endpoint's reply to its rows and next page: the family's way first, else repeating rows with dates.

May import: model, text, families, its neighbours in this room. Pure; never raises.
"""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urldefrag

from lxml.etree import _Element

from govnews.extraction import paging, replies
from govnews.extraction.article import LONGEST
from govnews.extraction.embedded import FEWEST, from_records, is_list, unseen_rows
from govnews.extraction.family_of import family_of
from govnews.extraction.links import Link, base_of, read_links
from govnews.extraction.markup import parse
from govnews.extraction.numbered import next_numbered
from govnews.extraction.page_asks import by_ask
from govnews.extraction.page_calls import Calls, laypage_count
from govnews.extraction.page_scripts import by_script, written
from govnews.extraction.rows import find_rows
from govnews.families import ListPage, by_name
from govnews.model import Listing, ListItem, ListRequest, Page, Site
from govnews.text.decode import decode


def listing(page: bytes | str, *, url: str, request: ListRequest | None = None, site: Site | None = None) -> Listing:
    """The rows of the main list, the next page and the page count. Pure; never raises, whatever the input.

    page: bytes or text of a list page or of a list endpoint's reply. url: its address. request: what brought it, when it was
    not a plain GET of `url` (the next window is computed from it). site: its family, if known.
    """
    try:
        text = page if isinstance(page, str) else decode(page[:LONGEST]).text
        return read_text(text[:LONGEST], url, request, site)
    except Exception:  # noqa: BLE001 - the bytes are kept; an unreadable list is an empty one, and signalled as such
        return Listing()


def read_list(page: Page, site: Site | None = None) -> Listing:
    """The same for a fetched Page; a task that was not a plain GET gives its request."""
    task = page.task
    request = (
        ListRequest(task.method, task.url, task.form, task.headers)
        if task and (task.form or task.headers or task.method != "GET")
        else None
    )
    url = page.url or ""
    if task and (fragment := urldefrag(task.url).fragment) and "#" not in url:
        url += f"#{fragment}"  # no server sees it, scripts draw the list by it; a redirect keeps it (RFC 9110, 10.2.2)
    return listing(page.body, url=url, request=request, site=site)


def read_text(text: str, url: str, request: ListRequest | None = None, site: Site | None = None) -> Listing:
    """`listing` of decoded text, without its net below: what is wrong here raises."""
    family = by_name(family_of(text, url, site))
    stripped = text.lstrip("\ufeff \r\n\t")
    reply = replies.read_reply(stripped)
    if isinstance(reply, (dict, list)):
        page = ListPage(stripped, None, url, request)
        items = (family.rows(page) if family.rows else None) or replies.rows_of_reply(reply, url)
        following = family.next_page(replace(page, rows=len(items))) if family.next_page and items else None
        if items or not stripped.startswith("<"):  # XML without rows of data may be HTML of a kind
            return Listing(_once(items), following, replies.page_count(reply))
    root = parse(text)
    page = ListPage(text, root, url, request)
    calls = Calls(root, url, base_of(root, url))
    links = read_links(root, calls.row_address)
    pagers = paging.pagers(root, links)
    own = family.rows(page) if family.rows else None
    items = own if own is not None else _unknown(root, text, url, links, pagers)
    said = written(text)
    following = (
        paging.next_link(root, links, calls)
        or (family.next_page(replace(page, rows=len(items))) if family.next_page else None)
        or by_script(said, calls.base)
        or calls.by_laypage(text)
        or paging.by_number(url, calls.base, links)
        or paging.by_select(root, calls)
        or (next_numbered(site.columns, url) if site and items else by_ask(calls) if not items else None)
    )
    count = said.count if said else paging.page_count(text, pagers) or laypage_count(text)
    return Listing(_once(items), following, count)


def _unknown(root: _Element, text: str, url: str, links: list[Link], pagers: list[_Element]) -> list[ListItem]:
    """The rows of a page whose family has no way of its own: records, rows of the tree, rows only a script shows."""
    items = from_records(text, url) or find_rows(root, url, links, pagers)
    if is_list(items):
        return items
    return unseen_rows(root, text, base_of(root, url), FEWEST if items else 1) or items


def _once(items: list[ListItem]) -> tuple[ListItem, ...]:
    """Each address and title once, in page order."""
    return tuple({(item.url, item.title): item for item in items}.values())
