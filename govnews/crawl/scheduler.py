"""The scheduler: hands out what the frontier owes, fair over hosts; a host has one request under way at a time.

`enqueue_request` sees only continuations (a retry, a redirect): they carry their task, keep its lease and go first. Everything else
reaches the frontier in the unit of the page that found it. May import: archive, its neighbours in this room, Scrapy.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any

from scrapy import Request
from scrapy.core.scheduler import BaseScheduler
from scrapy.utils.defer import _schedule_coro

from govnews.crawl.session import Session
from govnews.crawl.state import SiteState
from govnews.crawl.ways import taken
from govnews.model import Task

if TYPE_CHECKING:
    from scrapy import Spider
    from scrapy.crawler import Crawler

AT_ONCE = 1
"""Tasks of a site under way at a time, from lease to unit: the rest waits here and not in a slot's queue."""
AT_ONCE_UNDELAYED = 16
"""The same for a private site without delay (demo, tests, benchmarks)."""


class FrontierScheduler(BaseScheduler):
    """Scrapy's scheduler over archive.Frontier."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> FrontierScheduler:
        return cls(crawler)

    def open(self, spider: Spider) -> None:
        self.session: Session = spider.session  # type: ignore[attr-defined]
        self.session.stop = self._close
        self.spider = spider
        self.turn: deque[str] = deque(self.session.states)
        self.continuations: deque[Request] = deque()

    def enqueue_request(self, request: Request) -> bool:
        """A continuation of a task under way; anything else is a mistake and is refused."""
        if "task" not in request.meta:
            return False
        self.continuations.append(request)
        return True

    def has_pending_requests(self) -> bool:
        session = self.session
        if session.failure is not None:
            return False
        if self.continuations or session.writer.waiting:
            return True
        now = session.clock()
        return any(not s.stopped and session.frontier.has_ready(id, now) for id, s in session.states.items())

    def next_request(self) -> Request | None:
        if self.session.failure is not None or self.session.resting():
            return None
        if self.continuations:
            return self.continuations.popleft()
        found = self._lease()
        if found is None and self.session.writer.waiting and self._nothing_under_way():
            self.session.commit()
            found = self._lease()
        return found

    def _close(self, reason: str) -> None:
        assert self.crawler.engine is not None
        _schedule_coro(self.crawler.engine.close_spider_async(reason=reason))

    def _nothing_under_way(self) -> bool:
        """Nothing else is due: what waits for its commit holds up the crawl."""
        return self.session.writer.is_due() or not any(state.active for state in self.session.states.values())

    def _lease(self) -> Request | None:
        """The next site in turn that may be asked and has something due."""
        now = self.session.clock()
        for _ in range(len(self.turn)):
            id = self.turn[0]
            self.turn.rotate(-1)
            state = self.session.states[id]
            if state.stopped or state.active >= self._at_once(state):
                continue
            task = self.session.frontier.next(id, now)
            if task is not None:
                state.active += 1
                return self._request(task, state)
        return None

    @staticmethod
    def _at_once(state: SiteState) -> int:
        return AT_ONCE_UNDELAYED if state.site.private and state.site.delay == 0 else AT_ONCE

    def _request(self, task: Task, state: SiteState) -> Request:
        spider: Any = self.spider
        callbacks = {"list": spider.parse_list, "article": spider.parse_article, "counter": spider.parse_counter}
        url, old_tls = taken(task.url, self.session.ways)
        return Request(
            url,
            method=task.method,
            body=(task.form or "").encode(),
            headers={
                **({"Content-Type": "application/x-www-form-urlencoded"} if task.form else {}),
                **dict(task.headers),
                **self.session.known.validators(task),
            },
            callback=callbacks[task.kind],
            errback=spider.failed,
            dont_filter=True,
            meta={"task": task, "site": state.site, **({"old_tls": True} if old_tls else {})},
        )
