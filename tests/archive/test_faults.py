"""A disk that is full, a file that may not be written, another writer: during `merge` and `reextract` nothing that was there is lost,
and the same command completes it later."""

from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import clean_environment
from making import SITE, address, day, dump, html, ingested, lacking, page, rows

from govnews.archive import open_archive
from govnews.archive.check import verify
from govnews.archive.merge import merge
from govnews.archive.pages import pages_path
from govnews.ingest.again import reextract

LATER = "PRAGMA max_page_count = 1000000"


def filled(path: Path, start: int, stop: int) -> Path:
    """Articles that do not compress, as an older extractor read them."""
    pages = []
    for n in range(start, stop):
        letters = random.Random(n).choices([chr(c) for c in range(0x4E00, 0x8000)], k=3000)
        pages.append(page(html(title=f"青杉县第{n}号通报", body=["".join(letters)]), day(0), address(n)))
    ingested(path, pages)
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE articles SET extractor = '0.0.1+old', source = '来源：' || source")
    connection.close()
    return path


def whole(path: Path) -> None:
    with open_archive(path, read_only=True) as archive:
        assert list(verify(archive)) == []
    assert not lacking(path)


@pytest.mark.parametrize("which", ["main", "pages"])
def test_a_disk_that_fills_up_in_a_merge(tmp_path: Path, which: str) -> None:
    into, source = filled(tmp_path / "a.db", 0, 5), filled(tmp_path / "b.db", 5, 30)
    before = dump(into)
    with open_archive(into) as archive, open_archive(source, read_only=True) as other:
        connection = archive.connection if which == "main" else archive.pages.connection
        connection.execute(f"PRAGMA max_page_count = {connection.execute('PRAGMA page_count').fetchone()[0] + 4}")
        with pytest.raises(sqlite3.OperationalError, match="full"):
            merge(archive, other)
        assert dump(into) == before
        connection.execute(LATER)
        assert merge(archive, other) == 25
    whole(into)
    assert len(rows(into, "SELECT * FROM articles")) == 30


def test_a_disk_that_fills_up_in_a_reextraction(tmp_path: Path) -> None:
    path = filled(tmp_path / "a.db", 0, 30)
    before = dump(path)
    with open_archive(path) as archive:
        used = archive.connection.execute("PRAGMA page_count").fetchone()[0]
        archive.connection.execute(f"PRAGMA max_page_count = {used + 4}")
        with pytest.raises(sqlite3.OperationalError, match="full"):
            reextract(archive, {SITE.id: SITE}, workers=1)
        assert dump(path) == before
        archive.connection.execute(LATER)
        assert reextract(archive, {SITE.id: SITE}, workers=1).versions == 30
    whole(path)


LIMITED = """
import resource, signal, sqlite3, sys
sys.path.insert(0, sys.argv[4])
from govnews.archive import open_archive
from govnews.archive.merge import merge
from govnews.ingest.again import reextract
from making import SITE
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
what, path, source = sys.argv[1:4]
with open_archive(path) as archive, open_archive(source, read_only=True) as other:
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
    try:
        merge(archive, other) if what == "merge" else reextract(archive, {SITE.id: SITE}, workers=1)
        print("done")
    except sqlite3.Error as error:
        print("refused")
"""


@pytest.mark.parametrize("what", ["merge", "reextract"])
def test_files_that_may_not_grow(tmp_path: Path, what: str) -> None:
    path, source = filled(tmp_path / "a.db", 0, 20), filled(tmp_path / "b.db", 20, 40)
    before = dump(path)
    command = [sys.executable, "-c", LIMITED, what, path, source, Path(__file__).parent]
    done = subprocess.run(command, capture_output=True, text=True, env=clean_environment(), check=False)
    assert done.stdout == "refused\n", done.stderr
    assert dump(path) == before
    whole(path)
    with open_archive(path) as archive, open_archive(source, read_only=True) as other:
        if what == "merge":
            assert merge(archive, other) == 20
        else:
            assert reextract(archive, {SITE.id: SITE}, workers=1).versions == 20
    whole(path)


def test_a_file_that_is_only_read_is_left_byte_for_byte(tmp_path: Path) -> None:
    """SQLite refuses by the way the file was opened, so that this says something for root too."""
    path, source = filled(tmp_path / "a.db", 0, 3), filled(tmp_path / "b.db", 3, 6)
    files = [path, pages_path(path)]
    before = [f.read_bytes() for f in files]
    with open_archive(path, read_only=True) as archive, open_archive(source, read_only=True) as other:
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            merge(archive, other)
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            reextract(archive, {SITE.id: SITE}, workers=1)
    assert [f.read_bytes() for f in files] == before


def test_a_second_writer_is_waited_for_and_then_refused(tmp_path: Path) -> None:
    path, source = filled(tmp_path / "a.db", 0, 3), filled(tmp_path / "b.db", 3, 6)
    before = dump(path)
    with open_archive(path) as holder, open_archive(path) as archive, open_archive(source, read_only=True) as other:
        archive.connection.execute("PRAGMA busy_timeout = 50")
        holder.connection.execute("BEGIN IMMEDIATE")
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            merge(archive, other)
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            reextract(archive, {SITE.id: SITE}, workers=1)
        assert dump(path) == before
        holder.connection.execute("ROLLBACK")
        assert merge(archive, other) == 3
        assert reextract(archive, {SITE.id: SITE}, workers=1).versions == 6
    whole(path)
