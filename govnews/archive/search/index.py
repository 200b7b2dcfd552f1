"""Filling the search index: outside the crawl's hot path, from a watermark, append-only.

A row of the index is named by the version it holds and never changed. Versions above the watermark are not in it yet: a search reads
those from the articles themselves. Versions that were superseded stay in it and are listed in `search_stale`. May import: model, its
neighbours in this room.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable

from govnews.archive.database import Archive
from govnews.archive.search.characters import counted, distinct
from govnews.archive.search.folding import Folding
from govnews.archive.search.form import is_small, make_empty
from govnews.archive.transaction import transaction
from govnews.archive.writer import utc_now
from govnews.model import Failure

BATCH = 1000
"""Articles of one transaction: about a second in which nobody else can write."""
_HASH = 64 * 2**20
"""Bytes the index gathers before it writes a segment; saves a third of the time, see docs/decisions."""
_NEXT = "SELECT version, title, body, publish_date FROM articles WHERE version > ? ORDER BY version LIMIT ?"
_SUPERSEDED = (
    "SELECT r.version, r.title, r.body FROM articles a CROSS JOIN revisions r USING (uid) "
    "WHERE a.version > ?1 AND a.version <= ?2 AND r.version <= ?1 AND r.version NOT IN (SELECT version FROM search_stale) "
    "AND EXISTS (SELECT 1 FROM search_index f WHERE f.rowid = r.version)"
)
"""Not every old version is in the index: one that was replaced before the index got there never went in."""
_LAG = "SELECT count(*) FROM articles WHERE version > (SELECT watermark FROM search_state)"


def folding_of(archive: Archive) -> Folding:
    """The folding table of an archive, read once for as long as it is open. Raises Failure `old_schema` for an archive that was
    opened read-only before a newer govnews could add it."""
    if archive.folding is None:
        if not archive.has("folding"):
            why = f"{archive.path} was written by an older govnews and has no search index"
            raise Failure("old_schema", why, hint="open it once where it can be written: govnews site list --db PATH")
        archive.folding = Folding(tuple(row) for row in archive.connection.execute("SELECT char, folded FROM folding"))
    return archive.folding


def month_token(date: str | None) -> str:
    """The word that stands for a month in the index's column `month`; no text gives it, because no text holds a sign there."""
    return f"#{date[:4]}{date[5:7]}" if date else "#none"


def lag(archive: Archive) -> int:
    """Articles that are not in the index yet."""
    return int(archive.connection.execute(_LAG).fetchone()[0])


def update_index(
    archive: Archive, *, rebuild: bool = False, small: bool | None = None, progress: Callable[[int], None] | None = None
) -> int:
    """Brings the index up to the newest article and returns how many it took in. Small transactions: a kill loses at most one
    batch of work and nothing else, and readers are never stopped.

    rebuild: empty it first, which also clears superseded versions away. small: the form it shall have (see `form`), which empties it
    when it has the other; null leaves its form. progress: called with the articles done so far.
    """
    connection, folding = archive.connection, folding_of(archive)
    if rebuild or small not in (None, is_small(archive)):
        with transaction(connection):
            make_empty(archive, small=small)
    with contextlib.suppress(sqlite3.Error):  # not among FTS5's public settings: a help, never a need
        connection.execute("INSERT INTO search_index (search_index, rank) VALUES ('hashsize', ?)", (_HASH,))
    before = int(connection.execute("SELECT count(*) FROM articles").fetchone()[0]) - lag(archive)
    done = 0
    while taken := _batch(archive, folding):
        done += taken
        if progress:
            progress(done)
    if done > max(BATCH, before):  # mostly new: one segment answers faster than many
        connection.execute("INSERT INTO search_index (search_index) VALUES ('optimize')")
    return done


def _batch(archive: Archive, folding: Folding) -> int:
    connection = archive.connection
    with transaction(connection):
        # The lock for writing comes first, so that the watermark read below is still true when it is moved.
        connection.execute("UPDATE search_state SET updated_at = ?", (utc_now(),))
        watermark = connection.execute("SELECT watermark FROM search_state").fetchone()[0]
        rows = connection.execute(_NEXT, (watermark, BATCH)).fetchall()
        if not rows:
            return 0
        words = [(v, folding.tokens(t or ""), folding.tokens(b), month_token(day)) for v, t, b, day in rows]
        connection.executemany("INSERT INTO search_index (rowid, title, body, month) VALUES (?, ?, ?, ?)", words)
        newest = rows[-1][0]
        superseded = connection.execute(_SUPERSEDED, (watermark, newest)).fetchall()
        connection.executemany("INSERT INTO search_stale VALUES (?)", ((version,) for version, *_ in superseded))
        # Every folded character is in some word: no text has to be folded again.
        counted(connection, (set(title).union(body) - {" "} for _, title, body, _ in words))
        counted(connection, (distinct(folding, title, body) for _, title, body in superseded), sign=-1)
        connection.execute("UPDATE search_state SET watermark = ?", (newest,))
    return len(rows)
