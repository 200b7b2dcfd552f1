"""Is the archive whole? Every stored page hashed again, every reference between tables and files followed, each fault named.

A generator, so that an archive of any size is checked in flat memory. May import: model, extraction (identity), its neighbours.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from govnews.archive.database import Archive
from govnews.archive.pages import PageStore, digest
from govnews.extraction import uid
from govnews.model import Failure

_HELD = "SELECT 1 FROM pages WHERE sha256 = ?"


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, and where. file: `main` or `pages`. table, row: the damaged row, by its key."""

    file: str
    table: str
    row: str
    fault: str


_REFERENCES = (
    (
        "captures",
        "SELECT id, 'no run ' || run FROM captures WHERE run IS NOT NULL AND run NOT IN (SELECT id FROM runs)",
    ),
    ("captures", "SELECT id, 'bytes without a hash' FROM captures WHERE (sha256 = '') <> (size = 0)"),
    ("issues", "SELECT id, 'no run ' || run FROM issues WHERE run IS NOT NULL AND run NOT IN (SELECT id FROM runs)"),
    (
        "articles",
        "SELECT uid, 'no capture of the bytes it rests on' FROM articles a WHERE NOT EXISTS "
        "(SELECT 1 FROM captures c WHERE c.url_key = a.url_key AND c.fetched_at = a.fetched_at AND c.sha256 = a.sha256)",
    ),
    (
        "articles",
        "SELECT a.uid, 'version ' || version || ' is also a revision' FROM articles a JOIN revisions USING (version)",
    ),
    ("articles", "SELECT uid, 'first_seen is after last_seen' FROM articles WHERE first_seen > last_seen"),
    (
        "articles",
        "SELECT uid, 'presence and presence_since disagree' FROM articles WHERE (presence = 'alive') <> (presence_since IS NULL)",
    ),
    ("revisions", "SELECT version, 'no article ' || uid FROM revisions WHERE uid NOT IN (SELECT uid FROM articles)"),
    (
        "revisions",
        "SELECT r.version, 'no capture of the bytes it rests on' FROM revisions r JOIN articles a USING (uid) WHERE NOT EXISTS "
        "(SELECT 1 FROM captures c WHERE c.url_key = a.url_key AND c.fetched_at = r.fetched_at AND c.sha256 = r.sha256)",
    ),
    ("images", "SELECT uid || ' ' || position, 'no article' FROM images WHERE uid NOT IN (SELECT uid FROM articles)"),
    (
        "attachments",
        "SELECT uid || ' ' || position, 'no article' FROM attachments WHERE uid NOT IN (SELECT uid FROM articles)",
    ),
    (
        "view_observations",
        "SELECT uid || ' ' || observed_at, 'no article' FROM view_observations WHERE uid NOT IN (SELECT uid FROM articles)",
    ),
    (
        "frontier",
        "SELECT id, 'counter of no article' FROM frontier WHERE kind = 'counter' AND uid NOT IN (SELECT uid FROM articles)",
    ),
    (
        "presence_events",
        "SELECT uid || ' ' || at, 'no article' FROM presence_events WHERE uid NOT IN (SELECT uid FROM articles)",
    ),
    (
        "bridges",
        "SELECT uid || ' ' || new_uid, 'no article' FROM bridges WHERE uid NOT IN (SELECT uid FROM articles) "
        "OR new_uid NOT IN (SELECT uid FROM articles)",
    ),
)
"""(table, query of damaged rows: key, what is wrong)."""

_NAMED = (
    ("articles", "SELECT uid, uid, url_key FROM articles"),
    (
        "sightings",
        "SELECT id, uid, target_key FROM sightings s WHERE uid IS NOT NULL AND NOT EXISTS "
        "(SELECT 1 FROM articles a WHERE a.uid = s.uid AND a.url_key <> s.target_key)",
    ),
)
"""Rows whose uid must be the hash of their url_key: all but sightings of another address of an article."""
_BYTES = (
    ("captures", "SELECT id, sha256 FROM captures WHERE sha256 <> ''"),
    ("articles", "SELECT uid, sha256 FROM articles"),
    ("revisions", "SELECT version, sha256 FROM revisions"),
    ("view_observations", "SELECT uid || ' ' || observed_at, sha256 FROM view_observations WHERE sha256 <> ''"),
    ("attachments", "SELECT uid || ' ' || position, sha256 FROM attachments WHERE sha256 IS NOT NULL"),
)
_TEXTS = (
    ("articles", "SELECT uid, body, text_sha256 FROM articles"),
    ("revisions", "SELECT version, body, text_sha256 FROM revisions"),
)


