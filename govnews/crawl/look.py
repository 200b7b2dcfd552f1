"""A look at sites as they are today: the first page of each column and its first article, by a real crawl into a throwaway archive.

So robots.txt, delays, endpoints, counters and every rule of reading are those of the crawl; the user's archive is not touched.
May import: archive, model, its neighbours in this room.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from govnews.archive import Archive, open_archive
from govnews.crawl.run import crawl
from govnews.crawl.state import CrawlOptions
from govnews.crawl.summary import SiteResult
from govnews.model import Column, Site

_ARTICLE = (
    "SELECT a.url, a.title, a.publish_time, a.source, a.view_count, a.view_count_state, a.body FROM sightings s JOIN articles a USING (uid) "
    "WHERE s.site = ? AND s.column_url = ? ORDER BY s.id LIMIT 1"
)


@dataclass(frozen=True, slots=True)
class Look:
    """What one column showed. verdict: as a crawl's, of group "verdict". rows: of its first page. article: the first one that could be
    read, a row of table articles, or null. issues: code → how often."""

    site: str
    column: Column
    verdict: str
    rows: int
    article: dict[str, Any] | None
    issues: dict[str, int]


def look(sites: Sequence[Site], *, quiet: bool = True) -> list[Look]:
    """One Look for every column. Once a process, as `crawl`. Raises what `crawl` raises, KeyboardInterrupt when it was stopped."""
    sites = [site for site in sites if site.columns]
    if not sites:
        return []
    with tempfile.TemporaryDirectory(prefix="govnews-look-") as folder:
        db = Path(folder) / "look.db"
        summary = crawl(sites, CrawlOptions(db, each=1), quiet=quiet)
        if summary.interrupted:
            raise KeyboardInterrupt
        results = {result.id: result for result in summary.sites}
        with open_archive(db, read_only=True) as archive:
            return [_look(archive, results[site.id], column) for site in sites for column in site.columns]


def _look(archive: Archive, result: SiteResult, column: Column) -> Look:
    """What the throwaway archive has of one column."""
    ask = archive.connection.execute
    rows = ask("SELECT count(*) FROM sightings WHERE site = ? AND column_url = ?", (result.id, column.url)).fetchone()[
        0
    ]
    article = ask(_ARTICLE, (result.id, column.url)).fetchone()
    return Look(result.id, column, result.verdict, rows, dict(article) if article else None, dict(result.issues))
