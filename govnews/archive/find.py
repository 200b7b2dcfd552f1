"""The read side: search, one article, its history, counts. Every function takes an open archive and gives plain rows.

Search lives in `search/` and is named here too. May import: model, its neighbours in this room.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from typing import Any

from govnews.archive.database import Archive
from govnews.archive.search.query import Query, count, count_by, search, spread, uids
from govnews.extraction import url_key
from govnews.model import Failure

__all__ = ["Query", "count", "count_by", "get", "history", "moved", "search", "spread", "stats", "uids", "views"]
_PLACE = "LEFT JOIN sites s ON s.id = a.site"


def get(archive: Archive, uid: str) -> dict[str, Any]:
    """One article with its images, attachments and newest capture, by uid or the beginning of one, or by address.
    Raises Failure `unknown_article`, `several_articles`."""
    rows = archive.connection.execute(
        f"SELECT a.*, s.name AS county, s.province, s.prefecture FROM articles a {_PLACE} "
        "WHERE a.uid >= ? AND a.uid < ? || 'g' OR a.url = ? LIMIT 2",
        (uid.lower(), uid.lower(), uid),
    ).fetchall()
    if not rows or not uid:
        if whole := redacted(archive, uid):
            stone = archive.connection.execute(
                "SELECT redacted_at, reason FROM redactions WHERE uid = ?", (whole,)
            ).fetchone()
            said = f"{whole} was redacted on {stone[0][:10]}: {stone[1]}"
            raise Failure("redacted", said, zh=f"{whole} 已于 {stone[0][:10]} 删除：{stone[1]}")
        said, zh = f"no article has the uid {uid}", f"没有编号为 {uid} 的文章"
        raise Failure("unknown_article", said, hint="govnews search WORD lists uids", zh=zh)
    if len(rows) > 1:
        said, zh = f"several articles begin with {uid}; give more of it", f"编号以 {uid} 开头的文章不止一篇，请写全"
        raise Failure("several_articles", said, exit_code=2, zh=zh)
    article = dict(rows[0])
    for name in ("flags", "via"):
        article[name] = json.loads(article[name])
    for table in ("images", "attachments"):
        found = archive.connection.execute(
            f"SELECT url, text FROM {table} WHERE uid = ? ORDER BY position", (article["uid"],)
        )
        article[table] = [dict(row) for row in found]
    capture = archive.connection.execute(
        "SELECT c.fetched_at, c.sha256, c.status, c.size, c.ip_address, c.used_charset, c.origin, r.vantage FROM captures c "
        "LEFT JOIN runs r ON r.id = c.run WHERE c.url_key = ? AND c.sha256 = ? ORDER BY c.fetched_at DESC LIMIT 1",
        (article["url_key"], article["sha256"]),
    ).fetchone()
    article["capture"] = dict(capture) if capture else None
    return article


def redacted(archive: Archive, uid: str) -> str | None:
    """The whole uid of a tombstone, by the beginning of one (or its address); null when there is none, or several."""
    if not archive.has("redactions"):
        return None
    sql = "SELECT uid FROM redactions WHERE uid >= ?1 AND uid < ?1 || 'g' OR url_key = ?2 LIMIT 2"
    rows = archive.connection.execute(sql, (uid.lower(), url_key(uid))).fetchall()
    return str(rows[0][0]) if len(rows) == 1 else None


def history(archive: Archive, uid: str) -> list[dict[str, Any]]:
    """Earlier versions of an article, oldest first."""
    rows = archive.connection.execute("SELECT * FROM revisions WHERE uid = ? ORDER BY first_seen, version", (uid,))
    return [dict(row) for row in rows]


def views(archive: Archive, uid: str) -> list[dict[str, Any]]:
    """The view counts of an article in time."""
    rows = archive.connection.execute(
        "SELECT observed_at, value, method, approximate FROM view_observations WHERE uid = ? ORDER BY observed_at, method, value",
        (uid,),
    )
    return [dict(row) for row in rows]


def evidence(archive: Archive, uid: str) -> list[dict[str, Any]]:
    """What is known of an article's presence in time; empty when it was never missed."""
    sql = "SELECT at, kind, witness, vantage FROM presence_events WHERE uid = ? ORDER BY at, kind"
    return [dict(row) for row in archive.connection.execute(sql, (uid,))]


