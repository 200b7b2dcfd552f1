"""The desk over HTTP: what its pages say, that nothing in an archive can act, and the one line for what cannot be."""

from __future__ import annotations

import csv
import html
import io
import json
import re
import socket
import sqlite3
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest
from conftest import clean_environment, desk

from govnews.archive import SCHEMA
from govnews.web.app import metadata, ready_questions
from govnews.web.curve import curve
from govnews.web.words import Words, language_of

COVERAGE = "(county, month, name, province, prefecture, listed, archived, status, detail, computed_at)"
EVIL = '=1"><script>alert(1)</script><img src=x onerror=alert(2)>{{ 7*7 }}'


def get(url: str, **headers: str) -> tuple[int, str, dict[str, str]]:
    """Status, text, headers."""
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=20) as reply:
            return (
                reply.status,
                reply.read().decode(),
                dict(reply.headers.lower_items() if hasattr(reply.headers, "lower_items") else reply.headers),
            )
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode(), {k.lower(): v for k, v in error.headers.items()}


def ask(db: Path, sql: str) -> list[sqlite3.Row]:
    connection = sqlite3.connect(f"{db.as_uri()}?mode=ro", uri=True)
    connection.row_factory = sqlite3.Row
    try:
        return connection.execute(sql).fetchall()
    finally:
        connection.close()


def test_start_page_says_what_the_archive_holds(address: str, demo: Path) -> None:
    _, english, _ = get(address + "/")
    assert "3 of 3 county sites current, 0 blocked" in english and '<html lang="en">' in english
    for row in ask(demo, "SELECT title FROM articles ORDER BY publish_date DESC, uid LIMIT 15"):
        assert row["title"] in html.unescape(english)
    _, chinese, _ = get(address + "/", **{"Accept-Language": "zh-CN,zh;q=0.9,en;q=0.5"})
    assert "3 个站点中 3 个为最新" in chinese and '<html lang="zh-Hans">' in chinese


def test_search_finds_marks_counts_and_downloads(address: str, demo: Path) -> None:
    right = {r["uid"] for r in ask(demo, "SELECT uid FROM articles WHERE instr(title, '县委') OR instr(body, '县委')")}
    _, page, _ = get(f"{address}/search?q={quote('县委')}")
    assert right and set(re.findall(r'<h3><a href="/article/(\w+)', page)) == right and "<mark>县委</mark>" in page
    _, text, headers = get(f"{address}/search.csv?q={quote('县委')}")
    assert text.startswith("\ufeff") and "attachment" in headers["content-disposition"]
    assert {row["uid"] for row in csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))} == right
    assert {row["uid"] for row in json.loads(get(f"{address}/search.json?q={quote('县委')}")[1])} == right
    _, narrowed, _ = get(f"{address}/search?site=990101&since=2024-05&until=2024-05")
    of_may = "SELECT count(*) AS n FROM articles WHERE site = '990101' AND substr(publish_date, 1, 7) = '2024-05'"
    assert f"{ask(demo, of_may)[0]['n']} articles found" in narrowed
    assert "is no day" in get(f"{address}/search?since=soon")[1]


def test_paging_shows_every_article_once(address: str, demo: Path) -> None:
    seen = [
        uid for n in (1, 2) for uid in re.findall(r'<h3><a href="/article/(\w+)', get(f"{address}/search?page={n}")[1])
    ]
    assert sorted(seen) == [r["uid"] for r in ask(demo, "SELECT uid FROM articles ORDER BY uid")]


def test_article_page_shows_what_it_rests_on(address: str, demo: Path) -> None:
    edited = ask(demo, "SELECT a.*, r.version AS old FROM articles a JOIN revisions r USING (uid)")[0]
    _, page, _ = get(f"{address}/article/{edited['uid']}?lang=en")
    assert "printed behind the label 发布时间" in page and edited["sha256"] in page and "this machine (demo)" in page
    assert "<del>" in page and "<ins>" in page and f"Version {edited['old']}, seen" in page and "<polyline" in page
    missing = ask(demo, "SELECT uid FROM no_longer_found")[0]["uid"]
    assert "最近一次访问" in get(f"{address}/article/{missing}?lang=zh")[1]


