"""The counties of docs/worked-study.md: each lacks something else, and two places see them differently. Pure but for the site files.

What a place sees is a function of host and path, so that every cell of the coverage can be checked against it. May import: worlds.py,
pages.py, sites, model, the standard library.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from govnews.demo.pages import Response, wall
from govnews.demo.worlds import World
from govnews.model import Site
from govnews.sites.site_file import read_site_file

PLACES = ("kunming", "frankfurt")
_DAYS = (
    "2024-09-12 2024-08-20 2024-08-03 2024-07-15 2024-06-20 2024-06-05 2024-04-18 2024-04-02 2024-03-11 2024-02-20 2024-02-05"
).split()
"""When a county that lacks nothing published, newest first: nothing in May."""
_LIST = "/xwzx/"
_EMPTY = b"<html><head><title>404 Not Found</title></head><body>404 Not Found</body></html>"


@dataclass(frozen=True, slots=True)
class Story:
    """An article: its number and day. status: what its address answers."""

    n: int
    day: str
    status: int = 200

    @property
    def path(self) -> str:
        """Where it stands."""
        return f"{_LIST}{self.day[:7].replace('-', '')}/t{self.n}.html"

    @property
    def title(self) -> str:
        """Its headline; every third speaks of relocation."""
        what = "易地搬迁安置点" if self.n % 3 == 0 else "乡村道路"
        return f"{what}第{self.n}号现场推进会召开"


@dataclass(frozen=True, slots=True)
class Lacking:
    """A county. terrain: what strata are made of. walled, down: places from which it cannot be seen. first: older articles are on
    its list no more; last: nothing came after. gone, broken: articles whose day begins so answer 404, 500."""

    id: str
    name: str
    terrain: str
    why: str
    walled: tuple[str, ...] = ()
    down: tuple[str, ...] = ()
    robots: bool = True
    column: bool = True
    site: bool = True
    first: str = ""
    last: str = "9999"
    gone: str = "-"
    broken: str = "-"

    @property
    def host(self) -> str:
        """As addresses write it."""
        return f"www.s{self.id}.test"

    @property
    def stories(self) -> list[Story]:
        """What its list shows, newest first."""
        base = int(self.id) % 1000 * 100
        status = {
            day: 404 if day.startswith(self.gone) else 500 if day.startswith(self.broken) else 200 for day in _DAYS
        }
        return [Story(base + k, d, status[d]) for k, d in enumerate(_DAYS) if self.first <= d <= self.last]


COUNTIES = (
    Lacking("990701", "青坪县", "hill", "nothing is lacking"),
    Lacking("990702", "砚池县", "plain", "it fell silent in May", last="2024-04-30"),
    Lacking("990703", "云屏县", "hill", "a firewall, whoever asks", walled=PLACES),
    Lacking("990704", "柳堤县", "plain", "a firewall against foreign addresses", walled=("frankfurt",)),
    Lacking("990705", "乌岩县", "hill", "nobody answers", down=PLACES),
    Lacking("990706", "白渡县", "plain", "robots.txt asks us to stay away", robots=False),
    Lacking("990707", "松岗县", "hill", "no news column is known", column=False),
    Lacking("990708", "芦湾县", "plain", "its list goes back to July only", first="2024-07-01"),
    Lacking("990709", "石笋县", "hill", "April was deleted before anyone came", gone="2024-04"),
    Lacking("990710", "荷塘县", "plain", "an article of June cannot be had", broken="2024-06-20"),
    Lacking("990711", "鹿鸣县", "plain", "its line to Kunming is down", down=("kunming",)),
    Lacking("990712", "双井县", "hill", "drawn later, not yet crawled"),
    Lacking("990713", "旧营县", "hill", "no site is known", site=False),
    Lacking("990714", "晚枫县", "plain", "in the frame, not drawn"),
    Lacking("990715", "梨溪县", "hill", "in the frame, not drawn"),
)
_BY_HOST = {county.host: county for county in COUNTIES}


def page(place: str, host: str, target: str) -> Response:
    """What a place sees at an address."""
    county = _BY_HOST.get(host)
    if county is None:
        return Response(404, b"no such host", "text/plain")
    if target == "/robots.txt":
        return Response(200, f"User-agent: *\nDisallow: {'/admin/' if county.robots else '/'}\n".encode(), "text/plain")
    if place in county.walled:
        return wall()
    if target == _LIST:
        return Response(200, _list(county).encode(), "text/html; charset=utf-8")
    story = next((s for s in county.stories if s.path == target), None)
    if story is None or story.status == 404:
        return Response(404, _EMPTY)
    if story.status == 500:
        return Response(500, b"<html><body><h1>500</h1></body></html>")
    return Response(200, _article(county, story).encode(), "text/html; charset=utf-8")


def _list(county: Lacking) -> str:
    rows = "\n".join(f'<li><a href="{s.path}">{s.title}</a><span>{s.day}</span></li>' for s in county.stories)
    return (
        f"<!DOCTYPE html><html><head><title>{county.name}要闻-{county.name}人民政府</title></head><body>\n"
        f'<div class="top"><a href="/">首页</a></div>\n<ul class="news">\n{rows}\n</ul>\n</body></html>'
    )


def _article(county: Lacking, story: Story) -> str:
    lines = (
        f"{story.day[:4]}年{int(story.day[5:7])}月，{story.title}，{county.name}有关部门和乡镇负责人到场查看进度。",
        f"会议要求把第{story.n}号任务分解到周，逐项对账，遇到难题现场商量、现场解决。",
    )
    text = "\n".join(f"<p>{line}</p>" for line in lines)
    return (
        f"<!DOCTYPE html><html><head><title>{story.title}-{county.name}人民政府</title></head><body>\n"
        f'<div class="top"><a href="/">首页</a> &gt; <a href="{_LIST}">{county.name}要闻</a></div>\n<h1>{story.title}</h1>\n'
        f'<div class="info">发布时间：{story.day} 09:{story.n % 60:02d} 来源：{county.name}融媒体中心</div>\n'
        f'<div class="text">\n{text}\n</div>\n<div class="foot">版权所有 {county.name}人民政府</div></body></html>'
    )


def world(place: str, nobody: str) -> World:
    """The counties as a place sees them. nobody: an address at which nobody answers."""

    def whose(host: str) -> tuple[str, str] | None:
        return (_BY_HOST[host].id, host) if host in _BY_HOST else None

    def write(folder: Path, via: str) -> list[Site]:
        return list(_site_files(folder, place, via, nobody))

    title = f"the counties of a study as {place} sees them"
    return World(title, Path("data") / f"{place}.db", "易地搬迁", lambda h, t, *_: page(place, h, t), whose, write)


def _site_files(folder: Path, place: str, via: str, nobody: str) -> Iterator[Site]:
    for county in COUNTIES:
        if not county.site:
            continue
        home = f"http://{county.host}"
        reached = nobody if place in county.down else via
        lines = [f'id = "{county.id}"', f'name = "{county.name}"', f'home = "{home}/"', f'hosts = ["{county.host}"]']
        lines += [f'via = "{reached}"', "delay = 0"]
        if county.column:
            lines += ["[[columns]]", f'name = "{county.name}要闻"', f'url = "{home}{_LIST}"']
        path = folder / county.id[:2] / f"{county.id}.toml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(lines) + "\n", "utf-8")
        yield read_site_file(path)


def write_frame(path: Path) -> None:
    """The frame of the study, for `sample --frame`."""
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["code", "name", "terrain"])
        out.writerows([county.id, county.name, county.terrain] for county in COUNTIES)
