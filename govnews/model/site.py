"""Site: what the crawl needs to know of one county's site. Data only; `sites/` makes it from tables and TOML.

May import: the standard library.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Column:
    """One news list (栏目) of a site. scope: whose news it carries (`own`, `department`, … : sites/scope.py); "" = not stated. pages: the
    address of its further pages with `{n}` for the number, where the list itself names none (extraction/numbered.py)."""

    name: str
    url: str
    scope: str = ""
    pages: str = ""


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
class LearnedLayout:
    """Where a site of no known family puts its articles, learned from its own pages (extraction/learning.py): evidence, never a rule.

    A path is the elements from the root down (`div.main`, `td[2]`: the second of its name), () when none is regular. body: holds the text.
    headline, header: hold the headline and the line of time, source and count; a page that has its own in neither place is another kind of
    page. beside: hold text that several pages share.
    since: UTC of the first capture it was learned from. until: captures of that moment (UTC) and later have another; null = still holds.
    pages: looked at, the last time; agree: of these, with their text at `body`; rival: at the next likely place apart from it.
    """

    body: tuple[str, ...]
    headline: tuple[str, ...] = ()
    header: tuple[str, ...] = ()
    beside: tuple[tuple[str, ...], ...] = ()
    since: str = ""
    until: str | None = None
    pages: int = 0
    agree: int = 0
    rival: int = 0

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> LearnedLayout:
        """As an archive keeps it (dataclasses.asdict as JSON); what a later version may have added is left out."""
        held: dict[str, Any] = {name: stored[name] for name in cls.__dataclass_fields__ if name in stored}
        held |= {name: tuple(held.get(name, ())) for name in ("body", "headline", "header")}
        return cls(**held | {"beside": tuple(map(tuple, held.get("beside", ())))})

    @property
    def rule(self) -> tuple[object, ...]:
        """What of it decides how a page is read; the counts are its reasons alone."""
        return self.body, self.headline, self.header, self.beside, self.until


@dataclass(frozen=True, slots=True)
class Expect:
    """Promises of a site file that health checks. per_month: fewest and most articles a month, or null."""

    per_month: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Site:
    """One site. id: division code (GB/T 2260), `533423-rmt` for a second site, `99…` for the demo.

    hosts: host or host:port, matched with and without `www.`; nothing else is fetched. family: "" = detect.
    family_learned: it was found out and not stated, so a page with the marks of another one is read as that. families_before: (family,
    UTC day of fetching until which, itself included, it was the learned one), newest first.
    learned_layouts: newest first, for pages of no known family.
    private: loopback and private addresses allowed. via: where all requests go with the Host kept; implies private.
    delay: seconds between requests to a host. division_code: the county's; outside the directory the id of the first site for a second
    one, else null, as are province and prefecture.
    """

    id: str
    name: str
    home: str
    hosts: tuple[str, ...] = ()
    family: str = ""
    family_learned: bool = False
    families_before: tuple[tuple[str, str], ...] = ()
    private: bool = False
    via: str = ""
    delay: float = 3.0
    columns: tuple[Column, ...] = ()
    layouts: tuple[Layout, ...] = ()
    learned_layouts: tuple[LearnedLayout, ...] = ()
    expect: Expect = Expect()
    division_code: str | None = None
    province: str | None = None
    prefecture: str | None = None
    origin: str = "directory"
    note: str = ""
