"""Ingesting is idempotent, whatever comes in whatever order: the archive's central promise, tried on made-up histories."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pytest
from conftest import article_page
from hypothesis import given, settings
from hypothesis import strategies as st

from govnews.archive import Archive, open_archive
from govnews.ingest import Ingest
from govnews.model import Page

BODIES = (
    "县里召开防汛工作会议，部署今年的防汛工作任务。",
    "县里召开防汛工作会议，部署明年的防汛工作任务，要求压实责任。",
)


@st.composite
def visits(draw: st.DrawFn) -> Page:
    """One visit to one of three addresses on one of nine days: edited or not, with a count or not, or not there."""
    n = draw(st.integers(1, 3))
    url, day = f"http://www.songxi.test/a/{n}.html", f"2024-06-0{draw(st.integers(1, 9))}T00:00:00Z"
    if draw(st.integers(0, 5)) == 0:
        return Page(url, b"<html><body>404 Not Found</body></html>", day, 404, response_class="gone")
    page = article_page(
        f"松溪县第{n}次防汛会议召开",
        BODIES[draw(st.integers(0, 1))],
        views=draw(st.sampled_from(["", "0", "12", "31"])),
        foot=draw(st.sampled_from(["", "访问总量 991"])),
    )
    return Page(url, page, day)


def _ingest(archive: Archive, pages: list[Page]) -> None:
    with Ingest(archive) as ingest:
        for p in pages:
            ingest.add(Page(p.url, p.body, p.fetched_at, p.status, response_class=p.response_class))


def _everything(archive: Archive) -> dict[str, list[Any]]:
    tables = ("articles", "revisions", "captures", "sightings", "view_observations", "issues", "images", "attachments")
    return {t: sorted(map(tuple, archive.connection.execute(f"SELECT * FROM {t}")), key=repr) for t in tables}


@settings(max_examples=60, deadline=None)
@given(st.lists(visits(), max_size=8))
def test_ingest_twice_is_ingest_once(pages: list[Page]) -> None:
    with tempfile.TemporaryDirectory() as folder, open_archive(Path(folder) / "a.db") as archive:
        _ingest(archive, pages)
        once = _everything(archive)
        _ingest(archive, pages)
        assert _everything(archive) == once


@settings(max_examples=60, deadline=None)
@given(st.lists(visits(), max_size=8))
def test_nothing_that_was_seen_is_lost(pages: list[Page]) -> None:
    """Every text that was ever served stands in articles or revisions, and every body in the pages file."""
    with tempfile.TemporaryDirectory() as folder, open_archive(Path(folder) / "a.db") as archive:
        _ingest(archive, pages)
        kept = {r[0] for t in ("articles", "revisions") for r in archive.connection.execute(f"SELECT body FROM {t}")}
        for page in pages:
            if page.status == 200:
                assert any(page.body.decode().split("<p>")[1].split("</p>")[0] in body for body in kept)
        shas = {row[0] for row in archive.connection.execute("SELECT sha256 FROM captures WHERE sha256 <> ''")}
        assert {archive.pages.get(sha) for sha in shas} == {p.body for p in pages if p.body}
        urls = {p.url for p in pages if p.status == 200}
        assert {row[0] for row in archive.connection.execute("SELECT url FROM articles")} == urls


@settings(max_examples=40, deadline=None)
@given(st.lists(visits(), max_size=6), st.randoms())
def test_the_newest_state_stands_whatever_the_order(pages: list[Page], random: Any) -> None:
    """Imports come in any order: articles hold the newest state. (One capture a moment: same address and time is the same visit.)"""
    once = list({(p.url, p.fetched_at): p for p in pages}.values())
    shuffled = list(once)
    random.shuffle(shuffled)
    with tempfile.TemporaryDirectory() as folder, open_archive(Path(folder) / "a.db") as archive:
        _ingest(archive, shuffled)
        for row in archive.connection.execute("SELECT url, body, last_seen, first_seen FROM articles").fetchall():
            seen = sorted((p for p in once if p.url == row["url"] and p.status == 200), key=lambda p: p.fetched_at)
            assert row["body"].split("\n")[0] in seen[-1].body.decode()
            assert row["last_seen"] == seen[-1].fetched_at


@pytest.mark.parametrize(
    ("change", "version"),
    [({"title": "另一个标题：松溪县防汛"}, True), ({"time": "2024-05-07 09:30"}, True), ({"source": "县水利局"}, True),
     ({"body": BODIES[1]}, True), ({"views": "77"}, False), ({"foot": "访问总量 5"}, False)],
)  # fmt: skip
def test_what_makes_a_version(tmp_path: Path, change: dict[str, str], version: bool) -> None:
    first = {"title": "松溪县召开防汛会议", "body": BODIES[0]}
    with open_archive(tmp_path / "a.db") as archive:
        url = "http://www.songxi.test/a.html"
        _ingest(archive, [Page(url, article_page(**first), "2024-06-01T00:00:00Z")])
        _ingest(archive, [Page(url, article_page(**{**first, **change}), "2024-06-02T00:00:00Z")])
        old = archive.connection.execute("SELECT title, cause FROM revisions").fetchall()
        assert [tuple(r) for r in old] == ([(first["title"], "site")] if version else [])
        row = archive.connection.execute("SELECT * FROM articles").fetchone()
        assert (row["version"] > 1) == version
        assert row["last_seen"] == "2024-06-02T00:00:00Z"
        if "views" in change:
            assert row["view_count"] == 77


def test_deletion_is_a_suspicion_and_ends_when_the_page_is_back(tmp_path: Path) -> None:
    url, page = "http://www.songxi.test/a.html", article_page("松溪县召开防汛会议", BODIES[0])
    with open_archive(tmp_path / "a.db") as archive:
        _ingest(archive, [Page(url, page, "2024-06-01T00:00:00Z")])
        _ingest(archive, [Page(url, b"", "2024-06-02T00:00:00Z", 0, response_class="timeout")])
        assert archive.connection.execute("SELECT presence FROM articles").fetchone()[0] == "alive"
        _ingest(archive, [Page(url, b"gone", "2024-06-03T00:00:00Z", 404, response_class="gone")])
        row = archive.connection.execute("SELECT presence, presence_since, body FROM articles").fetchone()
        assert tuple(row)[:2] == ("suspect", "2024-06-03T00:00:00Z")
        assert BODIES[0] in row["body"]
        _ingest(archive, [Page(url, page, "2024-06-04T00:00:00Z")])
        assert archive.connection.execute("SELECT presence FROM articles").fetchone()[0] == "alive"
