"""`govnews site check --live` and `site refresh`: what a real server answers, as checks and as proposed changes.

Real processes, a real server. May import: crawl_site, crawl_run, govnews.
"""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

from crawl_run import PYTHON, environment
from crawl_site import County, Reply, Server, Story, days, write_site

SITE = "990951"
LISTS = ("xw", "bm")


def county() -> County:
    stories = [Story(1000 + n, day, columns=(LISTS[n % 2],), counter=40 + n) for n, day in enumerate(days(12))]
    return County(stories=stories, columns=LISTS)


def govnews(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    more = ["--sites", str(folder / "sites"), "--db", str(folder / "a.db")]
    return subprocess.run(
        [*PYTHON, "-m", "govnews", *words, *more],
        cwd=folder,
        env=environment(folder),
        capture_output=True,
        encoding="utf-8",
        timeout=240,
        check=False,
    )


def rows(done: subprocess.CompletedProcess[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_a_look_reads_one_page_and_one_article_of_every_column(tmp_path: Path) -> None:
    site = county()
    with Server(site.answer) as server:
        write_site(tmp_path / "sites", SITE, site, via=server.address, family="vsb")
        done = govnews(tmp_path, "site", "check", SITE, "--live", "--json")
        asked = set(server.asked())
    assert done.returncode == 0, done.stderr
    first, second = site.stories[:2]
    assert asked == {
        *("/xw.htm", "/bm.htm", site.path(first), site.path(second)),
        *(site.counter_path(first), site.counter_path(second)),
    }
    found = {(row["at"], row["field"]): row["found"] for row in rows(done) if row["field"] != "form"}
    assert found[(f"http://{site.host}/xw.htm", "list")] == 6
    for story in (first, second):
        assert found[(site.url(story), "title")] == story.title
        assert found[(site.url(story), "source")] == "尖山县融媒体中心"
        assert found[(site.url(story), "view_count")] == story.counter
    assert not (tmp_path / "a.db").exists()


def test_a_column_that_is_gone_fails_the_site_and_the_other_is_still_read(tmp_path: Path) -> None:
    site = county()
    site.special["/bm.htm"] = Reply(b"<html><title>404</title><body>404 Not Found</body></html>", 404)
    with Server(site.answer) as server:
        write_site(tmp_path / "sites", SITE, site, via=server.address, family="vsb")
        done = govnews(tmp_path, "site", "check", SITE, "--live", "--json")
    assert done.returncode == 1 and SITE in done.stderr.splitlines()[-1]
    wrong = [row for row in rows(done) if not row["ok"]]
    assert [(row["at"], row["field"]) for row in wrong] == [(f"http://{site.host}/bm.htm", "list")]
    assert any(row["field"] == "title" and row["ok"] for row in rows(done))


def test_robots_txt_is_heard(tmp_path: Path) -> None:
    site = county()
    site.robots = Reply(b"User-agent: *\nDisallow: /\n", headers={"Content-Type": "text/plain"})
    with Server(site.answer) as server:
        write_site(tmp_path / "sites", SITE, site, via=server.address, family="vsb")
        done = govnews(tmp_path, "site", "check", SITE, "--live")
        assert server.asked() == []
    assert done.returncode == 1 and "robots.txt" in done.stdout


def test_a_home_is_asked_for_once_after_robots_txt(tmp_path: Path) -> None:
    site = county()
    with Server(site.answer) as server:
        port = server.server_address[1]
        site.host = server.netloc
        site.special["/"] = Reply(status=302, headers={"Location": f"http://localhost:{port}/index.htm"})
        site.special["/index.htm"] = Reply(b"<html><title>x</title><body>home</body></html>")
        write_site(tmp_path / "sites", SITE, site)
        done = govnews(tmp_path, "site", "refresh", SITE, "--live", "--private", "--json")
        assert server.asked(robots=True) == ["/robots.txt", "/", "/index.htm"]
        assert [row["new"] for row in rows(done)] == [f'home = "http://localhost:{port}/"']
        refused = govnews(tmp_path, "site", "refresh", SITE, "--live")
        assert refused.returncode == 0 and "--private" in refused.stderr and refused.stdout == ""
        site.robots = Reply(b"User-agent: *\nDisallow: /\n", headers={"Content-Type": "text/plain"})
        server.clear()
        done = govnews(tmp_path, "site", "refresh", SITE, "--live", "--private")
        assert server.asked() == [] and "robots.txt asks us not to" in done.stderr
