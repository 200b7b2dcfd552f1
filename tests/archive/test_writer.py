"""The writer: what of a unit is stored and counted, what one unstorable unit costs, a disk that is full, a writer that is killed."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import clean_environment
from making import HOST, address, day, dump, html, ingested, lacking, page, rows

from govnews.archive import Observation, Sighting, Unit, Writer, open_archive
from govnews.archive.pages import PageStore, digest
from govnews.extraction import uid
from govnews.ingest import Ingest
from govnews.model import Failure, Issue, Page, Task


def unit(n: int, *, at: str | None = None, body: bytes | None = None) -> Unit:
    return Unit(page(body or f"{n}".encode(), at or day(0), address(n)), f"key{n}", uid(f"key{n}"), "x")


def write(path: Path, *units: Unit) -> Writer:
    with open_archive(path) as archive:
        writer = Writer(archive)
        for each in units:
            writer.add(each)
        writer.close()
    return writer


def test_rows_of_a_list_are_sightings_once_and_over_time(tmp_path: Path) -> None:
    """Off-site rows have no uid; the same row on another day only widens its time; another title is another sighting."""
    path, column = tmp_path / "a.db", f"http://{HOST}/xwzx/list.html"

    def seen(at: str, title: str = "防火工作会议召开") -> Unit:
        out = unit(1, at=at, body=f"list {at} {title}".encode())
        inside = Sighting(column, address(7), "key7", uid("key7"), title, "2024-03-01")
        outside = Sighting(
            column, "http://www.elsewhere.test/a.html", "elsewhere.test/a.html", None, "省里的消息", None
        )
        out.sightings = (inside, outside)
        return out

    write(path, seen(day(2)), seen(day(1)))
    write(path, seen(day(4)), seen(day(2)), seen(day(3), "防火工作会议在县城召开"))
    held = rows(path, "SELECT uid, list_title, first_seen, last_seen FROM sightings ORDER BY id")
    assert [tuple(r.values()) for r in held] == [
        (uid("key7"), "防火工作会议召开", day(1), day(4)),
        (None, "省里的消息", day(1), day(4)),
        (uid("key7"), "防火工作会议在县城召开", day(3), day(3)),
    ]


def test_a_row_that_is_found_to_be_the_sites_gets_its_uid(tmp_path: Path) -> None:
    """A site file that learns a second host: what looked off-site is not."""
    path = tmp_path / "a.db"
    for known, n in ((None, 1), (uid("key7"), 2), (None, 3)):
        one = unit(n)
        one.sightings = (Sighting("", address(7), "key7", known, "一行", None),)
        write(path, one)
    assert [r["uid"] for r in rows(path, "SELECT uid FROM sightings")] == [uid("key7")]


def test_issues_are_counted_by_capture(tmp_path: Path) -> None:
    path = tmp_path / "a.db"

    def troubled(at: str, detail: str = "503") -> Unit:
        out = unit(1, at=at)
        out.issues = (Issue("fetch_failed", detail),)
        return out

    write(path, troubled(day(3)), troubled(day(1)), troubled(day(3)))
    write(path, troubled(day(1)), troubled(day(4)), troubled(day(4), "timeout"))
    held = rows(path, "SELECT code, severity, detail, times, first_seen, last_seen FROM issues ORDER BY id")
    assert [tuple(r.values()) for r in held] == [
        ("fetch_failed", "warning", "503", 3, day(1), day(4)),
        ("fetch_failed", "warning", "timeout", 1, day(4), day(4)),
    ]


@pytest.mark.parametrize("fault", ["number", "text"])
def test_what_cannot_be_stored_costs_its_own_page_only(tmp_path: Path, fault: str) -> None:
    """A number beyond 64 bits, half an emoji in a title of a JSON list: the batch goes in, the bytes and the tasks are kept."""
    path = tmp_path / "a.db"
    wrong, right = unit(1), unit(2)
    if fault == "number":
        wrong.observations = (Observation("0" * 16, 10**30, "vsb"),)
    else:
        wrong.sightings = (Sighting("", address(3), "key3", None, "春耕\ud83d", None),)
        wrong.page.error = "\ud83d"
    title = "春耕\ud83d" if fault == "text" else "春耕"
    wrong.tasks = (Task("article", address(3), "990901", list_title=title),)
    right.observations = (Observation("0" * 16, 10, "vsb"),)
    writer = write(path, wrong, right)
    assert rows(path, "SELECT value FROM view_observations") == [{"value": 10}]
    assert [r["code"] for r in rows(path, "SELECT code FROM issues")] == ["extract_failed"]
    assert [r["url"] for r in rows(path, "SELECT url FROM frontier")] == [address(3)]
    assert len(rows(path, "SELECT * FROM captures")) == 2 and not lacking(path)
    assert writer.counts["990901"]["issue:extract_failed"] == 1


def test_pages_are_kept_once_by_their_hash_in_plain_zstd(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    body = html() * 50
    ingested(path, [page(body, day(0)), page(body, day(1)), page(body, day(1), address(2))])
    [row] = rows(tmp_path / "a.pages.db", "SELECT sha256, size, codec, dictionary, data FROM pages")
    assert (row["sha256"], row["size"], row["codec"], row["dictionary"]) == (digest(body), len(body), "zstd", None)
    assert row["data"][:4] == b"\x28\xb5\x2f\xfd" and len(row["data"]) < len(body) / 10
    with open_archive(path, read_only=True) as archive:
        assert archive.pages.get(row["sha256"]) == body
        assert archive.pages.get("0" * 64) is None


@pytest.mark.parametrize("damage", ["cut", "swapped"])
def test_stored_bytes_that_are_not_what_they_were_are_told(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "a.db"
    ingested(path, [page(html(), day(0)), page(html(title="青杉县另一则消息"), day(0), address(2))])
    with open_archive(path) as archive:
        pages = archive.pages.connection
        change = "substr(data, 1, 30)" if damage == "cut" else "(SELECT max(data) FROM pages)"
        pages.execute(f"UPDATE pages SET data = {change}")
        codes = set()
        for row in pages.execute("SELECT sha256 FROM pages").fetchall():
            try:
                archive.pages.get(row[0])
            except Failure as failure:
                codes.add(failure.code)
    assert codes == {"tampered"}


def noise(n: int) -> bytes:
    """An article that does not compress: a page that takes its room."""
    letters = random.Random(n).choices([chr(c) for c in range(0x4E00, 0x8000)], k=4000)
    return html(title=f"青杉县第{n}号林区防火通报", body=["".join(letters)])


@pytest.mark.parametrize("which", ["main", "pages"])
def test_a_full_disk_loses_nothing_that_was_committed(tmp_path: Path, which: str) -> None:
    """SQLite is told how large a file may grow: the batch fails whole, earlier ones stand, and the same batch fits later."""
    path = tmp_path / "a.db"
    ingested(path, [page(noise(n), day(0), address(n)) for n in range(5)])
    before = dump(path)
    with open_archive(path) as archive:
        connection = archive.connection if which == "main" else archive.pages.connection
        used = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {used + 8}")
        ingest = Ingest(archive)
        for n in range(5, 25):
            ingest.add(page(noise(n), day(0), address(n)))
        with pytest.raises(Failure, match="disk is full") as caught:
            ingest.flush()
        assert caught.value.code == "disk_full" and "safe" in caught.value.hint
        assert ("a.pages.db" in str(caught.value)) == (which == "pages")
        assert dump(path) == before
        connection.execute("PRAGMA max_page_count = 1000000")
        ingest.flush()
    assert len(rows(path, "SELECT uid FROM articles")) == 25 and not lacking(path)


CHILD = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from making import SITE, address, day, html, page
from govnews.archive import open_archive
from govnews.ingest import Ingest
pages = [page(html(title=f"青杉县防火简报第{n}期"), day(d), address(n)) for d in (0, 1) for n in range(60)]
print("ready", flush=True)
with open_archive(sys.argv[1]) as archive, Ingest(archive) as ingest:
    for n, each in enumerate(pages):
        ingest.add(each, SITE)
        if n % 4 == 3:
            ingest.flush()
print("done", flush=True)
"""


