"""Citing, history, what is gone, verify, compact, reextract, merge: as typed, in real processes."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest
from typed import one_line, page, typed

from govnews.archive import open_archive
from govnews.archive.citation import FORMATS
from govnews.cli.article import changes
from govnews.ingest import Ingest
from govnews.model import Page

URL = "http://www.qingshan.test/xwzx/20240301_1.html"
TITLE = "青杉县部署春季森林防火工作"


@pytest.fixture
def db(tmp_path: Path) -> Path:
    """An article that was edited, another one, and no network."""
    path = tmp_path / "a.db"
    with open_archive(path) as archive, Ingest(archive) as ingest:
        ingest.add(Page(URL, page(), "2024-03-01T08:00:00Z"))
        ingest.add(
            Page(URL, page(body="3月1日下午，青杉县召开森林防火会议，部署今年各项任务。" * 2), "2024-03-03T08:00:00Z")
        )
        ingest.add(Page(URL.replace("_1", "_2"), page(title="100% 完成 & “五项” 工作_纪实"), "2024-03-03T08:00:00Z"))
    return path


def uid_of(db: Path, title: str = TITLE) -> str:
    with sqlite3.connect(db) as connection:
        found = connection.execute("SELECT uid FROM articles WHERE title = ?", (title,)).fetchone()
    return str(found[0])


def test_history_shows_what_changed_sign_by_sign(db: Path, tmp_path: Path) -> None:
    done = typed("show", uid_of(db), "--history", "--full", "--views", "--db", db, cwd=tmp_path, NO_COLOR="1")
    assert done.returncode == 0, done.stderr
    assert "[-上-]{+下+}午" in done.stdout
    assert "3月1日上午，青杉县" in done.stdout and "3月1日下午，青杉县" in done.stdout
    assert "2024-03-01 16:00:00 +08:00" in done.stdout and "█" in done.stdout


def test_both_texts_come_back_from_the_diff() -> None:
    old, new = "会议由张三主持。", "会议由李四同志主持召开。"
    shown = changes(old, new)
    assert shown == "会议由[-张三-]{+李四同志+}主持{+召开+}。"


def test_cite_in_every_form(db: Path, tmp_path: Path) -> None:
    uid = uid_of(db)
    said = {form: typed("cite", uid, "--format", form, "--db", db, cwd=tmp_path).stdout for form in FORMATS}
    assert f"青杉县融媒体中心. {TITLE}[EB/OL]. (2024-03-01)[2024-03-03]. {URL}." in said["gbt7714"]
    with sqlite3.connect(db) as connection:
        sha256, version = connection.execute("SELECT sha256, version FROM articles WHERE uid = ?", (uid,)).fetchone()
    for citation in said.values():
        for part in (TITLE, "青杉县融媒体中心", "2024", URL, "2024-03-03T08:00:00Z", sha256, f"version {version}"):
            assert part in citation
    [item] = json.loads(said["csl-json"])
    assert item["issued"] == {"date-parts": [[2024, 3, 1]]} and item["URL"] == URL
    assert said["bibtex"].startswith(f"@online{{govnews{uid},")


def test_cite_an_earlier_version_and_signs_that_tex_minds(db: Path, tmp_path: Path) -> None:
    with sqlite3.connect(db) as connection:
        [earlier] = connection.execute("SELECT version FROM revisions").fetchone()
    done = typed("cite", uid_of(db), "--version", str(earlier), "--format", "text", "--db", db, cwd=tmp_path)
    assert f"version {earlier}." in done.stdout and "2024-03-01T08:00:00Z" in done.stdout
    one_line(typed("cite", uid_of(db), "--version", "99", "--db", db, cwd=tmp_path), 1, "version 99")
    other = typed("cite", URL.replace("_1", "_2"), "--format", "bibtex", "--db", db, cwd=tmp_path).stdout
    assert r"100\% 完成 \& “五项” 工作\_纪实" in other


def test_upkeep_as_typed(db: Path, tmp_path: Path) -> None:
    assert "whole" in typed("verify", "--db", db, cwd=tmp_path).stderr
    assert "0 articles changed" in typed("reextract", "--db", db, cwd=tmp_path).stdout
    assert "3 pages compacted" in typed("compact", "--db", db, cwd=tmp_path).stdout
    done = typed("merge", db, "--into", tmp_path / "c.db", "--json", cwd=tmp_path)
    assert json.loads(done.stdout)["articles"] == 2
    assert typed("gone", "--db", tmp_path / "c.db", cwd=tmp_path).stdout == ""
    assert typed("verify", "--db", tmp_path / "c.db", cwd=tmp_path).returncode == 0
    one_line(typed("merge", "absent.db", "--into", "d.db", cwd=tmp_path), 1, "no archive at absent.db")
    assert not (tmp_path / "d.db").exists()


def test_verify_names_the_damaged_row_and_fails(db: Path, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "a.pages.db") as connection:
        connection.execute("UPDATE pages SET data = zeroblob(length(data)) WHERE rowid = 1")
        [name] = connection.execute("SELECT sha256 FROM pages WHERE rowid = 1").fetchone()
    connection.close()
    done = typed("verify", "--db", db, "--json", cwd=tmp_path)
    assert done.returncode == 1 and "1 fault found" in done.stderr
    assert (json.loads(done.stdout)["table"], json.loads(done.stdout)["row"]) == ("pages", name)


def test_a_file_that_cannot_be_written_is_still_verified(db: Path, tmp_path: Path) -> None:
    """And a second writer is refused by name while the first one holds the archive."""
    for file in (db, tmp_path / "a.pages.db"):
        file.chmod(0o444)
    assert typed("verify", "--db", db, cwd=tmp_path).returncode == 0
    for file in (db, tmp_path / "a.pages.db"):
        file.chmod(0o644)
    from govnews.archive import crawl_lock

    with crawl_lock(db, started_at="2024-03-04T00:00:00Z"):
        for words in (("compact", "--db", db), ("reextract", "--db", db), ("merge", db, "--into", db)):
            one_line(typed(*words, cwd=tmp_path), 1, "in use by another govnews")
