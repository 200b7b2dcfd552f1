"""docs/questions.md as a reader follows it: every block of SQL and pandas is run on the demo's archive, and its answer compared."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path
from typing import Any

import pytest

DOCS = Path(__file__).resolve().parents[2] / "docs"


def blocks(page: str) -> list[tuple[str, str]]:
    """The kinds and texts of a page's blocks, without those for a shell."""
    found = re.findall(r"```(\w+)\n(.*?)```", (DOCS / page).read_text("utf-8"), re.DOTALL)
    return [(kind, text) for kind, text in found if kind != "sh"]


BLOCKS = blocks("questions.md")


def shell(connection: sqlite3.Connection, sql: str) -> str:
    """What `sqlite3 -header` prints."""
    cursor = connection.execute(sql)
    lines = [[name for name, *_ in cursor.description], *cursor.fetchall()]
    return "".join("|".join("" if value is None else str(value) for value in line) + "\n" for line in lines)


def test_every_answer_is_the_one_shown(
    demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "demo.db").write_bytes(demo.read_bytes())
    monkeypatch.chdir(tmp_path)
    connection = sqlite3.connect("data/demo.db")
    space: dict[str, Any] = {}
    said, answered = "", []
    for kind, block in BLOCKS:
        if kind == "sql":
            said = shell(connection, block)
        elif kind == "python":
            exec(block, space)  # our own page
            said = capsys.readouterr().out
        elif kind == "text":
            assert said == block
            answered.append(said)
    connection.close()
    space["connection"].close()
    kinds = [kind for kind, _ in BLOCKS]
    assert kinds.count("sql") == 10 and kinds.count("python") == 4 and len(answered) == 13
    assert all(answer.count("\n") > 1 for answer in answered)


def test_the_chinese_page_asks_the_same() -> None:
    assert blocks("questions.zh.md") == BLOCKS
    headings = [
        len(re.findall(r"^## \d+\. ", (DOCS / page).read_text("utf-8"), re.M))
        for page in ("questions.md", "questions.zh.md")
    ]
    assert headings == [10, 10]
