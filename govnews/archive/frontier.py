"""The frontier: what the crawl owes, a table of our own columns. What is under way lives in memory only.

After a kill, whatever is not done is queued. Rows are made by the writer (in the unit of the page that found them) and by seeds.
May import: model, extraction (identity), its neighbours in this room.
"""

from __future__ import annotations

import json
import sqlite3
from collections import deque
from collections.abc import Iterable

from govnews.extraction import url_key
from govnews.model import Task

AHEAD = 64
"""Queued rows read ahead for each site: few enough that late, more urgent rows are not held back for long."""
AHEAD_OF_MANY = 8
"""The same in a run over more than MANY sites, whose memory must not grow with their number."""
MANY = 100

TRIES = 5
"""Failed visits, hours apart, after which a task is given up (until --revisit)."""
OF_THE_HOST = ("blocked", "throttled", "dns", "refused", "tls", "unreachable")
"""Failures that say something of the host and nothing of the page: they never use up a task's tries."""

_COLUMNS = "id, kind, url, site, method, form, headers, column_url, list_title, list_date, page_number, uid, reader, priority, due"
_INSERT = (
    "INSERT INTO frontier (kind, key, site, state, method, url, form, headers, column_url, list_title, list_date, page_number, "
    "uid, reader, priority, due, attempts, added_at) VALUES (?, ?, ?, 'queued', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?) "
    "ON CONFLICT (kind, key, site) DO "
)
_REQUEUE = (
    "UPDATE SET state = 'queued', due = excluded.due, attempts = 0, priority = excluded.priority, "
    "page_number = excluded.page_number"
)


def task_key(task: Task) -> str:
    """What makes two tasks the same: an article's url_key; method, address and form of a list or counter."""
    if task.kind == "article":
        return url_key(task.url)
    return f"{task.method} {task.url}" + (f" {task.form}" if task.form else "")


def insert_tasks(connection: sqlite3.Connection, tasks: Iterable[Task], now: str, *, again: bool = False) -> int:
    """Queues tasks that are not yet known, and known ones that are asked again by nature: further pages of lists, whose rows move
    on with every new article, and counters. With `again` (seeds) also those that wait for their hour. How many were queued."""
    queued = 0
    for task in tasks:
        action = (
            "NOTHING"
            if task.kind == "article"
            else _REQUEUE
            if again
            else _REQUEUE + " WHERE frontier.state <> 'queued'"
        )
        cursor = connection.execute(
            _INSERT + action,
            (
                task.kind,
                task_key(task),
                task.site,
                task.method,
                task.url,
                task.form,
                json.dumps(task.headers),
                task.column,
                task.list_title,
                task.list_date,
                task.page_number,
                task.uid,
                task.reader,
                task.priority,
                task.due,
                now,
            ),
        )
        queued += cursor.rowcount
    return queued


def queue_witness(connection: sqlite3.Connection, site: str, uid: str, before: str) -> None:
    """An article of a site was missed: another one, known to be there and not visited since `before`, is to be asked for too, so
    that the miss does not stand alone (presence.py)."""
    connection.execute(
        "UPDATE frontier SET state = 'queued', due = NULL, attempts = 0 WHERE id = (SELECT f.id FROM articles a JOIN frontier f "
        "ON f.kind = 'article' AND f.key = a.url_key AND f.site = a.site WHERE a.site = ? AND a.uid <> ? AND a.presence = 'alive' "
        "AND f.state = 'done' AND f.done_at < ? ORDER BY a.publish_date DESC LIMIT 1)",
        (site, uid, before),
    )


def requeue_counters(connection: sqlite3.Connection, uid: str) -> None:
    """An article was found unchanged: its counters are asked again all the same."""
    connection.execute(
        "UPDATE frontier SET state = 'queued', due = NULL, attempts = 0 WHERE kind = 'counter' AND uid = ? AND state <> 'queued'",
        (uid,),
    )


def close_task(
    connection: sqlite3.Connection, id: int, state: str, now: str, error: str | None, due: str | None
) -> None:
    """Writes what became of a task. One that is queued again has failed; after TRIES failures of its own it stays `failed`."""
    tried = int(state == "queued" and error not in OF_THE_HOST)
    connection.execute(
        "UPDATE frontier SET state = CASE WHEN ? AND attempts + 1 >= ? THEN 'failed' ELSE ? END, done_at = ?, error = ?, "
        "due = ?, attempts = CASE WHEN ? = 'queued' THEN attempts + ? ELSE 0 END WHERE id = ?",
        (tried, TRIES, state, now, error, due, state, tried, id),
    )


