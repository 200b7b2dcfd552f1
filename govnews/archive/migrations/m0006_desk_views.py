"""Views for the common questions of the desk: articles with their place, completeness by year, gaps, hours, lag, health; and an index for the
few that are no longer found, so that counting them does not read every text.

Meanings of views and columns: archive/schema.py.
"""

from __future__ import annotations

from sqlite_utils import Database

_VIEWS = """
CREATE INDEX articles_not_found ON articles (presence_since) WHERE presence <> 'alive';
CREATE VIEW articles_with_place AS
    SELECT a.uid, s.province, s.prefecture, coalesce(s.name, a.site) AS county, a.site, a.publish_date, a.publish_time, a.title,
           a.source, a.view_count, a.presence, a.url
    FROM articles a LEFT JOIN sites s ON s.id = a.site;
CREATE VIEW field_completeness_by_year AS
    SELECT site, substr(publish_date, 1, 4) AS year, count(*) AS articles, count(title) AS title,
           count(publish_time) AS publish_time, count(source) AS source, count(view_count) AS view_count,
           sum(body <> '') AS body
    FROM articles GROUP BY site, year;
CREATE VIEW gaps AS
    SELECT site, last_before, first_after, CAST(julianday(first_after) - julianday(last_before) AS INTEGER) - 1 AS days
    FROM (SELECT site, publish_date AS last_before,
                 lead(publish_date) OVER (PARTITION BY site ORDER BY publish_date) AS first_after
          FROM (SELECT DISTINCT site, publish_date FROM articles WHERE publish_date IS NOT NULL))
    WHERE julianday(first_after) - julianday(last_before) > 14;
CREATE VIEW publication_hours AS
    SELECT site, CAST(substr(publish_time, 12, 2) AS INTEGER) AS hour, count(*) AS articles
    FROM articles WHERE publish_time_precision IN ('minute', 'second') GROUP BY site, hour;
CREATE VIEW publication_lag AS
    SELECT a.uid, a.site, a.publish_date, a.first_capture,
           CAST(julianday(date(a.first_capture, '+8 hours')) - julianday(a.publish_date) AS INTEGER) AS days
    FROM (SELECT uid, site, publish_date,
                 min(first_seen, coalesce((SELECT min(r.first_seen) FROM revisions r WHERE r.uid = articles.uid), first_seen))
                 AS first_capture
          FROM articles WHERE publish_date IS NOT NULL) a
    JOIN sites s ON s.id = a.site WHERE a.publish_date >= date(s.first_seen, '+8 hours');
CREATE VIEW latest_verdicts AS
    SELECT site, run, finished_at, verdict, new, failed FROM (
        SELECT j.key AS site, r.id AS run, r.finished_at, j.value ->> '$.verdict' AS verdict, j.value ->> '$.new' AS new,
               j.value ->> '$.failed' AS failed, row_number() OVER (PARTITION BY j.key ORDER BY r.id DESC) AS place
        FROM runs r, json_each(r.sites) j)
    WHERE place = 1;
"""


def apply(db: Database) -> None:
    """Creates the views in the transaction that sqlite-utils opened."""
    for statement in _VIEWS.split(";\n"):
        if statement.strip():
            db.execute(statement)
