"""How captures leave an archive and come into another: the words of the metadata records in a WARC of ours.

A capture's record is JSON with the columns of table captures (without its private numbers), its task, and `run`, a number of the
file's context. The context, one record at the beginning, has the rows of tables runs and sites that the file speaks of.
docs/import-export.md describes it for others. May import: model, extraction (identity), its neighbours in this room.
"""

from __future__ import annotations

import json
import sqlite3
from typing import Any

from govnews.extraction import url_key
from govnews.model import Task

FORMAT = "govnews/1"
"""Value of `format` in every metadata record."""
CONTEXT = "urn:govnews:context"
"""Address of the record that has the context."""
RUN = "command started_at finished_at version vantage settings counts sites reason".split()
"""Columns of table runs that travel, beside `id`, which is a number of the file only."""
SITE = "id name home hosts division_code province prefecture family family_points learned first_seen last_seen".split()
"""Columns of table sites that travel."""
CAPTURE = (
    "url_key fetched_at sha256 url requested_url redirects site run status response_class kind headers content_encoding ip_address "
    "truncated error declared_charset used_charset origin"
).split()
"""Columns of table captures that travel."""
_TASK = "url, method, form, headers, column_url, list_title, list_date, page_number, uid, reader"


def capture_row(row: sqlite3.Row, task: Task | None) -> dict[str, Any]:
    """A row of captures as its metadata record has it."""
    out: dict[str, Any] = {"format": FORMAT, **{name: row[name] for name in CAPTURE}}
    for name in ("headers", "redirects"):
        out[name] = json.loads(out[name])
    if task is not None:
        out["task"] = {
            "kind": task.kind,
            "url": task.url,
            "method": task.method,
            "form": task.form,
            "headers": task.headers,
            "column": task.column,
            "list_title": task.list_title,
            "list_date": task.list_date,
            "page_number": task.page_number,
            "uid": task.uid,
            "reader": task.reader,
        }
    return out


def task_of(stated: dict[str, Any], site: str) -> Task:
    """The task of a metadata record. Raises KeyError, TypeError, ValueError for what is none."""
    if stated["kind"] not in ("list", "article", "counter"):
        raise ValueError(f"{stated['kind']} is no kind of task")
    values = {name: stated[name] for name in Task.__dataclass_fields__ if name in stated}
    values["headers"] = tuple((str(k), str(v)) for k, v in stated.get("headers", ()))
    return Task(**{**values, "site": site})


def find_task(connection: sqlite3.Connection, row: sqlite3.Row) -> Task | None:
    """The task a capture answered, as the frontier has it; of a counter also whose it is. Null for imports."""
    kind, asked = row["task"], row["requested_url"] or row["url"]
    if kind is None or asked is None:
        return None
    key = url_key(asked) if kind == "article" else f"GET {asked}"
    known = connection.execute(
        f"SELECT {_TASK} FROM frontier WHERE kind = ? AND site = ? AND key = ?", (kind, row["site"], key)
    ).fetchone()
    if known is None and kind != "article":  # a form was sent; which one, a capture does not say
        known = connection.execute(
            f"SELECT {_TASK} FROM frontier WHERE kind = ? AND site = ? AND url = ?", (kind, row["site"], asked)
        ).fetchone()
    if known is None:
        return _observed(connection, row, asked) if kind == "counter" else Task(kind, asked, row["site"])
    return Task(
        kind,
        asked,
        row["site"],
        method=known["method"],
        form=known["form"],
        headers=tuple((k, v) for k, v in json.loads(known["headers"])),
        column=known["column_url"],
        list_title=known["list_title"],
        list_date=known["list_date"],
        page_number=known["page_number"],
        uid=known["uid"],
        reader=known["reader"],
    )


def _observed(connection: sqlite3.Connection, row: sqlite3.Row, asked: str) -> Task:
    """A counter the frontier does not know (it came by import): by what was read from its reply."""
    read = connection.execute(
        "SELECT uid, method FROM view_observations WHERE observed_at = ? AND sha256 = ?",
        (row["fetched_at"], row["sha256"]),
    ).fetchone()
    return Task(
        "counter", asked, row["site"], uid=read["uid"] if read else None, reader=read["method"] if read else None
    )
