"""govnews site health, and what a crawl says of it at its end. May import: archive, health, sites, click, its neighbours in the command line."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from govnews.archive import Archive, open_archive, require_views, utc_now
from govnews.cli import options, show
from govnews.cli.place import archived_site
from govnews.health import Health, examine
from govnews.model import Failure
from govnews.sites import load_site_files

_NAMED = 5
"""Sites that the closing line of a crawl names."""


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
        ids = [archived_site(archive, name, sites_dir) for name in sites]
        found = look(archive, sites_dir, ids or None)
    if as_json:
        for one in found:
            findings = _plain(one, db)
            show.json_lines([{"site": one.site, "name": one.name, "healthy": one.healthy, "findings": findings}])
    else:
        for one in found:
            _print(one, db)
    ill = [one for one in found if not one.healthy]
    if ill:
        raise Failure("unhealthy", f"{len(ill)} of {len(found)} sites are unhealthy")
    show.say(f"{len(found)} sites, all healthy" if found else f"no site in {db}")


def look(archive: Archive, sites_dir: Path | None, ids: list[str] | None = None) -> list[Health]:
    """The health of sites, the worst first, with the promises of the site files."""
    promises = {id: site.expect for id, site in load_site_files(sites_dir).items()}
    return examine(archive, now=utc_now(), promises=promises, sites=ids)


def say_unhealthy(db: Path, sites_dir: Path | None, ids: list[str]) -> None:
    """The closing line of a crawl: which of its sites are unhealthy, by code; silent when none is."""
    with open_archive(db, read_only=True) as archive:
        ill = [one for one in look(archive, sites_dir, ids) if not one.healthy]
    if ill:
        named = [f"{one.name} ({', '.join(dict.fromkeys(f.code for f in one.findings))})" for one in ill[:_NAMED]]
        more = f" and {len(ill) - _NAMED} more" if len(ill) > _NAMED else ""
        show.say(f"unhealthy: {show.clean('; '.join(named))}{more} · govnews site health says why")


def _print(one: Health, db: Path) -> None:
    """A healthy site takes a line, another one its findings."""
    click.echo(show.bold(f"{show.clean(one.name)} ({one.site})") + ("" if one.findings else "  ok"))
    for finding, row in zip(one.findings, _plain(one, db), strict=True):
        click.echo(f"  {finding.severity:<7}  {show.clean(finding.sentence)}")
        click.echo(f"           {row['look']}")


def _plain(one: Health, db: Path) -> list[dict[str, object]]:
    """Findings as JSON; the command to look closer works as it stands, for this archive."""
    option = "" if db == Path("data/govnews.db") else f" --db {shlex.quote(str(db))}"
    return [{**f.to_dict(), "look": f"govnews {f.look}{option}"} for f in one.findings]
