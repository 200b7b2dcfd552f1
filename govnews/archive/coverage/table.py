"""Fills coverage_month and coverage_county_month for some counties and months, and reads them back.

May import: its neighbours, the archive's transaction, the standard library.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from govnews.archive.coverage.facts import SiteFacts, site_facts
from govnews.archive.coverage.rules import UNOBSERVED, Cell, Column, Place, Said, month_of_column, month_of_county
from govnews.archive.transaction import transaction

_CELL = "INSERT OR REPLACE INTO coverage_month VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_COUNTY = (
    "INSERT OR REPLACE INTO coverage_county_month (county, month, name, province, prefecture, listed, archived, left_truncated, status, "
    "detail, computed_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_COUNTED = ("observed", "observed_zero", "partial", "gone_before_first_visit")
"""Statuses whose counts were read by somebody; with the others a count is null."""


def compute(connection: sqlite3.Connection, places: Iterable[Place], wanted: Sequence[str], *, now: str) -> int:
    """Works out the coverage of counties for months and writes it, county by county; earlier results of those
    months are replaced. How many county-months. Raises sqlite3.Error."""
    done = 0
    for place in places:
        with transaction(connection):
            for table in ("coverage_month", "coverage_county_month"):
                connection.execute(
                    f"DELETE FROM {table} WHERE county = ? AND month BETWEEN ? AND ?",
                    (place.county, wanted[0], wanted[-1]),
                )
            done += _county(connection, place, wanted, now)
    return done


def _county(connection: sqlite3.Connection, place: Place, wanted: Sequence[str], now: str) -> int:
    facts = {site: site_facts(connection, site) for site in place.sites}
    said: dict[str, list[Said]] = {month: [] for month in wanted}
    for site, known in facts.items():
        columns = dict.fromkeys((*place.sites[site], *known.columns))
        for column in columns or ("",):
            for month in wanted:
                one, cell = _column(known, column, month, place.state)
                if column in place.sites[site] or not place.sites[site] or one.status not in UNOBSERVED:
                    said[month].append(one)  # a column given up says nothing of the months after
                connection.execute(_CELL, _row(place.county, site, column, month, one, cell))
    for month in wanted:
        if not facts:
            one = Said(place.state if place.state != "crawlable" else "never_tried", "no site of the county is known")
            said[month].append(one)
            connection.execute(_CELL, _row(place.county, "", "", month, one, Cell()))
        listed = sum(len(f.listed.get(month, ())) for f in facts.values())
        archived = sum(f.archived.get(month, 0) for f in facts.values())
        whole = month_of_county(said[month], listed, archived)
        filled = sum(f.left_truncated.get(month, 0) for f in facts.values())
        counts = (listed, archived, filled) if whole.status in _COUNTED else (None, None, None)
        where = (place.county, month, place.name, place.province, place.prefecture)
        connection.execute(_COUNTY, (*where, *counts, whole.status, whole.detail, now))
    return len(wanted)


def _column(facts: SiteFacts, column: str, month: str, state: str) -> tuple[Said, Cell]:
    """One cell. What a run says of the site stands for a list that was not even asked."""
    if not column:
        return Said("no_column" if state != "no_site" else state, "no news column is known"), Cell()
    known = facts.columns.get(column, Column())
    asked = replace(known, attempts=(*known.attempts, *facts.attempts))
    cell = facts.cells.get((column, month), Cell())
    return month_of_column(month, cell, asked), cell


def _row(county: str, site: str, column: str, month: str, said: Said, cell: Cell) -> tuple[Any, ...]:
    counts: tuple[int | None, ...] = (cell.listed, cell.archived, cell.not_articles)
    if said.status not in _COUNTED and not cell.listed:
        counts = (None, None, None)
    return (county, site, column, month, *counts, said.status, said.detail, said.observed_at)


def county_months(
    connection: sqlite3.Connection, counties: Sequence[str], wanted: Sequence[str]
) -> list[dict[str, Any]]:
    """The rows of coverage_county_month, in the order of the counties, then of the months."""
    out = []
    for county in counties:
        rows = connection.execute(
            "SELECT * FROM coverage_county_month WHERE county = ? AND month BETWEEN ? AND ? ORDER BY month",
            (county, wanted[0], wanted[-1]),
        )
        out += [dict(row) for row in rows]
    return out
