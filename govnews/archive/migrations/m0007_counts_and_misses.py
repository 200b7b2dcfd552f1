"""Two counts of an article that were read in the same second by the same method are both kept: the value is a part of the key.
And an index of the few answers without an article, which the writer looks for at every capture.

Two archives that are merged may each have asked in that second; keeping one would lose what the other saw.
Meanings of tables and columns: archive/schema.py.
"""

from __future__ import annotations

from sqlite_utils import Database

_STATEMENTS = (
    "ALTER TABLE view_observations RENAME TO view_observations_before",
    "CREATE TABLE view_observations (uid TEXT NOT NULL, observed_at TEXT NOT NULL, method TEXT NOT NULL, value INTEGER NOT NULL, "
    "approximate INTEGER NOT NULL, sha256 TEXT NOT NULL, PRIMARY KEY (uid, observed_at, method, value)) STRICT, WITHOUT ROWID",
    "INSERT INTO view_observations SELECT uid, observed_at, method, value, approximate, sha256 FROM view_observations_before",
    "DROP TABLE view_observations_before",
    "CREATE INDEX captures_missed ON captures (url_key) WHERE response_class IN ('gone', 'soft_404')",
)


def apply(db: Database) -> None:
    """The table again, with a longer key; its rows as they were. A key of a table cannot be altered in place."""
    for statement in _STATEMENTS:
        db.execute(statement)
