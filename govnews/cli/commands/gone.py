"""govnews gone. May import: archive, text, click."""

from __future__ import annotations

from pathlib import Path

import click

from govnews.archive import find, open_archive, require_views
from govnews.cli import options, show
from govnews.model.codes import describe
from govnews.text.moments import local_time

GROUP = "Read the archive"


@click.command()
@options.db
@click.option("--site", help="Only this site id.")
@click.option("--suspect", is_flag=True, help="Also those that are not yet confirmed.")
@options.as_json
def command(db: Path, site: str | None, suspect: bool, as_json: bool) -> None:
    """List articles that are no longer found (已无法访问), with the evidence.

    No longer found is not the same as deleted: the site answered that the page is not there on several days, while other
    articles of the site were served to the same place. Blocked and unreachable sites never count. docs/evidence.md has the rules.

    \b
    govnews gone
    govnews gone --site 533423 --suspect
    """
    with open_archive(db, read_only=True) as archive:
        require_views(archive)
        rows = find.gone(archive, site=site, suspect=suspect)
    if as_json:
        show.json_lines(rows)
        return
    for row in map(show.clean, rows):
        click.echo(show.bold(f"{row['title'] or '(no title)'}"))
        click.echo(f"  {row['uid']}  {row['url'] or '-'}")
        click.echo(f"  {describe('presence', row['presence'])}")
        click.echo(f"  last seen {local_time(row['last_seen'])}, first missed {local_time(row['presence_since'])}")
        if row["moved"]:
            click.echo(
                f"  stands now at {row['moved']['url']}  {row['moved']['uid']}  (same: {row['moved']['evidence']})"
            )
        for event in row["evidence"]:
            beside = f"; meanwhile served: {event['witness']}" if event["witness"] else ""
            place = f" from {event['vantage']}" if event["vantage"] else ""
            click.echo(f"    {local_time(event['at'])}{place}  {describe('evidence', event['kind'])}{beside}")
    if not rows:
        show.say("no article is known to have gone" + ("" if suspect else "; --suspect lists those not yet confirmed"))
