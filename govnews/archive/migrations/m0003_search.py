"""The search index: overlapping pairs of characters in a contentless FTS5 table, named by version, never changed once written.

The categories make every character but the blank a part of a word, so that what is a letter is decided by table `folding` alone
and not by the Unicode version of whichever SQLite opens the file. Read by any SQLite with FTS5 from 3.40 on.
"""

from __future__ import annotations

from sqlite_utils import Database

from govnews.archive.search.folding import packaged_rows

_TABLES = """
CREATE TABLE folding (char TEXT PRIMARY KEY, folded TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE VIRTUAL TABLE search_index USING fts5 (
    title, body, month, content='', tokenize="unicode61 remove_diacritics 0 categories 'L* M* N* P* S* C*'"
);
CREATE TABLE search_state (id INTEGER PRIMARY KEY CHECK (id = 1), watermark INTEGER NOT NULL, updated_at TEXT) STRICT;
CREATE TABLE search_stale (version INTEGER PRIMARY KEY) STRICT;
"""


def apply(db: Database) -> None:
    """Empty: filling it is `update_index`."""
    for statement in _TABLES.split(";\n"):
        if statement.strip():
            db.execute(statement)
    db.execute("INSERT INTO search_index (search_index, rank) VALUES ('rank', 'bm25(10.0, 1.0, 0.0)')")
    db.execute("INSERT INTO search_state VALUES (1, 0, NULL)")
    db.conn.executemany("INSERT INTO folding VALUES (?, ?)", packaged_rows())
