"""One page from one address, for `extract URL`: a single polite request, no crawl.

May import: the standard library, model, crawl (settings and addresses).
"""

from __future__ import annotations

import gzip
import socket
import urllib.error
import urllib.request
from datetime import UTC, datetime
from http.client import HTTPException
from urllib.parse import urlsplit

from govnews.crawl.resolver import is_private
from govnews.crawl.settings import USER_AGENT
from govnews.model import Failure, Page

LARGEST = 30 * 2**20
"""Bytes of a page that are read."""


def fetch(url: str, *, private: bool = False) -> Page:
    """The page at an address. Raises Failure `cannot_fetch`, `private_address`."""
    host = urlsplit(url).hostname or ""
    try:
        addresses = {str(info[4][0]) for info in socket.getaddrinfo(host, None)}
    except OSError as error:
        raise Failure("cannot_fetch", f"{url}: the host {host} is not known") from error
    if not private and any(is_private(a) for a in addresses):
        raise Failure("private_address", f"{host} is on a private network", hint="--private allows it")
    request = urllib.request.Request(url, headers={"User-Agent": USER_AGENT, "Accept-Encoding": "gzip"})
    try:
        with urllib.request.urlopen(request, timeout=30) as response:
            return _page(response.geturl(), response.status, dict(response.headers), response.read(LARGEST))
    except urllib.error.HTTPError as error:
        return _page(url, error.code, dict(error.headers), error.read(LARGEST))
    except (OSError, HTTPException, ValueError) as error:
        raise Failure("cannot_fetch", f"{url}: {getattr(error, 'reason', error)}") from error


def _page(url: str, status: int, headers: dict[str, str], body: bytes) -> Page:
    lowered = {k.lower(): v for k, v in headers.items()}
    if body[:2] == b"\x1f\x8b":
        body = gzip.decompress(body)
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return Page(url, body, now, status, lowered)
