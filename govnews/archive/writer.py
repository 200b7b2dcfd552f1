"""The one writer: takes units, commits them in batches, decides what is new, changed or the same.

Order of a commit: the pages file first (synchronous=FULL), then the main file, never both through ATTACH. So a main row never
lacks its bytes, and bytes without a row are harmless. Cost of a new article: eight statements, no index of text.

May import: model, its neighbours in this room. Must not await between the two commits.
"""

from __future__ import annotations

import sqlite3
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import fields, replace
from datetime import UTC, datetime
from typing import Any, TypeVar

from govnews.archive.articles import Versions, as_json, observe, seen_unchanged, store_article
from govnews.archive.database import Archive, explain
from govnews.archive.frontier import close_task, insert_tasks, requeue_counters
from govnews.archive.pages import digest, pages_path
from govnews.archive.presence import judge, judge_all
from govnews.archive.redactions import Redacted
from govnews.archive.transaction import transaction
from govnews.archive.unit import Unit
from govnews.model import CODES, Issue, Page, Task

_Thing = TypeVar("_Thing", Page, Task)
BATCH = 100
"""Units of one commit at most."""
SECONDS = 2.0
"""Longest wait of a unit for its commit."""
UNSTORABLE = (
    sqlite3.IntegrityError,
    sqlite3.ProgrammingError,
    sqlite3.InterfaceError,
    sqlite3.DataError,
    ValueError,
    TypeError,
    OverflowError,
)
"""Faults of one unit's values, for which the others of its batch must not suffer."""


