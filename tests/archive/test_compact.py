"""`compact`: smaller, the same bytes, readable by the stock zstd; swept, resumed, erased; killed at any moment."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import clean_environment
from making import BODY, SITE, address, day, html, ingested, lacking, page, rows

from govnews.archive import open_archive
from govnews.archive.check import verify
from govnews.archive.compact import compact, erase
from govnews.archive.pages import digest, pages_path

NUMBERS = range(40)


def body(n: int) -> bytes:
    """A page of a site whose template is larger than its texts."""
    menu = "".join(f"<li><a href='/xwzx/col{i}/'>栏目{i * 7919 % 997}</a></li>" for i in range(120))
    return html(title=f"青杉县第{n}号防火通报", body=[*BODY, f"第{n}号，{n * 7919 % 1009}人参加。"], notice=menu)


def filled(path: Path) -> Path:
    ingested(path, [page(body(n), day(0), address(n)) for n in NUMBERS])
    return path


def size(path: Path) -> int:
    sql = "SELECT sum(length(data)) AS n FROM (SELECT data FROM pages UNION ALL SELECT data FROM dictionaries)"
    return int(rows(pages_path(path), sql)[0]["n"])


def test_the_same_bytes_in_less_room(tmp_path: Path) -> None:
    path = filled(tmp_path / "a.db")
    before = size(path)
    with open_archive(path) as archive:
        done = compact(archive, now=day(1))
        assert (done.pages, done.before, done.swept) == (40, before, 0)
        assert {archive.pages.get(digest(body(n))) for n in NUMBERS} == {body(n) for n in NUMBERS}
        assert list(verify(archive)) == []
        assert compact(archive, now=day(2)).pages == 0, "a second time nothing is owed"
    assert done.after == size(path) < before * 0.6


def test_later_pages_use_the_dictionary_that_is_there(tmp_path: Path) -> None:
    path = filled(tmp_path / "a.db")
    for when in (1, 2):
        with open_archive(path) as archive:
            compact(archive, now=day(when))
        ingested(path, [page(body(100 + when), day(when), address(100 + when))])
    with open_archive(path) as archive:
        compact(archive, now=day(3))
    assert len(rows(pages_path(path), "SELECT * FROM dictionaries")) == 1
    assert not rows(pages_path(path), "SELECT * FROM pages WHERE dictionary IS NULL")


@pytest.mark.skipif(not shutil.which("zstd"), reason="needs the zstd command")
def test_the_stock_command_reads_a_frame(tmp_path: Path) -> None:
    path = filled(tmp_path / "a.db")
    with open_archive(path) as archive:
        compact(archive, now=day(1))
    row = rows(
        pages_path(path),
        "SELECT p.sha256, p.data, d.data AS dictionary FROM pages p JOIN dictionaries d ON d.sha256 = p.dictionary",
    )[-1]
    (tmp_path / "page.zst").write_bytes(row["data"])
    (tmp_path / "dictionary").write_bytes(row["dictionary"])
    command = ["zstd", "-d", "-D", str(tmp_path / "dictionary"), "-c", str(tmp_path / "page.zst")]
    assert digest(subprocess.run(command, capture_output=True, check=True).stdout) == row["sha256"]


def test_bytes_without_a_row_are_swept(tmp_path: Path) -> None:
    path = filled(tmp_path / "a.db")
    with open_archive(path) as archive:
        archive.pages.put_all(
            [(digest(b"left"), b"left", SITE.id, day(0)), (digest(b"over"), b"over", "990902", day(0))]
        )
        assert compact(archive, now=day(1), site=SITE.id).swept == 1
        assert compact(archive, now=day(1)).swept == 1
        assert list(verify(archive)) == []


def test_erased_bytes_are_in_no_file(tmp_path: Path) -> None:
    """A page that is pinned in a dictionary, and one that is not: its text is nowhere, and all others come back."""
    path = filled(tmp_path / "a.db")
    with open_archive(path) as archive:
        compact(archive, now=day(1))
        [dictionary] = archive.pages.connection.execute("SELECT data FROM dictionaries").fetchone()
        pinned = next(n for n in NUMBERS if body(n) in dictionary)
        other = next(n for n in NUMBERS if body(n) not in dictionary)
        for n in (pinned, other):
            assert erase(archive.pages, digest(body(n))) and not erase(archive.pages, digest(body(n)))
        kept = [archive.pages.get(digest(body(n))) for n in NUMBERS if n not in (pinned, other)]
        assert kept == [body(n) for n in NUMBERS if n not in (pinned, other)]
        archive.connection.execute("DELETE FROM captures")
    for file in tmp_path.glob("a.pages.db*"):
        assert f"第{pinned}号防火通报".encode() not in file.read_bytes()


COMPACTION = """
import sys
from govnews.archive import open_archive
from govnews.archive import compact as room
room.BATCH = 3
print("ready", flush=True)
with open_archive(sys.argv[1]) as archive:
    room.compact(archive, now="2024-04-01T00:00:00Z")
print("done", flush=True)
"""


def killed(path: Path, rounds: int, seed: int) -> int:
    """Compactions cut short by SIGKILL; after each the archive is whole. How many were cut."""
    chance, cut = random.Random(seed), 0
    for _ in range(rounds):
        with subprocess.Popen(
            [sys.executable, "-c", COMPACTION, path], stdout=subprocess.PIPE, env=clean_environment(), text=True
        ) as child:
            assert child.stdout is not None and child.stdout.readline() == "ready\n"
            time.sleep(chance.uniform(0.0, 0.04))  # it takes some fifty milliseconds
            child.kill()
            cut += "done" not in child.stdout.read()
        with open_archive(path) as archive:
            assert list(verify(archive)) == []
        assert not lacking(path)
    return cut


def test_a_killed_compaction_leaves_every_page(tmp_path: Path) -> None:
    path = filled(tmp_path / "a.db")
    assert killed(path, 6, 1)


@pytest.mark.soak
def test_a_compaction_killed_a_hundred_times(tmp_path: Path) -> None:
    assert sum(killed(filled(tmp_path / f"{n}.db"), 10, n) for n in range(10)) > 20


def test_a_full_disk_stops_it_and_costs_nothing(tmp_path: Path) -> None:
    path = filled(tmp_path / "a.db")
    script = COMPACTION.replace(
        'print("ready", flush=True)',
        "import resource, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); resource.setrlimit(resource.RLIMIT_FSIZE, (30_000, 30_000))",
    )
    done = subprocess.run(
        [sys.executable, "-c", script, path], env=clean_environment(), capture_output=True, text=True, check=False
    )
    assert done.returncode == 1 and "sqlite3" in done.stderr
    with open_archive(path) as archive:
        assert list(verify(archive)) == []
