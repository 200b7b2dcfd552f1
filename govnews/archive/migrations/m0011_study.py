"""What a study asks of an archive: how far every list was read, which county-months were observed and why the others were not,
and the life of every article as an interval.

Meanings of tables and columns: archive/schema.py.
"""

from __future__ import annotations

from sqlite_utils import Database

_STATEMENTS = (
    "CREATE TABLE list_reads (site TEXT NOT NULL, column_url TEXT NOT NULL, read_at TEXT NOT NULL, page_number INTEGER NOT NULL, "
    "rows INTEGER NOT NULL, reach TEXT, bottom TEXT, ended INTEGER NOT NULL, "
    "PRIMARY KEY (site, column_url, read_at, page_number)) STRICT, WITHOUT ROWID",
    "CREATE TABLE coverage_month (county TEXT NOT NULL, site TEXT NOT NULL, column_url TEXT NOT NULL, month TEXT NOT NULL, "
    "listed INTEGER, archived INTEGER, not_articles INTEGER, status TEXT NOT NULL, detail TEXT NOT NULL, observed_at TEXT, "
    "PRIMARY KEY (county, site, column_url, month)) STRICT, WITHOUT ROWID",
    "CREATE TABLE coverage_county_month (county TEXT NOT NULL, month TEXT NOT NULL, name TEXT NOT NULL, province TEXT, prefecture TEXT, "
    "listed INTEGER, archived INTEGER, status TEXT NOT NULL, detail TEXT NOT NULL, computed_at TEXT NOT NULL, "
    "PRIMARY KEY (county, month)) STRICT, WITHOUT ROWID",
    """CREATE VIEW article_lives AS
    SELECT a.uid, a.site, a.publish_date, l.first_listed, l.last_listed,
           min(a.first_seen, coalesce((SELECT min(r.first_seen) FROM revisions r WHERE r.uid = a.uid), a.first_seen)) AS first_good,
           a.last_seen AS last_good,
           (SELECT min(c.fetched_at) FROM captures c WHERE c.url_key = a.url_key AND c.response_class IN ('gone', 'soft_404')
            AND c.fetched_at > a.last_seen) AS first_failed,
           a.presence, l.first_listed IS NULL AND NOT EXISTS (SELECT 1 FROM captures c WHERE c.url_key = a.url_key
           AND c.task IS NOT NULL AND c.response_class = 'ok') AS left_truncated
    FROM articles a LEFT JOIN (SELECT uid, min(first_seen) AS first_listed, max(last_seen) AS last_listed FROM sightings
    WHERE list_title IS NOT NULL GROUP BY uid) l ON l.uid = a.uid""",
)


def apply(db: Database) -> None:
    """Three tables and a view."""
    for statement in _STATEMENTS:
        db.execute(statement)
