"""Progress on stderr: one refreshed line on a terminal, a plain line now and then elsewhere. Also commits what is due.

May import: its neighbours in the crawl room, Scrapy.
"""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Any, TextIO

from scrapy import signals
from scrapy.utils.asyncio import create_looping_call

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

TICK = 0.5
"""Seconds between looks at the writer and at the terminal."""
PLAIN_EVERY = 30.0
"""Seconds between plain lines."""
COUNT_EVERY = 5.0
"""Seconds between counts of what is queued, which may be a million rows."""


class Progress:
    """Counts, rate and what is left. Silent with GOVNEWS_QUIET."""

    def __init__(self, crawler: Crawler, out: TextIO | None = None) -> None:
        self.crawler = crawler
        self.out = out or sys.stderr
        self.quiet = crawler.settings.getbool("GOVNEWS_QUIET")
        self.terminal = self.out.isatty()
        self.started = self.printed = time.monotonic()
        self.queued, self.counted = 0, 0.0
        self.loop: Any = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Progress:
        extension = cls(crawler)
        crawler.signals.connect(extension.opened, signals.spider_opened)
        crawler.signals.connect(extension.closed, signals.spider_closed)
        return extension

    def opened(self) -> None:
        self.started = self.printed = time.monotonic()
        self.loop = create_looping_call(self.tick)
        self.loop.start(TICK, now=False)

    def tick(self) -> None:
        """Commits units that have waited long enough, wakes the engine, shows where we are."""
        session = self.crawler.spider.session  # type: ignore[union-attr]
        if session.writer.is_due():
            session.commit()
        slot = getattr(self.crawler.engine, "_slot", None)
        if slot is not None:
            slot.nextcall.schedule()
        if self.quiet:
            return
        if self.terminal:
            self.out.write("\r\x1b[K" + self.line())
            self.out.flush()
        elif time.monotonic() - self.printed >= PLAIN_EVERY:
            self.printed = time.monotonic()
            self.out.write(self.line() + "\n")
            self.out.flush()

    def line(self) -> str:
        """`12 of 40 sites · 318 pages, 5.1/s · 290 new · 412 queued, about 1 min 21 s`"""
        session = self.crawler.spider.session  # type: ignore[union-attr]
        counts = session.writer.counts.values()
        pages = sum(c["pages"] for c in counts) + len(session.writer.waiting)
        rate = pages / max(0.001, time.monotonic() - self.started)
        if time.monotonic() - self.counted >= COUNT_EVERY:
            self.queued, self.counted = session.frontier.queued(), time.monotonic()
        done = sum(1 for s in session.states.values() if s.stopped or (s.lists_read and not s.active))
        stopped = [s.site.name for s in session.states.values() if s.stopped]
        parts = [f"{pages} pages, {rate:.1f}/s", f"{sum(c['new'] for c in counts)} new"]
        if len(session.states) > 1:
            parts.insert(0, f"{done} of {len(session.states)} sites")
        if self.queued:
            left = f", about {_span(self.queued / rate)}" if rate > 0.01 and pages > 5 else ""
            parts.append(f"{self.queued} queued{left}")
        if session.resting():
            parts.append(f"resting until {session.options.hours[0]:02d}:00")
        if stopped:
            parts.append(f"left alone: {', '.join(stopped[:3])}")
        return " · ".join(parts)

    def closed(self) -> None:
        if self.loop is not None and self.loop.running:
            self.loop.stop()
        if self.terminal and not self.quiet:
            self.out.write("\r\x1b[K")
            self.out.flush()


def _span(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"
