"""How many articles hold a character: counted when the index takes an article in, so that asking for one is reading one row.

A single character is the one question the index of pairs answers slowly: every pair that begins with it is a word of its own, and
their lists together are as long as the archive. May import: its neighbours in this room, the standard library.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable

from govnews.archive.search.folding import Folding

_ADD = "INSERT INTO search_characters VALUES (?, ?) ON CONFLICT DO UPDATE SET articles = search_characters.articles + excluded.articles"


def distinct(folding: Folding, title: str | None, body: str) -> set[str]:
    """The folded characters of an article, without signs. Each is folded once, however often it stands there."""
    return set(folding.fold("".join(set(title or "") | set(body)))) - {" "}


def counted(connection: sqlite3.Connection, articles: Iterable[set[str]], *, sign: int = 1) -> None:
    """Counts articles in, or with sign -1 out, by their characters as the index has them. In the caller's transaction, which also
    changes the index."""
    found: Counter[str] = Counter()
    for characters in articles:
        found.update(characters)
    connection.executemany(_ADD, ((char, sign * number) for char, number in found.items()))


def holding(connection: sqlite3.Connection, char: str) -> int:
    """Articles of the index that hold a folded character, those it lists as superseded left out."""
    row = connection.execute("SELECT articles FROM search_characters WHERE char = ?", (char,)).fetchone()
    return int(row[0]) if row else 0
