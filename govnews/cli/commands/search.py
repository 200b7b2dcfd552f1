"""govnews search. May import: archive, sites, click."""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import click

from govnews.archive import find, open_archive
from govnews.cli import options, show
from govnews.model import Failure
from govnews.sites import resolve

GROUP = "Read the archive"
_COLUMNS = ("uid", "site", "county", "province", "publish_time", "title", "source", "view_count", "url", "snippet")


@click.command()
@click.argument("query", default="")
@options.db
@click.option("--site", help="One county, by code or name.")
@click.option("--province", help="One province, full name (云南省).")
@click.option("--source", help="Part of the 来源.")
@click.option("--since", type=options.Day(), help="Published on this day or later.")
@click.option("--until", type=options.Day(), help="Published on this day or earlier.")
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
    govnews search 易地搬迁 --province 云南省 --since 2020 --until 2020-12-31
    govnews search 县委 --site 维西 --json
    """
    with open_archive(db, read_only=True) as archive:
        wanted = find.Query(query, _site(archive, site), province, source, since, until, limit)
        rows = find.search(archive, wanted)
        total = find.count(archive, wanted)
    if as_json:
        show.json_lines({name: row[name] for name in _COLUMNS} for row in rows)
    elif as_csv:
        writer = csv.DictWriter(sys.stdout, _COLUMNS, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
    else:
        for row in rows:
            place = " ".join(p for p in (row["province"], row["county"] or row["site"]) if p)
            views = f" · {row['view_count']} 次" if row["view_count"] is not None else ""
            click.echo(f"{row['publish_date'] or '(no date)'}  {show.bold(row['title'] or '(no title)')}  {row['uid']}")
            click.echo(f"            {' · '.join(p for p in (place, row['source'] or '来源未注明') if p)}{views}")
            if row["snippet"]:
                snippet = row["snippet"].replace(query, show.bold(query)) if query else row["snippet"]
                click.echo(f"            {snippet}")
    show.say(f"{len(rows)} of {total} shown" if total else f"nothing found for {query}" if query else "nothing found")


def _site(archive: object, name: str | None) -> str | None:
    """A site id: one the archive has by id or name, else by the registry."""
    if name is None:
        return None
    rows = archive.connection.execute("SELECT id FROM sites WHERE id = ? OR name = ?", (name, name)).fetchall()  # type: ignore[attr-defined]
    if len(rows) == 1:
        return str(rows[0][0])
    try:
        return resolve(name).id
    except Failure:
        if rows:
            raise Failure(
                "several_sites", f"{name} means several: {', '.join(r[0] for r in rows)}", exit_code=2
            ) from None
        raise
