"""JSON lines: one object a line, one page each. Packed with gzip or not.

May import: the standard library, model, its neighbours in this room.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from pathlib import Path

from govnews.importers import rows
from govnews.importers.item import Item, Options, Stored
from govnews.importers.packed import Lines
from govnews.importers.readers.page import changed
from govnews.model import Issue, Page

ENDINGS = (".jsonl", ".jsonl.gz", ".ndjson", ".ndjson.gz")


def read(path: Path, name: str, options: Options, stored: Stored) -> Iterator[Item]:
    """The pages of the lines. Which key is what is told by the first object. Raises Failure `no_column` when it cannot be."""
    lines, columns, start = Lines(path), dict[str, str](), 0
    try:
        for line in lines:
            at, start = start, lines.at
            if not line.strip():
                continue
            try:
                row = json.loads(line)
            except (ValueError, RecursionError) as error:
                yield Item(lines.position, issue=Issue("unreadable_file", f"no JSON: {error}"), at=at)
                continue
            if not isinstance(row, dict):
                yield Item(lines.position, issue=Issue("unreadable_file", "a line that is no object"), at=at)
                continue
            if not columns:
                columns = rows.choose(row, options.columns, name)
            page = rows.page_of(row, columns, changed(path), name)
            if isinstance(page, Page):
                yield Item(lines.position, page)
            else:
                yield Item(lines.position, issue=page, at=at)
    except (OSError, EOFError, zlib.error) as error:
        yield Item(lines.position, issue=Issue("unreadable_file", str(error)), at=start)
