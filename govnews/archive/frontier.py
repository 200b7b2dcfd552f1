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

TRIES = 5
"""Failed visits, hours apart, after which a task is given up (until --revisit)."""

_COLUMNS = "id, kind, url, site, method, form, headers, column_url, list_title, list_date, page_number, uid, reader, priority, due"
_INSERT = (
    "INSERT INTO frontier (kind, key, site, state, method, url, form, headers, column_url, list_title, list_date, page_number, "
    "uid, reader, priority, due, attempts, added_at) VALUES (?, ?, ?, 'queued', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?) "
    "ON CONFLICT (kind, key, site) DO "
)


def task_key(task: Task) -> str:
    """What makes two tasks the same: an article's url_key; method, address and form of a list or counter."""
    if task.kind == "article":
        return url_key(task.url)
    return f"{task.method} {task.url}" + (f" {task.form}" if task.form else "")


def insert_tasks(connection: sqlite3.Connection, tasks: Iterable[Task], now: str, *, again: bool = False) -> int:
    """Queues tasks that are not yet known; with `again`, known ones that are done too (seeds, counters). How many were queued."""
    queued = 0
    for task in tasks:
        requeue = again or task.kind == "counter"
        action = (
            "UPDATE SET state = 'queued', due = excluded.due, attempts = 0, priority = excluded.priority, page_number = excluded.page_number "
            "WHERE frontier.state <> 'queued'"
            if requeue
            else "NOTHING"
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


def close_task(
    connection: sqlite3.Connection, id: int, state: str, now: str, error: str | None, due: str | None
) -> None:
    """Writes what became of a task. One that is queued again has failed; after TRIES failures it stays `failed`."""
    connection.execute(
        "UPDATE frontier SET state = CASE WHEN ? = 'queued' AND attempts + 1 >= ? THEN 'failed' ELSE ? END, done_at = ?, error = ?, "
        "due = ?, attempts = CASE WHEN ? = 'queued' THEN attempts + 1 ELSE 0 END WHERE id = ?",
        (state, TRIES, state, now, error, due, state, id),
    )


class Frontier:
    """Leases over the queued rows of some sites. Cost of a lease: one index probe a site and AHEAD rows."""

    def __init__(self, connection: sqlite3.Connection, sites: Iterable[str]) -> None:
        self.connection = connection
        self.sites = list(sites)
        self.leased: dict[int, str] = {}
        self._ready: dict[str, deque[Task]] = {site: deque() for site in self.sites}
        self._dry: set[str] = set()

    def seed(self, tasks: Iterable[Task], now: str) -> int:
        """Queues the first pages of lists again at the start of a crawl."""
        self.connection.execute("BEGIN IMMEDIATE")
        queued = insert_tasks(self.connection, tasks, now, again=True)
        self.connection.execute("COMMIT")
        self.refresh()
        return queued

    def requeue_due(self, now: str, *, everything: bool = False) -> int:
        """Queues articles whose revisit is due; with `everything` all known ones. How many."""
        marks = ", ".join("?" * len(self.sites))
        condition = "" if everything else "AND due IS NOT NULL AND due <= ?"
        self.connection.execute("BEGIN IMMEDIATE")
        cursor = self.connection.execute(
            f"UPDATE frontier SET state = 'queued', due = NULL, attempts = 0 WHERE site IN ({marks}) AND kind = 'article' "
            f"AND state <> 'queued' {condition}",
            (*self.sites, *(() if everything else (now,))),
        )
        self.connection.execute("COMMIT")
        self.refresh()
        return cursor.rowcount

    def refresh(self) -> None:
        """New rows may have been committed: sites that had run dry are asked again."""
        self._dry.clear()

    def next(self, site: str, now: str) -> Task | None:
        """Leases the most urgent due task of a site; null when there is none now."""
        if not self.has_ready(site, now):
            return None
        task = self._ready[site].popleft()
        assert task.id is not None
        self.leased[task.id] = site
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
        rows = self.connection.execute(
            f"SELECT {_COLUMNS} FROM frontier WHERE site = ? AND state = 'queued' ORDER BY priority DESC, id LIMIT ?",
            (site, AHEAD + len(self.leased)),
        )
        return [t for row in rows if row["id"] not in self.leased and ((t := _task(row)).due is None or t.due <= now)][
            :AHEAD
        ]

    def release(self, id: int) -> None:
        """The task's unit was committed (or given up)."""
        self.leased.pop(id, None)

    def counts(self) -> dict[str, int]:
        """State → rows, of these sites."""
        marks = ", ".join("?" * len(self.sites))
        rows = self.connection.execute(
            f"SELECT state, count(*) FROM frontier WHERE site IN ({marks}) GROUP BY state", self.sites
        )
        return {row[0]: row[1] for row in rows}


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
