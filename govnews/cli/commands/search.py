"""govnews search. May import: archive, sites, click."""

from __future__ import annotations

import csv
import sys
from pathlib import Path
from typing import Any

import click

from govnews.archive import find, open_archive
from govnews.cli import options, show
from govnews.cli.place import site_id
from govnews.sites import full_province

GROUP = "Read the archive"
_COLUMNS = (
    "uid",
    "site",
    "county",
    "province",
    "publish_date",
    "publish_time",
    "title",
    "source",
    "view_count",
    "url",
    "snippet",
)


@click.command()
@click.argument("query", default="")
@options.db
@click.option("--site", help="One county, by code or name.")
@click.option("--province", help="One province: 云南, 云南省 or 53.")
@click.option("--source", help="Part of the 来源.")
@click.option("--since", type=options.Day(), help="Published on this day or later.")
@click.option("--until", type=options.Day(last=True), help="Published on this day or earlier.")
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True, help="At most so many.")
@click.option("--csv", "as_csv", is_flag=True, help="CSV instead of text.")
@options.as_json
def command(
    query: str,
    db: Path,
    site: str | None,
    province: str | None,
    source: str | None,
    since: str | None,
    until: str | None,
    limit: int,
    as_csv: bool,
    as_json: bool,
) -> None:
    """Find articles whose title or text holds QUERY, newest first.

    \b
    govnews search 防汛
    govnews search 易地搬迁 --province 云南 --since 2020 --until 2020
    govnews search 县委 --site 维西 --json
    """
    if as_csv and as_json:
        raise click.UsageError("--json or --csv, not both", click.get_current_context())
    where = full_province(province) if province else None
    with open_archive(db, read_only=True) as archive:
        wanted = find.Query(query, site_id(archive, site), where, source, since, until, limit)
        rows = find.search(archive, wanted)
        total = find.count(archive, wanted)
    if as_json:
        show.json_lines({name: row[name] for name in _COLUMNS} for row in rows)
    elif as_csv:
        writer = csv.DictWriter(sys.stdout, _COLUMNS, extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    else:
        for row in rows:
            _print(show.clean(row), show.clean(query))
    if not total:
        show.say(f"nothing found for {query}" if query else "nothing found")
    else:
        show.say(f"{len(rows)} of {total} shown" + (f"; --limit {total} shows all" if len(rows) < total else ""))


def _print(row: dict[str, Any], query: str) -> None:
    """Date, title, uid; place, source, views; the text around the hit."""
    margin = " " * 12
    place = " ".join(p for p in (row["province"], row["county"] or row["site"]) if p)
    views = f"{row['view_count']} 次浏览" if row["view_count"] is not None else ""
    title = show.mark(show.bold(row["title"] or "(no title)"), query)
    click.echo(f"{row['publish_date'] or '(no date) '}  {title}  {row['uid']}")
    click.echo(margin + " · ".join(p for p in (place, row["source"] or "来源未注明", views) if p))
    if row["snippet"]:
        click.echo(margin + show.mark(row["snippet"], query))
