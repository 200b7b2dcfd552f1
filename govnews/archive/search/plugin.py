"""Plugin of sqlite-utils and of Datasette: the search's own SQL functions on every connection they open.

    govnews_bigrams(text)   the text as the index holds it
    govnews_query(typed)    what a person typed, the whole language, as a query for search_index

    SELECT … FROM search_index WHERE search_index MATCH govnews_query(:q)

Without them the plain SQL of `canned` does the same for words and phrases. May import: pluggy, its neighbours in this room.
"""

from __future__ import annotations

import sqlite3
from functools import cache

from pluggy import HookimplMarker

from govnews.archive.search.folding import Folding, packaged_rows
from govnews.archive.search.language import match_string, parse


@HookimplMarker("sqlite_utils")
@HookimplMarker("datasette")
def prepare_connection(conn: sqlite3.Connection) -> None:
    """Registers the functions. Folding is that of the database, read when first asked; of govnews, where it has none."""

    @cache
    def folding() -> Folding:
        if conn.execute("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'folding'").fetchone():
            return Folding(tuple(row) for row in conn.execute("SELECT char, folded FROM folding"))
        return Folding(packaged_rows())

    @cache
    def small() -> bool:
        made = conn.execute("SELECT sql FROM sqlite_master WHERE name = 'search_index'").fetchone()
        return made is not None and "detail=none" in made[0]

    def bigrams(text: str | None) -> str | None:
        return None if text is None else folding().tokens(str(text))

    def query(typed: str | None) -> str | None:
        node = parse(str(typed or ""), folding())
        return None if node is None else match_string(node, small=small())

    conn.create_function("govnews_bigrams", 1, bigrams)
    conn.create_function("govnews_query", 1, query)
