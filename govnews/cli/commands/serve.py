"""govnews serve. May import: web, click."""

from __future__ import annotations

import contextlib
import webbrowser
from pathlib import Path

import click

from govnews.cli import options, show
from govnews.cli.catching_up import catch_up
from govnews.web.app import serve

GROUP = "Read the archive"


@click.command()
@options.db
@click.option("--port", type=click.IntRange(0, 65535), default=8001, show_default=True, help="0 takes a free one.")
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="Address to answer on; others than loopback show it to the network.",
)
@click.option("--open", "open_it", is_flag=True, help="Open the start page in a browser.")
def command(db: Path, port: int, host: str, open_it: bool) -> None:
    """Open the desk: the archive in a browser, with search, articles and their history, counties, SQL.

    Read-only, once the search index has caught up. Ctrl-C ends it (exit code 0). Needs the extra `web`.

    \b
    govnews serve --open
    govnews serve --db data/demo.db --port 0
    """

    def started(address: str) -> None:
        show.say(f"the desk is open at {address}; Ctrl-C ends it")
        if open_it:
            webbrowser.open(address)

    with contextlib.suppress(KeyboardInterrupt):
        catch_up(db)
        serve(db, host, port, started=started)
    show.say("the desk is closed")
