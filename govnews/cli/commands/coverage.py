"""govnews coverage. May import: archive, sites, click, its neighbours in the command line."""

from __future__ import annotations

import csv
import sqlite3
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import click

from govnews.archive import Archive, coverage, load_division_changes, load_divisions, open_archive, utc_now
from govnews.cli import options, sample, show
from govnews.cli.progress import Progress
from govnews.model import Failure
from govnews.model.codes import codes, describe
from govnews.sites import County, counties, directory, division_changes, frame

GROUP = "Read the archive"
_NAMES = (
    "county", "name", "province", "prefecture", "month", "listed", "archived", "left_truncated", "status", "detail",
)  # fmt: skip
_BY_COLUMN = (
    "SELECT county, site, column_url, month, listed, archived, not_articles, status, detail, observed_at FROM coverage_month "
    "WHERE county = ? AND month BETWEEN ? AND ? ORDER BY site, column_url, month"
)


@click.command()
@click.argument("sites", nargs=-1, metavar="[SITE...]")
@options.db
@options.sites
@click.option(
    "--sample", "sample_file", type=click.Path(path_type=Path), help="The counties of a file of govnews sample."
)
@click.option("--from", "first", type=options.Day(), default="2024-01", show_default=True, help="The first month.")
@click.option("--to", "last", type=options.Day(last=True), help="The last month; this one when left out.")
@click.option("--columns", is_flag=True, help="A row for each news column instead of each county.")
@click.option("--table", is_flag=True, help="With --sample: its strata by status, counties included against excluded.")
@click.option("--csv", "as_csv", is_flag=True, help="CSV instead of text.")
@options.as_json
def command(
    sites: tuple[str, ...],
    db: Path,
    sites_dir: Path | None,
    sample_file: Path | None,
    first: str,
    last: str | None,
    columns: bool,
    table: bool,
    as_csv: bool,
    as_json: bool,
) -> None:
    """Say which county-months were observed, and why not the others.

    Without SITE and --sample: the counties that the archive has visited. The result also stands in tables coverage_month,
    coverage_county_month and coverage_county_week. A zero is written only for a month whose lists were read past it. docs/study.md has the rules.

    \b
    govnews coverage 维西 --from 2024-01 --to 2024-06
    govnews coverage --sample sample.csv --csv > coverage.csv
    govnews coverage 533423 --columns --json
    govnews coverage --sample sample.csv --table
    """
    if as_json and as_csv:
        raise click.UsageError("--json or --csv, not both", click.get_current_context())
    if table and (columns or not sample_file):
        raise click.UsageError("--table needs --sample, and goes without --columns", click.get_current_context())
    wanted = coverage.months(first, last or utc_now())
    if not wanted:
        raise click.UsageError("--from is later than --to", click.get_current_context())
    with open_archive(db, create=False) as archive:
        load_divisions(archive, directory().rows())
        load_division_changes(archive, division_changes())
        asked = _asked(archive, sites, sample_file, sites_dir)
        _compute(archive, asked, wanted)
        codes_of = [county.code for county in asked]
        rows = (
            _columns(archive, codes_of, wanted)
            if columns
            else coverage.county_months(archive.connection, codes_of, wanted)
        )
    if table and sample_file:
        rows = coverage.by_stratum(
            rows, {row["code"]: row.get("stratum") or "all" for row in sample.drawn(sample_file)}
        )
    if as_json:
        show.json_lines(rows)
    elif as_csv:
        out = csv.writer(sys.stdout)
        names = list(rows[0]) if columns or table else _NAMES
        out.writerow(names)
        out.writerows([row[name] for name in names] for row in rows)
    elif table:
        show.table([{name: n for name, n in row.items() if rows[-1][name]} for row in rows])
    else:
        _print(rows, columns)


