"""Evidence of presence: every time an article was not found, or was back, as a row; an index for the captures beside it.

Meanings of tables and columns: archive/schema.py.
"""

from __future__ import annotations

from sqlite_utils import Database

_STATEMENTS = (
    "CREATE TABLE presence_events (uid TEXT NOT NULL, at TEXT NOT NULL, kind TEXT NOT NULL, witness TEXT, vantage TEXT, "
    "PRIMARY KEY (uid, at, kind)) STRICT, WITHOUT ROWID",
    "CREATE INDEX captures_of_articles ON captures (site, fetched_at) WHERE kind = 'article' AND response_class = 'ok'",
)


def apply(db: Database) -> None:
    """One table and one partial index."""
    for statement in _STATEMENTS:
        db.execute(statement)
