"""How far each county has come, counted by province: known, crawlable, onboarded, archived, healthy.

May import: model, its neighbours in this room, the standard library.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from govnews.model import Site
from govnews.sites.directory import directory

STEPS = ("counties", "known", "crawlable", "onboarded", "archived", "healthy")
"""What is counted: all counties, then each step that one can have come to."""


def steps(files: Mapping[str, Site], archived: set[str], healthy: set[str]) -> dict[str, dict[str, int]]:
    """Province → step → how many counties have come to it, in the order of codes. files: site files by id. archived, healthy: codes,
    of an archive (archive/reached.py).

    known: a home is known. crawlable: and a usable column. onboarded: a site file stands for it. archived: the archive has articles of
    it. healthy: archived, and its newest run ended well. A county counts once, whichever of its sites it is.
    """
    known, onboarded = directory(), {id.partition("-")[0] for id in files}
    filed = {id.partition("-")[0] for id, site in files.items() if site.columns}
    out: dict[str, dict[str, int]] = {}
    for code, division in sorted(known.divisions.items()):
        if division.level != "county":
            continue
        site = known.site(code)
        has = {
            "counties": True,
            "known": site is not None or code in onboarded,
            "crawlable": bool(site and site.columns) or code in filed,
            "onboarded": code in onboarded,
            "archived": code in archived,
            "healthy": code in archived & healthy,
        }
        counts = out.setdefault(division.province, dict.fromkeys(STEPS, 0))
        for name in STEPS:
            counts[name] += has[name]
    return out


def step_rows(table: Mapping[str, Mapping[str, int]], province: str | None = None) -> list[dict[str, Any]]:
    """The table as rows, one a province, or the row of one (its full name)."""
    return [{"province": name, **counts} for name, counts in table.items() if province in (None, name)]