def _asked(archive: Archive, names: tuple[str, ...], sample_file: Path | None, sites_dir: Path | None) -> list[County]:
    """The counties that are meant: named, of a sample, or those the archive has visited."""
    if names and sample_file:
        raise click.UsageError("name counties, or give --sample", click.get_current_context())
    if sample_file:
        return sample.drawn_counties(sample_file, sites_dir)
    visited = archive.connection.execute("SELECT id, name, province, prefecture FROM sites ORDER BY id").fetchall()
    if names:
        own = {word: row for row in visited for word in (row["id"], row["name"])}
        named = [_named(name, own, sites_dir) for name in names]
        return list({county.code: county for county in named}.values())
    if not visited:
        raise Failure(
            "no_site_given", "the archive has visited no county", hint="name one, or give --sample", exit_code=2
        )
    known = {county.code: county for county in frame(sites_dir)}
    former = {row["code"] for row in archive.connection.execute("SELECT code FROM division_changes")}
    asked: dict[str, County] = {}
    for row in visited:
        county = known.get(row["id"]) or (
            _as_archived(row, "no_column") if row["id"] in former else _outside(row, sites_dir)
        )
        asked.setdefault(county.code, county)
    return list(asked.values())


def _named(name: str, own: dict[str, sqlite3.Row], sites_dir: Path | None) -> County:
    """The county that a name means; own: the archive's sites by id and name, for those that the registry does not know."""
    try:
        return counties([name], sites_dir)[0]
    except Failure as failure:
        if failure.code != "unknown_site" or name not in own:
            raise
        return _outside(own[name], sites_dir)


def _outside(row: sqlite3.Row, sites_dir: Path | None) -> County:
    """A visited site that is no county of the directory: by its site file, else as the archive knows it (a demo's, an import's)."""
    try:
        return counties([row["id"]], sites_dir)[0]
    except Failure:
        return _as_archived(row, "crawlable")


def _as_archived(row: sqlite3.Row, state: str) -> County:
    """A county by what the archive knows alone; so one under a code that is no longer in force, which a panel can join to its
    successor."""
    return County(row["id"], row["name"], row["province"], row["prefecture"], None, state)


def _compute(archive: Archive, asked: list[County], wanted: list[str]) -> None:
    progress = Progress("counties")
    now, places = utc_now(), [_place(archive, county) for county in asked]
    try:
        coverage.compute(archive.connection, places, wanted, now=now, progress=lambda n: progress(n, n / len(places)))
    finally:
        progress.end()


def _place(archive: Archive, county: County) -> coverage.Place:
    """The county with its sites, also those that only the archive knows (imports under another id)."""
    sites = {site.id: tuple(c.url for c in site.columns) for site in county.sites}
    for row in archive.connection.execute("SELECT id FROM sites WHERE ?1 IN (division_code, id)", (county.code,)):
        sites.setdefault(row["id"], ())
    return coverage.Place(county.code, county.name, county.province, county.prefecture, county.state, sites)


def _columns(archive: Archive, codes: list[str], wanted: list[str]) -> list[dict[str, Any]]:
    span = (wanted[0], wanted[-1])
    return [dict(row) for code in codes for row in archive.connection.execute(_BY_COLUMN, (code, *span))]


def _print(rows: list[dict[str, Any]], columns: bool) -> None:
    names = ("site", "column_url", "month", "listed", "archived", "status", "detail") if columns else _NAMES
    heads = [name for name in names if name not in ("province", "prefecture")]
    filled = [row for row in rows if row.get("left_truncated")]
    if not filled:
        heads = [name for name in heads if name != "left_truncated"]
    show.table(rows, headers={name: name for name in heads})
    counted = Counter(row["status"] for row in rows)
    show.say()
    for status in codes("coverage"):
        if counted[status]:
            show.say(f"{counted[status]:6,}  {status}: {describe('coverage', status)}")
    show.say(f"{len(rows):6,}  {'columns' if columns else 'counties'} × months")
    if filled:
        articles, empty = sum(row["left_truncated"] for row in filled), sum(not row["listed"] for row in filled)
        show.say(
            f"{articles:,} articles in {len(filled):,} of them are known from imported files only; lists showed nothing in {empty:,}"
        )
