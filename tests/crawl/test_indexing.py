"""The search index after a crawl: filled at its end, and nothing that happens to it costs the crawl.

Real processes, a real server. May import: crawl_site, crawl_run.
"""

from __future__ import annotations

import signal
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from crawl_run import Archive, command, crawl, crawl_with, start
from crawl_site import County, Server, Story, days, write_site

SITE = "990904"
WATERMARK = "SELECT watermark FROM search_state"
NEWEST = "SELECT max(version) FROM articles"


@pytest.fixture
def county(tmp_path: Path) -> Iterator[tuple[County, Server]]:
    """Twenty articles, written as a site in tmp_path."""
    dates = days(20)
    site = County(stories=[Story(1020 - n, dates[n]) for n in range(20)], backwards=True)
    with Server(site.answer) as server:
        write_site(tmp_path / "sites", SITE, site, via=server.address, family="vsb")
        yield site, server


@pytest.mark.usefixtures("county")
def test_a_crawl_ends_with_everything_in_the_index(tmp_path: Path) -> None:
    assert crawl(tmp_path, [SITE]).returncode == 0
    archive = Archive(tmp_path / "a.db")
    assert archive.one(WATERMARK) == archive.one(NEWEST) >= 20
    unsorted = "SELECT count(*) FROM articles_with_source_kind WHERE source IS NOT NULL AND source_kind IS NULL"
    assert archive.one(unsorted) == 0 < archive.one("SELECT count(*) FROM source_kinds")


@pytest.mark.usefixtures("county")
def test_what_fails_in_the_index_leaves_the_run_whole(tmp_path: Path) -> None:
    assert crawl(tmp_path, [SITE], "--limit", "3").returncode == 0
    with closing(sqlite3.connect(tmp_path / "a.db")) as connection:
        connection.execute(
            "CREATE TRIGGER refused BEFORE UPDATE ON search_state BEGIN SELECT RAISE(ABORT, 'refused'); END"
        )
    archive = Archive(tmp_path / "a.db")
    indexed = archive.one(WATERMARK)
    done = crawl(tmp_path, [SITE])
    assert done.returncode == 0 and "Traceback" not in done.stderr
    run = archive.last_run()
    assert run["finished_at"] and run["reason"] == "finished" and run["sites"][SITE]["verdict"] == "ok"
    assert archive.one("SELECT count(*) FROM articles") == 20
    assert archive.one(WATERMARK) == indexed < archive.one(NEWEST)


@pytest.mark.usefixtures("county")
def test_killed_while_the_index_is_filled(tmp_path: Path) -> None:
    done = crawl_with(tmp_path, [SITE], die_at=["INSERT INTO search_index (rowid", 5])
    archive = Archive(tmp_path / "a.db")
    assert done.returncode == -signal.SIGKILL
    assert archive.last_run()["reason"] == "finished" and archive.one("SELECT count(*) FROM articles") == 20
    assert archive.one(WATERMARK) == 0
    assert crawl(tmp_path, [SITE]).returncode == 0
    assert archive.one(WATERMARK) == archive.one(NEWEST)


@pytest.mark.parametrize("times", [1, 2])
def test_a_crawl_that_is_interrupted_fills_no_index(tmp_path: Path, county: tuple[County, Server], times: int) -> None:
    site, server = county
    site.wait = 0.3
    process = start(tmp_path, command(tmp_path, [SITE]))
    until = time.monotonic() + 60
    while len(server.log) < 6 and time.monotonic() < until:
        time.sleep(0.01)
    for _ in range(times):
        process.send_signal(signal.SIGINT)
        time.sleep(0.2)
    process.communicate(timeout=60)
    archive = Archive(tmp_path / "a.db")
    assert archive.last_run()["reason"] != "finished" and archive.last_run()["finished_at"]
    assert archive.one(WATERMARK) == 0
