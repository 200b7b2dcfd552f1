"""Commands as typed, in real processes: shared by the tests of this folder."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
SEED = ROOT.parent / "shared" / "seed"


def environment(**more: str) -> dict[str, str]:
    """The environment without settings of ours: a test says what it wants."""
    return {k: v for k, v in os.environ.items() if not k.startswith("GOVNEWS_") and k != "NO_COLOR"} | more


def typed(
    *words: str | Path, cwd: Path, stdin: bytes = b"", timeout: float = 240, program: str = "govnews", **more: str
) -> subprocess.CompletedProcess[str]:
    """`python -m govnews WORDS…` (or another program) in a folder; gives the finished process, its streams as text."""
    done = subprocess.run(
        [sys.executable, "-m", program, *map(str, words)],
        cwd=cwd,
        env=environment(**more),
        input=stdin,
        capture_output=True,
        timeout=timeout,
        check=False,
    )
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


def one_line(done: subprocess.CompletedProcess[str], code: int, *words: str) -> str:
    """The one clear line of a failure, and at most one of advice; that line holds the words. Nothing on stdout."""
    lines = done.stderr.splitlines()
    assert done.returncode == code, done.stderr
    assert lines and lines[0].startswith("govnews: ") and len(lines) <= 2, done.stderr
    assert all(line.startswith("         ") for line in lines[1:]), done.stderr
    assert "Traceback" not in done.stderr and done.stdout == "", done.stdout
    for word in words:
        assert word in done.stderr, done.stderr
    return lines[0]


def rows(db: Path, sql: str) -> list[dict[str, Any]]:
    """What a query gives, through a connection of its own that cannot write."""
    connection = sqlite3.connect(f"{db.absolute().as_uri()}?mode=ro", uri=True)
    connection.row_factory = sqlite3.Row
    try:
        return [dict(row) for row in connection.execute(sql)]
    finally:
        connection.close()


def page(
    title: str = "青杉县部署春季森林防火工作", body: str = "3月1日上午，青杉县召开森林防火会议，部署今年各项任务。" * 2
) -> bytes:
    """A page of an invented county."""
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title} - 青杉县人民政府</title></head><body>
<h1>{title}</h1><div class="info">发布时间：2024-03-01 09:30:00　来源：青杉县融媒体中心　浏览次数：36</div>
<div class="content"><p>{body}</p><p>会议要求，各乡镇要把责任落实到山头地块，加强巡护值守。</p></div></body></html>""".encode()
