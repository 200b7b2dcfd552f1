"""Every family end to end: one real `govnews crawl` of all its counties through their site files, compared with their truth."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from govnews.archive import open_archive
from govnews.cli.app import cli
from govnews.demo.families import by_host, counties, redesigned, second_site
from govnews.demo.families.county import County
from govnews.demo.families.pages import list_paths
from govnews.demo.families.sites import write_site_files
from govnews.demo.families.truth import truth
from govnews.demo.server import Asked, DemoServer
from govnews.demo.truth import Truth
from govnews.demo.worlds import FAMILIES
from govnews.export import Ask, panel
from govnews.families import by_name

FIELDS = "title publish_time publish_time_precision publish_date source view_count view_count_state body".split()
EACH = [pytest.param(c, id=f"{c.family}-{c.stem}") for c in counties()]


def _govnews(*words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("GOVNEWS_")}
    return subprocess.run(
        [sys.executable, "-m", "govnews", *words],
        cwd=cwd,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )


@dataclass
class Archive:
    """What two crawls left. asked: the server's log of each."""

    path: Path
    first: list[Asked]
    again: list[Asked]

    def rows(self, sql: str, *values: Any) -> list[sqlite3.Row]:
        connection = sqlite3.connect(f"file:{self.path}?mode=ro", uri=True)
        connection.row_factory = sqlite3.Row
        try:
            return connection.execute(sql, values).fetchall()
        finally:
            connection.close()


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """All counties crawled twice, each time in one process."""
    folder = tmp_path_factory.mktemp("families")
    logs = []
    with DemoServer(world=FAMILIES) as server:
        sites = write_site_files(folder / "sites", server.address)
        for _ in range(2):
            words = ("--sites", "sites", "--db", "a.db", "--counters", "all")
            done = _govnews("crawl", *(s.id for s in sites), *words, cwd=folder)
            assert done.returncode == 0, done.stderr
            logs.append([a for a in server.log if a.target != "/robots.txt"])
            server.log.clear()
    yield Archive(folder / "a.db", *logs)


def _rows(county: County) -> dict[str, Truth]:
    return {t.url: t for t in truth() if t.site == county.id}


def _is_list(asked: Asked) -> bool:
    """Whether a request was one for rows: no article, no call of a counter."""
    county = by_host(asked.host)
    assert county is not None
    articles = {county.address(s) for s in county.stories}
    marks = "ViewClick", "count", "content_view", "articlehits", "/jsonp/"
    return asked.target not in articles and not any(mark in asked.target for mark in marks)


@pytest.mark.parametrize("county", EACH)
def test_every_article_once_and_as_it_is(archive: Archive, county: County) -> None:
    right = {url: t for url, t in _rows(county).items() if t.kind == "article"}
    rows = {r["url"]: r for r in archive.rows("SELECT * FROM articles WHERE site = ?", county.id)}
    assert rows.keys() == right.keys()
    for url, one in right.items():
        assert {f: rows[url][f] for f in FIELDS} == {f: getattr(one, f) for f in FIELDS}, url


@pytest.mark.parametrize("county", EACH)
def test_every_row_is_a_sighting_and_off_site_ones_are_no_more(archive: Archive, county: County) -> None:
    rows = archive.rows("SELECT * FROM sightings WHERE column_url = ?", county.column_url())
    assert {(r["target_url"], r["list_title"]) for r in rows} == {(t.url, t.title) for t in _rows(county).values()}
    off = [r["target_url"] for r in rows if r["uid"] is None]
    assert off == [t.url for t in _rows(county).values() if t.kind == "off_site"]
    days = {county.url(s): s.time[:10] for s in county.stories}
    assert all(r["list_day"][4 * r["year_inferred"] :] == days[r["target_url"]][4 * r["year_inferred"] :] for r in rows)


@pytest.mark.parametrize("county", EACH)
def test_every_list_page_is_asked_once(archive: Archive, county: County) -> None:
    asked = [(a.target, a.form) for a in archive.first if by_host(a.host) is county and _is_list(a)]
    assert len(asked) == len(set(asked)) == county.list_requests
    assert {target for target, _ in asked} >= list_paths(county).keys()


@pytest.mark.parametrize("county", EACH)
def test_the_family_is_found_out(archive: Archive, county: County) -> None:
    (row,) = archive.rows("SELECT family FROM sites WHERE id = ?", county.id)
    assert (row["family"] or "generic") == county.family
    pages = archive.rows("SELECT DISTINCT family FROM articles WHERE site = ?", county.id)
    assert [r["family"] for r in pages] == [county.family]


@pytest.mark.parametrize("county", EACH)
def test_what_is_no_article_is_an_issue_and_nothing_else_is(archive: Archive, county: County) -> None:
    missing = [(t.url, "fetch_failed") for t in _rows(county).values() if t.kind == "not_found"]
    issues = archive.rows("SELECT url, code FROM issues WHERE site = ?", county.id)
    assert [(r["url"], r["code"]) for r in issues if r["code"] != "list_ended"] == missing
    sites = json.loads(archive.rows("SELECT sites FROM runs ORDER BY id")[0]["sites"])
    assert sites[county.id]["verdict"] == "ok"


