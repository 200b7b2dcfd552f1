"""What a panel needs beside coverage by month: coverage by ISO week, how divisions changed, which dates and counts cannot be trusted,
and from where a run was made in three parts.

Meanings of tables and columns: archive/dictionary/9-panel.txt.
"""

from __future__ import annotations

from sqlite_utils import Database

_TABLES = """
CREATE TABLE coverage_county_week (
    county TEXT NOT NULL, week TEXT NOT NULL, monday TEXT NOT NULL, name TEXT NOT NULL, province TEXT, prefecture TEXT,
    listed INTEGER, archived INTEGER, status TEXT NOT NULL, detail TEXT NOT NULL, computed_at TEXT NOT NULL,
    PRIMARY KEY (county, week)
) STRICT, WITHOUT ROWID;
CREATE TABLE division_changes (
    code TEXT NOT NULL, name TEXT NOT NULL, province TEXT NOT NULL, first_year INTEGER NOT NULL, last_year INTEGER NOT NULL,
    change TEXT NOT NULL, successor_code TEXT, successor_name TEXT, confidence TEXT, relation TEXT NOT NULL, weight REAL,
    PRIMARY KEY (code, name)
) STRICT, WITHOUT ROWID;
CREATE INDEX division_changes_by_successor ON division_changes (successor_code, relation);
"""

_VIEWS = """
CREATE VIEW redated_articles AS
    WITH earlier (uid, site, day, was, evidence) AS (
        SELECT a.uid, a.site, a.publish_date, r.publish_date, 'version' FROM articles a JOIN revisions r USING (uid)
        WHERE r.cause <> 'extractor' AND abs(julianday(a.publish_date) - julianday(r.publish_date)) > 1
        UNION ALL
        SELECT a.uid, a.site, a.publish_date, s.list_day, 'list' FROM articles a CROSS JOIN sightings s ON s.uid = a.uid
        WHERE s.year_inferred = 0 AND abs(julianday(a.publish_date) - julianday(s.list_day)) > 1
        UNION ALL
        SELECT a.uid, a.site, a.publish_date, o.publish_date, 'bridge' FROM bridges b JOIN articles a ON a.uid = b.new_uid
        JOIN articles o ON o.uid = b.uid WHERE abs(julianday(a.publish_date) - julianday(o.publish_date)) > 1)
    SELECT e.uid, e.site, e.day AS publish_date, min(e.was) AS was, group_concat(DISTINCT e.evidence) AS evidence
    FROM earlier e JOIN (SELECT site, day FROM earlier GROUP BY site, day HAVING count(DISTINCT uid) >= 5 AND count(DISTINCT was) >= 3) d
         ON d.site = e.site AND d.day = e.day
    GROUP BY e.site, e.day, e.uid;
CREATE VIEW counter_resets AS
    SELECT site, method, day, sum(value < was) AS fell, count(*) AS compared FROM (
        SELECT a.site, o.method, date(o.observed_at, '+8 hours') AS day, o.value,
               lag(o.value) OVER (PARTITION BY o.uid, o.method ORDER BY o.observed_at, o.value) AS was
        FROM articles a CROSS JOIN view_observations o ON o.uid = a.uid
        UNION ALL
        SELECT a.site, o.method, date(min(o.observed_at), '+8 hours'), o.value,
               (SELECT p.value FROM view_observations p WHERE p.uid = b.uid ORDER BY p.observed_at DESC, p.value DESC LIMIT 1)
        FROM bridges b JOIN articles a ON a.uid = b.new_uid JOIN view_observations o ON o.uid = a.uid
        GROUP BY b.uid, b.new_uid, o.method)
    WHERE was IS NOT NULL GROUP BY site, method, day HAVING fell >= 5 AND fell * 2 > compared;
CREATE VIEW observations_after_reset AS
    SELECT o.uid, o.observed_at, o.method, o.value, max(r.day) AS reset
    FROM counter_resets r JOIN articles a ON a.site = r.site AND (a.publish_date < r.day OR a.publish_date IS NULL)
         JOIN view_observations o ON o.uid = a.uid AND o.method = r.method AND date(o.observed_at, '+8 hours') >= r.day
    GROUP BY o.uid, o.observed_at, o.method, o.value;
CREATE VIEW vantages AS
    SELECT id AS run, vantage, nullif(trim(substr(vantage, 1, first - 1)), '') AS place,
           nullif(trim(substr(vantage, first + 1, second - first - 1)), '') AS country,
           nullif(trim(substr(vantage, second + 1)), '') AS network
    FROM (SELECT id, vantage, first, iif(rest = 0, length(vantage) + 1, first + rest) AS second FROM (
        SELECT id, vantage, first, instr(substr(vantage, first + 1), ';') AS rest FROM (
            SELECT id, vantage, iif(instr(vantage, ';') = 0, length(vantage) + 1, instr(vantage, ';')) AS first
            FROM runs WHERE vantage IS NOT NULL)));
"""


def apply(db: Database) -> None:
    """Two tables, empty until govnews coverage fills them, and views over what is there."""
    for statement in (_TABLES + _VIEWS).split(";\n"):
        if statement.strip():
            db.execute(statement)
