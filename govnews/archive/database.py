"""Opening an archive: one SQLite file for what is known, a second one beside it for the raw pages.

May import: model, its neighbours in this room, sqlite_utils.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from govnews.archive.migrations import known, migrations
from govnews.archive.pages import PageStore, pages_path
from govnews.archive.schema import SCHEMA
from govnews.archive.search.folding import Folding
from govnews.model import Failure

if TYPE_CHECKING:
    from sqlite_utils import Database

APPLICATION_ID = 0x474E5753
"""`GNWS`, in the header of the file: what `file` and we know an archive by."""
BUSY = 30_000
"""Milliseconds to wait for another process that is writing."""


class Archive:
    """An open archive. `db`: the main file through sqlite-utils; `connection`: the same, raw; `pages`: the raw pages."""

    def __init__(self, path: Path, connection: sqlite3.Connection, pages: PageStore) -> None:
        self.path = path
        self.connection = connection
        self.pages = pages
        self.folding: Folding | None = None  # read from table folding by the first search

    @cached_property
    def db(self) -> Database:
        """The main file through sqlite-utils, imported when it is asked for: it imports pandas too, where that is installed."""
        from sqlite_utils import Database

        return Database(self.connection)

    def has(self, table: str) -> bool:
        """Whether there is such a table or view: an archive opened to be read may be older than this govnews."""
        return self.connection.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (table,)).fetchone() is not None

    def __enter__(self) -> Archive:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Folds the write-ahead log in, so that one file can be copied, and closes both files."""
        for connection in (self.connection, self.pages.connection):
            with contextlib.suppress(
                sqlite3.Error
            ):  # a reader holds it, or the file is read-only: the log stays beside the file
                connection.execute("PRAGMA journal_mode = DELETE")
            connection.close()


def open_archive(path: str | Path, *, create: bool = True, read_only: bool = False) -> Archive:
    """Opens (and, with `create`, makes) the archive at `path` and brings its schema up to date.

    Raises Failure: `no_archive`, `not_a_database`, `not_an_archive`, `newer_schema`, `read_only`, `cannot_open`.
    """
    path = Path(path)
    exists = path.exists()
    if not exists and (read_only or not create):
        raise absent(path)
    if exists and path.is_dir():
        raise Failure("cannot_open", f"{path} is a folder, not a database file")
    with contextlib.ExitStack() as half_open:
        at = path
        try:
            if not read_only:
                path.parent.mkdir(parents=True, exist_ok=True)
            connection = half_open.enter_context(contextlib.closing(_connect(path, read_only)))
            _check(connection, path, read_only)
            if not read_only:
                _back_up(connection, path)
                _migrate(connection)
                connection.execute("PRAGMA journal_mode = WAL")
                connection.execute("PRAGMA synchronous = NORMAL")
            at = pages_path(path)
            pages = PageStore.open(at, read_only=read_only)
        except (sqlite3.Error, OSError) as error:
            raise explain(error, at) from error
        half_open.pop_all()
    return Archive(path, connection, pages)


def absent(path: Path) -> Failure:
    """What to say of an archive that is not there."""
    return Failure("no_archive", f"there is no archive at {path}", hint=_first(path))


def _first(path: Path) -> str:
    """What to do where no archive is. The demo writes one of its own, which no command reads unless it is told."""
    demo = path.with_name("demo.db")
    if demo != path and demo.is_file():
        return f"the demo's is read with --db {demo}"
    return "crawl or import something first; to try it: govnews demo, then --db data/demo.db"


def require_pages(path: Path) -> None:
    """For what reads stored pages to change them. Raises Failure `no_pages` for an archive that was copied without its second file."""
    beside = pages_path(path)
    if path.is_file() and path.stat().st_size and not beside.exists():
        raise Failure("no_pages", f"{beside} is missing: the pages that {path} was read from", hint="copy both files")


