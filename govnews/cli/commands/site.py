"""govnews site. May import: sites, click."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from govnews.cli import options, show
from govnews.model import Failure, Site
from govnews.sites import all_sites, directory, load_site_files, resolve, search

GROUP = "Registry"


@click.group()
def command() -> None:
    """The registry: which counties are known, and how each is crawled.

    \b
    govnews site list --province 云南
    govnews site show 维西
    govnews site search 朝阳
    """


@command.command("list")
@click.option("--province", help="Only one province.")
@click.option("--files", is_flag=True, help="Only sites that have a site file.")
@options.sites
@options.as_json
def list_(province: str | None, files: bool, sites_dir: Path | None, as_json: bool) -> None:
    """List county sites.

    \b
    govnews site list --province 云南 --json
    """
    chosen: Iterable[Site] = (
        load_site_files(sites_dir).values()
        if files or (sites_dir and not province)
        else all_sites(province=province, sites_dir=sites_dir)
    )
    rows = [_row(site) for site in chosen]
    if as_json:
        show.json_lines(rows)
        return
    show.table(
        rows,
        headers={
            "id": "site",
            "name": "county",
            "province": "province",
            "prefecture": "prefecture",
            "home": "home",
            "columns": "columns",
        },
        cut=40,
    )
    usable = sum(bool(r["column_urls"]) for r in rows)
    show.say(f"{len(rows)} sites, {usable} with a news column")


def _row(site: Site) -> dict[str, Any]:
    return {
        "id": site.id,
        "name": site.name,
        "province": site.province,
        "prefecture": site.prefecture,
        "home": site.home,
        "columns": ", ".join(c.name for c in site.columns) or None,
        "column_urls": [c.url for c in site.columns],
        "family": site.family or None,
        "origin": "directory" if site.origin == "directory" else "site file",
        "note": site.note or None,
    }


@command.command("show")
@click.argument("name")
@options.sites
@options.as_json
def show_(name: str, sites_dir: Path | None, as_json: bool) -> None:
    """Show all that is known of one county's site, and from where.

    \b
    govnews site show 533423
    """
    site = resolve(name, sites_dir=sites_dir)
    known = directory()
    division = known.divisions.get(site.division_code or "")
    home, column = known.homes.get(site.id, {}), known.columns.get(site.id, {})
    if as_json:
        show.json_lines(
            [
                {
                    **_row(site),
                    "hosts": site.hosts,
                    "delay": site.delay,
                    "full_name": division.name if division else None,
                    "directory": {"home": home, "column": column},
                }
            ]
        )
        return
    click.echo(show.bold(site.name) + (f"  {division.place}" if division else ""))
    show.card(
        [
            ("site", site.id, site.origin),
            ("home", site.home, f"checked {home['checked']}, {home['access'] or 'not tried'}" if home else ""),
            ("hosts", ", ".join(site.hosts), ""),
            *[
                ("column", f"{c.name}  {c.url}", f"scope {column['scope']}" if column.get("url") == c.url else "")
                for c in site.columns
            ],
            *([("column", None, site.note)] if not site.columns else []),
            ("family", site.family or None, "" if site.family else "found at the first crawl"),
            ("delay", f"{site.delay:g} s", ""),
        ]
    )


@command.command("search")
@click.argument("text")
@options.as_json
def search_(text: str, as_json: bool) -> None:
    """Find divisions by part of a name, a former name, a code or a host.

    \b
    govnews site search 朝阳
    """
    rows = [
        {
            "code": d.code,
            "name": d.name,
            "place": d.place,
            "level": d.level,
            "home": directory().homes.get(d.code, {}).get("homepage"),
        }
        for d in search(text)
    ]
    if not rows:
        raise Failure("nothing_found", f"nothing in the directory holds {text}", exit_code=0)
    show.json_lines(rows) if as_json else show.table(
        rows, headers={"code": "code", "name": "name", "place": "place", "home": "home"}
    )
