"""govnews sample. May import: sites, click, its neighbours in the command line."""

from __future__ import annotations

import csv
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from govnews.cli import options, show
from govnews.cli.sample import NAMES, own_frame
from govnews.sites import County, frame, full_province
from govnews.sites.sampling import Drawn, digest, draw

GROUP = "Crawl"


@click.command()
@click.option(
    "--by", default="province", show_default=True, help="Strata: province, prefecture, type, state, by commas."
)
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed draws the same counties anywhere.")
@click.option("--size", type=click.IntRange(1), default=300, show_default=True, help="How many counties.")
@click.option(
    "--at", type=click.IntRange(1981, 2100), help="The frame at the end of this year; as of today when left out."
)
@click.option("--province", help="Only one province: 云南, 云南省 or 53.")
@click.option(
    "--frame",
    "frame_file",
    type=click.Path(path_type=Path),
    help="A CSV of your own, with a column code: only these counties. Its other columns can be strata.",
)
@click.option("--replacements", type=click.IntRange(0), default=0, help="So many further counties of each stratum.")
@click.option("--table", is_flag=True, help="Instead: what is drawn and can be crawled against what is not.")
@options.sites
@options.as_json
def command(
    by: str,
    seed: int,
    size: int,
    at: int | None,
    province: str | None,
    frame_file: Path | None,
    replacements: int,
    table: bool,
    sites_dir: Path | None,
    as_json: bool,
) -> None:
    """Draw counties at random, by strata, to a CSV that crawl, coverage and export read with --sample.

    What was drawn and cannot be crawled stays in the file with its reason; a replacement names whom it stands in for.

    \b
    govnews sample --by province,type --seed 7 --size 300 --at 2024 > sample.csv
    govnews sample --by province --seed 7 --size 300 --replacements 3 --table
    govnews sample --frame poor-counties.csv --by province,year_of_exit --size 100 > sample.csv
    govnews crawl --sample sample.csv --since 2024
    """
    keys = [key.strip() for key in by.split(",") if key.strip()]
    wanted = full_province(province) if province else None
    if frame_file and at:
        raise click.UsageError("--frame or --at, not both", click.get_current_context())
    whole = own_frame(frame_file, sites_dir) if frame_file else frame(sites_dir, at=at)
    units = [county for county in whole if wanted in (None, county.province)]
    rows = draw(units, keys, seed=seed, size=size, replacements=replacements)
    if table:
        lines = _table(units, rows, keys)
        show.json_lines(lines) if as_json else show.table(lines)
        return
    design = f"by={by} seed={seed} size={size} at={at or 'today'} province={wanted or 'all'} frame={digest(units)}"
    if as_json:
        show.json_lines(_row(row, design) for row in rows)
    else:
        out = csv.DictWriter(sys.stdout, NAMES, lineterminator="\n")
        out.writeheader()
        out.writerows(_row(row, design) for row in rows)
    chosen = [row for row in rows if row.role == "drawn"]
    lacking = sum(row.county.state != "crawlable" for row in chosen)
    replaced = sum(bool(row.replacement_for) for row in rows)
    show.say(
        f"{len(chosen):,} of {len(units):,} counties drawn; {lacking} cannot be crawled, {replaced} of them replaced"
    )


def _row(row: Drawn, design: str) -> dict[str, Any]:
    county = row.county
    values = (
        row.order, row.role, row.replacement_for, county.code, county.name, county.province, county.prefecture, county.type,
        county.code_then, county.name_then, row.stratum, row.units, row.taken, row.weight, county.state, row.reason, design,
    )  # fmt: skip
    return dict(zip(NAMES, values, strict=True))


def _table(units: Sequence[County], rows: Sequence[Drawn], keys: Sequence[str]) -> list[dict[str, Any]]:
    """One line for each value of each key, and one for all: the frame, the sample, and of it what can be crawled and what cannot."""
    chosen = [row.county for row in rows if row.role == "drawn"]
    stand_in = [row.county for row in rows if row.replacement_for]
    out = []
    for key in ("", *keys):
        values = sorted({c.group(key) for c in units}) if key else ["all"]
        for value in values:
            inside = [[c for c in group if not key or c.group(key) == value] for group in (units, chosen, stand_in)]
            states = Counter(c.state for c in inside[1])
            out.append(
                {
                    "by": key or "all",
                    "value": value,
                    "frame": len(inside[0]),
                    "drawn": len(inside[1]),
                    "crawlable": states["crawlable"],
                    "no_site": states["no_site"],
                    "no_column": states["no_column"],
                    "replaced": len(inside[2]),
                    "crawlable_in_frame": sum(c.state == "crawlable" for c in inside[0]),
                }
            )
    return out
