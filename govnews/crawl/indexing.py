"""The search index and what else is made from articles, once a crawl is over and its run row is written: nothing of the crawl
hangs on it.

May import: archive, sites, model.
"""

from __future__ import annotations

import logging
import signal
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from govnews.archive import Archive
from govnews.archive.leaders import update_mentions
from govnews.archive.search.index import update_index
from govnews.archive.source_kinds import update_source_kinds
from govnews.model import Failure
from govnews.sites.source_kinds import sorted_source

_log = logging.getLogger(__name__)


def index(archive: Archive) -> None:
    """Takes what the crawl stored into the index, sorts its sources and counts its mentions of leaders. What fails here, or is ended
    by Ctrl-C, is caught up by the next search, `govnews sources` or `govnews leaders count`."""
    try:
        with _interruptible():
            update_index(archive)
    except (Failure, sqlite3.Error, KeyboardInterrupt) as error:
        _log.warning("the search index is not up to date (%s); the next search catches up", error or "interrupted")
    try:
        with _interruptible():
            update_source_kinds(archive, sorted_source)
            update_mentions(archive)
    except (Failure, sqlite3.Error, KeyboardInterrupt) as error:
        _log.warning(
            "sources and mentions are not up to date (%s): govnews sources, govnews leaders count",
            error or "interrupted",
        )


@contextmanager
def _interruptible() -> Iterator[None]:
    """Scrapy's handler stays after its reactor is gone, and would swallow Ctrl-C."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
