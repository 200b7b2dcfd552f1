"""govnews site add: from one address to a site file. May import: onboard, sites, click, its neighbours in the command line."""

from __future__ import annotations

import os
import sys
from functools import partial
from pathlib import Path

import click

from govnews.cli import options, show
from govnews.cli.fetch import once
from govnews.families import families
from govnews.model import Failure
from govnews.onboard import Proposal, Visitor, Wish, propose, site_file, skeleton, write
from govnews.onboard.proposal import shown
from govnews.onboard.write import Reach, path_of
from govnews.sites import directory, division_of
from govnews.sites.site_file import ADDRESS, ID

DELAY = 3.0
"""Seconds between two requests to a public host."""
_SIGNS = {"found": "ok", "doubtful": "??", "missing": "--"}


@click.command("add")
@click.argument("url")
@options.sites
@click.option("--id", "site_id", help="The site's id: a division code, or 533423-rmt for a second site.")
@click.option("--county", help="Whose site it is, by name or code; wins over what the page says.")
@click.option("--family", help="The CMS family, when two are close.")
@click.option("--dry-run", is_flag=True, help="Show the proposal, write nothing.")
@click.option("--yes", is_flag=True, help="Write without a question, doubts or not.")
@click.option("--private", is_flag=True, help="Allow hosts on this machine or a private network.")
@click.option(
    "--via", default="", metavar="ADDRESS", help="Send all requests there, their Host kept; implies --private."
)
@options.as_json
def command(
    url: str,
    sites_dir: Path | None,
    site_id: str | None,
    county: str | None,
    family: str | None,
    dry_run: bool,
    yes: bool,
    private: bool,
    via: str,
    as_json: bool,
) -> None:
    """Add a site from one address: its home page, a column or an article.

    Asks some twenty pages, politely; tells whose site it is, its CMS family and the columns of its own news; reads
    a list and three articles; shows what is doubtful and writes a site file with sample pages beside it.

    \b
    govnews site add http://www.weixi.gov.cn/ --dry-run
    govnews site add http://www.weixi.gov.cn/ --county 维西 --sites my-sites --yes
    """
    url = _address(url)
    wish = Wish(url, _id(site_id, county), _family(family))
    near = private or bool(via)
    if not os.environ.get("GOVNEWS_CONTACT") and not near:
        show.say("set GOVNEWS_CONTACT to an address at which the sites you visit can reach you")
    folder = Path(sites_dir or os.environ.get("GOVNEWS_SITES") or "data/sites")
    visitor = Visitor(partial(once, private=near, via=via), 0 if near else DELAY)
    found = propose(wish, visitor, directory())
    reach = Reach(private, via)
    if as_json:
        text = None if found.stops else site_file(found, reach)
        show.json_lines([show.clean({**found.to_dict(), "site_file": text})])
    else:
        _print(found)
    _refuse(found, as_json)
    if not as_json:
        click.echo(f"\n{show.bold(str(path_of(found.owner.code if found.owner else '', folder)))}")
        click.echo(show.clean(site_file(found, reach)), nl=False)
    if dry_run:
        show.say("nothing was written (--dry-run)")
        return
    _ask(found, yes)
    paths = write(found, folder, reach)
    show.say(f"written: {paths[0]}, and {len(paths) - 2} sample pages in {paths[-1].parent}")
    show.say(f"next: govnews crawl {found.owner.code if found.owner else ''} --limit 20{_option(sites_dir)}")


def _option(sites_dir: Path | None) -> str:
    return f" --sites {sites_dir}" if sites_dir else ""


def _address(url: str) -> str:
    """An address with a scheme. Raises Failure `no_address`."""
    full = url if "://" in url else f"http://{url}"
    if not ADDRESS.fits(full):
        raise Failure("no_address", f"{url} is no address", hint="write http://www.weixi.gov.cn/", exit_code=2)
    return full if full.count("/") > 2 else f"{full}/"


def _id(site_id: str | None, county: str | None) -> str:
    """The id that a person gave, or "". Raises Failure `bad_id` and those of division_of."""
    if site_id and not ID.fits(site_id):
        raise Failure("bad_id", f"the id should be {ID.words}, not {site_id}", exit_code=2)
    code = division_of(county) if county else ""
    if site_id and code and site_id[:6] != code:
        raise Failure("bad_id", f"--id {site_id} and --county {county} ({code}) do not agree", exit_code=2)
    return site_id or code


def _family(name: str | None) -> str:
    known = [f.name for f in families()]
    if name and name not in known:
        raise Failure("unknown_family", f"there is no family {name}", hint=f"known: {', '.join(known)}", exit_code=2)
    return name or ""


def _print(found: Proposal) -> None:
    """The steps, the columns turned down, the articles, what is doubtful."""
    show.card([(f"{_SIGNS[s.state]} {s.name}", show.clean(s.said), "") for s in found.steps])
    if found.turned_down:
        click.echo("\nnot taken:")
        for one in found.turned_down:
            click.echo(show.clean(f"  {one.name}  {one.url}  ({one.reason})"))
    if found.articles:
        click.echo()
        show.table([show.clean(shown(read)) for read in found.articles], headers=_HEADS, cut=40)
    doubts = [f"{step.name}: {doubt}" for step in found.asks for doubt in step.doubts or [step.said]]
    if doubts:
        click.echo("\nfor you to look at:")
        for doubt in doubts:
            click.echo(show.clean(f"  {doubt}"))
    show.say(f"\n{found.requests} requests; {len(found.asks)} of {len(found.steps)} steps ask a person")


_HEADS = {"title": "title", "publish_time": "published", "source": "source", "view_count": "views", "body": "body"}


def _refuse(found: Proposal, as_json: bool) -> None:
    """Raises Failure `not_understood`, after a skeleton to be completed by hand, when a step stops the writing."""
    if not found.stops:
        return
    if not as_json:
        click.echo("\nby hand, from this:\n")
        click.echo(show.clean(skeleton(found)), nl=False)
    why = "; ".join(f"{step.name}: {', '.join([step.said, *step.doubts])}" for step in found.stops)
    raise Failure("not_understood", f"no site file was written: {why}", hint="docs/add-a-county.md says how by hand")


def _ask(found: Proposal, yes: bool) -> None:
    """Whether to write. Raises Failure `not_asked` where nobody can be asked, click.Abort for no."""
    if yes:
        return
    if not sys.stdin.isatty():
        raise Failure("not_asked", "nobody is there to be asked", hint="--yes writes it, --dry-run only shows")
    doubts = f" in spite of {len(found.asks)} doubtful steps" if found.asks else ""
    click.confirm(f"write it{doubts}?", abort=True, err=True)
