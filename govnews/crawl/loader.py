"""Spider loader over the registry: `scrapy list` shows the site files, `scrapy crawl` takes any name that `govnews crawl` takes.

May import: sites, its neighbours in this room, Scrapy.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy import Request, Spider
from scrapy.exceptions import UsageError

from govnews.crawl.spiders.site import SiteSpider
from govnews.extraction import host_of
from govnews.model import Failure
from govnews.sites import load_site_files, resolve

if TYPE_CHECKING:
    from scrapy.settings import BaseSettings


class SiteLoader:
    """Scrapy's four-method protocol; spiders need not be files."""

    @classmethod
    def from_settings(cls, _: BaseSettings) -> SiteLoader:
        return cls()

    def load(self, spider_name: str) -> type[Spider]:
        """The spider class of one site. A name nobody knows ends in one clear line."""
        if spider_name == SiteSpider.name:
            return SiteSpider
        try:
            site = resolve(spider_name)
        except Failure as failure:
            raise UsageError(
                f"{failure.sentence}{'; ' + failure.hint if failure.hint else ''}", print_help=False
            ) from failure
        return type("SiteSpider", (SiteSpider,), {"name": site.id, "site": site})

    def list(self) -> list[str]:
        """Ids of the site files."""
        return list(load_site_files())

    def find_by_request(self, request: Request) -> list[str]:  # type: ignore[valid-type]
        """Site files that have the request's host."""
        host = host_of(request.url)
        return [id for id, site in load_site_files().items() if host in {h.removeprefix("www.") for h in site.hosts}]
