"""JSON lines, lossless: one object a row; flags, via, images and attachments of articles are JSON, not text with JSON in it.

May import: its neighbours in this room.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, BinaryIO

from govnews.export.job import Job, Written
from govnews.export.selection import Selection

ENDINGS = (".jsonl", ".ndjson")
EXTRA = None
TABLE = True
_JSON = frozenset({"flags", "via", "images", "attachments"})


def write(job: Job) -> Written:
    """The file."""
    with job.path.open("wb") as out:
        return stream(job.selection, out, rows=job.counted(job.selection.rows()))


def stream(
    selection: Selection, out: BinaryIO, *, bom: bool = False, rows: Iterable[tuple[Any, ...]] | None = None
) -> Written:
    """The same into any binary stream. A byte order mark has no place in JSON."""
    names, written = selection.names, Written()
    inner = [selection.articles and name in _JSON for name in names]
    for row in rows if rows is not None else selection.rows():
        values = {
            n: json.loads(v) if j and v is not None else _plain(v) for n, v, j in zip(names, row, inner, strict=True)
        }
        out.write(json.dumps(values, ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n")
        written.rows += 1
    return written


def _plain(value: Any) -> Any:
    return value.hex() if isinstance(value, bytes) else value
