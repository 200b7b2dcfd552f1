"""From the rows of a list page to tasks: what is new is queued, and the next page while there is news, or may be.

Known ground is two pages in a row on which no row is new to the column: one page is not enough, because an article that was
inserted late (with an old date) stands below pinned and known ones. May import: extraction, families, model, session.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from govnews.crawl.session import ARTICLE, DEEPER, FIRST_PAGE, Session
from govnews.crawl.state import ListState, SiteState
from govnews.extraction import host_of, url_key, with_years
from govnews.families import by_name
from govnews.model import Listing, ListItem, ListRequest, Page, Task

OVERLAP = 2
"""Pages in a row without news after which a list is known ground."""
_NUMBER = re.compile(r"/(\d+)(?=\.s?html?$)")


def follow(session: Session, page: Page, listing: Listing, task: Task, state: SiteState) -> Iterator[Task]:
    """The tasks a list page gives. Marks a page that repeats an earlier one of its column (`page.error`)."""
    lists = state.lists.setdefault(task.column or task.url, ListState())
    session.led_back(task, lists)
    rows = _own(listing, state)
    digest = hash(frozenset(rows))
    if task.page_number > 1 and digest in lists.digests:
        page.error = "list_repeats"
        return
    lists.digests.add(digest)
    page.newest = lists.oldest if task.page_number > 1 else None
    days = _days(listing, page)
    lists.oldest = min((day for day in days.values() if day), default=None)
    unknown, unseen = session.known.new_rows(state.site.id, task.column, list(rows))
    wanted = {key: item for key, item in rows.items() if not _too_old(days.get(key), session.options.since)}
    yield from _articles(session, task, state, {k: i for k, i in wanted.items() if k in unknown})
    if rows:  # a page whose rows an endpoint gives is neither news nor known ground
        lists.quiet = 0 if unseen & wanted.keys() else lists.quiet + 1
    if _goes_on(session, task, state, lists, over=bool(rows) and not wanted):
        for further in _further(session, listing, task):
            if not session.led_back(further, lists):
                yield further
            elif further.page_number == task.page_number + 1:
                page.error = "list_repeats"


def _own(listing: Listing, state: SiteState) -> dict[str, ListItem]:
    """url_key → row, of those that lead to the site itself."""
    hosts = {h.removeprefix("www.") for h in state.site.hosts}
    beacons = by_name(state.site.family).beacons
    return {
        url_key(i.url): i for i in listing.items if host_of(i.url) in hosts and not any(b in i.url for b in beacons)
    }


def _days(listing: Listing, page: Page) -> dict[str, str | None]:
    """url_key → the day of its row, with its year."""
    days = with_years(listing.items, page.fetched_at, page.newest)
    return {url_key(item.url): day for item, (day, _) in zip(listing.items, days, strict=True)}


def _too_old(day: str | None, since: str | None) -> bool:
    """Whether a row is dated before `since`; a row without a day is not."""
    return bool(since and day and day < since)


def _articles(session: Session, task: Task, state: SiteState, rows: Mapping[str, ListItem]) -> Iterator[Task]:
    lists = state.lists[task.column or task.url]
    for item in rows.values():
        if _enough(session, state, lists):
            return
        state.queued += 1
        lists.queued += 1
        yield Task(
            "article",
            item.url,
            state.site.id,
            column=task.column,
            list_title=item.title,
            list_date=item.date,
            priority=ARTICLE,
        )


def _enough(session: Session, state: SiteState, lists: ListState) -> bool:
    """Whether as many articles are asked for as are wanted of the site, or of the column."""
    options = session.options
    return (options.limit is not None and state.queued >= options.limit) or (
        options.each is not None and lists.queued >= options.each
    )


def _goes_on(session: Session, task: Task, state: SiteState, lists: ListState, *, over: bool) -> bool:
    """Whether the next page is wanted. over: every row is older than --since."""
    options = session.options
    if over or _enough(session, state, lists) or task.page_number >= options.max_pages:
        return False
    return options.full or lists.quiet < OVERLAP


def _further(session: Session, listing: Listing, task: Task) -> Iterator[Task]:
    """The next page; with --full, of a list numbered backwards, all others at once, the oldest first."""
    following = listing.next_page
    if following is None:
        return
    request = following if isinstance(following, ListRequest) else ListRequest("GET", following)
    backwards = numbered_backwards(request.url, listing.page_count) if isinstance(following, str) else []
    if session.options.full and task.page_number == 1 and backwards:
        for n, address in enumerate(backwards[: session.options.max_pages]):
            yield _list_task(ListRequest("GET", address), task, len(backwards) - n + 1)
    else:
        yield _list_task(request, task, task.page_number + 1, FIRST_PAGE if not listing.items else DEEPER)


def numbered_backwards(next_page: str, page_count: int | None) -> list[str]:
    """The addresses of all pages but the first, oldest first, of a list whose last page is 1 and whose second is the last number
    but one (VSB); [] for other lists. Their numbers stay when articles are added, so that a back-fill can be broken off."""
    found = _NUMBER.search(next_page)
    if not found or not page_count or page_count < 3 or int(found[1]) != page_count - 1:
        return []
    return [f"{next_page[: found.start(1)]}{n}{next_page[found.end(1) :]}" for n in range(1, page_count)]


def _list_task(request: ListRequest, task: Task, page_number: int, priority: int = DEEPER) -> Task:
    return Task(
        "list",
        request.url,
        task.site,
        method=request.method,
        form=request.form,
        headers=request.headers,
        column=task.column,
        page_number=page_number,
        priority=priority,
    )
