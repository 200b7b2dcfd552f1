"""The search as plain SQL, for the sqlite3 shell, sqlite-utils, pandas and Datasette: no function of ours is needed.

Parameters: :q, what is typed (words that must all be there, "phrases"; no AND, OR, NOT, brackets), and :limit in SEARCH_SQL.
May import: the standard library.
"""

from __future__ import annotations

from importlib.resources import files


def _read(name: str) -> str:
    return (files("govnews.archive.search") / name).read_text("utf-8")


def _filled(name: str) -> str:
    return _read(name).replace("{split}", _read("split.sql").strip())


SEARCH_SQL = _filled("search.sql")
"""The newest hits: uid, publish_date, province, county, title, source, view_count, url, around (the text at the hit)."""
COUNT_SQL = _filled("count.sql")
"""Hits by month: month, articles."""
