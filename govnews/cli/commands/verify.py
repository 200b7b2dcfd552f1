"""govnews verify. May import: archive, click."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from govnews.archive import open_archive
from govnews.archive.check import redacted, verify
from govnews.cli import options, show
from govnews.cli.progress import Progress
from govnews.model import Failure

GROUP = "Upkeep"


@click.command()
@options.db
@options.as_json
def command(db: Path, as_json: bool) -> None:
    """Check the whole archive: hash every page again, follow every reference.

    Each fault is a line: file, table, row, what is wrong. Exit code 1 when there is any. Nothing is changed.

    \b
    govnews verify
    govnews verify --db data/mine.db --json
    """
    progress, faults, pages = Progress("pages hashed"), 0, 0

    def hashed(number: int) -> None:
        nonlocal pages
        pages = number
        progress(number)

    with open_archive(db, read_only=True) as archive:
        for fault in verify(archive, hashed):
            faults += 1
            progress.end()
            if as_json:
                show.json_lines([asdict(fault)])
            else:
                click.echo("  ".join(show.clean(x) for x in (fault.file, fault.table, fault.row, fault.fault) if x))
        texts = redacted(archive)
    progress.end()
    if texts:
        show.say(f"redacted: {texts} {'text' if texts == 1 else 'texts'}, taken out on purpose (table redactions)")
    if faults:
        raise Failure("damaged", f"{db}: {faults} {'fault' if faults == 1 else 'faults'} found, {pages} pages hashed")
    show.say(f"{db}: whole. {pages} pages hashed, every reference followed")
