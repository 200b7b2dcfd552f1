"""govnews site coverage. May import: archive, sites, model, click, its neighbours in the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from govnews.archive import open_archive
from govnews.cli import options, show
from govnews.model import Failure, Site
from govnews.sites import directory, full_province, load_site_files

COUNTS = ("counties", "known", "crawlable", "onboarded", "archived", "healthy")
HEALTHY = ("ok", "nothing_new")
"""Verdicts of the newest run after which nothing needs to be done."""


@click.command("coverage")
@click.option("--province", help="Only one province: 云南, 云南省 or 53.")
@options.db
@options.sites
@options.as_json
def command(province: str | None, db: Path, sites_dir: Path | None, as_json: bool) -> None:
    """Count counties by province: known, crawlable, onboarded, archived, healthy.

    known: a home is known. crawlable: and a usable column. onboarded: a site file stands for it. archived: the archive has articles of
    it. healthy: and the newest run that visited it ended well. A second site of a county counts for the county.

    \b
    govnews site coverage
    govnews site coverage --province 云南 --json
    """
    wanted = full_province(province) if province else None
    archived, healthy = _archived(db)
    table = coverage(load_site_files(sites_dir), archived, healthy)
    rows: list[dict[str, Any]] = [
        {"province": name, **counts} for name, counts in table.items() if wanted in (None, name)
    ]
    if as_json:
        show.json_lines(rows)
        return
    total = {"province": "all", **{name: sum(row[name] for row in rows) for name in COUNTS}}
    show.table([*rows, total] if len(rows) > 1 else rows)
    if not archived:
        show.say(f"{db} has no article of a county yet")


def coverage(files: dict[str, Site], archived: set[str], healthy: set[str]) -> dict[str, dict[str, int]]:
    """Province → how many counties. archived, healthy: division codes."""
    known, onboarded = directory(), {id.split("-")[0] for id in files}
    crawlable = {id.split("-")[0] for id, site in files.items() if site.columns}
    out: dict[str, dict[str, int]] = {}
    for code, division in known.divisions.items():
        if division.level != "county":
            continue
        site = known.site(code)
        has = {
            "counties": True,
            "known": site is not None or code in onboarded,
            "crawlable": bool(site and site.columns) or code in crawlable,
            "onboarded": code in onboarded,
            "archived": code in archived,
            "healthy": code in archived & healthy,
        }
        counts = out.setdefault(division.province, dict.fromkeys(COUNTS, 0))
        for name in COUNTS:
            counts[name] += has[name]
    return out


def _archived(db: Path) -> tuple[set[str], set[str]]:
    """Codes of counties with articles, and of those whose newest run ended well. A county of two sites is healthy when both are.
    Nothing when there is no archive yet."""
    try:
        with open_archive(db, read_only=True) as archive:
            return _codes(archive.connection)
    except Failure as failure:
        if failure.code == "no_archive":
            return set(), set()
        raise


def _codes(connection: Any) -> tuple[set[str], set[str]]:
    archived = {str(row[0]).split("-")[0] for row in connection.execute("SELECT DISTINCT site FROM articles")}
    verdicts: dict[str, set[str]] = {}
    for row in connection.execute("SELECT site, verdict FROM latest_verdicts"):
        verdicts.setdefault(str(row["site"]).split("-")[0], set()).add(row["verdict"])
    return archived, {code for code, said in verdicts.items() if said <= set(HEALTHY)}