def verify(archive: Archive, progress: Callable[[int], None] = lambda _: None) -> Iterator[Fault]:
    """Every fault that can be found, file by file. progress: called with the number of pages hashed so far.
    What a damaged file refuses to give is a fault too, and the rest is still checked."""
    for file, connection in (("main", archive.connection), ("pages", archive.pages.connection)):
        yield from _integrity(file, connection)
    for check in (_references, _names, _texts):
        yield from _guarded("main", check(archive.connection))
    yield from _guarded("pages", _pages(archive.pages, progress))
    yield from _guarded("pages", _held(archive))


def _guarded(file: str, faults: Iterator[Fault]) -> Iterator[Fault]:
    try:
        yield from faults
    except (sqlite3.Error, UnicodeError) as error:
        yield Fault(file, "", "", f"cannot be read on: {error}")


def _integrity(file: str, connection: sqlite3.Connection) -> Iterator[Fault]:
    try:
        for (line,) in connection.execute("PRAGMA integrity_check"):
            if line != "ok":
                yield from (Fault(file, "", "", part) for part in line.splitlines())
    except sqlite3.Error as error:
        yield Fault(file, "", "", str(error))


def _references(connection: sqlite3.Connection) -> Iterator[Fault]:
    for table, sql in _REFERENCES:
        for row, fault in connection.execute(sql):
            yield Fault("main", table, str(row), fault)


def _names(connection: sqlite3.Connection) -> Iterator[Fault]:
    for table, sql in _NAMED:
        for row, name, key in connection.execute(sql):
            if uid(key) != name:
                yield Fault("main", table, str(row), f"uid {name} is not that of {key}")


def _texts(connection: sqlite3.Connection) -> Iterator[Fault]:
    for table, sql in _TEXTS:
        for row, body, name in connection.execute(sql):
            if digest("".join(body.split()).encode("utf-8", "surrogatepass")) != name:
                yield Fault("main", table, str(row), "the body has another hash than text_sha256")


def _pages(pages: PageStore, progress: Callable[[int], None]) -> Iterator[Fault]:
    """Dictionaries first: a damaged one would be found in each page that needs it."""
    connection = pages.connection
    for (name,) in connection.execute("SELECT sha256 FROM dictionaries").fetchall():
        data = connection.execute("SELECT data FROM dictionaries WHERE sha256 = ?", (name,)).fetchone()[0]
        if digest(data) != name:
            yield Fault("pages", "dictionaries", name, "the dictionary has another hash")
    names = connection.execute("SELECT sha256, size FROM pages ORDER BY rowid")
    for number, (name, size) in enumerate(names, 1):
        yield from _page(pages, name, size)
        progress(number)


def _page(pages: PageStore, name: str, size: int) -> Iterator[Fault]:
    try:
        body = pages.get(name)
    except Failure as failure:
        yield Fault("pages", "pages", name, failure.sentence)
        return
    if body is None:
        yield Fault("pages", "pages", name, "the row cannot be found by its hash")
    elif len(body) != size:
        yield Fault("pages", "pages", name, f"size says {size}, it has {len(body)} bytes")


def redacted(archive: Archive) -> int:
    """Texts that were taken out of the archive; their bytes are missed by nobody."""
    return (
        int(archive.connection.execute("SELECT count(*) FROM redactions").fetchone()[0])
        if _has_redactions(archive)
        else 0
    )


def _has_redactions(archive: Archive) -> bool:
    """Whether the archive is new enough to have the table."""
    sql = "SELECT 1 FROM sqlite_master WHERE name = 'redacted_hashes'"
    return archive.connection.execute(sql).fetchone() is not None


def _held(archive: Archive) -> Iterator[Fault]:
    known = "SELECT sha256 FROM redacted_hashes WHERE kind = 'bytes'"
    taken_out = {row[0] for row in archive.connection.execute(known)} if _has_redactions(archive) else set[str]()
    for table, sql in _BYTES:
        for row, name in archive.connection.execute(sql):
            if name not in taken_out and archive.pages.connection.execute(_HELD, (name,)).fetchone() is None:
                yield Fault("main", table, str(row), f"its bytes {name} are not in the pages file")
