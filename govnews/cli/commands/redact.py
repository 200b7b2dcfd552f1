"""govnews redact. May import: archive, click."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import click

from govnews.archive import explain, find, held_archive, utc_now
from govnews.archive.redact import Taken, redact
from govnews.archive.search.index import update_index
from govnews.cli import options, show
from govnews.cli.progress import Progress

GROUP = "Upkeep"


@click.command()
@click.argument("uids", nargs=-1, required=True, metavar="UID...")
@options.db
@click.option("--reason", required=True, help="Why; stays in the archive and in its releases.")
@options.as_json
def command(uids: tuple[str, ...], db: Path, reason: str, as_json: bool) -> None:
    """Take a text out of the archive for good, and leave a tombstone with its hash, the reason and the time.

    It goes from every table, the search index, the raw pages, their dictionaries and the free room of the files; so does the same text under
    other addresses, and the bytes of lists that print its headline. No crawl, import or merge brings it back. There is no undo.
    Copies elsewhere (backups, exports, releases made before) are not touched.

    \b
    govnews redact 1f0c1e5a9d3b7c42 --reason "request of a private person, 2026-03-02"
    """
    progress = Progress("pages looked at")
    done: list[Taken] = []
    with held_archive(db) as archive:
        try:
            for uid in uids:
                whole = find.redacted(archive, uid) or find.get(archive, uid)["uid"]
                taken = redact(archive, whole, reason=reason, now=utc_now(), progress=progress)
                progress.end()
                done.append(taken)
            update_index(archive)
        except sqlite3.Error as error:
            raise explain(error, db) from error
    for taken in done:
        if as_json:
            show.json_lines([{"redacted": taken.uids, "pages_erased": taken.pages, "pages_kept": taken.kept}])
        else:
            click.echo(f"redacted {', '.join(taken.uids)}: {taken.pages} pages erased")
        if taken.kept:
            show.say(f"govnews: {taken.kept} pages of other articles that name its headline or share a line are kept")
    for copy in sorted(db.parent.glob(f"{db.stem}.before-*")):
        show.say(f"govnews: {copy} is a copy from before an update and still holds it; remove it yourself")
