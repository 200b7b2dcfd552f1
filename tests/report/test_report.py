"""The report as a reader has it: its charts are its tables are its SQL; nothing in it can act; one clear line for what cannot be."""

from __future__ import annotations

import base64
import json
import re
import sqlite3
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import html

from govnews.archive import open_archive
from govnews.report import Scope, report
from govnews.report.charts import spec
from govnews.report.sections import answer, names, toml
from govnews.sites import STEPS, step_rows, steps

Govnews = Callable[..., "subprocess.CompletedProcess[str]"]
EVIL = '=1"><script>alert(1)</script><img src=x onerror=alert(2)>{{ 7*777 }}{0}]]>\x01\x0b\ufffe</style>'
SCOPES = [Scope(), Scope(site="990101"), Scope(site="990201")]
PLAIN = {
    "months": "SELECT substr(publish_date, 1, 7), count(*) FROM articles WHERE {scope} GROUP BY 1 ORDER BY 1",
    "hours": "SELECT CAST(substr(publish_time, 12, 2) AS INTEGER), count(*) FROM articles WHERE length(publish_time) > 10 AND {scope} GROUP BY 1",
    "changes": "SELECT what, n FROM (SELECT 'edited' AS what, count(DISTINCT uid) AS n FROM revisions WHERE cause = 'site' AND uid IN "
    "(SELECT uid FROM articles WHERE {scope}) UNION ALL SELECT presence, count(*) FROM articles WHERE presence <> 'alive' AND {scope} "
    "GROUP BY presence) WHERE n > 0 ORDER BY what",
    "views": "SELECT length(view_count), count(*) FROM articles WHERE {scope} GROUP BY 1 ORDER BY max(view_count) IS NULL, 1",
    "fields": "SELECT count(title), count(publish_time), count(source), count(view_count), sum(body <> '') FROM articles WHERE {scope}",
    "sources": "SELECT source, count(*) FROM articles WHERE {scope} GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 15",
}
"""The same questions to the tables themselves, without views."""