def test_coverage_health_and_what_later_steps_found_are_shown(demo: Path, tmp_path: Path) -> None:
    """The county's calendar and findings; the kind of a source, texts elsewhere, leaders and the other address of an article."""
    db = tmp_path / "a.db"
    with sqlite3.connect(demo) as source, sqlite3.connect(db) as copy:
        source.backup(copy)
        (one, old), (other, _) = copy.execute(
            "SELECT uid, source FROM articles WHERE site = '990201' LIMIT 2"
        ).fetchall()
        for month, status, archived, listed in (
            ("04", "observed", 3, 3),
            ("05", "partial", 5, 6),
            ("06", "blocked", None, None),
        ):
            copy.execute(
                f"INSERT INTO coverage_county_month {COVERAGE} VALUES ('990201', ?, '', NULL, NULL, ?, ?, ?, '', '')",
                (f"2024-{month}", listed, archived, status),
            )
        copy.executemany(
            "INSERT INTO reprints VALUES (?, 1, ?, ?, ?, ?)",
            [(one, one, one, other, 0.83), (other, one, one, other, None)],
        )
        copy.execute(
            "INSERT OR REPLACE INTO source_kinds VALUES ('990201', ?, 'department', '某县水利局', 'rule')", (old,)
        )
        copy.execute("INSERT INTO leaders VALUES ('l', '990201', '骆青禾', '县长', NULL, NULL)")
        copy.execute("INSERT INTO mentions VALUES (?, 'l', 1, 1, 0)", (one,))
        copy.execute("INSERT INTO bridges VALUES (?, ?, '2026-01-01T00:00:00Z', 'title date text')", (one, other))
    with desk(db) as at:
        county = get(f"{at}/county/990201?lang=en")[1]
        assert re.search(r">3</td><td[^>]*>5/6</td><td[^>]*><b>B</b>", county) and "usual gap" in county
        start = get(at + "/?lang=en")[1]
        assert "a firewall, a refusal or a limit stood in front" in start and 'href="/health?lang=en"' in start
        assert get(at + "/health")[1].count("usual gap") == 3
        chinese = get(at + "/health?lang=zh")[1]
        assert chinese.count("通常间隔") == 3 and "usual gap" not in chinese
        article = get(f"{at}/article/{one}?lang=en")[1]
        assert "a department of the county: 某县水利局" in article and "县长 骆青禾" in article
        assert "the earliest dated" in article and f'"/article/{other}?lang=en">The site moved' in article
        assert "83 % of its text" in get(f"{at}/article/{other}?lang=en")[1]


def test_a_month_without_articles_says_so_and_one_that_cannot_be_is_none(address: str) -> None:
    status, page, _ = get(f"{address}/month/2024-02?lang=zh")
    assert status == 200 and "可能未发布，也可能未归档" in page
    assert get(f"{address}/month/2024-13?lang=zh")[0] == 404


@pytest.mark.parametrize(
    "path", ["/county/990101", "/month/2024-05", f"/source?name={quote('澜塘县融媒体中心')}", "/dictionary"]
)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_other_pages(address: str, path: str, language: str) -> None:
    status, page, _ = get(f"{address}{path}{'&' if '?' in path else '?'}lang={language}")
    assert status == 200 and page.count("<h1") == 1 and '<main id="main"' in page


def test_dictionary_has_every_table_and_column(address: str) -> None:
    page = get(address + "/dictionary")[1]
    for table in SCHEMA:
        assert f'id="{table.name}"' in page
    assert all(f"<code>{c.name}</code>" in page for t in SCHEMA for c in t.columns)


