"""govnews report. May import: report, archive, sites, click, its neighbours in the command line."""

from __future__ import annotations

from pathlib import Path

import click

from govnews.archive import open_archive
from govnews.cli import options, show
from govnews.cli.place import site_id
from govnews.cli.progress import Progress
from govnews.cli.site_coverage import coverage_rows
from govnews.report import Scope, report
from govnews.report.sections import Language
from govnews.sites import full_province

GROUP = "Read the archive"


@click.command()
@options.db
@options.sites
@click.option("--out", type=click.Path(path_type=Path), required=True, help="The HTML file to write.")
@click.option("--county", "--site", "county", help="One county, by code or name.")
@click.option("--province", help="One province: 云南, 云南省 or 53.")
@click.option("--lang", type=click.Choice(["en", "zh"]), default="en", show_default=True, help="Its language.")
@click.option("--force", is_flag=True, help="Overwrite what is there.")
def command(
    db: Path, sites_dir: Path | None, out: Path, county: str | None, province: str | None, lang: Language, force: bool
) -> None:
    """Write one HTML file with charts: months, sources, hours, lag, views, edits, gaps, fields.

    Each chart has a sentence, its data and its SQL. At the end stands the table of `govnews site coverage`, but for one county. The
    file holds everything it needs, has no script, and prints well.

    \b
    govnews report --out report.html
    govnews report --county 维西 --lang zh --out weixi.html
    govnews report --province 云南 --out yunnan.html
    """
    if county is not None and province is not None:
        raise click.UsageError("--county or --province, not both", click.get_current_context())
    progress = Progress("sections")
    with open_archive(db, read_only=True) as archive:
        scope = Scope(site_id(archive, county, sites_dir), full_province(province) if province else None)
        try:
            rows = None if scope.site is not None else lambda: coverage_rows(archive, sites_dir, scope.province)
            made = report(archive, scope, out, language=lang, provinces=rows, force=force, progress=progress.of)
        finally:
            progress.end()
    show.say(f"{made} sections: {out}")
