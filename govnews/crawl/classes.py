"""The class of a response or failure: one word each, codes of group "response". Pure.

May import: extraction (wall_make), model, scrapy.exceptions.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)

from govnews.extraction.kind import wall_make

WALL_STATUS = frozenset({405, 412, 468, 521})
"""Statuses that on these sites only firewalls send (cms-families.md §7.1)."""
AGAIN = frozenset(
    {"blocked", "throttled", "server_error", "forbidden", "dns", "refused", "timeout", "cut_off", "tls", "unreachable"}
)
"""Classes after which a task is tried again later; none of them says anything of the page."""
DOWN = frozenset({"dns", "refused", "timeout", "cut_off", "tls", "unreachable"})
"""Classes of a host that cannot be reached."""


class Stopping(IgnoreRequest):
    """The crawl ends before the request was sent."""


class OffSite(IgnoreRequest):
    """The address is not on the site's hosts."""


class PrivateAddress(IgnoreRequest):
    """The address is on a private network."""


class RobotsDenied(IgnoreRequest):
    """robots.txt asks us not to."""


def of_response(status: int, body: bytes, url: str, requested: str) -> str:
    """By status, signature and where a redirect led; what the page itself says is judged after extraction."""
    if status in WALL_STATUS:
        return "blocked"
    if status in (404, 410):
        return "gone"
    if status == 304:
        return "not_modified"
    if status == 429:
        return "throttled"
    if status in (401, 403):
        return "blocked" if _walled(body) else "forbidden"
    if status >= 500:
        return "blocked" if status == 503 and _walled(body) else "server_error"
    if status == 202 and b"<script" in body[:5000].lower():
        return "blocked"
    return "soft_404" if _sent_home(url, requested) else "ok"


def _walled(body: bytes) -> bool:
    return wall_make(body[:20_000].decode("utf-8", "ignore")) is not None


def _sent_home(url: str, requested: str) -> bool:
    """An article's address that leads to the home page, or to a page called 404."""
    path, asked = urlsplit(url).path.rstrip("/"), urlsplit(requested).path.rstrip("/")
    if path == asked:
        return False
    return path in ("", "/index.html", "/index.htm", "/index.shtml", "/index.jsp") or "404" in path.rsplit("/", 1)[-1]


def of_failure(error: BaseException) -> str:
    """The class of a download that gave no response."""
    for kind, name in (
        (OffSite, "off_site"),
        (PrivateAddress, "private_address"),
        (RobotsDenied, "robots"),
        (CannotResolveHostError, "dns"),
        (DownloadConnectionRefusedError, "refused"),
        (DownloadTimeoutError, "timeout"),
        (ResponseDataLossError, "cut_off"),
        (DownloadCancelledError, "too_large"),
    ):
        if isinstance(error, kind):
            return name
    text = repr(error)
    if "SSL" in text or "TLS" in text or "certificate" in text:
        return "tls"
    if isinstance(error, DownloadFailedError) and (
        "lost" in text.lower() or "ConnectionDone" in text or "reset" in text.lower()
    ):
        return "cut_off"
    if isinstance(error, IgnoreRequest) and "max redirections" in text:
        return "redirect_loop"
    return "unreachable"