def ask(db: Path, sql: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(f"{db.as_uri()}?mode=ro", uri=True)
    try:
        return connection.execute(sql).fetchall()
    finally:
        connection.close()


def copied(demo: Path, to: Path) -> sqlite3.Connection:
    """A copy of the demo's archive, to be changed."""
    copy = sqlite3.connect(to, isolation_level=None)
    with sqlite3.connect(demo) as source:
        source.backup(copy)
    return copy


def written(db: Path, out: Path, scope: Scope = SCOPES[0], language: str = "en") -> html.HtmlElement:
    """The report, parsed; its table of provinces is of a registry without an archive."""
    with open_archive(db, read_only=True) as archive:
        made = report(archive, scope, out, language=language, provinces=provinces, force=True)  # type: ignore[arg-type]
    assert made == len(names()) + 1
    return html.fromstring(out.read_bytes().decode("utf-8"))


def provinces() -> list[dict[str, object]]:
    """As `govnews site coverage` has them."""
    return step_rows(steps({}, set(), set()))


def numbers(row: dict[str, object]) -> list[object]:
    """The numbers of a row."""
    return [value for value in row.values() if isinstance(value, int | float)]


@pytest.mark.parametrize("scope", SCOPES, ids=lambda s: s.site or "all")
def test_charts_tables_and_sql_agree_with_the_tables_of_the_archive(demo: Path, scope: Scope) -> None:
    with open_archive(demo, read_only=True) as archive:
        asked = {name: answer(archive, name, scope, "en") for name in names()}
    for section in asked.values():
        assert [tuple(row.values()) for row in section.rows] == ask(demo, section.sql)
        drawn = spec(section, "en")["data"]["values"]
        axes = [(which, section.asked[which]) for which in ("x", "y")]
        kept = [
            row
            for row in section.rows
            if all(row[axis] is not None or f"null_{which}" in section.asked for which, axis in axes)
        ]
        assert [numbers(row) for row in drawn] == [numbers(row) for row in kept] and (drawn or not section.drawn)
        if bins := section.asked.get("bins"):
            assert {row[section.asked["x"]] for row in drawn} <= {*bins, "not read"}
    plain = {name: ask(demo, sql.format(scope=scope.condition)) for name, sql in PLAIN.items()}
    two = {name: [tuple(row.values())[:2] for row in asked[name].rows] for name in asked}
    assert two["months"] == plain["months"] and two["hours"] == plain["hours"] and two["sources"] == plain["sources"]
    assert [n for _, n in two["views"]] == [n for _, n in plain["views"]]
    assert [n for _, n in two["fields"]] == list(plain["fields"][0])
    assert sorted((row["what"], row["articles"]) for row in asked["changes"].rows) == plain["changes"]


def test_the_calendar_counts_days_one_by_one(demo: Path) -> None:
    from datetime import date, timedelta

    days = sorted(
        date.fromisoformat(str(d))
        for (d,) in ask(demo, "SELECT DISTINCT publish_date FROM articles WHERE site = '990101'")
    )
    right: dict[str, list[int]] = {}
    for n in range((days[-1] - days[0]).days + 1):
        day = days[0] + timedelta(n)
        before, after = max(d for d in days if d <= day), min(d for d in days if d >= day)
        counted = right.setdefault(day.isoformat()[:7], [0, 0])
        counted[0] += 1
        counted[1] += (after - before).days - 1 > 13
    with open_archive(demo, read_only=True) as archive:
        found = answer(archive, "gaps", Scope(site="990101"), "en").rows
    assert {r["month"]: [r["site_days"], r["gap_days"]] for r in found} == right
    assert any(gap for _, gap in right.values())


def test_lag_counts_what_appeared_after_the_first_visit(demo: Path, tmp_path: Path) -> None:
    with copied(demo, tmp_path / "lag.db") as copy:
        copy.execute("UPDATE sites SET first_seen = '2024-05-01T00:00:00Z'")
        copy.execute("UPDATE articles SET first_seen = publish_date || 'T04:00:00Z'")
        copy.execute("DELETE FROM revisions")
        copy.execute("UPDATE articles SET first_seen = '2024-06-20T00:00:00Z' WHERE publish_date = '2024-06-05'")
        after = copy.execute("SELECT count(*) FROM articles WHERE publish_date >= '2024-05-01'").fetchone()[0]
    with open_archive(tmp_path / "lag.db", read_only=True) as archive:
        section = answer(archive, "capture_lag", Scope(), "en")
    assert [tuple(r.values()) for r in section.rows] == [("0", after - 1), ("8–30", 1)]
    assert section.drawn and section.said.startswith(f"{after} articles appeared after")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_page_stands_alone_and_its_tables_are_the_answers_of_its_sql(
    demo: Path, tmp_path: Path, language: str
) -> None:
    page = written(demo, tmp_path / "r.html", language=language)
    assert page.get("lang") == {"en": "en", "zh": "zh-Hans"}[language]
    *sections, table = page.iter("section")
    assert [s.get("id") for s in sections] == names() == list(toml("sections.toml"))
    for section in sections:
        [pre] = section.find_class("sql")
        answered = ask(demo, pre.text_content())
        shown = [row.xpath("td") for row in section.xpath(".//tbody/tr")]
        assert len(shown) == len(answered)
        for cells, values in zip(shown, answered, strict=True):
            for cell, value in zip(cells, values, strict=True):
                assert value is None or cell.text_content() == str(value) or section.get("id") in ("changes", "fields")
        assert section.xpath("string(p)").strip() and ask(demo, section.find_class("reading")[0].text_content())
        for image in section.iter("img"):
            assert image.get("alt")
            svg = base64.b64decode(image.get("src").removeprefix("data:image/svg+xml;base64,")).decode()
            assert svg.startswith("<svg") and "http" not in svg.replace("http://www.w3.org/", "")
    assert [th.get("scope") for th in table.xpath(".//thead//th")] == ["col"] * 7 and table.xpath("string(.//caption)")
    assert table.xpath("string(.//thead//th)") == {"en": "Province", "zh": "省份"}[language]
    assert len(table.xpath(".//tbody/tr/th[@scope='row']")) == len(provinces()) and not list(table.iter("img"))
    sums = [int(cell.text_content()) for cell in table.xpath(".//tfoot//td")]
    assert sums == [sum(int(str(row[name])) for row in provinces()) for name in STEPS] and sums[0] == 2847
    raw = (tmp_path / "r.html").read_text("utf-8")
    assert not re.search(r"<script|<link|<iframe|\bon\w+=|https?:", raw) and "default-src 'none'" in raw
    assert len(list(page.iter("img"))) == len(names()) - 1  # no lag: everything is older than the first visit


def test_hostile_text_stays_text(demo: Path, tmp_path: Path) -> None:
    """Script, braces, half signs and control characters (over which the drawing library ends the process) in all that is printed."""
    db = tmp_path / "evil.db"
    with copied(demo, db) as copy:
        copy.execute("UPDATE articles SET source = ? || uid, site = ?", (EVIL, EVIL))
        copy.execute("UPDATE sites SET name = ?, province = ?, id = ? WHERE id = '990101'", (EVIL, EVIL, EVIL))
    for scope in (Scope(), Scope(site=EVIL), Scope(province=EVIL)):
        page = written(db, tmp_path / "evil.html", scope)
        assert not list(page.iter("script")) and len(page.xpath("//style")) == 1
        assert all(image.get("src").startswith("data:") for image in page.iter("img"))
        assert "7*777" in page.text_content() and "5439" not in (tmp_path / "evil.html").read_text("utf-8")
        for image in page.iter("img"):
            svg = base64.b64decode(image.get("src").partition(",")[2])
            assert not re.search(rb"<script|<img|<foreignObject|\x01", svg)


def test_a_name_that_ends_the_string_is_only_a_name(demo: Path) -> None:
    name = "x' OR '1'='1"
    assert ask(demo, f"SELECT count(*) FROM articles WHERE {Scope(site=name).condition}") == [(0,)]
    assert ask(demo, f"SELECT count(*) FROM articles WHERE {Scope(province=name).condition}") == [(0,)]


def test_the_command_says_what_it_did_and_what_it_cannot(govnews: Govnews, demo: Path, tmp_path: Path) -> None:
    done = govnews("report", "--db", demo, "--county", "澜塘县", "--lang", "zh", "--out", "r.html")
    assert (
        done.returncode == 0
        and done.stderr == "9 sections: r.html\n"
        and "澜塘县" in (tmp_path / "r.html").read_text("utf-8")
    )
    hidden = tmp_path / "hidden"
    hidden.mkdir()
    (hidden / "vl_convert.py").write_text("raise ImportError('not installed', name='vl_convert')")
    for words, more, code, said in (
        (["--out", "r.html"], {}, 1, "--force overwrites it"),
        (["--out", "x.html", "--province", "云南"], {}, 1, "no article to report on"),
        (["--out", "x.html", "--province", "云南", "--county", "澜塘县"], {}, 2, "not both"),
        (["--out", "x.html", "--county", "亚特兰蒂斯"], {}, 2, "亚特兰蒂斯"),
        (["--out", "x.html"], {"PYTHONPATH": str(hidden)}, 1, "pip install 'govnews[charts]'"),
    ):
        done = govnews("report", "--db", demo, *words, **more)
        assert done.returncode == code and said in done.stderr and "Traceback" not in done.stderr, done.stderr
    with copied(demo, tmp_path / "old.db") as copy:
        copy.execute("DROP VIEW gaps")
    done = govnews("report", "--db", "old.db", "--out", "x.html")
    assert done.returncode == 1 and "older govnews: it has no gaps" in done.stderr
    (tmp_path / "old.db").unlink()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["hidden", "r.html"]
    assert (
        govnews("report", "--db", demo, "--out", "r.html", "--force").stderr == f"{len(names()) + 1} sections: r.html\n"
    )
    [table] = html.fromstring((tmp_path / "r.html").read_bytes().decode("utf-8")).xpath("//*[@id='provinces']//tbody")
    shown = [[cell.text_content() for cell in row] for row in table]
    said = govnews("site", "coverage", "--db", demo, "--json").stdout.splitlines()
    assert shown == [[str(value) for value in json.loads(line).values()] for line in said]
