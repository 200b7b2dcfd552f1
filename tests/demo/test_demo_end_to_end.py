"""The first crawl of a newcomer, end to end: the real server, the real crawl, the real archive, the commands as typed."""

from __future__ import annotations

import json
import os
import shlex
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from govnews.demo.content import by_host, counties
from govnews.demo.pages import list_paths
from govnews.demo.server import Asked, DemoServer
from govnews.demo.sites import write_site_files
from govnews.demo.truth import Truth, truth

FIELDS = "title publish_time publish_time_precision publish_date source view_count view_count_state body author editor".split()


def govnews(*words: str, cwd: Path, timeout: float = 240) -> subprocess.CompletedProcess[str]:
    """A command as typed, in a folder of its own."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("GOVNEWS_")}
    command = [sys.executable, "-m", "govnews", *words]
    return subprocess.run(
        command,
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=timeout,
        check=False,
    )


@dataclass
class Run:
    """One crawl: how it ended and what the server was asked."""

    done: subprocess.CompletedProcess[str]
    log: list[Asked]

    @property
    def asked(self) -> list[str]:
        return [a.host + a.target for a in self.log if a.target != "/robots.txt"]


@dataclass
class Story:
    """Three crawls of the counties, and copies of the archive after each."""

    first: Run
    again: Run
    second_day: Run
    archives: dict[str, Path]

    def rows(self, when: str, sql: str) -> list[sqlite3.Row]:
        connection = sqlite3.connect(f"file:{self.archives[when]}?mode=ro", uri=True)
        connection.row_factory = sqlite3.Row
        try:
            return connection.execute(sql).fetchall()
        finally:
            connection.close()


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    """One server through all three crawls, so that what was asked is the server's word and not the crawler's."""
    folder = tmp_path_factory.mktemp("县 demo")
    runs, archives = {}, {}
    with DemoServer() as server:
        write_site_files(folder / "sites", server.address)
        ids = [c.id for c in counties()]
        for name, day, options in (("first", 1, []), ("again", 1, []), ("second_day", 2, ["--revisit"])):
            server.day = day
            server.log.clear()
            done = govnews("crawl", *ids, "--sites", "sites", "--db", "a.db", *options, cwd=folder)
            assert done.returncode == 0, done.stderr
            runs[name] = Run(done, list(server.log))
            archives[name] = folder / f"{name}.db"
            with sqlite3.connect(folder / "a.db") as here, sqlite3.connect(archives[name]) as copy:
                here.backup(copy)
    yield Story(runs["first"], runs["again"], runs["second_day"], archives)


def _articles(day: int = 1) -> dict[str, Truth]:
    return {t.url: t for t in truth(day) if t.kind == "article"}


def _lists() -> set[str]:
    return {c.host + path for c in counties() for column in c.columns for path in list_paths(c, column)}


def test_every_article_is_archived_as_it_is(story: Story) -> None:
    rows = {row["url"]: row for row in story.rows("first", "SELECT * FROM articles")}
    assert rows.keys() == _articles().keys()
    for url, right in _articles().items():
        assert {f: rows[url][f] for f in FIELDS} == {f: getattr(right, f) for f in FIELDS}, url


def test_no_value_nobody_read(story: Story) -> None:
    assert not story.rows("first", "SELECT url FROM articles WHERE view_count = 0 OR source = '' OR title IS NULL")
    bodiless = {row["url"] for row in story.rows("first", "SELECT url FROM articles WHERE body = ''")}
    assert bodiless == {url for url, t in _articles().items() if not t.body}
    for table, name in (("images", "images"), ("attachments", "attachments")):
        rows = story.rows(
            "first", f"SELECT a.url AS page, t.url FROM {table} t JOIN articles a USING (uid) ORDER BY position"
        )
        found: dict[str, list[str]] = {}
        for row in rows:
            found.setdefault(row["page"], []).append(row["url"])
        assert found == {url: list(getattr(t, name)) for url, t in _articles().items() if getattr(t, name)}


def test_what_is_no_article_is_an_issue_and_no_row(story: Story) -> None:
    named = {row["url"] for row in story.rows("first", "SELECT url FROM issues")}
    off = [t for t in truth() if t.kind in ("not_found", "challenge")]
    assert off and {t.url for t in off} <= named
    kinds = {
        row["url"]: row["kind"] for row in story.rows("first", "SELECT url, kind FROM captures WHERE task = 'article'")
    }
    assert {t.url: kinds[t.url] for t in off} == {t.url: t.kind for t in off}


def test_every_row_of_every_list_is_a_sighting(story: Story) -> None:
    seen = {(r["target_url"], r["column_url"], r["list_title"]) for r in story.rows("first", "SELECT * FROM sightings")}
    assert seen == {(t.url, column, t.title) for t in truth() for column in t.columns}
    off_site = story.rows("first", "SELECT target_url FROM sightings WHERE uid IS NULL")
    assert [r["target_url"] for r in off_site] == [t.url for t in truth() if t.kind == "off_site"]


def test_no_page_is_fetched_twice_and_none_off_site(story: Story) -> None:
    assert len(story.first.asked) == len(set(story.first.asked))
    assert {a.host for a in story.first.log} == {c.host for c in counties()}
    assert all(a.user_agent.startswith("govnews/") for a in story.first.log)
    for host in {a.host for a in story.first.log}:
        assert next(a.target for a in story.first.log if a.host == host) == "/robots.txt"
    assert not [a for a in story.first.log if by_host(a.host) is None]


def test_again_costs_list_pages_only(story: Story) -> None:
    assert story.again.asked and set(story.again.asked) <= _lists()
    same = "SELECT uid, version, sha256, body FROM articles ORDER BY uid"
    assert [tuple(r) for r in story.rows("again", same)] == [tuple(r) for r in story.rows("first", same)]
    assert not story.rows("again", "SELECT * FROM revisions")
    assert not story.rows("again", "SELECT s.* FROM sightings s WHERE s.uid IS NULL AND target_url LIKE '%.test/%'")


def test_the_second_day_finds_the_edit_and_the_missing_one(story: Story) -> None:
    before, after = _articles(1), _articles(2)
    changed = [row["url"] for row in story.rows("second_day", "SELECT url FROM edits WHERE cause = 'site'")]
    assert changed == [url for url, t in after.items() if t.body != before[url].body]
    missing = story.rows("second_day", "SELECT url, presence, body FROM articles WHERE presence <> 'alive'")
    assert [(r["url"], r["presence"]) for r in missing] == [(url, "suspect") for url in before if url not in after]
    assert missing[0]["body"] == before[missing[0]["url"]].body
    rows = {row["url"]: row for row in story.rows("second_day", "SELECT * FROM articles WHERE presence = 'alive'")}
    for url, right in after.items():
        assert {f: rows[url][f] for f in FIELDS} == {f: getattr(right, f) for f in FIELDS}, url
    old = story.rows("second_day", "SELECT a.url, r.body FROM revisions r JOIN articles a USING (uid)")
    assert [(r["url"], r["body"]) for r in old] == [(changed[0], before[changed[0]].body)]


def test_counts_are_kept_with_their_time(story: Story) -> None:
    rows = story.rows(
        "second_day",
        "SELECT a.url, v.value, v.method FROM view_observations v JOIN articles a USING (uid) ORDER BY observed_at",
    )
    found: dict[str, list[int]] = {}
    for row in rows:
        found.setdefault(row["url"], []).append(row["value"])
    for url, right in _articles(2).items():
        assert found.get(url, []) == (
            [] if right.view_count is None else [_articles(1)[url].view_count, right.view_count]
        )


def test_the_demo_as_typed(tmp_path: Path) -> None:
    """`govnews demo` three times; each `next:` command works where it is pasted."""
    began = time.monotonic()
    first = govnews("demo", cwd=tmp_path)
    assert first.returncode == 0, first.stderr
    assert "30 new" in first.stderr and (tmp_path / "data" / "demo.db").exists()
    assert all(t.title[:10] in first.stdout for t in _articles().values())
    assert any(t.body and t.body in first.stdout for t in _articles().values())
    readme = (Path(__file__).parents[2] / "README.md").read_text("utf-8")
    assert readme.partition("```text\n")[2].partition("```")[0] in first.stdout, "the README shows what comes out"
    time.sleep(1.1)  # moments have seconds: what the first run saw last is not to be of the second's first
    again = govnews("demo", cwd=tmp_path)
    assert "nothing new" in again.stdout and "32 archived" in again.stdout
    second = govnews("demo", "--revisit", cwd=tmp_path)
    assert time.monotonic() - began < 60
    edited = next(t for url, t in _articles(2).items() if t.body != _articles(1)[url].body)
    missing = next(t for t in _articles(1).values() if t.url not in _articles(2))
    assert "edited since it was first seen: 1" in second.stdout and edited.title in second.stdout
    assert "no longer found: 1" in second.stdout and missing.title in second.stdout
    for output in (first.stdout, second.stdout):
        following = output.rpartition("next:\n")[2].split("\n")
        commands = [line.strip() for line in following if line.strip()]
        assert len(commands) == 3
        for line in commands:
            done = subprocess.run(
                shlex.split(line),
                cwd=tmp_path,
                capture_output=True,
                text=True,
                encoding="utf-8",
                timeout=240,
                check=False,
            )
            assert done.returncode == 0 and done.stdout.strip(), (line, done.stderr)


def test_serve_keeps_them_up_until_ctrl_c(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "govnews", "demo", "--serve"]
    server = subprocess.Popen(
        command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8"
    )
    try:
        assert server.stdout and server.stderr
        folder = server.stdout.readline().strip()
        said = [server.stderr.readline().strip() for _ in range(4)]
        crawl = next(line for line in said if " crawl " in line)
        done = subprocess.run(
            shlex.split(crawl), cwd=tmp_path, capture_output=True, text=True, encoding="utf-8", timeout=240, check=False
        )
        assert done.returncode == 0 and "30 new" in done.stderr, done.stderr
        shown = subprocess.run(
            shlex.split(next(x for x in said if " site show " in x)),
            cwd=tmp_path,
            capture_output=True,
            timeout=240,
            check=False,
        )
        assert shown.returncode == 0
    finally:
        server.send_signal(2)
        _, rest = server.communicate(timeout=60)
    assert server.returncode == 0 and "the counties are down" in rest and "Traceback" not in rest
    assert not Path(folder).exists()


def test_one_clear_line_for_what_cannot_be(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        for words in (("demo", "--port", str(port)), ("demo", "--serve", "--port", str(port))):
            done = govnews(*words, cwd=tmp_path)
            assert (
                done.returncode == 1
                and f"cannot serve on port {port}" in done.stderr
                and "Traceback" not in done.stderr
            )
    early = govnews("demo", "--revisit", cwd=tmp_path)
    assert early.returncode == 1 and "to visit again" in early.stderr
    assert not list(tmp_path.rglob("*.db"))


def test_a_county_in_trouble_does_not_stop_the_others(tmp_path: Path) -> None:
    done = govnews(
        "demo",
        "--trouble",
        "wall@990201",
        "--trouble",
        "cut@www.yanbo.test/show.asp?id=2318*9",
        cwd=tmp_path,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    with sqlite3.connect(tmp_path / "data" / "demo.db") as archive:
        sites = json.loads(archive.execute("SELECT sites FROM runs").fetchone()[0])
        per_site = dict(archive.execute("SELECT site, count(*) FROM articles GROUP BY site").fetchall())
    assert sites["990201"]["verdict"] == "blocked" and "990201" not in per_site
    assert per_site["990101"] == 11 and per_site["990301"] >= 7
    assert "槐渡县" in done.stdout and "blocked" in done.stdout
