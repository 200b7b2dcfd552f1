"""govnews export. May import: export, archive, sites, click."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from govnews.archive import Archive, find, open_archive
from govnews.cli import options, show
from govnews.cli.place import site_id
from govnews.cli.progress import Progress
from govnews.cli.sample import drawn
from govnews.export import (
    PANELS,
    Ask,
    Selection,
    articles,
    export,
    format_names,
    format_of,
    of_sql,
    panel,
    stream_of,
    survival,
)
from govnews.sites import full_province

GROUP = "Read the archive"
_OLD = (
    "SELECT EXISTS (SELECT 1 FROM runs WHERE command IN ('crawl', 'demo', 'import') "
    "AND finished_at > (SELECT min(computed_at) FROM coverage_county_month))"
)


@click.command()
@options.db
@click.option("--format", "format", type=click.Choice(format_names()), help="What to write; else by the name of --out.")
@click.option("--out", type=click.Path(path_type=Path), help="Where to; CSV and JSON lines go to stdout without it.")
@click.option("--query", default="", help="Articles whose title or text holds this, as search finds them.")
@click.option("--county", "--site", "county", help="One county, by code or name.")
@click.option("--province", help="One province: 云南, 云南省 or 53.")
@click.option("--source", help="Part of the 来源.")
@click.option("--since", type=options.Day(), help="Published on this day or later.")
@click.option("--until", type=options.Day(last=True), help="Published on this day or earlier.")
@click.option("--fields", help="Columns and their order: uid,title,publish_time (names: govnews schema articles).")
@click.option("--sql", help="The result of a SELECT instead of articles.")
@click.option("--sample", type=click.Path(path_type=Path), help="Only the counties of a file of govnews sample.")
@click.option("--panel", "panel_of", type=click.Choice(PANELS), help="Counts by place and time, null where unobserved.")
@click.option("--hits", multiple=True, metavar="QUERY", help="With --panel: counts what the query finds; repeatable.")
@click.option("--wide", metavar="MEASURE", help="With --panel: a row a place, a column a period, of this measure.")
@click.option(
    "--base-year",
    type=click.IntRange(1981, 2100),
    help="With --panel: counties as at the end of this year, one series each.",
)
@click.option(
    "--views-age",
    type=options.Ages(),
    default="25-35",
    show_default=True,
    help="With --panel: days after publication at which views count.",
)
@click.option("--survival", "lives", is_flag=True, help="The life of every article as an interval.")
@click.option("--no-bom", is_flag=True, help="CSV without the byte order mark that Excel wants.")
@click.option("--force", is_flag=True, help="Overwrite what is there.")
def command(
    db: Path,
    format: str | None,
    out: Path | None,
    query: str,
    county: str | None,
    province: str | None,
    source: str | None,
    since: str | None,
    until: str | None,
    fields: str | None,
    sql: str | None,
    sample: Path | None,
    panel_of: str | None,
    hits: tuple[str, ...],
    wide: str | None,
    base_year: int | None,
    views_age: tuple[int, int],
    lives: bool,
    no_bom: bool,
    force: bool,
) -> None:
    """Write articles, or any query's result, to a file for Excel, R, Stata, pandas, DuckDB, or other archives.

    A file appears whole or not at all. A data dictionary and how to read the file stand beside it. A WARC holds the captures
    of the articles with their bytes; without filters, every capture.

    \b
    govnews export --out yunnan.csv --province 云南 --since 2020
    govnews export --out flood.xlsx --query 防汛 --fields uid,county,title,publish_date,source,body
    govnews export --out all.parquet
    govnews export --out everything.warc.gz
    govnews export --out panel.dta --panel county-month --hits 易地搬迁 --hits 扶贫 --sample sample.csv
    govnews export --out wide.xlsx --panel prefecture-year --wide own_share
    govnews export --out series.csv --panel county-week --base-year 2024
    govnews export --format jsonl --sql "SELECT * FROM articles_by_month" | head
    """
    filters = {
        "query": query or None,
        "site": county,
        "province": province,
        "source": source,
        "since": since,
        "until": until,
    }
    given = {name: value for name, value in filters.items() if value is not None}
    if (panel_of or lives) and (
        sql is not None or given.keys() - {"query"} or (lives and (panel_of or given or fields)) or (wide and fields)
    ):
        raise click.UsageError(
            "--panel takes --hits, --sample and --fields or --wide, --survival nothing else",
            click.get_current_context(),
        )
    if not panel_of and (hits or wide or base_year):
        raise click.UsageError("--hits, --wide and --base-year go with --panel", click.get_current_context())
    if sample and lives:
        raise click.UsageError("--survival takes every article", click.get_current_context())
    if sql is not None and (given or fields or sample):
        raise click.UsageError("--sql chooses rows and columns itself", click.get_current_context())
    chosen = format or (format_of(out) if out else None)
    if chosen is None:
        if out is not None:
            known = ", ".join(format_names())
            raise click.UsageError(f"what is {out.name} to be? --format {known}", click.get_current_context())
        chosen = "csv"
    if chosen == "warc" and (fields or sql is not None or panel_of or lives):
        raise click.UsageError("a WARC holds captures: no --fields, no --sql, no panel", click.get_current_context())
    send = stream_of(chosen)
    if out is None and send is None:
        raise click.UsageError(f"{chosen} needs --out PATH", click.get_current_context())
    with open_archive(db, read_only=True) as archive:
        names = tuple(name.strip() for name in (fields or "").split(",") if name.strip())
        codes = list(dict.fromkeys(row["code"] for row in drawn(sample))) if sample else None
        if panel_of:
            asked = tuple(dict.fromkeys(q for q in (query, *hits) if q))
            selection = panel(archive, Ask(panel_of, asked, codes, base_year, views_age, wide, names))
            _warn_if_old(archive)
        elif lives:
            selection = survival(archive)
        elif sql is not None:
            selection = of_sql(archive, sql)
        else:
            selection = articles(archive, _query(archive, given), names, counties=codes)
        if out is None:
            assert send is not None
            written = send(selection, sys.stdout.buffer)
            show.say(f"{written.rows:,} rows")
        else:
            _write(selection, chosen, out, force=force, bom=not no_bom)


def _warn_if_old(archive: Archive) -> None:
    """Coverage that was worked out before the newest run says nothing of what came since."""
    if archive.connection.execute(_OLD).fetchone()[0]:
        show.say(
            "govnews: the archive was filled further after its coverage was worked out; run govnews coverage again"
        )


def _query(archive: Archive, given: dict[str, str]) -> find.Query | None:
    """What a search would be asked; null for everything."""
    if not given:
        return None
    province = given.get("province")
    return find.Query(
        text=given.get("query", ""),
        site=site_id(archive, given.get("site")),
        province=full_province(province) if province else None,
        source=given.get("source"),
        since=given.get("since"),
        until=given.get("until"),
    )


def _write(selection: Selection, format: str, out: Path, *, force: bool, bom: bool) -> None:
    progress = Progress("captures" if format == "warc" else "rows")
    whole = selection.count if format != "warc" else 0
    try:
        written = export(
            selection,
            format,
            out,
            force=force,
            bom=bom,
            progress=lambda rows: progress(rows, rows / whole if whole else None),
        )
    finally:
        progress.end()
    for note in written.notes:
        show.say(f"govnews: {note}")
    show.say(f"{written.rows:,} {progress.things}: {out}")
