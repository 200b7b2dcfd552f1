"""Which columns a site was crawled by and whose news each carries, so that a count can leave out what a county only repeats.

A view gives each article the columns it was seen in. Meanings of tables and columns: archive/schema.py.
"""

from __future__ import annotations

from sqlite_utils import Database

_STATEMENTS = (
    "CREATE TABLE site_columns (site TEXT NOT NULL, url TEXT NOT NULL, name TEXT, scope TEXT, first_seen TEXT NOT NULL, "
    "last_seen TEXT NOT NULL, PRIMARY KEY (site, url)) STRICT, WITHOUT ROWID",
    "CREATE VIEW article_columns AS SELECT s.uid, s.site, s.column_url, c.name, c.scope, min(s.first_seen) AS first_seen, "
    "max(s.last_seen) AS last_seen FROM sightings s LEFT JOIN site_columns c ON c.site = s.site AND c.url = s.column_url "
    "WHERE s.uid IS NOT NULL GROUP BY s.uid, s.site, s.column_url",
)


def apply(db: Database) -> None:
    """An empty table: it is filled when a crawl registers its sites."""
    for statement in _STATEMENTS:
        db.execute(statement)