@pytest.mark.parametrize("name", ready_questions())
def test_ready_questions_run(address: str, demo: Path, name: str) -> None:
    asked = f"&word={quote('县')}&county={quote('澜塘县')}&first_day=2024-01-01&last_day=2024-12-31&year=2024"
    status, text, _ = get(f"{address}/archive/{name}.json?_shape=array{asked}")
    assert status == 200
    assert json.loads(text) or name in ("same_text_twice",)


def test_datasettes_own_pages_work_without_script(address: str) -> None:
    for path in (
        "/archive",
        "/archive/articles",
        "/archive/articles/1",
        "/archive/articles_with_place",
        "/archive?sql=select+1",
    ):
        status, page, headers = get(address + path)
        assert status == 200 and "<script" not in page and "default-src 'none'" in headers["content-security-policy"]
        assert "5,000" in page  # its limits are told


def test_only_reading(address: str, demo: Path) -> None:
    before = demo.read_bytes()
    status, text, _ = get(f"{address}/archive?sql={quote('delete from articles')}")
    assert status == 400 and "must be a SELECT" in text
    assert demo.read_bytes() == before


def test_what_is_not_there_is_said(address: str) -> None:
    for path in ("/article/ffffffffffffffff", "/county/nowhere", "/source?name=nobody"):
        status, page, _ = get(address + path)
        assert status == 404 and "Not in this archive" in page and "No crawl" not in page
    assert get(address + "/", Host="evil.example")[0] == 421


def test_hostile_text_stays_text(demo: Path, tmp_path: Path) -> None:
    """Script, handlers and javascript: addresses in every text column of every table the pages read."""
    db = tmp_path / "evil.db"
    with sqlite3.connect(demo) as source, sqlite3.connect(db) as copy:
        source.backup(copy)
        uid = copy.execute("SELECT uid FROM revisions").fetchone()[0]
        for column in "title source body author editor section issuer document_number index_number keywords".split():
            copy.execute(f"UPDATE articles SET {column} = ?", (EVIL,))
            copy.execute(f"UPDATE revisions SET {column} = 'old' || ?", (EVIL,))
        copy.execute(
            "UPDATE articles SET url = 'javascript:alert(3)', via = json_object('source', ?), flags = json_array(?)",
            (EVIL, EVIL),
        )
        copy.execute("UPDATE sites SET name = ?, province = ?, home = 'javascript:alert(3)'", (EVIL, EVIL))
        copy.execute("INSERT OR REPLACE INTO images VALUES (?, 0, 'javascript:alert(3)', ?)", (uid, EVIL))
        copy.execute("UPDATE issues SET code = ?", (EVIL,))
        copy.execute("UPDATE runs SET vantage = ?", (EVIL,))
        copy.execute(
            f"INSERT INTO coverage_county_month {COVERAGE} VALUES ('990101', '2024-05', ?1, ?1, ?1, 1, 1, ?1, ?1, ?1)",
            (EVIL,),
        )
        copy.execute(
            "INSERT OR REPLACE INTO source_kinds SELECT DISTINCT site, source, ?1, ?1, ?1 FROM articles", (EVIL,)
        )
    with desk(db) as at:
        paths = [
            "/",
            "/search",
            f"/search?q={quote(EVIL)}&source={quote(EVIL)}&site={quote(EVIL)}",
            f"/article/{uid}",
            "/county/990101",
            "/health",
        ]
        paths += [
            f"/source?name={quote(EVIL)}",
            "/month/2024-05",
            "/archive/articles",
            f"/archive/images/{uid},0",
            "/archive/sites",
        ]
        for path in paths:
            status, page, headers = get(at + path)
            assert status in (200, 404), path
            assert not re.search(r"<script|<img[^>]*onerror|href=.?javascript:|>49<", page), path
            assert (
                "default-src 'none'" in headers["content-security-policy"]
                and "script-src" not in headers["content-security-policy"]
            )
        downloaded = csv.DictReader(io.StringIO(get(at + "/search.csv")[1]))
        assert all(row["title"].startswith("'=") for row in downloaded)


