"""The form of the index: full, twice the size of the text, or small, half of it, for very large archives: pairs without their places.

The small form knows which articles hold all pairs of a word, not whether they stand one after another: every hit of a word of three
and more characters is read before it counts. It cannot rank. May import: model, its neighbours in this room.
"""

from __future__ import annotations

from govnews.archive.database import Archive
from govnews.model import Failure

_FULL, _SMALL = "content='',", "content='', detail=none,"
_CREATE = (
    "CREATE VIRTUAL TABLE search_index USING fts5 (title, body, month, content='', "
    "tokenize=\"unicode61 remove_diacritics 0 categories 'L* M* N* P* S* C*'\")"
)
"""As the migration makes it: for an archive from which it was taken out to save the space."""
_RANK = "INSERT INTO search_index (search_index, rank) VALUES ('rank', 'bm25(10.0, 1.0, 0.0)')"
_MADE = "SELECT sql FROM sqlite_master WHERE name = 'search_index'"


def is_small(archive: Archive) -> bool:
    """Whether the index of this archive has the small form. Raises Failure `no_index` when somebody dropped it."""
    if not (made := _made(archive)):
        why = f"{archive.path} has no search index"
        raise Failure(
            "no_index",
            why,
            hint="govnews index --rebuild makes it",
            zh="本档案没有检索索引：govnews index --rebuild 可重建",
        )
    return _SMALL in made


def _made(archive: Archive) -> str:
    """The statement that made the index; "" when it is not there."""
    row = archive.connection.execute(_MADE).fetchone()
    return str(row[0]) if row else ""


def make_empty(archive: Archive, *, small: bool | None = None) -> None:
    """An empty index in the place of the present one, which `update_index` fills. small: its form; null: the one it has. In the
    caller's transaction."""
    execute, made = archive.connection.execute, _made(archive)
    if made and (small is None or small == (_SMALL in made)):
        execute("INSERT INTO search_index (search_index) VALUES ('delete-all')")
    else:
        sql = (made or _CREATE).replace(_SMALL, _FULL)
        execute("DROP TABLE IF EXISTS search_index")
        execute(sql.replace(_FULL, _SMALL) if small else sql)
        execute(_RANK)
    execute("DELETE FROM search_stale")
    execute("DELETE FROM search_characters")
    execute("UPDATE search_state SET watermark = 0")
