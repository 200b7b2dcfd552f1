"""govnews index. May import: archive, click."""

from __future__ import annotations

from pathlib import Path

import click

from govnews.archive import held_archive
from govnews.archive.search.form import is_small
from govnews.archive.search.index import lag, update_index
from govnews.cli import options, show
from govnews.cli.progress import Progress

GROUP = "Upkeep"


@click.command("index")
@options.db
@click.option("--form", type=click.Choice(["full", "small"]), help="Make it anew in this form, if it has the other.")
@click.option("--rebuild", is_flag=True, help="Make it anew, which clears superseded versions away.")
@options.as_json
def command(db: Path, form: str | None, rebuild: bool, as_json: bool) -> None:
    """Fill the search index, or make it anew.

    Crawls and searches fill it by themselves. The small form takes a quarter of the space of the full one, for archives of very many
    articles: it is as exact, but reads every hit of a word of three and more characters, and cannot order by relevance.

    \b
    govnews index
    govnews index --form small
    """
    progress = Progress("articles")
    with held_archive(db) as archive:
        small = None if form is None else form == "small"
        anew = rebuild or small not in (None, is_small(archive))
        articles = archive.connection.execute("SELECT count(*) FROM articles").fetchone()[0]
        total = articles if anew else lag(archive)
        done = update_index(archive, rebuild=rebuild, small=small, progress=lambda n: progress.of(n, total))
        present = "small" if is_small(archive) else "full"
        if anew:
            archive.connection.execute("VACUUM")
    progress.end()
    if as_json:
        show.json_lines([{"articles": done, "form": present}])
        return
    click.echo(f"{done} articles indexed; the index has the {present} form")
