"""A redesign between two days, end to end: two real crawls of a county that changes its system, and what is said and done about it."""

from __future__ import annotations

import json
import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from govnews.demo.families.redesigned import COUNTY
from govnews.demo.families.sites import write_site_files
from govnews.demo.server import DemoServer
from govnews.demo.worlds import FAMILIES

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "health.md").read_text("utf-8")


def govnews(folder: Path, *words: str, code: int = 0) -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("GOVNEWS_")}
    done = subprocess.run(
        [sys.executable, "-m", "govnews", *words, "--db", "a.db"],
        cwd=folder,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        timeout=240,
        check=False,
    )
    assert done.returncode == code, (words, done.stdout, done.stderr)
    return done


def rows(folder: Path, sql: str) -> list[dict[str, Any]]:
    connection = sqlite3.connect(folder / "a.db")
    connection.row_factory = sqlite3.Row
    try:
        return [dict(row) for row in connection.execute(sql)]
    finally:
        connection.close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Both days in the archive, and what was said at the end of each."""
    folder = tmp_path_factory.mktemp("redesign")
    with DemoServer(world=FAMILIES) as server:
        write_site_files(folder / "sites", server.address)
        crawl = ("crawl", COUNTY.id, "--sites", "sites")
        (folder / "first").write_text(govnews(folder, *crawl).stderr, "utf-8")
        (folder / "before").write_text(json.dumps(rows(folder, "SELECT * FROM articles ORDER BY uid")), "utf-8")
        server.day = 2
        (folder / "second").write_text(govnews(folder, *crawl, "--revisit").stderr, "utf-8")
    yield folder


def test_health_says_so_as_the_page_shows(folder: Path) -> None:
    shown = next(block for block in re.findall(r"```text\n(.*?)```", PAGE, re.DOTALL))
    said = govnews(folder, "site", "health", COUNTY.name, code=1)

    def masked(text: str) -> str:
        text = re.sub(r"\d{4}-\d\d-\d\d", "DAY", re.sub(r"[0-9a-f]{16}", "UID", text))
        return re.sub(r"quiet for \d+", "quiet for N", text)

    assert masked(said.stdout) == masked(shown)
    assert "1 of 1 sites are unhealthy" in said.stderr
    look = re.findall(r"govnews (show .*) --db a.db", said.stdout)[0]
    assert COUNTY.name in govnews(folder, *look.split()).stdout
    [row] = [json.loads(line) for line in govnews(folder, "site", "health", "--json", code=1).stdout.splitlines()]
    assert [finding["code"] for finding in row["findings"]] == ["redesigned", "layout_changed", "many_lost", "quiet"]
    assert (row["site"], row["healthy"]) == (COUNTY.id, False)


def test_the_crawl_goes_on_and_says_it_in_a_line(folder: Path) -> None:
    said = (folder / "second").read_text("utf-8")
    assert f"unhealthy: {COUNTY.name} (redesigned, layout_changed, many_lost, quiet)" in said
    assert f"unhealthy: {COUNTY.name} (quiet)" in (folder / "first").read_text("utf-8")
    assert COUNTY.later is not None
    new = {row["url"] for row in rows(folder, "SELECT url FROM articles WHERE presence = 'alive'")}
    assert new == {COUNTY.later.url(story) for story in COUNTY.later.stories if story.kind == "article"}


def test_the_family_is_learned_anew_with_its_reasons(folder: Path) -> None:
    [site] = rows(folder, "SELECT family, family_points, learned FROM sites")
    assert (site["family"], json.loads(site["family_points"])) == ("siteserver", {"siteserver": 25})
    [[before, _]] = json.loads(site["learned"])["families_before"]
    assert before == "trs"


def test_every_article_is_bridged_to_its_new_address(folder: Path) -> None:
    assert COUNTY.later is not None
    pairs = zip(COUNTY.stories, COUNTY.later.stories, strict=True)
    right = {COUNTY.url(old): COUNTY.later.url(new) for old, new in pairs if old.kind == "article"}
    held = rows(folder, "SELECT url, new_url, bridge FROM no_longer_found")
    assert {row["url"]: row["new_url"] for row in held} == right
    assert {row["bridge"] for row in held} == {"title date text"}
    assert f"stands now at {held[0]['new_url']}" in govnews(folder, "gone", "--suspect").stdout


def test_old_captures_read_as_they_did(folder: Path) -> None:
    """Another extractor takes every page again, with what is now known of the site: nothing differs, no revision is made."""
    with sqlite3.connect(folder / "a.db") as connection:
        connection.execute("UPDATE articles SET extractor = 'another'")
    connection.close()
    before = {row["uid"]: row for row in json.loads((folder / "before").read_text("utf-8"))}
    done = govnews(folder, "reextract", "--sites", "sites")
    assert "50 pages read" in done.stdout and "0 articles changed" in done.stdout
    assert rows(folder, "SELECT * FROM revisions") == []
    seen = ("presence", "presence_since")
    after = {row["uid"]: row for row in rows(folder, "SELECT * FROM articles") if row["uid"] in before}
    assert {uid: {k: v for k, v in row.items() if k not in seen} for uid, row in after.items()} == {
        uid: {k: v for k, v in row.items() if k not in seen} for uid, row in before.items()
    }
    assert len(after) == 25


def test_wrong_names(folder: Path) -> None:
    done = govnews(folder, "site", "health", "维西", code=1)
    assert "is not in a.db" in done.stderr and "govnews crawl 533423" in done.stderr
