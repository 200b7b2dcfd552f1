"""govnews cite. May import: archive, click."""

from __future__ import annotations

from pathlib import Path

import click

from govnews.archive import find, open_archive
from govnews.archive.citation import FORMATS
from govnews.cli import options, show
from govnews.model import Failure

GROUP = "Read the archive"


@click.command()
@click.argument("uid")
@options.db
@click.option("--format", "form", type=click.Choice(list(FORMATS)), default="gbt7714", show_default=True)
@click.option("--version", "version", type=int, help="An earlier version, as `show --history` numbers it.")
@options.as_json
def command(uid: str, db: Path, form: str, version: int | None, as_json: bool) -> None:
    """Cite one article, with the capture it rests on.

    Title, source, date, address, time of capture, SHA-256 of the bytes, version. The access date is the day of the capture.

    \b
    govnews cite 3f9a0c1d2e4b5a69
    govnews cite 3f9a --format bibtex
    """
    with open_archive(db, read_only=True) as archive:
        article = find.get(archive, uid)
        if version is not None and version != article["version"]:
            earlier = [v for v in find.history(archive, article["uid"]) if v["version"] == version]
            if not earlier:
                raise Failure(
                    "unknown_version", f"{article['uid']} has no version {version}", hint="govnews show UID --history"
                )
            article = {**article, **earlier[0]}
    citation = FORMATS[form](show.clean(article))
    if as_json:
        show.json_lines([{"uid": article["uid"], "version": article["version"], "format": form, "citation": citation}])
    else:
        click.echo(citation)
