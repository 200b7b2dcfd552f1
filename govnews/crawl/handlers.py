"""Where requests go: a site with `via` is asked at that address with its Host kept; its pages keep their own addresses.

May import: Scrapy, its neighbours in this room.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler

if TYPE_CHECKING:
    from scrapy import Request
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
