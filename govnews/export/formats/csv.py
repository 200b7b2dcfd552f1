"""CSV as RFC 4180 has it, UTF-8: text in quotes, numbers bare, null is nothing between the commas, "" is an empty text.

A text that a spreadsheet would take for a formula (it begins with = + - @, a tab or a carriage return) gets an apostrophe before
it, and so does one that begins with an apostrophe: whoever takes one leading apostrophe off every text has the values back.
May import: its neighbours in this room.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from govnews.export.job import Job, Written
from govnews.export.selection import Selection

ENDINGS = (".csv",)
EXTRA = None
TABLE = True
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "'", "＝", "＋", "－", "＠")
"""Beginnings of a formula in some spreadsheet, and the apostrophe that marks one."""


def write(job: Job) -> Written:
    """The file; a byte order mark says UTF-8 to Excel."""
    with job.path.open("wb") as out:
        return stream(job.selection, out, bom=job.bom, rows=job.counted(job.selection.rows()))


def stream(
    selection: Selection, out: BinaryIO, *, bom: bool = False, rows: Iterable[tuple[Any, ...]] | None = None
) -> Written:
    """The same into any binary stream."""
    if bom:
        out.write(b"\xef\xbb\xbf")
    written = Written()
    out.write(_line(selection.names))
    for row in rows if rows is not None else selection.rows():
        out.write(_line(row))
        written.rows += 1
    return written


def _line(row: Iterable[Any]) -> bytes:
    cells = list(_cells(row))
    text = ",".join(cells) if cells != [""] else '""'  # a line of nothing would be no row at all
    return text.encode("utf-8", "surrogatepass") + b"\r\n"


def _cells(row: Iterable[Any]) -> Iterator[str]:
    for value in row:
        if value is None:
            yield ""
        elif isinstance(value, str):
            yield '"' + defused(value).replace('"', '""') + '"'
        elif isinstance(value, bytes):
            yield f'"{value.hex()}"'
        else:
            yield repr(value)


def defused(text: str) -> str:
    """A text that no spreadsheet runs; `restored` gives it back."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def restored(text: str) -> str:
    """The text before it was defused."""
    return text.removeprefix("'")
