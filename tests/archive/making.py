"""Pages of invented counties, and what an archive holds as plain rows: shared by the tests of this folder."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from govnews.archive import open_archive
from govnews.ingest import Ingest
from govnews.model import Page, Site

HOST = "www.qingshan.test"
SITE = Site("990901", "青杉县", f"http://{HOST}/", hosts=(HOST,))
BODY = (
    "3月1日上午，青杉县召开春季森林防火工作会议，总结去年工作，安排部署今年各项任务。",
    "会议要求，各乡镇要把责任落实到山头地块，加强巡护值守，做到早发现、早处置、早报告。",
)


def day(n: int) -> str:
    """The moment of the n-th fetch."""
    return f"2024-03-{n + 1:02d}T08:00:00Z"


def html(
    title: str = "青杉县部署春季森林防火工作",
    time: str = "2024-03-01 09:30:00",
    source: str = "青杉县融媒体中心",
    body: Iterable[str] = BODY,
    views: int | None = None,
    editor: str = "",
    notice: str = "",
) -> bytes:
    """An article page: what is versioned, and the furniture around it."""
    counted = f"<p>浏览次数：<span>{views}</span></p>" if views is not None else ""
    edited = f"<p>编辑：<span>{editor}</span></p>" if editor else ""
    paragraphs = "".join(f"<p>{p}</p>" for p in body)
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title} - 青杉县人民政府</title></head><body>
<div class="notice">{notice}</div>
<div class="position">当前位置：<a href="/">首页</a> &gt; <a href="/xwzx/">新闻中心</a></div>
<h1 class="detail-title">{title}</h1>
<div class="detail-info"><p>发布时间：<span>{time}</span></p><p>来源：<span>{source}</span></p>{counted}{edited}</div>
<div class="detail-content">{paragraphs}</div>
<div class="footer"><p>主办单位：青杉县人民政府办公室</p></div></body></html>""".encode()


def missing() -> bytes:
    """A page that says it is not there."""
    return "<html><head><title>404</title></head><body><h1>您访问的页面不存在或已被删除</h1></body></html>".encode()


def address(n: int = 1) -> str:
    """The address of the n-th article."""
    return f"http://{HOST}/xwzx/202403/20240301_{n}.html"


def page(body: bytes, at: str, url: str | None = address(), **more: Any) -> Page:
    """A fetched page of the county."""
    return Page(url, body, at, site=SITE.id, **more)


def ingested(path: Path, pages: Iterable[Page], *, batch: int = 100) -> list[str]:
    """Ingests pages in order, committed in batches; gives the outcomes."""
    units = []
    with open_archive(path) as archive, Ingest(archive) as ingest:
        for n, each in enumerate(pages, 1):
            units.append(ingest.add(each, SITE))
            if n % batch == 0:
                ingest.flush()
    return [unit.outcome for unit in units]


TABLES = "articles revisions captures view_observations sightings issues images attachments frontier".split()


def rows(path: Path, sql: str, *values: Any) -> list[dict[str, Any]]:
    """What a query gives, through a connection of its own that cannot write."""
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    connection.row_factory = sqlite3.Row
    try:
        return [dict(row) for row in connection.execute(sql, values)]
    finally:
        connection.close()


def dump(path: Path) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table that pages fill."""
    return {table: rows(path, f"SELECT * FROM {table} ORDER BY 1, 2, 3") for table in TABLES}


def lacking(path: Path) -> set[str]:
    """Hashes that the main file refers to and the pages file does not have."""
    wanted = rows(
        path,
        "SELECT sha256 FROM captures WHERE size > 0 UNION SELECT sha256 FROM articles UNION SELECT sha256 FROM revisions",
    )
    with open_archive(path, read_only=True) as archive:
        return {row["sha256"] for row in wanted if archive.pages.get(row["sha256"]) is None}
