"""How often a host is asked, by the server's own log: never more often than the site file or robots.txt says, over processes too.

Real processes, a real server. May import: crawl_site, crawl_run, govnews.
"""

from __future__ import annotations

import itertools
import time
from pathlib import Path

import pytest
from crawl_run import Archive, command, crawl, crawl_with, start
from crawl_site import County, Reply, Server, Story, days, write_site
from hypothesis import given
from hypothesis import strategies as st

from govnews.crawl.pace import Pace
from govnews.crawl.revisit import hour_of

SITE, OTHER = "990903", "990904"
EARLY = 0.03
"""Seconds by which the server may see a request early: it notes the arrival, and a busy machine notes late."""


def county(host: str = "www.jianshan.test", count: int = 8) -> County:
    return County(host=host, stories=[Story(1000 + n, day) for n, day in enumerate(days(count))], rows=10)


def gaps(server: Server, host: str | None = None) -> list[float]:
    """Seconds between requests as they arrived."""
    arrivals = sorted(a.at for a in server.log if host is None or a.host == host)
    return [b - a for a, b in itertools.pairwise(arrivals)]


def alone(server: Server, host: str) -> bool:
    """Whether no two answers to a host overlapped."""
    asked = sorted((a.at, a.done) for a in server.log if a.host == host)
    return all(first[1] <= second[0] + EARLY for first, second in itertools.pairwise(asked))


def test_one_request_at_a_time_and_the_delay_between(tmp_path: Path) -> None:
    site = county()
    with Server(site.answer) as server:
        write_site(tmp_path / "sites", SITE, site, via=server.address, delay=0.3, family="vsb")
        done = crawl(tmp_path, [SITE])
    assert done.returncode == 0, done.stderr
    assert len(server.log) == 10, "robots.txt, a list, eight articles"
    assert min(gaps(server)) >= 0.3 - EARLY and alone(server, site.host)


def test_robots_txt_slows_us_down_and_keeps_us_out(tmp_path: Path) -> None:
    site = county(count=4)
    site.robots = Reply(
        f"User-agent: *\nCrawl-delay: 0.5\nDisallow: {site.path(site.stories[1])}\n".encode(),
        headers={"Content-Type": "text/plain"},
    )
    with Server(site.answer) as server:
        write_site(tmp_path / "sites", SITE, site, via=server.address, delay=0.1, family="vsb")
        done = crawl(tmp_path, [SITE])
    assert done.returncode == 0, done.stderr
    assert site.path(site.stories[1]) not in server.asked()
    assert min(gaps(server)[1:]) >= 0.5 - EARLY
    assert Archive(tmp_path / "a.db").column("SELECT code FROM issues") == ["robots_denied"]


def test_a_page_in_place_of_robots_txt_forbids_nothing(tmp_path: Path) -> None:
    site = county(count=2)
    site.robots = Reply(b"<html>User-agent: *\nDisallow: /\n</html>", headers={"Content-Type": "text/plain"})
    with Server(site.answer) as server:
        write_site(tmp_path / "sites", SITE, site, via=server.address, family="vsb")
        crawl(tmp_path, [SITE])
    assert set(server.asked()) == site.paths()


def test_two_crawls_at_once_and_one_killed_and_restarted_keep_the_pace(tmp_path: Path) -> None:
    """Two archives, two processes, one host; the first is killed in the middle and started again."""
    site = county(count=5)
    with Server(site.answer) as server:
        write_site(tmp_path / "sites", SITE, site, via=server.address, delay=0.4, family="vsb")
        other = [*command(tmp_path, [SITE])[:-1], str(tmp_path / "b.db")]
        first, second = start(tmp_path, command(tmp_path, [SITE])), start(tmp_path, other)
        until = time.monotonic() + 30
        while len(server.log) < 5 and time.monotonic() < until:
            time.sleep(0.01)
        first.kill()
        first.communicate()
        again = crawl(tmp_path, [SITE])
        second.communicate(timeout=240)
    assert again.returncode == second.returncode == 0
    assert len(server.log) >= 13
    assert min(gaps(server)) >= 0.4 - EARLY, sorted(gaps(server))[:3]
    for name in ("a.db", "b.db"):
        assert Archive(tmp_path / name).one("SELECT count(*) FROM articles") == 5


