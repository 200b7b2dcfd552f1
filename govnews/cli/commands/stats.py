"""govnews stats. May import: archive, text, click."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from govnews.archive import find, open_archive
from govnews.cli import options, show
from govnews.text.moments import local_time

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

_MOMENTS = ("last_seen", "started_at", "finished_at")


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
        show.table([_local(row) for row in rows]) if rows else click.echo("(none)")
        click.echo()


def _local(row: dict[str, Any]) -> dict[str, Any]:
    """A row for people: our own moments as China's clocks show them."""
    return {name: local_time(value) if value and name in _MOMENTS else value for name, value in row.items()}
