"""Texts that were taken out for good: a tombstone for each, and the hashes by which its bytes and its text are known again.

Meanings of tables and columns: archive/schema.py.
"""

from __future__ import annotations

from sqlite_utils import Database

_STATEMENTS = (
    "CREATE TABLE redactions (uid TEXT PRIMARY KEY, url_key TEXT NOT NULL, site TEXT NOT NULL, reason TEXT NOT NULL, "
    "redacted_at TEXT NOT NULL) STRICT, WITHOUT ROWID",
    "CREATE TABLE redacted_hashes (sha256 TEXT NOT NULL, kind TEXT NOT NULL CHECK (kind IN ('bytes', 'text')), uid TEXT NOT NULL, "
    "PRIMARY KEY (sha256, kind, uid)) STRICT, WITHOUT ROWID",
)


def apply(db: Database) -> None:
    """Two small tables, empty in most archives."""
    for statement in _STATEMENTS:
        db.execute(statement)
