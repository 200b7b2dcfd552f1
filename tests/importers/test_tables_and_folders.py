"""CSV, JSON lines, .mhtml and folders as browsers leave them, through the command as typed."""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import Govnews, clean_environment
from warcs import address, many, page, rows

from govnews.archive import open_archive
from govnews.importers import import_paths

TEXT = "5月6日，松溪县召开防汛工作会议，安排部署汛期各项任务，要求落实责任，加强值守。\n会议强调，各乡镇要备足物资，确保安全。"


def table(lines: list[list[str]], dialect: str = "excel") -> str:
    """Rows as CSV."""
    out = io.StringIO()
    csv.writer(out, dialect).writerows(lines)
    return out.getvalue()


def test_csv_with_pages_and_columns_as_said(govnews: Govnews, tmp_path: Path) -> None:
    lines = [["link", "content", "crawl_time"], [address(1), page(1).decode(), "2024-05-07 09:02:03+08:00"]]
    (tmp_path / "p.csv").write_text("\ufeff" + table(lines), "utf-8")
    columns = "url=link,html=content,fetched_at=crawl_time"
    done = govnews("import", "p.csv", "--columns", columns, "--db", "a.db")
    assert done.returncode == 0 and "1 new" in done.stdout, done.stderr
    [row] = rows(tmp_path / "a.db", "SELECT url, fetched_at, source, view_count FROM articles")
    assert row == {
        "url": address(1),
        "fetched_at": "2024-05-07T01:02:03Z",
        "source": "松溪县融媒体中心",
        "view_count": 31,
    }
    with_bytes = rows(tmp_path / "a.db", "SELECT size, origin FROM captures")
    assert with_bytes == [{"size": len(page(1)), "origin": "p.csv"}]


@pytest.mark.parametrize("form", ["csv", "gb", "tsv", "jsonl", "jsonl.gz"])
def test_text_only_is_read_as_the_plain_text_of_a_page(govnews: Govnews, tmp_path: Path, form: str) -> None:
    """The columns are guessed by their Chinese names; time and source are read from their own columns."""
    row = {
        "网址": address(2),
        "标题": "松溪县召开防汛工作会议",
        "发布时间": "2024-05-06 09:30",
        "来源": "松溪发布",
        "正文": TEXT,
    }
    data = {
        "csv": lambda: table([list(row), list(row.values())]).encode(),
        "gb": lambda: table([list(row), list(row.values())]).encode("gb18030"),
        "tsv": lambda: table([list(row), list(row.values())], "excel-tab").encode(),
        "jsonl": lambda: json.dumps(row).encode() + b"\n",
        "jsonl.gz": lambda: gzip.compress(json.dumps(row).encode() + b"\n"),
    }[form]()
    name = "t.csv" if form == "gb" else f"t.{form}"
    (tmp_path / name).write_bytes(data)
    done = govnews("import", name, "--db", "a.db")
    assert done.returncode == 0, done.stderr
    [found] = rows(tmp_path / "a.db", "SELECT url, title, publish_time, source, body, view_count FROM articles")
    assert found == {
        "url": address(2),
        "title": "松溪县召开防汛工作会议",
        "publish_time": "2024-05-06T09:30+08:00",
        "source": "松溪发布",
        "body": TEXT,
        "view_count": None,
    }


def test_a_broken_line_costs_itself_only(govnews: Govnews, tmp_path: Path) -> None:
    good = [json.dumps({"url": address(n), "html": page(n).decode()}) for n in range(3)]
    lines = [good[0], '{"url": "x', good[1], "[1]", json.dumps({"url": address(9)}), good[2]]
    text = "\n".join(lines) + "\n"
    (tmp_path / "p.jsonl").write_text(text, "utf-8")
    done = govnews("import", "p.jsonl", "--db", "a.db")
    assert done.returncode == 0 and "3 new" in done.stdout
    details = [r["detail"] for r in rows(tmp_path / "a.db", "SELECT detail FROM issues ORDER BY id")]
    places = [len("\n".join([*lines[:n], ""]).encode()) for n in (1, 3, 4)]
    assert [d.split(":")[0] for d in details] == [f"byte {at}" for at in places]


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ("url=nowhere", "there is no column nowhere"),
        ("adress=link", "adress is no column of ours"),
        ("url", "write url=link,html=content"),
        (None, "no column looks like a page or its text"),
    ],
)
def test_columns_that_cannot_be_are_said_in_a_line(
    govnews: Govnews, tmp_path: Path, columns: str | None, said: str
) -> None:
    (tmp_path / "p.csv").write_text("a,link\n1,2\n", "utf-8")
    done = govnews("import", "p.csv", *(["--columns", columns] if columns else []), "--db", "a.db")
    assert done.returncode == 2 and said in done.stderr and "Traceback" not in done.stderr


