"""The form of the index: full, twice the size of the text, or small, half of it, for very large archives: pairs without their places.

The small form knows which articles hold all pairs of a word, not whether they stand one after another: every hit of a word of three
and more characters is read before it counts. It cannot rank. May import: its neighbours in this room.
"""

from __future__ import annotations

from govnews.archive.database import Archive

_FULL, _SMALL = "content='',", "content='', detail=none,"
_RANK = "INSERT INTO search_index (search_index, rank) VALUES ('rank', 'bm25(10.0, 1.0, 0.0)')"
_MADE = "SELECT sql FROM sqlite_master WHERE name = 'search_index'"


def is_small(archive: Archive) -> bool:
    """Whether the index of this archive has the small form."""
    return _SMALL in archive.connection.execute(_MADE).fetchone()[0]


def make_empty(archive: Archive, *, small: bool | None = None) -> None:
    """An empty index in the place of the present one, which `update_index` fills. small: its form; null: the one it has. In the
    caller's transaction."""
    execute = archive.connection.execute
    if small is None or small == is_small(archive):
        execute("INSERT INTO search_index (search_index) VALUES ('delete-all')")
    else:
        sql = execute(_MADE).fetchone()[0].replace(_SMALL, _FULL)
        execute("DROP TABLE search_index")
        execute(sql.replace(_FULL, _SMALL) if small else sql)
        execute(_RANK)
    execute("DELETE FROM search_stale")
    execute("DELETE FROM search_characters")
    execute("UPDATE search_state SET watermark = 0")
