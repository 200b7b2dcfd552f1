"""The two sets of counties that a server can show: the three of the first crawl, and one for each family. Data.

May import: its neighbours in this room, the standard library.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from govnews.demo import content, families, pages, sites
from govnews.demo.families import pages as family_pages
from govnews.demo.families import sites as family_sites
from govnews.demo.pages import Response
from govnews.model import Site


@dataclass(frozen=True, slots=True)
class World:
    """answer: (host, target, day, form) → what stands there. whose: Host header → (site id, host as addresses write it), or
    null. write_site_files: (folder, via) → the Sites. title: for people. db: where the demo archives it. word: to search for. each:
    rows shown a county. counters: which the demo asks."""

    title: str
    db: Path
    word: str
    answer: Callable[[str, str, int, str], Response]
    whose: Callable[[str], tuple[str, str] | None]
    write_site_files: Callable[[Path, str], list[Site]]
    each: int = 1000
    counters: str = "safe"


def _whose(host: str) -> tuple[str, str] | None:
    county = content.by_host(host)
    return (county.id, county.host) if county else None


def _whose_of_families(host: str) -> tuple[str, str] | None:
    county = families.by_host(host)
    return (county.id, county.host) if county else None


THREE = World(
    "three invented counties",
    Path("data/demo.db"),
    "防汛",
    lambda host, target, day, _: pages.page(host, target, day),
    _whose,
    sites.write_site_files,
)
FAMILIES = World(
    "an invented county for every family",
    Path("data/demo-families.db"),
    "农村",
    lambda host, target, day, form: family_pages.page(host, target, form, day),
    _whose_of_families,
    family_sites.write_site_files,
    each=1,
    counters="all",  # nobody's numbers rise here
)
