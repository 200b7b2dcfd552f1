"""The unit: everything one page gives, committed together or not at all (DESIGN §4.4).

May import: model. Plain data; `writer.py` stores it and `ingest` makes it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from govnews.model import Article, Issue, Page, Task

Outcome = Literal["new", "changed", "same", "none"]


@dataclass(frozen=True, slots=True)
class Sighting:
    """One row of a list, or another address under which an article was met. uid: null when the row leads off the site. list_date:
    as printed. list_day: the whole day, its year perhaps inferred."""

    column_url: str
    target_url: str
    target_key: str
    uid: str | None
    list_title: str | None = None
    list_date: str | None = None
    list_day: str | None = None
    year_inferred: bool = False


@dataclass(frozen=True, slots=True)
class Observation:
    """A view count at a moment. method: `inline`, or the family whose counter answered."""

    uid: str
    value: int
    method: str
    approximate: bool = False


@dataclass(frozen=True, slots=True)
class ListRead:
    """How far one list page reaches. reach: the day down to which it shows its list, null when it prints none. bottom: uids of its
    last rows. ended: no further page."""

    column_url: str
    page_number: int
    rows: int
    reach: str | None
    bottom: tuple[str, ...]
    ended: bool


@dataclass(slots=True)
class Unit:
    """One page with all it gives.

    key, uid: identity of the page. article: null for what is none. kind: what the page is (null when nothing came).
    list_read: of a list page of a crawl.
    missing: evidence that a known article is no longer found (a response class), or null. task, state, error, due: what
    becomes of the frontier row it answers. tasks: what it found to fetch next. outcome: filled by the writer.
    """

    page: Page
    key: str
    uid: str
    extractor: str
    family: str = "generic"
    kind: str | None = None
    article: Article | None = None
    declared_charset: str | None = None
    used_charset: str | None = None
    sightings: tuple[Sighting, ...] = ()
    observations: tuple[Observation, ...] = ()
    issues: tuple[Issue, ...] = ()
    list_read: ListRead | None = None
    missing: str | None = None
    task: Task | None = None
    state: Literal["queued", "done", "failed"] = "done"
    error: str | None = None
    due: str | None = None
    tasks: tuple[Task, ...] = ()
    outcome: Outcome = "none"
    was_missing: bool = False
