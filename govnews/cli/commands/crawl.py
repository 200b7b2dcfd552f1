"""govnews crawl. May import: crawl, sites, archive, click."""

from __future__ import annotations

import os
from pathlib import Path

import click

from govnews.cli import options, show
from govnews.cli.learned import known_to
from govnews.cli.sample import crawlable, drawn
from govnews.cli.site_health import say_unhealthy
from govnews.cli.summary import print_summary
from govnews.crawl.run import CrawlOptions, crawl
from govnews.model import Failure, Site
from govnews.sites import all_sites, resolve

GROUP = "Crawl"


@click.command()
@click.argument("sites", nargs=-1, metavar="SITE...")
@options.db
@options.sites
@click.option("--province", help="All counties of a province.")
@click.option("--all", "everything", is_flag=True, help="All counties of the country.")
@click.option("--sample", type=click.Path(path_type=Path), help="The counties of a file of govnews sample.")
@click.option("--since", type=options.Day(), help="Only articles that lists date on this day or later.")
@click.option("--limit", type=click.IntRange(1), help="At most so many new articles a site.")
@click.option("--full", is_flag=True, help="Read lists to their end, not only to known ground.")
@click.option("--revisit", is_flag=True, help="Visit every known article again, due or not.")
@click.option(
    "--counters",
    type=click.Choice(["safe", "all", "none"]),
    default="safe",
    show_default=True,
    help="View counters to ask: those that do not rise, all, none.",
)
@click.option(
    "--vantage",
    type=options.Vantage(),
    envvar="GOVNEWS_VANTAGE",
    help='From where you crawl: "place; country; network", in your words (or GOVNEWS_VANTAGE).',
)
@click.option("--hours", type=options.Hours(), help="Ask sites only in these hours, China time, as in 20-8.")
@click.option(
    "--read-later", is_flag=True, help="Keep article pages unread; govnews reextract reads them, on all cores."
)
@click.option("--private", is_flag=True, help="Allow hosts on this machine or a private network.")
@options.as_json
def command(
    sites: tuple[str, ...],
    db: Path,
    sites_dir: Path | None,
    province: str | None,
    everything: bool,
    sample: Path | None,
    since: str | None,
    limit: int | None,
    full: bool,
    revisit: bool,
    counters: str,
    vantage: str | None,
    hours: tuple[int, int] | None,
    read_later: bool,
    private: bool,
    as_json: bool,
) -> None:
    """Crawl counties into the archive.

    SITE is a division code, a county's name or a site id. Stopped at any moment, the same command goes on where it was.

    \b
    govnews crawl 维西
    govnews crawl 533423 北京市朝阳区 --since 2024-01
    govnews crawl --province 云南 --limit 20
    govnews crawl --sample sample.csv --since 2024 --vantage "kunming; CN; China Telecom"
    """
    sites = (*sites, *_drawn(sample)) if sample else sites
    chosen = _sites(sites, db, sites_dir, province, everything, private)
    if not os.environ.get("GOVNEWS_CONTACT") and not all(s.private for s in chosen):
        show.say("set GOVNEWS_CONTACT to an address at which the sites you visit can reach you")
    run = CrawlOptions(
        db,
        since=since,
        limit=limit,
        full=full,
        revisit=revisit,
        counters=counters,
        vantage=vantage,
        hours=hours,
        read_later=read_later,
    )
    summary = crawl(chosen, run)
    if as_json:
        show.json_lines({"site": id, **row} for id, row in summary.verdicts().items())
    else:
        print_summary(summary)
    say_unhealthy(db, sites_dir, [site.id for site in chosen])
    if summary.interrupted:
        raise KeyboardInterrupt


def _drawn(sample: Path) -> list[str]:
    """Codes of what was drawn and can be crawled; what cannot be is said."""
    codes, rows = crawlable(sample), drawn(sample)
    lacking = sum(row["status"] != "crawlable" for row in rows)
    show.say(
        f"{sample}: {len(codes):,} counties to crawl; {lacking:,} drawn cannot be crawled and stay in its coverage"
    )
    return codes


def _sites(
    names: tuple[str, ...], db: Path, sites_dir: Path | None, province: str | None, everything: bool, private: bool
) -> list[Site]:
    """The sites that are meant, each once; what has to be said of a named one (a former name, no column) goes to stderr."""
    known = known_to(db)
    chosen = [resolve(name, learned=known, sites_dir=sites_dir, private=private) for name in names]
    for site in chosen:
        if site.note:
            show.say(f"{site.name} ({site.id}): {site.note}")
    if province or everything:
        chosen += all_sites(province=province, sites_dir=sites_dir, learned=known, private=private)
    if not chosen:
        raise Failure(
            "no_site_given", "name a county, or use --province or --all", hint="govnews crawl 维西", exit_code=2
        )
    return list({site.id: site for site in chosen}.values())
