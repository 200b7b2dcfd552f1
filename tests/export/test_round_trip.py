"""The demo's archive out as WARC and in again: the same rows. And the file by warcio's own checker."""

from __future__ import annotations

import gzip
import json
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import clean_environment
from warcio.archiveiterator import ArchiveIterator

KEYS = {
    "articles": ("uid", {"id"}),
    "revisions": ("version", set()),
    "captures": ("id", {"run"}),
    "sightings": ("target_key, column_url, list_title, list_date, target_url", {"id"}),
    "view_observations": ("uid, observed_at, method, value", set()),
    "images": ("uid, position", set()),
    "attachments": ("uid, position", set()),
    "issues": ("code, url, detail, site", {"id", "run"}),
    "sites": ("id", set()),
}
"""Table → its order, and columns that are numbers private to a file."""


def run(*words: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    """`govnews WORDS…`, which must succeed."""
    command = [sys.executable, "-m", "govnews", *map(str, words)]
    done = subprocess.run(
        command, cwd=cwd, env=clean_environment(), capture_output=True, encoding="utf-8", timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    return done


def rows(db: Path, sql: str, without: set[str] = frozenset()) -> list[dict[str, Any]]:  # type: ignore[assignment]
    connection = sqlite3.connect(f"{db.absolute().as_uri()}?mode=ro", uri=True)
    connection.row_factory = sqlite3.Row
    try:
        return [{k: r[k] for k in r.keys() if k not in without} for r in connection.execute(sql)]  # noqa: SIM118
    finally:
        connection.close()


def tables(db: Path) -> dict[str, list[dict[str, Any]]]:
    """Every table that travels, without private numbers; captures with the vantage of their run instead of its number."""
    out = {name: rows(db, f"SELECT * FROM {name} ORDER BY {order}", skip) for name, (order, skip) in KEYS.items()}
    out["runs"] = rows(
        db,
        "SELECT c.fetched_at, c.url_key, r.command, r.started_at, r.version, r.vantage, r.settings FROM captures c "
        "JOIN runs r ON r.id = c.run ORDER BY c.id",
    )
    return out


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's two days, and their export."""
    path = tmp_path_factory.mktemp("往返 trip")
    run("demo", "--db", "a.db", cwd=path)
    run("demo", "--revisit", "--db", "a.db", cwd=path)
    run("export", "--db", "a.db", "--out", "a.warc.gz", cwd=path)
    return path


def test_out_and_in_again_gives_the_same_rows(folder: Path) -> None:
    """Into an empty archive: articles, versions, captures, sightings, counts, issues, vantage. A second time changes nothing; a
    second export has the same captures (of their tasks only the kind: the frontier does not travel)."""
    run("import", "a.warc.gz", "--db", "b.db", cwd=folder)
    want, have = tables(folder / "a.db"), tables(folder / "b.db")
    assert len(want["articles"]) >= 30 and want["revisions"] and want["view_observations"] and want["issues"]
    for name in want:
        assert have[name] == want[name], name
    assert run("import", "a.warc.gz", "--db", "b.db", cwd=folder).stdout.startswith("1 file: 0 new, 0 changed")
    assert tables(folder / "b.db") == want
    run("export", "--db", "b.db", "--out", "b.warc.gz", cwd=folder)
    assert stated(folder / "b.warc.gz") == stated(folder / "a.warc.gz")


def stated(path: Path) -> list[dict[str, Any]]:
    """The metadata of all captures, without the file's numbers of runs and what only a frontier knows of a task."""
    out = []
    with path.open("rb") as file:
        for record in ArchiveIterator(file):
            if record.rec_type == "metadata":
                said = json.loads(record.content_stream().read())
                out.append({k: v["kind"] if k == "task" else v for k, v in said.items() if k != "run"})
    return out[1:]


def test_the_file_is_valid(folder: Path) -> None:
    """By warcio's checker; every record is a gzip member of its own; bytes are those of the archive."""
    done = subprocess.run(
        [sys.executable, "-m", "warcio.cli", "check", "-v", "a.warc.gz"], cwd=folder, capture_output=True, text=True
    )
    assert done.returncode == 0 and "digest pass" in done.stdout and "failed" not in done.stdout
    data, seen = (folder / "a.warc.gz").read_bytes(), []
    kinds: dict[str, int] = {}
    with (folder / "a.warc.gz").open("rb") as file:
        records = ArchiveIterator(file)
        for record in records:
            kinds[record.rec_type] = kinds.get(record.rec_type, 0) + 1
            head = record.rec_headers.get_header
            assert record.rec_type in ("response", "revisit", "metadata", "warcinfo")
            if record.rec_type == "response":
                assert record.http_headers.get_header("content-encoding") is None
                assert int(record.http_headers.get_header("content-length")) == len(record.content_stream().read())
                seen.append(head("WARC-Payload-Digest").removeprefix("sha256:"))
            if record.rec_type == "revisit":
                assert head("WARC-Profile").endswith("/identical-payload-digest")
                assert head("WARC-Payload-Digest").removeprefix("sha256:") in seen and head("WARC-Refers-To-Date")
            at, length = records.get_record_offset(), records.get_record_length()
            assert gzip.decompress(data[at : at + length]).startswith(b"WARC/1.1\r\n")
    captures = rows(folder / "a.db", "SELECT sha256, status FROM captures WHERE status > 0 AND sha256 <> ''")
    again = len(captures) - len({c["sha256"] for c in captures})
    assert again > 0 and kinds["revisit"] == again and sorted(set(seen)) == sorted({c["sha256"] for c in captures})


def test_a_chosen_part_has_its_captures_only(folder: Path) -> None:
    """The articles of one county, their counters and bytes: imported they are the same articles."""
    run("export", "--db", "a.db", "--county", "990201", "--out", "part.warc.gz", cwd=folder)
    run("import", "part.warc.gz", "--db", "part.db", cwd=folder)
    chosen = "SELECT uid, title, publish_time, source, view_count, view_count_at, body, sha256 FROM articles WHERE site = '990201' ORDER BY uid"
    assert rows(folder / "part.db", chosen) == rows(folder / "a.db", chosen) != []
    assert rows(folder / "part.db", "SELECT DISTINCT site FROM articles") == [{"site": "990201"}]


def test_saved_pages_travel_too(tmp_path: Path, page_without_address: Callable[[int], bytes]) -> None:
    """A page without an address has no response to make; its bytes, name and time travel all the same."""
    (tmp_path / "saved").mkdir()
    for n in range(3):
        (tmp_path / "saved" / f"页{n}.html").write_bytes(page_without_address(n))
    run("import", "saved", "--db", "a.db", cwd=tmp_path)
    run("export", "--db", "a.db", "--out", "a.warc", cwd=tmp_path)
    run("import", "a.warc", "--db", "b.db", cwd=tmp_path)
    want, have = tables(tmp_path / "a.db"), tables(tmp_path / "b.db")
    assert have == want and len(want["articles"]) == 3 and want["articles"][0]["url"] is None


@pytest.fixture
def page_without_address() -> Callable[[int], bytes]:
    from conftest import article_page

    return lambda n: article_page(
        f"松溪县第{n}次召开防汛会议安排部署", f"5月6日，第{n}次会议召开，安排部署各项任务。" * 4
    )
