"""What goes into a release: which tables and columns a variant has, and their rows in an order that only their values decide.

Numbers that are private to a file (ids, versions, runs) depend on what was stored first; here they are given anew, by that order.
So archives that hold the same give the same rows, whichever was merged into which. May import: archive, model.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from govnews.archive import SCHEMA

VARIANTS = ("full", "metadata", "features")
_LEFT_OUT = frozenset(
    "frontier version_sequence folding search_index search_state search_stale search_characters text_signatures mention_state".split()
)
"""Tables of the work, not of the result: all of them can be made anew."""
_FEATURES = {
    "articles": "uid site url url_key publish_date publish_time_precision view_count view_count_state view_count_at presence "
    "presence_since first_seen last_seen fetched_at sha256 text_sha256".split(),
    "sites": "id name home division_code province prefecture family first_seen last_seen".split(),
    "divisions": "code name level parent_code province prefecture short_name type".split(),
    "runs": "id command started_at finished_at version vantage reason".split(),
    "redactions": None,
    "redacted_hashes": None,
}
"""Tables of the variant `features` with their columns (null: all); tables of coverage come besides."""
_COUNTED = {
    "characters": (
        "length(replace(replace(replace(body, char(10), ''), char(9), ''), ' ', ''))",
        "characters of the body without blanks",
        "正文字数",
    ),
    "paragraphs": (
        "iif(body = '', 0, 1 + length(body) - length(replace(body, char(10), '')))",
        "paragraphs of the body",
        "正文段落数",
    ),
    "images": ("(SELECT count(*) FROM images i WHERE i.uid = t.uid)", "pictures", "图片数"),
    "attachments": ("(SELECT count(*) FROM attachments i WHERE i.uid = t.uid)", "files", "附件数"),
}
"""What stands for the body where a variant leaves it out: column of articles → SQL, meaning in English and Chinese."""

_NUMBERS = (
    "DROP TABLE IF EXISTS temp.release_versions",
    "DROP TABLE IF EXISTS temp.release_runs",
    "CREATE TEMP TABLE release_versions (old INTEGER PRIMARY KEY, new INTEGER NOT NULL)",
    "CREATE TEMP TABLE release_runs (old INTEGER PRIMARY KEY, new INTEGER NOT NULL)",
    "INSERT INTO temp.release_versions SELECT version, row_number() OVER "
    "(ORDER BY uid, fetched_at, present, first_seen, last_seen, extractor, text_sha256, title, publish_time, source) FROM ("
    "SELECT version, uid, fetched_at, 0 AS present, first_seen, last_seen, extractor, text_sha256, title, publish_time, source FROM revisions "
    "UNION ALL SELECT version, uid, fetched_at, 1, first_seen, last_seen, extractor, text_sha256, title, publish_time, source FROM articles)",
    "INSERT INTO temp.release_runs SELECT id, row_number() OVER "
    "(ORDER BY started_at, command, version, coalesce(vantage, ''), settings, finished_at, counts, sites, reason) FROM runs",
)


@dataclass(frozen=True, slots=True)
class Field:
    """A column of a release. type: INTEGER, TEXT, REAL or BLOB as SQLite has it. en, zh: its meaning."""

    name: str
    type: str
    en: str
    zh: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a release. sql: gives its rows in order. key: columns that name a row, none when only all together do."""

    name: str
    en: str
    zh: str
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    sql: str

    @property
    def names(self) -> list[str]:
        """Names of the columns."""
        return [field.name for field in self.fields]


def renumber(connection: sqlite3.Connection) -> None:
    """Makes the new numbers of versions and runs, in tables of this connection only."""
    for statement in _NUMBERS:
        connection.execute(statement)


def tables(connection: sqlite3.Connection, variant: str) -> list[Table]:
    """The tables of a variant, as far as this archive has them, after `renumber`."""
    present = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    return [_table(connection, t, variant) for t in SCHEMA if t.name in present and _is_in(t.name, variant)]


