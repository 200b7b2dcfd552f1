"""What the rules need, read from the archive. Cost: indexes, and the newest captures of each site; no body but theirs is read.

May import: archive, its neighbours in this room.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from govnews.archive import Archive
from govnews.health.numbers import Numbers, Reading

NEWEST = 600
"""Captures of a site that are looked at."""
RUNS = 1000
"""Runs whose verdicts are looked at."""
FIELDS = ("title", "publish_time", "source", "view_count", "body")

_SITES = (
    "SELECT id, name, first_seen FROM sites WHERE ?1 IS NULL OR id IN (SELECT value FROM json_each(?1)) ORDER BY id"
)
_RUNS = "SELECT started_at, sites FROM runs WHERE sites IS NOT NULL ORDER BY id DESC LIMIT ?"
_VISITED = "SELECT site, max(done_at) FROM frontier WHERE kind = 'list' AND state = 'done' GROUP BY site"
_WALL = "SELECT detail FROM issues WHERE site = ? AND code = 'blocked' ORDER BY last_seen DESC LIMIT 1"
_RECENT = (
    "SELECT url_key, fetched_at, run FROM captures WHERE site = ? AND kind = 'article' AND response_class = 'ok' "
    "ORDER BY fetched_at DESC LIMIT ?"
)
_STATE = (
    "x.uid, x.fetched_at, x.publish_date, x.title IS NOT NULL AS title, x.publish_time IS NOT NULL AS publish_time, "
    "x.source IS NOT NULL AS source, x.view_count IS NOT NULL AS view_count, x.body <> '' AS body, length(x.body) AS length, x.via, "
    "x.flags LIKE '%dates_disagree%' AS disagree"
)
_FIRST = "(SELECT min(fetched_at) FROM captures WHERE url_key = r.url_key) AS first"
_READINGS = (
    f"WITH recent AS MATERIALIZED ({_RECENT}) SELECT r.run, x.family, {_FIRST}, {_STATE} "
    "FROM recent r JOIN articles x ON x.url_key = r.url_key AND x.fetched_at = r.fetched_at "
    f"UNION ALL SELECT r.run, '' AS family, {_FIRST}, {_STATE} "
    "FROM recent r JOIN articles a ON a.url_key = r.url_key JOIN revisions x ON x.uid = a.uid AND x.fetched_at = r.fetched_at "
    "AND x.cause = 'site' ORDER BY 5, 6 DESC"
)
"""The newest captures as they were read: what stands now, and what a change of the page has superseded since."""
_DAYS = "SELECT DISTINCT publish_date FROM articles WHERE site = ? AND publish_date IS NOT NULL ORDER BY publish_date DESC LIMIT 90"
_COLUMNS = "SELECT column_url, list_day FROM sightings WHERE site = ? AND list_day IS NOT NULL GROUP BY 1, 2 ORDER BY 1, 2 DESC"
_MONTHS = "SELECT substr(publish_date, 1, 7) AS month, count(*) FROM articles WHERE site = ? AND publish_date IS NOT NULL GROUP BY month"
_LOST = (
    "SELECT count(*), count(CASE WHEN EXISTS (SELECT 1 FROM bridges b WHERE b.uid = a.uid) THEN 1 END) FROM articles a "
    "WHERE a.site = ? AND a.presence <> 'alive'"
)
_REDATED = (
    "SELECT day, count(DISTINCT uid) FROM (SELECT a.uid, a.publish_date AS day, r.publish_date AS was FROM articles a "
    "JOIN revisions r USING (uid) WHERE a.site = ?1 AND r.cause <> 'extractor' UNION ALL "
    "SELECT a.uid, a.publish_date, s.list_day FROM articles a CROSS JOIN sightings s ON s.uid = a.uid "
    "WHERE a.site = ?1 AND s.year_inferred = 0 UNION ALL "
    "SELECT a.uid, a.publish_date, o.publish_date FROM articles a CROSS JOIN bridges b ON b.new_uid = a.uid "
    "JOIN articles o ON o.uid = b.uid WHERE a.site = ?1) WHERE abs(julianday(day) - julianday(was)) > 1 "
    "GROUP BY day HAVING count(DISTINCT uid) >= 5 AND count(DISTINCT was) >= 3 ORDER BY day"
)
"""View redated_articles for one site: the view itself would read all of them each time."""
_RESETS = (
    "SELECT day, max(fell), max(compared) FROM (SELECT method, day, sum(value < was) AS fell, count(*) AS compared FROM ("
    "SELECT o.method, date(o.observed_at, '+8 hours') AS day, o.value, "
    "lag(o.value) OVER (PARTITION BY o.uid, o.method ORDER BY o.observed_at, o.value) AS was "
    "FROM articles a CROSS JOIN view_observations o ON o.uid = a.uid WHERE a.site = ?1 UNION ALL "
    "SELECT o.method, date(min(o.observed_at), '+8 hours'), o.value, "
    "(SELECT p.value FROM view_observations p WHERE p.uid = b.uid ORDER BY p.observed_at DESC, p.value DESC LIMIT 1) "
    "FROM articles a CROSS JOIN bridges b ON b.new_uid = a.uid JOIN view_observations o ON o.uid = a.uid WHERE a.site = ?1 "
    "GROUP BY b.uid, b.new_uid, o.method) WHERE was IS NOT NULL GROUP BY method, day HAVING fell >= 5 AND fell * 2 > compared) "
    "GROUP BY day ORDER BY day"
)
"""View counter_resets for one site."""


def measure(archive: Archive, sites: Sequence[str] | None = None) -> Iterator[Numbers]:
    """The numbers of each site, by id; null = of all that the archive knows."""
    ask = archive.connection.execute
    verdicts = _verdicts(archive.connection, None if sites is None else set(sites))
    visited = dict(ask(_VISITED).fetchall())
    for row in ask(_SITES, (None if sites is None else json.dumps(list(sites)),)).fetchall():
        yield _numbers(archive.connection, row, tuple(verdicts[row["id"]]), visited.get(row["id"]))


def _verdicts(connection: sqlite3.Connection, sites: set[str] | None) -> dict[str, list[tuple[str, str]]]:
    """Site → (when a run began, its verdict), newest first. A run names its sites in one text: read here, where that costs a tenth
    of what json_each takes, and only what is asked for is kept."""
    out = defaultdict[str, list[tuple[str, str]]](list)
    for row in connection.execute(_RUNS, (RUNS,)):
        said = json.loads(row["sites"])
        for site in said if sites is None else sites & said.keys():
            out[site].append((row["started_at"], said[site].get("verdict")))
    return out


def _numbers(
    connection: sqlite3.Connection, row: sqlite3.Row, verdicts: tuple[tuple[str, str], ...], visited: str | None
) -> Numbers:
    site = row["id"]

    def all_of(sql: str, *more: Any) -> list[sqlite3.Row]:
        return connection.execute(sql, (site, *more)).fetchall()

    columns = defaultdict[str, list[str]](list)
    for column, day in all_of(_COLUMNS):
        columns[column].append(day)
    wall = all_of(_WALL)
    [(lost, bridged)] = all_of(_LOST)
    months = tuple((month, count) for month, count in all_of(_MONTHS))
    return Numbers(
        site,
        row["name"],
        row["first_seen"],
        visited=visited,
        verdicts=verdicts,
        wall=wall[0]["detail"] if wall else "",
        readings=tuple(_reading(one) for one in all_of(_READINGS, NEWEST)),
        days=tuple(day for (day,) in all_of(_DAYS)),
        columns=tuple((column, tuple(days)) for column, days in columns.items()),
        months=months,
        articles=connection.execute("SELECT count(*) FROM articles WHERE site = ?", (site,)).fetchone()[0],
        lost=lost,
        bridged=bridged,
        redated=tuple((day, many) for day, many in all_of(_REDATED)),
        resets=tuple((day, fell, compared) for day, fell, compared in all_of(_RESETS)),
    )


def _reading(row: sqlite3.Row) -> Reading:
    via = json.loads(row["via"])
    return Reading(
        row["uid"],
        row["fetched_at"],
        row["first"] == row["fetched_at"],
        row["run"],
        row["publish_date"],
        row["family"],
        frozenset(name for name in FIELDS if row[name]),
        frozenset(name for name, how in via.items() if how.startswith("label:")),
        row["length"],
        bool(row["disagree"]),
    )
