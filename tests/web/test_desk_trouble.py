"""What the desk says when something cannot be: in both languages, with what to do next, also on Datasette's own pages."""

from __future__ import annotations

import asyncio
import html
import json
import re
import sqlite3
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import quote

import pytest

from govnews.web import pages
from govnews.web.app import build

ENDLESS = "with recursive n(i) as (select 1 union all select i + 1 from n) select "
CASES = {
    "a table that is not there": ("/archive/artcles", 404, "是否指 articles", "Did you mean articles?"),
    "a row that is not there": ("/archive/articles/99999", 404, "没有这一行", "no such row"),
    "no such page": ("/nothing", 404, "此地址没有页面", "no page at this address"),
    "no such database": ("/other/articles", 404, "此地址没有页面", "no page at this address"),
    "the whole file": ("/archive.db", 403, "不提供整个档案文件", "govnews export"),
    "no SELECT": (f"/archive?sql={quote('delete from articles')}", 400, "只供读取", "only reads"),
    "a column that is not there": (
        f"/archive?sql={quote('select sorce from articles')}",
        400,
        "没有名为 sorce 的列。 是否指 source",
        "no column called sorce here. Did you mean source?",
    ),
    "a table in SQL": (f"/archive?sql={quote('select 1 from citys')}", 400, "没有名为 citys 的表", "called citys"),
    "a comma too many": (f"/archive?sql={quote('select 1,,2')}", 400, "“,”处有语法错误", "at “,”"),
    "a search by hand": (
        "/archive?sql=" + quote("select * from search_index where search_index match '(a'"),
        400,
        "govnews_query",
        "govnews_query",
    ),
    "a condition by hand": ("/archive/articles?_where=sorce", 400, "没有名为 sorce 的列", "called sorce"),
    "too many rows": ("/archive/articles?_size=99999", 400, "每页至多 5000 行", "5000 rows at most"),
    "a limit that is none": ("/archive/articles?_timelimit=x", 400, "毫秒", "milliseconds"),
    "stopped": (f"/archive?_timelimit=20&sql={quote(ENDLESS + 'count(*) from n')}", 400, "0.02 秒", "0.02 s"),
    "rows left out": (
        f"/archive?sql={quote(ENDLESS + 'i from n limit 5001')}",
        200,
        "仅限前 5,000 行",
        "Only the first 5,000",
    ),
    "a blob of nothing": ("/archive/articles/1.blob?_blob_column=x", 400, "无法提供", "cannot be done here"),
    "an article": ("/article/ffff", 404, "没有编号为 ffff 的文章", "no article has the uid ffff"),
    "a quote left open": (f"/search?q={quote(chr(34))}x", 200, "没有对应的结束引号", "never closed"),
    "signs alone": (f"/search?q={quote('，')}", 200, "只有标点或符号", "signs alone"),
}


def get(url: str, language: str) -> tuple[int, str]:
    """Status and what is read on the page."""
    request = urllib.request.Request(url, headers={"Accept-Language": language})
    try:
        with urllib.request.urlopen(request, timeout=20) as reply:
            status, page = reply.status, reply.read().decode()
    except urllib.error.HTTPError as error:
        status, page = error.code, error.read().decode()
    assert "<script" not in page
    return status, page


@pytest.mark.parametrize(("path", "status", "zh", "en"), CASES.values(), ids=CASES)
def test_each_is_said_in_the_language_of_the_page(address: str, path: str, status: int, zh: str, en: str) -> None:
    for language, words in (("zh-CN", zh), ("en", en)):
        got, page = get(address + path, language)
        assert got == status and words in html.unescape(page)
        if "<main" in page:
            assert f'<html lang="{"zh-Hans" if language == "zh-CN" else "en"}">' in page


def test_too_many_hits_are_not_spread_and_it_says_so(demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "FACETED", 1)
    client = build(demo).client
    many, few = (asyncio.run(client.get(f"/search?lang=en&q={q}")).text for q in ("县", "没有这几个字"))
    assert "Above 1 hits they are not counted by county" in many and many.count("<h3><a") == 20
    assert "Above 1 hits" not in few


def test_a_stopped_query_can_be_changed(address: str) -> None:
    _, page = get(f"{address}/archive?_timelimit=20&sql={quote(ENDLESS + 'count(*) from n')}", "en")
    link = re.search(r'<a href="(/archive\?sql=[^"]+)">Change the query', page)
    assert link and ENDLESS in html.unescape(page)


def test_an_address_of_two_slashes_leads_to_no_other_host(address: str) -> None:
    _, page = get(f"{address}//elsewhere.test/x", "en")
    assert 'href="//' not in page and 'href="/elsewhere.test/x?lang=zh"' in page


def test_programs_get_datasettes_keys(address: str) -> None:
    status, text = get(f"{address}/archive/artcles.json", "en")
    said = json.loads(text)
    assert status == 404 and said["ok"] is False and said["status"] == 404 and "artcles" in said["error"]


def test_a_fault_of_ours_is_no_fault_of_the_reader(
    demo: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """The file changes under the desk: a page without a traceback, nothing of this machine in it; the terminal says more."""
    db = tmp_path / "a.db"
    with sqlite3.connect(demo) as source, sqlite3.connect(db) as copy:
        source.backup(copy)
        client = build(db).client
        copy.execute("PRAGMA writable_schema = ON")
        copy.execute("DELETE FROM sqlite_master WHERE name = 'sites'")
    answer = asyncio.run(client.get("/county/990101?lang=zh"))
    assert answer.status_code == 500 and "程序出错" in answer.text and "govnews verify" in answer.text
    assert str(tmp_path) not in answer.text and "no such table: sites" in caplog.text
