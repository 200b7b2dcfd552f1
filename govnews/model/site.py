"""Site: what the crawl needs to know of one county's site. Data only; `sites/` makes it from tables and TOML.

May import: the standard library.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    """One news list (栏目) of a site. scope: whose news it carries (`own`, `department`, … : sites/scope.py); "" = not stated."""

    name: str
    url: str
    scope: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """Where a site differs from its family. A selector is `css:…` or `xpath:…`; "" = as the family has it.

    until: holds for pages fetched up to this local day (`2024-05-31`); null = still holds.
    """

    until: str | None = None
    title: str = ""
    publish_time: str = ""
    source: str = ""
    view_count: str = ""
    body: str = ""


@dataclass(frozen=True, slots=True)
class Expect:
    """Promises of a site file that health checks. per_month: fewest and most articles a month, or null."""

    per_month: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Site:
    """One site. id: division code (GB/T 2260), `533423-rmt` for a second site, `99…` for the demo.

    hosts: host or host:port, matched with and without `www.`; nothing else is fetched. family: "" = detect.
    private: loopback and private addresses allowed. via: where all requests go with the Host kept; implies private.
    delay: seconds between requests to a host. divisions fields are null for sites outside the directory.
    """

    id: str
    name: str
    home: str
    hosts: tuple[str, ...] = ()
    family: str = ""
    private: bool = False
    via: str = ""
    delay: float = 3.0
    columns: tuple[Column, ...] = ()
    layouts: tuple[Layout, ...] = ()
    expect: Expect = Expect()
    division_code: str | None = None
    province: str | None = None
    prefecture: str | None = None
    origin: str = "directory"
    note: str = ""
