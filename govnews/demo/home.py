"""Home pages of the demo's counties, with what real ones have: menus, tabs of upper levels, a carousel, notices, and ways that
lead to them. Pure.

Some counties are reached through frames, a refresh or a script, or name their column on a channel's page only. What stands beside
the county's own news (省内要闻, 时政要闻, 通知公告, 图片新闻) is served too. May import: the standard library.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path

WAYS = ("plain", "channel", "frames", "refresh", "script")
"""plain: the front page is the home page. channel: its columns stand on a page of news only. The others lead to the front page."""
_TEMPLATES = Path(__file__).parent / "templates" / "home"
_SLOT = re.compile(r"\{\{(\w+)\}\}")
_TRAPS = {
    "snyw": ("省内要闻", "湖中日报", "全省防汛工作视频会议召开|省委理论学习中心组举行集体学习|省政府召开常务会议研究粮食生产|省领导赴湖区调研水利"),
    "szyw": ("时政要闻", "中国政府网", "国务院常务会议研究部署重点工作|全国人大常委会举行会议|国务院任免工作人员|国新办举行新闻发布会介绍情况"),
    "tzgg": ("通知公告", "政府办公室", "关于公开征集民生实事项目建议的公告|拟录用公务员名单公示（第二批）|关于停水检修的通知|补充耕地项目中标结果公告"),
    "tpxw": ("图片新闻", "融媒体中心", "镜头里的初夏田园风光|图说一线：清凉送到工地上|荷塘初绽引客来|水乡晨雾如画卷"),
    "zcjd": ("政策解读", "司法局", "一图读懂惠农补贴办法|问答：医疗救助怎样申请|一图读懂安全用电规定|问答：老旧小区怎样改造"),
}  # fmt: skip
"""Folder → name of the column, source of its articles, their titles."""
_TRAP = re.compile(r"/index/(\w+)/(index|80(\d))\.html")


@dataclass(frozen=True, slots=True)
class Head:
    """A headline on the front page."""

    title: str
    href: str
    day: str


@dataclass(frozen=True, slots=True)
class Home:
    """A county's front page. columns: (name, path, newest rows) of its own news. way: one of WAYS."""

    name: str
    full_name: str
    charset: str
    site_code: str
    icp: str
    columns: tuple[tuple[str, str, Sequence[Head]], ...]
    way: str = "plain"


def home_page(home: Home, target: str) -> str | None:
    """What stands at an address of the front page and beside it, or null."""
    if target == "/":
        return _fill(home, {"plain": "front", "channel": "front"}.get(home.way, home.way))
    if target in ("/index/main.html", "/index/top.html", "/index/xwzx.html"):
        return _fill(home, {"main": "front", "top": "top", "xwzx": "channel"}[target[7:-5]])
    found = _TRAP.fullmatch(target)
    if found is None or found[1] not in _TRAPS:
        return None
    column, source, titles = _TRAPS[found[1]]
    every = titles.split("|")
    if found[2] == "index":
        rows = "".join(
            f'<li><a href="80{n}.html">{title}</a><span>2024-06-1{n}</span></li>' for n, title in enumerate(every)
        )
        return _fill(home, "list", column=column, rows=rows)
    number = int(found[3])
    return _fill(home, "trap", column=column, source=source, title=every[number]) if number < len(every) else None


def _fill(home: Home, name: str, **values: str) -> str:
    said = {n: str(getattr(home, n)) for n in ("name", "full_name", "charset", "site_code", "icp")} | values

    def put(match: re.Match[str]) -> str:
        slot = match[1]
        if slot == "foot":
            return _fill(home, "foot")
        if slot in ("menu", "pictures", "blocks"):
            return {"menu": _menu, "pictures": _pictures, "blocks": _blocks}[slot](home, name)
        return said[slot]

    return _SLOT.sub(put, _template(name))


@cache
def _template(name: str) -> str:
    return (_TEMPLATES / f"{name}.html").read_text("utf-8").strip()


def _menu(home: Home, page: str) -> str:
    """The news of the menu: a channel's page, or the first column."""
    if home.way == "channel":
        links = [("新闻中心", "/index/xwzx.html")]
    else:
        links = [(name, path) for name, path, _ in home.columns]
    cell = "td" if page == "top" else "li"
    return "".join(f'<{cell}><a href="{escape(path)}">{name}</a></{cell}>' for name, path in links)


def _pictures(home: Home, _: str) -> str:
    heads = home.columns[0][2][:3]
    return "".join(
        f'<li><a href="{escape(h.href)}"><img src="/images/{n}.jpg" alt="{escape(h.title)}"></a></li>'
        for n, h in enumerate(heads)
    )


def _blocks(home: Home, page: str) -> str:
    """The columns with their newest rows; on the front page of a county with a channel, none."""
    if home.way == "channel" and page == "front":
        return ""
    return "\n".join(
        _fill(home, "block", column=name, href=escape(path), rows="".join(map(_row, heads[:5])))
        for name, path, heads in home.columns
    )


def _row(head: Head) -> str:
    return f'<li><a href="{escape(head.href)}" title="{escape(head.title)}">{escape(head.title)}</a><span>{head.day[5:]}</span></li>'