def require_views(archive: Archive) -> None:
    """For readers that ask every table and view. Raises Failure `old_schema` for an archive that was opened to be read and still
    lacks some."""
    have = {row[0] for row in archive.connection.execute("SELECT name FROM sqlite_master")}
    if missing := [t.name for t in SCHEMA if t.name not in have]:
        raise Failure(
            "old_schema",
            f"{archive.path} was written by an older govnews: it has no {missing[0]}",
            hint="a crawl or an import into it brings it up to date",
        )


def _connect(path: Path, read_only: bool) -> sqlite3.Connection:
    """Autocommit, so that transactions are only those we write down."""
    mode = "ro" if read_only else "rwc"
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}", uri=True, isolation_level=None, timeout=BUSY / 1000
    )
    connection.row_factory = sqlite3.Row
    return connection


def _check(connection: sqlite3.Connection, path: Path, read_only: bool) -> None:
    """Refuses what is not ours, from a newer version or (to read) still empty, before anything is read or changed."""
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    tables = _tables(connection)
    if tables and application != APPLICATION_ID:
        raise Failure("not_an_archive", f"{path} is a database, but not a govnews archive")
    if read_only and not tables:
        raise Failure("no_archive", f"{path} is empty: there is no archive in it yet", hint=_first(path))
    if newer := _applied(connection) - set(known()):
        raise Failure(
            "newer_schema",
            f"{path} was written by a newer govnews (it has {', '.join(sorted(newer))})",
            hint="update govnews; the file was left as it is",
        )


def _tables(connection: sqlite3.Connection) -> set[str]:
    return {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}


def _applied(connection: sqlite3.Connection) -> set[str]:
    """Migrations that the archive has had, from the book that sqlite-utils keeps."""
    if "_sqlite_migrations" not in _tables(connection):
        return set()
    return {row[0] for row in connection.execute("SELECT name FROM _sqlite_migrations WHERE migration_set = 'govnews'")}


def _pending(connection: sqlite3.Connection) -> list[str]:
    """Migrations it has not had yet, in order."""
    applied = _applied(connection)
    return [name for name in known() if name not in applied]


def _back_up(connection: sqlite3.Connection, path: Path) -> None:
    """Before an older archive is brought up to date, a copy of its main file beside it: `a.before-m0004_evidence.db`. The pages
    file does not change. GOVNEWS_BACKUP=0 does without."""
    pending = _pending(connection)
    if not _tables(connection) or not pending or os.environ.get("GOVNEWS_BACKUP") == "0":
        return
    copy = path.with_name(f"{path.stem}.before-{pending[0]}{path.suffix}")
    if copy.exists():
        return
    part = copy.with_name(copy.name + ".part")
    part.unlink(missing_ok=True)
    connection.execute("VACUUM INTO ?", (str(part),))
    part.rename(copy)


def _migrate(connection: sqlite3.Connection) -> None:
    if not _pending(connection):
        return
    from sqlite_utils import Database

    db = Database(connection)
    with db.atomic():
        migrations().apply(db)
        db.execute(f"PRAGMA application_id = {APPLICATION_ID}")


def explain(error: Exception, path: Path) -> Failure:
    """What a fault of SQLite or of the file system means for a person."""
    text = str(error)
    if "not a database" in text or "malformed" in text:
        return Failure("not_a_database", f"{path} is not a database")
    if "readonly" in text or "read-only" in text or isinstance(error, PermissionError):
        return Failure(
            "read_only", f"{path} (or its folder) cannot be written", hint="choose another place with --db PATH"
        )
    if "full" in text or "disk I/O" in text:  # the latter: a quota, a limit on file sizes or a fault of the disk
        why = "the disk is full" if "full" in text else "the disk refuses"
        return Failure("disk_full", f"{why}: {path} could not be written", hint="what was committed before is safe")
    if "locked" in text:
        return Failure("busy", f"another program is writing to {path}")
    return Failure("cannot_open", f"{path} cannot be opened: {text}")
