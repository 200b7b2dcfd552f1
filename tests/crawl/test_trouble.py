"""Walls, dead hosts, floods of errors, shells, circles: each ends in a named verdict, none in an article, and the others go on.

Real processes, a real server. May import: crawl_site, crawl_run, govnews.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from crawl_run import Archive, crawl, crawl_with
from crawl_site import County, Reply, Server, Story, days, write_site

from govnews.model.codes import codes

WALL = (
    "<html><head><meta charset='utf-8'><title>访问拦截</title></head><body><p>您的请求已被拦截，请联系管理员。</p>"
    "<script src='https://help.365cyd.com/cyd-error-help.html'></script></body></html>"
).encode()
CHALLENGE = b"<html><script>document.cookie='__jsl_clearance_s=1|0|x;max-age=3600';location.href=location.pathname</script></html>"
SHELL = b"<html><head><title>loading</title></head><body><div id='app'></div><script src='/static/app.js'></script></body></html>"


def county(n: int, count: int = 6) -> County:
    host = f"www.xian{n}.test"
    return County(host=host, stories=[Story(1000 * n + k, day) for k, day in enumerate(days(count))], rows=10)


def everything(site: County, reply: Reply) -> None:
    """The whole site answers so."""
    for path in site.paths():
        site.special[path] = reply


def closed_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_ten_counties_one_behind_a_wall_and_one_down(tmp_path: Path) -> None:
    """Exit code 0, the right verdicts, and on screen what could not be done and what to do about it."""
    sites = {f"9910{n:02d}": county(n) for n in range(1, 11)}
    walled, down, robots, empty, throttled = list(sites)[:5]
    everything(sites[walled], Reply(WALL, 403))
    sites[robots].robots = Reply(b"User-agent: *\nDisallow: /\n", headers={"Content-Type": "text/plain"})
    everything(sites[empty], Reply(SHELL))
    everything(sites[throttled], Reply(b"slow down", 429))
    by_host = {site.host: site for site in sites.values()}
    with Server(lambda host, *rest: by_host[host].answer(host, *rest)) as server:
        for id, site in sites.items():
            via = server.address if id != down else f"http://127.0.0.1:{closed_port()}"
            write_site(tmp_path / "sites", id, site, via=via, family="vsb")
        done = crawl(tmp_path, list(sites))
    assert done.returncode == 0, done.stderr
    archive = Archive(tmp_path / "a.db")
    expected = dict.fromkeys(sites, "ok") | {
        walled: "blocked", down: "unreachable", robots: "robots", empty: "list_failed", throttled: "throttled",
    }  # fmt: skip
    assert {id: row["verdict"] for id, row in archive.last_run()["sites"].items()} == expected
    assert archive.one("SELECT count(*) FROM articles") == 5 * 6
    assert set(archive.column("SELECT DISTINCT site FROM articles")) == {i for i, v in expected.items() if v == "ok"}
    for id, verdict in expected.items():
        line = next(line for line in done.stdout.splitlines() if line.startswith(id))
        assert verdict in line
    assert not archive.rows("SELECT 1 FROM articles WHERE presence <> 'alive'")
    assert archive.column("SELECT response_class FROM captures WHERE site = ?", down) == ["refused"]


ANSWERS = [
    ("blocked", Reply(WALL, 403), "blocked"),
    ("blocked", Reply(CHALLENGE, 521), "blocked"),
    ("blocked", Reply(CHALLENGE, 200), "blocked"),
    ("throttled", Reply(b"", 429), "throttled"),
    ("server_error", Reply(b"<h1>500</h1>", 500), "partial"),
    ("forbidden", Reply(b"<h1>403 Forbidden</h1>", 403), "partial"),
    ("shell", Reply(SHELL), None),
    ("gone", Reply(b"", 410), None),
    ("soft_404", Reply(b"", 302, {"Location": "/"}), None),
    ("cut_off", Reply(b"x" * 5000, send=2000), None),
    ("cut_off", Reply(hang_up=True), None),
    ("redirect_loop", Reply(b"", 302, {"Location": "?again"}), None),
    ("off_site", Reply(b"", 302, {"Location": "http://www.elsewhere.test/"}), None),
]


@pytest.mark.parametrize(("kind", "reply", "verdict"), ANSWERS, ids=[f"{a[0]}-{n}" for n, a in enumerate(ANSWERS)])
def test_an_answer_has_its_class_and_is_no_article(
    tmp_path: Path, kind: str, reply: Reply, verdict: str | None
) -> None:
    """Four of eight articles answer so, after they had been archived: nothing is changed, and only what says that a page is not
    there makes it suspect."""
    site = county(1, count=8)
    with Server(site.answer) as server:
        site.special["/"] = Reply("<html><body><h1>首页</h1></body></html>".encode())
        write_site(
            tmp_path / "sites", "991001", site, via=server.address, delay=0.02, family="vsb"
        )  # one by one, in order
        assert crawl(tmp_path, ["991001"]).returncode == 0
        archive = Archive(tmp_path / "a.db")
        before = archive.rows("SELECT uid, version, body FROM articles ORDER BY uid")
        hit = [site.path(s) for s in site.stories[:4]]
        for path in hit:
            site.special[path] = site.special[f"{path}?again"] = reply
        done = crawl_with(tmp_path, ["991001"], days=200, options={"revisit": True})
        assert done.returncode == 0, done.stderr
    said = archive.column(
        "SELECT DISTINCT response_class FROM captures WHERE requested_url IN (?, ?, ?, ?) AND run = 2",
        *(f"http://{site.host}{p}" for p in hit),
    )
    assert said == [kind] and kind in codes("response")
    assert archive.rows("SELECT uid, version, body FROM articles ORDER BY uid") == before
    suspects = set(archive.column("SELECT url FROM articles WHERE presence = 'suspect'"))
    missing = kind in ("gone", "soft_404")
    assert suspects == ({f"http://{site.host}{p}" for p in hit} if missing else set())
    if verdict:
        assert archive.verdict("991001") == verdict


def test_a_circuit_opens_for_hours_longer_each_time_and_closes(tmp_path: Path) -> None:
    site = county(1)
    everything(site, Reply(WALL, 403))
    with Server(site.answer) as server:
        write_site(tmp_path / "sites", "991001", site, via=server.address, family="vsb")

        def asked(hours: float) -> int:
            server.clear()
            done = crawl_with(tmp_path, ["991001"], hours=hours)
            assert done.returncode == 0, done.stderr
            return len(server.asked())

        assert asked(0) >= 1
        assert asked(0.5) == 0, "an hour has not passed"
        assert asked(1.5) >= 1
        assert asked(3) == 0, "three hours after the second time"
        site.special.clear()
        assert asked(6) == len(site.paths())
        assert asked(6.1) >= 1, "closed again"
    assert Archive(tmp_path / "a.db").verdict("991001") == "nothing_new"


def test_a_broken_page_is_kept_as_evidence(tmp_path: Path) -> None:
    """Cut off in the middle, three times: the bytes that came are kept and marked, and the page stays queued."""
    site = county(1, count=3)
    path = site.path(site.stories[0])
    whole = site.article_html(site.stories[0]).encode()
    site.special[path] = Reply(whole, send=len(whole) - 200)
    with Server(site.answer) as server:
        write_site(tmp_path / "sites", "991001", site, via=server.address, family="vsb")
        assert crawl(tmp_path, ["991001"]).returncode == 0
        archive = Archive(tmp_path / "a.db")
        row = archive.rows("SELECT sha256, truncated, response_class, size FROM captures WHERE url LIKE ?", f"%{path}")[
            0
        ]
        assert (row["truncated"], row["response_class"], row["size"]) == (1, "cut_off", len(whole) - 200)
        assert archive.bytes_of()[row["sha256"]] == whole[:-200]
        assert archive.one("SELECT count(*) FROM articles") == 2
        site.special.clear()
        assert crawl_with(tmp_path, ["991001"], hours=7).returncode == 0
    assert archive.one("SELECT count(*) FROM articles") == 3


def test_pages_of_every_size_and_charset_and_a_flood(tmp_path: Path) -> None:
    """40 MB, empty, binary, forced gzip, GBK under a wrong label: no crash, no false article, the next page is fetched."""
    import gzip

    site = county(1, count=8)
    stories = site.stories
    html = site.article_html(stories[4])
    replies: Mapping[int, Reply | Callable[[Mapping[str, str]], Reply]] = {
        0: Reply(b"<html>" + b"a" * (40 << 20)),
        1: Reply(b""),
        2: Reply(bytes(range(256)) * 50, headers={"Content-Type": "application/octet-stream"}),
        3: Reply(gzip.compress(site.article_html(stories[3]).encode()), headers={"Content-Encoding": "gzip"}),
        4: Reply(html.encode("gbk"), headers={"Content-Type": "text/html; charset=utf-8"}),
    }
    for n, reply in replies.items():
        site.special[site.path(stories[n])] = reply
    with Server(site.answer) as server:
        write_site(tmp_path / "sites", "991001", site, via=server.address, family="vsb")
        done = crawl(tmp_path, ["991001"])
    assert done.returncode == 0, done.stderr
    archive = Archive(tmp_path / "a.db")
    titles = archive.column("SELECT title FROM articles ORDER BY url")
    assert titles == sorted(s.title for s in stories[3:])
    classes = dict(archive.rows("SELECT requested_url, response_class FROM captures WHERE task = 'article'"))
    assert classes[site.url(stories[0])] == "too_large"
    encodings = dict(archive.rows("SELECT requested_url, content_encoding FROM captures WHERE task = 'article'"))
    assert encodings[site.url(stories[3])] == "gzip"


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_this_machine_is_not_fetched_unless_the_site_is_private(tmp_path: Path, host: str) -> None:
    """By number, and by a name that points to it: not one request is sent."""
    site = county(1)
    with Server(site.answer) as server:
        site.host = f"{host}:{server.server_address[1]}"
        write_site(tmp_path / "sites", "991001", site, private=False, delay=0.1, family="vsb")
        done = crawl(tmp_path, ["991001"])
        assert done.returncode == 0, done.stderr
        assert not server.log
        assert Archive(tmp_path / "a.db").verdict("991001") == "unreachable"
        assert crawl(tmp_path, ["991001"], "--private").returncode == 0
        assert set(server.asked()) == site.paths()