def test_a_host_that_asks_for_patience_gets_it(tmp_path: Path) -> None:
    """Retry-After of a second is waited for; one of an hour closes the site for that long, and the run goes on with the others."""
    patient, closed = county(count=4), county("www.guanmen.test", count=4)
    tired = iter([Reply(b"wait", 503, {"Retry-After": "1"})])
    slow = patient.path(patient.stories[1])
    patient.special[slow] = lambda _: next(tired, Reply(patient.article_html(patient.stories[1]).encode()))
    closed.special[closed.path(closed.stories[0])] = Reply(b"wait", 429, {"Retry-After": "7200"})
    with Server(lambda host, *rest: (closed if host == closed.host else patient).answer(host, *rest)) as server:
        write_site(tmp_path / "sites", SITE, patient, via=server.address, delay=0.05, family="vsb")
        write_site(tmp_path / "sites", OTHER, closed, via=server.address, delay=0.05, family="vsb")
        done = crawl(tmp_path, [SITE, OTHER])
        assert done.returncode == 0, done.stderr
        log = [a for a in server.log if a.host == patient.host]
        at = next(n for n, a in enumerate(log) if a.status == 503)
        assert log[at + 1].at - log[at].done >= 1 - EARLY
        archive = Archive(tmp_path / "a.db")
        assert archive.verdict(OTHER) == "throttled"
        server.clear()
        crawl_with(tmp_path, [OTHER], hours=1.5)
        assert not server.log, "it asked for two hours"
        crawl_with(tmp_path, [OTHER], hours=2.5)
        assert server.log


def test_quiet_hours(tmp_path: Path) -> None:
    """Outside the hours nothing is asked; Ctrl-C ends the waiting in order."""
    site = county(count=2)
    now = hour_of(time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()))
    with Server(site.answer) as server:
        write_site(tmp_path / "sites", SITE, site, via=server.address, family="vsb")
        waiting = start(tmp_path, command(tmp_path, [SITE], "--hours", f"{(now + 2) % 24}-{(now + 4) % 24}"))
        until = time.monotonic() + 60
        while not (tmp_path / "a.db").exists() and time.monotonic() < until:
            time.sleep(0.05)
        time.sleep(4)  # from there it takes a second, on a busy machine two, until it would ask
        assert not server.log and waiting.poll() is None
        waiting.send_signal(2)
        _, said = waiting.communicate(timeout=30)
        assert waiting.returncode == 130 and "Traceback" not in said
        done = crawl(tmp_path, [SITE], "--hours", f"{now}-{(now + 2) % 24}")
        assert done.returncode == 0 and set(server.asked()) == site.paths()


@given(st.lists(st.tuples(st.floats(0.1, 10), st.floats(0, 5)), min_size=2, max_size=20))
def test_moments_of_a_clock_are_never_nearer_than_the_gap(asked: list[tuple[float, float]]) -> None:
    """Whoever asks, whenever: the moments a clock gives are at least the gap of the one before apart."""
    pace, now, before = Pace(Path("/dev/null/none")), 1_000_000.0, None
    for gap, passed in asked:
        now += passed
        moment = now + pace.reserve("host", gap, now)
        assert before is None or moment >= before - 1e-6
        before = moment + gap
    pace.close()


def test_hosts_at_one_address_share_a_clock(tmp_path: Path) -> None:
    first, second = Pace(tmp_path / "pace.db"), Pace(tmp_path / "pace.db")
    for host in ("a.gov.cn", "b.gov.cn"):
        first.share(host, "203.0.113.7")
    assert first.key("a.gov.cn") == first.key("b.gov.cn") == "203.0.113.7"
    assert first.reserve("203.0.113.7", 3.0, 1000.0) == 0.0
    assert second.reserve("203.0.113.7", 3.0, 1001.0) == pytest.approx(2.0)
    again = Pace(tmp_path / "pace.db")
    assert again.key("b.gov.cn") == "203.0.113.7"
    assert again.reserve("203.0.113.7", 3.0, 10.0) <= 3600.0, "the machine's clock was set back: nobody waits for weeks"
    for pace in (first, second, again):
        pace.close()