def test_nothing_is_asked_twice_or_off_the_sites(archive: Archive) -> None:
    asked = Counter((a.host, a.target, a.form) for a in archive.first)
    assert [request for request, times in asked.items() if times > 1] == []
    assert all(a.status == 200 and by_host(a.host) for a in archive.first)
    for county in counties():
        beacons = by_name(county.family).beacons
        assert not [a for a in archive.first if any(b in f"{a.host}{a.target}" for b in beacons)]


def test_again_costs_list_pages_only(archive: Archive) -> None:
    assert {by_host(a.host) for a in archive.again} == set(counties())
    assert all(_is_list(a) for a in archive.again)
    assert not archive.rows("SELECT * FROM revisions")


def test_a_second_site_is_of_its_county(archive: Archive) -> None:
    """Found by id, name and host, and beside the first; in coverage one county; what both print counts once by its text."""
    first, second = second_site.FIRST, second_site.COUNTY

    def said(*words: str) -> list[dict[str, Any]]:
        done = CliRunner().invoke(cli, [*words, "--json"])
        assert done.exit_code == 0, (words, done.output, done.exception)
        return [json.loads(line) for line in done.stdout.splitlines()]

    sites = ("--sites", str(archive.path.parent / "sites"))
    assert second.id in [row["id"] for row in said("site", "list", *sites)]
    for query in (second.id, second.name, second.host):
        assert [row["code"] for row in said("site", "search", query, *sites)] == [second.id]
        [shown] = said("site", "show", query, *sites)
        assert (shown["id"], shown["others"]) == (second.id, [first.id])
    [shown] = said("site", "show", first.name, *sites)
    assert (shown["id"], shown["others"]) == (first.id, [second.id])
    words = (*sites, "--db", str(archive.path), "--from", "2024-05", "--to", "2024-06")
    months = said("coverage", second.id, first.id, *words)
    assert {(row["county"], row["month"]) for row in months} == {(first.id, "2024-05"), (first.id, "2024-06")}
    in_may = "SELECT count(*) AS n, count(DISTINCT text_sha256) AS texts FROM articles WHERE site LIKE ? AND publish_date LIKE '2024-05%'"
    (both,) = archive.rows(in_may, f"{first.id}%")
    (one,) = archive.rows(in_may, first.id)
    assert months[0]["archived"] == both["n"] == 2 * both["texts"] == 2 * one["n"]
    with open_archive(archive.path) as opened:
        table = panel(opened, Ask("county-month"))
        rows = [dict(zip(table.names, row, strict=True)) for row in table.rows()]
    assert next((row["articles"], row["different_texts"]) for row in rows if row["county"] == first.id) == (
        both["n"],
        one["n"],
    )


@pytest.fixture(scope="module")
def day_two(archive: Archive, tmp_path_factory: pytest.TempPathFactory) -> tuple[Archive, str]:
    """The families' second day as typed, on a copy of the archive that has their first; and what it said."""
    folder = tmp_path_factory.mktemp("second")
    (folder / "data").mkdir()
    for ending in (".db", ".pages.db"):
        shutil.copy(archive.path.with_suffix(ending), folder / "data" / f"demo-families{ending}")
    done = _govnews("demo", "--families", "--revisit", cwd=folder)
    assert done.returncode == 0, done.stderr
    return Archive(folder / "data" / "demo-families.db", [], []), done.stdout + done.stderr


def test_after_a_redesign_every_article_stands_once_and_as_it_is(
    archive: Archive, day_two: tuple[Archive, str]
) -> None:
    """Every article of the second day; those of the first under their own address, as they were."""
    after, _ = day_two
    right = {t.url: t for t in truth(day=2) if t.kind == "article"}
    rows = {r["url"]: r for r in after.rows("SELECT * FROM articles WHERE presence = 'alive'")}
    assert rows.keys() == right.keys()
    assert all({f: rows[u][f] for f in FIELDS} == {f: getattr(t, f) for f in FIELDS} for u, t in right.items())
    kept = {r["uid"]: [r[f] for f in FIELDS] for r in after.rows("SELECT * FROM articles")}
    for row in archive.rows("SELECT * FROM articles"):
        assert kept[row["uid"]] == [row[f] for f in FIELDS]
    assert not after.rows("SELECT * FROM revisions")


def test_a_redesign_is_bridged_and_named(day_two: tuple[Archive, str]) -> None:
    after, said = day_two
    later = redesigned.COUNTY.later
    assert later is not None
    pairs = zip(redesigned.COUNTY.stories, later.stories, strict=True)
    moved = {redesigned.COUNTY.url(old): later.url(new) for old, new in pairs if old.kind == "article"}
    assert {r["url"]: r["new_url"] for r in after.rows("SELECT * FROM no_longer_found")} == moved
    assert f"no longer found: {len(moved)}" in said and all(f"now {new}" in said for new in moved.values())
    assert all(county.name in said for county in counties())
    done = _govnews("site", "health", "--json", "--db", str(after.path), cwd=after.path.parent)
    found = {row["site"]: {f["code"] for f in row["findings"]} for row in map(json.loads, done.stdout.splitlines())}
    assert [site for site, codes in found.items() if "redesigned" in codes] == [redesigned.COUNTY.id]
    assert done.returncode == 1 and found.keys() == {c.id for c in counties()}
