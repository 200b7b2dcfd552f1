"""Where and how requests go: a site with `via` is asked at that address with its Host kept; an old server gets old TLS.

May import: Scrapy, its neighbours in this room.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler

from govnews.crawl.tls import OldServers

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response


class ViaHandler(HTTP11DownloadHandler):
    """HTTP with one difference: meta `via` (set by SiteHostsMiddleware) replaces scheme and host of what is connected to."""

    async def download_request(self, request: Request) -> Response:
        via = request.meta.get("via")
        if not via:
            return await super().download_request(request)
        parts = urlsplit(request.url)
        address = via.rstrip("/") + parts.path + (f"?{parts.query}" if parts.query else "")
        headers: Any = request.headers.copy()
        headers["Host"] = parts.netloc
        response = await super().download_request(request.replace(url=address, headers=headers))
        return response.replace(url=request.url)


class TLSHandler(HTTP11DownloadHandler):
    """HTTPS with one difference: meta `old_tls` (set by SecondTryMiddleware) brings the handshake of old servers."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.old = HTTP11DownloadHandler(crawler)
        self.old._contextFactory = OldServers()  # type: ignore[assignment]

    async def download_request(self, request: Request) -> Response:
        if request.meta.get("old_tls"):
            return await self.old.download_request(request)
        return await super().download_request(request)

    async def close(self) -> None:
        await self.old.close()
        await super().close()
