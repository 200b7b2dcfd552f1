"""Working a panel out, into tables of the connection's own: one pass over the articles, one over their readings of view counts.

May import: archive, model, its neighbours.
"""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from govnews.archive import Archive, find
from govnews.export.panel import sql
from govnews.export.panel.divisions import MARKS, Change, Divisions
from govnews.export.selection import Column
from govnews.model import Failure

if TYPE_CHECKING:
    from govnews.export.panel.ask import Ask

_ORDER = (
    "blocked", "unreachable", "robots", "beyond_list_depth", "no_column", "never_tried", "no_site", "gone_before_first_visit",
)  # fmt: skip
"""Which status is said of a county whose sites differ, as in the rules of coverage."""


def make(archive: Archive, ask: Ask, columns: dict[str, Column]) -> None:
    """Fills temp.panel with the columns, and with `cell`, `unit` and `period`. Raises Failure, see panel()."""
    connection = archive.connection
    for table in (*sql.TABLES, "panel_unit", "panel_name", "panel_hit"):
        connection.execute(f"DROP TABLE IF EXISTS temp.{table}")
    parts = _parts(connection, ask)
    _hits(archive, ask.hits)
    _units(connection, ask, parts)
    for statement in sql.CELLS:
        connection.execute(statement.format(parts=parts, place=_case("status", _ORDER)))
    low, high = ask.ages
    for made, kind in ((sql.COUNTS, "count"), (sql.VIEWS, "view")):
        listed = ", ".join(f"{m.sql} AS {m.column.name}" for m in ask.measures if m.kind == kind)
        connection.execute(made.format(measures=listed, low=low, high=high))
    listed = ", ".join(f"{said} AS {name}" for name, said in _result(ask, columns).items())
    connection.execute(sql.RESULT.format(columns=f"c.cell, c.unit, c.period, {listed}"))


def _parts(connection: sqlite3.Connection, ask: Ask) -> str:
    """The county-periods that are asked for, as a SELECT."""
    parts = sql.PARTS[ask.period]
    found = {row[0] for row in connection.execute(f"SELECT DISTINCT county FROM ({parts})")}
    if not found:
        raise Failure("no_coverage", "no coverage has been worked out yet", hint="govnews coverage")
    if ask.counties is None:
        return parts
    if lacking := sorted(set(ask.counties) - found):
        raise Failure(
            "no_coverage",
            f"no coverage has been worked out for {len(lacking)} of the counties asked for, {lacking[0]} first",
            hint="govnews coverage --sample FILE",
        )
    connection.execute("CREATE TEMP TABLE IF NOT EXISTS panel_county (county TEXT PRIMARY KEY)")
    connection.execute("DELETE FROM temp.panel_county")
    connection.executemany("INSERT OR IGNORE INTO temp.panel_county VALUES (?)", ((code,) for code in ask.counties))
    return f"{parts} WHERE county IN (SELECT county FROM temp.panel_county)"


def _hits(archive: Archive, queries: tuple[str, ...]) -> None:
    connection = archive.connection
    connection.execute("CREATE TEMP TABLE panel_hit (query INTEGER, uid TEXT, PRIMARY KEY (query, uid)) WITHOUT ROWID")
    for n, query in enumerate(queries, 1):
        found = find.uids(archive, find.Query(text=query))
        connection.executemany("INSERT INTO temp.panel_hit VALUES (?, ?)", ((n, uid) for uid in found))


def _divisions(connection: sqlite3.Connection) -> Divisions | None:
    """What table division_changes says; null while govnews coverage has not filled it."""
    rows = connection.execute(
        "SELECT code, name, first_year, last_year, successor_code, relation FROM division_changes"
    )
    changes = [Change(*row) for row in rows]
    known = dict(connection.execute("SELECT code, name FROM divisions").fetchall())
    return Divisions(known, changes) if changes and known else None


Key = tuple[str | None, ...]
"""county, name, province, prefecture of a unit; null for what it has not."""


