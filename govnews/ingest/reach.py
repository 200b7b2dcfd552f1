"""How far a list page reaches into the past: what later proves that a silent month was silent.

Lists are pinned at the top and orderly below, so the reach is read at the bottom. May import: archive (ListRead), extraction, model.
"""

from __future__ import annotations

from collections.abc import Sequence

from govnews.archive import ListRead
from govnews.extraction import host_of, uid, url_key, with_years
from govnews.model import Page, Site

BOTTOM = 2
"""Last rows of a page that must agree: one stray old row at the end proves nothing."""


def list_read(page: Page, site: Site | None, *, ended: bool) -> ListRead | None:
    """What a list page of a crawl shows of its list; null when it was not read, or repeats an earlier page. ended: an endpoint
    said so by a reply without rows."""
    task, listing = page.task, page.listing
    if task is None or page.response_class != "ok" or page.error:
        return None
    column = task.column or task.url
    if ended:
        return ListRead(column, task.page_number, 0, None, (), ended=True)
    if listing is None or not listing.is_list:
        return None
    last = listing.next_page is None and task.page_number >= (listing.page_count or 0)
    days = [day for day, _ in with_years(listing.items, page.fetched_at, page.newest)]
    hosts = {h.removeprefix("www.") for h in site.hosts} if site else set()
    own = [uid(url_key(i.url)) for i in listing.items if not hosts or host_of(i.url) in hosts]
    return ListRead(
        column, task.page_number, len(listing.items), reach(days, ended=last), tuple(own[-BOTTOM:]), ended=last
    )


def reach(days: Sequence[str | None], *, ended: bool = False) -> str | None:
    """The day down to which a page shows its list; null when no row has one. days: of its rows in page order.

    Where the rows come down in order to the last one (from the middle of the page at least; above it rows may be pinned), it is the
    day of the last but one, of an ended list the last. A page in another order reaches no further than its newest row."""
    known = [day for day in days if day and not day.startswith("--")]
    if not known:
        return None
    start = len(known) - 1
    while start > 0 and known[start - 1] >= known[start]:
        start -= 1
    if start > len(known) // 2:
        return max(known)
    return known[-1] if ended else max(known[-BOTTOM:])
