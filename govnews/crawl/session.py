"""What the parts of one run share: archive, writer, frontier, the sites and how each is doing. No Scrapy in here.

May import: archive, ingest, sites and below.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import ExitStack, suppress
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path

from govnews.archive import (
    Archive,
    Frontier,
    Unit,
    Writer,
    crawl_lock,
    explain,
    finish_run,
    learn,
    learn_family,
    learned,
    load_divisions,
    open_archive,
    remember_sites,
    start_run,
    task_key,
    utc_now,
)
from govnews.crawl import circuit
from govnews.crawl.classes import DOWN
from govnews.crawl.continuing import FRESH, broken_off
from govnews.crawl.pace import Pace
from govnews.crawl.revisit import hour_of, later, next_check, next_visit
from govnews.crawl.ways import Way
from govnews.extraction import host_of, url_key
from govnews.ingest import package_version
from govnews.model import Failure, Site, Task
from govnews.sites import directory

PATIENCE = {"blocked": 3, "throttled": 3, "unreachable": 3, "server_error": 5}
"""Failures of a kind in a row after which the site is left alone for this run and the hours of its circuit."""
_TROUBLE = {"blocked": "blocked", "throttled": "throttled", "server_error": "server_error"} | dict.fromkeys(
    DOWN, "unreachable"
)
_VALIDATORS = (("etag", "If-None-Match"), ("last-modified", "If-Modified-Since"))
_FIRST_MISS = (
    "SELECT min(fetched_at) FROM captures WHERE url_key = ? AND response_class IN ('gone', 'soft_404') AND fetched_at > "
    "coalesce((SELECT max(fetched_at) FROM captures WHERE url_key = ? AND response_class = 'ok'), '')"
)
FIRST_PAGE, ARTICLE, COUNTER, DEEPER = 10, 0, -1, -2
"""Priorities: fresh lists, then what they gave, then counts, then the past."""


@dataclass(frozen=True, slots=True)
class CrawlOptions:
    """What a run is asked for. db: the archive. since: articles listed on this day or later. limit: articles a site.
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


@dataclass(slots=True)
class ListState:
    """How one column is read in this run. quiet: pages in a row without news. oldest: the day with which its last page ended.
    digests: of the rows of its pages, keys: of the tasks met, both to see a list that leads in a circle."""

    quiet: int = 0
    oldest: str | None = None
    digests: set[int] = field(default_factory=set)
    keys: set[str] = field(default_factory=set)


@dataclass(slots=True)
class SiteState:
    """How one site is doing in this run. stopped: why it is left alone, or "". trouble, times: the failure it had last, and how
    often in a row. answered: pages that came. lists: by column, how its lists are read. families: which family its pages were of. active: tasks under way.
    since: when the broken run began that this one goes on with, or null."""

    site: Site
    queued: int = 0
    active: int = 0
    trouble: str = ""
    times: int = 0
    stopped: str = ""
    circuit: circuit.Circuit | None = None
    asked_to_wait: float = 0.0
    answered: int = 0
    lists_read: int = 0
    lists: dict[str, ListState] = field(default_factory=dict)
    families: Counter[str] = field(default_factory=Counter)
    since: str | None = None


