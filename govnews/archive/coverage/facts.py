"""What the archive knows of how the lists of a site were read, and what they showed: the rows that the rules judge.

May import: rules.py, the standard library.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from govnews.archive.coverage.rules import Attempt, Cell, Column, Read, periods_of, walks

_READS = "SELECT column_url, read_at, page_number, reach, bottom, ended FROM list_reads WHERE site = ? ORDER BY read_at, page_number"
_FAILED_LISTS = (
    "SELECT DISTINCT f.column_url, f.page_number, c.fetched_at, c.response_class, c.kind FROM captures c JOIN frontier f "
    "ON f.kind = 'list' AND f.site = c.site AND f.url = c.requested_url WHERE c.site = ? AND c.task = 'list' "
    "AND NOT (c.response_class = 'ok' AND c.kind IS 'list')"
)
_VERDICTS = (
    "SELECT j.key AS site, r.started_at, coalesce(r.finished_at, r.started_at) AS at, j.value ->> '$.verdict' AS verdict "
    "FROM runs r, json_each(r.sites) j ORDER BY r.id"
)
_FAILING = "blocked throttled server_error unreachable robots list_failed no_column".split()
_SIGHTINGS = (
    "SELECT column_url, target_key, uid, list_day, year_inferred FROM sightings WHERE site = ? AND uid IS NOT NULL"
)
_LAST_ANSWER = "SELECT response_class, kind FROM captures WHERE url_key = ? ORDER BY fetched_at DESC LIMIT 1"
_LEFT_TRUNCATED = (
    "SELECT a.publish_date, count(*) FROM articles a WHERE a.site = ? AND a.publish_date IS NOT NULL "
    "AND NOT EXISTS (SELECT 1 FROM sightings s WHERE s.uid = a.uid AND s.list_title IS NOT NULL) AND NOT EXISTS (SELECT 1 FROM captures c "
    "WHERE c.url_key = a.url_key AND c.task IS NOT NULL AND c.response_class = 'ok') GROUP BY 1"
)
"""As view article_lives has it, of one site."""
_NO_ARTICLE = frozenset({"list", "attachment", "other"})


@dataclass(slots=True)
class SiteFacts:
    """One site. columns: address → how it was read. cells: (column, month or week) → what it showed. listed: month or week →
    articles its lists showed, by identity. archived: month or week → articles in the archive; left_truncated: of these, known from
    imported files only. attempts: of the site as a whole."""

    columns: dict[str, Column] = field(default_factory=dict)
    cells: dict[tuple[str, str], Cell] = field(default_factory=dict)
    listed: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    archived: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    left_truncated: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    attempts: tuple[Attempt, ...] = ()


def failed_runs(connection: sqlite3.Connection) -> dict[str, tuple[Attempt, ...]]:
    """Site → its runs that failed as a whole; all at once, since every run names all of its sites in one text."""
    out: dict[str, list[Attempt]] = defaultdict(list)
    for row in connection.execute(_VERDICTS):
        if row["verdict"] in _FAILING:
            out[row["site"]].append(Attempt(row["at"], row["verdict"], row["started_at"]))
    return {site: tuple(attempts) for site, attempts in out.items()}


def site_facts(connection: sqlite3.Connection, site: str, attempts: tuple[Attempt, ...]) -> SiteFacts:
    """Everything of one site; memory holds its sightings. attempts: of the site, by failed_runs. Raises sqlite3.Error."""
    out = SiteFacts()
    days = dict(connection.execute("SELECT uid, publish_date FROM articles WHERE site = ?", (site,)).fetchall())
    for day in days.values():
        for period in periods_of(day or ""):
            out.archived[period] += 1
    for day, articles in connection.execute(_LEFT_TRUNCATED, (site,)):
        for period in periods_of(day):
            out.left_truncated[period] += articles
    out.attempts = attempts
    rows = connection.execute(_SIGHTINGS, (site,)).fetchall()
    late = _years_late(rows, days)
    _columns(connection, site, out, days, late)
    _cells(connection, rows, out, days, late)
    return out


def _years_late(rows: Sequence[sqlite3.Row], days: dict[str, str | None]) -> dict[str, int | None]:
    """By how many years a column's days are too young, told by its archived articles; null where they disagree.

    A list that prints month and day only is read as if its newest row were of the last twelve months, which a column that has
    been quiet for longer is not."""
    said: dict[str, set[int]] = defaultdict(set)
    for row in rows:
        if row["year_inferred"] and row["list_day"] and (own := days.get(row["uid"])):
            apart = date.fromisoformat(row["list_day"]) - date.fromisoformat(own)
            said[row["column_url"]].add(round(apart.days / 365.25))
    return {column: years.pop() if len(years) == 1 else None for column, years in said.items()}


def _earlier(day: str | None, years: int | None) -> str | None:
    """A day so many years before; a 29 February that the other year lacks becomes the 28th."""
    if not day or not years:
        return day if years == 0 else None
    year, month_day = int(day[:4]) - years, day[5:]
    return f"{year:04}-{'02-28' if month_day == '02-29' else month_day}"


def _columns(
    connection: sqlite3.Connection,
    site: str,
    out: SiteFacts,
    days: dict[str, str | None],
    late: dict[str, int | None],
) -> None:
    reads: dict[str, list[Read]] = defaultdict(list)
    for row in connection.execute(_READS, (site,)):
        below = [day for uid in json.loads(row["bottom"] or "[]") if (day := days.get(uid))]
        reach = _earlier(row["reach"], late.get(row["column_url"], 0)) or max(below, default=None)
        reads[row["column_url"]].append(Read(row["read_at"], row["page_number"], reach, bool(row["ended"])))
    failed: dict[str, list[Attempt]] = defaultdict(list)
    deeper: dict[str, tuple[str, str]] = {}
    for row in connection.execute(_FAILED_LISTS, (site,)):
        code = row["response_class"] if row["response_class"] != "ok" else "list_failed"
        if row["page_number"] > 1:
            deeper[row["column_url"]] = max(deeper.get(row["column_url"], ("", "")), (row["fetched_at"], code))
        else:
            failed[row["column_url"]].append(Attempt(row["fetched_at"], code))
    known = connection.execute("SELECT DISTINCT column_url FROM frontier WHERE site = ? AND kind = 'list'", (site,))
    # in one order: the reason that is told of a county is that of its first column, and the same archive must tell the same
    for column in sorted({*reads, *failed, *(r["column_url"] for r in known if r["column_url"])}):
        read = reads[column]
        at, code = deeper.get(column, ("", ""))
        newest = max((r.at for r in read if r.page > 1), default="")
        out.columns[column] = Column(walks(read), tuple(failed[column]), code if code and at > newest else None)


def _cells(
    connection: sqlite3.Connection,
    rows: Sequence[sqlite3.Row],
    out: SiteFacts,
    days: dict[str, str | None],
    late: dict[str, int | None],
) -> None:
    """What lists showed, by month and week: of the article's own day where it is archived, else of the day the list prints."""
    reached = {row["target_key"]: row["uid"] for row in rows if row["uid"] in days}
    shown: dict[tuple[str, str], tuple[str | None, str]] = {}
    undated: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        uid = reached.get(row["target_key"], row["uid"])
        printed = row["list_day"]
        if row["year_inferred"]:
            printed = _earlier(printed, late.get(row["column_url"], 0))
        day = days.get(uid) or printed
        if not day and uid not in days and _fate(connection, row["target_key"]) != "not_article":
            undated[row["column_url"]].add(uid)
        held = shown.get((row["column_url"], uid))
        if day and (held is None or held[0] is None or day < held[0]):
            shown[row["column_url"], uid] = (day, row["target_key"])
    for (column, uid), (day, key) in shown.items():
        undated[column].discard(uid)
        if not column or not day:
            continue
        fate = None if uid in days else _fate(connection, key)
        for period in periods_of(day):
            cell = out.cells.setdefault((column, period), Cell())
            cell.listed += 1
            out.listed[period].add(uid)
            if fate is None:
                cell.archived += 1
            elif fate == "not_article":
                cell.not_articles += 1
                out.listed[period].discard(uid)
            else:
                cell.causes[fate] = cell.causes.get(fate, 0) + 1
    for column, uids in undated.items():
        if column in out.columns and uids:
            out.columns[column] = replace(out.columns[column], undated=len(uids))


def _fate(connection: sqlite3.Connection, key: str) -> str:
    """What the last answer of an address was: a response class, `not_article` for a page that came and is none, `queued` for none."""
    row = connection.execute(_LAST_ANSWER, (key,)).fetchone()
    if row is None:
        return "queued"
    return "not_article" if row["response_class"] == "ok" and row["kind"] in _NO_ARTICLE else str(row["response_class"])
