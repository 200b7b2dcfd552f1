"""The archive of docs/questions-study.md: what five invented counties published over two years (history.toml), as monthly visits with a
clock of their own would have stored it. The same archive every time, by the way every page goes.

No server and no crawl: pages are made here and handed to ingest. May import: ingest, archive, extraction, sites, model, the standard
library.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from govnews.archive import Archive, coverage, finish_run, open_archive, remember_sites, start_run
from govnews.archive.leaders import import_leaders, update_mentions
from govnews.archive.presence import judge
from govnews.archive.search.index import update_index
from govnews.archive.source_kinds import update_source_kinds
from govnews.extraction import read_list, uid, url_key
from govnews.ingest import Ingest, response_class
from govnews.model import Column, Failure, Page, Site, Task
from govnews.model.page import TaskKind
from govnews.sites.source_kinds import sorted_source

DB = Path("data/history.db")
"""Where the demo writes it."""
MONTHS = ("2023-06", "2025-06")
CLOCK = "T02:00:00Z"
"""When a visit begins; ten in the morning there."""
_PROPER = "农事指导进村|道路养护排班|河道清漂巡查|村级账目公开|文艺队下乡演出|电力线路检修".split("|")
_MISSING = "<html><head><title>404</title></head><body><h1>您访问的页面不存在或已被删除</h1></body></html>".encode()
_WALL = (
    "<html><head><meta charset='utf-8'><title>访问拦截</title></head><body><p>您的请求已被拦截，请联系管理员。</p>"
    "<script src='https://help.365cyd.com/cyd-error-help.html'></script></body></html>"
).encode()


@dataclass(frozen=True, slots=True)
class Story:
    """An article: what it says, from when on it says something else, from when on it is gone (days)."""

    n: int
    time: str
    title: str
    source: str
    body: str
    edited: str = "9999"
    edited_body: str = ""
    gone: str = "9999"

    @property
    def day(self) -> str:
        """When it was published."""
        return self.time[:10]


@dataclass(frozen=True, slots=True)
class County:
    """A county: its stories newest first, and when it could be visited."""

    id: str
    name: str
    prefecture: str
    counts: str
    stories: tuple[Story, ...] = field(repr=False)
    first: str = ""
    last: str = "9999"
    floor: str = ""
    walled: str = "9999"

    @property
    def list_url(self) -> str:
        """Its column."""
        return f"http://www.h{self.id}.test/xwzx/"

    def url(self, story: Story) -> str:
        """Where a story stands."""
        return f"{self.list_url}{story.day[:7].replace('-', '')}/t{story.n}.html"

    def counter_url(self, story: Story) -> str:
        """Where its counter answers."""
        return f"http://www.h{self.id}.test/system/resource/code/news/click/dynclicks.jsp?clickid={story.n}&owner=77&clicktype=wbnews"

    def site(self, province: str) -> Site:
        """As the archive knows it."""
        host = f"www.h{self.id}.test"
        columns = (Column(f"{self.name}要闻", self.list_url),)
        return Site(
            self.id,
            self.name,
            f"http://{host}/",
            hosts=(host,),
            columns=columns,
            province=province,
            prefecture=self.prefecture,
        )


@cache
def _told() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))


def counties() -> list[County]:
    """The counties with all they published."""
    out = []
    for row in _told()["counties"]:
        row = dict(row)
        quiet = row.pop("quiet", [])
        told = [dict(s) for s in _told()["stories"] if s["county"] == row["id"]]
        routine = list(_routine(row["name"], [m for m in coverage.months(*MONTHS) if m not in quiet]))
        rows = sorted([*told, *routine], key=lambda s: str(s["time"]))
        base = int(row["id"]) % 1000 * 1000
        stories = [Story(base + n, **{k: v for k, v in s.items() if k != "county"}) for n, s in enumerate(rows)]
        out.append(County(**row, stories=tuple(reversed(stories))))
    return out


def _routine(name: str, months: list[str]) -> Iterator[dict[str, str]]:
    """One piece of routine news a month."""
    for n, month in enumerate(months):
        what = _PROPER[n % len(_PROPER)]
        body = f"{int(month[5:])}月3日，{name}安排{what}，第{n + 1}批人员当天到岗，进度每周五公布，群众可以到村务公开栏查看。"
        yield {
            "time": f"{month}-03 09:{n:02d}",
            "title": f"{name}安排{what}",
            "source": f"{name}融媒体中心",
            "body": body,
        }


def build(db: Path) -> None:
    """Writes the archive. Raises Failure `archive_exists` when there is one."""
    if db.exists():
        raise Failure("archive_exists", f"{db} is there already", hint="name another with --db", exit_code=1)
    places = [(county, county.site(_told()["province"])) for county in counties()]
    with open_archive(db) as archive:
        known: set[str] = set()
        for day in _told()["visits"]:
            _visit(archive, day, places, known)
        _finish(archive, places)


def _visit(archive: Archive, day: str, places: list[tuple[County, Site]], known: set[str]) -> None:
    """One run: the list of every county, its new articles, and those that are watched."""
    today = [(c, s) for c, s in places if c.first <= day <= c.last]
    remember_sites(archive, [site for _, site in today], now=day + CLOCK)
    vantage = "kunming; CN; China Telecom"
    run = start_run(archive, "crawl", now=day + CLOCK, version="demo", vantage=vantage, settings={})
    verdicts = {}
    with Ingest(archive, run) as ingest:
        for county, site in today:
            walled = day >= county.walled
            verdicts[site.id] = {"verdict": "blocked" if walled else "ok"}
            for page in (
                _pages(county, day, known)
                if not walled
                else [_page(county, county.list_url, _WALL, day, 0, "list", 403)]
            ):
                if page.task and page.task.kind == "list":
                    page.listing = read_list(page, site)
                ingest.add(page, site)
    finish_run(archive, run, now=f"{day}T03:00:00Z", reason="finished", counts={}, sites=verdicts)


def _pages(county: County, day: str, known: set[str]) -> Iterator[Page]:
    """What a visit is answered, in order."""
    shown = [s for s in county.stories if county.floor <= s.day < day]
    yield _page(county, county.list_url, _list(county, [s for s in shown if day < s.gone]), day, 0, "list")
    for n, story in enumerate(shown, 1):
        url, watched = county.url(story), min(story.edited, story.gone) < "9999"
        if url in known and not watched and n > 1:  # the newest is asked for again, and witnesses what is gone
            continue
        known.add(url)
        gone = day >= story.gone
        body = _MISSING if gone else _article(county, story, day)
        yield _page(county, url, body, day, n, "article", 404 if gone else 200)
        if county.counts == "counter" and not gone:
            yield _page(county, county.counter_url(story), str(_views(story)).encode(), day, n, "counter", of=url)


def _views(story: Story) -> int:
    return 60 + story.n % 97


def _page(
    county: County, url: str, body: bytes, day: str, second: int, kind: TaskKind, status: int = 200, of: str = ""
) -> Page:
    at = f"{day}T02:{second // 60:02d}:{second % 60:02d}Z"
    task = Task(kind, url, county.id, column=county.list_url)
    if of:
        task = replace(task, uid=uid(url_key(of)), reader="vsb")
    page = Page(
        url,
        body,
        at,
        status,
        {"content-type": "text/html; charset=utf-8"},
        site=county.id,
        requested_url=url,
        task=task,
    )
    page.response_class = response_class(status, body, url, None)
    return page


def _list(county: County, shown: list[Story]) -> bytes:
    rows = "\n".join(
        f'<li><a href="{county.url(s)}" title="{s.title}">{s.title}</a><span>{s.day}</span></li>' for s in shown
    )
    return (
        f"<!DOCTYPE html><html><head><title>{county.name}要闻</title></head><body>\n<ul class='news'>\n{rows}\n</ul>\n</body></html>"
    ).encode()


def _article(county: County, story: Story, day: str) -> bytes:
    body = story.edited_body if day >= story.edited else story.body
    script = f'<script>_showDynClicks("wbnews", 77, {story.n})</script>'
    counted = {"page": f"浏览次数：{_views(story)}", "counter": f"浏览次数：{script}次"}.get(county.counts, "")
    return (
        f"<!DOCTYPE html><html><head><title>{story.title}-{county.name}人民政府</title></head><body>\n"
        f'<div class="top"><a href="/">首页</a></div>\n<h1>{story.title}</h1>\n'
        f'<div class="info">发布时间：{story.time} 来源：{story.source} {counted}</div>\n'
        f'<div class="text">\n<p>{body}</p>\n</div>\n<div class="foot">版权所有 {county.name}人民政府</div></body></html>'
    ).encode()


def _finish(archive: Archive, places: list[tuple[County, Site]]) -> None:
    """What commands would make of it: presence, whose words, leaders, the search index, coverage."""
    for row in archive.connection.execute("SELECT uid FROM articles ORDER BY uid").fetchall():
        judge(archive.connection, row["uid"])
    update_source_kinds(archive, sorted_source)
    codes = {county.name: county.id for county, _ in places}
    import_leaders(archive, enumerate(_told()["leaders"], 2), codes.__getitem__)
    update_mentions(archive)
    update_index(archive)
    frame = [
        coverage.Place(c.id, c.name, s.province, s.prefecture, "crawlable", {c.id: (c.list_url,)}) for c, s in places
    ]
    coverage.compute(archive.connection, frame, coverage.months(*MONTHS), now="2025-06-25T03:00:00Z")
