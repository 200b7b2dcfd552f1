"""Ways to a host: what is asked instead of the address as it is written, once that has been found to work. Pure.

Kept in `sites.learned` under `ways`; identity does not depend on it, since a url_key has neither scheme nor www. May import: the
standard library.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class Way:
    """Scheme and host that answer, and whether only in the TLS of old servers."""

    origin: str
    old_tls: bool = False


def origin_of(url: str) -> str:
    """`http://www.example.gov.cn` of an address."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.lower()}"


def taken(url: str, ways: Mapping[str, Way]) -> tuple[str, bool]:
    """The address to ask instead, and whether in old TLS."""
    origin = origin_of(url)
    way = ways.get(origin)
    if way is None:
        return url, False
    return way.origin + url[len(origin) :], way.old_tls
