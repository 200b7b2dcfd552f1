"""The raw pages: the bytes of every page, once by SHA-256, compressed with zstd, in a file of their own.

A row refers to the dictionary it was compressed with by hash (`compact` makes those); a crawl writes plain zstd frames with a
checksum, which the stock `zstd -d` reads. May import: model, the standard library, zstd.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import sys
from collections.abc import Iterable
from pathlib import Path

from govnews.model import Failure

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

__all__ = ["PageStore", "digest", "pages_path", "zstd"]

LEVEL = 3
"""zstd level in the crawl; higher ones belong to `compact` (limits.md §3)."""
_OPTIONS: dict[int, int] = {
    zstd.CompressionParameter.compression_level: LEVEL,
    zstd.CompressionParameter.checksum_flag: 1,
}

_SCHEMA = (
    "CREATE TABLE IF NOT EXISTS pages (sha256 TEXT PRIMARY KEY, size INTEGER NOT NULL, site TEXT NOT NULL, codec TEXT NOT NULL, "
    "dictionary TEXT REFERENCES dictionaries (sha256), added_at TEXT NOT NULL, data BLOB NOT NULL) STRICT",
    "CREATE TABLE IF NOT EXISTS dictionaries (sha256 TEXT PRIMARY KEY, site TEXT NOT NULL, made_at TEXT NOT NULL, data BLOB NOT NULL) STRICT",
)


def pages_path(path: Path) -> Path:
    """Where the raw pages of an archive are: data/govnews.db → data/govnews.pages.db."""
    return path.with_name(f"{path.stem}.pages{path.suffix or '.db'}")


def digest(body: bytes) -> str:
    """The SHA-256 of a page's bytes, hex: its name everywhere."""
    return hashlib.sha256(body).hexdigest()


class PageStore:
    """The second file. Writing is done in batches, committed (synchronous=FULL) before the main file refers to them."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self._last: tuple[str, zstd.ZstdDict] | None = None

    @classmethod
    def open(cls, path: Path, *, read_only: bool = False) -> PageStore:
        """Opens the store; a read-only archive without one (copied alone) reads from an empty one."""
        if read_only and not path.exists():
            connection = sqlite3.connect(":memory:", isolation_level=None)
        else:
            mode = "ro" if read_only else "rwc"
            connection = sqlite3.connect(
                f"{path.absolute().as_uri()}?mode={mode}", uri=True, isolation_level=None, timeout=30
            )
        if not read_only or not path.exists():
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            for statement in _SCHEMA:
                connection.execute(statement)
        return cls(connection)

    def put_all(self, bodies: Iterable[tuple[str, bytes, str, str]]) -> None:
        """Stores (sha256, body, site, added_at) rows in one transaction, held in memory; bytes already there are left alone."""
        self.connection.execute("BEGIN IMMEDIATE")
        try:
            new = {row[0]: row for row in bodies}
            known = "SELECT sha256 FROM pages WHERE sha256 IN (SELECT value FROM json_each(?))"
            for (sha256,) in self.connection.execute(known, (json.dumps(list(new)),)).fetchall():
                del new[sha256]
            compress = zstd.ZstdCompressor(options=_OPTIONS).compress
            self.connection.executemany(
                "INSERT INTO pages VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    (sha256, len(body), site, "zstd", None, added_at, compress(body, zstd.ZstdCompressor.FLUSH_FRAME))
                    for sha256, body, site, added_at in new.values()
                ),
            )
            self.connection.execute("COMMIT")
        except BaseException:
            if self.connection.in_transaction:  # a full disk has rolled back already
                self.connection.execute("ROLLBACK")
            raise

    def get(self, sha256: str) -> bytes | None:
        """The bytes of that name, checked against it; null when they are not here. Raises Failure `tampered`."""
        row = self.connection.execute("SELECT data, dictionary FROM pages WHERE sha256 = ?", (sha256,)).fetchone()
        if row is None:
            return None
        data, dictionary = row
        try:
            frame = zstd.ZstdDecompressor(
                self._dictionary(dictionary)
            )  # a row is one frame: a quarter faster than any number
            body = frame.decompress(data)
        except (zstd.ZstdError, TypeError) as error:  # the latter: a damaged row whose type is another one
            raise Failure("tampered", f"the stored bytes of {sha256} cannot be read: {error}") from error
        if digest(body) != sha256:
            raise Failure("tampered", f"the stored bytes of {sha256} have another hash")
        return body

    def forget(self) -> None:
        """A dictionary was removed: the one that is kept in memory goes too."""
        self._last = None

    def _dictionary(self, sha256: str | None) -> zstd.ZstdDict | None:
        """A dictionary by its hash; the last one is kept, since pages that are read together mostly share it."""
        if sha256 is None:
            return None
        if self._last is None or self._last[0] != sha256:
            row = self.connection.execute("SELECT data FROM dictionaries WHERE sha256 = ?", (sha256,)).fetchone()
            if row is None:
                raise Failure("tampered", f"dictionary {sha256} is not in the pages file")
            self._last = sha256, zstd.ZstdDict(row[0], is_raw=True)
        return self._last[1]
