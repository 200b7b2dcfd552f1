"""The class of a request that gave no response: one word each, codes of group "response". Pure.

What came is judged in ingest/answers.py, for crawl and import alike. May import: scrapy.exceptions.
"""

from __future__ import annotations

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)

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
