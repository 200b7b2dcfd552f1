"""govnews show. May import: archive, click."""

from __future__ import annotations

from pathlib import Path

import click

from govnews.archive import find, open_archive
from govnews.cli import options, show
from govnews.cli.article import print_article, print_history, print_texts, print_views

GROUP = "Read the archive"


@click.command()
@click.argument("uid")
@options.db
@click.option("--history", is_flag=True, help="Earlier versions: when each was seen, and what changed.")
@click.option("--full", is_flag=True, help="With --history, every version's whole text too.")
@click.option("--views", "with_views", is_flag=True, help="The view counts as they were read, in time.")
@options.as_json
def command(uid: str, db: Path, history: bool, full: bool, with_views: bool, as_json: bool) -> None:
    """Show one article: every field with how it was found, the text, the capture it rests on.

    UID as `search` prints it (its beginning is enough), or the article's address.

    \b
    govnews show 3f9a0c1d2e4b5a69
    govnews show 3f9a --history
    govnews show 3f9a --views
    """
    with open_archive(db, read_only=True) as archive:
        article = find.get(archive, uid)
        versions = find.history(archive, article["uid"])
        views = find.views(archive, article["uid"])
        evidence = find.evidence(archive, article["uid"])
    if as_json:
        more = {"history": versions, "view_observations": views, "evidence": evidence}
        show.json_lines([{**article, **more} if history or with_views else article])
        return
    print_article(article)
    if history:
        print_history(article, versions)
        if full:
            print_texts(article, versions)
    elif versions:
        several = "s" if len(versions) > 1 else ""
        click.echo(f"\n{len(versions)} earlier version{several}: govnews show {article['uid']} --history")
    if with_views:
        print_views(views)
