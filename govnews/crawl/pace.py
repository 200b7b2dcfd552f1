"""When a host may be asked next: one clock for every crawl of this user on this machine, running or restarted.

Scrapy's own delays end with the process, so two crawls (or one that is stopped and started) would ask a host twice as often as
either means to. The clocks are a small SQLite file in the user's cache folder; where it cannot be written they hold for one process.
Hosts that answer from one address share a clock. May import: the standard library.
"""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

FARTHEST = 3600.0
"""Seconds from now at most that a clock may stand at; farther, the machine's own clock was set back."""
_TABLES = """
CREATE TABLE IF NOT EXISTS clocks (key TEXT PRIMARY KEY, next_at REAL NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS addresses (host TEXT PRIMARY KEY, address TEXT NOT NULL) WITHOUT ROWID;
"""
_RESERVE = (
    "INSERT INTO clocks VALUES (:key, :now + :gap) ON CONFLICT (key) DO UPDATE SET "
    "next_at = max(min(next_at, :now + :farthest), :now) + :gap RETURNING next_at - :gap"
)
_HOLD = "INSERT INTO clocks VALUES (:key, :at) ON CONFLICT (key) DO UPDATE SET next_at = max(next_at, :at)"


def default_path() -> Path:
    """`govnews/pace.db` in the user's cache folder."""
    cache = os.environ.get("XDG_CACHE_HOME")
    return (Path(cache) if cache else Path.home() / ".cache") / "govnews" / "pace.db"


def key_of(host: str, via: str = "") -> str:
    """The clock of a host before its address is known; of a host that is played by the server at `via`, a clock of its own."""
    return f"{via}#{host}" if via else host


class Pace:
    """The clocks. A key is a host, or the address several hosts share. Times are seconds since 1970. Cost of a call: one small
    write, some 50 µs."""

    def __init__(self, path: Path | None = None) -> None:
        try:
            self.connection = _open(path or default_path())
        except (OSError, sqlite3.Error, RuntimeError):  # no home, no room, no permission, a file that is none of ours
            self.connection = _open(None)
        self.addresses: dict[str, str] = dict(self.connection.execute("SELECT host, address FROM addresses"))

    def key(self, host: str) -> str:
        """The clock of a host."""
        return self.addresses.get(host, host)

    def share(self, host: str, address: str) -> None:
        """A host answered from an address; from now on it shares that address's clock."""
        if self.addresses.get(host) != address:
            self.addresses[host] = address
            self.connection.execute("INSERT OR REPLACE INTO addresses VALUES (?, ?)", (host, address))

    def reserve(self, key: str, gap: float, now: float) -> float:
        """Takes the next moment of a clock and moves it on by `gap` seconds. Gives the seconds to wait for that moment."""
        values = {"key": key, "gap": gap, "now": now, "farthest": FARTHEST}
        moment: float = self.connection.execute(_RESERVE, values).fetchall()[0][0]
        return max(0.0, moment - now)

    def hold(self, key: str, until: float) -> None:
        """Nothing is asked before that moment."""
        self.connection.execute(_HOLD, {"key": key, "at": until})

    def close(self) -> None:
        self.connection.close()


def _open(path: Path | None) -> sqlite3.Connection:
    """The file of the clocks; null: in memory."""
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(path or ":memory:", timeout=5.0, isolation_level=None)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = OFF")  # a clock lost with the machine's power does no harm
        connection.executescript(_TABLES)
    except BaseException:
        connection.close()
        raise
    return connection
