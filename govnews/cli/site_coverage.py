"""govnews site coverage, and the same table for a report. May import: archive, sites, model, click, its neighbours in the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from govnews.archive import Archive, open_archive, reached
from govnews.cli import options, show
from govnews.model import Failure
from govnews.sites import STEPS, full_province, load_site_files, step_rows, steps


@click.command("coverage")
@click.option("--province", help="Only one province: 云南, 云南省 or 53.")
@options.db
@options.sites
@options.as_json
def command(province: str | None, db: Path, sites_dir: Path | None, as_json: bool) -> None:
    """Count counties by province: known, crawlable, onboarded, archived, healthy.

    known: a home is known. crawlable: and a usable column. onboarded: a site file stands for it. archived: the archive has articles of
    it. healthy: and the newest run that visited it ended well. A second site of a county counts for the county. The report of an
    archive has the same table.

    \b
    govnews site coverage
    govnews site coverage --province 云南 --json
    """
    wanted = full_province(province) if province else None
    rows = _rows(db, sites_dir, wanted)
    if as_json:
        show.json_lines(rows)
        return
    total = {"province": "all", **{name: sum(row[name] for row in rows) for name in STEPS}}
    show.table([*rows, total] if len(rows) > 1 else rows)
    if not any(row["archived"] for row in rows):
        show.say(f"{db} has no article of a county yet")


def coverage_rows(archive: Archive, sites_dir: Path | None, province: str | None) -> list[dict[str, Any]]:
    """A row a province, or that of one (its full name), for an archive."""
    return step_rows(steps(load_site_files(sites_dir), *reached(archive)), province)


def _rows(db: Path, sites_dir: Path | None, province: str | None) -> list[dict[str, Any]]:
    """The same when there may be no archive yet."""
    try:
        with open_archive(db, read_only=True) as archive:
            return coverage_rows(archive, sites_dir, province)
    except Failure as failure:
        if failure.code == "no_archive":
            return step_rows(steps(load_site_files(sites_dir), set(), set()), province)
        raise
