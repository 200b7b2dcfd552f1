"""Tables of a release as CSV (RFC 4180, UTF-8 without a mark): text in quotes, numbers bare, null is nothing, "" is an empty text.

A table that would be larger than a part goes on in further files without a header: put one behind the other they are the whole table,
which is how Frictionless reads a list of paths. Nothing is put before a text that a spreadsheet would take for a formula: this is data
to compute with (docs/release.md says so). May import: the standard library, its neighbours.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from govnews.model import Failure


def write(folder: Path, name: str, columns: list[str], rows: Iterable[tuple[Any, ...]], part: int) -> list[Path]:
    """Writes `NAME.csv`, or `NAME-001.csv` and so on, none larger than `part` bytes. Raises Failure `part_too_small`."""
    files = [folder / f"{name}.csv"]
    out, size = files[0].open("wb"), 0
    try:
        for line in _lines(columns, rows):
            if len(line) > part:
                raise Failure(
                    "part_too_small", f"a row of {name} has {len(line)} bytes", hint="give a larger --part-size"
                )
            if size + len(line) > part:
                out.close()
                files.append(folder / f"{name}-{len(files) + 1:03d}.csv")
                out, size = files[-1].open("wb"), 0
            out.write(line)
            size += len(line)
    finally:
        out.close()
    if len(files) > 1:
        files[0] = files[0].rename(folder / f"{name}-001.csv")
    return files


def _lines(columns: list[str], rows: Iterable[tuple[Any, ...]]) -> Iterable[bytes]:
    yield _line(columns)
    for row in rows:
        yield _line(row)


def _line(row: Iterable[Any]) -> bytes:
    return (",".join(map(_cell, row)) + "\r\n").encode("utf-8")


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return '"' + value.replace('"', '""') + '"' if isinstance(value, str) else str(value)
