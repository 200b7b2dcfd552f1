"""A crawl killed at any moment goes on with the same command, and in the end holds what the site's own log says was sent.

Real processes ended by SIGKILL, a real server, the real archive. May import: crawl_site, crawl_run, govnews.
"""

from __future__ import annotations

import random
import time
from collections import Counter
from pathlib import Path

import pytest
from crawl_run import Archive, command, crawl, crawl_with, script, start
from crawl_site import ROBOTS, County, Server, Story, days, write_site

from govnews.extraction import url_key

SITE = "990901"


def county(wait: float = 0.04) -> County:
    """Sixty pages: 48 articles in two columns, six list pages, six counters."""
    dates = days(48)
    stories = [
        Story(1048 - n, dates[n], columns=("xw",) if n % 3 else ("gg", "xw") if n % 6 else ("gg",)) for n in range(48)
    ]
    for story in stories[::8]:
        story.counter = 100 + story.n
    return County(stories=stories, columns=("xw", "gg"), rows=8, backwards=True, wait=wait)


def killed_and_restarted(folder: Path, moments: random.Random, kills: int) -> tuple[County, Server, int]:
    """Crawls with `kills` kills, each some requests and some milliseconds later, then to the end. After every kill it holds that
    what was committed is not asked for again. Returns the server (stopped) with the log of all runs."""
    site = county()
    with Server(site.answer) as server:
        write_site(folder / "sites", SITE, site, via=server.address, family="vsb")
        committed: Counter[str] = Counter()
        done = 0
        for _ in range(kills):
            mark = len(server.log)
            process = start(folder, command(folder, [SITE]))
            _wait_for(server, mark + moments.choice((0, 1, 2, 4, 7, 11)), process)
            time.sleep(moments.uniform(0, 0.1))
            process.kill()
            process.communicate()
            if process.returncode == 0:
                break  # it was done before
            time.sleep(0.03)  # the server finishes what it had begun
            done += process.returncode == -9
            _none_again([a.path for a in server.log[mark:]], committed)
            committed = _committed(folder)
        mark = len(server.log)
        last = crawl(folder, [SITE])
        assert last.returncode == 0, last.stderr
        _none_again([a.path for a in server.log[mark:]], committed)
    return site, server, done


def _wait_for(server: Server, requests: int, process: object) -> None:
    until = time.monotonic() + 20
    while len(server.log) < requests and process.poll() is None and time.monotonic() < until:  # type: ignore[attr-defined]
        time.sleep(0.002)


def _committed(folder: Path) -> Counter[str]:
    """Paths of the committed captures; nothing before there is an archive."""
    db = folder / "a.db"
    if not db.exists() or not Archive(db).rows("SELECT 1 FROM sqlite_master WHERE name = 'captures'"):
        return Counter()
    rows = Archive(db).column("SELECT replace(url, 'http://www.jianshan.test', '') FROM captures")
    return Counter(rows)


def _none_again(asked: list[str], committed: Counter[str]) -> None:
    again = [path for path in asked if path in committed and path != ROBOTS]
    assert not again, f"archived before the kill and fetched again: {again}"


def holds_what_was_sent(folder: Path, site: County, server: Server) -> None:
    """The archive against the server's own truth."""
    archive = Archive(folder / "a.db")
    assert archive.one("PRAGMA integrity_check") == "ok"
    rows = archive.rows("SELECT url, title, body, publish_date, view_count FROM articles ORDER BY url")
    truth = [(site.url(s), s.title, s.body, s.day, s.counter) for s in sorted(site.stories, key=site.url)]
    assert [tuple(r) for r in rows] == truth
    seen = Counter(
        tuple(r) for r in archive.rows("SELECT target_url, column_url, list_title, list_date FROM sightings")
    )
    assert seen == {
        (site.url(s), f"http://{site.host}{site.list_path(c)}", s.title, s.day): 1
        for s in site.stories
        for c in s.columns
    }
    sent = {(a.path, a.sha256) for a in server.log}
    kept = {(r[0].removeprefix(f"http://{site.host}"), r[1]) for r in archive.rows("SELECT url, sha256 FROM captures")}
    assert kept <= sent and {path for path, _ in kept} == site.paths()
    assert archive.bytes_of().keys() == {sha256 for _, sha256 in kept}
    states = dict(archive.rows("SELECT state, count(*) FROM frontier GROUP BY state"))
    assert states == {"done": len(site.paths())}
    keys = archive.column("SELECT key FROM frontier WHERE kind = 'article'")
    assert sorted(keys) == sorted(url_key(site.url(s)) for s in site.stories)
    counted = archive.rows("SELECT value FROM view_observations")
    assert len(counted) >= sum(s.counter is not None for s in site.stories)
    assert not archive.rows("SELECT * FROM revisions")


