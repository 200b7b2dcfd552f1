"""The three item pipelines: thin shells over ingest. A page reaches the writer also when a step before it fails.

May import: ingest, archive, its neighbours in this room, Scrapy.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from govnews import ingest
from govnews.crawl.classes import AGAIN
from govnews.crawl.revisit import later
from govnews.model import Issue, Page, Site

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from govnews.crawl.spiders.site import SiteSpider

logger = logging.getLogger(__name__)

WAIT = 6.0
"""Hours until a task that met a wall or a dead host is due again."""


class _Step:
    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> _Step:
        return cls(crawler)

    @property
    def spider(self) -> SiteSpider:
        return self.crawler.spider  # type: ignore[return-value]

    def site(self, page: Page) -> Site:
        return self.spider.session.states[page.site].site

    def unread(self, page: Page) -> bool:
        """Whether the page is to be kept and understood later."""
        return self.spider.session.options.read_later and page.task is not None and page.task.kind == "article"


class ExtractPipeline(_Step):
    """Decode, classify, find candidates (DESIGN §4.3)."""

    def process_item(self, item: Page) -> Page:
        if self.unread(item):
            return item
        try:
            ingest.find(item, self.site(item))
        except Exception:
            logger.exception("extraction failed on %s", item.url)
        return item


class NormalisePipeline(_Step):
    """Candidates to values; the article and its issues."""

    def process_item(self, item: Page) -> Page:
        try:
            ingest.settle(item)
        except Exception:
            logger.exception("normalising failed on %s", item.url)
        return item


class StorePipeline(_Step):
    """Hands page and article to the writer, with what becomes of the task."""

    def process_item(self, item: Page) -> Page:
        session = self.spider.session
        unit = ingest.make_unit(item, self.site(item), counters=session.options.counters)
        if item.error == "list_repeats":
            unit.issues = (*unit.issues, Issue("list_repeats", f"page {item.task.page_number if item.task else ''}"))
        if item.response_class in AGAIN:
            unit.state, unit.due, unit.error = "queued", later(item.fetched_at, WAIT), item.response_class
        elif item.task is not None and item.task.kind == "article":
            unit.due = session.known.due(unit)
            unit.error = None if item.response_class in ("ok", "not_modified") else item.response_class
        session.add(unit)
        return item
