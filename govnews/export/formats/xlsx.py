"""Excel: names in the first row, Chinese in the second; days are real dates, text is never a formula or a link.

A cell holds 32,767 characters and a sheet 1,048,576 rows: longer texts stand whole in `NAME.long-texts.jsonl`, more rows on further
sheets. Needs xlsxwriter (extra `xlsx`). May import: xlsxwriter, its neighbours in this room.
"""

from __future__ import annotations

import json
from datetime import date
from typing import Any, TextIO

from govnews.export.companions import dictionary_rows
from govnews.export.job import Job, Written

ENDINGS = (".xlsx",)
EXTRA = "xlsx"
TABLE = True
CELL = 32_767
"""UTF-16 units a cell holds."""
ROWS = 1_048_576
"""Rows a sheet holds."""
HEAD = 2
"""Rows of headings."""
_DATES = frozenset({"publish_date", "first_date", "last_date", "begins", "monday"})
_EXACT = 2**53
"""Whole numbers up to which Excel keeps every digit."""


def write(job: Job) -> Written:
    """The workbook, a sheet of the dictionary last."""
    import xlsxwriter

    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    written, long = Written(), job.folder / f"{job.name}.long-texts.jsonl"
    try:
        with xlsxwriter.Workbook(job.path, options) as book, long.open("w", encoding="utf-8") as texts:
            table = _Table(job, book, texts)
            for row in job.counted(job.selection.rows()):
                table.add(row)
            meanings = book.add_worksheet("dictionary 说明")
            for n, line in enumerate([("column", "type", "meaning", "含义"), *dictionary_rows(job.selection)]):
                meanings.write_row(n, 0, line)
            written.rows = table.rows
    except xlsxwriter.exceptions.FileCreateError as error:  # its own word for a fault of the disk
        cause = next((e for e in (error.__context__, *error.args) if isinstance(e, OSError)), None)
        raise cause or error from None
    if table.cut:
        written.notes.append(
            f"{table.cut} texts over {CELL:,} characters are cut in the cells and whole in {long.name}"
        )
    else:
        long.unlink()
    if table.sheets > 1:
        written.notes.append(f"{table.rows:,} rows stand on {table.sheets} sheets")
    return written


class _Table:
    """The rows, over as many sheets as they need."""

    def __init__(self, job: Job, book: Any, texts: TextIO) -> None:
        self.columns, self.book, self.texts = job.selection.columns, book, texts
        self.name = job.name
        self.day = book.add_format({"num_format": "yyyy-mm-dd"})
        self.bold = book.add_format({"bold": True})
        self.rows = self.cut = self.sheets = 0
        self._open()

    def _open(self) -> None:
        self.sheets += 1
        self.sheet = self.book.add_worksheet("data" if self.sheets == 1 else f"data {self.sheets}")
        self.sheet.freeze_panes(HEAD, 0)
        for n, column in enumerate(self.columns):
            self.sheet.set_column(n, n, 60 if column.name == "body" else 30 if column.name == "title" else 14)
        self.sheet.write_row(0, 0, [c.name for c in self.columns], self.bold)
        self.sheet.write_row(1, 0, [c.zh for c in self.columns], self.bold)
        self.line = HEAD

    def add(self, row: tuple[Any, ...]) -> None:
        if self.line == ROWS:
            self._open()
        for n, (column, value) in enumerate(zip(self.columns, row, strict=True)):
            self._cell(n, column.name, value)
        self.line += 1
        self.rows += 1

    def _cell(self, n: int, name: str, value: Any) -> None:
        if value is None:
            return
        if isinstance(value, (int, float)) and abs(value) <= _EXACT:
            self.sheet.write_number(self.line, n, value)
            return
        text = value.hex() if isinstance(value, bytes) else str(value)
        if name in _DATES and (day := _day(text)):
            self.sheet.write_datetime(self.line, n, day, self.day)
            return
        if units(text) > CELL:
            self.cut += 1
            line = {"sheet": self.sheet.name, "row": self.line + 1, "column": name, "text": text}
            self.texts.write(json.dumps(line, ensure_ascii=False) + "\n")
            mark = f"… [whole text: {self.name}.long-texts.jsonl]"
            text = text[: (CELL - len(mark)) // 2] + mark  # no character has more than two units
        self.sheet.write_string(self.line, n, text)


def units(text: str) -> int:
    """Length as Excel counts it: a character beyond the first plane counts twice."""
    return len(text) + sum(c > "\uffff" for c in text) if len(text) > CELL // 2 else len(text)


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if len(text) == 10 and day.year >= 1900 else None
