"""Opening an archive: what is refused, what is made, and that the data dictionary tells the truth about it."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import article_page, clean_environment

from govnews.archive import crawl_lock, open_archive
from govnews.archive.pages import pages_path
from govnews.archive.schema import SCHEMA
from govnews.ingest import Ingest
from govnews.model import Failure, Page


def test_the_dictionary_and_the_tables_are_the_same(tmp_path: Path) -> None:
    with open_archive(tmp_path / "a.db") as archive:
        own = "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '\\_%' ESCAPE '\\'"
        real = {
            t: [c[1] for c in archive.connection.execute(f"PRAGMA table_info([{t}])")]
            for (t,) in archive.connection.execute(own)
        }
        pages = {
            t: [c[1] for c in archive.pages.connection.execute(f"PRAGMA table_info([{t}])")]
            for (t,) in archive.pages.connection.execute(own)
        }
    told = {t.name: [c.name for c in t.columns] for t in SCHEMA}
    assert all(c.en and c.zh for t in SCHEMA for c in t.columns)
    for table, columns in told.items():
        assert sorted(columns) == sorted({**pages, **real}[table]), table
    inner = {f"search_index_{part}" for part in ("data", "idx", "docsize", "config")}
    assert real.keys() - told.keys() <= {"version_sequence", *inner}


def test_a_second_opening_changes_nothing(tmp_path: Path) -> None:
    open_archive(tmp_path / "a.db").close()
    before = (tmp_path / "a.db").read_bytes()
    with open_archive(tmp_path / "a.db", read_only=True) as archive:
        assert archive.connection.execute("PRAGMA application_id").fetchone()[0] == 0x474E5753
    assert (tmp_path / "a.db").read_bytes() == before


def _refused(path: Path, **how: bool) -> str:
    with pytest.raises(Failure) as caught:
        open_archive(path, **how)
    assert "\n" not in caught.value.sentence
    return caught.value.code


def test_what_is_no_archive_is_left_alone(tmp_path: Path) -> None:
    text, foreign = tmp_path / "text.db", tmp_path / "foreign.db"
    text.write_text("这不是数据库，只是一个名字像数据库的文本文件。" * 40, "utf-8")
    with sqlite3.connect(foreign) as connection:
        connection.execute("CREATE TABLE cities (name)")
    before = text.read_bytes(), foreign.read_bytes()
    assert _refused(text) == "not_a_database"
    assert _refused(foreign) == "not_an_archive"
    assert _refused(tmp_path) == "cannot_open"
    assert _refused(tmp_path / "absent.db", create=False) == "no_archive"
    assert (text.read_bytes(), foreign.read_bytes()) == before
    assert not (tmp_path / "absent.db").exists()


def test_a_newer_archive_is_refused_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    open_archive(path).close()
    with sqlite3.connect(path) as connection:
        connection.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('govnews', 'm9999_later', '2030')"
        )
    before = path.read_bytes()
    assert _refused(path) == "newer_schema"
    assert path.read_bytes() == before


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    """/proc refuses also root, who runs tests in containers."""
    if not Path("/proc/self").exists():
        pytest.skip("needs /proc")
    assert _refused(Path("/proc/govnews.db")) in ("read_only", "cannot_open")


def test_one_crawl_a_database(tmp_path: Path) -> None:
    """The lock is the kernel's: another process is refused by name while we hold it, and gets it when we are killed."""
    code = (
        "import sys, time; from pathlib import Path; from govnews.archive import crawl_lock\n"
        "with crawl_lock(Path(sys.argv[1]), started_at='2024-06-01T00:00:00Z'):\n print('held', flush=True); time.sleep(60)"
    )
    path = tmp_path / "a.db"
    with subprocess.Popen(
        [sys.executable, "-c", code, path], stdout=subprocess.PIPE, env=clean_environment()
    ) as holder:
        assert holder.stdout is not None and holder.stdout.readline() == b"held\n"
        with pytest.raises(Failure, match=f"process {holder.pid} ") as caught, crawl_lock(path, started_at="later"):
            pass
        assert caught.value.code == "locked"
        holder.kill()
        holder.wait()
        with crawl_lock(path, started_at="later"):
            pass


def test_a_full_disk_is_one_clear_failure(tmp_path: Path) -> None:
    """What was committed before stays; what was not can be ingested again."""
    code = """
import resource, sys
from govnews.archive import open_archive
from govnews.ingest import Ingest
from govnews.model import Failure, Page
import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
with open_archive(sys.argv[1]) as archive:
    resource.setrlimit(resource.RLIMIT_FSIZE, (600_000, 600_000))
    ingest = Ingest(archive)
    try:
        for n in range(400):
            import hashlib
            noise = "".join(chr(0x4E00 + b * 7) for i in range(40) for b in hashlib.sha256(f"{n} {i}".encode()).digest())
            page = f"<h1>松溪县第{n}号</h1><p>发布时间：2024-05-06</p><p>{noise}</p>".encode()
            ingest.add(Page(f"http://www.songxi.test/{n}.html", page, "2024-06-01T00:00:00Z"))
        ingest.flush()
    except Failure as failure:
        print(failure.code)
"""
    done = subprocess.run(
        [sys.executable, "-c", code, tmp_path / "a.db"],
        capture_output=True,
        text=True,
        env=clean_environment(),
        check=False,
    )
    assert done.stdout.strip() in ("disk_full", "cannot_open"), done.stderr
    with open_archive(tmp_path / "a.db") as archive:
        assert archive.connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        for (sha,) in archive.connection.execute("SELECT sha256 FROM captures").fetchall():
            assert archive.pages.get(sha)
        with Ingest(archive) as ingest:
            ingest.add(
                Page(
                    "http://www.songxi.test/x.html",
                    article_page("松溪县召开会议部署工作", "会议在县城召开，各部门参加。"),
                    "2024-06-02T00:00:00Z",
                )
            )
        assert archive.connection.execute("SELECT count(*) FROM articles WHERE url LIKE '%/x.html'").fetchone()[0] == 1


def test_raw_pages_come_back_as_they_were(tmp_path: Path) -> None:
    bodies = [b"", b"\x00\xff" * 50, "县".encode("gb18030") * 10_000, article_page("一篇", "正文正文正文")]
    with open_archive(tmp_path / "a.db") as archive:
        with Ingest(archive) as ingest:
            for n, body in enumerate(bodies):
                ingest.add(Page(f"http://www.songxi.test/{n}", body, "2024-06-01T00:00:00Z"))
        kept = {
            r["url"]: archive.pages.get(r["sha256"])
            for r in archive.connection.execute("SELECT url, sha256 FROM captures")
            if r["sha256"]
        }
        assert kept == {f"http://www.songxi.test/{n}": b for n, b in enumerate(bodies) if b}
    assert pages_path(tmp_path / "a.db").exists()
    shutil.copy(tmp_path / "a.db", tmp_path / "copy.db")  # closed: one file can be copied
    assert not (tmp_path / "a.db-wal").exists()
