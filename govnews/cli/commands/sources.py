"""govnews sources. May import: archive, sites, click."""

from __future__ import annotations

from pathlib import Path

import click

from govnews.archive import held_archive
from govnews.archive.source_kinds import counts, update_source_kinds
from govnews.cli import options, show
from govnews.cli.place import site_id
from govnews.sites.source_kinds import sorted_source

GROUP = "Read the archive"


@click.command()
@options.db
@click.option("--site", help="Only this county: name, code or site id.")
@click.option("--again", is_flag=True, help="Sort all sources anew, by the rules of this version.")
@options.as_json
def command(db: Path, site: str | None, again: bool, as_json: bool) -> None:
    """Whose words: articles by the kind of their source.

    Every source is sorted as own-county, party or department (the county's own), other-county, prefecture, province, central,
    commercial, or unknown. A crawl sorts what it stored; this command sorts what is left. Table source_kinds has each with its rule.

    \b
    govnews sources
    govnews sources --site 维西
    """
    with held_archive(db) as archive:
        update_source_kinds(archive, sorted_source, again=again)
        rows = counts(archive, site_id(archive, site))
    if as_json:
        show.json_lines(rows)
        return
    named = [{**row, "source_kind": row["source_kind"] or "(no source printed)"} for row in rows]
    show.table(named, headers={"source_kind": "kind", "articles": "articles", "share": "share", "sources": "sources"})
    if not rows:
        show.say("the archive holds no article")
