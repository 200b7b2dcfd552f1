"""govnews import. May import: importers, archive, click."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import click

from govnews.archive import crawl_lock, finish_run, open_archive, start_run, utc_now
from govnews.archive.search.index import update_index
from govnews.cli import options, show
from govnews.importers import Imported, import_paths, refuse_absent
from govnews.ingest import package_version
from govnews.model import Failure
from govnews.model.codes import describe

GROUP = "Read pages"


@click.command("import")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH...")
@options.db
@options.as_json
def command(paths: tuple[Path, ...], db: Path, as_json: bool) -> None:
    """Take saved pages (HTML, plain text; files or folders) into the archive.

    They go the way of a crawled page; the file's time counts as the time of fetching. Importing twice changes nothing.

    \b
    govnews import saved-pages/
    govnews import page.html notes.txt --db data/mine.db
    """
    refuse_absent(paths)
    began = time.monotonic()
    with crawl_lock(db, started_at=utc_now()), open_archive(db) as archive:
        run = start_run(
            archive,
            "import",
            now=utc_now(),
            version=package_version(),
            vantage=None,
            settings={"paths": [str(p) for p in paths]},
        )
        result = import_paths(archive, paths, run=run, progress=_progress(began))
        update_index(archive)
        finish_run(
            archive,
            run,
            now=utc_now(),
            reason="finished",
            counts={"files": result.files, **result.outcomes, **result.kinds},
            sites={},
        )
    if sys.stderr.isatty():
        click.echo("\r\x1b[K", nl=False, err=True)
    if as_json:
        show.json_lines(
            [
                {
                    "files": result.files,
                    **result.outcomes,
                    "kinds": result.kinds,
                    "passed_over": result.passed_over,
                    "unreadable": result.unreadable,
                }
            ]
        )
    else:
        _count(result)
    _tell(result)
    show.say(f"archive: {db}")
    if result.unreadable and not result.outcomes and not result.kinds:
        raise Failure("nothing_imported", "no page could be read")


def _progress(began: float):  # type: ignore[no-untyped-def]
    def line(files: int) -> None:
        if sys.stderr.isatty() and files % 20 == 0:
            click.echo(
                f"\r\x1b[K{files} files, {files / max(0.001, time.monotonic() - began):.0f}/s", nl=False, err=True
            )

    return line


def _count(result: Imported) -> None:
    files = "1 file" if result.files == 1 else f"{result.files} files"
    click.echo(f"{files}: " + ", ".join(f"{result.outcomes[o]} {o}" for o in ("new", "changed", "same")))
    for kind, n in result.kinds.most_common():
        click.echo(f"  {n} not an article: {describe('kind', kind)}")


def _tell(result: Imported) -> None:
    """What did not go in, by name."""
    for what, files in (("passed over", result.passed_over), ("could not read", result.unreadable)):
        for name, reason in files[:10]:
            show.say(f"govnews: {what} {show.clean(name)}: {reason}")
        if len(files) > 10:
            show.say(f"govnews: {what} {len(files) - 10} more files; all are in table issues")
