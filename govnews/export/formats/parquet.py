"""Parquet (zstd). Articles: a folder partitioned by province and year, as DuckDB, pyarrow and Spark read it; a query: one file.

A manifest with the SHA-256 of every file goes with a folder. Null partitions are called `__HIVE_DEFAULT_PARTITION__`, as is usual.
Needs pyarrow (extra `parquet`). May import: pyarrow, its neighbours in this room.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from itertools import groupby, islice
from pathlib import Path
from typing import Any
from urllib.parse import quote

from govnews.export.job import Job, Written
from govnews.export.selection import Column

ENDINGS = (".parquet",)
EXTRA = "parquet"
TABLE = True
STEP = 2000
"""Rows of a row group at most: what is held in memory."""
NONE = "__HIVE_DEFAULT_PARTITION__"


def write(job: Job) -> Written:
    """The folder, or for a query the file."""
    rows = job.counted(job.selection.rows())
    columns = job.selection.columns
    names = job.selection.names
    if not job.selection.articles or not {"province", "publish_date"} <= set(names):
        return Written(_file(job.path, columns, rows))
    at, day = names.index("province"), names.index("publish_date")
    kept = [n for n in range(len(columns)) if n != at]  # the folder's name says the province
    job.path.mkdir()
    files, written = [], Written()
    for (province, year), part in groupby(rows, key=lambda row: (row[at], row[day][:4] if row[day] else None)):
        name = f"province={_folder(province)}/year={_folder(year)}/part-0.parquet"
        path = job.path / name
        path.parent.mkdir(parents=True)
        many = _file(path, [columns[n] for n in kept], (tuple(row[n] for n in kept) for row in part))
        files.append({"file": name, "rows": many, "bytes": path.stat().st_size, "sha256": _sha256(path)})
        written.rows += many
    if not files:
        _file(job.path / "part-0.parquet", columns, iter(()))
    manifest = {"rows": written.rows, "files": files}
    (job.path / "manifest.json").write_text(json.dumps(manifest, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return written


def _folder(value: str | None) -> str:
    return NONE if value is None else quote(value, safe="") if not value.isalnum() else value


def _file(path: Path, columns: list[Column] | tuple[Column, ...], rows: Iterator[tuple[Any, ...]]) -> int:
    """Writes rows to one file, a row group at a time; how many there were."""
    import pyarrow
    from pyarrow import parquet

    types = {"text": pyarrow.string(), "integer": pyarrow.int64(), "real": pyarrow.float64()}
    fields = [
        pyarrow.field(c.name, types[c.kind], metadata={"en": c.en, "zh": c.zh} if c.en else None) for c in columns
    ]
    schema, many = pyarrow.schema(fields), 0
    with parquet.ParquetWriter(path, schema, compression="zstd") as out:
        while batch := list(islice(rows, STEP)):
            many += len(batch)
            values = [
                pyarrow.array([_typed(v, c.kind) for v in cells], types[c.kind])
                for c, cells in zip(columns, zip(*batch, strict=True), strict=True)
            ]
            out.write_table(pyarrow.Table.from_arrays(values, schema=schema))
    return many


def _typed(value: Any, kind: str) -> Any:
    """A value of a column whose values are of several types is text."""
    if value is None or kind != "text" or isinstance(value, str):
        return value
    return value.hex() if isinstance(value, bytes) else str(value)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
