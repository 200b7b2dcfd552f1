"""SiteSpider: lists → articles → counters, for any number of sites in one engine.

Each callback yields exactly one Page, failures too, so that every task ends in a unit; what it found to fetch next travels in
`page.requests`. May import: extraction, model, its neighbours in the crawl room, Scrapy.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

import scrapy
from scrapy import Request, signals
from scrapy.http import Response
from twisted.python.failure import Failure

from govnews.archive import utc_now
from govnews.crawl.classes import of_failure, of_response
from govnews.crawl.session import ARTICLE, DEEPER, CrawlOptions, Session, SiteState
from govnews.extraction import host_of, read_list, url_key
from govnews.families import by_name
from govnews.model import Listing, ListRequest, Page, Site, Task

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

        self.session.writer.close()
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
            if page.listing is not None and page.listing.items:
                state.lists_read += 1
                page.requests = tuple(self._follow(page, page.listing, task, state))
        except Exception as error:  # the task must end in a unit all the same
            self.logger.exception("list %s", response.url)
            page.error = f"{type(error).__name__}: {error}"
        yield page

    def _follow(self, page: Page, listing: Listing, task: Task, state: SiteState) -> Iterator[Task]:
        """Tasks for the rows that are new, and for the next page while there is news on this one."""
        options, site = self.session.options, state.site
        hosts = {h.removeprefix("www.") for h in site.hosts}
        beacons = by_name(site.family).beacons
        rows = {
            url_key(i.url): i for i in listing.items if host_of(i.url) in hosts and not any(b in i.url for b in beacons)
        }
        digest = hash(frozenset(rows))
        repeats = task.page_number > 1 and digest in state.pages_seen
        state.pages_seen.add(digest)
        if repeats:
            page.error = "list_repeats"
            return
        known = self.session.known(site.id, list(rows))
        recent = {
            k: i
            for k, i in rows.items()
            if not (options.since and i.date and i.date < options.since and not i.date.startswith("--"))
        }
        for key, item in recent.items():
            if key in known or (options.limit is not None and state.queued >= options.limit):
                continue
            state.queued += 1
            yield Task(
                "article",
                item.url,
                site.id,
                column=task.column,
                list_title=item.title,
                list_date=item.date,
                priority=ARTICLE,
            )
        news = any(key not in known for key in recent)
        enough = options.limit is not None and state.queued >= options.limit
        over = bool(options.since) and bool(rows) and not recent
        if (
            listing.next_page is not None
            and (news or options.full)
            and not enough
            and not over
            and task.page_number < options.max_pages
        ):
            yield self._next_page(listing.next_page, task)

    @staticmethod
    def _next_page(target: str | ListRequest, task: Task) -> Task:
        request = target if isinstance(target, ListRequest) else ListRequest("GET", target)
        return Task(
            "list",
            request.url,
            task.site,
            method=request.method,
            form=request.form,
            headers=request.headers,
            column=task.column,
            page_number=task.page_number + 1,
            priority=DEEPER,
        )

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
        if request is None:
            return
        task, site = request.meta["task"], request.meta["site"]
        yield Page(
            url=response.url if response is not None else None,
            body=b"",
            fetched_at=utc_now(),
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

    @staticmethod
    def _page(response: Response) -> Page:
        request = response.request
        assert request is not None
        task, site = request.meta["task"], request.meta["site"]
        kind = of_response(
            response.status, response.body, response.url, task.url if task.kind == "article" else response.url
        )
        return Page(
            url=response.url,
            body=response.body,
            fetched_at=utc_now(),
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
            response_class=kind,
            truncated="dataloss" in response.flags,
        )
