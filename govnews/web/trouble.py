"""What the desk says of what it cannot do, in the language of the page and with what to do next; Datasette's own pages too.

SQLite and Datasette speak English only. What they say is known by its form and told in plain words; their own words stand beside it.
May import: archive, model, datasette, its neighbours in this room.
"""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from datasette.database import QueryInterrupted
from datasette.utils.asgi import Base400, Forbidden, NotFound
from datasette.views.base import DatasetteError

from govnews.archive import SCHEMA
from govnews.web.app import NAME, SETTINGS, ready_questions
from govnews.web.words import Words

_SQL = (
    ("table", r"no such table: (?:\w+\.)?(?P<name>.+)"),
    ("column", r"no such column: (?P<name>.+)"),
    ("function", r"no such function: (?P<name>.+)"),
    ("arguments", r"wrong number of arguments to function (?P<name>.+?)(?:\(\))?$"),
    ("ambiguous", r"ambiguous column name: (?P<name>.+)"),
    ("match", r"fts5: |malformed MATCH|unterminated string|unknown special query"),
    ("near", r'near "(?P<name>.*)": syntax error'),
    ("unfinished", r"incomplete input"),
    ("near", r'unrecognized token: "(?P<name>.*)"'),
    ("aggregate", r"misuse of aggregate"),
    ("several", r"You can only execute one statement"),
    ("reading", r"Statement (?:must be a SELECT|contained a disallowed)|attempt to write|not authorized"),
)
_DATASETTE = (
    ("size", r"_size must be"),
    ("sort", r"Cannot sort table by|Cannot use _sort"),
    ("filter", r"Cannot search by that column|_where=|_facet="),
)
"""Addresses that no link of the desk leads to, but that people write by hand."""
_SAID = 300
"""Characters of SQLite's words that are shown."""


@dataclass(frozen=True, slots=True)
class Told:
    """What is said. sentence: what is the matter; after: what to do next; words: SQLite's or Datasette's own, "" for none; sql: the
    question it was about, "" for none."""

    status: int
    heading: str
    sentence: str
    after: str
    words: str = ""
    sql: str = ""


def told(error: Exception, request: Any, w: Words) -> Told:
    """What to say of an error that left a page; one that nobody foresaw goes to the log as well. What SQLite says comes wrapped by
    Datasette when it is about a person's query; bare, the fault is ours."""
    if isinstance(error, QueryInterrupted):
        return _too_long(error, request, w)
    if isinstance(error, DatasetteError) and isinstance(error.__context__, QueryInterrupted):
        return _too_long(error.__context__, request, w, error.status)
    if isinstance(error, NotFound):
        return _not_found(request, w)
    if isinstance(error, Forbidden):
        return forbidden(request, w)
    if isinstance(error, ValueError) and not (request.args.get("_timelimit") or "0").isdecimal():
        return Told(400, w("cannot"), w("trouble.limit"), w("trouble.address"))
    if isinstance(error, DatasetteError | Base400):
        said = error.message if isinstance(error, DatasetteError) else str(error.args[0] if error.args else "")
        status = getattr(error, "status", 400)
        if known := _known(_DATASETTE, said):
            sentence = w(f"trouble.{known[0]}", rows=SETTINGS["max_returned_rows"])
            return Told(400, w("cannot"), sentence, w("trouble.address"), said[:_SAID])
        if isinstance(error, Base400):
            return Told(status, w("cannot"), w("trouble.bad"), w("trouble.address"), said[:_SAID])
        if status < 500 or _known(_SQL, said):
            return Told(400, w("cannot"), *of_sql(said, w), said[:_SAID], request.args.get("sql") or "")
    logging.getLogger(__name__).error("%s could not be shown", request.path, exc_info=error)
    return Told(500, w("trouble.fault"), w("trouble.fault_says"), w("trouble.fault_next"), type(error).__name__)


def forbidden(request: Any, w: Words) -> Told:
    """The desk gives out pages and rows, not the file."""
    file = request.path.endswith(".db")
    return Told(
        403,
        w("cannot"),
        w("trouble.no_file" if file else "trouble.forbidden"),
        w("trouble.no_file_next" if file else "trouble.start"),
    )


def of_sql(said: str, w: Words) -> tuple[str, str]:
    """What SQLite did not like, and what to do next."""
    kind, name = _known(_SQL, said) or ("other", "")
    after = w(f"trouble.{kind}_next") if kind in ("match", "reading", "near") else w("trouble.dictionary")
    if kind in ("table", "column") and (nearest := _nearest(kind, name)):
        after = w("trouble.nearest", name=nearest) + " " + after
    return w(f"trouble.{kind}", name=name[:_SAID]), after


def _known(forms: tuple[tuple[str, str], ...], said: str) -> tuple[str, str] | None:
    for kind, form in forms:
        if found := re.search(form, said):
            return kind, found.groupdict().get("name") or ""
    return None


def _nearest(kind: str, name: str) -> str:
    """The name of ours that is written most like it; "" when none is."""
    known = [t.name for t in SCHEMA] if kind == "table" else [c.name for t in SCHEMA for c in t.columns]
    found = get_close_matches(name.rpartition(".")[2].strip('"').lower(), known, 1, 0.7)
    return found[0] if found else ""


def _too_long(error: Any, request: Any, w: Words, status: int = 400) -> Told:
    limit = int(SETTINGS["sql_time_limit_ms"])
    asked = request.args.get("_timelimit") or ""
    if asked.isdecimal():
        limit = min(limit, int(asked) or limit)
    return Told(
        status, w("trouble.stopped"), w("too_long", seconds=f"{limit / 1000:g}"), w("too_long_next"), sql=str(error.sql)
    )


def _not_found(request: Any, w: Words) -> Told:
    """An address without a page: the nearest table, when it looks like one."""
    asked = (request.scope.get("url_route") or {}).get("kwargs") or {}
    if asked.get("database") not in (None, NAME):
        return Told(404, w("not_here"), w("trouble.no_page"), w("trouble.start"))
    name = asked.get("table") or ""
    if asked.get("pks"):
        return Told(404, w("not_here"), w("trouble.no_row", name=name), w("trouble.start"))
    if not name:
        return Told(404, w("not_here"), w("trouble.no_page"), w("trouble.start"))
    known = [*(t.name for t in SCHEMA), *ready_questions()]
    nearest = get_close_matches(name, known, 1, 0.6)
    after = w("trouble.nearest", name=nearest[0]) + " " if nearest else ""
    return Told(404, w("not_here"), w("trouble.table", name=name), after + w("trouble.dictionary"))
