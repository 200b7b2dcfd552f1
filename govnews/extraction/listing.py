"""A list page or an endpoint's reply to its rows and next page: the family's way first, else repeating rows with dates.

May import: model, text, families, lxml, its neighbours in this room. Pure; never raises.
"""

from __future__ import annotations

import json
import re
from typing import Any

from lxml import etree
from lxml.etree import _Element

from govnews.extraction import paging
from govnews.extraction.article import LONGEST
from govnews.extraction.markup import parse
from govnews.extraction.rows import find_rows, resolve
from govnews.families import ListPage, by_name, detect
from govnews.model import Listing, ListItem, ListRequest, Page, Site
from govnews.text.dates import list_date
from govnews.text.decode import decode
from govnews.text.folding import squeeze

FEWEST_ROWS = 3
"""Dated rows from which a commented-out list is believed."""

_RECORD = re.compile(r"<record>\s*(?:<!\[CDATA\[)?(.*?)(?:\]\]>)?\s*</record>", re.DOTALL | re.IGNORECASE)
_TITLES = ("title", "Title", "name", "bt", "mc", "subject", "articleTitle", "infotitle", "docTitle")
_ADDRESSES = (
    "url",
    "link",
    "href",
    "linkurl",
    "linkUrl",
    "articleUrl",
    "post_url",
    "docpuburl",
    "docPubUrl",
    "pageUrl",
    "infourl",
)
_DATES = (
    "publishedTimeStr",
    "publishedTime",
    "pubtime",
    "pubDate",
    "publishTime",
    "display_publish_time",
    "created_at",
    "createTime",
    "date",
    "infodate",
    "docRelTime",
    "releaseDate",
    "time",
)


def listing(page: bytes | str, *, url: str, request: ListRequest | None = None, site: Site | None = None) -> Listing:
    """The rows of the main list, the next page and the page count. Pure; never raises, whatever the input.

    page: bytes or text of a list page or of a list endpoint's reply. url: its address. request: what brought it, when it was
    not a plain GET of `url` (the next window is computed from it). site: its family, if known.
    """
    try:
        text = page if isinstance(page, str) else decode(page[:LONGEST]).text
        return _read(text[:LONGEST], url, request, site)
    except Exception:  # noqa: BLE001 - the bytes are kept; an unreadable list is an empty one, and signalled as such
        return Listing()


def read_list(page: Page, site: Site | None = None) -> Listing:
    """The same for a fetched Page; a task that was not a plain GET gives its request."""
    task = page.task
    request = (
        ListRequest(task.method, task.url, task.form, task.headers)
        if task and (task.form or task.method != "GET")
        else None
    )
    return listing(page.body, url=page.url or "", request=request, site=site)


def _read(text: str, url: str, request: ListRequest | None, site: Site | None) -> Listing:
    stripped = text.lstrip("\ufeff \r\n\t")
    if stripped[:1] in "{[":
        reply = _reply(stripped)
        if reply is not None:
            return _from_json(reply, url)
    root = parse(text)
    family = by_name(site.family if site and site.family else detect(text, url))
    shown = ListPage(text, root, url, request)
    items = family.rows(shown) if family.rows else None
    if items is None:
        items = from_records(text, url) or find_rows(root, url)
        items = _from_comments(root, url) or items
    return Listing(tuple(_once(items)), _next(shown, root, family.next_page), paging.page_count(text, root))


def _next(page: ListPage, root: _Element, own: Any) -> str | ListRequest | None:
    """下一页, the family's rule, script calls, numbers: the first that gives something."""
    found: str | ListRequest | None = paging.next_link(root, page.url)
    if found is None and own is not None:
        found = own(page)
    return found or paging.by_script(page.html, page.url) or paging.by_number(root, page.url)


def _once(items: list[ListItem]) -> list[ListItem]:
    """Each address and title once, in page order."""
    return list({(item.url, item.title): item for item in items}.values())


def from_records(text: str, url: str) -> list[ListItem]:
    """Rows in `<record><![CDATA[…]]></record>`: a parser of HTML sees none of them (Hanweb and its like)."""
    if "<record>" not in text and "<RECORD>" not in text:
        return []
    fragments = _RECORD.findall(text)
    return (
        find_rows(parse("<ul>" + "".join(f"<div class='record'>{f}</div>" for f in fragments) + "</ul>"), url)
        if fragments
        else []
    )


def _from_comments(root: _Element, url: str) -> list[ListItem]:
    """A list that stands in an HTML comment, from which a script shows it: the comment is all its element holds."""
    for comment in root.iter(etree.Comment):
        text, parent = comment.text or "", comment.getparent()
        if (
            text.count("<a ") >= FEWEST_ROWS
            and parent is not None
            and all(isinstance(c, etree._Comment) or c.tag == "script" for c in parent)
        ):
            items = find_rows(parse(text), url)
            if sum(item.date is not None for item in items) >= FEWEST_ROWS:
                return items
    return []


def _reply(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _from_json(reply: Any, url: str) -> Listing:
    """A JSON reply: rows as objects with title and address, or a fragment of HTML in one of its strings."""
    rows = _objects(reply)
    items = [item for row in rows if (item := _item(row, url))]
    if not items:
        html = max(_strings(reply), key=len, default="")
        if "<a" in html:
            items = find_rows(parse(html), url)
    return Listing(tuple(_once(items)), None, _pages(reply))


def _objects(value: Any, depth: int = 0) -> list[dict[str, Any]]:
    """The longest list of objects in a reply."""
    if depth > 8:
        return []
    best: list[dict[str, Any]] = []
    if isinstance(value, list):
        best = [v for v in value if isinstance(v, dict) and any(k in v for k in _TITLES)]
    for child in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        if isinstance(child, (dict, list)) and len(found := _objects(child, depth + 1)) > len(best):
            best = found
    return best


def _strings(value: Any, depth: int = 0) -> list[str]:
    if isinstance(value, str):
        return [value]
    children = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [s for child in children for s in _strings(child, depth + 1)] if depth <= 8 else []


def _item(row: dict[str, Any], url: str) -> ListItem | None:
    title = next((squeeze(re.sub(r"<[^<>]{0,200}>", "", str(row[k]))) for k in _TITLES if row.get(k)), "")
    address = next((str(row[k]) for k in _ADDRESSES if row.get(k)), "")
    if not title or not address:
        return None
    date = next((d for k in _DATES if row.get(k) and (d := list_date(str(row[k])[:19]))), None)
    return ListItem(resolve(url, address), title, date)


def _pages(reply: Any) -> int | None:
    for key in ("totalPage", "totalpage", "pageCount", "pages"):
        value = _find(reply, key)
        if isinstance(value, int) or (isinstance(value, str) and value.isdigit()):
            return int(value)
    return None


def _find(value: Any, key: str, depth: int = 0) -> Any:
    if isinstance(value, dict):
        if key in value:
            return value[key]
        if depth < 6:
            return next((f for child in value.values() if (f := _find(child, key, depth + 1)) is not None), None)
    return None
