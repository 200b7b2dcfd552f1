"""The few requests of an onboarding, polite: robots.txt, one at a time, a delay, each address once, an upper bound.

May import: crawl (its settings), ingest (classes of answers), extraction, model, the standard library. The network is what the
caller gives as `Fetch`: it makes one request and follows nothing.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from urllib.parse import urldefrag, urljoin, urlsplit
from urllib.robotparser import RobotFileParser

from govnews.crawl.settings import ROBOTSTXT_USER_AGENT
from govnews.extraction import host_of
from govnews.ingest.answers import response_class
from govnews.model import Failure, ListRequest, Page
from govnews.text.decode import decode

Fetch = Callable[[ListRequest], Page]
"""One request → its answer, redirects included as answers. Raises Failure `cannot_fetch`, `private_address`."""
MOST = 60
"""Requests an onboarding makes at most, robots.txt and redirects included."""
REDIRECTS = 6
LONGEST = 60.0
"""Seconds between two requests that robots.txt can ask for."""


class Hosts(set[str]):
    """The hosts of a site, as host_of gives them; a name within one of them (xw.weixi.gov.cn) is in it too."""

    def __contains__(self, host: object) -> bool:
        return super().__contains__(host) or any(str(host).endswith(f".{own}") for own in self)


class Visitor:
    """Asks one site. delay: seconds between two requests, more where robots.txt says so. asked: the addresses, in order. hosts: as host_of gives
    them; a redirect of the very first page may name a new one, which is added (`moved`)."""

    def __init__(self, fetch: Fetch, delay: float) -> None:
        self.fetch = fetch
        self.delay = delay
        self.asked: list[str] = []
        self.hosts = Hosts()
        self.moved: list[str] = []
        self._robots: dict[str, RobotFileParser] = {}
        self._pages: dict[tuple[str, str, str | None], Page] = {}
        self._asked_delay: dict[str, float] = {}
        self._last: float | None = None

    def get(self, url: str) -> Page:
        """The page at an address, redirects followed."""
        return self.ask(ListRequest("GET", url))

    def ask(self, request: ListRequest) -> Page:
        """The answer to a request, redirects followed; the same one is asked once. The page's address keeps the fragment of the
        request, by which some lists are drawn. Raises Failure: `robots_denied`, `too_many_requests`, `off_site`, and those of fetch."""
        key = (request.method, request.url, request.form)
        if key not in self._pages:
            self._pages[key] = self._follow(request)
        return self._pages[key]

    def _follow(self, request: ListRequest) -> Page:
        url, fragment = urldefrag(request.url)
        page = self._once(ListRequest(request.method, url, request.form, request.headers))
        for _ in range(REDIRECTS):
            target = page.headers.get("location") if 300 <= page.status < 400 else None
            if not target:
                break
            url = urldefrag(urljoin(url, target)).url
            self._allow(url)
            page = self._once(ListRequest("GET", url))
        kind = response_class(page.status, page.body, url, None)
        page.url, page.response_class = f"{url}#{fragment}" if fragment else url, kind
        return page

    def _allow(self, url: str) -> None:
        """A redirect to another host: taken as the site's own while nothing else has been seen, refused later."""
        host = host_of(url)
        if not self.hosts or host in self.hosts:
            return
        if self._pages:
            raise Failure("off_site", f"a redirect leads to another host: {url}")
        self.hosts.add(host)
        self.moved.append(host)

    def _once(self, request: ListRequest) -> Page:
        if not self._allowed(request.url):
            raise Failure("robots_denied", f"robots.txt of {host_of(request.url)} forbids {request.url}")
        return self._send(request)

    def _send(self, request: ListRequest) -> Page:
        if len(self.asked) >= MOST:
            raise Failure("too_many_requests", f"after {MOST} requests the site is still not understood")
        delay = max(self.delay, self._asked_delay.get(host_of(request.url), 0.0))
        if self._last is not None and (wait := self._last + delay - time.monotonic()) > 0:
            time.sleep(wait)
        self.asked.append(request.url)
        try:
            return self.fetch(request)
        finally:
            self._last = time.monotonic()

    def _allowed(self, url: str) -> bool:
        """Whether robots.txt allows it; a page of HTML in its place, or none, forbids nothing."""
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self._robots:
            rules = RobotFileParser()
            page = self._send(ListRequest("GET", f"{origin}/robots.txt"))
            text = decode(page.body[:500_000]).text
            html = "html" in page.headers.get("content-type", "") or text.lstrip().startswith("<")
            rules.parse([] if page.status != 200 or html else text.splitlines())
            self._robots[origin] = rules
            if asked := rules.crawl_delay(ROBOTSTXT_USER_AGENT):
                self._asked_delay[host_of(url)] = min(float(asked), LONGEST)
        return self._robots[origin].can_fetch(ROBOTSTXT_USER_AGENT, url)
