"""govnews site health. May import: archive, health, sites, click, its neighbours in the command line."""

from __future__ import annotations

from pathlib import Path

import click

from govnews.archive import Archive, open_archive, require_views, utc_now
from govnews.cli import options, show
from govnews.health import Health, examine
from govnews.model import Failure
from govnews.sites import load_site_files, resolve


@click.command("health")
@click.argument("sites", nargs=-1, metavar="[SITE]...")
@options.db
@options.sites
@options.as_json
def command(sites: tuple[str, ...], db: Path, sites_dir: Path | None, as_json: bool) -> None:
    """Compare sites with their own past and the promises of their site files, from the archive alone.

    Without SITE all that the archive knows, the worst first; every line says what was found in numbers, and the command that
    shows more. Exit code 1 when a site is unhealthy, for cron. docs/health.md has the rules.

    \b
    govnews site health
    govnews site health 维西 --json
    """
    with open_archive(db, read_only=True) as archive:
        require_views(archive)
        ids = [_known(archive, name, sites_dir) for name in sites] if sites else None
        found = look(archive, sites_dir, ids)
    if as_json:
        for one in found:
            show.json_lines([{"site": one.site, "name": one.name, "healthy": one.healthy, "findings": _plain(one)}])
    else:
        for one in found:
            print_health(one)
    ill = [one for one in found if not one.healthy]
    show.say(f"{len(found)} sites, {len(ill)} unhealthy")
    if ill:
        raise click.exceptions.Exit(1)


def look(archive: Archive, sites_dir: Path | None, ids: list[str] | None = None) -> list[Health]:
    """The health of sites, the worst first, with the promises of the site files."""
    promises = {id: site.expect for id, site in load_site_files(sites_dir).items()}
    return examine(archive, now=utc_now(), promises=promises, sites=ids)


def print_health(one: Health) -> None:
    """A healthy site takes a line, another one its findings."""
    click.echo(show.bold(f"{show.clean(one.name)} ({one.site})") + ("" if one.findings else "  ok"))
    for row in _plain(one):
        click.echo(f"  {row['severity']:<7}  {row['code']}: {show.clean(row['sentence'])}")
        click.echo(f"           look closer: {row['look']}")


def _plain(one: Health) -> list[dict[str, object]]:
    return [finding.to_dict() for finding in one.findings]


def _known(archive: Archive, name: str, sites_dir: Path | None) -> str:
    site = resolve(name, sites_dir=sites_dir)
    if not archive.connection.execute("SELECT 1 FROM sites WHERE id = ?", (site.id,)).fetchone():
        hint = f"first: govnews crawl {site.id}"
        raise Failure("never_crawled", f"{site.name} ({site.id}) is not in {archive.path}", hint=hint)
    return site.id
