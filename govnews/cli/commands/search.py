"""govnews search. May import: archive, sites, click."""

from __future__ import annotations

import csv
import re
import sys
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import click

from govnews.archive import Archive, find, open_archive
from govnews.archive.search.index import folding_of
from govnews.archive.search.language import SAID, left_out
from govnews.archive.search.query import Facet, Order
from govnews.cli import options, show
from govnews.cli.catching_up import catch_up
from govnews.cli.place import site_id
from govnews.model import Failure
from govnews.sites import full_province

GROUP = "Read the archive"
_COLUMNS = (
    "uid",
    "site",
    "county",
    "province",
    "prefecture",
    "publish_date",
    "publish_time",
    "title",
    "source",
    "view_count",
    "url",
    "snippet",
)
_FACETS = {
    "month": ("month", "articles"),
    "county": ("province", "prefecture", "county", "site", "articles"),
    "source": ("source", "articles"),
}


@click.command()
@click.argument("query", default="")
@options.db
@click.option("--county", "--site", "site", help="One county, by code or name.")
@click.option("--province", help="One province: 云南, 云南省 or 53.")
@click.option("--prefecture", help="One prefecture, by its name or the beginning of it: 迪庆.")
@click.option("--source", help="Part of the 来源.")
@click.option("--since", type=options.Day(), help="Published on this day or later.")
@click.option("--until", type=options.Day(last=True), help="Published on this day or earlier.")
@click.option(
    "--order", type=click.Choice(["date", "relevance"]), default="date", show_default=True, help="Newest or best first."
)
@click.option("--exact", is_flag=True, help="As typed: width, case, 繁简 and signs inside words count.")
@click.option(
    "--count-by", type=click.Choice(["month", "county", "source"]), help="How many hits by month, county or source."
)
@click.option("--limit", type=click.IntRange(1, 10**9), default=20, show_default=True, help="At most so many.")
@click.option("--csv", "as_csv", is_flag=True, help="CSV instead of text.")
@options.as_json
def command(
    query: str,
    db: Path,
    site: str | None,
    province: str | None,
    prefecture: str | None,
    source: str | None,
    since: str | None,
    until: str | None,
    order: Order,
    exact: bool,
    count_by: Facet | None,
    limit: int,
    as_csv: bool,
    as_json: bool,
) -> None:
    """Find articles whose title or text holds QUERY, newest first.

    Words stand for both, "a phrase" for one after the other; AND, OR, NOT and brackets combine them. Any string is found, from one
    character; signs inside a word are a break (2021-06-02 finds 2021.06.02), signs around it are left out.

    \b
    govnews search 防汛
    govnews search '(防汛 OR 抗旱) NOT 演练' --order relevance
    govnews search 易地搬迁 --province 云南 --since 2020 --until 2020 --count-by county
    govnews search '"县委 县政府"' --county 维西 --json
    """
    if as_csv and as_json:
        raise click.UsageError("--json or --csv, not both", click.get_current_context())
    for name, value in (("--province", province), ("--prefecture", prefecture), ("--source", source)):
        if value is not None and not value.strip():
            raise click.UsageError(f"{name} is empty", click.get_current_context())
    if since and until and since > until:
        raise click.UsageError(f"--since {since} is after --until {until}", click.get_current_context())
    where = full_province(province) if province else None
    catch_up(db)
    with open_archive(db, read_only=True) as archive:
        wanted = find.Query(
            query,
            site_id(archive, site),
            where,
            source,
            since,
            until,
            limit,
            prefecture=_prefecture(archive, prefecture),
            order=order,
            exact=exact,
        )
        total = find.count(archive, wanted)
        rows = find.count_by(archive, wanted, count_by) if count_by else find.search(archive, wanted)
        signs = left_out(query, folding_of(archive))
    _show(rows, list(_FACETS[count_by]) if count_by else list(_COLUMNS), as_json, as_csv)
    if signs:
        show.say(f"signs around words are not searched: {show.clean(signs)}{_meant(query)}")
    if not total:
        show.say(
            (f"nothing found for {show.clean(_short(query))}" if query else "nothing found") + _small_operator(query)
        )
    elif not count_by:
        show.say(f"{len(rows)} of {total} shown" + (f"; --limit {total} shows all" if len(rows) < total else ""))


def _show(rows: list[dict[str, Any]], columns: list[str], as_json: bool, as_csv: bool) -> None:
    if as_json:
        marked = ["title_marks", "snippet_marks"] if "snippet" in columns else []
        show.json_lines({name: row[name] for name in columns + marked} for row in rows)
    elif as_csv:
        writer = csv.DictWriter(sys.stdout, columns, extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    elif "snippet" in columns:
        for row in rows:
            _print(show.clean(row))
    else:
        show.table(rows, headers={name: name for name in columns})


def _short(query: str) -> str:
    """A query as it is said back."""
    return query if len(query) <= SAID else query[:SAID] + "…"


def _meant(query: str) -> str:
    """What other search boxes read in a sign, and how it is written here."""
    return "; to leave a word out: NOT before it" if re.search(r"(?:^|\s)[-－]\w", query) else ""


def _small_operator(query: str) -> str:
    """Operators are written in capitals: `or` is a word that nothing held."""
    small = re.search(r"\s(and|or|not)\s", query)
    return f"; {small[1]} is a word, the operator is {small[1].upper()}" if small else ""


def _print(row: dict[str, Any]) -> None:
    """Date, title, uid; place, source, views; the sentence of a hit."""
    margin = " " * 12
    place = " ".join(p for p in (row["province"], row["county"] or row["site"]) if p)
    views = f"{row['view_count']} 次浏览" if row["view_count"] is not None else ""
    title = show.marked(row["title"], row["title_marks"]) if row["title"] else "(no title)"
    click.echo(f"{row['publish_date'] or '(no date) '}  {title}  {row['uid']}")
    click.echo(margin + " · ".join(p for p in (place, row["source"] or "来源未注明", views) if p))
    if row["snippet"]:
        click.echo(margin + show.marked(row["snippet"], row["snippet_marks"]))


def _prefecture(archive: Archive, name: str | None) -> str | None:
    """The full name of a prefecture that this archive has articles of. Raises Failure `unknown_prefecture`."""
    if name is None:
        return None
    rows = archive.connection.execute("SELECT DISTINCT prefecture FROM sites WHERE prefecture <> '' ORDER BY 1")
    known = [row["prefecture"] for row in rows]
    hits = [full for full in known if full == name] or [full for full in known if full.startswith(name)]
    if len(hits) == 1:
        return str(hits[0])
    several = f"{name} means several: {', '.join(hits)}" if hits else f"this archive has no prefecture {name}"
    nearest = ", ".join(get_close_matches(name, known, cutoff=0.3) or known[:5])
    raise Failure("unknown_prefecture", several, hint=nearest and f"it has {nearest}", exit_code=2)
