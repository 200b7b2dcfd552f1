"""Which article an address is: `url_key` and `uid`, the same on every machine and for every way an address is written.

The rule is public (DESIGN §5, Identity) and a change to it is a migration. May import: families, w3lib, the standard library.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from urllib.parse import urlsplit, urlunsplit

from w3lib.url import canonicalize_url

from govnews.families import families

_PORTS = {"http": "80", "https": "443"}


@lru_cache(maxsize=8192)  # the way of a page asks for the same address five times, a list for those it saw before
def url_key(url: str) -> str:
    """The address without scheme, fragment, default port and leading `www.`, canonicalised, then as its family writes it.
    `http://www.weixi.gov.cn/a.html#x` → `weixi.gov.cn/a.html`. Total: an address that cannot be parsed stands for itself."""
    try:
        canonical = canonicalize_url(url.strip())
        for family in families():
            if family.canonical and (same := family.canonical(canonical)):
                canonical = same
                break
        parts = urlsplit(canonical)
        host = (parts.hostname or "").rstrip(".").removeprefix("www.")
        if not host:
            return canonical
        port = f":{parts.port}" if parts.port and str(parts.port) != _PORTS.get(parts.scheme) else ""
    except ValueError:
        return url.strip()
    return urlunsplit(("", "", f"{host}{port}{parts.path or '/'}", parts.query, ""))


def key_of(url: str | None, body: bytes) -> str:
    """The url_key of a page; `sha256:<hex>` of its bytes when it has no address."""
    return url_key(url) if url else f"sha256:{hashlib.sha256(body).hexdigest()}"


def uid(key: str) -> str:
    """What `show`, `cite`, exports and merges use: the first 16 hex digits of the SHA-256 of a url_key."""
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def host_of(url: str) -> str:
    """Host or host:port of an address, lower case, without `www.`; "" when it has none."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").rstrip(".").removeprefix("www.")
        port = parts.port
    except ValueError:
        return ""
    return f"{host}:{port}" if host and port and str(port) != _PORTS.get(parts.scheme) else host
