"""Compaction of the raw pages: the pages of a site against a few pinned pages of the same site, as raw zstd dictionaries.

A frame carries a checksum, its dictionary stands once in table `dictionaries` under its own hash: `zstd -d -D dictionary` reads it
(docs/evidence.md shows how). Every group of pages is one transaction, so that a kill costs a group and no byte.
May import: model, its neighbours in this room, zstd.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from govnews.archive.database import Archive
from govnews.archive.pages import PageStore, digest, zstd
from govnews.archive.transaction import transaction

LEVEL = 12
"""zstd level: 19 saves a few hundredths more and takes some ten times as long (bench/pages.py)."""
GROUP = 1000
"""Pages that share a dictionary: a site's template changes with the years, and a dictionary must not weigh on few pages."""
PINNED = 3
"""Pages a dictionary is made of."""
LARGEST = 2**20
"""Bytes of a dictionary at most."""
BATCH = 50
"""Pages of one transaction."""
BLOCK = 16384
"""Bytes of a block of the file after a compaction."""
DONE = "zstd-compact"
"""Codec of a page that `compact` has seen to, with a dictionary or, where none helps, without."""

_OWED = "SELECT sha256 FROM pages WHERE site = ? AND codec = 'zstd' ORDER BY added_at, sha256 LIMIT ?"
_UNUSED = (
    "SELECT sha256 FROM captures UNION SELECT sha256 FROM articles UNION SELECT sha256 FROM revisions "
    "UNION SELECT sha256 FROM view_observations UNION SELECT sha256 FROM attachments WHERE sha256 IS NOT NULL"
)


@dataclass(slots=True)
class Compacted:
    """What a compaction did. before, after: bytes of all pages and dictionaries of the sites concerned."""

    pages: int = 0
    swept: int = 0
    before: int = 0
    after: int = 0


def compact(
    archive: Archive, *, now: str, site: str | None = None, progress: Callable[[int, int], None] = lambda _, __: None
) -> Compacted:
    """Compacts one site or all, and sweeps bytes that no row refers to. The caller holds the archive's lock, since bytes of a
    crawl stand a moment without a row. progress: (pages done, pages in all). Goes on where an earlier one was cut off.
    Raises sqlite3.Error, Failure `tampered` (the damaged page is left as it is)."""
    pages, done = archive.pages, Compacted()
    chosen = [site] if site is not None else [r[0] for r in pages.connection.execute("SELECT DISTINCT site FROM pages")]
    done.swept = _sweep(archive, chosen)
    done.before = _weight(pages, chosen)
    total = sum(_count(pages, each) for each in chosen)
    for each in chosen:
        for number in _site(pages, each, now):
            done.pages += number
            progress(done.pages, total)
    done.after = _weight(pages, chosen)
    if done.pages or done.swept:
        _shrink(pages.connection)
    return done


def _shrink(connection: sqlite3.Connection) -> None:
    """Gives the room back. Blocks of 16 KB hold small frames with little waste; SQLite changes their size only outside WAL."""
    with contextlib.suppress(sqlite3.OperationalError):  # a reader is there: the blocks stay as they are
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute(f"PRAGMA page_size = {BLOCK}")
    connection.execute("VACUUM")
    connection.execute("PRAGMA journal_mode = WAL")


def erase(pages: PageStore, sha256: str) -> bool:
    """Takes a page's bytes out of the file, out of dictionaries too: what depends on those is stored without one. Whether the page
    was there. The space is overwritten (`secure_delete`) and the log folded in. Raises sqlite3.Error, Failure `tampered`."""
    body = pages.get(sha256)
    if body is None:
        return False
    connection = pages.connection
    connection.execute("PRAGMA secure_delete = ON")
    with transaction(connection):
        for name, data in connection.execute("SELECT sha256, data FROM dictionaries").fetchall():
            if body in data:
                _release(pages, name)
        connection.execute("DELETE FROM pages WHERE sha256 = ?", (sha256,))
    pages.forget()
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return True


def _release(pages: PageStore, dictionary: str) -> None:
    """Stores what depends on a dictionary without it, and removes it."""
    connection = pages.connection
    names = connection.execute("SELECT sha256 FROM pages WHERE dictionary = ?", (dictionary,)).fetchall()
    for (name,) in names:
        _restore(pages, name, None, codec="zstd")
    connection.execute("DELETE FROM dictionaries WHERE sha256 = ?", (dictionary,))


