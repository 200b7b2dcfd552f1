"""docs/questions-study.md: every question in SQL and in pandas, with one answer. The archive is built anew; what it holds is told.

`python tests/study/test_questions_study.py` writes the answers anew.
"""

from __future__ import annotations

import contextlib
import os
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from page import Reader, ask

from govnews.demo.history import build

PAGE = Path(__file__).resolve().parents[2] / "docs" / "questions-study.md"
PAIR = re.compile(r"```sql\n(.*?)```\n\n```python\n(.*?)```\n\n```text\n(.*?)```", re.DOTALL)


@contextlib.contextmanager
def followed(folder: Path) -> Iterator[tuple[str, Reader]]:
    """The page with its answers, in a folder that holds what it made."""
    before = Path.cwd()
    os.chdir(folder)
    (folder / "data").mkdir()
    reader = Reader(folder / "data" / "history.db")
    try:
        yield reader.follow(PAGE.read_text("utf-8")), reader
    finally:
        if "archive" in reader.space:
            reader.space["archive"].close()
        os.chdir(before)


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str, Reader]]:
    folder = tmp_path_factory.mktemp("questions")
    with followed(folder) as (text, reader):
        yield folder, text, reader


def test_sql_and_pandas_give_the_answer_shown(page: tuple[Path, str, Reader]) -> None:
    folder, text, _ = page
    assert text == PAGE.read_text("utf-8"), "run: python tests/study/test_questions_study.py"
    pairs = PAIR.findall(text)
    assert len(pairs) == 11 and len(re.findall(r"^## \d+\. ", text, re.M)) == 10
    for sql, _, answer in pairs:  # `text` is what pandas said, which came last
        assert ask(folder / "data" / "history.db", sql) == answer
        assert answer.count("\n") > 1


def test_the_answers_are_what_the_counties_did(page: tuple[Path, str, Reader]) -> None:
    """By hand, from history.toml."""
    answers = [answer for _, _, answer in PAIR.findall(page[1])]
    assert "石岭县|2025-02|blocked|\n" in answers[0] and "云峡县|2024-08|observed_zero|0.0\n" in answers[0]
    assert "2024-06-30T09:00+08:00|维川县召开上半年经济形势分析会" in answers[1]
    assert answers[1].splitlines()[1].startswith("2024-06-01T00:05")
    assert sum(int(line.split("|")[3]) for line in answers[2].splitlines()[1:]) == 4
    assert "焊接不牢" in answers[3] and "停车收费" not in answers[3], "one miss proves nothing"
    assert "和正川|县委书记|维川县举行防汛演练" in answers[4] and "森林防火" not in answers[4], (
        "seen after more than 48 hours"
    )
    assert (
        answers[7].splitlines()[1].startswith("沧渡县|2024-02-21")
        and "桐河县|2024-11-20|2024-12|2025-05|left" in answers[7]
    )
    assert "3 of 5 counties current" in answers[9]


def test_the_sheet_says_as_of_when(page: tuple[Path, str, Reader]) -> None:
    from openpyxl import load_workbook

    sheet = load_workbook(page[0] / "停课.xlsx")["停课"]
    assert "3 of 5 counties current" in str(sheet["A1"].value)
    assert [cell.value for cell in sheet[3]] == ["prefecture", "county", "publish_time", "title"]
    assert {sheet.cell(row, 2).value for row in (4, 5)} == {"维川县", "沧渡县"} and sheet.max_row == 5


def test_the_same_archive_every_time(page: tuple[Path, str, Reader], tmp_path: Path) -> None:
    build(tmp_path / "again.db")
    for table in ("articles", "revisions", "captures", "coverage_month", "presence_events", "view_observations"):
        once, again = (ask(db, f"SELECT * FROM {table} ORDER BY 1, 2, 3") for db in (page[2].db, tmp_path / "again.db"))
        assert once == again, table


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as temporary, followed(Path(temporary)) as (text, _):
        PAGE.write_text(text, "utf-8")
