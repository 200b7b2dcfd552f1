"""Crawls as a user starts them: in processes of their own. As a script: one crawl with what the command line does not offer.

`python crawl_run.py '{"sites": DIR, "ids": […], "db": PATH, …}'` sets the clock ahead, Scrapy settings, names → addresses, or dies at
a chosen SQL statement. May import: govnews, the standard library.
"""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PYTHON = [sys.executable, "-X", "utf8"]


def environment(folder: Path) -> dict[str, str]:
    """Ours, without what would change the crawl, and with clocks of its own."""
    ours = {k: v for k, v in os.environ.items() if not k.startswith("GOVNEWS_")}
    return ours | {"XDG_CACHE_HOME": str(folder / "cache")}


def command(folder: Path, ids: list[str], *options: str) -> list[str]:
    """The command line of a crawl of site files in `folder`/sites into `folder`/a.db."""
    return [
        *PYTHON,
        "-m",
        "govnews",
        "crawl",
        *ids,
        "--sites",
        str(folder / "sites"),
        "--db",
        str(folder / "a.db"),
        *options,
    ]


def start(folder: Path, words: list[str]) -> subprocess.Popen[str]:
    """A process that runs on by itself."""
    return subprocess.Popen(
        words, env=environment(folder), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8"
    )


def crawl(folder: Path, ids: list[str], *options: str, timeout: float = 240) -> subprocess.CompletedProcess[str]:
    """`govnews crawl`, to its end."""
    return _finish(folder, command(folder, ids, *options), timeout)


def crawl_with(folder: Path, ids: list[str], *, timeout: float = 240, **more: Any) -> subprocess.CompletedProcess[str]:
    """A crawl by this file's script; see `main` for what it takes."""
    return _finish(folder, script(folder, ids, **more), timeout)


def script(folder: Path, ids: list[str], **more: Any) -> list[str]:
    """The command line of `crawl_with`."""
    config = {"sites": str(folder / "sites"), "ids": ids, "db": str(folder / "a.db"), **more}
    return [*PYTHON, __file__, json.dumps(config)]


def _finish(folder: Path, words: list[str], timeout: float) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        words, env=environment(folder), capture_output=True, text=True, encoding="utf-8", timeout=timeout, check=False
    )


@dataclass
class Archive:
    """What a test reads of an archive that no process has open."""

    path: Path

    def rows(self, sql: str, *values: Any) -> list[sqlite3.Row]:
        connection = sqlite3.connect(f"file:{self.path}?mode=ro", uri=True)
        connection.row_factory = sqlite3.Row
        try:
            return connection.execute(sql, values).fetchall()
        finally:
            connection.close()

    def column(self, sql: str, *values: Any) -> list[Any]:
        return [row[0] for row in self.rows(sql, *values)]

    def one(self, sql: str, *values: Any) -> Any:
        return self.column(sql, *values)[0]

    def bytes_of(self) -> dict[str, bytes]:
        """SHA-256 → bytes, of every capture; a capture without its bytes raises."""
        from govnews.archive import open_archive

        with open_archive(self.path, read_only=True) as archive:
            out = {}
            for sha256 in self.column("SELECT DISTINCT sha256 FROM captures WHERE sha256 <> ''"):
                body = archive.pages.get(sha256)
                assert body is not None, f"a capture names {sha256}, and the pages file has no such bytes"
                out[sha256] = body
        return out

    def verdict(self, site: str) -> str:
        """Of the last run."""
        return str(self.last_run()["sites"][site]["verdict"])

    def last_run(self) -> dict[str, Any]:
        row = dict(self.rows("SELECT * FROM runs ORDER BY id DESC LIMIT 1")[0])
        return row | {"sites": json.loads(row["sites"] or "{}"), "counts": json.loads(row["counts"] or "{}")}


def main(config: dict[str, Any]) -> None:
    """days, hours: the clock is so far ahead. options: of CrawlOptions. settings: Scrapy's. die_at: [statement, n]: the process kills
    itself when SQLite is about to run the n-th statement that begins so. largest: bytes a file may have (a full disk). names: host →
    address, instead of the system's; other hosts are unknown."""
    import resource
    from datetime import UTC, datetime, timedelta

    from govnews.cli import light
    from govnews.cli.learned import known_to
    from govnews.cli.summary import print_summary
    from govnews.crawl.run import CrawlOptions, crawl
    from govnews.model import Failure
    from govnews.sites import resolve

    with light.without("pandas", "numpy"):
        import sqlite_utils  # noqa: F401
    if config.get("largest"):
        resource.setrlimit(resource.RLIMIT_FSIZE, (config["largest"], config["largest"]))
    if config.get("die_at"):
        _die_at(*config["die_at"])
    if "names" in config:
        _know_only(config["names"])
    ahead = timedelta(days=config.get("days", 0), hours=config.get("hours", 0))
    more = dict(config.get("options", {}))
    if ahead:
        more["clock"] = lambda: (datetime.now(UTC) + ahead).strftime("%Y-%m-%dT%H:%M:%SZ")
    learned = known_to(Path(config["db"]))
    sites = [resolve(id, learned=learned, sites_dir=config["sites"]) for id in config["ids"]]
    try:
        summary = crawl(sites, CrawlOptions(db=Path(config["db"]), **more), quiet=True, settings=config.get("settings"))
    except Failure as failure:
        print(failure.sentence, failure.hint, sep="; ", file=sys.stderr)
        sys.exit(failure.exit_code)
    print_summary(summary)


def _die_at(statement: str, n: int) -> None:
    """Every connection of this process counts its statements and ends it at the n-th: no signal handler, no clean-up."""
    real, seen = sqlite3.connect, [0]

    def connect(*args: Any, **kwargs: Any) -> sqlite3.Connection:
        connection = real(*args, **kwargs)
        connection.set_trace_callback(watch)
        return connection

    def watch(text: str) -> None:
        if text.startswith(statement):
            seen[0] += 1
            if seen[0] == n:
                os.kill(os.getpid(), 9)

    sqlite3.connect = connect  # type: ignore[assignment]


def _know_only(names: dict[str, str]) -> None:
    """The system's resolver, as Twisted's threads call it, knows these hosts and no others."""
    import socket

    def look_up(host: str, *_: Any, **__: Any) -> Any:
        if host not in names:
            raise socket.gaierror(socket.EAI_NONAME, "unknown")
        return names[host]

    socket.gethostbyname = look_up


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