def _units(connection: sqlite3.Connection, ask: Ask, parts: str) -> None:
    """Which unit each county belongs to, year by year, and its code and name then."""
    divisions = _divisions(connection)
    if ask.base_year is not None and divisions is None:
        raise Failure("no_divisions", "this archive does not know yet how divisions changed", hint="govnews coverage")
    years = connection.execute(sql.PLACES.format(parts=parts)).fetchall()
    places: dict[str, Key] = {row["county"]: tuple(row)[2:] for row in years}
    keys = {(county, year): _key(ask, divisions, county, places) for county, year, *_ in years}
    unit_of = {
        key: n for n, key in enumerate(sorted(set(keys.values()), key=lambda key: [text or "" for text in key]), 1)
    }
    connection.execute(sql.UNIT)
    for (county, year), key in keys.items():
        code, name = (divisions and ask.unit == "county" and divisions.at(county, year)) or (None, None)
        base = ask.base_year
        mark = divisions.mark(county, year, base) if divisions and base is not None else None
        row = (county, year, unit_of[key], code, name, MARKS.index(mark) if mark else None)
        connection.execute("INSERT INTO temp.panel_unit VALUES (?, ?, ?, ?, ?, ?)", row)
    connection.execute(sql.NAME)
    connection.executemany(
        "INSERT INTO temp.panel_name VALUES (?, ?, ?, ?, ?)", [(unit, *key) for key, unit in unit_of.items()]
    )


def _key(ask: Ask, divisions: Divisions | None, county: str, places: dict[str, Key]) -> Key:
    """The unit of a county. In a base year: what it was then, or will be, with the place of today."""
    name, province, prefecture = places[county]
    if ask.unit != "county":
        return (None, None, province, prefecture if ask.unit == "prefecture" else None)
    if divisions is None or ask.base_year is None:
        return (county, name, province, prefecture)
    code, name = divisions.at(county, ask.base_year) or (county, name)
    return (code, name, *places.get(divisions.today(county) or county, places[county])[1:])


def _result(ask: Ask, columns: dict[str, Column]) -> dict[str, str]:
    """Column → what it is of cell (c), names (n), counts (m) and views (w)."""
    silent = "c.zeros = c.parts" if ask.single else "c.zeros > 0"
    counted = "week" if ask.period == "week" else "month"
    out = {
        ask.period: "c.period",
        "division": _text("c.mark", MARKS),
        "status": "CASE WHEN c.zeros = c.parts THEN 'observed_zero' WHEN c.observed = c.parts THEN 'observed' "
        f"WHEN c.observed - c.zeros + c.partial > 0 THEN 'partial' ELSE {_text('c.place', _ORDER)} END",
        f"county_{counted}s": "c.parts",
        **{f"county_{counted}s_{name}": f"c.{name}" for name in ("observed", "partial", "unobserved")},
        **{name: f"n.{name}" for name in ask.labels},
        **{name: f"c.{name}" for name in ("code_then", "name_then", "begins", "listed")},
    }
    for measure in ask.measures:
        name = measure.column.name
        if measure.kind == "count":
            out[name] = f"CASE WHEN m.cell IS NOT NULL THEN m.{name} WHEN {silent} THEN 0 END"
        else:
            out[name] = f"w.{name}" if measure.kind == "view" else _quotient(measure.sql)
    return {name: out[name] for name in columns}


def _quotient(said: str) -> str:
    """`a / b` of counts, null where b is 0."""
    above, below = said.split(" / ")
    below = " - ".join(f"m.{name}" for name in below.strip("()").split(" - "))
    return f"round(1.0 * m.{above} / nullif({below}, 0), 4)"


def _case(value: str, texts: tuple[str, ...]) -> str:
    """The place of a text among some; null for another."""
    return f"CASE {value} " + " ".join(f"WHEN '{text}' THEN {n}" for n, text in enumerate(texts)) + " END"


def _text(value: str, texts: tuple[str, ...]) -> str:
    return f"CASE {value} " + " ".join(f"WHEN {n} THEN '{text}'" for n, text in enumerate(texts)) + " END"