class Frontier:
    """Leases over the queued rows of some sites. Cost: one index probe for AHEAD leases of a site, whatever the table holds."""

    def __init__(self, connection: sqlite3.Connection, sites: Iterable[str]) -> None:
        self.connection = connection
        self.sites = list(sites)
        self.ahead = AHEAD if len(self.sites) <= MANY else AHEAD_OF_MANY
        self.leased: dict[str, set[int]] = {site: set() for site in self.sites}
        self._ready: dict[str, deque[Task]] = {site: deque() for site in self.sites}
        self._dry: set[str] = set()

    def seed(self, tasks: Iterable[Task], now: str) -> int:
        """Queues the first pages of lists again at the start of a crawl, also those that waited after a failure."""
        self.connection.execute("BEGIN IMMEDIATE")
        queued = insert_tasks(self.connection, tasks, now, again=True)
        self.connection.execute("COMMIT")
        self.refresh()
        return queued

    def done_since(self, task: Task, moment: str) -> bool:
        """Whether a task was done at that moment or later: of a run that goes on, or of a list that leads back to itself."""
        row = self.connection.execute(
            "SELECT 1 FROM frontier WHERE kind = ? AND key = ? AND site = ? AND state = 'done' AND done_at >= ?",
            (task.kind, task_key(task), task.site, moment),
        ).fetchone()
        return row is not None

    def requeue_due(self, now: str, *, everything: bool = False, done_before: str | None = None) -> int:
        """Queues articles whose revisit is due; with `everything` all known ones (last done before a moment). How many."""
        marks = ", ".join("?" * len(self.sites))
        condition = "state = 'done' AND due IS NOT NULL AND due <= ?"
        if everything:
            condition = "state <> 'queued' AND (done_at IS NULL OR done_at < ?)"
        self.connection.execute("BEGIN IMMEDIATE")
        cursor = self.connection.execute(
            f"UPDATE frontier SET state = 'queued', due = NULL, attempts = 0 WHERE site IN ({marks}) AND kind = 'article' "
            f"AND {condition}",
            (*self.sites, (done_before or "9999") if everything else now),
        )
        self.connection.execute("COMMIT")
        self.refresh()
        return cursor.rowcount

    def refresh(self, sites: Iterable[str] | None = None) -> None:
        """New rows may have been committed, of some sites or of any: those that had run dry are asked again."""
        self._dry.difference_update(self.sites if sites is None else sites)

    def next(self, site: str, now: str) -> Task | None:
        """Leases the most urgent due task of a site; null when there is none now."""
        if not self.has_ready(site, now):
            return None
        task = self._ready[site].popleft()
        assert task.id is not None
        self.leased[site].add(task.id)
        return task

    def has_ready(self, site: str, now: str) -> bool:
        """Whether `next` would give something."""
        ready = self._ready[site]
        if not ready and site not in self._dry:
            ready.extend(self._read(site, now))
            if not ready:
                self._dry.add(site)
        return bool(ready)

    def _read(self, site: str, now: str) -> list[Task]:
        leased = self.leased[site]
        rows = self.connection.execute(
            f"SELECT {_COLUMNS} FROM frontier WHERE site = ? AND state = 'queued' AND (due IS NULL OR due <= ?) "
            "ORDER BY priority DESC, id LIMIT ?",
            (site, now, self.ahead + len(leased)),
        )
        return [_task(row) for row in rows if row["id"] not in leased][: self.ahead]

    def release(self, task: Task) -> None:
        """The task's unit was committed (or given up)."""
        if task.id is not None:
            self.leased[task.site].discard(task.id)

    def queued(self) -> int:
        """How many rows of these sites are queued, whether due or not. Cost: the queued part of an index."""
        marks = ", ".join("?" * len(self.sites))
        sql = f"SELECT count(*) FROM frontier WHERE state = 'queued' AND site IN ({marks})"
        return int(self.connection.execute(sql, self.sites).fetchone()[0])


def _task(row: sqlite3.Row) -> Task:
    return Task(
        kind=row["kind"],
        url=row["url"],
        site=row["site"],
        method=row["method"],
        form=row["form"],
        headers=tuple((k, v) for k, v in json.loads(row["headers"])),
        column=row["column_url"],
        list_title=row["list_title"],
        list_date=row["list_date"],
        page_number=row["page_number"],
        uid=row["uid"],
        reader=row["reader"],
        priority=row["priority"],
        due=row["due"],
        id=row["id"],
    )
