"""From the address a person gave to the home page and what it leads to: frames, refreshes and redirecting scripts are followed.

May import: visit.py, links.py, words.py, extraction, model.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from urllib.parse import urljoin, urlsplit, urlunsplit

from govnews.extraction import host_of, listing, read_page
from govnews.model import Failure, Page
from govnews.onboard.links import Front, read_front
from govnews.onboard.visit import Hosts, Visitor
from govnews.onboard.words import HOME_PATHS

HOPS = 4
"""Refreshes and redirecting scripts that are followed from a home page."""
FRAMES = 6
"""Frames that are read, those within frames among them."""
FEW_WAYS = 20
"""With fewer links than this on a page, its frames are read too."""
FEW_ROWS = 5
"""Rows from which a page that is not called home is a list."""


@dataclass(slots=True)
class Start:
    """front: the home page with its frames. home: its address as a site file has it. given: `home`, `column` or `article`. page: the
    page that was given, when it is not the home. doubts: sentences."""

    front: Front
    home: str
    given: str
    page: Page | None = None
    doubts: list[str] = field(default_factory=list)


def start(visitor: Visitor, url: str) -> Start:
    """Opens what was given, and the home page when it is something else. An address that does not answer is tried with the other
    scheme, and with or without www. Raises Failure: those of Visitor, `cannot_read`."""
    visitor.hosts = Hosts({host_of(url)})
    failed: Failure | None = None
    for address in (url, *_otherwise(url)):
        try:
            return _start(visitor, address)
        except Failure as failure:
            if failed is None:
                failed = failure
            if failure.code != "cannot_fetch":
                break
    assert failed is not None
    raise failed


def _otherwise(url: str) -> list[str]:
    """Other ways to write the address of the same site: https for http, www before a name or none, both."""
    parts = urlsplit(url)
    scheme = "http" if parts.scheme == "https" else "https"
    bare = parts.netloc.removeprefix("www.")
    if parts.port is not None or bare.replace(".", "").isdigit():
        return []
    host = bare if bare != parts.netloc else f"www.{bare}"
    ways = ((scheme, parts.netloc), (parts.scheme, host), (scheme, host))
    return [urlunsplit(parts._replace(scheme=s, netloc=h)) for s, h in ways]


def _start(visitor: Visitor, url: str) -> Start:
    if _is_home(url):
        return _at_home(visitor, url)
    page = visitor.get(url)
    _usable(page)
    given = _kind(page)
    if given == "home":
        return _at_home(visitor, url)
    home = urljoin(page.url or url, "/")
    own = read_front(page.body, page.url or url)
    try:
        front, doubts = open_home(visitor, home)
    except Failure as failure:
        return Start(own, home, given, page, [f"the home page could not be read: {failure.sentence}"])
    return Start(replace(front, ways=(*own.ways, *front.ways)), home, given, page, doubts)


def _at_home(visitor: Visitor, url: str) -> Start:
    """The home page, and its address after redirects: that of another host is its root, since a front page is called this and that."""
    front, doubts = open_home(visitor, url)
    asked, ended = urlsplit(url), urlsplit(front.url)
    home = urlunsplit(
        (ended.scheme, ended.netloc, asked.path if ended.netloc == asked.netloc else "/", asked.query, "")
    )
    return Start(front, home, "home", None, doubts)


def open_home(visitor: Visitor, url: str) -> tuple[Front, list[str]]:
    """The home page with what its frames hold, and doubts. Raises Failure `cannot_read` for what is no page of a site."""
    page = visitor.get(url)
    _usable(page)
    front, seen = read_front(page.body, page.url or url), {page.url}
    for _ in range(HOPS):
        if front.sent_to is None or front.sent_to in seen:
            break
        if host_of(front.sent_to) not in visitor.hosts:
            visitor.hosts.add(host_of(front.sent_to))
            visitor.moved.append(host_of(front.sent_to))
        seen.add(front.sent_to)
        page = visitor.get(front.sent_to)
        _usable(page)
        front = read_front(page.body, page.url or url)
    return _with_frames(visitor, front)


def _with_frames(visitor: Visitor, front: Front) -> tuple[Front, list[str]]:
    """The page and its frames as one, when it has few links of its own."""
    if len(front.ways) >= FEW_WAYS:
        return front, []
    waiting, read, doubts = list(front.frames), 0, []
    while waiting and read < FRAMES:
        address = waiting.pop(0)
        if host_of(address) not in visitor.hosts:
            continue
        read += 1
        try:
            page = visitor.get(address)
        except Failure as failure:
            doubts.append(f"a frame could not be read: {failure.sentence}")
            continue
        inside = read_front(page.body, page.url or address)
        waiting += [f for f in inside.frames if f not in front.frames]
        front = replace(
            front,
            title=front.title or inside.title,
            text=f"{front.text} {inside.text}",
            ways=(*front.ways, *inside.ways),
            heads=(*front.heads, *inside.heads),
            codes=(*front.codes, *inside.codes),
            told=(*front.told, *inside.told),
        )
    return front, doubts


def _is_home(url: str) -> bool:
    parts = urlsplit(url)
    return parts.path.lower() in HOME_PATHS and not parts.query and not parts.fragment


def _kind(page: Page) -> str:
    """What a page is that is not called home: an article, a list, or a home page after all."""
    if read_page(page).article.kind == "article":
        return "article"
    rows = listing(page.body, url=page.url or "")
    dated = sum(item.date is not None for item in rows.items)
    is_list = len(rows.items) >= FEW_ROWS and dated >= 0.6 * len(rows.items)
    return "column" if is_list or (not rows.items and rows.next_page is not None) else "home"


def _usable(page: Page) -> None:
    """Raises Failure `cannot_read` for an answer that is no page of the site: a wall, an error."""
    if page.response_class != "ok" or not page.body.strip():
        what = page.response_class if page.response_class != "ok" else "empty"
        raise Failure("cannot_read", f"{page.url} gives no page to read: {what} (status {page.status})")
    kind = read_page(page).article.kind
    if kind in ("challenge", "hijacked"):
        raise Failure("cannot_read", f"{page.url} gives no page to read: {kind}")
