"""Tables of a release as Parquet (zstd), in parts. Needs pyarrow (extra `parquet`). May import: pyarrow, its neighbours."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from govnews.model import Failure
from govnews.release.tables import Table

STEP = 2000
"""Rows of a row group at most."""


def is_there() -> bool:
    """Whether Parquet can be written here."""
    try:
        import pyarrow.parquet  # noqa: F401
    except ImportError:
        return False
    return True


def write(folder: Path, table: Table, rows: Iterable[tuple[Any, ...]], part: int) -> list[Path]:
    """Writes `NAME.parquet`, or `NAME-001.parquet` and so on, each a whole file. Raises Failure `part_too_small`."""
    files: list[Path] = []
    for group in _parts(rows, part // 2):
        files.append(folder / f"{table.name}-{len(files) + 1:03d}.parquet")
        _file(files[-1], table, group)
        if files[-1].stat().st_size > part:
            raise Failure("part_too_small", f"{files[-1].name} is larger than a part", hint="give a larger --part-size")
    if len(files) == 1:
        files[0] = files[0].rename(folder / f"{table.name}.parquet")
    return files


def _parts(rows: Iterable[tuple[Any, ...]], limit: int) -> Iterator[Iterator[list[tuple[Any, ...]]]]:
    """Row groups by file. A file ends before its values, uncompressed, are more than `limit` bytes. At least one file."""
    waiting = iter(rows)
    pending: list[tuple[Any, ...]] = []
    more = True

    def groups() -> Iterator[list[tuple[Any, ...]]]:
        nonlocal more
        held, group = 0, pending[:]
        pending.clear()
        held = sum(map(_size, group))
        for row in waiting:
            held += _size(row)
            if group and held > limit:
                pending.append(row)
                yield group
                return
            group.append(row)
            if len(group) == STEP:
                yield group
                group = []
        more = False
        yield group

    while more:
        yield groups()


def _size(row: tuple[Any, ...]) -> int:
    return sum(len(v.encode()) + 4 if isinstance(v, str) else 8 for v in row)


def _file(path: Path, table: Table, groups: Iterator[list[tuple[Any, ...]]]) -> None:
    import pyarrow
    from pyarrow import parquet

    types = {"TEXT": pyarrow.string(), "INTEGER": pyarrow.int64(), "REAL": pyarrow.float64(), "BLOB": pyarrow.binary()}
    schema = pyarrow.schema(
        [pyarrow.field(f.name, types[f.type], metadata={"en": f.en, "zh": f.zh}) for f in table.fields]
    )
    with parquet.ParquetWriter(path, schema, compression="zstd", version="2.6") as out:
        for group in groups:
            cells = zip(*group, strict=True) if group else [()] * len(table.fields)
            arrays = [pyarrow.array(list(c), types[f.type]) for f, c in zip(table.fields, cells, strict=True)]
            out.write_table(pyarrow.Table.from_arrays(arrays, schema=schema))