def test_a_killed_writer_leaves_an_archive_that_the_same_command_completes(tmp_path: Path) -> None:
    """SIGKILL at ten moments of the run: every row has its bytes, nothing is there twice, and in the end it is all there."""
    path, chance = tmp_path / "a.db", random.Random(20240301)
    command = [sys.executable, "-c", CHILD, str(path), str(Path(__file__).parent)]
    cut = 0
    for _ in range(10):
        with subprocess.Popen(command, stdout=subprocess.PIPE, env=clean_environment(), text=True) as child:
            assert child.stdout is not None and child.stdout.readline() == "ready\n"
            time.sleep(chance.uniform(0.0, 0.25))
            child.kill()
            cut += "done" not in child.stdout.read()
        if path.exists():
            with open_archive(path) as archive:
                assert archive.connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
            assert not lacking(path)
    assert cut, "no round was cut short"
    subprocess.run(command, check=True, env=clean_environment(), stdout=subprocess.DEVNULL, timeout=60)
    assert not lacking(path)
    assert len(rows(path, "SELECT * FROM captures")) == 120 and not rows(path, "SELECT * FROM revisions")
    held = rows(path, "SELECT title, version, first_seen, last_seen, fetched_at FROM articles")
    assert {r["title"] for r in held} == {f"青杉县防火简报第{n}期" for n in range(60)} and len(held) == 60
    assert {(r["first_seen"], r["last_seen"], r["fetched_at"]) for r in held} == {(day(0), day(1), day(1))}