MHTML = """From: <Saved by a browser>
Snapshot-Content-Location: {url}
Date: Tue, 7 May 2024 09:02:03 +0800
MIME-Version: 1.0
Content-Type: multipart/related; type="text/html"; boundary="----x"

------x
Content-Type: text/html; charset=utf-8
Content-Transfer-Encoding: base64
Content-Location: {url}

{page}
------x
Content-Type: image/png
Content-ID: <pic-1@mhtml>
Content-Transfer-Encoding: base64
Content-Location: http://www.songxi.test/images/1.png

iVBORw0KGgo=
------x--
"""


def test_a_page_saved_as_one_file(govnews: Govnews, tmp_path: Path) -> None:
    import base64

    body = page(1).replace(b"</p><p>", b"</p><p><img src='cid:pic-1@mhtml'></p><p>")
    saved = MHTML.format(url=address(1), page=base64.encodebytes(body).decode())
    (tmp_path / "p.mhtml").write_text(saved.replace("\n", "\r\n"), "utf-8", newline="")
    (tmp_path / "q.mht").write_text("no message at all", "utf-8")
    done = govnews("import", "p.mhtml", "q.mht", "--db", "a.db")
    assert "1 new" in done.stdout and "could not read q.mht" in done.stderr
    [row] = rows(tmp_path / "a.db", "SELECT url, title, fetched_at FROM articles")
    assert row["url"] == address(1) and row["fetched_at"] == "2024-05-07T01:02:03Z"
    assert [r["url"] for r in rows(tmp_path / "a.db", "SELECT url FROM images")] == [
        "http://www.songxi.test/images/1.png"
    ]


def test_a_folder_of_saved_pages(govnews: Govnews, tmp_path: Path) -> None:
    """What a browser puts beside a page is left out by name, a WARC among the pages is read."""
    parts = tmp_path / "saved" / "页面_files"
    parts.mkdir(parents=True)
    (parts / "frame.html").write_bytes(page(7))
    (tmp_path / "saved" / "页面.html").write_bytes(page(1))
    (tmp_path / "saved" / "more.warc.gz").write_bytes(many(2).bytes)
    (tmp_path / "saved" / "a.docx").write_bytes(b"PK")
    done = govnews("import", "saved", "--db", "a.db")
    assert "3 new" in done.stdout, done.stderr
    assert "passed over 页面_files: a browser's folder" in done.stderr and "a.docx" in done.stderr


@pytest.mark.parametrize("name", ["p.jsonl", "p.csv", "p.warc.gz", "p.html", "p.mhtml"])
def test_a_file_that_cannot_be_opened_costs_itself_only(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / name).write_bytes(b"something")
    (tmp_path / "q.html").write_bytes(page(1))
    real = io.open

    def refusing(file: object, *more: object, **named: object) -> object:
        if str(file).endswith(name):
            raise PermissionError(13, "Permission denied", str(file))
        return real(file, *more, **named)  # type: ignore[call-overload]

    monkeypatch.setattr(io, "open", refusing)
    with open_archive(tmp_path / "a.db") as archive:
        result = import_paths(archive, [tmp_path / name, tmp_path / "q.html"])
    assert result.outcomes == {"new": 1} and result.unreadable == [(name, "Permission denied")]


def started(tmp_path: Path, name: str) -> subprocess.Popen[bytes]:
    """An import under way that has committed something."""
    command = [sys.executable, "-m", "govnews", "import", name, "--db", "a.db"]
    process = subprocess.Popen(command, cwd=tmp_path, env=clean_environment(), stderr=subprocess.PIPE)
    for _ in range(600):
        time.sleep(0.02)
        if (tmp_path / "a.db").exists():
            try:
                if rows(tmp_path / "a.db", "SELECT count(*) AS n FROM captures")[0]["n"]:
                    break
            except Exception:  # noqa: BLE001 - not yet made
                continue
    return process


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_stopped_at_any_moment_it_goes_on(tmp_path: Path, govnews: Govnews, how: signal.Signals) -> None:
    (tmp_path / "a.warc.gz").write_bytes(many(1500).bytes)
    process = started(tmp_path, "a.warc.gz")
    os.kill(process.pid, how)
    _, said = process.communicate(timeout=60)
    have = rows(tmp_path / "a.db", "SELECT count(*) AS n FROM captures")[0]["n"]
    assert 0 < have < 1500
    if how == signal.SIGINT:
        assert process.returncode == 130 and b"Traceback" not in said
        [run] = rows(tmp_path / "a.db", "SELECT reason FROM runs")
        assert run["reason"] == "interrupted"
    done = govnews("import", "a.warc.gz", "--db", "a.db", "--json")
    counts = json.loads(done.stdout)
    assert counts["known"] == have and counts["new"] == 1500 - have
    assert rows(tmp_path / "a.db", "SELECT count(*) AS n FROM articles") == [{"n": 1500}]
