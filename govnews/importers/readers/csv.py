"""CSV (and tab-separated) tables of pages: one row, one page. UTF-8 or GB 18030, packed with gzip or not.

May import: the standard library, model, its neighbours in this room.
"""

from __future__ import annotations

import csv
import zlib
from collections.abc import Iterator
from pathlib import Path

from govnews.importers import rows
from govnews.importers.item import LARGEST, Item, Options, Stored
from govnews.importers.packed import Lines
from govnews.importers.readers.page import changed
from govnews.model import Issue, Page

ENDINGS = (".csv", ".csv.gz", ".tsv", ".tsv.gz")


def read(path: Path, name: str, options: Options, stored: Stored) -> Iterator[Item]:
    """The pages of a table whose first row names the columns. Raises Failure `no_column` when they cannot be told."""
    csv.field_size_limit(LARGEST)
    lines = Lines(path)
    table = csv.reader(_decoded(lines), "excel-tab" if ".tsv" in path.name.lower() else "excel")
    at, heads, columns = 0, list[str](), dict[str, str]()
    while True:
        start = lines.at
        try:
            row = next(table, None)
        except csv.Error as error:
            yield Item(lines.position, issue=Issue("unreadable_file", str(error)), at=start)
            continue
        except (OSError, EOFError, zlib.error) as error:
            yield Item(lines.position, issue=Issue("unreadable_file", str(error)), at=start)
            return
        if row is None:
            return
        if not heads:
            heads = [head.strip() for head in row]
            columns = rows.choose(heads, options.columns, name)
        elif row:
            at = start
            if len(row) > len(heads):
                yield Item(lines.position, issue=Issue("unreadable_file", "a row with more cells than columns"), at=at)
                continue
            page = rows.page_of(dict(zip(heads, row, strict=False)), columns, changed(path), name)
            if isinstance(page, Page):
                yield Item(lines.position, page)
            else:
                yield Item(lines.position, issue=page, at=at)


def _decoded(lines: Lines) -> Iterator[str]:
    """Text of the lines: UTF-8, from the first line that is none on GB 18030."""
    charset, first = "utf-8", True
    for line in lines:
        if first and line.startswith(b"\xef\xbb\xbf"):
            line = line[3:]
        first = False
        if charset == "utf-8":
            try:
                yield line.decode()
                continue
            except UnicodeDecodeError:
                charset = "gb18030"
        yield line.decode(charset, "replace")
