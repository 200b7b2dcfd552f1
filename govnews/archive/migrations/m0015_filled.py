"""How much of a month is known from imported files only, beside what lists showed and the crawl archived.

Meaning of the column: archive/dictionary/6-study.txt.
"""

from __future__ import annotations

from sqlite_utils import Database


def apply(db: Database) -> None:
    """Null until `govnews coverage` works it out again."""
    db.execute("ALTER TABLE coverage_county_month ADD COLUMN left_truncated INTEGER")
