"""Rows of lists that print month and day get their whole day, marked as inferred; what was printed stays as it was.

Meanings of tables and columns: archive/schema.py.
"""

from __future__ import annotations

from sqlite_utils import Database


def apply(db: Database) -> None:
    """Two columns more of table sightings."""
    db.execute("ALTER TABLE sightings ADD COLUMN list_day TEXT")
    db.execute("ALTER TABLE sightings ADD COLUMN year_inferred INTEGER NOT NULL DEFAULT 0")
    db.execute("UPDATE sightings SET list_day = list_date WHERE list_date NOT LIKE '--%'")