def _is_in(name: str, variant: str) -> bool:
    if variant == "features":
        return name in _FEATURES or name.startswith("coverage")
    return name not in _LEFT_OUT


def _table(connection: sqlite3.Connection, meaning: Any, variant: str) -> Table:
    name = meaning.name
    held = {row[1]: row for row in connection.execute(f"PRAGMA table_info([{name}])")}
    chosen = _FEATURES.get(name) if variant == "features" else None
    said = {c.name: c for c in meaning.columns}
    columns = [c for c in held if (chosen is None or c in chosen) and (variant == "full" or c != "body")]
    fields = [Field(c, held[c][2], said[c].en, said[c].zh) for c in columns]
    listed = [f"{_number(c, name, held[c][2])} AS {c}" for c in columns]
    if name == "articles" and variant != "full":
        fields += [Field(c, "INTEGER", en, zh) for c, (_, en, zh) in _COUNTED.items()]
        listed += [f"{sql} AS {c}" for c, (sql, _, _) in _COUNTED.items()]
    order = _order(connection, name, held)
    sql = f"SELECT {', '.join(listed)} FROM {name} t ORDER BY {', '.join(order)}"
    return Table(name, meaning.en, meaning.zh, tuple(fields), _key(connection, name, held, columns), sql)


def _number(column: str, table: str, type: str) -> str:
    """A column as it is released: numbers of the file by what they are now, `id` by the order of the rows."""
    if column == "version" and type == "INTEGER":
        return "(SELECT new FROM temp.release_versions WHERE old = t.version)"
    if column == "run":
        return "(SELECT new FROM temp.release_runs WHERE old = t.run)"
    if column == "id" and type == "INTEGER":
        return "(SELECT new FROM temp.release_runs WHERE old = t.id)" if table == "runs" else "NULL"
    return f"t.{column}"


def _order(connection: sqlite3.Connection, table: str, held: dict[str, Any]) -> list[str]:
    """By a key of values, which an index has ready, else by all columns but the private numbers and the text."""
    if table == "runs":
        return ["(SELECT new FROM temp.release_runs WHERE old = t.id)"]
    key = _unique(connection, table, held)
    rest = [c for c in held if c not in key and not _is_private(c, held[c][2]) and c != "body"]
    return [f"t.{c}" for c in (*key, *rest)]


def _is_private(column: str, type: str) -> bool:
    return column in ("id", "run", "version") and type == "INTEGER"


def _unique(connection: sqlite3.Connection, table: str, held: dict[str, Any]) -> tuple[str, ...]:
    """Columns that are a key without private numbers: the primary key, or those of a unique index."""
    keys = [tuple(sorted((c for c in held if held[c][5]), key=lambda c: held[c][5]))]
    for index in connection.execute(f"PRAGMA index_list([{table}])").fetchall():
        if index[2] and not index[4]:
            keys.append(tuple(row[2] for row in connection.execute(f"PRAGMA index_info([{index[1]}])")))
    found = [k for k in keys if k and all(c in held and not _is_private(c, held[c][2]) for c in k)]
    return min(
        found, key=lambda k: (k != ("uid",), k), default=()
    )  # the same in archives that grew by other migrations


def _key(connection: sqlite3.Connection, table: str, held: dict[str, Any], columns: Sequence[str]) -> tuple[str, ...]:
    """What names a row in the release: a key of values, else the number that is given here."""
    key = _unique(connection, table, held) or (
        ("version",) if table == "revisions" else ("id",) if "id" in columns else ()
    )
    return key if set(key) <= set(columns) else ()


def rows(connection: sqlite3.Connection, table: Table) -> Iterator[list[Any]]:
    """The rows in order; a column `id` counts them, when it is a number of the file."""
    at = table.names.index("id") if "id" in table.names else -1
    counts = at >= 0 and table.fields[at].type == "INTEGER" and table.name != "runs"
    cursor = connection.execute(table.sql)
    cursor.row_factory = None
    for n, row in enumerate(cursor, 1):
        out = list(row)
        if counts:
            out[at] = n
        yield out
