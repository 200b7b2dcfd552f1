"""The demo's articles and what a right archive holds of them.

May import: model, the standard library.
"""

from __future__ import annotations

import importlib.resources
import tomllib
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from govnews.text.dates import read_time


@dataclass(frozen=True, slots=True)
class DemoArticle:
    """One article. time: as its page prints it. views: null where its site has no counter. gone: its address answers 404."""

    site: str
    id: str
    title: str
    time: str
    source: str
    body: str
    views: int | None = None
    author: str = ""
    images: int = 0
    attachments: tuple[str, ...] = ()
    shows: tuple[str, ...] = ()
    gone: bool = False


@dataclass(frozen=True, slots=True)
class County:
    """One demo county. columns: (name, path)."""

    id: str
    name: str
    host: str
    family: str
    column: tuple[str, str]
    articles: tuple[DemoArticle, ...] = field(default=())


COUNTIES = (
    ("990001", "栖云县", "www.qiyun.test", "diqing", ("栖云要闻", "/xwzx/qyyw.html")),
    ("990002", "浣川县", "www.huanchuan.test", "vsb", ("浣川要闻", "/xwzx/hcyw.htm")),
    ("990003", "石盘县", "www.shipan.test", "", ("本地新闻", "/news/list.asp?cid=7")),
)


@cache
def counties(day: int = 1) -> tuple[County, ...]:
    """The counties on their first or second day."""
    text = importlib.resources.files("govnews.demo").joinpath("articles.toml").read_text("utf-8")
    articles = [_article(row, day) for row in tomllib.loads(text)["article"]]
    return tuple(County(*facts, tuple(a for a in articles if a.site == facts[0])) for facts in COUNTIES)


def _article(row: dict[str, Any], day: int) -> DemoArticle:
    row = {**row, **(row.get("day2", {}) if day == 2 else {})}
    row.pop("day2", None)
    row["body"] = row["body"].strip()
    for name in ("attachments", "shows"):
        row[name] = tuple(row.get(name, ()))
    if day == 2 and row.get("views") and "day2" not in row:
        row["views"] += 11
    return DemoArticle(**row)


def path_of(article: DemoArticle) -> str:
    """The path of an article's page."""
    if article.site == "990001":
        return f"/xwzx/qyyw/{article.id[:6]}/{article.id}.html"
    if article.site == "990002":
        return f"/info/{article.id}.htm"
    return f"/news/show.asp?id={article.id}"


def url_of(article: DemoArticle) -> str:
    """The address of an article's page."""
    host = next(host for id, _, host, _, _ in COUNTIES if id == article.site)
    return f"http://{host}{path_of(article)}"


def truth(article: DemoArticle) -> dict[str, Any]:
    """The values a right archive holds, by column."""
    moment = read_time(article.time)
    assert moment is not None
    return {
        "title": article.title,
        "publish_time": moment.iso,
        "publish_time_precision": moment.precision,
        "source": article.source or None,
        "view_count": article.views,
        "body": article.body,
    }
