"""Where an article that is no longer found at its address stands now; the view of those that are not found names the new place.

Meanings of tables and columns: archive/dictionary/.
"""

from __future__ import annotations

from sqlite_utils import Database

_STATEMENTS = (
    "CREATE TABLE bridges (uid TEXT NOT NULL, new_uid TEXT NOT NULL, at TEXT NOT NULL, evidence TEXT NOT NULL, "
    "PRIMARY KEY (uid, new_uid)) STRICT, WITHOUT ROWID",
    "DROP VIEW no_longer_found",
    "CREATE VIEW no_longer_found AS SELECT a.uid, a.site, a.title, a.publish_date, a.url, a.presence, a.presence_since, "
    "a.last_seen AS last_good_capture, n.uid AS new_uid, n.url AS new_url, b.evidence AS bridge "
    "FROM articles a LEFT JOIN (SELECT uid, max(new_uid) AS new_uid, evidence FROM bridges GROUP BY uid) b ON b.uid = a.uid "
    "LEFT JOIN articles n ON n.uid = b.new_uid WHERE a.presence <> 'alive'",
)


def apply(db: Database) -> None:
    """One table, and the view again with three columns more."""
    for statement in _STATEMENTS:
        db.execute(statement)
