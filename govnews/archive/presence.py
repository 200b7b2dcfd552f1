"""Whether an article can still be found: alive, suspect or gone, by rules over its captures; and the evidence as rows.

The rules are pure (`decide`); `judge` reads the captures and writes state and evidence, always from all of them, so that the result
does not depend on the order in which they came. May import: transaction.py, the standard library.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from govnews.archive.transaction import transaction

CONFIRMATIONS = 3
"""Days (UTC) on which a witnessed answer said that the article is not there, before it counts as gone."""
SPREAD = timedelta(days=3)
"""Least time from the first of them to the last."""
BESIDE = timedelta(hours=6)
"""How near in time another article of the site must have been served, to the same vantage, to witness an answer."""
_FORM = "%Y-%m-%dT%H:%M:%SZ"

_CAPTURES = (
    "SELECT c.fetched_at, c.status, c.response_class, c.kind, c.url, c.requested_url, c.redirects, c.site, c.run, r.vantage "
    "FROM captures c LEFT JOIN runs r ON r.id = c.run WHERE c.url_key = ? AND (c.response_class IN ('gone', 'soft_404', 'not_modified') "
    "OR c.response_class = 'ok' AND c.kind = 'article') ORDER BY c.fetched_at, c.response_class, c.sha256"
)
_WITNESS = (
    "SELECT c.url_key FROM captures c LEFT JOIN runs r ON r.id = c.run WHERE c.site = ? AND c.fetched_at BETWEEN ? AND ? "
    "AND (c.kind = 'article' AND c.response_class = 'ok' OR c.response_class = 'not_modified') AND c.url_key <> ? AND (c.run = ? OR r.vantage = ?) "
    "ORDER BY c.fetched_at, c.url_key LIMIT 1"
)
_SEEN_FROM = (
    "SELECT 1 FROM captures c LEFT JOIN runs r ON r.id = c.run WHERE c.url_key = ? AND r.vantage IS ? AND (c.kind = 'article' "
    "AND c.response_class = 'ok' OR c.response_class = 'not_modified') LIMIT 1"
)
_OFF_LIST = (
    "WITH mine AS (SELECT site, column_url, list_day AS day, max(last_seen) AS seen FROM sightings WHERE uid = ?1 AND list_day IS NOT NULL "
    "GROUP BY site, column_url), "
    "around AS (SELECT mine.*, (SELECT min(list_day) FROM sightings s WHERE s.site = mine.site AND s.column_url = mine.column_url "
    "AND s.list_day > day) AS above, (SELECT max(list_day) FROM sightings s WHERE s.site = mine.site AND s.column_url = mine.column_url "
    "AND s.list_day < day) AS below FROM mine) "
    "SELECT min(at) FROM (SELECT x.last_seen AS at FROM around JOIN sightings x USING (site, column_url) JOIN sightings y "
    "USING (site, column_url, last_seen) WHERE x.list_day = above AND y.list_day = below AND last_seen > seen "
    "UNION ALL SELECT at FROM presence_events WHERE uid = ?1 AND kind = 'off_list' AND at > (SELECT max(seen) FROM mine))"
)
"""When a list page first showed the rows of the days next to an article's on both sides, and not the article, after it was last
listed; null when none did. Rows of one page have one `last_seen`. Less would prove nothing: the next page of a long list is read later
than the page the article stood on, and old rows are pinned above new ones. What was noted before stays: the neighbours move on."""


@dataclass(frozen=True, slots=True)
class Event:
    """One piece of evidence. kind: a code of group "evidence". witness: url_key of the article that was served meanwhile, or null."""

    at: str
    kind: str
    witness: str | None = None
    vantage: str | None = None


@dataclass(frozen=True, slots=True)
class Presence:
    """state: a code of group "presence". since: the first answer without the article, null while alive."""

    state: str
    since: str | None


def decide(events: Iterable[Event], last_good: str) -> Presence:
    """The state by the evidence after the last good capture. Removal from a list and answers without a witness raise suspicion
    but confirm nothing; blocked, throttled and unreachable are no events at all.

    events: in any order. last_good: when the article was last seen (UTC)."""
    missing = sorted((e for e in events if e.kind not in ("back", "off_list") and e.at > last_good), key=lambda e: e.at)
    if not missing:
        return Presence("alive", None)
    confirmed = [e.at for e in missing if e.witness]
    days = {at[:10] for at in confirmed}
    if len(days) >= CONFIRMATIONS and _time(confirmed[-1]) - _time(confirmed[0]) >= SPREAD:
        return Presence("gone", missing[0].at)
    return Presence("suspect", missing[0].at)


def judge(connection: sqlite3.Connection, uid: str) -> Presence | None:
    """Writes what all captures of an article say of its presence, inside the caller's transaction; null when there is no such
    article. Cost: its captures, one index probe for each answer without it, and the rows next to it in its lists."""
    article = connection.execute(
        "SELECT url_key, last_seen, presence, presence_since FROM articles WHERE uid = ?", (uid,)
    ).fetchone()
    if article is None:
        return None
    events = _events(connection, uid, article["url_key"])
    presence = decide(events, article["last_seen"])
    connection.execute("DELETE FROM presence_events WHERE uid = ?", (uid,))
    connection.executemany(
        "INSERT OR IGNORE INTO presence_events VALUES (?, ?, ?, ?, ?)",
        [(uid, e.at, e.kind, e.witness, e.vantage) for e in events],
    )
    if (presence.state, presence.since) != (article["presence"], article["presence_since"]):
        connection.execute(
            "UPDATE articles SET presence = ?, presence_since = ? WHERE uid = ?", (presence.state, presence.since, uid)
        )
    return presence


def _events(connection: sqlite3.Connection, uid: str, key: str) -> list[Event]:
    captures = connection.execute(_CAPTURES, (key,)).fetchall()
    events, missed = list[Event](), False
    for capture in captures:
        if capture["response_class"] in ("ok", "not_modified"):
            if missed:
                events.append(Event(capture["fetched_at"], "back", None, capture["vantage"]))
            missed = False
        else:
            missed = True
            events.append(
                Event(capture["fetched_at"], kind_of(capture), _witness(connection, key, capture), capture["vantage"])
            )
    if events and (left := connection.execute(_OFF_LIST, (uid,)).fetchone()[0]):
        events.append(Event(left, "off_list"))
    return events


def kind_of(capture: sqlite3.Row) -> str:
    """Which evidence a capture is: the server's word (404, 410), or a page that stands in the article's place."""
    if capture["status"] == 410:
        return "http_410"
    if capture["response_class"] == "gone":
        return "http_404"
    moved = capture["redirects"] not in ("[]", "") or (capture["requested_url"] or capture["url"]) != capture["url"]
    return "redirect" if moved else "soft_404"


def _witness(connection: sqlite3.Connection, key: str, capture: sqlite3.Row) -> str | None:
    """An article of the same site that was served to the same vantage (the same run, or one with the same label) around then. None
    counts where the vantage never saw this article: it may always have been shut out there."""
    if connection.execute(_SEEN_FROM, (key, capture["vantage"])).fetchone() is None:
        return None
    at = _time(capture["fetched_at"])
    span = ((at - BESIDE).strftime(_FORM), (at + BESIDE).strftime(_FORM))
    row = connection.execute(
        _WITNESS, (capture["site"], *span, key, capture["run"], capture["vantage"] or None)
    ).fetchone()
    return row[0] if row else None


def _time(moment: str) -> datetime:
    return datetime.strptime(moment, _FORM)


def judge_all(connection: sqlite3.Connection, uids: Sequence[str]) -> int:
    """Judges articles in one transaction; how many are gone. Raises sqlite3.Error."""
    with transaction(connection):
        verdicts = [judge(connection, uid) for uid in uids]
    return sum(1 for verdict in verdicts if verdict and verdict.state == "gone")
