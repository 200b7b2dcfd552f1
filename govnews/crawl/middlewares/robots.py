"""robots.txt, obeyed; an HTML page in its place is no robots.txt and forbids nothing (cms-families.md §11, trap 35).

May import: its neighbours in the crawl room, Scrapy.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest

from govnews.crawl.classes import RobotsDenied

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.http import Response
    from scrapy.robotstxt import RobotParser


class HonestRobotsMiddleware(RobotsTxtMiddleware):
    """Scrapy's middleware, for a whole run: no error noise, no HTML taken for rules, a named refusal."""

    async def _parse_robots(self, response: Response, netloc: str, request: Request) -> None:
        kind = (response.headers.get("Content-Type") or b"").lower()
        if response.status >= 400 or b"html" in kind or response.body.lstrip()[:1] == b"<":
            response = response.replace(body=b"")
        await super()._parse_robots(response, netloc, request)

    def process_request_2(self, rp: RobotParser | None, request: Request) -> None:
        try:
            super().process_request_2(rp, request)
        except IgnoreRequest as error:
            raise RobotsDenied(str(error)) from error

    async def robot_parser(self, request: Request) -> RobotParser | None:
        known = len(self._parsers)
        parser = await super().robot_parser(request)
        if parser is not None and len(self._parsers) > known:
            self.crawler.stats.inc_value("robotstxt/read")
        return parser
