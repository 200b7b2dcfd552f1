"""govnews site refresh. May import: archive, sites, model, click, its neighbours in the command line; crawl's settings at first use."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from urllib.parse import urljoin
from urllib.robotparser import RobotFileParser

import click

from govnews.archive import open_archive, redirected
from govnews.cli import options, show
from govnews.model import Failure, Site
from govnews.sites import resolve
from govnews.sites.drift import Proposal, Seen, proposals

Sights = dict[str, list[Seen]]
"""Site id → what was seen of its addresses."""


@click.command("refresh")
@click.argument("names", metavar="[SITE]...", nargs=-1)
@click.option("--live", is_flag=True, help="Also ask for the home of each site that is named.")
@click.option("--private", is_flag=True, help="Allow hosts on this machine or a private network.")
@options.db
@options.sites
@options.as_json
def command(names: tuple[str, ...], live: bool, private: bool, db: Path, sites_dir: Path | None, as_json: bool) -> None:
    """Propose changes of the directory and of site files: new hosts, https, moved columns. Nothing is changed.

    They come from the redirects that crawls met, and with --live from asking for each home once. SITE is what crawl takes; without one
    all sites of the archive are looked at. Each proposal is a row of a table or a line of a site file, old and new, with its reason.

    \b
    govnews site refresh
    govnews site refresh 维西 --live
    govnews site refresh --json
    """
    if live and not names:
        raise Failure("no_site_given", "name the sites whose homes are to be asked for", exit_code=2)
    sights = _archived(db, required=not names)
    sites = [resolve(name, sites_dir=sites_dir) for name in names] if names else list(_known(sights, sites_dir))
    for site in sites if live else ():
        sights.setdefault(site.id, []).extend(_asked(site, private))
    found = [p for site in sites for p in proposals(site, sights.get(site.id, ()))]
    if as_json:
        show.json_lines(asdict(p) for p in found)
    else:
        for proposal in found:
            _show(proposal)
    show.say(
        f"{len(sites)} {'site' if len(sites) == 1 else 'sites'} looked at, {len(found) or 'no'} changes to propose"
    )


def _archived(db: Path, *, required: bool) -> Sights:
    """What the archive saw; nothing when there is none and none is required."""
    out: Sights = {}
    try:
        with open_archive(db, read_only=True) as archive:
            for site, asked, ended, at in redirected(archive):
                out.setdefault(site, []).append(Seen(asked, ended, at))
    except Failure as failure:
        if failure.code != "no_archive" or required:
            raise
    return out


def _known(sights: Sights, sites_dir: Path | None) -> Iterator[Site]:
    """The sites of the archive that the registry still has; of the others there is nothing to change."""
    for id in sorted(sights):
        try:
            yield resolve(id, sites_dir=sites_dir)
        except Failure as failure:
            if failure.code not in ("unknown_site", "no_site"):
                raise


def _asked(site: Site, private: bool) -> Iterator[Seen]:
    """Where the home leads now: two requests, robots.txt first. What cannot be fetched is said and proposes nothing."""
    from govnews.cli.fetch import fetch  # loads Scrapy's settings: only for those who fetch
    from govnews.crawl.settings import ROBOTSTXT_USER_AGENT

    if site.via:
        show.say(f"govnews: {site.id} is served by {site.via}: its home is not asked for")
        return
    try:
        rules, robots = fetch(urljoin(site.home, "/robots.txt"), private=private), RobotFileParser()
        robots.parse(rules.body.decode("utf-8", "replace").splitlines() if rules.status == 200 else [])
        if not robots.can_fetch(ROBOTSTXT_USER_AGENT, site.home):
            show.say(f"govnews: robots.txt asks us not to fetch {site.home}")
            return
        page = fetch(site.home, private=private)
    except Failure as failure:
        show.say(f"govnews: {failure.sentence}" + (f"; {failure.hint}" if failure.hint else ""))
        return
    if 200 <= page.status < 300 and page.url:
        yield Seen(site.home, page.url, page.fetched_at)
    else:
        show.say(f"govnews: {site.home} answers with status {page.status}")


def _show(p: Proposal) -> None:
    """As a diff: where, why, the old line and the new one."""
    click.echo(
        show.bold(show.clean(f"{p.file}:{p.line}" if p.line else p.file)) + show.clean(f"  {p.site} {p.what}: {p.why}")
    )
    click.echo(show.coloured(show.clean(f"-{p.old}"), "red"))
    click.echo(show.coloured(show.clean(f"+{p.new}"), "green"))
