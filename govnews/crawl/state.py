"""What a run is asked for, and how each of its sites and lists is doing: data, without the archive and without Scrapy.

May import: archive (for the clock), circuit.py, model.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from govnews.archive import utc_now
from govnews.crawl.circuit import Circuit
from govnews.model import Site


@dataclass(frozen=True, slots=True)
class CrawlOptions:
    """What a run is asked for. db: the archive. since: articles listed on this day or later. limit: articles a site (each: a column).
    full: read lists to their end. revisit: every known article is due. counters: `safe`, `all` or `none`.
    vantage: from where (a label of the user's). hours: sites are asked only from one full hour to another, +08:00; null = always.
    read_later: article pages are kept unread. max_pages: list pages of one column. clock: gives the time (set ahead in tests)."""

    db: Path = Path("data/govnews.db")
    since: str | None = None
    limit: int | None = None
    full: bool = False
    revisit: bool = False
    counters: str = "safe"
    vantage: str | None = None
    hours: tuple[int, int] | None = None
    read_later: bool = False
    max_pages: int = 1000
    command: str = "crawl"
    clock: Callable[[], str] = utc_now
    each: int | None = None


@dataclass(slots=True)
class ListState:
    """How one column is read in this run. queued: articles asked for. quiet: pages in a row without news. oldest: the day with which its last page ended.
    digests: of the rows of its pages, keys: of the tasks met, both to see a list that leads in a circle."""

    queued: int = 0
    quiet: int = 0
    oldest: str | None = None
    digests: set[int] = field(default_factory=set)
    keys: set[str] = field(default_factory=set)


@dataclass(slots=True)
class SiteState:
    """How one site is doing in this run. stopped: why it is left alone, or "". trouble, times: the failure it had last, and how
    often in a row. answered: pages that came. lists: by column, how its lists are read. families: which family its pages were of.
    active: tasks under way. witness: an article was served, or is asked for, beside which a missing one counts. since: when the
    broken run began that this one goes on with, or null."""

    site: Site
    queued: int = 0
    active: int = 0
    trouble: str = ""
    times: int = 0
    stopped: str = ""
    circuit: Circuit | None = None
    asked_to_wait: float = 0.0
    answered: int = 0
    lists_read: int = 0
    lists: dict[str, ListState] = field(default_factory=dict)
    families: Counter[str] = field(default_factory=Counter)
    witness: bool = False
    since: str | None = None
