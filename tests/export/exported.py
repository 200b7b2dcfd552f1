"""An archive whose rows are a trial for any file format, and its rows as plain values: shared by the tests of this folder."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

from govnews.archive import open_archive, remember_sites
from govnews.ingest import Ingest
from govnews.model import Page, Site

SITES = [
    Site("533423", "维西县", "http://a.test/", hosts=("a.test",), province="云南省", prefecture="迪庆藏族自治州"),
    Site("990901", "松溪县", "http://b.test/", hosts=("b.test",)),
]
TRIALS = [
    '=HYPERLINK("http://x","松溪县")召开会议',
    "松溪县启动“1+1”结对帮扶活动",
    "-12℃低温预警",
    "@全体居民 核酸检测通知",
    "'引号开头的标题",
    '带"双引号"、逗号, 分号; 和制表的标题',
    "𠮷田村𡈽坎 གོང་ ᠮᠣᠩᠭᠣᠯ",
    "00123号文件公布",
]
"""Titles that some format or program gets wrong."""
LONG = "松溪县召开会议安排部署。" * 3500
"""A body longer than a cell of Excel holds."""


def page(n: int, title: str, body: str, views: str, time: str) -> bytes:
    """An article with a table of values in its head."""
    seen = f"浏览次数：{views}" if views else ""
    escaped = title.replace("&", "&amp;").replace("<", "&lt;")
    return (
        f"<html><head><meta charset='utf-8'></head><body><h1>{escaped}</h1><div>发布时间：{time} 来源：松溪县融媒体中心 {seen}</div>"
        f"<div class='content'><p>第{n}条：{body}</p><p>会议强调，各乡镇要落实责任，加强值守。</p>"
        f"<p><img src='/i/{n}.jpg' alt='图'></p></div></body></html>"
    ).encode()


def make(path: Path) -> Path:
    """The archive: trial titles, times of three precisions, counts that are there, zero and unread, a long body."""
    times = ["2024-05-06 09:30:01", "2023-05-06 09:30", "2023-01-02"]
    with open_archive(path) as archive, Ingest(archive) as ingest:
        remember_sites(archive, SITES, now="2024-05-07T00:00:00Z")
        for n, title in enumerate(TRIALS):
            site = SITES[n % 2]
            body = LONG if n == 3 else "松溪县召开会议，安排部署春季农业生产，要求落实责任。"
            data = page(n, title, body, ["31", "", "7"][n % 3], times[n % 3])
            url = f"http://{site.hosts[0]}/xwzx/t20240506_{n}.html"
            ingest.add(Page(url, data, "2024-05-07T01:02:03Z", site=site.id), site)
    return path


def stored(path: Path) -> dict[str, dict[str, Any]]:
    """uid → the article as the archive has it, with its place and links."""
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    connection.row_factory = sqlite3.Row
    out = {}
    for row in connection.execute(
        "SELECT a.*, s.name AS county, s.prefecture, s.province FROM articles a LEFT JOIN sites s ON s.id = a.site"
    ):
        article = dict(row)
        del article["id"]
        for table in ("images", "attachments"):
            links = connection.execute(f"SELECT url, text FROM {table} WHERE uid = ? ORDER BY position", (row["uid"],))
            article[table] = json.dumps([dict(link) for link in links], ensure_ascii=False, separators=(",", ":"))
        out[row["uid"]] = article
    connection.close()
    return out
