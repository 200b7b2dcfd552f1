"""Waits until a host may be asked, for every request that is sent: pages, robots.txt, retries, redirects.

The gap is the largest of the site's delay, the Crawl-delay of robots.txt and as long a rest as the host took to answer, with jitter
upwards only. May import: its neighbours in the crawl room, Scrapy.
"""

from __future__ import annotations

import asyncio
import random
import time
from typing import TYPE_CHECKING, Any

from scrapy import signals

from govnews.crawl.classes import Stopping
from govnews.crawl.pace import key_of
from govnews.crawl.resolver import is_private
from govnews.extraction import host_of

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

    from govnews.model import Site

LONGEST = 60.0
"""Seconds between requests at most, whatever robots.txt asks for and however slow a host is; a site file may ask for more. Asked
to wait longer than that, the crawl leaves the site alone."""
JITTER = (1.05, 1.5)
"""The gap is multiplied by something between these; never by less than 1, so that the delay is kept whatever the machine's load."""
EASE = 2.0
"""Times the duration of an answer that pass until the next request: a host rests as long as it works."""
STEP = 0.2
"""Seconds between looks at whether the crawl is to end."""


class PaceMiddleware:
    """Behind the robots middleware, so that a refused request takes no moment of the clock."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.slow: dict[str, float] = {}
        self.crawl_delay: dict[str, float] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> PaceMiddleware:
        middleware = cls(crawler)
        crawler.signals.connect(middleware.robots_parsed, signals.robots_parsed)
        return middleware

    @property
    def session(self) -> Any:
        return self.crawler.spider.session  # type: ignore[union-attr]

    async def process_request(self, request: Request) -> None:
        host, site = self._of(request)
        key = self._key(host, site)
        request.meta["download_slot"] = key
        gap = self._gap(host, site)
        if gap:
            await self._wait(self.session.pace.reserve(key, gap * random.uniform(*JITTER), time.time()))
            request.meta["sent_at"] = time.monotonic()

    def process_response(self, request: Request, response: Response) -> Response:
        """Notes how long a host takes, from which address it answers, and what it asks for."""
        host, site = self._of(request)
        if "sent_at" in request.meta:
            self.slow[host] = EASE * (time.monotonic() - request.meta["sent_at"])
        if response.ip_address is not None and not site.private and not is_private(str(response.ip_address)):
            self.session.pace.share(host, str(response.ip_address))
        wait = _retry_after(response)
        if wait > LONGEST:
            self.session.states[site.id].asked_to_wait = wait
        elif wait:
            self.session.pace.hold(self._key(host, site), time.time() + wait)
        return response

    def robots_parsed(self, robotparser: Any, request: Request) -> None:
        """Crawl-delay, which Scrapy reads and does not apply."""
        delay = robotparser.crawl_delay(self.crawler.settings["ROBOTSTXT_USER_AGENT"])
        if delay:
            self.crawl_delay[host_of(request.url)] = float(delay)

    def _of(self, request: Request) -> tuple[str, Site]:
        host = host_of(request.url)
        return host, self.session.by_host[host]

    def _key(self, host: str, site: Site) -> str:
        return key_of(host, site.via) if site.via else self.session.pace.key(host)

    def _gap(self, host: str, site: Site) -> float:
        """Seconds; 0 for a private site without delay (tests, benchmarks) whose robots.txt asks for none."""
        asked = self.crawl_delay.get(host, 0.0)
        if site.private and site.delay == 0 and not asked:
            return 0.0
        return max(site.delay, min(max(asked, self.slow.get(host, 0.0)), LONGEST))

    async def _wait(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            if not self.crawler.crawling or self.session.failure is not None:
                raise Stopping("the crawl ends; the task stays queued")
            await asyncio.sleep(min(left, STEP))


def _retry_after(response: Response) -> float:
    """Seconds that a 429 or 503 asks to wait; 0 when it names none."""
    if response.status not in (429, 503):
        return 0.0
    asked = (response.headers.get("Retry-After") or b"").decode("latin-1").strip()
    return float(asked) if asked.isdecimal() and len(asked) < 7 else 0.0
