"""govnews show. May import: archive, click."""

from __future__ import annotations

from pathlib import Path

import click

from govnews.archive import find, open_archive
from govnews.cli import options, show
from govnews.cli.article import print_article, print_history

GROUP = "Read the archive"


@click.command()
@click.argument("uid")
@options.db
@click.option("--history", is_flag=True, help="Earlier versions with what changed, and the view counts in time.")
@options.as_json
def command(uid: str, db: Path, history: bool, as_json: bool) -> None:
    """Show one article: every field with how it was found, the text, the capture it rests on.

    UID as `search` prints it (its beginning is enough), or the article's address.

    \b
    govnews show 3f9a0c1d2e4b5a69
    govnews show 3f9a --history
    """
    with open_archive(db, read_only=True) as archive:
        article = find.get(archive, uid)
        versions = find.history(archive, article["uid"])
        views = find.views(archive, article["uid"])
    if as_json:
        show.json_lines([{**article, "history": versions, "view_observations": views} if history else article])
        return
    print_article(article)
    if history:
        print_history(article, versions, views)
    elif versions:
        click.echo(
            f"\n{len(versions)} earlier version{'s' if len(versions) > 1 else ''}: govnews show {article['uid']} --history"
        )