@pytest.mark.parametrize("seed", range(3))
def test_killed_at_random_moments(tmp_path: Path, seed: int) -> None:
    """Thirty kills over six archives."""
    site, server, done = killed_and_restarted(tmp_path, random.Random(seed), 5)
    holds_what_was_sent(tmp_path, site, server)
    assert done >= 3, "the crawl was over before it could be killed: the test proves nothing"


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(100, 125))
def test_killed_at_two_hundred_moments(tmp_path: Path, seed: int) -> None:
    site, server, _ = killed_and_restarted(tmp_path, random.Random(seed), 8)
    holds_what_was_sent(tmp_path, site, server)


@pytest.mark.parametrize(
    ("statement", "n"),
    [
        ("COMMIT", 5),
        ("COMMIT", 8),
        ("COMMIT", 9),
        ("INSERT INTO pages", 3),
        ("INSERT INTO articles", 5),
        ("INSERT INTO sightings", 20),
    ],
)
def test_killed_during_a_commit(tmp_path: Path, statement: str, n: int) -> None:
    """At a chosen statement of the two transactions, also between them: bytes without a row do no harm."""
    site = county(wait=0)
    with Server(site.answer) as server:
        write_site(tmp_path / "sites", SITE, site, via=server.address, family="vsb")
        dead = crawl_with(tmp_path, [SITE], die_at=[statement, n])
        assert dead.returncode == -9, dead.stderr
        committed = _committed(tmp_path)
        mark = len(server.log)
        done = crawl(tmp_path, [SITE])
        assert done.returncode == 0, done.stderr
        _none_again([a.path for a in server.log[mark:]], committed)
    holds_what_was_sent(tmp_path, site, server)


def test_a_full_disk_gives_one_line_and_goes_on_later(tmp_path: Path) -> None:
    site = county(wait=0)
    with Server(site.answer) as server:
        write_site(tmp_path / "sites", SITE, site, via=server.address, family="vsb")
        full = crawl_with(tmp_path, [SITE], largest=450_000)
        assert full.returncode == 1, (full.stdout, full.stderr)
        lines = full.stderr.strip().splitlines()
        assert len(lines) == 1 and "a.db" in lines[0] and "disk" in lines[0], full.stderr
        committed = _committed(tmp_path)
        mark = len(server.log)
        done = crawl(tmp_path, [SITE])
        assert done.returncode == 0, done.stderr
        _none_again([a.path for a in server.log[mark:]], committed)
    holds_what_was_sent(tmp_path, site, server)


def test_a_second_crawl_says_who_holds_the_archive(tmp_path: Path) -> None:
    site = county(wait=1.0)
    with Server(site.answer) as server:
        write_site(tmp_path / "sites", SITE, site, via=server.address, family="vsb")
        first = start(tmp_path, command(tmp_path, [SITE]))
        _wait_for(server, 3, first)
        second = crawl(tmp_path, [SITE])
        assert second.returncode == 1
        assert str(first.pid) in second.stderr and len(second.stderr.strip().splitlines()) <= 2
        first.communicate(timeout=90)
        assert first.returncode == 0
    holds_what_was_sent(tmp_path, site, server)


def test_ctrl_c_stores_what_is_under_way_and_goes_on_later(tmp_path: Path) -> None:
    site = county(wait=0.05)
    with Server(site.answer) as server:
        write_site(tmp_path / "sites", SITE, site, via=server.address, family="vsb")
        first = start(tmp_path, script(tmp_path, [SITE]))
        _wait_for(server, 10, first)
        first.send_signal(2)
        _, said = first.communicate(timeout=30)
        assert "Traceback" not in said
        committed = _committed(tmp_path)
        assert sum(committed.values()) >= 9  # all that had come but the robots.txt
        assert Archive(tmp_path / "a.db").verdict(SITE) == "interrupted"
        mark = len(server.log)
        assert crawl(tmp_path, [SITE]).returncode == 0
        _none_again([a.path for a in server.log[mark:]], committed)
    holds_what_was_sent(tmp_path, site, server)
