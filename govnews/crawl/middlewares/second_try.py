"""One other way to a host that gave no response: old TLS, the other scheme, with or without www., or the rest of a page that broke off.

Only after the plain retries, only for a host that has not answered this way in the run, each way once. The way that worked is
remembered for the site (table `sites`), the directory is left as it is. May import: its neighbours in the crawl room, Scrapy.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit, urlunsplit

from scrapy.exceptions import ResponseDataLossError

from govnews.crawl.classes import of_failure
from govnews.crawl.ways import Way, origin_of

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response


class SecondTryMiddleware:
    """Nearer to the engine than Scrapy's RetryMiddleware: it sees what that one has given up."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.answered: set[str] = set()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> SecondTryMiddleware:
        return cls(crawler)

    def process_response(self, request: Request, response: Response) -> Response:
        origin, first = origin_of(request.url), request.meta.get("first_origin")
        if first and first not in self.answered:
            session: Any = self.crawler.spider.session  # type: ignore[union-attr]
            session.learn_way(request.meta["site"].id, first, Way(origin, bool(request.meta.get("old_tls"))))
        self.answered.add(origin)
        return response

    def process_exception(self, request: Request, exception: Exception) -> Request | None:
        if "task" not in request.meta:
            return None
        if isinstance(exception, ResponseDataLossError) and request.meta.get("download_fail_on_dataloss", True):
            return self._again(request, request.url, {"download_fail_on_dataloss": False})
        origin = origin_of(request.url)
        if origin in self.answered or request.meta["site"].via:
            return None
        first = request.meta.get("first_origin", origin)
        tried = {*request.meta.get("origins", ()), origin}
        more = {"first_origin": first, "origins": tuple(sorted(tried))}
        kind = of_failure(exception)
        if kind == "tls" and not request.meta.get("old_tls"):
            return self._again(request, request.url, {"old_tls": True, "first_origin": first})
        other = _other_name(request.url) if kind == "dns" else _other_scheme(request.url)
        if (
            other is None
            or kind not in ("dns", "tls", "refused", "timeout", "unreachable")
            or origin_of(other) in tried
        ):
            return None
        return self._again(request, other, more)

    @staticmethod
    def _again(request: Request, url: str, more: dict[str, Any]) -> Request:
        return request.replace(url=url, meta={**request.meta, **more, "max_retry_times": 0}, dont_filter=True)


def _other_scheme(url: str) -> str | None:
    """http for https and the other way round; null for an address with a port of its own."""
    parts = urlsplit(url)
    if parts.port is not None:
        return None
    return urlunsplit(parts._replace(scheme="http" if parts.scheme == "https" else "https"))


def _other_name(url: str) -> str | None:
    """With www. for without, and the other way round."""
    parts = urlsplit(url)
    bare = parts.netloc.removeprefix("www.")
    return urlunsplit(parts._replace(netloc=bare if bare != parts.netloc else f"www.{bare}"))
