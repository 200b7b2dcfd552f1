"""How many articles hold each character: the count of a single one is read instead of gathered from the whole index.

The index is emptied, since these counts are taken when an article goes in; the next command that may write fills it again, and until
then a search reads the articles themselves. Meanings of tables and columns: archive/dictionary.
"""

from __future__ import annotations

from sqlite_utils import Database

_STATEMENTS = (
    "CREATE TABLE search_characters (char TEXT PRIMARY KEY, articles INTEGER NOT NULL) STRICT, WITHOUT ROWID",
    "INSERT INTO search_index (search_index) VALUES ('delete-all')",
    "DELETE FROM search_stale",
    "UPDATE search_state SET watermark = 0",
)


def apply(db: Database) -> None:
    """Empty, like the index."""
    for statement in _STATEMENTS:
        db.execute(statement)