def moved(archive: Archive, uid: str) -> dict[str, Any] | None:
    """Where an article stands now that was moved: uid, url, evidence (what is the same, in words) and at; null when that is not
    known."""
    row = archive.connection.execute(
        "SELECT n.uid, n.url, b.evidence, b.at FROM bridges b JOIN articles n ON n.uid = b.new_uid WHERE b.uid = ? "
        "ORDER BY b.new_uid DESC LIMIT 1",
        (uid,),
    ).fetchone()
    return dict(row) if row else None


def gone(archive: Archive, *, site: str | None = None, suspect: bool = False) -> list[dict[str, Any]]:
    """Articles that are no longer found (with `suspect`: or not found at the last visit), newest loss first, with `evidence` and
    `moved` (see there).
    An article was lost between last_seen (the last good capture) and presence_since (the first answer without it)."""
    states = ("gone", "suspect") if suspect else ("gone",)
    rows = archive.connection.execute(
        f"SELECT a.uid, a.site, s.name AS county, a.title, a.publish_date, a.url, a.presence, a.first_seen, a.last_seen, a.presence_since "
        f"FROM articles a {_PLACE} WHERE a.presence IN ({', '.join('?' * len(states))}) AND (?{len(states) + 1} IS NULL OR a.site = "
        f"?{len(states) + 1}) ORDER BY a.presence_since DESC, a.uid",
        (*states, site),
    ).fetchall()
    return [
        {**dict(row), "moved": moved(archive, row["uid"]), "evidence": evidence(archive, row["uid"])} for row in rows
    ]


def stats(archive: Archive) -> dict[str, list[dict[str, Any]]]:
    """Tables that say what an archive holds and what is missing."""
    return {name: [dict(row) for row in _query(archive.connection, sql)] for name, sql in _STATS.items()}


def _query(connection: sqlite3.Connection, sql: str) -> Iterator[sqlite3.Row]:
    yield from connection.execute(sql)


_STATS = {
    # Counted from indexes alone: the few that are not found have one of their own, and no row of a text is read.
    "sites": "SELECT a.site, s.name AS county, s.province, a.articles, a.first, a.last, coalesce(n.not_found, 0) AS not_found FROM "
    "(SELECT site, count(*) AS articles, min(publish_date) AS first, max(publish_date) AS last FROM articles GROUP BY site) a "
    "LEFT JOIN (SELECT site, count(*) AS not_found FROM articles WHERE presence <> 'alive' GROUP BY +site) n USING (site) "
    f"{_PLACE} ORDER BY a.articles DESC",
    "months": "SELECT substr(publish_date, 1, 7) AS month, count(*) AS articles FROM articles GROUP BY month ORDER BY month DESC LIMIT 24",
    "fields": "SELECT count(*) AS articles, count(title) AS title, count(publish_time) AS publish_time, count(source) AS source, "
    "count(view_count) AS view_count, sum(body <> '') AS body FROM articles",
    "view_counts": "SELECT view_count_state AS state, count(*) AS articles, count(view_count) AS with_number FROM articles "
    "GROUP BY state ORDER BY articles DESC",
    "responses": "SELECT response_class AS class, coalesce(kind, '-') AS kind, count(*) AS captures FROM captures GROUP BY 1, 2 ORDER BY captures DESC",
    "issues": "SELECT code, severity, count(*) AS pages, max(last_seen) AS last_seen FROM issues GROUP BY code ORDER BY pages DESC",
    "runs": "SELECT id, command, started_at, finished_at, reason, vantage FROM runs ORDER BY id DESC LIMIT 10",
}
