"""The page this project began with, through the commands: every value that is known of it, read and archived."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from typed import SEED, rows, typed

PAGE, EXPECTED = SEED / "weixi-2021-06-02.txt", SEED / "weixi-2021-06-02.expected.json"
needs_seed = pytest.mark.skipif(not PAGE.exists(), reason="the seed page is not here")


def known() -> dict[str, Any]:
    values: dict[str, Any] = json.loads(EXPECTED.read_text("utf-8"))
    return values


def of(row: dict[str, Any]) -> dict[str, Any]:
    """The values that are known, as a row has them. A no-break space of the page is read as a space."""
    return {key: row[key] for key in known()}


def plain(values: dict[str, Any]) -> dict[str, Any]:
    """The same with no-break spaces as spaces."""
    return {key: value.replace("\xa0", " ") if isinstance(value, str) else value for key, value in values.items()}


@needs_seed
def test_extract_gives_every_known_value(tmp_path: Path) -> None:
    done = typed("extract", PAGE, "--json", cwd=tmp_path)
    assert done.returncode == 0 and done.stderr == ""
    row = json.loads(done.stdout)
    assert plain(of(row)) == plain(known())
    assert row["kind"] == "article" and row["file"] == str(PAGE)


@needs_seed
def test_import_archives_every_known_value_once(tmp_path: Path) -> None:
    """The folder as it is: the page goes in, the .json is passed over by name. A second time changes nothing."""
    first = typed("import", SEED, "--db", "a.db", cwd=tmp_path)
    assert first.returncode == 0 and "1 new" in first.stdout
    assert "passed over weixi-2021-06-02.expected.json" in first.stderr
    before = {table: rows(tmp_path / "a.db", f"SELECT * FROM {table}") for table in ("articles", "captures")}
    [row] = before["articles"]
    assert plain(of(row)) == plain(known())
    again = typed("import", SEED, "--db", "a.db", cwd=tmp_path)
    assert again.returncode == 0 and "0 new, 0 changed, 1 same" in again.stdout
    assert {table: rows(tmp_path / "a.db", f"SELECT * FROM {table}") for table in before} == before
    assert len(rows(tmp_path / "a.db", "SELECT * FROM view_observations")) == 1
    noted = rows(tmp_path / "a.db", "SELECT code, severity, url, times FROM issues")
    assert noted == [{"code": "passed_over", "severity": "info", "url": "weixi-2021-06-02.expected.json", "times": 1}]
    shown = typed("show", row["uid"], "--db", "a.db", "--json", cwd=tmp_path)
    article = json.loads(shown.stdout)
    assert plain(of(article)) == plain(known())


HEADLINE = "乌兰嘎查举办冬季牧业技术培训"
BODY = (
    "1月9日,蓝湖县在乌兰嘎查举办冬季牧业技术培训,120名牧民参加。",
    "培训围绕接羔保育、饲草贮备和疫病防治展开,由县农牧和科技局技术人员现场讲解。",
    "牧民们表示,培训内容实用,回去就能用上。",
)
TEXT = "\n".join(
    [
        "+",
        "新闻中心",
        HEADLINE,
        "发布时间:2024-01-10 16:05:32",
        "来源:蓝湖县农牧和科技局",
        "浏览次数:274",
        "字体:【",
        "分享:",
        "",
        "\n\n".join(BODY),
        "",
        "扫一扫在手机打开当前页面",
    ]
)
HTML = f"""<!DOCTYPE html>
<!-- saved from url=(0055)http://www.lanhu.test/xwzx/202401/20240110_204417.html -->
<html lang="zh-CN"><head><meta charset="utf-8"><title>{HEADLINE} - 蓝湖县人民政府</title></head><body>
<div class="a11y"><a href="javascript:;">+</a></div>
<div class="position">当前位置：<a href="/">首页</a> &gt; <a href="/xwzx/">新闻中心</a></div>
<div class="detail"><h1 class="detail-title">{HEADLINE}</h1>
<div class="detail-info"><p>发布时间:<span>2024-01-10 16:05:32</span></p><p>来源:<span>蓝湖县农牧和科技局</span></p>
<p>浏览次数:<span>274</span></p><p>字体:【<a href="javascript:doZoom(20)">大</a> <a href="javascript:doZoom(16)">小</a>】</p>
<p>分享:<span class="social-share"></span></p></div>
<div class="detail-content">{"".join(f"<p>{p}</p>" for p in BODY)}</div>
<div class="qrcode">扫一扫在手机打开当前页面</div></div>
<script src="/file/diqing/lanhu/js/share.min.js"></script></body></html>
"""


def test_a_saved_page_and_its_plain_text_are_the_same_article(tmp_path: Path) -> None:
    """Nobody's page: the diqing layout with invented content, once as HTML and once as the text a browser copies."""
    saved = tmp_path / "saved"
    (saved / "旧 页面").mkdir(parents=True)
    (saved / "旧 页面" / "page.html").write_text(HTML, "utf-8")
    (saved / "page.txt").write_text(TEXT, "utf-8")
    for file in saved.rglob("page.*"):
        os.utime(file, (1_704_900_000, 1_704_900_000))
    assert typed("import", "saved", "--db", "a.db", cwd=tmp_path).returncode == 0
    fields = "title, publish_time, publish_time_precision, publish_date, source, view_count, view_count_state, body, fetched_at"
    by_url = {row["url"]: row for row in rows(tmp_path / "a.db", f"SELECT url, section, {fields} FROM articles")}
    assert by_url.keys() == {"http://www.lanhu.test/xwzx/202401/20240110_204417.html", None}
    for row in by_url.values():
        assert row.pop("url") in by_url and row == {
            "section": "新闻中心",
            "title": HEADLINE,
            "publish_time": "2024-01-10T16:05:32+08:00",
            "publish_time_precision": "second",
            "publish_date": "2024-01-10",
            "source": "蓝湖县农牧和科技局",
            "view_count": 274,
            "view_count_state": "shown",
            "body": "\n".join(BODY),
            "fetched_at": "2024-01-10T15:20:00Z",
        }
    origins = rows(tmp_path / "a.db", "SELECT origin FROM captures ORDER BY origin")
    assert [r["origin"] for r in origins] == ["page.txt", "旧 页面/page.html"]
