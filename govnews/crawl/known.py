"""What a crawl has to ask the archive while it runs: which rows are new, what is unchanged if the server says so, when to come back.

May import: archive, extraction (identity), revisit.py, model.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from govnews.archive import Archive, Unit, Writer
from govnews.crawl.revisit import next_check, next_visit
from govnews.extraction import url_key
from govnews.model import Task

_VALIDATORS = (("etag", "If-None-Match"), ("last-modified", "If-Modified-Since"))
_FIRST_MISS = (
    "SELECT min(fetched_at) FROM captures WHERE url_key = ? AND response_class IN ('gone', 'soft_404') AND fetched_at > "
    "coalesce((SELECT max(fetched_at) FROM captures WHERE url_key = ? AND response_class = 'ok'), '')"
)


class Known:
    """Questions to the archive, and to the units that wait for their commit."""

    def __init__(self, archive: Archive, writer: Writer) -> None:
        self.ask = archive.connection.execute
        self.writer = writer

    def new_rows(self, site: str, column: str | None, keys: Sequence[str]) -> tuple[set[str], set[str]]:
        """Of the rows of a list: those never met anywhere, and those never met in this column (known ground is what was)."""
        if not keys:
            return set(), set()
        wanted = json.dumps(list(keys))
        known = {
            row[0]
            for row in self.ask(
                "SELECT key FROM frontier WHERE kind = 'article' AND site = ? AND key IN (SELECT value FROM json_each(?))",
                (site, wanted),
            )
        }
        seen = {
            row[0]
            for row in self.ask(
                "SELECT target_key FROM sightings WHERE column_url = ? AND target_key IN (SELECT value FROM json_each(?))",
                (column or "", wanted),
            )
        }
        for unit in self.writer.waiting:
            known |= {url_key(t.url) for t in unit.tasks if t.kind == "article" and t.site == site}
        return set(keys) - known, set(keys) - (known & seen)

    def validators(self, task: Task) -> dict[str, str]:
        """Headers by which a server may answer that an article is unchanged (304), if its last good answer had the means."""
        if task.kind != "article":
            return {}
        row = self.ask(
            "SELECT c.headers FROM articles a JOIN captures c ON c.url_key = a.url_key AND c.sha256 = a.sha256 "
            "WHERE a.url_key = ? ORDER BY c.fetched_at DESC LIMIT 1",
            (url_key(task.url),),
        ).fetchone()
        headers = json.loads(row["headers"]) if row else {}
        return {wanted: headers[name] for name, wanted in _VALIDATORS if name in headers}

    def due(self, unit: Unit) -> str | None:
        """When the page of an article is visited again: by its age, or to confirm that it is no longer there."""
        at = unit.page.fetched_at
        if unit.article is not None:
            return next_visit(at, unit.article.publish_date)
        if unit.page.response_class == "not_modified":
            row = self.ask("SELECT publish_date FROM articles WHERE uid = ?", (unit.uid,)).fetchone()
            return next_visit(at, row["publish_date"] if row else None)
        if unit.missing:
            first = self.ask(_FIRST_MISS, (unit.key, unit.key)).fetchone()[0]
            return next_check(first or at, at)
        return None
