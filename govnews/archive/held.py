"""An archive that nobody else writes to as long as it is held. May import: database, lock and writer of this room."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from govnews.archive.database import Archive, absent, open_archive
from govnews.archive.lock import crawl_lock
from govnews.archive.writer import utc_now


@contextmanager
def held_archive(path: Path, *, create: bool = False) -> Iterator[Archive]:
    """The archive at `path`, open for writing under its lock; a mistyped path leaves no lock file behind.

    Raises Failure: `no_archive` unless `create`, `locked`, and those of `open_archive`.
    """
    if not create and not path.exists():
        raise absent(path)
    with crawl_lock(path, started_at=utc_now()), open_archive(path, create=create) as archive:
        yield archive
