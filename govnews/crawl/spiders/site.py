"""SiteSpider: lists → articles → counters, for any number of sites in one engine.

Each callback yields exactly one Page, failures too, so that every task ends in a unit; what it found to fetch next travels in
`page.requests`. May import: extraction, model, its neighbours in the crawl room, Scrapy.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import urldefrag

import scrapy
from scrapy import Request, signals
from scrapy.http import Response
from twisted.python.failure import Failure

from govnews.crawl.classes import Stopping, of_failure
from govnews.crawl.lists import follow
from govnews.crawl.session import Session
from govnews.crawl.state import CrawlOptions, SiteState
from govnews.extraction import read_list
from govnews.ingest.answers import response_class
from govnews.model import Page, Site

if TYPE_CHECKING:
    from scrapy.crawler import Crawler


class SiteSpider(scrapy.Spider):
    """The one spider. session: what the run shares; made from the settings when Scrapy's own command starts it."""

    name = "site"
    site: Site | None = None
    handle_httpstatus_list: ClassVar[list[int]] = [*range(400, 600), 304]

    def __init__(self, session: Session | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.session = session  # type: ignore[assignment]

    session: Session

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> SiteSpider:
        spider = super().from_crawler(crawler, *args, **kwargs)
        if spider.session is None:
            db = Path(crawler.settings.get("GOVNEWS_DB") or "data/govnews.db")
            assert cls.site is not None
            spider.session = Session([cls.site], CrawlOptions(db=db, command="scrapy crawl"))
            crawler.signals.connect(spider._close_own, signals.engine_stopped)
        return spider

    def _close_own(self) -> None:
        from govnews.crawl.summary import summarise

        self.session.end()
        self.session.close(summarise(self.session).verdicts())

    async def start(self) -> AsyncIterator[Any]:
        """Nothing: seeds are rows of the frontier."""
        nothing: tuple[Any, ...] = ()
        for request in nothing:
            yield request

    def parse_list(self, response: Response) -> Iterator[Page]:
        """A list page: its rows become tasks, in the same unit that closes it."""
        page, state = self._page(response), self._state(response.request)
        task = page.task
        assert task is not None
        try:
            page.listing = read_list(page, state.site) if page.response_class == "ok" else None
            if page.listing is not None and page.listing.is_list:
                state.lists_read += bool(page.listing.items)
                page.requests = tuple(follow(self.session, page, page.listing, task, state))
        except Exception as error:  # the task must end in a unit all the same
            self.logger.exception("list %s", response.url)
            page.error = f"{type(error).__name__}: {error}"
        yield page

    def parse_article(self, response: Response) -> Iterator[Page]:
        """An article page: understood in the pipelines."""
        yield self._page(response)

    def parse_counter(self, response: Response) -> Iterator[Page]:
        """A counter's reply: a number and the moment it was read."""
        yield self._page(response)

    def failed(self, failure: Failure) -> Iterator[Page]:
        """What gave no response, and what a callback stumbled over: a unit too, so that its task ends."""
        request = getattr(failure, "request", None)
        error = failure.value or RuntimeError("unknown")
        response = getattr(error, "response", None)
        if request is None or isinstance(error, Stopping):
            return  # the task was not begun: it is queued still
        task, site = request.meta["task"], request.meta["site"]
        yield Page(
            url=response.url if response is not None else None,
            body=b"",
            fetched_at=self.session.clock(),
            status=0,
            site=site.id,
            requested_url=task.url,
            redirects=tuple(request.meta.get("redirect_urls", ())),
            task=task,
            response_class=of_failure(error),
            error=f"{type(error).__name__}: {error}"[:300],
        )

    def _state(self, request: Request | None) -> SiteState:
        assert request is not None
        return self.session.states[request.meta["site"].id]

    def _page(self, response: Response) -> Page:
        request = response.request
        assert request is not None
        task, site = request.meta["task"], request.meta["site"]
        asked = task.url if task.kind == "article" else None
        kind = response_class(response.status, response.body, response.url, asked)
        truncated = "dataloss" in response.flags
        fragment = urldefrag(task.url).fragment if task.kind == "list" else ""  # where gkmlpt names a category
        return Page(
            url=f"{urldefrag(response.url).url}#{fragment}" if fragment else response.url,
            body=response.body,
            fetched_at=self.session.clock(),
            status=response.status,
            headers={
                k.decode("latin-1").lower(): b", ".join(v).decode("utf-8", "replace")
                for k, v in response.headers.items()
            },
            site=site.id,
            requested_url=task.url,
            redirects=tuple(request.meta.get("redirect_urls", ())),
            content_encoding=request.meta.get("content_encoding"),
            ip_address=str(response.ip_address) if response.ip_address else None,
            task=task,
            response_class="cut_off" if truncated and kind == "ok" else kind,
            truncated=truncated,
        )
