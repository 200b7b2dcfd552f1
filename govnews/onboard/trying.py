"""Opening columns and articles: does a list read, does it turn, are its articles articles, does the counter answer.

May import: visit.py, columns.py, links.py, proposal.py, extraction, families, sites, model.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from govnews.extraction import host_of, listing, read_page, url_key
from govnews.families import by_name, detect
from govnews.model import Failure, Listing, ListItem, ListRequest, Page, Site
from govnews.onboard.columns import Candidate, doubt_of_rows
from govnews.onboard.proposal import Read, Tried
from govnews.onboard.visit import Visitor
from govnews.sites.directory import netloc
from govnews.text.decode import decode

UNREAD = "its answer could not be read"
ROWS_TRIED = 8
"""Rows of a column that are opened at most to find articles."""


def open_column(visitor: Visitor, candidate: Candidate, family: str = "") -> Tried:
    """A column's first rows; a shell's are asked for where it says. Raises Failure, also `no_page` for what is not there."""
    page = visitor.get(candidate.url)
    if page.response_class != "ok":
        raise Failure("no_page", f"status {page.status}")
    site = _site(visitor, family or detect(decode(page.body).text, page.url))
    rows = listing(page.body, url=page.url or "", site=site)
    if rows.items or rows.next_page is None:
        return Tried(candidate, page, rows)
    reply, further = turn(visitor, rows, site)
    return Tried(candidate, reply, further, shell=page)


def turn(visitor: Visitor, rows: Listing, site: Site) -> tuple[Page, Listing]:
    """The next page of a list and its rows."""
    following = rows.next_page
    assert following is not None
    request = following if isinstance(following, ListRequest) else ListRequest("GET", following)
    page = visitor.ask(request)
    asked = None if isinstance(following, str) else request
    return page, listing(page.body, url=page.url or request.url, request=asked, site=site)


def turns(visitor: Visitor, tried: Tried, family: str) -> bool | None:
    """Whether the next page has rows that the first has not; null when there is no next page."""
    if tried.listing.next_page is None:
        return None
    try:
        page, rows = turn(visitor, tried.listing, _site(visitor, family))
    except Failure:
        return False
    known = {url_key(item.url) for item in tried.listing.items}
    return page.response_class == "ok" and any(url_key(item.url) not in known for item in rows.items)


def _site(visitor: Visitor, family: str) -> Site:
    named = "" if family == "generic" else family
    return Site("", "", "", hosts=tuple(sorted(visitor.hosts)), family=named)


def same_rows(one: Sequence[ListItem], other: Sequence[ListItem]) -> bool:
    """Whether nearly all rows of the shorter list are in the other."""
    keys, known = {url_key(i.url) for i in one}, {url_key(i.url) for i in other}
    return len(keys & known) >= 0.8 * max(1, min(len(keys), len(known)))


def doubt_of(tried: Tried, hosts: set[str], kept: Sequence[Tried]) -> str:
    """Why a column that was opened is not taken; "" when it is."""
    if not tried.candidate.points:
        return tried.candidate.reason
    dated = sum(item.date is not None for item in tried.listing.items)
    if tried.candidate.points == 1 and dated < 0.5 * len(tried.listing.items):
        return "its name says nothing of news and its rows have no dates"
    if doubt := doubt_of_rows(tried.listing.items, hosts):
        return doubt
    twin = next((k for k in kept if same_rows(tried.listing.items, k.listing.items)), None)
    return f"its rows are those of {twin.candidate.name}" if twin else ""


def read_articles(visitor: Visitor, tried: Tried, wanted: int, family: str, known: Collection[str] = ()) -> list[Read]:
    """Up to `wanted` articles of a column's rows, in page order; what is none is passed over. known: keys of those that were read
    for another column; one of them counts only where there is no other."""
    out: list[Read] = []
    own = [item for item in tried.listing.items if host_of(item.url) in visitor.hosts]
    own.sort(key=lambda item: url_key(item.url) in known)
    for item in own[: ROWS_TRIED if wanted > 1 else 3]:
        if len(out) >= wanted:
            break
        try:
            page = visitor.get(item.url)
        except Failure as failure:
            if failure.code == "too_many_requests":
                raise
            continue
        reading = read_page(page, _site(visitor, family))
        if page.response_class == "ok" and reading.article.kind == "article":
            out.append(Read(page, reading.article, item.title))
    return out


def ask_counter(visitor: Visitor, read: Read, family: str) -> str:
    """How the view count of an article is come by, in words; its count is put into `read`. A counter that rises is not asked. One on
    another host that answers makes that host the site's too: a site file names every host that is asked."""
    reading = read_page(read.page, _site(visitor, family))
    call = reading.counter
    if call is None:
        state = read.article.view_count_state
        return {"shown": "printed on the page", "absent": "none is shown"}.get(state, "a label without a number")
    if call.raises:
        return f"{call.family}: it rises when asked, so it is asked only with --counters all"
    reader = by_name(call.family).read_counter
    try:
        page = visitor.ask(ListRequest("GET", call.url, None, (("Referer", read.page.url or ""),)))
    except Failure as failure:
        return f"{call.family}: {failure.sentence}"
    read.count = reader(decode(page.body).text) if reader and page.response_class == "ok" else None
    if read.count is None:
        return f"{call.family}: {UNREAD}"
    if (host := host_of(call.url)) not in set(visitor.hosts):
        visitor.hosts.add(host)
        visitor.moved.append(netloc(call.url))
        return f"{call.family}: {read.count}, asked of {host}"
    return f"{call.family}: {read.count}"
