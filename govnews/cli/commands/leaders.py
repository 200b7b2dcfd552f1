"""govnews leaders. May import: archive, sites, click."""

from __future__ import annotations

from pathlib import Path

import click

from govnews.archive import Archive, held_archive
from govnews.archive.leaders import COLUMNS, import_leaders, months, update_mentions
from govnews.cli import options, show
from govnews.cli.group import NearestGroup
from govnews.cli.place import site_id
from govnews.cli.table_file import table_rows
from govnews.sites import directory

GROUP = "Read the archive"


@click.group(cls=NearestGroup)
def command() -> None:
    """Who led a county when, and which of its articles name them.

    \b
    govnews leaders import leaders.csv
    govnews leaders count
    """


@command.command("import")
@click.argument("path", type=click.Path(path_type=Path))
@options.db
@click.option("--replace", is_flag=True, help="The file is the whole list: leaders that are not in it go.")
@options.as_json
def import_(path: Path, db: Path, replace: bool, as_json: bool) -> None:
    """Take a list of leaders in and count where they are named.

    A CSV with the columns county, name, post, from, to. county: a name or division code. from, to: 2021-06-02, 2021-06 or 2021;
    empty when not known, or still in the post. Counted are the own county's articles dated within the tenure, nothing else.

    \b
    govnews leaders import leaders.csv
    govnews leaders import leaders.csv --replace
    """
    with held_archive(db) as archive:
        taken = import_leaders(archive, table_rows(path, COLUMNS), lambda name: _county(archive, name), replace=replace)
        update_mentions(archive)
        named, articles = archive.connection.execute(
            "SELECT count(DISTINCT leader), count(DISTINCT uid) FROM mentions"
        ).fetchone()
    if as_json:
        show.json_lines([{"imported": taken, "named": named, "articles": articles}])
        return
    click.echo(f"{taken} leaders imported; {articles} articles name {named} of all that are known")


@command.command("count")
@options.db
@options.as_json
def count_(db: Path, as_json: bool) -> None:
    """Show mentions by leader and month; what came in since the last time is counted first.

    \b
    govnews leaders count
    govnews leaders count --json
    """
    with held_archive(db) as archive:
        update_mentions(archive)
        rows = months(archive)
    if as_json:
        show.json_lines(rows)
        return
    show.table(
        rows, headers={name: name for name in ("county", "name", "post", "month", "articles", "mentions", "titles")}
    )
    if not rows:
        show.say("no article names a leader within the tenure")


def _county(archive: Archive, name: str) -> str:
    """Division code of a county, or the site id of one outside the directory. Raises Failure."""
    if name in directory().divisions:
        return name
    site = site_id(archive, name)
    row = archive.connection.execute("SELECT division_code FROM sites WHERE id = ?", (site,)).fetchone()
    return str((row["division_code"] if row else None) or site)
