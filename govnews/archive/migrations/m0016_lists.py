"""Indexes of the few rows of lists among many of articles: coverage and health ask for them site by site."""

from __future__ import annotations

from sqlite_utils import Database

_INDEXES = (
    "CREATE INDEX IF NOT EXISTS captures_of_lists ON captures (site, fetched_at) WHERE task = 'list'",
    "CREATE INDEX IF NOT EXISTS frontier_lists ON frontier (site, url) WHERE kind = 'list'",
)


def apply(db: Database) -> None:
    """Some archives have them already, made together with the tables of coverage."""
    for statement in _INDEXES:
        db.execute(statement)
