"""Fills coverage_month, coverage_county_month and coverage_county_week for some counties and months, and reads them back.

May import: its neighbours, the archive's transaction, the standard library.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

from govnews.archive.coverage.facts import SiteFacts, failed_runs, site_facts
from govnews.archive.coverage.rules import (
    UNOBSERVED,
    Cell,
    Column,
    Place,
    Said,
    days_of,
    month_of_column,
    month_of_county,
    weeks,
)
from govnews.archive.transaction import transaction

_CELL = "INSERT OR REPLACE INTO coverage_month VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_COUNTY = (
    "INSERT OR REPLACE INTO coverage_county_month (county, month, name, province, prefecture, listed, archived, status, detail, "
    "computed_at, left_truncated) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_WEEK = "INSERT OR REPLACE INTO coverage_county_week VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_SPANS = (("coverage_month", "month"), ("coverage_county_month", "month"), ("coverage_county_week", "week"))
_COUNTED = ("observed", "observed_zero", "partial", "gone_before_first_visit")
"""Statuses whose counts were read by somebody; with the others a count is null."""


def compute(
    connection: sqlite3.Connection,
    places: Iterable[Place],
    wanted: Sequence[str],
    *,
    now: str,
    progress: Callable[[int], None] = lambda _: None,
) -> int:
    """Works out the coverage of counties for months, and for the weeks that begin in them, and writes it, county by county; earlier
    results of those months are replaced. How many county-months. progress: called with counties done. Raises sqlite3.Error."""
    done, failed = 0, failed_runs(connection)
    for n, place in enumerate(places, 1):
        with transaction(connection):
            spans = {"month": (wanted[0], wanted[-1]), "week": (weeks(wanted)[0], weeks(wanted)[-1])}
            for table, period in _SPANS:
                connection.execute(
                    f"DELETE FROM {table} WHERE county = ? AND {period} BETWEEN ? AND ?", (place.county, *spans[period])
                )
            facts = {site: site_facts(connection, site, failed.get(site, ())) for site in place.sites}
            done += _county(connection, place, facts, wanted, now)
        progress(n)
    return done


def _county(
    connection: sqlite3.Connection, place: Place, facts: dict[str, SiteFacts], wanted: Sequence[str], now: str
) -> int:
    for site, known in facts.items():  # what a run says of the site stands for a list that was not even asked
        for column in dict.fromkeys((*place.sites[site], *known.columns)):
            held = known.columns.get(column, Column())
            known.columns[column] = replace(held, attempts=(*held.attempts, *known.attempts))
    where = (place.name, place.province, place.prefecture)
    for month in wanted:
        cells, whole = _period(place, facts, month)
        connection.executemany(
            _CELL, [_row(place.county, site, column, month, said, cell) for site, column, said, cell, _ in cells]
        )
        filled = sum(f.left_truncated.get(month, 0) for f in facts.values()) if whole.status in _COUNTED else None
        connection.execute(_COUNTY, (place.county, month, *where, *_counts(facts, month, whole), now, filled))
    for week in weeks(wanted):
        _, whole = _period(place, facts, week)
        said = replace(whole, detail=whole.detail.replace("month", "week"))
        key = (place.county, week, days_of(week)[0].isoformat())
        connection.execute(_WEEK, (*key, *where, *_counts(facts, week, said), now))
    return len(wanted)


def _period(
    place: Place, facts: dict[str, SiteFacts], period: str
) -> tuple[list[tuple[str, str, Said, Cell, bool]], Said]:
    """What is said of a month or a week: of each column (site, address, said, cell, whether it speaks for the county), and of the
    county."""
    cells = list[tuple[str, str, Said, Cell, bool]]()
    for site, known in facts.items():
        own = place.sites[site]
        for column in dict.fromkeys((*own, *known.columns)) or ("",):
            said, cell = _column(known, column, period, place.state)
            # a column given up says nothing of the months after
            cells.append((site, column, said, cell, column in own or not own or said.status not in UNOBSERVED))
    if not facts:
        said = Said(place.state if place.state != "crawlable" else "never_tried", "no site of the county is known")
        cells.append(("", "", said, Cell(), True))
    listed, archived = _numbers(facts, period)
    return cells, month_of_county([said for _, _, said, _, speaks in cells if speaks], listed, archived)


def _numbers(facts: dict[str, SiteFacts], period: str) -> tuple[int, int]:
    """Articles that lists of the county showed, and articles in the archive."""
    return (
        sum(len(f.listed.get(period, ())) for f in facts.values()),
        sum(f.archived.get(period, 0) for f in facts.values()),
    )


def _counts(facts: dict[str, SiteFacts], period: str, whole: Said) -> tuple[int | None, int | None, str, str]:
    """listed, archived, status, detail of a county and period; the numbers are null where nobody read them."""
    listed, archived = _numbers(facts, period) if whole.status in _COUNTED else (None, None)
    return listed, archived, whole.status, whole.detail


def _column(facts: SiteFacts, column: str, month: str, state: str) -> tuple[Said, Cell]:
    """One cell."""
    if not column:
        return Said("no_column" if state != "no_site" else state, "no news column is known"), Cell()
    cell = facts.cells.get((column, month), Cell())
    return month_of_column(month, cell, facts.columns[column]), cell


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
