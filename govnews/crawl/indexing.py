"""The search index, once a crawl is over and its run row is written: nothing of the crawl hangs on it.

May import: archive, model.
"""

from __future__ import annotations

import logging
import signal
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from govnews.archive import Archive
from govnews.archive.search.index import update_index
from govnews.model import Failure

_log = logging.getLogger(__name__)


def index(archive: Archive) -> None:
    """Takes what the crawl stored into the index. What fails here, or is ended by Ctrl-C, is caught up by the next search."""
    try:
        with _interruptible():
            update_index(archive)
    except (Failure, sqlite3.Error, KeyboardInterrupt) as error:
        _log.warning("the search index is not up to date (%s); the next search catches up", error or "interrupted")


@contextmanager
def _interruptible() -> Iterator[None]:
    """Scrapy's handler stays after its reactor is gone, and would swallow Ctrl-C."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
