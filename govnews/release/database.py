"""The database of a release: one SQLite file without a write-ahead log, its rows put in by order, read by any SQLite from 3.40 on.

May import: the standard library, its neighbours in this room.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from govnews.release.tables import Field, Table, rows
from govnews.release.withhold import Withholder

MARKS = Table(
    "private_marks",
    "numbers and names of private persons that were covered in a state of an article",
    "已遮盖的个人信息",
    (
        Field("uid", "TEXT", "the article", "文章标识"),
        Field("version", "INTEGER", "number of the state, as in articles and revisions", "版本号"),
        Field("kind", "TEXT", "identity_card, mobile, bank_card or notice_name", "类别"),
        Field("places", "INTEGER", "how many places", "处数"),
    ),
    ("uid", "version", "kind"),
    "",
)
"""Made with the release: what it covered, and where."""
_INDEXED = ("uid", "url_key", "publish_date", "site")


def write(path: Path, source: sqlite3.Connection, tables: list[Table], withholder: Withholder) -> list[Table]:
    """Writes the tables of an archive, and gives those of the release: the same and, where persons are covered, `private_marks`."""
    with closing(sqlite3.connect(path, isolation_level=None)) as out:
        out.execute("PRAGMA journal_mode = DELETE")
        out.execute("BEGIN")
        for table in tables:
            _fill(out, table, (withholder.row(table, row) for row in rows(source, table)))
        if withholder.mask:
            marks = ([*key, places] for key, places in sorted(withholder.masked.items()))
            _fill(out, MARKS, marks)
            tables = [*tables, MARKS]
        _views(out, source)
        out.execute("COMMIT")
        out.execute("VACUUM")
    return tables


def _fill(out: sqlite3.Connection, table: Table, given: Iterator[list[Any]]) -> None:
    columns = [f"{f.name} {f.type}" for f in table.fields]
    if table.key:
        columns.append(f"PRIMARY KEY ({', '.join(table.key)})")
    out.execute(f"CREATE TABLE {table.name} ({', '.join(columns)}) STRICT")
    out.executemany(f"INSERT INTO {table.name} VALUES ({', '.join('?' * len(table.fields))})", given)
    for column in _INDEXED:
        if column in table.names and table.key[:1] != (column,):
            out.execute(f"CREATE INDEX {table.name}_by_{column} ON {table.name} ({column})")


def _views(out: sqlite3.Connection, source: sqlite3.Connection) -> None:
    """The views of the archive, as far as the release has what they read."""
    views = source.execute("SELECT name, sql FROM sqlite_master WHERE type = 'view' ORDER BY rowid").fetchall()
    for name, sql in views:
        out.execute("SAVEPOINT view")
        try:
            out.execute(sql)
            out.execute(f"SELECT * FROM [{name}] LIMIT 0")
        except sqlite3.OperationalError:
            out.execute("ROLLBACK TO view")
        out.execute("RELEASE view")


def count(path: Path, table: Table) -> int:
    """Rows of a table of the release."""
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute(f"SELECT count(*) FROM {table.name}").fetchone()[0])


def read(path: Path, table: Table) -> Iterator[tuple[Any, ...]]:
    """The rows of a table of the release, in its order."""
    with closing(sqlite3.connect(path)) as connection:
        yield from connection.execute(f"SELECT * FROM {table.name} ORDER BY rowid")
