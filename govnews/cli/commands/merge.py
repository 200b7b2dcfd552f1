"""govnews merge. May import: archive, sites, click."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import click

from govnews.archive import explain, held_archive, open_archive
from govnews.archive.leaders import update_mentions
from govnews.archive.merge import merge
from govnews.archive.source_kinds import update_source_kinds
from govnews.cli import options, show
from govnews.model import Failure
from govnews.sites.source_kinds import sorted_source

GROUP = "Upkeep"


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="ARCHIVE...", type=click.Path(path_type=Path))
@click.option(
    "--into", type=click.Path(path_type=Path), required=True, help="The archive that takes all in; made if absent."
)
@options.as_json
def command(sources: tuple[Path, ...], into: Path, as_json: bool) -> None:
    """Take one or more archives into another, pages and all. The sources are only read.

    In any order, and however often, the result is the same. Where archives differ, both readings stay: as revisions, or as
    observations. Leaders and annotations come along; reprints are found anew by govnews reprints.

    \b
    govnews merge yunnan.db guangxi.db --into south.db
    """
    for path in sources:
        if not path.exists():
            raise Failure("no_archive", f"there is no archive at {path}")
    done = []
    with held_archive(into, create=True) as target:
        for path in sources:
            with open_archive(path, read_only=True) as source:
                counts: dict[str, int] = {}
                try:
                    merge(target, source, counts.__setitem__)
                except sqlite3.Error as error:
                    raise explain(error, into) from error
            done.append({"archive": str(path), **counts})
            if not as_json:
                click.echo(f"{path}: {counts['articles']} articles new or changed, {counts['pages']} pages")
        update_source_kinds(target, sorted_source)
        update_mentions(target)
    if as_json:
        show.json_lines(done)
    show.say(f"archive: {into}")