def utc_now() -> str:
    """The time, UTC to the second, as all machine times are written."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class Writer:
    """Collects units and commits them. Not thread-safe: it belongs to the thread that made it.

    run: id of the run its captures and issues belong to, or null. clock: gives utc_now, replaced in tests.
    counts: outcomes, kinds and issues so far, by site. committed: called with the units of each commit, after it.
    """

    def __init__(self, archive: Archive, run: int | None = None, *, clock: Callable[[], str] = utc_now) -> None:
        self.archive = archive
        self.connection = archive.connection
        self.run = run
        self.clock = clock
        self.waiting: list[Unit] = []
        self.since = 0.0
        self.counts: dict[str, Counter[str]] = {}
        self.committed: list[Callable[[list[Unit]], None]] = []
        self._missed: dict[str, None] = {}
        self._versions = Versions(archive.connection)
        self._redacted = Redacted(archive.connection)

    def add(self, unit: Unit) -> None:
        """Takes a unit; commits when the batch is full or its oldest has waited long enough."""
        if not self.waiting:
            self.since = time.monotonic()
        self.waiting.append(unit)
        if len(self.waiting) >= BATCH or self.is_due():
            self.flush()

    def is_due(self) -> bool:
        """Whether the oldest waiting unit should be committed by now."""
        return bool(self.waiting) and time.monotonic() - self.since >= SECONDS

    def flush(self) -> list[Unit]:
        """Commits what waits and returns it, each unit with its outcome. Raises Failure when the disk refuses; what waits then
        stays and can be tried again."""
        units = self.waiting
        if not units:
            return []
        at = pages_path(self.archive.path)
        try:
            now = self.clock()
            named = [(digest(u.page.body) if u.page.body else "", u) for u in units]
            kept = [(sha, u) for sha, u in named if not self._redacted.withhold(sha, u) and sha]
            self.archive.pages.put_all((sha, u.page.body, u.page.site, now) for sha, u in kept)
            at = self.archive.path
            self._commit(named, now)
        except sqlite3.Error as error:
            raise explain(error, at) from error
        self.waiting = []
        for unit in units:
            self._count(unit)
        for call in self.committed:
            call(units)
        return units

    def _commit(self, named: list[tuple[str, Unit]], now: str) -> None:
        """All units in one transaction. Only when one of them cannot be stored is the batch begun again with a savepoint around
        each, since savepoints cost as much as small rows."""
        try:
            self._commit_each(self._store, named, now)
        except UNSTORABLE:
            self._commit_each(self._store_apart, named, now)

    def _commit_each(self, store: Callable[[str, Unit, str], None], named: list[tuple[str, Unit]], now: str) -> None:
        with transaction(self.connection):
            self._versions = Versions(self.connection)
            for sha256, unit in named:
                store(sha256, unit, now)
            self._redacted.remember()
            self._versions.close()

    def _store_apart(self, sha256: str, unit: Unit, now: str) -> None:
        execute = self.connection.execute
        unit.outcome, unit.was_missing = "none", False
        execute("SAVEPOINT unit")
        try:
            self._store(sha256, unit, now)
        except UNSTORABLE as error:
            execute("ROLLBACK TO unit")
            self._store_bare(sha256, unit, now, error)
        execute("RELEASE unit")

    def _store(self, sha256: str, unit: Unit, now: str) -> None:
        page = unit.page
        known = not self._capture(sha256, unit)
        if unit.article is not None:
            unit.outcome = store_article(self.connection, unit, sha256, self._versions.next, known=known)
            if not known and self._was_missed(unit.key):
                judge(self.connection, unit.uid)
        elif unit.missing and not known:
            self._suspect(unit)
        elif page.response_class == "not_modified" and seen_unchanged(self.connection, unit.uid, page.fetched_at):
            unit.outcome = "same"
            if self._was_missed(unit.key):
                judge(self.connection, unit.uid)
            requeue_counters(self.connection, unit.uid)
        for seen in unit.sightings:
            self.connection.execute(
                "INSERT INTO sightings (uid, site, column_url, target_url, target_key, list_title, list_date, list_day, year_inferred, "
                "first_seen, last_seen) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET last_seen = max(last_seen, excluded.last_seen), "
                "first_seen = min(first_seen, excluded.first_seen), uid = coalesce(uid, excluded.uid)",
                (
                    seen.uid,
                    page.site,
                    seen.column_url,
                    seen.target_url,
                    seen.target_key,
                    seen.list_title,
                    seen.list_date,
                    seen.list_day,
                    seen.year_inferred,
                    page.fetched_at,
                    page.fetched_at,
                ),
            )
        self._list_read(unit)
        for observation in unit.observations:
            observe(
                self.connection,
                observation.uid,
                page.fetched_at,
                observation.method,
                observation.value,
                observation.approximate,
                sha256,
            )
        for issue in unit.issues:
            self._issue(issue, page, known)
        if unit.task is not None and unit.task.id is not None:
            close_task(self.connection, unit.task.id, unit.state, now, unit.error, unit.due)
        insert_tasks(self.connection, unit.tasks, now)

    def _list_read(self, unit: Unit) -> None:
        """How far a list was read: without it nobody could say later whether a silent month was silent."""
        read = unit.list_read
        if read is not None:
            self.connection.execute(
                "INSERT OR REPLACE INTO list_reads VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    unit.page.site,
                    read.column_url,
                    unit.page.fetched_at,
                    read.page_number,
                    read.rows,
                    read.reach,
                    as_json(read.bottom) if read.bottom else None,
                    read.ended,
                ),
            )

    def _store_bare(self, sha256: str, unit: Unit, now: str, error: Exception) -> None:
        """A unit that cannot be stored whole keeps its capture (its bytes are safe already), its task and what it found to
        fetch next (but no counter of an article that is not there), and says why."""
        unit.article, unit.outcome, unit.sightings, unit.observations = None, "none", (), ()
        unit.list_read = None
        unit.issues = (Issue("extract_failed", f"{type(error).__name__}: {error}"),)
        unit.page, unit.tasks = (
            _storable(unit.page),
            tuple(_storable(task) for task in unit.tasks if task.kind != "counter"),
        )
        self._store(sha256, unit, now)

    def _capture(self, sha256: str, unit: Unit) -> bool:
        """Whether the capture was new."""
        page = unit.page
        cursor = self.connection.execute(
            "INSERT OR IGNORE INTO captures (url_key, fetched_at, sha256, url, requested_url, redirects, site, run, task, status, "
            "response_class, kind, headers, content_encoding, ip_address, size, truncated, error, declared_charset, used_charset, origin) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                unit.key,
                page.fetched_at,
                sha256,
                page.url,
                page.requested_url,
                as_json(page.redirects) if page.redirects else "[]",
                page.site,
                self.run,
                page.task.kind if page.task else None,
                page.status,
                page.response_class,
                unit.kind,
                as_json(page.headers) if page.headers else "{}",
                page.content_encoding,
                page.ip_address,
                len(page.body),
                page.truncated,
                page.error,
                unit.declared_charset,
                unit.used_charset,
                page.origin,
            ),
        )
        return cursor.rowcount > 0

    def _suspect(self, unit: Unit) -> None:
        """A known article whose address answers that it is not there: a suspicion, which takes days to confirm. Judged again at
        the close, when all of the run that can witness it has come."""
        before = self.connection.execute("SELECT presence FROM articles WHERE uid = ?", (unit.uid,)).fetchone()
        presence = judge(self.connection, unit.uid)
        if before is None or presence is None:
            return
        self._missed[unit.uid] = None
        unit.was_missing = before[0] == "alive" and presence.state != "alive"

    def _was_missed(self, key: str) -> bool:
        """Whether there is an answer without the article, which a good capture puts in another light."""
        missed = "SELECT 1 FROM captures WHERE url_key = ? AND response_class IN ('gone', 'soft_404') LIMIT 1"
        return self.connection.execute(missed, (key,)).fetchone() is not None

    def _issue(self, issue: Issue, page: Page, known: bool) -> None:
        """times: in how many captures it was met; a capture that is ingested again does not count again."""
        url, at = page.url or page.requested_url or page.origin, page.fetched_at
        severity = CODES[("issue", issue.code)].severity
        self.connection.execute(
            "INSERT INTO issues (code, severity, site, url, detail, run, times, first_seen, last_seen) VALUES (?, ?, ?, ?, ?, ?, 1, ?, ?) "
            "ON CONFLICT DO UPDATE SET times = times + ?, run = excluded.run, "
            "first_seen = min(first_seen, excluded.first_seen), last_seen = max(last_seen, excluded.last_seen)",
            (issue.code, severity, page.site, url, issue.detail, self.run, at, at, not known),
        )

    def _count(self, unit: Unit) -> None:
        counts = self.counts.setdefault(unit.page.site, Counter())
        counts["pages"] += 1
        counts[f"response:{unit.page.response_class}"] += 1
        if unit.page.task is not None:
            counts[f"task:{unit.page.task.kind}"] += 1
        if unit.outcome != "none":
            counts[unit.outcome] += 1
        if unit.kind and unit.kind != "article":
            counts[f"kind:{unit.kind}"] += 1
        if unit.was_missing:
            counts["suspect"] += 1
        for issue in unit.issues:
            counts[f"issue:{issue.code}"] += 1

    def close(self) -> None:
        """Commits what waits, and judges once more the articles that were missed. Raises Failure as flush does."""
        self.flush()
        try:
            judge_all(self.connection, list(self._missed))
        except sqlite3.Error as error:
            raise explain(error, self.archive.path) from error
        self._missed.clear()


def _storable(thing: _Thing) -> _Thing:
    """The same without what SQLite cannot hold as text: halves of surrogate pairs (an emoji cut in the middle) become `?`."""
    held = {f.name: getattr(thing, f.name) for f in fields(thing)}
    texts: dict[str, Any] = {n: v.encode("utf-8", "replace").decode() for n, v in held.items() if isinstance(v, str)}
    return replace(thing, **texts)
