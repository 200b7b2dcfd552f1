"""Notes in which encoding a response travelled, before Scrapy decodes it: the archive keeps the entity and says how it came.

May import: Scrapy.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.http import Response


class NoteEncodingMiddleware:
    """Stands between the downloader and HttpCompressionMiddleware."""

    def process_response(self, request: Request, response: Response) -> Response:
        encoding = response.headers.get("Content-Encoding")
        request.meta["content_encoding"] = encoding.decode("latin-1") if encoding else None
        return response
