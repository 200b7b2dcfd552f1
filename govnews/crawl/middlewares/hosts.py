"""Only the site's hosts are fetched, never a private network (unless the site is private).

May import: extraction, its neighbours in the crawl room, Scrapy.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from govnews.crawl.classes import OffSite, PrivateAddress
from govnews.crawl.resolver import is_private
from govnews.extraction import host_of

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler


class SiteHostsMiddleware:
    """First in the chain: every request, robots.txt and redirects too, passes here."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> SiteHostsMiddleware:
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        session = self.crawler.spider.session  # type: ignore[union-attr]
        host = host_of(request.url)
        site = session.by_host.get(host)
        if site is None or (request.meta.get("site") is not None and request.meta["site"].id != site.id):
            raise OffSite(f"{host or request.url} is not a host of the site: {request.url}")
        if is_private(urlsplit(request.url).hostname or "") and not site.private:
            raise PrivateAddress(f"{host} is a private address")
        if site.via:
            request.meta["via"] = site.via
        if "task" not in request.meta:  # robots.txt: asked once, so that a dead host is not waited for twice as long
            request.meta["max_retry_times"] = 0
