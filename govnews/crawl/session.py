"""What the parts of one run share: archive, writer, frontier, the sites and how each is doing. No Scrapy in here.

May import: archive, ingest, sites and below.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import ExitStack, suppress
from dataclasses import asdict
from functools import partial

from govnews.archive import (
    Archive,
    Frontier,
    Unit,
    Writer,
    build_bridges,
    crawl_lock,
    explain,
    finish_run,
    learn,
    learn_family,
    learned,
    learned_of,
    load_divisions,
    open_archive,
    queue_witness,
    remember_sites,
    start_run,
    task_key,
)
from govnews.crawl import circuit
from govnews.crawl.classes import DOWN
from govnews.crawl.continuing import FRESH, broken_off
from govnews.crawl.indexing import index
from govnews.crawl.known import Known
from govnews.crawl.pace import Pace
from govnews.crawl.revisit import hour_of, later
from govnews.crawl.state import CrawlOptions, ListState, SiteState
from govnews.crawl.ways import Way
from govnews.extraction import host_of
from govnews.ingest import package_version
from govnews.ingest.layouts import learn_layout, read_with_it
from govnews.model import Failure, Site, Task
from govnews.sites import directory

PATIENCE = {"blocked": 3, "throttled": 3, "unreachable": 3, "server_error": 5}
"""Failures of a kind in a row after which the site is left alone for this run and the hours of its circuit."""
_TROUBLE = {"blocked": "blocked", "throttled": "throttled", "server_error": "server_error"} | dict.fromkeys(
    DOWN, "unreachable"
)
FEW = 5
"""Pages from which another family than the learned one is believed."""
FIRST_PAGE, ARTICLE, COUNTER, DEEPER = 10, 0, -1, -2
"""Priorities: fresh lists, then what they gave, then counts, then the past."""


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
        self.relearned: dict[str, int] = {}
        """Sites of which another layout is known since this run, and how many articles read otherwise with it."""
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
        self.known = Known(self.archive, self.writer)
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
        known = learned_of(self.archive, site).get("ways", {})
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
        self._witness(unit, state)

    def _witness(self, unit: Unit, state: SiteState) -> None:
        """A page that is not there says little while nobody knows whether the site serves any: one that should be there is asked."""
        if unit.article is not None or unit.page.response_class == "not_modified":
            state.witness = True
        elif unit.missing and not state.witness:
            state.witness = True
            queue_witness(self.archive.connection, state.site.id, unit.uid, self.started_at)
            self.frontier.refresh({state.site.id})

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
        """Commits what waits, closes the run row, learns families and layouts, bridges what was moved, fills the search index if the crawl
        ran to its end; once. Raises what could not be written, unless that is known."""
        if self.closed:
            return
        self.closed = True
        try:
            with suppress(*(sqlite3.Error, Failure) if self.failure else ()):
                self.writer.close()
                totals: Counter[str] = sum(self.writer.counts.values(), Counter())
                finish_run(
                    self.archive, self.run, now=self.clock(), reason=self.reason, counts=totals, sites=sites or {}
                )
                self._learn_families()
                self._learn_layouts()
                build_bridges(self.archive, list(self.states), now=self.clock())
            if sites is not None and self.reason == "finished":
                index(self.archive)
        finally:
            self._stack.close()

    def _learn_families(self) -> None:
        """What most articles of this run were, for sites whose file states none. A family that takes another's place needs as
        many pages as a share of them can be judged from; the one before keeps the time in which it held."""
        for id, state in self.states.items():
            site = state.site
            if not state.families or (site.family and not site.family_learned):
                continue
            family, pages = state.families.most_common(1)[0]
            if family in ("generic", site.family) or pages < 0.5 * state.families.total():
                continue
            if site.family_learned and pages < FEW:
                continue
            learn_family(self.archive, id, family, dict(state.families))
            if site.family_learned:
                before = [[site.family, self.started_at[:10]], *map(list, site.families_before)]
                learn(self.archive, id, "families_before", before)

    def _learn_layouts(self) -> None:
        """Where sites of no known family put their texts. A run that was broken off leaves that to the one that goes on with it."""
        for id, state in self.states.items():
            if self.reason != "finished" or 2 * state.families["generic"] <= state.families.total():
                continue
            if (site := learn_layout(self.archive, state.site, state.families["generic"])) is not None:
                self.relearned[id] = read_with_it(self.archive, site).changed
