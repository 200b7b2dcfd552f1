"""Page and Task: what was fetched, and what is to be fetched. A Page is the Scrapy item of the crawl.

May import: the standard library and its neighbours in this room.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from govnews.model.listing import Listing
from govnews.model.reading import Findings, Reading

TaskKind = Literal["list", "article", "counter"]


@dataclass(frozen=True, slots=True)
class Task:
    """One request the crawl owes: a row of table `frontier`.

    column: address of the list it came from. list_title, list_date: what that list said of an article.
    page_number: depth of a list page, the first is 1. uid, reader: of a counter, whose number it is (article uid) and
    which family reads the reply. priority: higher first. due: UTC, null = now. id: the frontier row, null before stored.
    """

    kind: TaskKind
    url: str
    site: str = ""
    method: str = "GET"
    form: str | None = None
    headers: tuple[tuple[str, str], ...] = ()
    column: str | None = None
    list_title: str | None = None
    list_date: str | None = None
    page_number: int = 1
    uid: str | None = None
    reader: str | None = None
    priority: int = 0
    due: str | None = None
    id: int | None = None


@dataclass(slots=True)
class Page:
    """One response (or its absence), from a crawl, an import or a re-extraction.

    url: the final address; null for a saved file without one. body: the entity after content decoding, bytes.
    fetched_at: UTC, `2026-11-24T03:00:00Z`. status: HTTP status; 0 when nothing came (then `error` has the class).
    headers: as received, names in lower case. content_encoding: in which encoding it travelled (gzip, br, …) or null.
    requested_url, redirects: what was asked, and the addresses passed on the way. ip_address: of the server.
    task: what it answers (null for imports). requests: what it found to fetch next. newest: of a further page of a list, the day
    with which the page before ended, where known.
    response_class: a code of group "response". origin: `crawl`, or the file an import read.
    listing, findings, reading: filled on the way of the page.
    """

    url: str | None
    body: bytes
    fetched_at: str
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    site: str = ""
    requested_url: str | None = None
    redirects: tuple[str, ...] = ()
    content_encoding: str | None = None
    ip_address: str | None = None
    task: Task | None = None
    requests: tuple[Task, ...] = ()
    newest: str | None = None
    response_class: str = "ok"
    error: str | None = None
    origin: str = "crawl"
    truncated: bool = False
    listing: Listing | None = None
    findings: Findings | None = None
    reading: Reading | None = None

    def __repr__(self) -> str:
        return f"<Page {self.status} {self.url or self.origin} {len(self.body)} bytes>"