def _site(pages: PageStore, site: str, now: str) -> Iterator[int]:
    """Compacts what a site owes, group by group; gives the number of pages after each transaction."""
    while group := [row[0] for row in pages.connection.execute(_OWED, (site, GROUP))]:
        dictionary = _latest(pages, site, len(group)) or _pin(pages, site, group, now)
        for start in range(0, len(group), BATCH):
            with transaction(pages.connection):
                for name in group[start : start + BATCH]:
                    _restore(pages, name, dictionary)
            yield min(BATCH, len(group) - start)


def _latest(pages: PageStore, site: str, more: int) -> tuple[str, zstd.ZstdDict] | None:
    """The newest dictionary of a site while its group has room for so many more pages: of a compaction that was cut off, or of
    the month before."""
    row = pages.connection.execute(
        "SELECT d.sha256, d.data, (SELECT count(*) FROM pages p WHERE p.dictionary = d.sha256) FROM dictionaries d WHERE d.site = ? "
        "ORDER BY d.made_at DESC, d.sha256 LIMIT 1",
        (site,),
    ).fetchone()
    if row is None or row[2] + more > 2 * GROUP:
        return None
    return row[0], zstd.ZstdDict(row[1], is_raw=True)


def _pin(pages: PageStore, site: str, group: list[str], now: str) -> tuple[str, zstd.ZstdDict] | None:
    """A dictionary of a few pages of the group, early, in the middle and late; null when there are too few to gain by it.
    The size in the middle is taken, so that an article page is pinned rather than a counter's reply or a video frame."""
    if len(group) <= PINNED:
        return None
    third = len(group) // PINNED
    chosen = [_typical(pages, group[n * third : (n + 1) * third]) for n in range(PINNED)]
    whole = [
        body for name in chosen if len(body := pages.get(name) or b"") <= LARGEST // PINNED
    ]  # `erase` looks for whole pages
    data = b"".join(whole)
    if not data:
        return None
    name = digest(data)
    pages.connection.execute("INSERT OR IGNORE INTO dictionaries VALUES (?, ?, ?, ?)", (name, site, now, data))
    return name, zstd.ZstdDict(data, is_raw=True)


def _typical(pages: PageStore, names: list[str]) -> str:
    """The page of middling size."""
    sizes = [pages.connection.execute("SELECT size FROM pages WHERE sha256 = ?", (n,)).fetchone()[0] for n in names]
    return sorted(zip(sizes, names, strict=True))[len(names) // 2][1]


def _restore(pages: PageStore, name: str, dictionary: tuple[str, zstd.ZstdDict] | None, codec: str = DONE) -> None:
    """Writes one page's bytes anew, with a dictionary where it gains by it. The bytes are checked against their hash before."""
    body = pages.get(name)
    assert body is not None
    data, used = compressed(body), None
    if dictionary and len(small := compressed(body, dictionary[1])) < len(data):
        data, used = small, dictionary[0]
    pages.connection.execute(
        "UPDATE pages SET data = ?, dictionary = ?, codec = ? WHERE sha256 = ?", (data, used, codec, name)
    )


def compressed(body: bytes, dictionary: zstd.ZstdDict | None = None) -> bytes:
    """One frame with a checksum."""
    options: dict[int, int] = {
        zstd.CompressionParameter.compression_level: LEVEL,
        zstd.CompressionParameter.checksum_flag: 1,
    }
    return zstd.compress(body, options=options, zstd_dict=dictionary)


def _sweep(archive: Archive, sites: list[str]) -> int:
    """Removes bytes without any row: of units whose second commit never came."""
    used = {row[0] for row in archive.connection.execute(_UNUSED)}
    connection, swept = archive.pages.connection, 0
    with transaction(connection):
        for site in sites:
            for (name,) in connection.execute("SELECT sha256 FROM pages WHERE site = ?", (site,)).fetchall():
                if name not in used:
                    connection.execute("DELETE FROM pages WHERE sha256 = ?", (name,))
                    swept += 1
            connection.execute(
                "DELETE FROM dictionaries WHERE site = ? AND sha256 NOT IN (SELECT dictionary FROM pages WHERE dictionary IS NOT NULL)",
                (site,),
            )
    return swept


def _count(pages: PageStore, site: str) -> int:
    sql = "SELECT count(*) FROM pages WHERE site = ? AND codec = 'zstd'"
    return int(pages.connection.execute(sql, (site,)).fetchone()[0])


def _weight(pages: PageStore, sites: list[str]) -> int:
    sql = (
        "SELECT (SELECT coalesce(sum(length(data)), 0) FROM pages WHERE site = ?1) "
        "+ (SELECT coalesce(sum(length(data)), 0) FROM dictionaries WHERE site = ?1)"
    )
    return sum(int(pages.connection.execute(sql, (site,)).fetchone()[0]) for site in sites)
