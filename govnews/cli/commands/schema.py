"""govnews schema. May import: archive, click."""

from __future__ import annotations

import difflib

import click

from govnews.archive import SCHEMA
from govnews.cli import options, show
from govnews.model import Failure

GROUP = "Read the archive"


@click.command()
@click.argument("tables", nargs=-1)
@click.option("--zh", is_flag=True, help="Meanings in Chinese.")
@options.as_json
def command(tables: tuple[str, ...], zh: bool, as_json: bool) -> None:
    """Print the data dictionary: every table and column with its meaning.

    \b
    govnews schema
    govnews schema articles --zh
    """
    known = {t.name: t for t in SCHEMA}
    for name in tables:
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            raise Failure(
                "unknown_table",
                f"there is no table {name}",
                hint=f"did you mean {near[0]}?" if near else ", ".join(known),
                exit_code=2,
            )
    for table in (known[n] for n in tables) if tables else SCHEMA:
        if as_json:
            show.json_lines({"table": table.name, "column": c.name, "en": c.en, "zh": c.zh} for c in table.columns)
            continue
        click.echo(show.bold(table.name) + f"  {table.zh if zh else table.en}")
        show.table([{"column": "  " + c.name, "meaning": c.zh if zh else c.en} for c in table.columns], cut=110)
        click.echo()
