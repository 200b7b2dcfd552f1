"""The archive: SQLite tables, raw pages, units and their one writer, the frontier, the read side.

Lives here: everything that knows SQL. May import: extraction (identity) and below, sqlite3, sqlite_utils, zstd. May not: Scrapy,
the registry, the command line.
"""

from govnews.archive.bridges import build_bridges
from govnews.archive.database import Archive, explain, open_archive, require_pages, require_views
from govnews.archive.frontier import Frontier, queue_witness, task_key
from govnews.archive.held import held_archive
from govnews.archive.lock import crawl_lock
from govnews.archive.reached import HEALTHY, newest_runs, reached
from govnews.archive.redirected import redirected
from govnews.archive.runs import (
    finish_run,
    learn,
    learn_family,
    learned,
    learned_of,
    load_division_changes,
    load_divisions,
    remember_sites,
    start_run,
)
from govnews.archive.schema import SCHEMA
from govnews.archive.unit import ListRead, Observation, Outcome, Sighting, Unit
from govnews.archive.writer import Writer, utc_now

__all__ = [
    "HEALTHY",
    "SCHEMA",
    "Archive",
    "Frontier",
    "ListRead",
    "Observation",
    "Outcome",
    "Sighting",
    "Unit",
    "Writer",
    "build_bridges",
    "crawl_lock",
    "explain",
    "finish_run",
    "held_archive",
    "learn",
    "learn_family",
    "learned",
    "learned_of",
    "load_division_changes",
    "load_divisions",
    "newest_runs",
    "open_archive",
    "queue_witness",
    "reached",
    "redirected",
    "remember_sites",
    "require_pages",
    "require_views",
    "start_run",
    "task_key",
    "utc_now",
]
