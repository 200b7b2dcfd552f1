"""govnews stats. May import: archive, click."""

from __future__ import annotations

from pathlib import Path

import click

from govnews.archive import find, open_archive
from govnews.cli import options, show

GROUP = "Read the archive"
_TITLES = {
    "sites": "articles by county",
    "months": "articles by month",
    "fields": "how many have each field",
    "view_counts": "view counts: what the pages showed",
    "responses": "captures by class and kind",
    "issues": "issues",
    "runs": "runs",
}


@click.command()
@options.db
@options.as_json
def command(db: Path, as_json: bool) -> None:
    """Say what the archive holds and what is missing.

    \b
    govnews stats
    govnews stats --json
    """
    with open_archive(db, read_only=True) as archive:
        tables = find.stats(archive)
    if as_json:
        show.json_lines([tables])
        return
    for name, rows in tables.items():
        click.echo(show.bold(_TITLES[name]))
        show.table(rows) if rows else click.echo("(none)")
        click.echo()
