"""govnews compact. May import: archive, click, its neighbours in the command line."""

from __future__ import annotations

import sqlite3
from dataclasses import asdict
from pathlib import Path

import click

from govnews.archive import explain, held_archive, require_pages, utc_now
from govnews.archive.compact import compact
from govnews.archive.pages import pages_path
from govnews.cli import options, show
from govnews.cli.place import archived_site
from govnews.cli.progress import Progress

GROUP = "Upkeep"


@click.command("compact")
@options.db
@click.option("--site", help="Only the pages of this site id.")
@options.as_json
def command(db: Path, site: str | None, as_json: bool) -> None:
    """Make the raw pages smaller: each against a few pages of its own site.

    Nothing of a page is lost; `verify` says so. Stopped at any moment, the same command goes on where it was. Bytes that no
    row refers to (left by a power cut) are swept.

    \b
    govnews compact
    govnews compact --site 533423
    """
    require_pages(db)
    progress = Progress("pages")
    with held_archive(db) as archive:
        site = archived_site(archive, site) if site is not None else None
        try:
            done = compact(archive, now=utc_now(), site=site, progress=progress.of)
        except sqlite3.Error as error:
            raise explain(error, pages_path(db)) from error
    progress.end()
    if as_json:
        show.json_lines([asdict(done)])
        return
    click.echo(
        f"{done.pages} pages compacted: {done.before:,} bytes → {done.after:,}; {done.swept} without a row swept"
    )
