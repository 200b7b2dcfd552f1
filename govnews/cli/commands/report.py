"""govnews report. May import: report, archive, sites, click."""

from __future__ import annotations

from pathlib import Path

import click

from govnews.archive import open_archive
from govnews.cli import options, show
from govnews.cli.place import site_id
from govnews.cli.progress import Progress
from govnews.report import Scope, report
from govnews.report.sections import Language
from govnews.sites import full_province

GROUP = "Read the archive"


@click.command()
@options.db
@click.option("--out", type=click.Path(path_type=Path), required=True, help="The HTML file to write.")
@click.option("--county", "--site", "county", help="One county, by code or name.")
@click.option("--province", help="One province: 云南, 云南省 or 53.")
@click.option("--lang", type=click.Choice(["en", "zh"]), default="en", show_default=True, help="Its language.")
@click.option("--force", is_flag=True, help="Overwrite what is there.")
def command(db: Path, out: Path, county: str | None, province: str | None, lang: Language, force: bool) -> None:
    """Write one HTML file with charts: months, sources, hours, lag, views, edits, gaps, fields.

    Each chart has a sentence, its data and its SQL. The file holds everything it needs, has no script, and prints well.

    \b
    govnews report --out report.html
    govnews report --county 维西 --lang zh --out weixi.html
    govnews report --province 云南 --out yunnan.html
    """
    if county is not None and province is not None:
        raise click.UsageError("--county or --province, not both", click.get_current_context())
    progress = Progress("sections")
    with open_archive(db, read_only=True) as archive:
        scope = Scope(site_id(archive, county), full_province(province) if province else None)
        try:
            made = report(archive, scope, out, language=lang, force=force, progress=progress.of)
        finally:
            progress.end()
    show.say(f"{made} sections: {out}")