class Session:
    """One run over some sites. Opening takes the archive's lock; closing commits, writes the run row and frees it.

    failure: why the archive cannot be written any more, or null. stop: ends the crawl then; set by the scheduler.
    """

    def __init__(self, sites: Sequence[Site], options: CrawlOptions) -> None:
        self.options = options
        self.states = {site.id: SiteState(site) for site in sites}
        self.by_host = {
            host.removeprefix("www."): site for site in sites for host in (*site.hosts, host_of(site.home)) if host
        }
        self.reason = "finished"
        self.failure: Failure | None = None
        self.stop: Callable[[str], None] = lambda _: None
        self.closed = False
        self._stack = ExitStack()
        self.clock = options.clock
        self.started_at = self.clock()
        self.ways: dict[str, Way] = {}
        self.pace = Pace()
        self._stack.callback(self.pace.close)
        self._stack.enter_context(crawl_lock(options.db, started_at=self.started_at))
        try:
            self.archive: Archive = self._stack.enter_context(open_archive(options.db))
            self._open(list(sites))
        except sqlite3.Error as error:
            self._stack.close()
            raise explain(error, options.db) from error
        except BaseException:
            self._stack.close()
            raise

    def _open(self, sites: list[Site]) -> None:
        settings = {k: v for k, v in asdict(self.options).items() if k not in ("db", "command", "clock")}
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
        self.writer = Writer(self.archive, self.run, clock=self.clock)
        self.writer.committed.append(self._committed)
        self.frontier = Frontier(self.archive.connection, self.states)
        self._remember()
        not_before = later(self.started_at, -FRESH)
        for site, since in broken_off(self.archive, self.run, self.states, settings, not_before).items():
            self.states[site].since = since
        seeds = [
            Task("list", column.url, site.id, column=column.url, priority=FIRST_PAGE)
            for site in sites
            for column in site.columns
        ]
        self.frontier.seed([task for task in seeds if not self._read_already(task)], self.started_at)
        self._requeue_due()

    def _remember(self) -> None:
        """What earlier runs learned of the sites: circuits that are open, ways to hosts."""
        for site, known in circuit.read(self.archive).items():
            if site in self.states and known.vantage == self.options.vantage:
                self.states[site].circuit = known
                self.states[site].stopped = known.verdict if known.until > self.started_at else ""
        for site, things in learned(self.archive).items():
            if site in self.states:
                self.ways |= {origin: Way(*way) for origin, way in things.get("ways", {}).items()}

    def learn_way(self, site: str, origin: str, way: Way) -> None:
        """A host answered otherwise than it is written: from now on it is asked so, also by later runs."""
        self.ways[origin] = way
        known = learned(self.archive).get(site, {}).get("ways", {})
        self._write(lambda: learn(self.archive, site, "ways", known | {origin: [way.origin, way.old_tls]}))

    def resting(self) -> bool:
        """Whether it is not one of the hours in which sites are asked."""
        if self.options.hours is None:
            return False
        first, last = self.options.hours
        return (hour_of(self.clock()) - first) % 24 >= ((last - first) % 24 or 24)

    def _read_already(self, task: Task) -> bool:
        since = self.states[task.site].since
        return since is not None and self.frontier.done_since(task, since)

    def _requeue_due(self) -> None:
        """Revisits. With `revisit` everything is due, but what a broken run had visited already."""
        everything = self.options.revisit
        before = {s.since for s in self.states.values() if s.since} if everything else set()
        self.frontier.requeue_due(self.started_at, everything=everything, done_before=max(before, default=None))

    def new_rows(self, site: str, column: str | None, keys: Sequence[str]) -> tuple[set[str], set[str]]:
        """Of the rows of a list: those never met anywhere, and those never met in this column (known ground is what was)."""
        if not keys:
            return set(), set()
        ask, wanted = self.archive.connection.execute, json.dumps(list(keys))
        known = {
            row[0]
            for row in ask(
                "SELECT key FROM frontier WHERE kind = 'article' AND site = ? AND key IN (SELECT value FROM json_each(?))",
                (site, wanted),
            )
        }
        seen = {
            row[0]
            for row in ask(
                "SELECT target_key FROM sightings WHERE column_url = ? AND target_key IN (SELECT value FROM json_each(?))",
                (column or "", wanted),
            )
        }
        for unit in self.writer.waiting:
            known |= {url_key(t.url) for t in unit.tasks if t.kind == "article" and t.site == site}
        return set(keys) - known, set(keys) - (known & seen)

    def validators(self, task: Task) -> dict[str, str]:
        """Headers by which a server may answer that an article is unchanged (304), if its last good answer had the means."""
        if task.kind != "article":
            return {}
        row = self.archive.connection.execute(
            "SELECT c.headers FROM articles a JOIN captures c ON c.url_key = a.url_key AND c.sha256 = a.sha256 "
            "WHERE a.url_key = ? ORDER BY c.fetched_at DESC LIMIT 1",
            (url_key(task.url),),
        ).fetchone()
        headers = json.loads(row["headers"]) if row else {}
        return {ask: headers[name] for name, ask in _VALIDATORS if name in headers}

    def due(self, unit: Unit) -> str | None:
        """When the page of an article is visited again: by its age, or to confirm that it is no longer there."""
        at, ask = unit.page.fetched_at, self.archive.connection.execute
        if unit.article is not None:
            return next_visit(at, unit.article.publish_date)
        if unit.page.response_class == "not_modified":
            row = ask("SELECT publish_date FROM articles WHERE uid = ?", (unit.uid,)).fetchone()
            return next_visit(at, row["publish_date"] if row else None)
        if unit.missing:
            first = ask(_FIRST_MISS, (unit.key, unit.key)).fetchone()[0]
            return next_check(first or at, at)
        return None

    def led_back(self, task: Task, lists: ListState) -> bool:
        """Whether a further page of a list was read in this run (or the broken one it goes on with) already."""
        key = task_key(task)
        if key in lists.keys:
            return True
        lists.keys.add(key)
        return self._read_already(task)

    def add(self, unit: Unit) -> None:
        """Hands a unit to the writer; its task has ended."""
        self._write(lambda: self._note(unit))
        self._write(lambda: self.writer.add(unit))

    def commit(self) -> None:
        """Commits what waits."""
        self._write(self.writer.flush)

    def _write(self, write: Callable[[], object]) -> None:
        """A full disk ends the crawl: nothing is lost that was committed, and going on would only fetch in vain."""
        if self.failure is not None or self.closed:
            return
        try:
            write()
        except (Failure, sqlite3.Error) as error:
            self.failure = error if isinstance(error, Failure) else explain(error, self.options.db)
            self.reason = self.failure.code
            self.stop(self.reason)

    def _note(self, unit: Unit) -> None:
        """The task of a unit has ended: its site may be asked again. Watches for walls and dead hosts."""
        state = self.states[unit.page.site]
        state.active -= 1
        trouble = _TROUBLE.get(unit.page.response_class, "")
        state.times = state.times + 1 if trouble and trouble == state.trouble else int(bool(trouble))
        state.trouble = trouble
        state.answered += unit.page.response_class in ("ok", "not_modified")
        if trouble and not state.stopped and (state.times >= PATIENCE[trouble] or state.asked_to_wait):
            self._leave_alone(state, trouble)
        elif state.circuit is not None and not state.stopped and unit.page.response_class == "ok":
            state.circuit = None
            circuit.write(self.archive, state.site.id, None)
        if unit.article is not None:
            state.families[unit.family] += 1

    def end(self) -> None:
        """Commits what waits. A site that gave nothing but trouble is left alone for some hours, however few pages were asked."""
        self.commit()
        for state in self.states.values():
            if state.trouble and not state.answered and not state.stopped and self.reason == "finished":
                self._write(partial(self._leave_alone, state, state.trouble))

    def _leave_alone(self, state: SiteState, verdict: str) -> None:
        """Opens the circuit of a site, for this run and the hours to come."""
        state.stopped = verdict
        state.circuit = circuit.opened(
            verdict, self.clock(), state.circuit, self.options.vantage, wait=state.asked_to_wait
        )
        circuit.write(self.archive, state.site.id, state.circuit)

    def _committed(self, units: list[Unit]) -> None:
        for unit in units:
            if unit.task is not None:
                self.frontier.release(unit.task)
        self.frontier.refresh({unit.page.site for unit in units})

    def close(self, sites: dict[str, dict[str, object]] | None = None) -> None:
        """Commits what waits, learns families, closes the run row; once. Raises what could not be written, unless that is known."""
        if self.closed:
            return
        self.closed = True
        try:
            with suppress(*(sqlite3.Error, Failure) if self.failure else ()):
                self.writer.close()
                self._learn_families()
                totals: Counter[str] = sum(self.writer.counts.values(), Counter())
                finish_run(
                    self.archive, self.run, now=self.clock(), reason=self.reason, counts=totals, sites=sites or {}
                )
        finally:
            self._stack.close()

    def _learn_families(self) -> None:
        for id, state in self.states.items():
            if not state.site.family and state.families:
                family, pages = state.families.most_common(1)[0]
                if family != "generic" and pages >= 0.5 * state.families.total():
                    learn_family(self.archive, id, family, dict(state.families))
