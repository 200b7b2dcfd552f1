"""What is exported: articles by filters, or the result of any SELECT. Columns with their types and meanings, rows as a stream.

May import: archive, model.
"""

from __future__ import annotations

import difflib
import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from govnews.archive import SCHEMA, Archive, find
from govnews.model import Failure

Kind = Literal["text", "integer", "real"]
STEP = 1000
"""Rows fetched at once."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column. kind: what its values are; null is allowed in all. en, zh: meaning, "" for a column of a query."""

    name: str
    kind: Kind
    en: str = ""
    zh: str = ""


@dataclass(frozen=True, slots=True)
class Selection:
    """Columns and where the rows come from. count: of rows. articles: one row an article, ordered by province, year and uid."""

    archive: Archive
    columns: tuple[Column, ...]
    count: int
    sql: str
    articles: bool = False

    @property
    def names(self) -> list[str]:
        """Names of the columns."""
        return [column.name for column in self.columns]

    def rows(self) -> Iterator[tuple[Any, ...]]:
        """The rows; memory holds STEP of them."""
        cursor = self.archive.connection.execute(self.sql)
        cursor.row_factory = None
        while batch := cursor.fetchmany(STEP):
            yield from batch


def _links(table: str) -> str:
    return (
        f"(SELECT json_group_array(json_object('url', url, 'text', text)) FROM (SELECT url, text FROM {table} WHERE uid = a.uid "
        "ORDER BY position))"
    )


_PLACE = {
    "county": ("s.name", "name of the site", "县"),
    "prefecture": ("s.prefecture", "prefecture", "地级"),
    "province": ("s.province", "province", "省"),
}
_LINKS = {
    "images": (_links("images"), "pictures in order, a JSON list of {url, text}", "图片"),
    "attachments": (_links("attachments"), "files in order, a JSON list of {url, text}", "附件"),
}
_INTEGERS = frozenset({"version", "view_count"})
_CHOSEN = (
    "CREATE TEMP TABLE chosen (n INTEGER PRIMARY KEY, uid TEXT NOT NULL)",
    "INSERT INTO temp.chosen (uid) SELECT a.uid FROM articles a LEFT JOIN sites s ON s.id = a.site WHERE {where} "
    "ORDER BY s.province, substr(a.publish_date, 1, 4), a.uid",
)


def _all() -> dict[str, tuple[str, Column]]:
    """Field → (SQL, column), in the order of an export."""
    table = next(t for t in SCHEMA if t.name == "articles")
    out: dict[str, tuple[str, Column]] = {}
    for c in table.columns:
        if c.name == "id":  # a number private to the file
            continue
        kind: Kind = "integer" if c.name in _INTEGERS else "text"
        out[c.name] = (f"a.{c.name}", Column(c.name, kind, c.en, c.zh))
        if c.name == "site":
            out.update({n: (sql, Column(n, "text", en, zh)) for n, (sql, en, zh) in _PLACE.items()})
    return out | {n: (sql, Column(n, "text", en, zh)) for n, (sql, en, zh) in _LINKS.items()}


def all_fields() -> list[str]:
    """Names of all fields an export of articles can have."""
    return list(_all())


def articles(
    archive: Archive,
    query: find.Query | None = None,
    fields: Sequence[str] = (),
    *,
    counties: Sequence[str] | None = None,
) -> Selection:
    """One row an article: those a search finds (its limit is not looked at), or all. fields: which columns, in order; all when
    empty. counties: only those of these division codes (or site ids). Raises Failure `unknown_field`."""
    known = _all()
    for name in fields:
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            hint = f"did you mean {near[0]}?" if near else f"one of {', '.join(known)}"
            raise Failure("unknown_field", f"there is no field {name}", hint=hint, exit_code=2)
    wanted = [known[name] for name in dict.fromkeys(fields) or known]
    connection = archive.connection
    connection.execute("DROP TABLE IF EXISTS temp.chosen")
    connection.execute(_CHOSEN[0])
    where, values = _where(archive, query) if query is not None else ("1", [])
    if counties is not None:
        where += " AND coalesce(s.division_code, a.site) IN (SELECT value FROM json_each(?))"
        values = [*values, json.dumps(list(counties))]
    connection.execute(_CHOSEN[1].format(where=where), values)
    count = connection.execute("SELECT count(*) FROM temp.chosen").fetchone()[0]
    listed = ", ".join(f"{sql} AS {column.name}" for sql, column in wanted)
    sql = f"SELECT {listed} FROM temp.chosen c JOIN articles a USING (uid) LEFT JOIN sites s ON s.id = a.site ORDER BY c.n"
    return Selection(archive, tuple(column for _, column in wanted), int(count), sql, articles=True)


def _where(archive: Archive, query: find.Query) -> tuple[str, list[Any]]:
    """Conditions of a query, on a and s. What its text means only search knows; its hits are kept in a table of this connection."""
    if query.text:
        archive.connection.execute("DROP TABLE IF EXISTS temp.hits")
        archive.connection.execute("CREATE TEMP TABLE hits (uid TEXT PRIMARY KEY)")
        found = ((uid,) for uid in find.uids(archive, query))
        archive.connection.executemany("INSERT INTO temp.hits VALUES (?)", found)
        return "a.uid IN (SELECT uid FROM temp.hits)", []
    stated = (
        ("a.site = ?", query.site),
        ("s.province = ?", query.province),
        ("a.publish_date >= ?", query.since),
        ("a.publish_date <= ?", query.until),
        ("instr(a.source, ?)", query.source),
    )
    given = [(condition, value) for condition, value in stated if value is not None]
    return " AND ".join(["1", *(c for c, _ in given)]), [v for _, v in given]


def of_sql(archive: Archive, sql: str) -> Selection:
    """The result of a SELECT, through a connection that cannot write; column types are those of its values.
    Raises Failure `not_a_query`, `bad_query`."""
    connection = archive.connection
    connection.execute("PRAGMA query_only = ON")
    sql = sql.strip().rstrip(";")
    try:
        cursor = connection.execute(f"SELECT * FROM ({sql}\n) LIMIT 0")
        names = [d[0] for d in cursor.description]
        quoted = ['"' + name.replace('"', '""') + '"' for name in names]
        types = ", ".join(f"group_concat(DISTINCT typeof({q}))" for q in quoted)
        found = connection.execute(f"SELECT count(*), {types} FROM ({sql}\n)").fetchone()
    except (sqlite3.Error, sqlite3.Warning) as error:
        code = "bad_query" if sql.lower().startswith(("select", "with", "values")) else "not_a_query"
        raise Failure(
            code, f"--sql: {error}", hint="one SELECT; govnews schema names the columns", exit_code=2
        ) from error
    kinds = [_kind(str(stated or "")) for stated in tuple(found)[1:]]
    meanings = {c.name: c for t in reversed(SCHEMA) for c in t.columns}
    columns = [
        Column(name, kind, meanings[name].en if name in meanings else "", meanings[name].zh if name in meanings else "")
        for name, kind in zip(names, kinds, strict=True)
    ]
    return Selection(archive, tuple(columns), int(found[0]), sql)


def _kind(types: str) -> Kind:
    stated = set(types.split(",")) - {"null", ""}
    if stated == {"integer"}:
        return "integer"
    return "real" if stated and stated <= {"integer", "real"} else "text"
