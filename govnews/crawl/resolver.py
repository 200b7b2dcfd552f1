"""Host names to addresses, private networks refused: a public name that points to 10.0.0.1 is not fetched.

May import: Scrapy, Twisted, the standard library.
"""

from __future__ import annotations

import ipaddress
from typing import Any

from scrapy.resolver import CachingThreadedResolver
from twisted.internet.defer import Deferred
from twisted.internet.error import DNSLookupError


def is_private(address: str) -> bool:
    """Whether an IP address is loopback, private, link-local or otherwise not on the public network; false for a name."""
    try:
        ip = ipaddress.ip_address(address.strip("[]"))
    except ValueError:
        return False
    return not ip.is_global


class PublicResolver(CachingThreadedResolver):
    """Scrapy's resolver, with a look at the answer."""

    private_hosts: frozenset[str] = frozenset()
    """Hosts of sites marked `private`, set by run.py before the crawl begins."""

    def getHostByName(self, name: str, timeout: Any = None) -> Deferred[str]:
        found = super().getHostByName(name, timeout)
        literal = name.replace(".", "").isdigit() or ":" in name  # judged by SiteHostsMiddleware, which knows the site
        return found if literal or name in self.private_hosts else found.addCallback(_refuse_private, name)


def _refuse_private(address: str, name: str) -> str:
    if is_private(address):
        raise DNSLookupError(f"{name} points to the private address {address}")
    return address
