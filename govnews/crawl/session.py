"""What the parts of one run share: archive, writer, frontier, the sites and how each is doing. No Scrapy in here.

May import: archive, ingest, sites and below.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field
from pathlib import Path

from govnews.archive import (
    Archive,
    Frontier,
    Unit,
    Writer,
    crawl_lock,
    finish_run,
    learn_family,
    load_divisions,
    open_archive,
    remember_sites,
    start_run,
    utc_now,
)
from govnews.crawl.classes import DOWN
from govnews.extraction import host_of, url_key
from govnews.ingest import package_version
from govnews.model import Failure, Site, Task
from govnews.sites import directory

PATIENCE = 3
"""Blocks, or failures to reach a host, in a row after which the site is left alone for this run."""
FIRST_PAGE, ARTICLE, COUNTER, DEEPER = 10, 0, -1, -2
"""Priorities: fresh lists, then what they gave, then counts, then the past."""


@dataclass(frozen=True, slots=True)
class CrawlOptions:
    """What a run is asked for. db: the archive. since: articles listed on this day or later. limit: articles a site.
    full: read lists to their end. revisit: every known article is due. counters: `safe`, `all` or `none`.
    vantage: from where (a label of the user's). max_pages: list pages of one column."""

    db: Path = Path("data/govnews.db")
    since: str | None = None
    limit: int | None = None
    full: bool = False
    revisit: bool = False
    counters: str = "safe"
    vantage: str | None = None
    max_pages: int = 1000
    command: str = "crawl"


@dataclass(slots=True)
class SiteState:
    """How one site is doing in this run. stopped: why it is left alone, or "". pages_seen: digests of list pages, to see one that
    repeats. families: which family its pages were of. active: tasks under way."""

    site: Site
    queued: int = 0
    active: int = 0
    blocked: int = 0
    down: int = 0
    stopped: str = ""
    lists_read: int = 0
    list_rows: int = 0
    pages_seen: set[int] = field(default_factory=set)
    families: Counter[str] = field(default_factory=Counter)


class Session:
    """One run over some sites. Opening takes the archive's lock; closing commits, writes the run row and frees it."""

    def __init__(self, sites: Sequence[Site], options: CrawlOptions) -> None:
        self.options = options
        self.states = {site.id: SiteState(site) for site in sites}
        self.by_host = {
            host.removeprefix("www."): site for site in sites for host in (*site.hosts, host_of(site.home)) if host
        }
        self.reason = "finished"
        self.failure: Failure | None = None
        self.closed = False
        self._stack = ExitStack()
        self.started_at = utc_now()
        self._stack.enter_context(crawl_lock(options.db, started_at=self.started_at))
        try:
            self.archive: Archive = self._stack.enter_context(open_archive(options.db))
            self._open(list(sites))
        except BaseException:
            self._stack.close()
            raise

    def _open(self, sites: list[Site]) -> None:
        settings = {k: v for k, v in asdict(self.options).items() if k not in ("db", "command")}
        self.run = start_run(
            self.archive,
            self.options.command,
            now=self.started_at,
            version=package_version(),
            vantage=self.options.vantage,
            settings={**settings, "sites": [s.id for s in sites]},
        )
        remember_sites(self.archive, sites, now=self.started_at)
        if not self.archive.connection.execute("SELECT 1 FROM divisions LIMIT 1").fetchone():
            load_divisions(self.archive, directory().rows())
        self.writer = Writer(self.archive, self.run)
        self.writer.committed.append(self._committed)
        self.frontier = Frontier(self.archive.connection, self.states)
        self.frontier.seed(
            [
                Task("list", column.url, site.id, column=column.url, priority=FIRST_PAGE)
                for site in sites
                for column in site.columns
            ],
            self.started_at,
        )
        self.frontier.requeue_due(self.started_at, everything=self.options.revisit)

    def known(self, site: str, keys: Sequence[str]) -> set[str]:
        """Which articles the frontier has met before."""
        if not keys:
            return set()
        marks = ", ".join("?" * len(keys))
        rows = self.archive.connection.execute(
            f"SELECT key FROM frontier WHERE kind = 'article' AND site = ? AND key IN ({marks})", (site, *keys)
        )
        waiting = {
            url_key(t.url) for unit in self.writer.waiting for t in unit.tasks if t.kind == "article" and t.site == site
        }
        return {row[0] for row in rows} | (waiting & set(keys))

    def note(self, unit: Unit) -> None:
        """The task of a unit has ended: its site may be asked again. Watches for walls and dead hosts."""
        state = self.states[unit.page.site]
        state.active -= 1
        kind = unit.page.response_class
        state.blocked = state.blocked + 1 if kind in ("blocked", "throttled") else 0
        state.down = state.down + 1 if kind in DOWN else 0
        if state.blocked >= PATIENCE:
            state.stopped = "blocked"
        elif state.down >= PATIENCE:
            state.stopped = "unreachable"
        if unit.article is not None:
            state.families[unit.family] += 1

    def _committed(self, units: list[Unit]) -> None:
        for unit in units:
            if unit.task is not None and unit.task.id is not None:
                self.frontier.release(unit.task.id)
        self.frontier.refresh()

    def close(self, sites: dict[str, dict[str, object]] | None = None) -> None:
        """Commits what waits, learns families, closes the run row; once."""
        if self.closed:
            return
        self.closed = True
        try:
            self.writer.close()
            for id, state in self.states.items():
                if not state.site.family and state.families:
                    family, pages = state.families.most_common(1)[0]
                    if family != "generic" and pages >= 0.5 * state.families.total():
                        learn_family(self.archive, id, family, dict(state.families))
            totals: Counter[str] = sum(self.writer.counts.values(), Counter())
            finish_run(self.archive, self.run, now=utc_now(), reason=self.reason, counts=totals, sites=sites or {})
        finally:
            self._stack.close()