def test_one_clear_line_for_what_cannot_be(
    govnews: Callable[..., subprocess.CompletedProcess[str]], demo: Path, tmp_path: Path
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = govnews("serve", "--db", demo, "--port", port)
        assert done.returncode == 1 and f"port {port} is in use" in done.stderr and "Traceback" not in done.stderr
    assert "there is no archive at" in govnews("serve", "--db", "none.db").stderr
    old = tmp_path / "old.db"
    with sqlite3.connect(demo) as source, sqlite3.connect(old) as copy:
        source.backup(copy)
        copy.execute("DROP VIEW gaps")
    done = govnews("serve", "--db", old)
    assert done.returncode == 1 and "older govnews: it has no gaps" in done.stderr
    hidden = tmp_path / "hidden"
    (hidden / "datasette").mkdir(parents=True)
    (hidden / "datasette" / "__init__.py").write_text("raise ImportError('not installed')")
    done = govnews("serve", "--db", demo, PYTHONPATH=str(hidden))
    assert done.returncode == 1 and "pip install 'govnews[web]'" in done.stderr and "Traceback" not in done.stderr


def test_metadata_describes_every_table() -> None:
    tables = metadata()["databases"]["archive"]["tables"]
    assert {t.name: [c.name for c in t.columns] for t in SCHEMA} == {n: list(t["columns"]) for n, t in tables.items()}


def test_words_and_languages() -> None:
    assert [
        language_of(*x)
        for x in (("zh", ""), (None, "en-GB,zh;q=0.5"), (None, "fr, zh-TW;q=0.8"), ("xx", ""), (None, ";q=z"))
    ] == ["zh", "en", "zh", "en", "en"]
    assert Words("zh").via("label:来源") == "取自标签“来源”之后" and Words("en").via("strange:x") == "strange:x"
    assert Words("en").code("verdict", "of a newer version") == "of a newer version"


def test_curve_keeps_the_scale_of_time() -> None:
    drawn = curve([("2024-01-01T00:00:00Z", 5), ("2024-01-02T00:00:00Z", 10), ("2024-01-05T00:00:00Z", 10)])
    assert drawn and [x for x, *_ in drawn.dots] == [12, 156, 588] and [y for _, y, *_ in drawn.dots] == [108, 12, 12]
    assert curve([("2024-01-01T00:00:00Z", 5)]) is None


def test_a_redacted_article_says_so_and_nothing_of_it(demo: Path, tmp_path: Path) -> None:
    """The tombstone reads well in both languages, and the text is in no page, list or table."""
    db = tmp_path / "demo.db"
    for name in ("demo.db", "demo.pages.db"):
        (tmp_path / name).write_bytes((demo.parent / name).read_bytes())
    [row] = ask(db, "SELECT uid, title, body, site FROM articles WHERE site = '990301' ORDER BY uid LIMIT 1")
    words = [
        sys.executable,
        "-m",
        "govnews",
        "redact",
        row["uid"],
        "--reason",
        "asked for by <the person>",
        "--db",
        str(db),
    ]
    done = subprocess.run(
        words, env=clean_environment(), capture_output=True, encoding="utf-8", check=False, input="y\n"
    )
    assert done.returncode == 0, done.stderr
    with desk(db) as at:
        status, page, _ = get(f"{at}/article/{row['uid']}")
        assert status == 410 and "<h1>Taken out of this archive</h1>" in page
        assert f"{row['uid']} was redacted on 20" in page and "asked for by &lt;the person&gt;" in page
        _, chinese, _ = get(f"{at}/article/{row['uid'][:8]}", **{"Accept-Language": "zh-CN"})
        assert "<h1>已从本档案中删除</h1>" in chinese
        for path in (
            "/",
            f"/county/{row['site']}",
            f"/search?q={quote(row['title'][:8])}",
            "/archive/articles.json",
        ):
            status, said, _ = get(at + path)
            assert status == 200 and row["title"] not in html.unescape(said), path
