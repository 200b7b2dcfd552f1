"""govnews reextract. May import: ingest, sites, archive, click, its neighbours in the command line."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from govnews.archive import Archive, explain, finish_run, held_archive, learned, require_pages, start_run, utc_now
from govnews.archive.articles import FIELDS
from govnews.cli import options, show
from govnews.cli.article import changes
from govnews.cli.place import archived_site
from govnews.cli.progress import Progress
from govnews.ingest import extractor_version, package_version
from govnews.ingest.again import Reread, reextract
from govnews.model import Failure, Site
from govnews.sites import resolve, with_learned

GROUP = "Upkeep"


@click.command()
@options.db
@options.sites
@click.option("--site", help="Only this site id.")
@click.option(
    "--field",
    "fields",
    multiple=True,
    type=click.Choice([f for f in FIELDS if f != "view_count"]),
    metavar="FIELD",
    help="Only articles in which this field would change; may be given again.",
)
@click.option("--since", type=options.Day(), help="Only pages fetched on this day (UTC) or later.")
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
@click.option("--workers", type=click.IntRange(1), help="Processes that read; one a core when left out.")
@options.as_json
def command(
    db: Path,
    sites_dir: Path | None,
    site: str | None,
    fields: tuple[str, ...],
    since: str | None,
    dry_run: bool,
    workers: int | None,
    as_json: bool,
) -> None:
    """Read the stored pages again with the present extractor.

    Another title, time, source or body makes a revision of cause "extractor", which is told apart from an edit by the site.
    View counts that were observed stay as they are. Stopped at any moment, the same command goes on where it was.

    \b
    govnews reextract --dry-run
    govnews reextract --site 533423 --field source
    """
    require_pages(db)
    progress = Progress("pages")
    with held_archive(db) as archive:
        site = archived_site(archive, site) if site is not None else None
        run = None if dry_run else _begin(archive, {"site": site, "fields": fields, "since": since})
        try:
            done = reextract(
                archive,
                _sites(archive, sites_dir),
                site=site,
                fields=fields,
                since=since,
                dry_run=dry_run,
                workers=workers,
                progress=progress.of,
            )
        except sqlite3.Error as error:
            raise explain(error, db) from error
        if run is not None:
            counts = {"pages": done.pages, "changed": done.changed, "new": len(done.new), **done.fields}
            finish_run(archive, run, now=utc_now(), reason="finished", counts=counts, sites={})
    progress.end()
    if as_json:
        show.json_lines([asdict(done)])
    else:
        _print(done, dry_run)
    if done.damaged:
        raise Failure("damaged", f"{len(done.damaged)} pages could not be read", hint="govnews verify names them")


def _begin(archive: Archive, settings: dict[str, Any]) -> int:
    return start_run(archive, "reextract", now=utc_now(), version=package_version(), vantage=None, settings=settings)


def _sites(archive: Archive, sites_dir: Path | None) -> dict[str, Site]:
    """Every site of the archive as the registry has it now, else as the archive remembers it."""
    known, out = learned(archive), {}
    for row in archive.connection.execute("SELECT id, name, home, hosts, family FROM sites"):
        try:
            out[row["id"]] = resolve(row["id"], learned=known, sites_dir=sites_dir)
        except Failure:
            hosts = tuple(json.loads(row["hosts"]))
            site = Site(row["id"], row["name"], row["home"] or "", hosts)
            out[row["id"]] = with_learned(site, known)
    return out


def _print(done: Reread, dry_run: bool) -> None:
    would = "would change" if dry_run else "changed"
    click.echo(
        f"{done.pages} pages read by {extractor_version()}: {done.changed} articles {would}, {len(done.new)} are new"
    )
    if done.versions:
        click.echo(f"{done.versions} of them in title, time, source or body: revisions of cause extractor")
    for name, number in done.fields.most_common():
        click.echo(f"\n{name}: {number}")
        for uid, old, new in done.examples[name]:
            click.echo(f"  {uid}  {changes(show.clean(str(old or '')), show.clean(str(new or '')))}")
    for uid in done.lost:
        show.say(f"govnews: {uid} would no longer be read as an article; it was left as it is")
    for line in done.damaged:
        show.say(f"govnews: {line}")
