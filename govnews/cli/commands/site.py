"""govnews site. May import: sites, click, its neighbours in the command line."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from govnews import cli
from govnews.cli import options, show
from govnews.cli.group import NearestGroup
from govnews.cli.learned import known_to
from govnews.model import Column, LearnedLayout, Site
from govnews.sites import all_sites, directory, load_site_files, others_of, resolve, search, search_files
from govnews.sites.scope import SCOPES
from govnews.text.moments import local_day

GROUP = "Registry"


@click.group(cls=NearestGroup)
def command() -> None:
    """The registry: which counties are known, and how each is crawled.

    \b
    govnews site list --province 云南
    govnews site show 维西
    govnews site search 朝阳
    """


@command.command("list")
@click.option("--province", help="Only one province: 云南, 云南省 or 53.")
@click.option("--files", is_flag=True, help="Only sites that have a site file.")
@options.sites
@options.as_json
def list_(province: str | None, files: bool, sites_dir: Path | None, as_json: bool) -> None:
    """List county sites; with --sites and no --province those that have a site file.

    \b
    govnews site list --province 云南
    govnews site list --files --json
    """
    only_files = files or (sites_dir is not None and province is None)
    chosen: Iterable[Site] = all_sites(province=province, sites_dir=sites_dir)
    if only_files:
        wanted = {site.id for site in chosen} if province else None
        chosen = [s for id, s in load_site_files(sites_dir).items() if wanted is None or id in wanted]
    rows = [_row(site) for site in chosen]
    if as_json:
        show.json_lines(rows)
        return
    heads = ("id", "name", "province", "prefecture", "home", "columns")
    named = [{**row, "columns": ", ".join(c["name"] or c["url"] for c in row["columns"]) or None} for row in rows]
    show.table(named, headers={name: name for name in heads}, cut=40)
    show.say(f"{len(rows)} sites, {sum(bool(row['columns']) for row in rows)} with a news column")


def _row(site: Site) -> dict[str, Any]:
    return {
        "id": site.id,
        "name": site.name,
        "province": site.province,
        "prefecture": site.prefecture,
        "home": site.home,
        "hosts": list(site.hosts),
        "columns": [{"name": c.name, "url": c.url, "scope": c.scope or None} for c in site.columns],
        "family": site.family or None,
        "origin": "directory" if site.origin == "directory" else "site file",
        "note": site.note or None,
    }


@command.command("show")
@click.argument("name")
@options.db
@options.sites
@options.as_json
def show_(name: str, db: Path, sites_dir: Path | None, as_json: bool) -> None:
    """Show all that is known of one county's site, and from where.

    NAME is a division code, a county's name (also a former one) or a site id.

    \b
    govnews site show 维西
    govnews site show 北京市朝阳区 --json
    """
    site = resolve(name, learned=known_to(db), sites_dir=sites_dir)
    home = directory().homes.get(site.id, {})
    if as_json:
        others = [other.id for other in others_of(site, sites_dir)]
        layouts = [asdict(layout) for layout in site.learned_layouts]
        more = {"delay": site.delay, "others": others, "directory": _directory(site), "learned_layouts": layouts}
        show.json_lines([{**_row(site), **_place(site), **more}])
        return
    place = _place(site)
    click.echo(show.bold(site.name) + (f"  {place['place']}" if place else ""))
    if site.note:
        click.echo(site.note)
    origin = "the directory" if site.origin == "directory" else site.origin
    stated = resolve(name, sites_dir=sites_dir).family
    family_from = "" if stated else f"learned, in {db}" if site.family else "found at the first crawl"
    checked = f"checked {home['checked']}, {home['access'] or 'not tried'}" if home.get("homepage") == site.home else ""
    show.card(
        [
            ("site", site.id, f"from {origin}"),
            *[("county's other", f"{o.name} ({o.id})", o.home) for o in others_of(site, sites_dir)],
            *[("formerly", f"{h['name']} ({h['code']})", _until(h)) for h in place.get("history", ())],
            *([("namesakes", "; ".join(place["namesakes"]), "")] if place.get("namesakes") else []),
            ("home", site.home, checked),
            ("hosts", ", ".join(site.hosts), "nothing else is fetched"),
            *[("column", f"{c.name}  {c.url}".strip(), _scope(site, c)) for c in site.columns],
            *([] if site.columns else [("column", None, "without one it cannot be crawled")]),
            ("family", site.family or None, family_from),
            *[("layout", " > ".join(layout.body), _layout(layout)) for layout in site.learned_layouts],
            ("delay", f"{site.delay:g} s", "between requests to a host"),
            *([("via", site.via, "all requests go there")] if site.via else []),
        ]
    )


def _layout(layout: LearnedLayout) -> str:
    """What a learned layout rests on, and when it held."""
    held = (
        f"{local_day(layout.since)} to {local_day(layout.until)}"
        if layout.until
        else f"since {local_day(layout.since)}"
    )
    rival = f", {layout.rival} of them at the next likely place" if layout.rival else ""
    return f"{held}; texts of {layout.agree} of {layout.pages} pages{rival}"


def _place(site: Site) -> dict[str, Any]:
    """Full name, code, former divisions and namesakes of the county; empty for a site outside the directory."""
    known = directory()
    division = known.divisions.get(site.division_code or "")
    if division is None:
        return {}
    return {
        "division_code": division.code,
        "full_name": division.name,
        "place": division.place,
        "former_names": list(known.former_names(division.code)),
        "history": [
            {key: row[key] for key in ("code", "name", "status", "first_seen", "last_seen", "successor_confidence")}
            for row in known.history.get(division.code, ())
        ],
        "namesakes": [f"{d.place} ({d.code})" for d in known.namesakes(division.code)],
    }


def _until(row: dict[str, str]) -> str:
    """How and when a former division ended, as far as the yearly lists say."""
    return f"{row['status']}, in the lists to {row['last_seen'][:4]}"


def _directory(site: Site) -> dict[str, Any]:
    """What the curated tables say, whatever a site file overrides."""
    known = directory()
    return {"home": known.homes.get(site.id), "column": known.columns.get(site.id)}


def _scope(site: Site, column: Column) -> str:
    """Whose news a column carries, and where that is known from."""
    told = f"{column.scope}: {SCOPES[column.scope]}" if column.scope else "its name does not say whose news"
    row = directory().columns.get(site.id, {})
    return f"{told}; checked {row['checked']}" if row.get("url") == column.url else told


@command.command("search")
@click.argument("text")
@options.sites
@options.as_json
def search_(text: str, sites_dir: Path | None, as_json: bool) -> None:
    """Find divisions by part of a name, a former name, a code or a host; and what site files add, such as a county's second site.

    \b
    govnews site search 朝阳
    govnews site search weixi.gov.cn --json
    """
    known = directory()
    rows: list[dict[str, Any]] = [
        {
            "code": d.code,
            "name": d.name,
            "place": d.place,
            "level": d.level,
            "former_names": [n for n in known.former_names(d.code) if text in n],
            "home": known.homes.get(d.code, {}).get("homepage"),
        }
        for d in search(text)
    ]
    rows += [_filed(site) for site in search_files(text, sites_dir) if site.id not in known.divisions]
    if as_json:
        show.json_lines(rows)
    else:
        named = [{**row, "former_names": "、".join(row["former_names"]) or None} for row in rows]
        heads = {"code": "code", "name": "name", "place": "place", "former_names": "formerly", "home": "home"}
        show.table(named, headers=heads)
    if not rows:
        show.say(f"nothing in the directory holds {text}")


def _filed(site: Site) -> dict[str, Any]:
    """A row of search for a site that is no division: a second one, or one outside the directory."""
    division = directory().divisions.get(site.division_code or "")
    place = division.place if division else None
    return {
        "code": site.id,
        "name": site.name,
        "place": place,
        "level": "site",
        "former_names": [],
        "home": site.home,
    }


for _found in pkgutil.iter_modules(cli.__path__):  # the larger ones are files of their own
    if _found.name.startswith("site_"):
        command.add_command(importlib.import_module(f"{cli.__name__}.{_found.name}").command)