def test_the_pages_file_is_committed_before_the_main_file(tmp_path: Path) -> None:
    """Whatever stops a commit in between, the bytes are there first: a pages file that refuses leaves no row."""
    path = tmp_path / "a.db"
    with open_archive(path) as archive, Ingest(archive) as ingest:
        ingest.add(page(html(), day(0)))
        archive.pages.connection.execute("PRAGMA query_only = 1")
        with pytest.raises(Failure):
            ingest.flush()
        assert archive.connection.execute("SELECT count(*) FROM captures").fetchone()[0] == 0
        archive.pages.connection.execute("PRAGMA query_only = 0")
        archive.connection.execute("PRAGMA query_only = 1")
        with pytest.raises(Failure):
            ingest.flush()
        assert archive.pages.get(digest(html())) == html()
        archive.connection.execute("PRAGMA query_only = 0")
    assert len(rows(path, "SELECT * FROM articles")) == 1


def test_a_reader_sees_whole_units_while_a_writer_writes(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with open_archive(path) as archive, Ingest(archive) as ingest:
        ingest.add(page(html(), day(0)))
        with open_archive(path, read_only=True) as reader:
            assert reader.connection.execute("SELECT count(*) FROM articles").fetchone()[0] == 0
            ingest.flush()
            assert reader.connection.execute("SELECT count(*) FROM articles").fetchone()[0] == 1
            assert reader.pages.get(digest(html())) == html()
    assert not (tmp_path / "a.db-wal").exists() and not (tmp_path / "a.pages.db-wal").exists()


def test_an_archive_whose_pages_were_left_behind_is_still_read(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    ingested(path, [page(html(), day(0))])
    (tmp_path / "a.pages.db").unlink()
    with open_archive(path, read_only=True) as archive:
        assert isinstance(archive.pages, PageStore) and archive.pages.get(digest(html())) is None
        assert archive.connection.execute("SELECT count(*) FROM articles").fetchone()[0] == 1
    assert not (tmp_path / "a.pages.db").exists()


def test_a_page_without_bytes_is_a_capture_without_a_hash(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    failed = Page(
        None, b"", day(0), 0, site="990901", requested_url=address(), response_class="timeout", error="timeout"
    )
    assert ingested(path, [failed]) == ["none"]
    [row] = rows(path, "SELECT sha256, size, status, response_class, kind FROM captures")
    assert tuple(row.values()) == ("", 0, 0, "timeout", None)
    assert not rows(tmp_path / "a.pages.db", "SELECT * FROM pages")
