"""Counties with one cause of missingness each, crawled twice: on 20 November 2024 and on 5 January 2025. What coverage must say of
every month of each stands in TRUTH. May import: govnews, the crawl's test county, the standard library.
"""

from __future__ import annotations

import socket
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "crawl"))

from crawl_run import Archive, crawl_with
from crawl_site import ROBOTS, County, Reply, Server, Story, write_site

FIRST, SECOND = date(2024, 11, 20), date(2025, 1, 5)
FROM, TO = "2024-06", "2025-02"
WALL = (
    "<html><head><meta charset='utf-8'><title>访问拦截</title></head><body><p>您的请求已被拦截，请联系管理员。</p>"
    "<script src='https://help.365cyd.com/cyd-error-help.html'></script></body></html>"
).encode()
DAYS = "2024-11-12 2024-10-08 2024-09-02 2024-07-15 2024-07-03 2024-06-20 2024-06-05 2024-05-10 2024-05-05".split()

CODES = {
    "O": "observed", "Z": "observed_zero", "P": "partial", "D": "beyond_list_depth", "G": "gone_before_first_visit", "B": "blocked",
    "U": "unreachable", "R": "robots", "C": "no_column", "S": "no_site", "N": "never_tried",
}  # fmt: skip
TRUTH = {
    "992001": ("whole", "OOZOOOONN"),
    "992002": ("blocked", "BBBBBBBBN"),
    "992003": ("robots", "RRRRRRRRN"),
    "992004": ("unreachable", "UUUUUUUUN"),
    "992005": ("no column", "CCCCCCCCC"),
    "992006": ("the list is cut in September", "DDDPOOZNN"),
    "992007": ("July is gone before the first visit", "OGZOOOZNN"),
    "992008": ("an article of September cannot be had", "OOZPOOZNN"),
    "992009": ("page two of the list cannot be had", "UUUPPOZNN"),
    "992010": ("walled between the visits", "OOZOOPBBN"),
    "992011": ("nobody asks", "NNNNNNNNN"),
    "992012": ("lists without days", "OOZOOOZNN"),
    "653132": ("no site", "SSSSSSSSS"),
}
"""County → what is the matter with it, and a letter for each month from June 2024 to February 2025."""
CRAWLED = [id for id in TRUTH if id.startswith("99") and id != "992011"]


@dataclass
class World:
    """The archive after both crawls, and the folder of its site files."""

    folder: Path

    @property
    def db(self) -> Path:
        return self.folder / "a.db"

    @property
    def sites(self) -> Path:
        return self.folder / "sites"

    @property
    def archive(self) -> Archive:
        return Archive(self.db)


def govnews(world: World, *words: str) -> str:
    """What a command says, typed in the folder of the world."""
    done = subprocess.run(
        [sys.executable, "-m", "govnews", *words], cwd=world.folder, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def build(folder: Path) -> World:
    """Crawls the counties twice, as the days of the clock say."""
    counties = {id: _county(id) for id in TRUTH if id.startswith("99")}
    by_host = {county.host: county for county in counties.values()}
    with Server(lambda host, *rest: by_host[host].answer(host, *rest)) as server, socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))  # bound and not listening: refused
        nobody = f"http://127.0.0.1:{closed.getsockname()[1]}"
        for id, county in counties.items():
            write_site(folder / "sites", id, county, via=nobody if id == "992004" else server.address, family="vsb")
        bare = folder / "sites" / "99" / "992005.toml"
        bare.write_text(bare.read_text("utf-8").split("[[columns]]")[0], "utf-8")
        _crawl(folder, FIRST)
        counties["992001"].stories.insert(0, Story(1099, "2024-12-20"))
        _answer_all(counties["992010"], Reply(WALL, 403))
        _crawl(folder, SECOND)
    return World(folder)


def _crawl(folder: Path, day: date) -> None:
    ahead = (day - datetime.now(UTC).date()).days
    done = crawl_with(folder, CRAWLED, days=ahead, options={"vantage": "kunming; CN; China Telecom", "full": True})
    assert done.returncode == 0, done.stderr


def _county(id: str) -> County:
    n = int(id) - 991000
    days = [d for d in DAYS if id != "992006" or d >= "2024-09-01"]
    county = County(host=f"www.x{id}.test", stories=[Story(100 * n + k, day) for k, day in enumerate(days)], rows=20)
    if id == "992002":
        _answer_all(county, Reply(WALL, 403))
    elif id == "992003":
        county.robots = Reply(b"User-agent: *\nDisallow: /\n", headers={"Content-Type": "text/plain"})
    elif id == "992007":
        for story in county.stories:
            story.gone = story.day.startswith("2024-07")
    elif id == "992008":
        county.special[county.path(county.stories[2])] = Reply(b"<h1>500</h1>", 500)
    elif id == "992009":
        county.rows = 3
        county.special[county.list_path("xw", 2)] = Reply(b"<h1>500</h1>", 500)
    elif id == "992012":
        county.undated = True
    return county


def _answer_all(county: County, reply: Reply) -> None:
    for path in county.paths() - {ROBOTS}:
        county.special[path] = reply
