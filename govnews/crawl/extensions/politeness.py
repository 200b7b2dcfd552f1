"""Delays: never less than the site file or robots.txt asks for, more when the server is slow or says Retry-After.

Scrapy applies neither Crawl-delay nor Retry-After by itself, and AutoThrottle may go below a site's own delay.
May import: extraction, its neighbours in the crawl room, Scrapy.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scrapy import signals

from govnews.extraction import host_of

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

LONGEST = 60.0
"""Seconds of the longest delay, whatever is asked for."""


class Politeness:
    """Keeps each slot's delay at the largest of what is asked for."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.asked: dict[str, float] = {}
        self.jitter = crawler.settings.getfloat("DOWNLOAD_DELAY_JITTER")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Politeness:
        extension = cls(crawler)
        crawler.signals.connect(extension.robots_parsed, signals.robots_parsed)
        crawler.signals.connect(extension.response_downloaded, signals.response_downloaded)
        return extension

    def robots_parsed(self, robotparser: Any, request: Request) -> None:
        """Crawl-delay of robots.txt, for the rest of the run."""
        delay = robotparser.crawl_delay(self.crawler.settings["ROBOTSTXT_USER_AGENT"])
        if delay:
            self.asked[host_of(request.url)] = float(delay)
            self._set(host_of(request.url), 0.0)

    def response_downloaded(self, response: Response, request: Request) -> None:
        """A slow answer makes us slower; Retry-After is waited for."""
        latency = float(request.meta.get("download_latency", 0.0))
        retry_after = (response.headers.get("Retry-After") or b"").decode("latin-1")
        wait = float(retry_after) if retry_after.isdigit() and response.status in (429, 503) else 0.0
        self._set(host_of(request.url), max(latency, wait))

    def _set(self, host: str, seconds: float) -> None:
        assert self.crawler.engine is not None
        slot = self.crawler.engine.downloader.slots.get(host)
        site = self.crawler.spider.session.by_host.get(host)  # type: ignore[union-attr]
        if slot is None or site is None:
            return
        if site.private and site.delay == 0 and not self.asked.get(host):
            return
        least = max(site.delay, self.asked.get(host, 0.0))
        slot.delay = spaced(min(max(least, seconds), max(LONGEST, site.delay)), slot.jitter)


def spaced(seconds: float, jitter: float) -> float:
    """The slot delay whose jitter never goes below `seconds`."""
    return seconds / (1.0 - jitter) if jitter < 1.0 else seconds
