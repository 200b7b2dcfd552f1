"""One run: sites and options in, a Summary out. Takes the lock, starts Scrapy, closes the archive whatever happens.

May import: its neighbours in this room, Scrapy.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from scrapy import signals
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.settings import Settings

from govnews.crawl import settings as defaults
from govnews.crawl.pace import key_of
from govnews.crawl.resolver import PublicResolver
from govnews.crawl.scheduler import AT_ONCE_UNDELAYED
from govnews.crawl.session import Session
from govnews.crawl.spiders.site import SiteSpider
from govnews.crawl.state import CrawlOptions
from govnews.crawl.summary import Summary, summarise
from govnews.extraction import host_of
from govnews.model import Site

__all__ = ["CrawlOptions", "crawl"]

GARBAGE = 50_000
"""Objects made between two looks for cycles. A page makes some 10,000 that die without one; Python's 700 costs 8 % of a crawl's CPU."""


def crawl(
    sites: Sequence[Site], options: CrawlOptions, *, quiet: bool = False, settings: dict[str, Any] | None = None
) -> Summary:
    """Crawls the sites into the archive at `options.db`. Once a process: Scrapy's reactor does not start twice.

    quiet: no progress. settings: Scrapy settings over ours (tests). Ctrl-C ends the run in order: what is under way is stored, the
    summary says `shutdown`. Raises Failure: `locked` (naming the holder), those of open_archive, `disk_full`.
    """
    session = Session(sites, options)
    began, before = time.monotonic(), gc.get_threshold()
    try:
        process = AsyncCrawlerProcess(_settings(sites, quiet, settings or {}))
        crawler = process.create_crawler(SiteSpider)
        crawler.signals.connect(lambda reason: _closed(session, reason), signals.spider_closed, weak=False)
        process.crawl(crawler, session=session)
        gc.set_threshold(GARBAGE)
        process.start()
        session.end()
        summary = summarise(session, time.monotonic() - began)
        session.close(summary.verdicts())
    finally:
        gc.set_threshold(*before)
        session.close()
    if session.failure is not None:
        raise session.failure
    return replace(summary, reason=session.reason, relearned=session.relearned)


def _closed(session: Session, reason: str) -> None:
    if session.reason == "finished":
        session.reason = reason


def _settings(sites: Sequence[Site], quiet: bool, more: dict[str, Any]) -> Settings:
    settings = Settings()
    settings.setmodule(defaults, priority="project")
    undelayed = [site for site in sites if site.private and site.delay == 0]
    at_once = {"concurrency": AT_ONCE_UNDELAYED, "delay": 0, "jitter": 0}
    slots = {
        key_of(host.removeprefix("www."), s.via): at_once for s in undelayed for host in (*s.hosts, host_of(s.home))
    }
    settings.set("DOWNLOAD_SLOTS", slots, "project")
    if len(undelayed) == len(sites):  # also how many connections are kept open
        settings.set("CONCURRENT_REQUESTS_PER_DOMAIN", AT_ONCE_UNDELAYED, "project")
    settings.set("GOVNEWS_QUIET", quiet, "project")
    private = [host for s in sites if s.private for host in (*s.hosts, host_of(s.home), host_of(s.via))]
    PublicResolver.private_hosts = frozenset(host.split(":")[0] for host in private)
    for name, value in more.items():
        settings.set(name, value, "cmdline")
    return settings
