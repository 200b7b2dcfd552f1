"""govnews annotations. May import: archive, report (agreement), click."""

from __future__ import annotations

import csv
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from govnews.archive import held_archive, open_archive, utc_now
from govnews.archive.annotations import COLUMNS, NEEDED, codes, every_annotation, import_annotations
from govnews.archive.coding_sheet import HEAD, codes_of, is_sheet, sheet
from govnews.archive.find import Query
from govnews.cli import options, show
from govnews.cli.group import NearestGroup
from govnews.cli.table_file import table_names, table_rows
from govnews.model import Failure
from govnews.report.agreement import agreement

GROUP = "Read the archive"


@click.group(cls=NearestGroup)
def command() -> None:
    """What coders wrote down about articles.

    \b
    govnews annotations sheet --coder 王 --codebook tone-2 --codes praise,topic --size 200 > wang.csv
    govnews annotations import codes.csv
    govnews annotations export > codes.csv
    govnews annotations agree 王 李 --codebook tone-2
    """


@command.command("sheet")
@options.db
@click.option("--coder", required=True, help="Who will fill it.")
@click.option("--codebook", required=True, help="The book of codes, with its edition: tone-2.")
@click.option("--codes", "fields", required=True, help="Its codes, by commas: each an empty column.")
@click.option("--query", default="", help="Articles whose title or text holds this, as search finds them.")
@click.option("--since", type=options.Day(), help="Published on this day or later.")
@click.option("--until", type=options.Day(last=True), help="Published on this day or earlier.")
@click.option("--size", type=click.IntRange(1), help="So many articles, drawn by the seed; all when left out.")
@click.option(
    "--seed", type=int, default=1, show_default=True, help="The same seed draws the same articles in the same order."
)
@click.option("--excerpt", type=click.IntRange(1), help="So many characters of each text; whole when left out.")
def sheet_(
    db: Path,
    coder: str,
    codebook: str,
    fields: str,
    query: str,
    since: str | None,
    until: str | None,
    size: int | None,
    seed: int,
    excerpt: int | None,
) -> None:
    """Write a sheet for a coder to stdout: an article a line, with an empty column for each code.

    It shows no codes of anybody. What this coder has coded by that book already is left out. Give two coders the same seed and size to
    compare them. Filled, it goes back with import.

    \b
    govnews annotations sheet --coder 王 --codebook tone-2 --codes praise,topic --size 200 > wang.csv
    govnews annotations import wang.csv
    """
    names = [name.strip() for name in fields.split(",")]
    wanted = Query(text=query, since=since, until=until)
    with open_archive(db, read_only=True) as archive:
        rows = list(sheet(archive, wanted, coder, codebook, names, size=size, seed=seed, excerpt=excerpt))
    sys.stdout.write("\ufeff")  # Excel
    writer = csv.DictWriter(sys.stdout, (*HEAD, *names), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    show.say(f"{len(rows):,} articles to code")


@command.command("import")
@click.argument("path", type=click.Path(path_type=Path))
@options.db
@options.as_json
def import_(path: Path, db: Path, as_json: bool) -> None:
    """Take annotations in.

    A filled sheet, or a CSV with the columns coder, codebook, uid, field, value; made_at (UTC; now when absent) and text_sha256 (the text that was
    coded; the article's present one when absent) are kept when there. Lines with an empty value are left out. All lines are taken, or
    none.

    \b
    govnews annotations import codes.csv
    """
    with held_archive(db) as archive:
        filled = is_sheet(table_names(path))
        rows = codes_of(archive, table_rows(path, ("coder",))) if filled else table_rows(path, NEEDED)
        done = import_annotations(archive, rows, now=utc_now())
    if as_json:
        show.json_lines([done])
        return
    click.echo(f"{done['new']} annotations new, {done['read'] - done['new']} were here already")
    if done["assumed"]:
        show.say(f"{done['assumed']} named no text_sha256: taken to be about the texts as they are now")


@command.command("export")
@options.db
@click.option("--codebook", help="Only this book of codes.")
@options.as_json
def export_(db: Path, codebook: str | None, as_json: bool) -> None:
    """Write all annotations as CSV to stdout; what this command writes, import reads.

    text_changed is 1 where the article's text is another now than the coder saw.

    \b
    govnews annotations export > codes.csv
    """
    with open_archive(db, read_only=True) as archive:
        rows = list(every_annotation(archive, codebook))
    if as_json:
        show.json_lines(rows)
        return
    writer = csv.DictWriter(sys.stdout, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)


@command.command("agree")
@click.argument("first")
@click.argument("second")
@options.db
@click.option("--codebook", required=True, help="The book of codes that both used.")
@options.as_json
def agree_(first: str, second: str, db: Path, codebook: str, as_json: bool) -> None:
    """Say how far two coders agree, field by field.

    Each coder's newest code counts, on the articles that both coded: percent, Cohen's kappa, Krippendorff's alpha (nominal).
    A dash: the measure says nothing, as where all codes are alike.

    \b
    govnews annotations agree 王 李 --codebook tone-2
    """
    with open_archive(db, read_only=True) as archive:
        fields = codes(archive, codebook)
    if not fields:
        raise Failure("no_codebook", f"no annotation is by codebook {codebook}")
    coders = {coder for units in fields.values() for given in units.values() for coder in given}
    for name in (first, second):
        if name not in coders:
            hint = f"who did: {'、'.join(sorted(coders))}"
            raise Failure("no_coder", f"{name} coded nothing by {codebook}", hint=hint)
    rows: list[dict[str, Any]] = []
    for field, units in sorted(fields.items()):
        pairs = [(given[first], given[second]) for given in units.values() if first in given and second in given]
        rows.append({"field": field, **asdict(agreement(pairs))})
    if as_json:
        show.json_lines(rows)
        return
    measures = ("percent", "kappa", "alpha")
    show.table([{**row, **{m: None if row[m] is None else round(row[m], 3) for m in measures}} for row in rows])
