"""govnews reprints. May import: archive, click."""

from __future__ import annotations

from pathlib import Path

import click

from govnews.archive import held_archive
from govnews.archive.reprints import update_reprints
from govnews.cli import options, show
from govnews.cli.progress import Progress

GROUP = "Upkeep"


@click.command()
@options.db
@options.as_json
def command(db: Path, as_json: bool) -> None:
    """Find articles whose text stands in others too, and who published it first.

    Fills table reprints: the group, the article seen first, the one published first, and the share of the text that stands in it.
    Only texts that are new since the last time are signed. Needs the extra near.

    \b
    govnews reprints
    sqlite3 data/govnews.db "SELECT * FROM reprints_with_source_kind WHERE reprint_by_text AND own_by_label"
    """
    progress = Progress("texts")
    with held_archive(db) as archive:
        done = update_reprints(archive, progress.of)
    progress.end()
    if as_json:
        show.json_lines([done])
        return
    click.echo(f"{done['articles']} articles in {done['clusters']} groups; {done['signed']} texts were new")
