"""One page from one address, for `extract URL` and `site add`: single polite requests, no crawl.

May import: the standard library, w3lib, model, crawl (settings and addresses).
"""

from __future__ import annotations

import socket
import urllib.error
import urllib.request
import zlib
from datetime import UTC, datetime
from email.message import Message
from http.client import HTTPException
from typing import IO
from urllib.parse import urlsplit

from w3lib.url import safe_url_string

from govnews.crawl.resolver import is_private
from govnews.crawl.settings import USER_AGENT
from govnews.model import Failure, ListRequest, Page

LARGEST = 30 * 2**20
"""Bytes of a page that are read, packed and unpacked."""
PATIENCE = 30
"""Seconds without a byte after which the request is given up."""


def fetch(url: str, *, private: bool = False) -> Page:
    """The page at an address, whatever its status. Raises Failure `cannot_fetch`, `private_address`."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), *([] if private else [_PublicOnly()]))
    headers = {"User-Agent": USER_AGENT, "Accept-Encoding": "gzip"}
    try:
        request = urllib.request.Request(safe_url_string(url), headers=headers)
        if not private:
            refuse_private(request.full_url)
        with opener.open(request, timeout=PATIENCE) as response:
            return _page(response.geturl(), response.status, response.headers, response.read(LARGEST))
    except urllib.error.HTTPError as error:
        return _page(error.url or url, error.code, error.headers, error.read(LARGEST))
    except (OSError, HTTPException, ValueError, zlib.error) as error:
        raise Failure("cannot_fetch", f"{url} could not be fetched: {_why(error)}") from error


def once(request: ListRequest, *, private: bool = False, via: str = "") -> Page:
    """The answer to one request, a redirect as it is. via: where it goes instead, its Host kept. Raises Failure as fetch does."""
    url = safe_url_string(request.url)
    headers = {"User-Agent": USER_AGENT, "Accept-Encoding": "gzip", **dict(request.headers)}
    asked = url
    if via:
        parts = urlsplit(url)
        headers["Host"], asked = parts.netloc, f"{via.rstrip('/')}{url.split(parts.netloc, 1)[1] or '/'}"
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), _NoRedirects())
    form = request.form.encode() if request.form is not None else None
    try:
        if not (private or via):
            refuse_private(url)
        call = urllib.request.Request(asked, data=form, headers=headers, method=request.method)
        with opener.open(call, timeout=PATIENCE) as response:
            return _page(request.url, response.status, response.headers, response.read(LARGEST))
    except urllib.error.HTTPError as error:
        return _page(request.url, error.code, error.headers, error.read(LARGEST))
    except (OSError, HTTPException, ValueError, zlib.error) as error:
        raise Failure("cannot_fetch", f"{url} could not be fetched: {_why(error)}") from error


def _why(error: Exception) -> object:
    """What went wrong, in the system's words without its number."""
    reason = getattr(error, "reason", error)
    return f"no such host, or no network ({reason.strerror})" if isinstance(reason, socket.gaierror) else reason


def refuse_private(url: str) -> None:
    """Raises Failure `private_address` when the host of an address is on this machine or a private network."""
    host = urlsplit(url).hostname or ""
    for info in socket.getaddrinfo(host, None):
        if is_private(str(info[4][0])):
            raise Failure(
                "private_address", f"{host} is on this machine or a private network", hint="--private allows it"
            )


class _PublicOnly(urllib.request.HTTPRedirectHandler):
    """A public site may not send us to a private address."""

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: Message, newurl: str
    ) -> urllib.request.Request | None:
        refuse_private(newurl)
        return super().redirect_request(req, fp, code, msg, headers, newurl)  # type: ignore[arg-type]


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """Who asked decides whether to follow."""

    def redirect_request(self, *_: object) -> None:
        return None


def _page(url: str, status: int, headers: Message, body: bytes) -> Page:
    if body[:2] == b"\x1f\x8b":
        body = zlib.decompressobj(wbits=31).decompress(body, LARGEST)
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return Page(url, body, now, status, {name.lower(): value for name, value in headers.items()})
